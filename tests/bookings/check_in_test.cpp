// Letting visitors in, each refusal with its reason, taking it back, and selling at the door
// (SPEC B5).
#include <catch2/catch.hpp>

#include "door_support.hpp"

#include <thread>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::day;
using testing::Door;
using testing::hour;
using testing::House;
using testing::minute;
using testing::refusal;
using testing::refused;

TEST_CASE("a visitor comes in by code, by QR text, by booking and by reference", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked(5);
  const auto tickets = door.tickets(booking.id);
  const bookings::Gate gate = door.gate("North");
  Caller clerk = door.salesman();
  door.go_before(hour);
  bookings::CheckIn by_code = Door::by_code(tickets[0].code);
  by_code.gate = gate.id;
  const bookings::CheckedIn first = clerk.run(by_code);
  CHECK(first.booking == booking.id);
  CHECK(first.reference == booking.reference);
  REQUIRE(first.places.size() == 1);
  CHECK(first.places[0].status == BookingStatus::attended);
  CHECK_FALSE(first.places[0].already);
  CHECK(first.places[0].came_at == door.desk.clock.now());
  CHECK(first.places[0].gate == gate.id);
  CHECK(first.places[0].by == bookings::CheckInBy::code);
  CHECK(first.places[0].name == "Olena Koval");
  CHECK(door.status(booking.id) == BookingStatus::confirmed);  // the others are to come
  CHECK(clerk.run(Door::by_code(tickets[1].text)).places[0].number == 2);
  CHECK(clerk.run(Door::by_booking(booking.id, {3})).places[0].by == bookings::CheckInBy::list);
  bookings::CheckIn by_reference;
  by_reference.reference = booking.reference;
  const bookings::CheckedIn rest = clerk.run(by_reference);
  REQUIRE(rest.places.size() == 5);
  CHECK(rest.places[2].already);
  CHECK_FALSE(rest.places[3].already);
  CHECK(door.status(booking.id) == BookingStatus::attended);
  CHECK(door.told("bookings.checked_in") == 4);
  CHECK(door.problems().empty());
}

TEST_CASE("the same scan twice is one check-in", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked();
  const std::string code = door.ticket(booking.id).code;
  const GateId north = door.gate("North").id;
  door.go_before(hour);
  bookings::CheckIn scan = Door::by_code(code);
  scan.gate = north;
  door.host().run(scan);
  const Instant came = door.desk.clock.now();
  const std::int64_t version = door.get(booking.id).version;
  door.pass(minute);
  scan.gate = door.gate("South").id;
  const bookings::CheckedIn again = door.host().run(scan);
  CHECK(again.places[0].already);
  CHECK(again.places[0].came_at == came);
  CHECK(again.places[0].gate == north);
  CHECK(door.get(booking.id).version == version);
  CHECK(door.told("bookings.checked_in") == 1);
}

TEST_CASE("visitors come from an hour before the start to the end", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked();
  const auto scan = Door::by_code(door.ticket(booking.id).code);
  door.go_before(hour + Duration{1});
  const Error early = refusal([&] { door.host().run(scan); });
  CHECK(early.reason() == "too_early");
  CHECK(early.message() == "It is too early: the doors open at 2026-03-03T15:00:00Z.");
  CHECK(door.status(booking.id) == BookingStatus::confirmed);
  door.set("bookings.check_in_opens_seconds", 2 * 3600);
  CHECK_NOTHROW(door.host().preview(scan));
  door.desk.clock.seconds = (door.show.ends - Duration{1}).time_since_epoch().count();
  CHECK_NOTHROW(door.host().preview(scan));
  door.pass(Duration{1});
  CHECK(refused([&] { door.host().run(scan); }) == "conflict/too_late");
  CHECK(door.status(booking.id) == BookingStatus::confirmed);
}

TEST_CASE("what is told later says when it was", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked(2);
  bookings::CheckIn request = Door::by_booking(booking.id, {1});
  Caller clerk = door.salesman();
  door.go_after(hour);
  request.at = door.show.starts;
  CHECK(clerk.run(request).places[0].came_at == door.show.starts);
  request.places = {2};
  request.at = door.desk.clock.now() + minute;
  CHECK(refused([&] { clerk.run(request); }) == "invalid/at_in_future at at");
  request.at = door.show.ends + minute;
  CHECK(refused([&] { clerk.run(request); }) == "conflict/too_late");
  door.pass(day);
  request.at = door.show.starts;
  CHECK(refused([&] { clerk.run(request); }) == "denied/roll_closed");
  CHECK(door.moderator().run(request).places[0].status == BookingStatus::attended);
  CHECK(door.problems().empty());
}

TEST_CASE("one of ticket, booking and reference says who comes", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked();
  door.go_before(hour);
  bookings::CheckIn request;
  CHECK(refused([&] { door.host().run(request); }) == "invalid/check_in_by_one at code");
  request = Door::by_booking(booking.id);
  request.reference = booking.reference;
  CHECK(refused([&] { door.host().run(request); }) == "invalid/check_in_by_one at code");
  request = Door::by_code(door.ticket(booking.id).code);
  request.places = {1};
  CHECK(refused([&] { door.host().run(request); }) == "invalid/check_in_by_one at places");
}

TEST_CASE("what is unknown and what is another centre's look alike", "[B5][A9]") {
  Door door;
  const bookings::Booking booking = door.booked();
  const bookings::Ticket ticket = door.ticket(booking.id);
  const CentreId other = door.opened("Other");
  Caller foreign = door.desk.staff("Salesman", other);
  door.go_before(hour);
  CHECK(refused([&] { foreign.run(Door::by_code(ticket.code)); }) ==
        "not_found/ticket_unknown at code");
  CHECK(refused([&] { foreign.run(Door::by_code(ticket.text)); }) ==
        "not_found/ticket_unknown at code");
  CHECK(refused([&] { foreign.run(Door::by_booking(booking.id)); }) ==
        "not_found/booking_not_found at booking");
  CHECK(refused([&] {
          foreign.run(bookings::UndoCheckIn{.booking = booking.id, .places = {1}});
        }) == "not_found/booking_not_found at booking");
  CHECK(refused([&] { foreign.run(bookings::Roll{.session = door.show.id}); }) ==
        "not_found/session_not_found at session");
  CHECK(refused([&] {
          door.olena.caller.run(Door::by_code(ticket.code));
        }).starts_with("denied/permission_denied"));
  for (const std::string code : {"A", "AAAAAAAAAAAAAAAAAAAAA", "?", "Ї"}) {
    CHECK(refused([&] { door.host().run(Door::by_code(code)); }) ==
          "not_found/ticket_unknown at code");
  }
  CHECK(refused([&] { door.host().run(Door::by_code("FD1.AAAA")); }) ==
        "invalid/ticket_malformed at code");
  bookings::CheckIn by_reference;
  by_reference.reference = "00000000";
  CHECK(refused([&] { door.host().run(by_reference); }) ==
        "not_found/booking_not_found at reference");
  CHECK(refused([&] { door.host().run(Door::by_booking(booking.id, {9})); }) ==
        "not_found/place_not_found at places");
  CHECK(door.status(booking.id) == BookingStatus::confirmed);
}

TEST_CASE("what is cancelled or not paid does not come in", "[B5]") {
  Door door;
  const SessionId dear = door.session(at(2026, 3, 3, 18));
  const bookings::Booking unpaid = door.booked_in(dear);
  const bookings::Booking booking = door.booked();
  const std::string code = door.ticket(booking.id).code;
  door.olena.caller.run(bookings::Cancel{.booking = booking.id});
  door.go_before(hour);
  CHECK(refused([&] { door.host().run(Door::by_booking(unpaid.id)); }) == "conflict/not_paid");
  CHECK(refused([&] { door.host().run(Door::by_code(code)); }) == "conflict/ticket_cancelled");
  CHECK(refused([&] { door.host().run(Door::by_booking(booking.id)); }) ==
        "conflict/ticket_cancelled");
  CHECK(door.status(unpaid.id) == BookingStatus::pending);
}

TEST_CASE("a clerk at one session does not let in to another", "[B5]") {
  Door door;
  const SessionId other = door.session(at(2026, 3, 3, 18), 10, 0);
  const bookings::Booking booking = door.booked();
  bookings::CheckIn request = Door::by_code(door.ticket(booking.id).code);
  request.session = other;
  door.go_before(hour);
  CHECK(refused([&] { door.host().run(request); }) == "conflict/wrong_session at session");
  request.session = door.show.id;
  CHECK_NOTHROW(door.host().run(request));
}

TEST_CASE("all places come in or none", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked(3);
  door.olena.caller.run(bookings::CancelPlaces{.booking = booking.id, .places = {2}});
  door.go_before(hour);
  CHECK(refused([&] { door.host().run(Door::by_booking(booking.id, {1, 2})); }) ==
        "conflict/ticket_cancelled");
  CHECK(door.get(booking.id).places[0].status == BookingStatus::confirmed);
  CHECK(door.host().run(Door::by_booking(booking.id)).places.size() == 2);
}

TEST_CASE("a debtor comes in, and the door sees what is owed", "[B5][B4]") {
  Door door;
  door.set("bookings.owing_allowed", 1);
  bookings::Book book = House::unpaid(door.session(at(2026, 3, 3, 18)));
  book.owing = true;
  const bookings::Booking booking = door.olena.caller.run(book);
  door.go_before(hour);
  CHECK(door.host().run(Door::by_booking(booking.id)).owed == testing::uah(10'000));
}

// --- taking it back ---

TEST_CASE("a check-in is taken back", "[B5]") {
  Door door;
  const bookings::Booking booking = door.booked(2);
  door.go_before(hour);
  Caller clerk = door.salesman();
  clerk.run(Door::by_booking(booking.id));
  bookings::UndoCheckIn undo;
  undo.booking = booking.id;
  undo.places = {1};
  undo.reason = "Pressed the wrong name.";
  const bookings::CheckedIn undone = clerk.run(undo);
  CHECK(undone.places.at(0).status == BookingStatus::confirmed);
  CHECK_FALSE(undone.places[0].came_at.has_value());
  CHECK(door.told("bookings.check_in_undone") == 1);
  CHECK(door.changes(booking.id).back() == bookings::Change::corrected);
  CHECK(refused([&] { clerk.run(undo); }) == "conflict/not_checked_in at places");
  undo.places = {2, 2};
  CHECK(refused([&] { clerk.run(undo); }) == "invalid/place_twice at places");
  CHECK(door.get(booking.id).places[1].status == BookingStatus::attended);
  CHECK(clerk.run(Door::by_booking(booking.id, {1})).places[0].already == false);
  door.go_after(day);
  undo.places = {2};
  CHECK(refused([&] { clerk.run(undo); }) == "denied/roll_closed");
  CHECK(door.problems().empty());
}

// --- at the door ---

TEST_CASE("a walk-in is sold and comes in, as one", "[B5]") {
  Door door;
  const SessionId dear = door.session(at(2026, 3, 3, 18), 3);
  bookings::WalkIn request;
  request.session = dear;
  request.places.resize(2);
  request.payments = {House::card()};
  Caller clerk = door.salesman();
  CHECK(refused([&] { clerk.run(request); }) == "conflict/too_early");
  CHECK(door.free(dear) == 3);
  door.go_before(hour);
  const bookings::Booking booking = clerk.run(request);
  CHECK(booking.status == BookingStatus::attended);
  CHECK(booking.channel == seating::Channel::box_office);
  CHECK(booking.seller);
  CHECK_FALSE(booking.owed.has_value());
  CHECK(door.free(dear) == 1);
  CHECK(door.told("bookings.booking_confirmed") == 1);
  CHECK(door.told("bookings.checked_in") == 1);
  CHECK(refused([&] { clerk.run(request); }) == "sold_out/no_place_left");
  request.places.resize(1);
  request.payments.clear();
  CHECK(refused([&] { clerk.run(request); }) == "conflict/pay_at_once at payments");
  CHECK(door.free(dear) == 1);
  CHECK(door.problems().empty());
}

TEST_CASE("the counter sells walk-ins for half an hour after the start", "[B5][B2]") {
  Door door;
  bookings::WalkIn request;
  request.session = door.show.id;
  request.places.resize(1);
  door.go_before(Duration{0} - 29 * minute);
  CHECK(door.salesman().run(request).status == BookingStatus::attended);
  door.go_before(Duration{0} - 30 * minute);
  CHECK(refused([&] { door.salesman().run(request); }) == "conflict/booking_closed at session");
  const CentreId other = door.opened("Other");
  Caller foreign = door.desk.staff("Salesman", other);
  CHECK(refused([&] { foreign.run(request); }) == "not_found/session_not_found at session");
}

// --- at once ---

TEST_CASE("of two gates that scan the same ticket at once one lets in", "[B5]") {
  Door door;
  constexpr int visitors = 10;
  std::vector<std::string> codes;
  for (const auto& ticket : door.tickets(door.booked(visitors).id)) codes.push_back(ticket.code);
  const GateId gates[] = {door.gate("North").id, door.gate("South").id};
  door.go_before(hour);
  std::atomic<int> admitted{0};
  std::atomic<int> already{0};
  std::atomic<int> odd{0};
  std::vector<std::thread> threads;
  for (GateId gate : gates) {
    threads.emplace_back([&, gate, caller = door.host()] {
      for (const std::string& code : codes) {
        bookings::CheckIn scan = Door::by_code(code);
        scan.gate = gate;
        try {
          const bookings::Attendance place = caller.run(scan).places.at(0);
          ++(place.already ? already : admitted);
          if (!place.already && place.gate != gate) ++odd;
        } catch (const std::exception&) {
          ++odd;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(admitted == visitors);
  CHECK(already == visitors);
  CHECK(odd == 0);
  CHECK(door.problems().empty());
}

TEST_CASE("what is wrong with a ticket's text is told of the field it was given in", "[B5]") {
  Door door;
  const bookings::Ticket ticket = door.ticket(door.booked().id);
  door.go_before(Duration{0});
  std::string spoilt = ticket.text;
  spoilt[spoilt.size() - 3] = spoilt[spoilt.size() - 3] == 'A' ? 'B' : 'A';
  CHECK(refused([&] { door.host().run(Door::by_code(spoilt)); }) ==
        "invalid/ticket_signature_invalid at code");
  CHECK_NOTHROW(door.host().run(Door::by_code(" " + ticket.text + "\r\n")));
}

TEST_CASE("the number printed on a ticket lets its one visitor in", "[B5][B10]") {
  Door door;
  const bookings::Booking booking = door.booked(3);
  const auto tickets = door.tickets(booking.id);
  door.go_before(Duration{0});
  const auto in = door.host().run(Door::by_code(tickets[1].number));
  REQUIRE(in.places.size() == 1);
  CHECK(in.places[0].number == 2);
  bookings::CheckIn by_reference;
  by_reference.reference = tickets[2].number;
  CHECK(door.host().run(by_reference).places.at(0).number == 3);
  by_reference.places = {1};
  CHECK(refused([&] { door.host().run(by_reference); }) == "invalid/check_in_by_one at places");
  CHECK(refused([&] { door.host().run(Door::by_code(booking.reference + "-9")); }) ==
        "not_found/place_not_found at places");
  CHECK(door.get(booking.id).places[0].status == bookings::BookingStatus::confirmed);
}
