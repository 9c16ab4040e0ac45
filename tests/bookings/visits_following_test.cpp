// Bookings, waiting lists and group members follow the subscriptions that pay for them.
#include <catch2/catch.hpp>

#include "visits_support.hpp"

#include <frontdesk/people_entry.hpp>
#include <frontdesk/people_privacy.hpp>
#include <frontdesk/schedule_closures.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using bookings::WaitingStatus;
using testing::at;
using testing::on;
using testing::TestDesk;
using testing::VisitHouse;

// --- freezes ---

TEST_CASE("a freeze ends bookings inside with their visits; late is late", "[V8][B6]") {
  VisitHouse house;
  plans::Terms terms = house.pack();
  terms.freeze_days = 14;
  const SubscriptionId pack = house.buy(terms);
  const BookingId late = house.book(house.session(at(2026, 3, 3, 9))).id;  // in 22 hours
  const BookingId inside = house.book(house.session(at(2026, 3, 5, 18))).id;
  const BookingId after = house.book(house.session(at(2026, 3, 9, 18))).id;
  plans::FreezeSubscription freeze{
      .subscription = pack, .first_day = on(2026, 3, 3), .last_day = on(2026, 3, 8)};
  CHECK(house.olena.caller.preview(freeze).visits.size() == 2);
  CHECK(house.get(inside).status == BookingStatus::confirmed);
  house.olena.caller.run(freeze);
  CHECK(house.get(late).status == BookingStatus::cancelled);
  CHECK(house.get(inside).status == BookingStatus::cancelled);
  CHECK(house.get(inside).reason == "subscription_frozen");
  CHECK(house.get(after).status == BookingStatus::confirmed);
  const plans::Figures visits = house.visits(pack);
  CHECK(visits.used == 1);
  CHECK(visits.reserved == 1);
  CHECK(visits.remaining == 6);
  const SessionId frozen = house.session(at(2026, 3, 6, 18));
  CHECK(house.refused([&] { house.book(frozen); }).starts_with("conflict/subscription_frozen"));
  CHECK(house.problems() == "");
}

TEST_CASE("only the places of the frozen subscription end", "[V8]") {
  VisitHouse house;
  plans::Terms terms = house.month();
  terms.freeze_days = 14;
  const SubscriptionId month = house.buy(terms);
  bookings::Book mixed = house.by_visit(house.session(at(2026, 3, 5, 18)), house.maria);
  mixed.places.push_back({.attendee = house.olena.client});
  mixed.payments = {house.balance()};
  const BookingId booking = house.olena.caller.run(mixed).id;
  house.host().run(plans::FreezeSubscription{
      .subscription = month, .first_day = on(2026, 3, 4), .last_day = on(2026, 3, 6)});
  const bookings::Booking now = house.get(booking);
  CHECK(now.status == BookingStatus::confirmed);
  CHECK(now.places.at(0).status == BookingStatus::cancelled);
  CHECK(now.places.at(1).status == BookingStatus::confirmed);
  CHECK(house.problems() == "");
}

// --- ends ---

TEST_CASE("a cancelled subscription ends what it was to pay for, once", "[V10]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack());
  const BookingId booking = house.book(house.session()).id;
  house.host().run(
      plans::CancelSubscription{.subscription = pack, .reason = "Moves to another city"});
  CHECK(house.get(booking).status == BookingStatus::cancelled);
  CHECK(house.get(booking).reason == "subscription_cancelled");
  CHECK(house.ledger(pack) == "reserve 03-03; give_back 03-03 ended");
  CHECK(house.told("bookings.booking_cancelled") == 1);
  house.go_to(at(2026, 3, 4, 12));
  CHECK(house.told("bookings.booking_cancelled") == 1);
  CHECK(house.problems() == "");
}

TEST_CASE("another plan takes over the bookings", "[V10]") {
  VisitHouse house;
  const SubscriptionId before = house.buy(house.pack());
  const BookingId booking = house.book(house.session(at(2026, 3, 5, 18))).id;
  plans::ChangePlan change;
  change.subscription = before;
  change.plan = house.enter(house.month());
  change.tenders = {house.card()};
  const SubscriptionId after = house.host().run(change).id;
  CHECK(house.get(booking).places.at(0).subscription == after);
  CHECK(house.visits(after).reserved == 1);
  CHECK(house.visits(before).reserved == 0);
  house.cancel(booking);
  CHECK(house.visits(after).reserved == 0);
  CHECK(house.problems() == "");
}

// --- waiting ---

namespace {

/// One place, taken; Olena waits for it with a visit.
struct Waiting : VisitHouse {
  explicit Waiting(bookings::WaitingIntent intent = bookings::WaitingIntent::automatic) {
    bookings::Wait wait{.session = session, .intent = intent};
    wait.places = {{.attendee = maria, .by_visit = true}};
    entry = olena.caller.run(wait).id;
  }
  TestDesk::Customer marko = customer("Marko");
  SubscriptionId pack = buy(VisitHouse::pack());
  SessionId session = House::session(at(2026, 3, 5, 18), 1);
  BookingId taken = marko.caller.run(wish(session)).id;
  WaitingEntryId entry{};

  bookings::WaitingEntry now() const {
    bookings::Waiting request;
    request.ended = true;
    return host().run(request).items.at(0);
  }
};

}  // namespace

TEST_CASE("who waits with a visit has it secured and is promoted by it", "[B8][V4]") {
  Waiting house;
  CHECK(house.now().places.at(0).subscription == house.pack);
  CHECK(house.visits(house.pack).reserved == 1);
  CHECK(house.problems() == "");
  house.cancel(house.taken);
  const bookings::WaitingEntry entry = house.now();
  REQUIRE(entry.status == WaitingStatus::booked);
  CHECK(house.get(entry.booking).status == BookingStatus::confirmed);
  CHECK(house.get(entry.booking).places.at(0).subscription == house.pack);
  CHECK(house.ledger(house.pack) == "reserve 03-05; give_back 03-05 promoted; reserve 03-05");
  CHECK(house.problems() == "");
}

TEST_CASE("a visit that waited in vain comes back", "[B8]") {
  Waiting house;
  SECTION("left") { house.olena.caller.run(bookings::LeaveWaitingList{.entry = house.entry}); }
  SECTION("until the start") { house.go_to(at(2026, 3, 5, 19)); }
  SECTION("the session is cancelled") { house.cancel_session(house.session); }
  CHECK(house.ledger(house.pack) == "reserve 03-05; give_back 03-05 not_promoted");
  CHECK(house.problems() == "");
}

TEST_CASE("an offer is accepted by the visit that waited", "[B8]") {
  Waiting house(bookings::WaitingIntent::offer);
  house.cancel(house.taken);
  CHECK(house.now().status == WaitingStatus::offered);
  CHECK(house.visits(house.pack).reserved == 1);
  const auto booking = house.olena.caller.run(bookings::AcceptOffer{.entry = house.entry});
  CHECK(booking.status == BookingStatus::confirmed);
  CHECK(house.visits(house.pack).reserved == 1);
  CHECK(house.problems() == "");
}

TEST_CASE("waiting without a visit that pays is refused", "[B8]") {
  VisitHouse house;
  const SessionId session = house.session(at(2026, 3, 5, 18), 1);
  house.customer("Marko").caller.run(house.wish(session));
  bookings::Wait wait{.session = session};
  wait.places = {{.attendee = house.maria, .by_visit = true}};
  CHECK(house.refused([&] { house.olena.caller.run(wait); }) ==
        "conflict/no_subscription at places[0].attendee");
}

TEST_CASE("a freeze ends the waiting inside of it", "[V8][B8]") {
  VisitHouse house;
  plans::Terms terms = house.pack();
  terms.freeze_days = 7;
  const SubscriptionId pack = house.buy(terms);
  const SessionId session = house.session(at(2026, 3, 5, 18), 1);
  house.customer("Marko").caller.run(house.wish(session));
  bookings::Wait wait{.session = session};
  wait.places = {{.attendee = house.maria, .by_visit = true}};
  house.olena.caller.run(wait);
  house.host().run(plans::FreezeSubscription{
      .subscription = pack, .first_day = on(2026, 3, 4), .last_day = on(2026, 3, 6)});
  bookings::Waiting list;
  list.ended = true;
  const auto entry = house.host().run(list).items.at(0);
  CHECK(entry.status == WaitingStatus::refused);
  CHECK(entry.reason == "subscription_frozen");
  CHECK(house.visits(pack).reserved == 0);
  CHECK(house.problems() == "");
}

// --- groups, closures, calendar ---

TEST_CASE("members of a group attend by their visits, else as before", "[S13][V4]") {
  VisitHouse house;
  const GroupId group =
      house.host().run(schedule::CreateGroup{.centre = house.centre, .name = "Dolphins"}).id;
  const SubscriptionId pack = house.buy(house.pack(1));
  house.host().run(schedule::JoinGroup{.group = group, .client = house.maria});
  const auto lesson = [&](LocalTime start) {
    schedule::NewSession session = house.plan(start);
    session.kind = schedule::SessionKind::group;
    session.group = group;
    return house.add(session).id;
  };
  const auto booked = [&](SessionId session) {
    bookings::List request;
    request.session = session;
    return house.host().run(request).items.at(0).places.at(0);
  };
  CHECK(booked(lesson(at(2026, 3, 4, 18))).subscription == pack);
  CHECK(booked(lesson(at(2026, 3, 6, 18))).paid_by == bookings::PaidBy::nothing);
  house.host().run(schedule::LeaveGroup{.group = group, .client = house.maria});
  CHECK(house.visits(pack).reserved == 0);
  house.set("bookings.group_members_by_visit", 0);
  house.host().run(schedule::JoinGroup{.group = group, .client = house.maria});
  CHECK(house.visits(pack).reserved == 0);
  CHECK(house.problems() == "");
}

TEST_CASE("closing the centre gives visits back and lengthens subscriptions, each day once",
          "[S12][V7]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack());  // up to 1 April
  const BookingId booking = house.book(house.session(at(2026, 3, 10, 18))).id;
  schedule::Close close;
  close.centre = house.centre;
  close.name = "New floor";
  close.from = at(2026, 3, 10, 0);
  close.to = at(2026, 3, 13, 0);
  close.on_sessions = schedule::OnClosed::cancel;
  house.host().run(close);
  house.tick();
  CHECK(house.get(booking).status == BookingStatus::cancelled);
  CHECK(house.subscription(pack).last_day == on(2026, 4, 4));
  house.tick();
  close.from = at(2026, 3, 12, 0);
  close.to = at(2026, 3, 14, 12);  // the last is no whole day
  house.host().run(close);
  house.tick();
  CHECK(house.subscription(pack).last_day == on(2026, 4, 5));
  close.from = at(2026, 3, 20, 0);
  close.to = at(2026, 3, 21, 0);
  close.extend_subscriptions = false;
  house.host().run(close);
  house.tick();
  CHECK(house.subscription(pack).last_day == on(2026, 4, 5));
  CHECK(house.problems() == "");
}

TEST_CASE("a calendar tells which subscription pays and what is left, to those allowed", "[S8]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack());
  house.book(house.session());
  schedule::Calendar request;
  request.date = on(2026, 3, 2);
  request.centre = house.centre;
  request.attendees = true;
  const auto seen = [&](const Caller& caller) { return caller.run(request).items.at(0).attendees; };
  for (const Caller& caller : {house.host(), house.salesman(), house.olena.caller}) {
    const auto attendees = seen(caller);
    REQUIRE(attendees);
    REQUIRE(attendees->size() == 1);
    CHECK(attendees->at(0).subscription == pack);
    CHECK(attendees->at(0).visits_left == 7);
  }
  const auto stranger = seen(house.customer("Marko").caller);
  CHECK((!stranger || stranger->empty()));
}

// --- people ---

TEST_CASE("merging keeps one place of a session and gives the other visit back", "[P7][V4]") {
  VisitHouse house;
  const ClientId twin = house.child(house.olena.client, "Mariia");
  plans::Terms family = house.pack();
  family.people = 2;
  const SubscriptionId shared = house.buy(family, {house.maria, twin});
  bookings::Book both = house.by_visit(house.session(), house.maria);
  both.places.push_back({.attendee = twin, .by_visit = true});
  const BookingId booking = house.olena.caller.run(both).id;
  const BookingId alone =
      house.olena.caller.run(house.by_visit(house.session(at(2026, 3, 4, 18)), twin)).id;
  house.host().run(people::Merge{.keep = house.maria, .duplicate = twin});
  CHECK(house.visits(shared).reserved == 2);
  CHECK(house.get(booking).places.at(1).status == BookingStatus::cancelled);
  CHECK(house.get(alone).places.at(0).attendee == house.maria);
  CHECK(house.problems() == "");
  house.go_to(at(2026, 3, 4, 21));
  CHECK(house.visits(shared).used == 2);
  CHECK(house.problems() == "");
}

TEST_CASE("whoever is erased attends no more, by whomever it was booked", "[P9][V4]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack());
  const BookingId booking = house.book(house.session(at(2026, 3, 9, 18))).id;
  house.host().run(people::Erase{.client = house.maria});
  CHECK(house.get(booking).status == BookingStatus::cancelled);
  CHECK(house.visits(pack).reserved == 0);
  CHECK(house.problems() == "");
}
