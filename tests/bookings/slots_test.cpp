// Weekly slots: booked for the whole term, in the moment each session comes into being.
#include <catch2/catch.hpp>

#include "slots_support.hpp"

#include <frontdesk/schedule_absences.hpp>
#include <frontdesk/schedule_closures.hpp>

using namespace frontdesk;
using testing::at;
using testing::evening;
using testing::on;
using testing::Slots;
using testing::uah;

TEST_CASE("a slot is booked for the whole term, and no further", "[V11]") {
  Slots house;  // 2 March to 1 April
  const bookings::SlotsClaimed claimed = house.claim({1, 3});
  CHECK(claimed.slots.size() == 2);
  CHECK(claimed.bookings.size() == 9);
  CHECK(claimed.failed.empty());
  CHECK(house.days() == "03-04 03-09 03-11 03-16 03-18 03-23 03-25 03-30 04-01");
  CHECK(house.visits(house.pack).reserved == 9);
  CHECK(house.problems() == "");
}

TEST_CASE("days that cannot be booked are told with the reason", "[V11][B13]") {
  Slots house;
  house.cancel_session(house.session_on(on(2026, 3, 16)));
  house.olena.caller.run(house.for_attendee(house.session(at(2026, 3, 9, 18, 30)), house.maria));
  const bookings::SlotsClaimed claimed = house.claim({1});
  CHECK(claimed.bookings.size() == 2);
  REQUIRE(claimed.failed.size() == 2);
  CHECK(claimed.failed.at(0).date == on(2026, 3, 9));
  CHECK(claimed.failed.at(0).reason == "overlaps_own");
  CHECK(claimed.failed.at(1).date == on(2026, 3, 16));
  CHECK(claimed.failed.at(1).reason == "no_such_session");
  CHECK_FALSE(claimed.failed.at(1).message.empty());
  CHECK(house.problems() == "");
}

TEST_CASE("a new session is booked in the transaction that creates it", "[V11]") {
  Slots house;
  house.claim({1});
  const SessionId added = house.session(at(2026, 3, 9, 18), 10);  // beside that of the series
  bookings::List request;
  request.session = added;
  // At the same hour one is in one place; that is told, and the rest stands.
  CHECK(house.host().run(request).items.empty());
  CHECK(house.told("bookings.slot_not_booked") == 1);
  house.cancel_session(house.session_on(on(2026, 3, 23)));
  const SessionId instead = house.session(at(2026, 3, 23, 18), 10);
  request.session = instead;
  CHECK(house.host().run(request).items.size() == 1);
  CHECK(house.problems() == "");
}

TEST_CASE("the horizon brings sessions, and slots are booked with them", "[V11][S3]") {
  Slots house;
  plans::Terms half_a_year = house.with_slots(house.month(), 1);
  half_a_year.months = 6;
  house.pack = house.buy(half_a_year);
  house.claim({1});
  const std::int64_t at_first = house.visits(house.pack).reserved;
  house.go_to(at(2026, 3, 30, 10));
  CHECK(house.visits(house.pack).reserved + house.visits(house.pack).used > at_first + 2);
  CHECK(house.problems() == "");
}

TEST_CASE("whoever gives a day back is not booked into it again", "[V11]") {
  Slots house;
  const auto claimed = house.claim({1});
  house.cancel(claimed.bookings.at(1).booking);
  house.host().run(plans::Extend{.subscription = house.pack, .days = 1, .reason = "asked for"});
  CHECK(house.days() == "03-09 03-23 03-30");
}

TEST_CASE("whoever moves a day is not booked into it again", "[V11][B7]") {
  Slots house;
  const auto claimed = house.claim({1});
  bookings::Move move;
  move.booking = claimed.bookings.at(0).booking;
  move.session = house.add(house.plan(at(2026, 3, 6, 10))).id;
  house.olena.caller.run(move);
  CHECK(house.days() == "03-06 03-16 03-23 03-30");
  house.host().run(plans::Extend{.subscription = house.pack, .days = 1, .reason = "asked for"});
  CHECK(house.days() == "03-06 03-16 03-23 03-30");
  CHECK(house.problems() == "");
}

TEST_CASE("a slot follows its series to another time", "[V11][S6]") {
  Slots house;
  house.claim({1});
  schedule::MoveSession move;
  move.session = house.session_on(on(2026, 3, 9));
  move.start = at(2026, 3, 9, 19);
  move.extent = schedule::Extent::all;
  house.host().run(move);
  CHECK(house.slots().at(0).minute == evening + 60);
  CHECK(house.days() == "03-09 03-16 03-23 03-30");
  house.cancel_session(house.session_on(on(2026, 3, 23)));
  house.session(at(2026, 3, 23, 19), 10);
  CHECK(house.days() == "03-09 03-16 03-23 03-30");
  CHECK(house.problems() == "");
}

TEST_CASE("closures and cancelled sessions give the visit back and keep the slot", "[V11][S12]") {
  Slots house;
  house.claim({1});
  schedule::Close close;
  close.centre = house.centre;
  close.name = "New floor";
  close.from = at(2026, 3, 16, 0);
  close.to = at(2026, 3, 17, 0);
  close.on_sessions = schedule::OnClosed::cancel;
  house.host().run(close);
  house.tick();  // lengthens the subscription by a day: 2 April
  CHECK(house.days() == "03-09 03-23 03-30");
  CHECK(house.slots().size() == 1);
  CHECK(house.problems() == "");
}

TEST_CASE("days added by a freeze are booked, those inside end, and a thaw brings them back",
          "[V8][V11]") {
  Slots house;
  house.claim({1});
  house.host().run(plans::FreezeSubscription{
      .subscription = house.pack, .first_day = on(2026, 3, 9), .last_day = on(2026, 3, 22)});
  CHECK(house.days() == "03-23 03-30 04-06 04-13");
  CHECK(house.told("bookings.slot_not_booked") == 0);
  CHECK(house.problems() == "");
}

TEST_CASE("a freeze taken back brings its days back where no later visit stands", "[V8][V11]") {
  Slots house;
  house.claim({1});
  const FreezeId freeze =
      house.host()
          .run(plans::FreezeSubscription{
              .subscription = house.pack, .first_day = on(2026, 3, 9), .last_day = on(2026, 3, 12)})
          .freeze.id;
  CHECK(house.days() == "03-16 03-23 03-30");
  house.host().run(plans::Thaw{.freeze = freeze, .runs_from = on(2026, 3, 9)});
  CHECK(house.days() == "03-09 03-16 03-23 03-30");
  CHECK(house.problems() == "");
}

TEST_CASE("a renewal books the next term and takes the slots along", "[V10][V11]") {
  Slots house;
  house.claim({1});
  plans::Renew renew{.subscription = house.pack};
  renew.tenders = {house.card()};
  const SubscriptionId next = house.host().run(renew).id;
  CHECK(house.visits(next).reserved > 0);
  CHECK(house.slots().at(0).subscription == house.pack);
  house.go_to(at(2026, 4, 2, 10));
  CHECK(house.slots().at(0).subscription == next);
  CHECK(house.problems() == "");
}

TEST_CASE("places are kept while a renewal is tried again, then paid or free", "[V10][V11]") {
  Slots house;
  plans::Terms terms = house.with_slots(house.month());
  terms.auto_renewal = true;
  terms.price = uah(200'000);  // more than the balance
  house.pack = house.buy(terms);
  house.claim({1, 3});
  house.go_to(at(2026, 4, 2, 10));
  // Up to Sunday the renewal is tried; Monday is the first day after.
  house.session(at(2026, 4, 3, 18), 10);
  CHECK(house.told("plans.renewal_failed") == 1);

  SECTION("the money comes") {
    house.top_up(house.olena.client, 500'000);
    house.go_to(at(2026, 4, 3, 10));
    CHECK(house.told("plans.subscription_renewed") == 1);
    CHECK(house.slots().size() == 2);
    const SubscriptionId next = house.subscription(house.pack).renewed_by;
    CHECK(house.slots().at(0).subscription == next);
    CHECK(house.not_booked() == "");
    CHECK(house.visits(next).reserved > 0);
  }
  SECTION("it does not come") {
    house.go_to(at(2026, 4, 3, 10));
    house.go_to(at(2026, 4, 4, 10));
    house.go_to(at(2026, 4, 5, 10));
    house.go_to(at(2026, 4, 6, 10));
    CHECK(house.slots().empty());
    CHECK(house.slots(true).at(0).reason == "renewal_failed");
    CHECK(house.days().empty());
  }
  CHECK(house.problems() == "");
}

TEST_CASE("a slot ends with its subscription", "[V10][V11]") {
  Slots house;
  house.claim({1});
  SECTION("cancelled") {
    house.host().run(plans::CancelSubscription{.subscription = house.pack, .reason = "Moves away"});
    CHECK(house.slots(true).at(0).reason == "subscription_cancelled");
    CHECK(house.days().empty());
  }
  SECTION("expired") {
    house.go_to(at(2026, 4, 2, 10));
    CHECK(house.slots(true).at(0).reason == "subscription_expired");
  }
  SECTION("replaced") {
    plans::ChangePlan change{.subscription = house.pack};
    change.plan = house.enter(house.with_slots(house.VisitHouse::pack()));
    change.tenders = {house.card()};
    const SubscriptionId after = house.host().run(change).id;
    CHECK(house.slots().at(0).subscription == after);
    CHECK(house.days() == "03-09 03-16 03-23 03-30");
  }
  CHECK(house.problems() == "");
}

TEST_CASE("slots are ended by whom they are for, with their bookings or without", "[V11][A9]") {
  Slots house;
  const auto claimed = house.claim({1, 3});
  bookings::EndSlots end{.slots = {claimed.slots.at(0).id}};
  const auto marko = house.customer("Marko");
  CHECK(house.refused([&] { marko.caller.run(end); }) ==
        "not_found/weekly_slot_not_found at slots[0]");
  CHECK(house.olena.caller.run(end).cancelled.size() == 4);
  CHECK(house.days() == "03-04 03-11 03-18 03-25 04-01");
  CHECK(house.refused([&] { house.olena.caller.run(end); }) == "conflict/slot_ended at slots[0]");
  end.slots = {claimed.slots.at(1).id};
  end.keep_bookings = true;
  CHECK(house.olena.caller.run(end).cancelled.empty());
  CHECK(house.days() == "03-04 03-11 03-18 03-25 04-01");
  CHECK(house.slots().empty());
  CHECK(house.told("bookings.slot_ended") == 2);
  // What was claimed and kept counts for the plan's slots.
  CHECK(house.refused([&] { house.claim({1, 3}); }) == "conflict/slots_over_plan at slots");
  // The one whose places were given back does not; but nobody is booked into those again.
  CHECK(house.refused([&] { house.claim({1}); }) ==
        "not_found/no_such_sessions at slots[0].minute");
  CHECK(house.problems() == "");
}

TEST_CASE("claims that cannot be are refused and claim nothing", "[V11]") {
  Slots house;
  auto refused = [&](const bookings::ClaimSlots& request) {
    return house.refused([&] { house.olena.caller.run(request); });
  };
  bookings::ClaimSlots request = house.wish({1, 2, 3});
  CHECK(refused(request) == "conflict/slots_over_plan at slots");
  request = house.wish({2});
  CHECK(refused(request) == "not_found/no_such_sessions at slots[0].minute");
  request = house.wish({1});
  request.attendee = house.olena.client;
  CHECK(refused(request) == "invalid/attendee_not_on_subscription at attendee");
  request = house.wish({1});
  request.slots.at(0).activity = ActivityId{99};
  CHECK(refused(request) == "not_found/activity_not_found at slots[0].activity");
  request = house.wish({1});
  request.slots.at(0).is_private = true;
  CHECK(refused(request) == "denied/role_not_allowed at slots[0].is_private");
  const auto marko = house.customer("Marko");
  CHECK(house.refused([&] { marko.caller.run(house.wish({1})); }) ==
        "not_found/subscription_not_found at subscription");
  house.claim({1});
  CHECK(refused(house.wish({1})) == "conflict/slot_taken_already at slots[0].weekday");
  CHECK(house.slots().size() == 1);
  CHECK(house.visits(house.pack).reserved == 4);
}

TEST_CASE("lessons of their own are made where nothing is in the way", "[V11][S7]") {
  Slots house;
  const AccountId trainer =
      house.desk.staff("Trainer", house.centre).run(access::Whoami{}).account->id;
  schedule::NewSession busy = house.plan(at(2026, 3, 10, 10));
  busy.trainers = {trainer};
  house.add(busy);
  bookings::ClaimSlots request{.subscription = house.pack, .attendee = house.maria};
  request.slots = {{.weekday = 2,
                    .minute = 10 * 60,
                    .activity = house.film,
                    .is_private = true,
                    .trainer = trainer,
                    .duration = std::chrono::hours{1}}};
  const auto claimed = house.host().run(request);
  CHECK(claimed.bookings.size() == 4);  // 3, 17, 24 and 31 March
  REQUIRE(claimed.failed.size() == 1);
  CHECK(claimed.failed.at(0).date == on(2026, 3, 10));
  CHECK(claimed.failed.at(0).reason == "session_clashes");
  const auto lesson =
      house.host().run(schedule::GetSession{.session = claimed.bookings.at(1).session});
  CHECK(lesson.kind == schedule::SessionKind::client);
  CHECK(lesson.client == house.maria);
  CHECK(lesson.trainers == std::vector{trainer});
  // A freeze ends them and makes others for the days that it adds.
  house.host().run(plans::FreezeSubscription{
      .subscription = house.pack, .first_day = on(2026, 3, 16), .last_day = on(2026, 3, 22)});
  CHECK(house.days() == "03-03 03-24 03-31 04-07");
  const auto status_of = [&](SessionId session) {
    return house.host().run(schedule::GetSession{.session = session}).status;
  };
  CHECK(status_of(lesson.id) == schedule::SessionStatus::cancelled);
  // Nobody else comes to them: without the slot they are cancelled with their bookings.
  house.host().run(bookings::EndSlots{.slots = {claimed.slots.at(0).id}});
  CHECK(house.days() == "");
  CHECK(status_of(claimed.bookings.at(2).session) == schedule::SessionStatus::cancelled);
  CHECK(house.problems() == "");
}
