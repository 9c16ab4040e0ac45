// Who may take which seats by which operation, and what becomes of them when the hall changes.
#include <catch2/catch.hpp>

#include "hall.hpp"

#include <frontdesk/bookings_door.hpp>
#include <frontdesk/bookings_tickets.hpp>
#include <frontdesk/pricing_quotes.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::Hall;
using testing::House;
using testing::refusal;
using testing::uah;

namespace {

bookings::ChangeSeats other_seat(BookingId booking, const std::string& seat) {
  bookings::ChangeSeats change;
  change.booking = booking;
  change.seats = {{.place = 1, .seat = seat}};
  return change;
}

bookings::Reserve vip(SessionId session, const std::vector<std::string>& seats) {
  bookings::Reserve request{.session = session, .kind = bookings::BookingKind::vip};
  for (const std::string& seat : seats) request.places.push_back({.seat = seat});
  return request;
}

/// A hall whose row A from 5 to 8 is set aside for the box office.
struct SetAside : Hall {
  SetAside() {
    seating::ReserveForChannel aside{.session = session};
    aside.choice.seats = {"A-5", "A-6", "A-7", "A-8"};
    host().run(aside);
  }
};

}  // namespace

TEST_CASE("other seats go by who chooses them, not by who booked", "[H9][H3][H6]") {
  SetAside hall;
  auto olena = hall.customer();
  const BookingId online = hall.book(olena.caller, {"A-1", "A-2"}).id;
  CHECK(refusal([&] { olena.caller.run(other_seat(online, "A-5")); }).reason() == "seat_taken");
  CHECK(hall.host().run(other_seat(online, "A-5")).places[0].seat == "A-5");

  bookings::Book counter = hall.wish(hall.session);
  counter.places[0].seat = "A-7";
  counter.client = olena.client;
  const BookingId sold = hall.host().run(counter).id;
  CHECK(refusal([&] { olena.caller.run(other_seat(sold, "A-8")); }).reason() == "seat_taken");
  CHECK(hall.problems().empty());
}

TEST_CASE("staff may leave a single seat for whoever booked online", "[H9][H6]") {
  Hall hall;
  hall.set("seating.single_seat_rule", 2);
  auto olena = hall.customer();
  const BookingId booking = hall.book(olena.caller, {"A-1"}).id;
  CHECK(refusal([&] { olena.caller.run(other_seat(booking, "A-2")); }).reason() ==
        "single_seat_left");
  CHECK(hall.host().run(other_seat(booking, "A-2")).places[0].seat == "A-2");
}

TEST_CASE("a guest of honour does not choose dearer seats by themselves", "[H9][B2]") {
  Hall hall;
  auto olena = hall.customer();
  bookings::Reserve request = vip(hall.session, {"A-1"});
  request.client = olena.client;
  const BookingId booking = hall.host().run(request).id;
  const Error refused = refusal([&] { olena.caller.run(other_seat(booking, "B-1")); });
  CHECK(refused.code() == Code::denied);
  CHECK(refused.reason() == "role_not_allowed");
  CHECK(hall.host().run(other_seat(booking, "B-1")).places[0].seat == "B-1");
  CHECK(hall.problems().empty());
}

TEST_CASE("places of the house have ticket types that fit, and are not paid for", "[B1][D1]") {
  Hall hall;
  catalog::CreateTicketType premium;
  premium.centre = hall.centre;
  premium.name = "Lounge";
  premium.seat_categories = {"premium"};
  const TicketTypeId lounge = hall.host().run(premium).id;
  bookings::Reserve request = vip(hall.session, {"A-1"});
  request.places[0].ticket_type = TicketTypeId{99};
  const Error unknown = refusal([&] { hall.host().run(request); });
  CHECK(unknown.reason() == "ticket_type_not_found");
  CHECK(unknown.field() == "places[0].ticket_type");
  request.places[0].ticket_type = lounge;
  CHECK(refusal([&] { hall.host().run(request); }).reason() == "ticket_type_not_for_seat");
  request.places[0].seat = "B-1";
  CHECK_NOTHROW(hall.host().run(request));
  request = vip(hall.session, {"A-1"});
  request.places[0].by_visit = true;
  const Error paid = refusal([&] { hall.host().run(request); });
  CHECK(paid.reason() == "place_not_paid");
  CHECK(paid.field() == "places[0]");
  CHECK(paid.message().find("not paid for") != std::string::npos);
}

TEST_CASE("a fixed price stays with its seat when the hall gets another map", "[D2][H2]") {
  Hall hall;
  auto olena = hall.customer();
  seating::Hold wish{.session = hall.session};
  wish.choice.seats = {"A-1", "A-2", "B-1", "B-2"};
  const std::string token = olena.caller.run(wish).token;
  pricing::FixQuote fix;
  fix.token = token;
  CHECK(olena.caller.run(fix).total == uah(50'000));
  const bool is_turned = GENERATE(true, false);
  hall.host().run(hall.swap_for(is_turned
                                    ? hall.map_of("Turned", "row B: 8P\nrow A: 8S\n")
                                    : hall.map_of("More", "row Z: 3S\nrow A: 8S\nrow B: 8P\n")));
  pricing::SetPrice dearer;  // what was fixed stands
  dearer.session = hall.session;
  dearer.amount = uah(90'000);
  hall.host().run(dearer);
  bookings::Book request = hall.wish(hall.session, 4);
  request.hold = token;
  const BookingId booking = olena.caller.run(request).id;
  CHECK(hall.balance(olena.client) == 50'000);
  const bookings::Booking booked = hall.get(booking);
  for (const auto& place : booked.places) {
    bookings::CancelPlaces cancel{.booking = booking, .places = {place.number}};
    const std::int64_t before = hall.balance(olena.client);
    hall.host().run(cancel);
    CHECK(hall.balance(olena.client) - before == (place.seat->starts_with("A") ? 10'000 : 15'000));
  }
  CHECK(hall.problems().empty());
}

TEST_CASE("whoever came keeps the seat they sit on", "[H2][B5]") {
  Hall hall;
  auto olena = hall.customer();
  const BookingId booking = hall.book(olena.caller, {"A-1", "A-2"}).id;
  const schedule::Session show = hall.host().run(schedule::GetSession{.session = hall.session});
  hall.desk.clock.seconds = show.starts.time_since_epoch().count();
  bookings::CheckIn in;
  in.booking = booking;
  in.places = {1};
  hall.host().run(in);
  seating::SwapMap swap = hall.swap_for(hall.map_of("Less", "row A: =2 7S\nrow B: 8P\n"));
  swap.despite_unplaced = true;
  const Error refused = refusal([&] { hall.host().run(swap); });
  CHECK(refused.reason() == "visitor_in");
  CHECK(refused.message().find("A-1") != std::string::npos);
  swap.map = hall.map_of("Other", "row A: 1S\nrow B: 8P\n");
  CHECK_NOTHROW(hall.host().run(swap));
  CHECK(hall.get(booking).places[1].status == BookingStatus::cancelled);
  CHECK(hall.problems().empty());
}

TEST_CASE("a place whose visitor is in has no other seat", "[H9][B5]") {
  Hall hall;
  auto olena = hall.customer();
  const BookingId booking = hall.book(olena.caller, {"A-1", "A-2"}).id;
  const schedule::Session show = hall.host().run(schedule::GetSession{.session = hall.session});
  hall.desk.clock.seconds = (show.starts - Duration{60}).time_since_epoch().count();
  bookings::CheckIn in;
  in.booking = booking;
  in.places = {1};
  hall.host().run(in);
  const Error refused = refusal([&] { hall.host().run(other_seat(booking, "A-5")); });
  CHECK(refused.reason() == "already_in");
  CHECK(refused.field() == "seats[0].place");
}

TEST_CASE("neither a hold's nor a booking's middle seat is left single by choice", "[H6][H9]") {
  Hall hall;
  hall.set("seating.single_seat_rule", 2);
  auto olena = hall.customer();
  seating::Hold wish{.session = hall.session};
  wish.choice.seats = {"A-1", "A-2", "A-3"};
  bookings::Book request = hall.wish(hall.session, 2);
  request.hold = olena.caller.run(wish).token;
  request.places[0].seat = "A-1";
  request.places[1].seat = "A-3";
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "single_seat_left");
  request.places.push_back({.seat = "A-2"});
  const BookingId booking = olena.caller.run(request).id;
  bookings::ChangeSeats change;
  change.booking = booking;
  change.seats = {{.place = 3, .seat = "A-4"}};
  const Error refused = refusal([&] { olena.caller.run(change); });
  CHECK(refused.reason() == "single_seat_left");
  CHECK(refused.field() == "seats");
  CHECK_NOTHROW(hall.host().run(change));
  CHECK(hall.problems().empty());
}

TEST_CASE("what is wrong with places of a hold is told of the place", "[B1][H4]") {
  Hall hall;
  auto olena = hall.customer();
  seating::Hold wish{.session = hall.session};
  wish.choice.seats = {"A-1", "A-2"};
  bookings::Book request = hall.wish(hall.session, 3);
  request.hold = olena.caller.run(wish).token;
  const Error many = refusal([&] { olena.caller.run(request); });
  CHECK(many.reason() == "place_not_held");
  CHECK(many.message().find('3') != std::string::npos);
  request.places.resize(2);
  request.places[1].seat = "Z-9";
  const Error unknown = refusal([&] { olena.caller.run(request); });
  CHECK(unknown.reason() == "seat_not_found");
  CHECK(unknown.field() == "places[1].seat");
  CHECK(unknown.message().find("Z-9") != std::string::npos);
  request.places[1].seat.reset();
  request.best = true;
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "choice_mixed");
  request.best = false;
  request.area = "Floor";
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "choice_mixed");
}

TEST_CASE("the calendar counts what is set aside once its hold has lapsed", "[B3][S8]") {
  SetAside hall;
  const std::int64_t before = hall.free(hall.session);
  seating::Hold wish{.session = hall.session, .channel = seating::Channel::box_office};
  wish.choice.seats = {"A-5", "A-6"};
  hall.host().run(wish);
  CHECK(hall.free(hall.session) == before);
  hall.desk.clock += std::chrono::hours{2};
  CHECK(hall.free(hall.session) == before);
  CHECK(hall.host().run(seating::Availability{.session = hall.session}).free == before);
}

TEST_CASE("a session without seats that moves into a room has no more places than that",
          "[S6][B3]") {
  House house;
  auto olena = house.customer();
  const SessionId open = house.session(at(2026, 3, 3, 18), std::nullopt);
  olena.caller.run(house.wish(open, 3));
  catalog::CreateRoom room;
  room.centre = house.centre;
  room.name = "Small";
  room.capacity = 2;
  const RoomId small = house.host().run(room).id;
  room.name = "Larger";
  room.capacity = 50;
  const RoomId larger = house.host().run(room).id;
  schedule::MoveSession move{.session = open};
  move.room = small;
  const Error refused = refusal([&] { house.host().run(move); });
  CHECK(refused.reason() == "capacity_below_taken");
  CHECK(refused.field() == "room");
  seating::CreateMap map;
  map.centre = house.centre;
  map.name = "Red";
  map.text = "category S standard\nrow A: 4S\n";
  house.host().run(seating::GiveMap{.room = larger, .map = house.host().run(map).id});
  move.room = larger;
  house.host().run(move);
  CHECK(house.free(open) == 1);
  CHECK(refusal([&] { olena.caller.run(house.wish(open, 2)); }).reason() == "no_place_left");
  CHECK(house.problems().empty());
}

TEST_CASE("a ticket's text tells row and number whole, whatever the section's name", "[B10]") {
  Hall hall;
  hall.host().run(hall.swap_for(
      hall.map_of("Long",
                  "section \"Партер лів\"\nrow А: 12S\nsection \"Балкон дуже дуже далеко\"\n"
                  "row \"Ряд дуже дуже довгий\": 12S\n")));
  auto olena = hall.customer();
  const auto printed = [&](const std::string& seat) {
    bookings::Tickets request;
    request.booking = hall.book(olena.caller, {seat}).id;
    const bookings::Ticket ticket = hall.host().run(request).tickets.at(0);
    CHECK(ticket.seat == seat);
    const std::string key = hall.host().run(bookings::TicketKey{}).keys.at(0).key;
    return *bookings::verify_ticket(key, ticket.text).seat;
  };
  CHECK(printed("Партер лів А-12") == "Партер лі А-12");
  CHECK(printed("Балкон дуже дуже далеко Ряд дуже дуже довгий-12") == "Балкон дуже-12");
}
