// Moving to another session, and other seats, for the difference in price.
#include <catch2/catch.hpp>

#include "hall.hpp"

#include <frontdesk/bookings_door.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::Hall;
using testing::House;
using testing::refusal;
using testing::uah;

namespace {

constexpr Duration hour{3600};

bookings::Move to(BookingId booking, SessionId session) {
  bookings::Move request;
  request.booking = booking;
  request.session = session;
  request.payments = {House::balance()};
  return request;
}

}  // namespace

TEST_CASE("a booking moves to another session for the difference", "[B7]") {
  House house;
  auto olena = house.customer();
  ClientId maria = house.child(olena.client);
  SessionId first = house.session(at(2026, 3, 4, 18));
  SessionId dearer = house.session(at(2026, 3, 5, 18), 10, 12'500);
  SessionId cheaper = house.session(at(2026, 3, 6, 18), 10, 4'000);
  bookings::Book wish = house.wish(first, 2);
  wish.places[0].attendee = maria;
  BookingId id = olena.caller.run(wish).id;

  bookings::Move unpaid = to(id, dearer);
  unpaid.payments.clear();
  CHECK(refusal([&] { olena.caller.run(unpaid); }).reason() == "pay_at_once");
  CHECK(house.get(id).session == first);
  CHECK(house.free(first) == 8);
  CHECK(house.balance(olena.client) == 80'000);

  bookings::Booking moved = olena.caller.run(to(id, dearer));
  CHECK(moved.session == dearer);
  CHECK(moved.moves == 1);
  CHECK(moved.status == BookingStatus::confirmed);
  CHECK(moved.places[0].attendee == maria);
  CHECK_FALSE(moved.owed.has_value());
  CHECK(house.balance(olena.client) == 75'000);
  CHECK(house.free(first) == 10);
  CHECK(house.free(dearer) == 8);
  CHECK(house.told("bookings.booking_moved") == 1);

  moved = olena.caller.run(to(id, cheaper));
  CHECK(moved.moves == 2);
  CHECK(house.balance(olena.client) == 92'000);
  CHECK(house.free(dearer) == 10);
  Error third = refusal([&] { olena.caller.run(to(id, first)); });
  CHECK(third.reason() == "moves_used_up");
  CHECK(house.get(id).session == cheaper);

  auto history = olena.caller.run(bookings::History{.booking = id}).entries;
  REQUIRE(history.size() == 3);
  CHECK(history[0].session == first);
  CHECK(history[1].change == bookings::Change::moved);
  CHECK(history[1].session == dearer);
  CHECK(history[2].session == cheaper);
  CHECK(house.problems().empty());

  bookings::Cancelled cancelled = olena.caller.run(bookings::Cancel{.booking = id});
  CHECK(cancelled.refunded == uah(8'000));
  CHECK(house.balance(olena.client) == 100'000);
  CHECK(house.problems().empty());
}

TEST_CASE("after a move the first policy clock holds", "[B7][B6]") {
  House house;
  auto olena = house.customer();
  SessionId soon = house.session(at(2026, 3, 3, 10));  // in 23 hours: not free any more
  SessionId later = house.session(at(2026, 3, 12, 10));
  BookingId id = olena.caller.run(house.wish(soon)).id;
  olena.caller.run(to(id, later));
  CHECK(olena.caller.run(bookings::Cancel{.booking = id}).refunded == uah(0));
  // Moved to an earlier session, that one's start counts.
  BookingId early = olena.caller.run(house.wish(later)).id;
  olena.caller.run(to(early, house.session(at(2026, 3, 3, 10))));
  CHECK(olena.caller.run(bookings::Cancel{.booking = early}).refunded == uah(0));
}

TEST_CASE("an unpaid booking moves too, and is due anew", "[B7]") {
  House house;
  auto olena = house.customer();
  BookingId id = olena.caller.run(house.unpaid(house.session(at(2026, 3, 10, 18)))).id;
  SessionId soon = house.session(at(2026, 3, 3, 18), 10, 7'000);
  bookings::Move request = to(id, soon);
  request.payments.clear();
  bookings::Booking moved = olena.caller.run(request);
  CHECK(moved.status == BookingStatus::pending);
  CHECK(moved.owed == uah(7'000));
  CHECK(moved.pay_by == moved.starts - hour);
  CHECK(house.problems().empty());
}

TEST_CASE("moves are refused as bookings are", "[B7][B2]") {
  House house;
  auto olena = house.customer();
  SessionId from = house.session(at(2026, 3, 4, 18));
  bookings::Booking booking = olena.caller.run(house.for_attendee(from, olena.client));
  auto reason = [&](SessionId session) {
    return refusal([&] { olena.caller.run(to(booking.id, session)); }).reason();
  };
  CHECK(reason(from) == "move_to_same_session");
  CHECK(reason(SessionId{9'999}) == "session_not_found");
  CHECK(reason(house.session(at(2026, 4, 20, 18))) == "booking_not_open_yet");
  SessionId full = house.session(at(2026, 3, 5, 18), 1);
  house.customer("Marko").caller.run(house.wish(full));
  CHECK(reason(full) == "no_place_left");
  SessionId other = house.session(at(2026, 3, 6, 18));
  olena.caller.run(house.for_attendee(other, olena.client));
  CHECK(reason(other) == "already_booked");
  CHECK(reason(house.session(at(2026, 3, 6, 18, 30))) == "overlaps_own");
  CHECK_NOTHROW(olena.caller.preview(to(booking.id, house.session(at(2026, 3, 4, 18, 30)))));
  CentreId elsewhere = house.opened("Elsewhere");
  catalog::CreateActivity activity;
  activity.centre = elsewhere;
  activity.name = "Film";
  schedule::NewSession there = house.plan(at(2026, 3, 7, 18));
  there.centre = elsewhere;
  there.activity = house.host().run(activity).id;
  CHECK(reason(house.add(there).id) == "other_centre");
  olena.caller.run(bookings::Cancel{.booking = booking.id});
  CHECK(reason(house.session(at(2026, 3, 8, 18))) == "booking_not_movable");
  CHECK(house.problems().empty());
}

// --- seats ---

TEST_CASE("named seats are booked, and each only once", "[H8][B2]") {
  Hall hall;
  auto olena = hall.customer();
  auto marko = hall.customer("Marko");
  bookings::Booking booking = hall.book(olena.caller, {"A-1", "B-1"});
  CHECK(booking.places[0].seat == "A-1");
  CHECK(booking.places[1].seat_category == "premium");
  CHECK(hall.balance(olena.client) == 75'000);
  Error taken = refusal([&] { hall.book(marko.caller, {"A-2", "B-1"}); });
  CHECK(taken.reason() == "seat_taken");
  CHECK(refusal([&] { hall.book(marko.caller, {"Z-9"}); }).reason() == "seat_not_found");
  bookings::Book some = hall.wish(hall.session, 2);
  some.places[0].seat = "A-4";
  CHECK(refusal([&] { marko.caller.run(some); }).reason() == "seats_for_some_only");
  CHECK(hall.balance(marko.client) == 100'000);
  CHECK(hall.problems().empty());
}

TEST_CASE("other seats cost the difference, the same category nothing", "[H9]") {
  Hall hall;
  auto olena = hall.customer();
  BookingId id = hall.book(olena.caller, {"A-1", "A-2"}).id;
  CHECK(hall.balance(olena.client) == 80'000);
  bookings::ChangeSeats request;
  request.booking = id;
  request.seats = {{1, "B-1"}};
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "pay_at_once");
  CHECK(hall.get(id).places[0].seat == "A-1");
  request.payments = {hall.balance()};
  bookings::Booking changed = olena.caller.run(request);
  CHECK(changed.places[0].seat == "B-1");
  CHECK(hall.balance(olena.client) == 75'000);
  request.seats = {{2, "A-8"}};
  olena.caller.run(request);
  CHECK(hall.balance(olena.client) == 75'000);
  request.seats = {{1, "A-8"}, {2, "B-1"}};  // its own seats exchanged: both change category
  changed = olena.caller.run(request);
  CHECK(changed.places[0].seat == "A-8");
  CHECK(changed.places[1].seat == "B-1");
  CHECK(hall.balance(olena.client) == 75'000);
  request.seats = {{2, "A-7"}};
  olena.caller.run(request);
  CHECK(hall.balance(olena.client) == 80'000);
  CHECK(hall.told("bookings.booking_changed") == 4);
  CHECK(hall.problems().empty());

  hall.book(hall.customer("Marko").caller, {"B-5"});
  request.seats = {{1, "B-5"}};
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "seat_taken");
  request.seats = {{1, "A-3"}, {1, "A-4"}};
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "place_twice");
  request.seats = {{3, "A-3"}};
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "place_not_found");
  CHECK(hall.get(id).places[0].seat == "A-8");
  CHECK(hall.problems().empty());
}

TEST_CASE("held places are booked at the prices of the hold", "[H4][B1][D2]") {
  Hall hall;
  auto olena = hall.customer();
  seating::Hold wish{.session = hall.session};
  wish.choice.seats = {"A-4", "A-5", "B-4"};
  seating::Held held = olena.caller.run(wish);
  bookings::Book request = hall.wish(hall.session, 2);
  request.hold = held.token;
  request.places[0].seat = "B-4";
  bookings::Booking booking = olena.caller.run(request);
  CHECK(booking.places[0].seat == "B-4");
  CHECK(booking.places[1].seat == "A-4");
  CHECK(hall.balance(olena.client) == 75'000);
  CHECK(hall.free(hall.session) == 13);
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "place_not_held");
  request.places.resize(1);
  request.places[0].seat.reset();
  CHECK(olena.caller.run(request).places[0].seat == "A-5");
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "hold_not_found");

  seating::Held lapsing =
      olena.caller.run(seating::Hold{.session = hall.session, .choice = {.seats = {"A-8"}}});
  hall.pass(std::chrono::minutes{15});
  request.hold = lapsing.token;
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "hold_lapsed");
  request.hold = "nonsense";
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "hold_not_found");
  CHECK(hall.problems().empty());
}

TEST_CASE("bookings keep their seats when the hall is exchanged", "[H2][B1]") {
  Hall hall;
  auto olena = hall.customer();
  BookingId id = hall.book(olena.caller, {"A-1", "B-8"}).id;
  hall.host().run(hall.swap_for(hall.map_of("Blue", "row B: 8P\nrow A: 4S\n")));
  CHECK(hall.get(id).places[0].seat == "A-1");
  CHECK(hall.get(id).places[1].seat == "B-8");
  CHECK(hall.problems().empty());
  seating::SwapMap swap = hall.swap_for(hall.map_of("Small", "row B: 8P\n"));
  CHECK(refusal([&] { hall.host().run(swap); }).reason() == "places_would_be_lost");
  swap.despite_unplaced = true;
  hall.host().run(swap);
  bookings::Booking left = hall.get(id);
  CHECK(left.places[0].status == BookingStatus::cancelled);
  CHECK(left.places[1].status == BookingStatus::confirmed);
  CHECK(hall.balance(olena.client) == 85'000);
  CHECK(hall.problems().empty());
}

TEST_CASE("a booking of which somebody has come stays where it is", "[B7][B5]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 2, 12));
  SessionId later = house.session(at(2026, 3, 9, 18));
  BookingId booking = olena.caller.run(house.wish(session, 2)).id;
  house.host().run(bookings::CheckIn{.booking = booking, .places = {2}});
  bookings::Move move{.booking = booking, .session = later};
  Error refused = refusal([&] { olena.caller.run(move); });
  CHECK(refused.reason() == "booking_not_movable");
  CHECK(std::get<std::string>(refused.details().at("status")) == "attended");
  CHECK(house.get(booking).session == session);
  CHECK(house.free(later) == 10);
  house.host().run(bookings::UndoCheckIn{.booking = booking, .places = {2}});
  CHECK(olena.caller.run(move).session == later);
  CHECK(house.problems().empty());
}

TEST_CASE("a cheaper session or seat is no way around the cancellation policy", "[B7][B6][H9]") {
  House house;
  bookings::SetPolicy policy;
  policy.centre = house.centre;
  policy.free_before = std::chrono::hours{24};
  policy.brackets = {{.before = std::chrono::hours{2}, .basis_points = 5'000}};
  house.host().run(policy);
  auto olena = house.customer();
  SessionId soon = house.session(at(2026, 3, 3, 10));  // in 23 hours: half goes back
  SessionId cheaper = house.session(at(2026, 3, 12, 10), 10, 2'000);
  SessionId dearer = house.session(at(2026, 3, 13, 10), 10, 3'000);
  BookingId id = olena.caller.run(house.wish(soon)).id;
  olena.caller.run(to(id, cheaper));
  CHECK(house.balance(olena.client) == 94'000);  // half of 80.00
  CHECK_FALSE(house.get(id).owed.has_value());
  CHECK(house.problems().empty());
  olena.caller.run(to(id, dearer));
  CHECK(house.balance(olena.client) == 93'000);  // what was kept pays for nothing
  CHECK(olena.caller.run(bookings::Cancel{.booking = id}).refunded == uah(1'500));
  CHECK(house.balance(olena.client) == 94'500);
  CHECK(house.problems().empty());
}

TEST_CASE("where the centre cancels, what a move kept goes back as well", "[B7][S9]") {
  House house;
  auto olena = house.customer();
  SessionId soon = house.session(at(2026, 3, 3, 10));
  SessionId cheaper = house.session(at(2026, 3, 12, 10), 10, 2'000);
  BookingId id = olena.caller.run(house.wish(soon)).id;
  olena.caller.run(to(id, cheaper));
  CHECK(house.balance(olena.client) == 90'000);
  house.host().run(schedule::CancelSession{.session = cheaper, .reason = "Ill"});
  CHECK(house.balance(olena.client) == 100'000);
  CHECK(house.problems().empty());
}

TEST_CASE("who owes may move; only what is owed more must be paid at once", "[B7][B4]") {
  House house;
  house.set("bookings.owing_allowed", 1);
  auto olena = house.customer();
  bookings::Book wish = house.unpaid(house.session(at(2026, 3, 9, 18)));
  wish.owing = true;
  BookingId id = olena.caller.run(wish).id;
  bookings::Move move = to(id, house.session(at(2026, 3, 10, 18), 10, 8'000));
  move.payments.clear();
  CHECK(olena.caller.run(move).owed == uah(8'000));
  move.session = house.session(at(2026, 3, 11, 18), 10, 9'000);
  CHECK(refusal([&] { olena.caller.run(move); }).reason() == "pay_at_once");
  CHECK(house.get(id).owed == uah(8'000));
  CHECK(house.problems().empty());
}

TEST_CASE("a fee that never goes back is not got by a move either", "[B7][D1]") {
  House house;
  auto olena = house.customer();
  const SessionId with_fee = house.session();
  pricing::CreateFee fee;
  fee.centre = house.centre;
  fee.name = "3D";
  fee.amount = uah(2'000);
  fee.per = pricing::FeePer::place;
  fee.activity = house.film;
  fee.refundable = false;
  house.host().run(fee);
  BookingId booking = olena.caller.run(house.wish(with_fee)).id;
  CHECK(house.balance(olena.client) == 88'000);
  house.film = house.activity("Opera");
  const SessionId without = house.session(at(2026, 3, 4, 18));
  CHECK_FALSE(olena.caller.run(to(booking, without)).owed);
  CHECK(house.balance(olena.client) == 88'000);
  olena.caller.run(bookings::Cancel{.booking = booking});
  CHECK(house.balance(olena.client) == 98'000);
  CHECK(house.problems().empty());
}

TEST_CASE("what a move keeps is taxed as what it was kept of", "[B7][D9]") {
  House house;
  auto olena = house.customer();
  pricing::SetTaxRate tax;
  tax.centre = house.centre;
  tax.name = "VAT";
  tax.basis_points = 2'000;
  tax.included = true;
  tax.first_date = testing::on(2026, 1, 1);
  house.host().run(tax);
  bookings::SetPolicy policy;
  policy.centre = house.centre;
  policy.free_before = std::chrono::days{10};
  house.host().run(policy);
  bookings::Booking booking = olena.caller.run(house.wish(house.session()));
  house.film = house.activity("Cheap");
  const SessionId cheap = house.session(at(2026, 3, 4, 18), 10, 4'000);
  booking = olena.caller.run(to(booking.id, cheap));
  const money::Order order = house.host().run(money::GetOrder{.order = booking.order});
  const money::OrderLine& kept = order.lines.back();
  CHECK(kept.kind == money::LineKind::cancellation_fee);
  CHECK(kept.total == uah(6'000));
  CHECK(kept.tax == uah(1'000));
  CHECK(kept.text == order.lines.front().text);
  CHECK(house.problems().empty());
}

TEST_CASE("into the last hour a booking moves only if it is paid", "[B7][B2]") {
  House house;
  auto olena = house.customer();
  const SessionId soon = house.session(at(2026, 3, 2, 11, 30));
  const BookingId booking = olena.caller.run(house.unpaid(house.session())).id;
  bookings::Move move = to(booking, soon);
  move.payments.clear();
  const Error refused = refusal([&] { olena.caller.run(move); });
  CHECK(refused.reason() == "pay_at_once");
  CHECK(refused.field() == "payments");
  CHECK(olena.caller.run(to(booking, soon)).status == BookingStatus::confirmed);
  CHECK(house.problems().empty());
}

TEST_CASE("places of a booking exchange their seats whatever stands beside them", "[H9][H6]") {
  Hall hall;
  auto olena = hall.customer();
  hall.set("seating.single_seat_rule", 0);
  const BookingId booking = hall.book(olena.caller, {"A-1", "B-2"}).id;
  hall.set("seating.single_seat_rule", 2);
  bookings::ChangeSeats change;
  change.booking = booking;
  change.seats = {{.place = 1, .seat = "B-2"}, {.place = 2, .seat = "A-1"}};
  const bookings::Booking changed = olena.caller.run(change);
  CHECK(changed.places[0].seat == "B-2");
  CHECK(changed.places[1].seat == "A-1");
  CHECK(hall.balance(olena.client) == 75'000);
  CHECK(hall.problems().empty());
}

TEST_CASE("a place that ended has no seat in another hall", "[B7][H2]") {
  Hall hall;
  auto olena = hall.customer();
  const BookingId booking = hall.book(olena.caller, {"B-1", "B-2"}).id;
  olena.caller.run(bookings::CancelPlaces{.booking = booking, .places = {1}});
  CHECK(hall.get(booking).places[0].seat == "B-1");
  hall.host().run(hall.swap_for(hall.map_of("Turned", "row B: 8P\nrow A: 8S\n")));
  CHECK_FALSE(hall.get(booking).places[0].seat);
  CHECK(hall.get(booking).places[1].seat == "B-2");

  const BookingId other = hall.book(olena.caller, {"B-5", "B-6"}).id;
  olena.caller.run(bookings::CancelPlaces{.booking = other, .places = {1}});
  schedule::NewSession plain = hall.plan(at(2026, 3, 4, 18));
  olena.caller.run(to(other, hall.add(plain).id));
  CHECK_FALSE(hall.get(other).places[0].seat);
  CHECK(hall.problems().empty());
}

TEST_CASE("errors about seats name the request's own fields", "[H8][E16]") {
  Hall hall;
  auto olena = hall.customer();
  auto marko = hall.customer("Marko");
  const BookingId booking = hall.book(olena.caller, {"A-1", "A-2"}).id;
  const auto field = [&](const std::function<void()>& action) { return refusal(action).field(); };
  CHECK(field([&] { hall.book(marko.caller, {"A-4", "Z-1"}); }) == "places[1].seat");
  CHECK(field([&] { hall.book(marko.caller, {"A-1", "A-4"}); }) == "places");
  bookings::ChangeSeats change;
  change.booking = booking;
  change.seats = {{.place = 2, .seat = "A-5"}, {.place = 1, .seat = "Z-1"}};
  CHECK(field([&] { olena.caller.run(change); }) == "seats[1].seat");
  schedule::NewSession again = hall.plan(at(2026, 3, 4, 18), std::nullopt);
  again.room = hall.host().run(schedule::GetSession{.session = hall.session}).room;
  bookings::Move move = to(booking, hall.add(again).id);
  move.seats = change.seats;
  CHECK(field([&] { olena.caller.run(move); }) == "seats[1].seat");
  move.seats[1].seat = "A-4";
  const bookings::Booking moved = olena.caller.run(move);
  CHECK(moved.places[0].seat == "A-4");
  CHECK(moved.places[1].seat == "A-5");
  bookings::Book held = hall.wish(hall.session);
  held.hold = "1-3q2xGvW5n0oT7bYk9LrJcQeHsDfUaPzMiXwNtVyBg4E";
  CHECK(field([&] { marko.caller.run(held); }) == "hold");
}
