// Bookings and the timetable: cancelled and moved sessions, capacity, calendar, lists.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/bookings_door.hpp>
#include <frontdesk/pricing_fees.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::House;
using testing::on;
using testing::refusal;
using testing::uah;

TEST_CASE("a cancelled session gives everything back, once", "[S9][B6]") {
  House house;
  pricing::CreateFee fee;
  fee.centre = house.centre;
  fee.per = pricing::FeePer::order;
  fee.name = "Booking fee";
  fee.amount = uah(500);
  fee.refundable = false;
  house.host().run(fee);
  auto olena = house.customer();
  auto marko = house.customer("Marko");
  SessionId session = house.session(at(2026, 3, 2, 18));
  BookingId paid = olena.caller.run(house.wish(session, 2)).id;
  BookingId unpaid = marko.caller.run(house.unpaid(session)).id;
  BookingId ended = marko.caller.run(house.wish(session)).id;
  marko.caller.run(bookings::Cancel{.booking = ended});  // too late: all is kept
  CHECK(house.balance(marko.client) == 89'500);
  house.host().run(schedule::CancelSession{.session = session, .reason = "No water"});
  CHECK(house.get(paid).status == BookingStatus::cancelled);
  CHECK(house.get(paid).reason == "No water");
  CHECK(house.get(unpaid).status == BookingStatus::cancelled);
  CHECK(house.balance(olena.client) == 100'000);
  CHECK(house.balance(marko.client) == 89'500);
  CHECK(house.told("bookings.booking_cancelled") == 3);
  CHECK(refusal([&] { olena.caller.run(bookings::Cancel{.booking = paid}); }).code() ==
        Code::conflict);
  house.tick();
  CHECK(house.balance(olena.client) == 100'000);
  CHECK(house.problems().empty());
}

TEST_CASE("too few sign-ups at the deadline cancel bookings; holds are no sign-ups", "[S9]") {
  House house;
  auto olena = house.customer();
  schedule::NewSession plan = house.plan(at(2026, 3, 4, 18));
  plan.minimum = 2;
  SessionId enough = house.add(plan).id;
  SessionId few = house.add(plan).id;
  BookingId stays = olena.caller.run(house.wish(enough, 2)).id;
  BookingId goes = olena.caller.run(house.wish(few)).id;
  house.pass(std::chrono::hours{31});
  olena.caller.run(seating::Hold{.session = few, .choice = {.count = 5}});
  house.tick();
  CHECK(house.get(stays).status == BookingStatus::confirmed);
  CHECK(house.get(goes).status == BookingStatus::cancelled);
  CHECK(house.balance(olena.client) == 80'000);
  CHECK(house.problems().empty());
}

TEST_CASE("bookings follow a session that is moved", "[S6][B1]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 10, 18));
  BookingId named = olena.caller.run(house.for_attendee(session, olena.client)).id;
  BookingId unpaid = olena.caller.run(house.unpaid(session)).id;
  schedule::MoveSession move;
  move.session = session;
  move.start = at(2026, 3, 3, 19);
  house.host().run(move);
  CHECK(house.get(named).starts == house.get(unpaid).starts);
  CHECK(house.get(unpaid).pay_by == house.get(unpaid).starts - std::chrono::hours{1});
  CHECK(house.told("bookings.booking_changed") == 2);
  CHECK(refusal([&] {
          olena.caller.run(house.for_attendee(house.session(at(2026, 3, 3, 19)), olena.client));
        }).reason() == "overlaps_own");
  CHECK_NOTHROW(
      olena.caller.run(house.for_attendee(house.session(at(2026, 3, 10, 18)), olena.client)));
  CHECK(house.problems().empty());
}

TEST_CASE("a session never gets fewer places than are booked", "[B3]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session();
  olena.caller.run(house.wish(session, 4));
  schedule::UpdateSession update{.session = session, .capacity = 3};
  Error less = refusal([&] { house.host().run(update); });
  CHECK(less.code() == Code::conflict);
  CHECK(less.reason() == "capacity_below_taken");
  CHECK(house.free(session) == 6);
  update.capacity = 4;
  house.host().run(update);
  CHECK(house.free(session) == 0);
}

TEST_CASE("free places count bookings, holds and blocked places", "[B3][S8]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session();
  CHECK(house.free(session) == 10);
  BookingId booking = olena.caller.run(house.wish(session, 3)).id;
  CHECK(house.free(session) == 7);
  olena.caller.run(seating::Hold{.session = session, .choice = {.count = 2}});
  CHECK(house.free(session) == 5);
  house.pass(std::chrono::minutes{15});  // no sweep is needed
  CHECK(house.free(session) == 7);
  olena.caller.run(bookings::CancelPlaces{.booking = booking, .places = {1}});
  CHECK(house.free(session) == 8);
}

TEST_CASE("the calendar tells who attends to those who may see them", "[S8]") {
  House house;
  auto olena = house.customer();
  auto marko = house.customer("Marko");
  SessionId session = house.session();
  olena.caller.run(house.for_attendee(session, olena.client));
  schedule::Calendar request;
  request.view = schedule::View::window;
  request.date = on(2026, 3, 1);
  request.until = on(2026, 4, 1);
  request.attendees = true;
  auto attendees = [&](const Caller& caller) {
    return caller.run(request).items.at(0).attendees.value().size();
  };
  CHECK(attendees(house.salesman()) == 1);
  CHECK(attendees(olena.caller) == 1);
  CHECK(attendees(marko.caller) == 0);
  request.client = olena.client;
  CHECK(olena.caller.run(request).items.size() == 1);
  CHECK(marko.caller.run(request).items.empty());
}

TEST_CASE("activities are found by free places", "[C7]") {
  House house;
  auto olena = house.customer();
  catalog::UpdateActivity show;
  show.activity = house.film;
  show.active = true;
  house.host().run(show);
  SessionId session = house.session(at(2026, 3, 3, 18), 4);
  auto found = [&](std::int64_t places) {
    catalog::Activities request;
    request.free_places = places;
    request.centre = house.centre;
    return house.host().run(request).items.size();
  };
  CHECK(found(4) == 1);
  olena.caller.run(house.wish(session, 2));
  CHECK(found(3) == 0);
  CHECK(found(2) == 1);
}

TEST_CASE("who had come to a session that is cancelled gets all back, too", "[S9][B5]") {
  House house;
  auto olena = house.customer();
  auto marko = house.customer("Marko");
  SessionId session = house.session(at(2026, 3, 2, 12));
  BookingId came = olena.caller.run(house.wish(session, 2)).id;
  BookingId all_came = marko.caller.run(house.wish(session)).id;
  house.pass(std::chrono::minutes{10});
  house.host().run(bookings::CheckIn{.booking = came, .places = {1}});
  house.host().run(bookings::CheckIn{.booking = all_came});
  house.host().run(schedule::CancelSession{.session = session, .reason = "Fire alarm"});
  CHECK(house.get(came).status == BookingStatus::cancelled);
  CHECK(house.balance(olena.client) == 100'000);
  CHECK(house.get(all_came).status == BookingStatus::cancelled);
  CHECK(house.balance(marko.client) == 100'000);
  CHECK(house.told("bookings.check_in_undone") == 2);
  CHECK(house.told("bookings.booking_cancelled") == 2);
  CHECK(house.problems().empty());
}

TEST_CASE("what the centre moves is not to cost the client what they could have had back",
          "[B6][S9]") {
  House house;
  auto olena = house.customer();
  bookings::SetPolicy policy;
  policy.centre = house.centre;
  policy.free_before = std::chrono::hours{24};
  house.host().run(policy);
  const SessionId session = house.session(at(2026, 3, 5, 18));
  const BookingId booking = olena.caller.run(house.wish(session)).id;
  schedule::MoveSession move;
  move.session = session;
  move.start = at(2026, 3, 2, 14);
  house.host().run(move);
  CHECK(olena.caller.run(bookings::Cancel{.booking = booking}).refunded == uah(10'000));

  // A client who moved keeps their first clock where only the room changes.
  const SessionId soon = house.session(at(2026, 3, 3, 9));
  const SessionId later = house.session(at(2026, 3, 6, 18));
  const BookingId other = olena.caller.run(house.wish(soon)).id;
  olena.caller.run(bookings::Move{.booking = other, .session = later});
  catalog::CreateRoom room;
  room.centre = house.centre;
  room.name = "Red";
  room.capacity = 10;
  move = {};
  move.session = later;
  move.room = house.host().run(room).id;
  house.host().run(move);
  CHECK(olena.caller.run(bookings::Cancel{.booking = other}).refunded == uah(0));
  CHECK(house.problems().empty());
}
