// Weekly slots when money comes late, clocks and zones change, and people are merged or erased; and
// visits of a booking that a late payment brings back.
#include <catch2/catch.hpp>

#include "slots_support.hpp"

#include <frontdesk/money_payments.hpp>
#include <frontdesk/seating_maps.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::evening;
using testing::on;
using testing::Slots;
using testing::uah;
using testing::VisitHouse;

namespace {

/// Fridays too, of which one lies in the days for which a renewal is tried; the term ends on
/// Wednesday, 1 April.
struct Renewing : Slots {
  Renewing() {
    weekly("FREQ=WEEKLY;BYDAY=FR");
    plans::Terms terms = with_slots(VisitHouse::month());
    terms.auto_renewal = true;
    terms.price = uah(200'000);  // more than the balance
    pack = buy(terms);
    claim({1, 5});
    go_to(at(2026, 4, 2, 10));
  }
  bookings::Booking kept() const {
    bookings::List request;
    request.attendee = maria;
    for (const bookings::Booking& booking : host().run(request).items) {
      if (zones::local_date(booking.starts, "Europe/Kyiv") == on(2026, 4, 3)) return booking;
    }
    throw std::logic_error("nothing is kept");
  }
};

}  // namespace

TEST_CASE("the place that a slot kept is paid by the late renewal", "[V10][V11]") {
  Renewing house;
  CHECK(house.told("plans.renewal_failed") == 1);
  CHECK(house.kept().status == BookingStatus::pending);
  CHECK_FALSE(house.kept().places.at(0).subscription);
  CHECK_FALSE(house.kept().order);
  CHECK(house.problems() == "");
  SubscriptionId next{};
  SECTION("from the balance") {
    house.top_up(house.olena.client, 500'000);
    house.go_to(at(2026, 4, 3, 10));
    next = house.subscription(house.pack).renewed_by;
  }
  SECTION("by hand") {
    next = house.host().run(plans::Renew{.subscription = house.pack, .tenders = {house.card()}}).id;
  }
  REQUIRE(next);
  CHECK(house.kept().status == BookingStatus::confirmed);
  CHECK(house.kept().places.at(0).subscription == next);
  CHECK(house.days().starts_with("04-03 04-06 04-10"));
  CHECK(house.not_booked() == "");
  house.go_to(at(2026, 4, 3, 20));
  CHECK(house.visits(next).used == 1);
  CHECK(house.slots().at(0).subscription == next);
  CHECK(house.problems() == "");
}

TEST_CASE("what is due on top of a kept place is to pay once the renewal came", "[V10][V11][V1]") {
  Slots house;
  catalog::CreateRoom room;
  room.centre = house.centre;
  room.name = "Red";
  room.capacity = 8;
  const RoomId red = house.host().run(room).id;
  seating::CreateMap map;
  map.centre = house.centre;
  map.name = "Red";
  map.text = "category P premium\nrow A: 8P\n";
  house.host().run(seating::GiveMap{.room = red, .map = house.host().run(map).id});
  schedule::CreateSeries series;
  series.activity = house.film;
  series.centre = house.centre;
  series.room = red;
  series.start = at(2026, 3, 6, 18);
  series.duration = std::chrono::hours{1};
  series.rule = "FREQ=WEEKLY;BYDAY=FR";
  house.host().run(series);
  plans::Terms terms = house.with_slots(house.month());
  terms.auto_renewal = true;
  terms.price = uah(200'000);  // more than the balance
  terms.seat_categories = {{.seat_category = "premium", .surcharge = uah(700)}};
  house.pack = house.buy(terms);
  house.claim({5});
  house.go_to(at(2026, 4, 1, 10));
  house.go_to(at(2026, 4, 2, 10));
  const auto on_day = [&](unsigned day) {
    bookings::List request;
    request.session = house.session_on(on(2026, 4, day));
    return house.host().run(request).items.at(0);
  };
  REQUIRE(on_day(3).status == BookingStatus::pending);
  REQUIRE_FALSE(on_day(3).owed);
  house.host().run(plans::Renew{.subscription = house.pack, .tenders = {house.card()}});
  for (const bookings::Booking& booking : {on_day(3), on_day(10)}) {
    CHECK(booking.status == BookingStatus::pending);
    CHECK(booking.owed == uah(700));
    CHECK(booking.places.at(0).subscription);
  }
  CHECK(on_day(3).pay_by == on_day(3).starts - std::chrono::hours{1});
  const bookings::Pay pay{.booking = on_day(3).id, .payments = {house.card()}};
  CHECK(house.host().run(pay).status == BookingStatus::confirmed);
  CHECK(house.problems() == "");
}

TEST_CASE("a place that was kept in vain is free again, and nobody's visit", "[V10][V11]") {
  Renewing house;
  const BookingId kept = house.kept().id;
  const SessionId friday = house.kept().session;
  CHECK(house.free(friday) == 9);
  house.go_to(at(2026, 4, 3, 19));
  CHECK(house.get(kept).status == BookingStatus::expired);
  CHECK(house.free(friday) == 10);
  for (unsigned day = 4; day <= 6; ++day) house.go_to(at(2026, 4, day, 10));
  CHECK(house.slots().empty());
  CHECK(house.visits(house.pack).reserved == 0);
  CHECK(house.problems() == "");
}

TEST_CASE("a renewal by hand that is not paid in time leaves the next attempt to the balance",
          "[V10]") {
  VisitHouse house;
  plans::Terms terms = house.month();
  terms.auto_renewal = true;
  terms.price = uah(200'000);
  const SubscriptionId pack = house.buy(terms);
  house.go_to(at(2026, 3, 31, 22));
  const SubscriptionId unpaid = house.host().run(plans::Renew{.subscription = pack}).id;
  house.top_up(house.olena.client, 500'000);
  house.go_to(at(2026, 4, 2, 10));
  CHECK(house.subscription(pack).renewed_by == unpaid);
  house.go_to(at(2026, 4, 3, 10));  // it lapsed in between
  CHECK(house.subscription(unpaid).state == plans::State::cancelled);
  house.go_to(at(2026, 4, 4, 10));
  const SubscriptionId next = house.subscription(pack).renewed_by;
  REQUIRE(next);
  CHECK(next != unpaid);
  CHECK(house.subscription(next).starts == on(2026, 4, 4));
  CHECK(house.problems() == "");
}

TEST_CASE("a late payment reserves the visits of its booking again", "[V4][M4]") {
  VisitHouse house;
  catalog::CreateTicketType type;
  type.centre = house.centre;
  type.name = "Premium";
  const TicketTypeId premium = house.host().run(type).id;
  plans::Terms pass = house.pack(1);
  pass.ticket_types = {{.ticket_type = premium, .surcharge = uah(2'500)}};
  const SubscriptionId subscription = house.buy(pass);
  bookings::Book request = house.by_visit(house.session(at(2026, 3, 9, 18)), house.maria);
  request.places[0].ticket_type = premium;
  request.payments = {house.provider()};
  const bookings::Booking held = house.olena.caller.run(request);
  CHECK(held.owed == uah(2'500));
  CHECK(house.visits(subscription).reserved == 1);
  house.pass(std::chrono::minutes{16});
  house.tick();
  CHECK(house.get(held.id).status == BookingStatus::expired);
  CHECK(house.visits(subscription).remaining == 1);
  const auto payment = house.host().run(money::Payments{.order = held.order}).items.at(0);
  const money::RecordCallback paid{.provider = "liqpay",
                                   .event = "1",
                                   .payment = payment.id,
                                   .outcome = money::Outcome::completed,
                                   .amount = payment.amount};
  SECTION("while the visit is there") {
    house.host().run(paid);
    CHECK(house.get(held.id).status == BookingStatus::confirmed);
    CHECK(house.get(held.id).places.at(0).subscription == subscription);
    CHECK(house.ledger(subscription) == "reserve 03-09; give_back 03-09 unpaid; reserve 03-09");
    house.go_to(at(2026, 3, 9, 20));
    CHECK(house.visits(subscription).used == 1);
  }
  SECTION("not once it pays for another") {
    house.book(house.session(at(2026, 3, 10, 18)));
    house.host().run(paid);
    CHECK(house.get(held.id).status == BookingStatus::expired);
    CHECK(house.host().run(money::Payments{.order = held.order}).items.at(0).refunded ==
          uah(2'500));
    CHECK(house.visits(subscription).reserved == 1);
  }
  CHECK(house.problems() == "");
}

TEST_CASE("a slot keeps its hour when the clocks change, also one that the day does not have",
          "[V11][S2]") {
  VisitHouse house;
  schedule::CreateSeries night;
  night.activity = house.film;
  night.centre = house.centre;
  night.start = at(2026, 3, 8, 3, 30);
  night.duration = std::chrono::hours{1};
  night.rule = "FREQ=WEEKLY;BYDAY=SU";
  night.capacity = 5;
  house.host().run(night);
  plans::Terms terms = house.month();
  terms.per_day = 1;
  terms.weekly_slots = 1;
  terms.months = 2;
  const SubscriptionId pack = house.buy(terms);
  bookings::ClaimSlots claim{.subscription = pack, .attendee = house.maria};
  claim.slots = {{.weekday = 7, .minute = 3 * 60 + 30, .activity = house.film}};
  const auto claimed = house.olena.caller.run(claim);
  // On 29 March the clock goes from three to four; on that day it takes place an hour later.
  std::string told;
  for (const auto& booking : claimed.bookings) told += zones::print(booking.date).substr(5) + " ";
  CHECK(told == "03-08 03-15 03-22 03-29 04-05 04-12 04-19 04-26 ");
  CHECK(claimed.failed.empty());
  CHECK(house.get(claimed.bookings.at(2).booking).starts ==
        zones::to_instant(at(2026, 3, 22, 3, 30), "Europe/Kyiv"));
  CHECK(house.get(claimed.bookings.at(3).booking).starts ==
        zones::to_instant(at(2026, 3, 29, 4, 30), "Europe/Kyiv"));
  house.go_to(at(2026, 4, 6, 10));
  CHECK(house.visits(pack).used == 5);
  CHECK(house.problems() == "");
}

TEST_CASE("slots and days stay local when the centre's zone changes", "[V11][V2][S2]") {
  Slots house;
  house.claim({1});
  catalog::UpdateCentre move{.centre = house.centre};
  move.zone = "Europe/London";
  house.host().run(move);
  CHECK(house.visits(house.pack).reserved == 4);
  house.cancel_session(house.session_on(on(2026, 3, 23)));
  const SessionId instead = house.session(at(2026, 3, 23, 18), 10);
  bookings::List request;
  request.session = instead;
  REQUIRE(house.host().run(request).items.size() == 1);
  CHECK(house.host().run(request).items.at(0).starts ==
        zones::to_instant(at(2026, 3, 23, 18), "Europe/London"));
  // Its last day, 1 April, ends two hours later than it would have.
  house.go_to(at(2026, 4, 2, 0, 30));
  CHECK(house.subscription(house.pack).state == plans::State::active);
  CHECK(house.slots().size() == 1);
  CHECK(house.told("plans.expired") == 0);
  house.go_to(at(2026, 4, 2, 2, 30));
  CHECK(house.subscription(house.pack).state == plans::State::expired);
  CHECK(house.told("plans.expired") == 1);
  CHECK(house.slots(true).at(0).reason == "subscription_expired");
  CHECK(house.problems() == "");
}

TEST_CASE("slots are taken along by whom they are for", "[P9][V11]") {
  Slots house;
  house.claim({1});
  const std::string told = house.host().run(people::Export{.client = house.maria}).json;
  const auto part = told.find("\"slots\":{\"slots\":[{");
  REQUIRE(part != std::string::npos);
  CHECK(told.find("\"minute\":1080", part) != std::string::npos);
  const std::string mother = house.host().run(people::Export{.client = house.olena.client}).json;
  CHECK(mother.find("\"minute\":1080") == std::string::npos);
}

TEST_CASE("a merged person keeps each slot once, and no session twice", "[P7][V11]") {
  Slots house;
  const ClientId twin = house.child(house.olena.client, "Mariia");
  const SubscriptionId second = house.buy(house.with_slots(house.VisitHouse::month()), {twin});
  house.claim({1});
  bookings::ClaimSlots other{.subscription = second, .attendee = twin};
  for (std::int64_t weekday : {1, 3}) {
    other.slots.push_back({.weekday = weekday, .minute = evening, .activity = house.film});
  }
  house.olena.caller.run(other);
  house.host().run(people::Merge{.keep = house.maria, .duplicate = twin});
  REQUIRE(house.slots().size() == 2);
  for (const auto& slot : house.slots()) CHECK(slot.attendee == house.maria);
  CHECK(house.slots(true).size() == 3);
  CHECK(house.days() == "03-04 03-09 03-11 03-16 03-18 03-23 03-25 03-30 04-01");
  CHECK(house.visits(house.pack).reserved == 4);
  CHECK(house.visits(second).reserved == 5);
  CHECK(house.problems() == "");
}

TEST_CASE("whoever is erased claims no place any more", "[P9][V11]") {
  Slots house;
  house.claim({1, 3});
  const SessionId monday = house.session_on(on(2026, 3, 9));
  CHECK(house.free(monday) == 9);
  ClientId erased{};
  SECTION("the attendee") { erased = house.maria; }
  SECTION("the owner") { erased = house.olena.client; }
  people::Erase erase{.client = erased};
  erase.with_dependants = erased == house.olena.client;
  house.host().run(erase);
  CHECK(house.slots().empty());
  CHECK(house.free(monday) == 10);
  CHECK(house.visits(house.pack).reserved == 0);
  house.go_to(at(2026, 3, 20, 10));
  house.session(at(2026, 3, 23, 18), 10);
  CHECK(house.days().empty());
  CHECK(house.problems() == "");
}
