// Places paid by visits: which subscription pays, what is due on top, and every refusal.
#include <catch2/catch.hpp>

#include "visits_support.hpp"

using namespace frontdesk;
using bookings::BookingStatus;
using bookings::PaidBy;
using testing::at;
using testing::uah;
using testing::VisitHouse;

TEST_CASE("a place paid by a visit is confirmed at once and costs nothing", "[B4][V4]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack());
  const SessionId session = house.session();
  const std::int64_t balance = house.balance(house.olena.client);
  const bookings::Booking booking = house.book(session);
  CHECK(booking.status == BookingStatus::confirmed);
  CHECK_FALSE(booking.order);
  CHECK_FALSE(booking.owed);
  CHECK(booking.places.at(0).paid_by == PaidBy::visit);
  CHECK(booking.places.at(0).subscription == pack);
  CHECK(house.balance(house.olena.client) == balance);
  const plans::Figures visits = house.visits(pack);
  CHECK(visits.reserved == 1);
  CHECK(visits.used == 0);
  CHECK(visits.remaining == 7);
  CHECK(house.ledger(pack) == "reserve 03-03");
  CHECK(house.free(session) == 9);
  CHECK(house.problems() == "");
}

TEST_CASE("a preview tells which subscription would pay and changes nothing", "[B4][V6][E3]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack());
  const SessionId session = house.session();
  const auto shown = house.olena.caller.preview(house.by_visit(session, house.maria));
  CHECK(shown.places.at(0).subscription == pack);
  CHECK(house.ledger(pack).empty());
  CHECK(house.free(session) == 10);
}

TEST_CASE("the subscription that ends soonest pays unless one is named", "[V6][B4]") {
  VisitHouse house;
  const SubscriptionId longer = house.buy(house.month());
  plans::Terms week = house.month();
  week.months.reset();
  week.days = 7;
  const SubscriptionId shorter = house.buy(week);
  CHECK(house.book(house.session()).places.at(0).subscription == shorter);
  const SessionId next = house.session(at(2026, 3, 4, 18));
  CHECK(
      house.olena.caller.run(house.by_visit(next, house.maria, longer)).places.at(0).subscription ==
      longer);
  // Past the end of the first, the other pays.
  CHECK(house.book(house.session(at(2026, 3, 12, 18))).places.at(0).subscription == longer);
}

TEST_CASE("places of one booking are paid in different ways", "[B4]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack());
  const SessionId session = house.session();
  bookings::Book mixed = house.by_visit(session, house.maria);
  mixed.places.push_back({.attendee = house.olena.client});
  mixed.payments = {house.balance()};
  const std::int64_t before = house.balance(house.olena.client);
  const bookings::Booking booking = house.olena.caller.run(mixed);
  CHECK(booking.status == BookingStatus::confirmed);
  CHECK(booking.places.at(0).paid_by == PaidBy::visit);
  CHECK(booking.places.at(1).paid_by == PaidBy::money);
  CHECK(house.balance(house.olena.client) == before - 10'000);
  const bookings::Cancelled cancelled =
      house.olena.caller.run(bookings::CancelPlaces{.booking = booking.id, .places = {1}});
  CHECK_FALSE(cancelled.refunded);
  CHECK(cancelled.visits_returned == 1);
  CHECK(house.ledger(pack) == "reserve 03-03; give_back 03-03 client");
  CHECK(house.get(booking.id).status == BookingStatus::confirmed);
  CHECK(house.problems() == "");
}

TEST_CASE("all places can be asked to be paid by visits, each of its attendee", "[B4][V12]") {
  VisitHouse house;
  plans::Terms family = house.pack(3);
  family.people = 2;
  const SubscriptionId shared = house.buy(family, {house.maria, house.olena.client});
  bookings::Book request;
  request.session = house.session();
  request.places = {{.attendee = house.maria}, {.attendee = house.olena.client}};
  request.by_visit = true;
  CHECK(house.olena.caller.run(request).status == BookingStatus::confirmed);
  CHECK(house.visits(shared).reserved == 2);
  request.session = house.session(at(2026, 3, 4, 18));
  CHECK(house.refused([&] { house.olena.caller.run(request); }) ==
        "conflict/visits_exhausted at places[1].subscription");
  CHECK(house.visits(shared).reserved == 2);  // the first place was undone with the second
  CHECK(house.problems() == "");
}

TEST_CASE("what is due on top of a visit goes through an order", "[B4][V1]") {
  VisitHouse house;
  catalog::CreateTicketType type;
  type.centre = house.centre;
  type.name = "Premium";
  const TicketTypeId premium = house.host().run(type).id;
  plans::Terms pass = house.pack();
  pass.ticket_types = {{.ticket_type = premium, .surcharge = uah(2'500)}};
  const SubscriptionId subscription = house.buy(pass);
  const SessionId session = house.session(at(2026, 3, 9, 18));
  bookings::Book request = house.by_visit(session, house.maria);
  request.places[0].ticket_type = premium;
  const bookings::Booking pending = house.olena.caller.run(request);
  CHECK(pending.status == BookingStatus::pending);
  CHECK(pending.owed == uah(2'500));
  CHECK(house.visits(subscription).reserved == 1);
  bookings::Pay pay{.booking = pending.id, .payments = {house.balance()}};
  CHECK(house.olena.caller.run(pay).status == BookingStatus::confirmed);
  const bookings::Cancelled cancelled =
      house.olena.caller.run(bookings::Cancel{.booking = pending.id});
  CHECK(cancelled.refunded == uah(2'500));
  CHECK(cancelled.visits_returned == 1);
  CHECK(house.problems() == "");

  const BookingId unpaid = house.olena.caller.run(request).id;
  house.pass(std::chrono::hours{49});
  house.tick();
  CHECK(house.get(unpaid).status == BookingStatus::expired);
  CHECK(house.ledger(subscription) ==
        "reserve 03-09; give_back 03-09 client; reserve 03-09; give_back 03-09 unpaid");
  CHECK(house.problems() == "");
}

TEST_CASE("revenue comes from the subscription alone, once", "[V13][B4]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack());
  house.book(house.session());
  house.go_to(at(2026, 3, 3, 20));
  const auto revenue = house.subscription(pack).revenue;
  REQUIRE(revenue);
  CHECK(revenue->recognised == uah(10'000));
  CHECK(revenue->deferred == uah(70'000));
  CHECK(house.problems() == "");
}

TEST_CASE("limits hold whichever way one books", "[V5][B4]") {
  VisitHouse house;
  plans::Terms terms = house.pack();
  terms.per_day = 1;
  terms.per_week = 2;
  const SubscriptionId pack = house.buy(terms);
  house.book(house.session());
  const SessionId same_day = house.session(at(2026, 3, 3, 21));
  CHECK(house.refused([&] { house.book(same_day); }) ==
        "conflict/day_limit_reached at places[0].subscription");
  const BookingId second = house.book(house.session(at(2026, 3, 5, 18))).id;
  const SessionId friday = house.session(at(2026, 3, 6, 18));
  CHECK(house.refused([&] { house.book(friday); }) ==
        "conflict/week_limit_reached at places[0].subscription");
  // Cancelled in time, its day and week are free again; moving counts anew.
  house.cancel(second);
  const BookingId third = house.book(friday).id;
  CHECK(house.refused([&] {
    house.olena.caller.run(bookings::Move{.booking = third, .session = same_day});
  }) == "conflict/day_limit_reached at subscription");
  CHECK(house.get(third).session == friday);
  CHECK(house.visits(pack).reserved == 2);
  CHECK(house.problems() == "");
}

TEST_CASE("whose visit pays nothing is told why, and nothing changes", "[V1][V6][B4]") {
  VisitHouse house;
  const SessionId session = house.session();
  CHECK(house.refused([&] { house.book(session); }) ==
        "conflict/no_subscription at places[0].attendee");
  bookings::Book nobody = house.by_visit(session, {});
  CHECK(house.refused([&] { house.olena.caller.run(nobody); }) ==
        "invalid/attendee_needed at places[0].attendee");
  plans::Terms narrow = house.pack();
  narrow.all_activities = false;
  narrow.activities = {house.activity("Pool")};
  house.buy(narrow);
  CHECK(house.refused([&] { house.book(session); }) ==
        "invalid/activity_not_covered at places[0].subscription");
  const auto marko = house.customer("Marko");
  const SubscriptionId pack = house.buy(house.pack());
  // Somebody else's subscription looks like none.
  CHECK(house.refused([&] { marko.caller.run(house.by_visit(session, marko.client, pack)); }) ==
        "not_found/subscription_not_found at places[0].subscription");
  CHECK(house.refused([&] {
    house.olena.caller.run(house.by_visit(session, house.olena.client, pack));
  }) == "invalid/attendee_not_on_subscription at places[0].subscription");
  CHECK(house.free(session) == 10);
  CHECK(house.ledger(pack).empty());
}

TEST_CASE("a place is paid by a credit or a visit, not by both", "[B4]") {
  VisitHouse house;
  bookings::Book request = house.by_visit(house.session(), house.maria);
  request.places[0].credit = CreditId{1};
  CHECK(house.refused([&] { house.olena.caller.run(request); }) ==
        "invalid/place_paid_twice at places[0]");

  bookings::Reserve reserve{.session = request.session, .kind = bookings::BookingKind::vip};
  reserve.places = request.places;
  const Error twice = testing::refusal([&] { house.host().run(reserve); });
  CHECK(twice.reason() == "place_paid_twice");
  CHECK(testing::declares(bookings::Reserve::operation, twice));
}

TEST_CASE("a guest has no visit, and is told so", "[B1][B4]") {
  VisitHouse house;
  house.set("bookings.online_guests", 1);
  bookings::BookAsGuest request{
      .session = house.session(), .name = "Olena", .email = "olena@example.org"};
  request.places = {{.by_visit = true}};
  const Error refused = testing::refusal([&] { house.desk.desk().anonymous().run(request); });
  CHECK(refused.reason() == "attendee_needed");
  CHECK(testing::declares(bookings::BookAsGuest::operation, refused));
  request.places[0].credit = CreditId{1};
  const Error twice = testing::refusal([&] { house.desk.desk().anonymous().run(request); });
  CHECK(twice.reason() == "place_paid_twice");
  CHECK(testing::declares(bookings::BookAsGuest::operation, twice));
}

TEST_CASE("a visit pays in the last hour and at the door", "[B2][B5][B4]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack());
  const SessionId session = house.session(at(2026, 3, 2, 11, 30));  // in half an hour
  CHECK(house.book(session).status == BookingStatus::confirmed);
  const SessionId next = house.session(at(2026, 3, 2, 13));
  bookings::WalkIn walk_in;
  walk_in.session = next;
  walk_in.places = {{.attendee = house.maria, .by_visit = true}};
  walk_in.client = house.olena.client;
  house.pass(std::chrono::minutes{90});
  CHECK(house.salesman().run(walk_in).status == BookingStatus::attended);
  CHECK(house.visits(pack).used == 1);
  CHECK(house.problems() == "");
}

TEST_CASE("many sessions are booked by visits, all of them or what there are visits for",
          "[B13][V4]") {
  VisitHouse house;
  const SubscriptionId pack = house.buy(house.pack(2));
  bookings::BookMany many;
  for (unsigned day : {3U, 4U, 5U}) many.sessions.push_back(house.session(at(2026, 3, day, 18)));
  many.places = {{.attendee = house.maria}};
  many.by_visit = true;
  CHECK(house.refused([&] { house.olena.caller.run(many); }) ==
        "conflict/visits_exhausted at places[0].subscription");
  CHECK(house.ledger(pack).empty());
  many.mode = bookings::ManyMode::best_effort;
  const bookings::BookedMany booked = house.olena.caller.run(many);
  CHECK(booked.bookings.size() == 2);
  CHECK(booked.failed.at(0).reason == "visits_exhausted");
  CHECK_FALSE(booked.order);
  CHECK(house.visits(pack).remaining == 0);
  CHECK(house.problems() == "");
}

TEST_CASE("an introductory plan is not for who had a booking", "[V1]") {
  VisitHouse house;
  plans::Terms trial = house.pack(1);
  trial.introductory = true;
  house.olena.caller.run(house.for_attendee(house.session(), house.maria));
  house.buy(trial);  // not yet been here
  const auto marko = house.customer("Marko");
  marko.caller.run(house.for_attendee(house.session(at(2026, 3, 4, 18)), marko.client));
  house.go_to(at(2026, 3, 5, 10));
  plans::Buy buy;
  buy.plan = house.enter(trial);
  buy.owner = marko.client;
  buy.tenders = {house.card()};
  CHECK(house.refused([&] { house.host().run(buy); }) == "conflict/introductory_for_new at plan");
}
