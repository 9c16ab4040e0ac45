// Tickets: what they say, how they prove it, and how they cease to count (SPEC B10).
#include <catch2/catch.hpp>

#include "base/crypto.hpp"
#include "door_support.hpp"

#include <set>

using namespace frontdesk;
using bookings::verify_ticket;
using testing::at;
using testing::day;
using testing::Door;
using testing::hour;
using testing::refusal;
using testing::refused;

TEST_CASE("each place of a confirmed booking has a ticket", "[B10]") {
  Door door;
  const bookings::Booking booking = door.booked(3);
  const auto tickets = door.tickets(booking.id);
  REQUIRE(tickets.size() == 3);
  std::set<std::string> codes;
  for (const bookings::Ticket& ticket : tickets) {
    codes.insert(ticket.code);
    CHECK(ticket.session == door.show.id);
    CHECK(ticket.starts == door.show.starts);
    CHECK(ticket.issue == 1);
    CHECK(ticket.code.size() >= 18);
    CHECK(ticket.text.starts_with("FD1."));
    CHECK(ticket.text.size() < 200);
    // What a QR code holds in its compact alphanumeric form.
    CHECK(ticket.text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") ==
          std::string::npos);
  }
  CHECK(codes.size() == 3);
  CHECK(tickets[1].number == booking.reference + "-2");
  // Nothing is stored: asking again gives the same.
  CHECK(door.tickets(booking.id)[2].text == tickets[2].text);
  bookings::Tickets by_reference;
  by_reference.reference = booking.reference;
  CHECK(door.olena.caller.run(by_reference).tickets[0].code == tickets[0].code);
}

TEST_CASE("only confirmed bookings have tickets, for those who may see them", "[B10][A9]") {
  Door door;
  const SessionId dear = door.session(at(2026, 3, 5, 18));
  const bookings::Booking unpaid = door.booked_in(dear);
  REQUIRE(unpaid.status == bookings::BookingStatus::pending);
  CHECK(refused([&] { door.tickets(unpaid.id); }) == "conflict/tickets_not_issued at booking");
  const bookings::Booking booking = door.booked();
  auto marko = door.customer("Marko", 0);
  bookings::Tickets request;
  request.booking = booking.id;
  CHECK(refused([&] { marko.caller.run(request); }) == "not_found/booking_not_found at booking");
  CHECK(door.olena.caller.run(request).tickets.size() == 1);
  CHECK(door.salesman().run(request).tickets.size() == 1);
  door.olena.caller.run(bookings::Cancel{.booking = booking.id});
  const Error gone = refusal([&] { door.olena.caller.run(request); });
  CHECK(gone.reason() == "tickets_not_issued");
  CHECK(gone.message() == "There are tickets for confirmed places only; this is cancelled.");
}

TEST_CASE("guests get their tickets by reference and address", "[B10]") {
  Door door;
  door.set("bookings.online_guests", 1);
  bookings::BookAsGuest book;
  book.session = door.show.id;
  book.places.resize(2);
  book.name = "Ivan";
  book.email = "ivan@mail.example";
  const bookings::Booking booking = door.desk.anonymous().run(book);
  bookings::GuestTickets request;
  request.reference = booking.reference;
  request.email = "Ivan@mail.example";
  CHECK(door.desk.anonymous().run(request).tickets.size() == 2);
  request.email = "other@mail.example";
  CHECK(refused([&] { door.desk.anonymous().run(request); }) ==
        "not_found/booking_not_found at reference");
}

TEST_CASE("a ticket proves itself without the file", "[B10]") {
  Door door;
  const bookings::Ticket ticket = door.ticket(door.booked().id);
  const std::string key = door.key();
  door.desk.close();
  const bookings::VerifiedTicket verified = verify_ticket(key, ticket.text);
  CHECK(verified.centre == door.centre);
  CHECK(verified.session == door.show.id);
  CHECK(verified.starts == door.show.starts);
  CHECK(verified.place == ticket.place);
  CHECK(verified.issue == 1);
  CHECK(verified.code == ticket.code);
  CHECK_FALSE(verified.seat.has_value());
}

TEST_CASE("what is no ticket of the key is refused by reason", "[B10]") {
  Door door;
  const bookings::Ticket ticket = door.ticket(door.booked().id);
  const auto told = [&](const std::string& key, const std::string& text) {
    return refused([&] { verify_ticket(key, text); });
  };
  CHECK(told("", ticket.text) == "invalid/ticket_key_malformed at public_key");
  CHECK(told("AAAA", ticket.text) == "invalid/ticket_key_malformed at public_key");
  CHECK(told(std::string(43, 'A'), ticket.text) == "invalid/ticket_key_other at ticket");
  CHECK(told(door.key(), "") == "invalid/ticket_malformed at ticket");
  CHECK(told(door.key(), "FD1.") == "invalid/ticket_malformed at ticket");
  CHECK(told(door.key(), "FD2" + ticket.text.substr(3)) == "invalid/ticket_malformed at ticket");
  CHECK(told(door.key(), ticket.code) == "invalid/ticket_malformed at ticket");
  CHECK(told(door.key(), ticket.text + "AAAAAAAA").starts_with("invalid/ticket_"));
  CHECK(told(door.key(), ticket.text.substr(0, ticket.text.size() - 8))
            .starts_with("invalid/ticket_"));
  CHECK(told(door.key(), std::string(100'000, 'A')) == "invalid/ticket_malformed at ticket");
  std::string forged = ticket.text;
  forged[20] = forged[20] == 'A' ? 'B' : 'A';
  CHECK(told(door.key(), forged) == "invalid/ticket_signature_invalid at ticket");
}

TEST_CASE("no ticket with a flipped bit is taken", "[B10]") {
  Door door;
  const bookings::Ticket ticket = door.ticket(door.booked().id);
  const std::string key = door.key();
  std::size_t taken = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < ticket.text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = ticket.text;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      try {
        verify_ticket(key, flipped);
        ++taken;
      } catch (const Error& error) {
        if (error.code() != Code::invalid) ++odd;
      }
    }
  }
  CHECK(taken == 0);
  CHECK(odd == 0);
  CHECK_NOTHROW(verify_ticket(key, ticket.text));
}

TEST_CASE("no code with a flipped bit admits anybody", "[B10][B5]") {
  Door door;
  const bookings::Ticket ticket = door.ticket(door.booked().id);
  door.go_before(hour);
  std::size_t taken = 0;
  for (std::size_t i = 0; i < ticket.code.size(); ++i) {
    for (int bit = 0; bit < 5; ++bit) {
      std::string flipped = ticket.code;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      try {
        door.host().preview(Door::by_code(flipped));
        ++taken;
      } catch (const Error& error) {
        if (error.reason() != "ticket_unknown") ++taken;
      }
    }
  }
  CHECK(taken == 0);
}

TEST_CASE("a code may be typed as people type", "[B10][B5]") {
  Door door;
  const bookings::Ticket ticket = door.ticket(door.booked().id);
  door.go_before(hour);
  std::string typed;
  for (char letter : ticket.code) {
    typed += static_cast<char>(std::tolower(letter));
    if (typed.size() % 6 == 5) typed += '-';
  }
  CHECK(door.host().run(Door::by_code(" " + typed)).places.at(0).place == ticket.place);
}

TEST_CASE("every file has a key of its own, which stays", "[B10]") {
  Door door;
  const std::string key = door.key();
  const bookings::Ticket ticket = door.ticket(door.booked().id);
  door.desk.reopen();
  CHECK(door.key() == key);
  CHECK(door.desk.anonymous().run(bookings::TicketKey{}).keys.at(0).id.size() == 8);
  CHECK(door.desk.anonymous().run(bookings::VerifyTicket{.ticket = ticket.text}).place ==
        ticket.place);
}

// --- void ---

TEST_CASE("a reissued ticket voids the one before", "[B10]") {
  Door door;
  const bookings::Booking booking = door.booked(2);
  const auto before = door.tickets(booking.id);
  bookings::ReissueTicket request;
  request.booking = booking.id;
  request.place = 2;
  const bookings::Ticket anew = door.olena.caller.run(request);
  CHECK(anew.issue == 2);
  CHECK(anew.code != before[1].code);
  CHECK(door.tickets(booking.id)[0].code == before[0].code);
  CHECK(door.tickets(booking.id)[1].text == anew.text);
  CHECK(door.told("bookings.tickets_voided") == 1);
  CHECK(door.changes(booking.id).back() == bookings::Change::ticket_reissued);

  const auto list = door.host().run(bookings::RevokedTickets{.centre = door.centre});
  REQUIRE(list.items.size() == 1);
  CHECK(list.items[0].place == before[1].place);
  CHECK(list.items[0].issue == 1);
  CHECK(list.items[0].why == bookings::Voiding::reissued);
  CHECK(list.items[0].code_digest.size() == 22);
  CHECK(door.host()
            .run(bookings::RevokedTickets{.centre = door.centre, .since = list.next})
            .items.empty());

  door.go_before(hour);
  CHECK(refused([&] { door.host().run(Door::by_code(before[1].code)); }) ==
        "conflict/ticket_revoked");
  CHECK(refused([&] { door.host().run(Door::by_code(before[1].text)); }) ==
        "conflict/ticket_revoked");
  CHECK(door.host().run(Door::by_code(anew.text)).places.at(0).number == 2);
  CHECK(refused([&] { door.olena.caller.run(request); }) == "conflict/already_in at place");
  request.place = 7;
  CHECK(refused([&] { door.olena.caller.run(request); }) == "not_found/place_not_found at place");
  CHECK(door.problems().empty());
}

TEST_CASE("tickets are replaced while the session is not over, by whom it concerns", "[B10][A9]") {
  Door door;
  const bookings::Booking booking = door.booked();
  bookings::ReissueTicket request;
  request.booking = booking.id;
  request.place = 1;
  auto marko = door.customer("Marko", 0);
  CHECK(refused([&] { marko.caller.run(request); }) == "not_found/booking_not_found at booking");
  door.go_after(Duration{0});
  CHECK(refused([&] { door.olena.caller.run(request); }) == "conflict/session_over at booking");
  CHECK(door.host().run(bookings::RevokedTickets{.centre = door.centre}).items.empty());
}

TEST_CASE("tickets of cancelled and moved places are on the list", "[B10]") {
  Door door;
  const SessionId later = door.session(at(2026, 3, 4, 18), 20, 0);
  const bookings::Booking booking = door.booked(3);
  const auto before = door.tickets(booking.id);
  door.olena.caller.run(bookings::CancelPlaces{.booking = booking.id, .places = {2}});
  bookings::Move move;
  move.booking = booking.id;
  move.session = later;
  door.olena.caller.run(move);
  const auto list =
      door.host().run(bookings::RevokedTickets{.centre = door.centre, .session = door.show.id});
  REQUIRE(list.items.size() == 3);
  CHECK(list.items[0].why == bookings::Voiding::cancelled);
  CHECK(list.items[1].why == bookings::Voiding::moved);
  CHECK(list.items[2].place == before[2].place);
  const auto now = door.tickets(booking.id);
  REQUIRE(now.size() == 2);
  CHECK(now[0].issue == 2);
  CHECK(verify_ticket(door.key(), now[0].text).session == later);
  door.go_before(hour);
  CHECK(refused([&] { door.host().run(Door::by_code(before[0].code)); }) ==
        "conflict/ticket_revoked");
  CHECK(refused([&] { door.host().run(Door::by_code(before[1].code)); }) ==
        "conflict/ticket_cancelled");
  CHECK(refused([&] { door.host().run(Door::by_code(now[0].code)); }) == "conflict/too_early");
  CHECK(door.problems().empty());
}

TEST_CASE("a cancelled session fills no list", "[B10]") {
  Door door;
  door.booked(2);
  door.host().run(schedule::CancelSession{.session = door.show.id, .reason = "No power"});
  CHECK(door.host().run(bookings::RevokedTickets{.centre = door.centre}).items.empty());
}

TEST_CASE("only the staff of a centre fetch its list", "[B10][A9]") {
  Door door;
  const CentreId other = door.opened("Other");
  Caller foreign = door.desk.staff("Salesman", other);
  CHECK(refused([&] { foreign.run(bookings::RevokedTickets{.centre = door.centre}); }) ==
        "not_found/centre_not_found at centre");
  CHECK(door.salesman().run(bookings::RevokedTickets{.centre = door.centre}).items.empty());
}

// --- transfer ---

TEST_CASE("a ticket goes to another attendee, by the rules for attendees", "[B10][B2]") {
  Door door;
  door.film = door.activity("Thriller", 16);
  const SessionId thriller = door.add(door.plan(at(2026, 3, 3, 20), 20, 0)).id;
  const bookings::Booking booking = door.booked_in(thriller, 2);
  const ClientId grown = door.child(door.olena.client, "Petro", testing::on(2000, 1, 1));
  const ClientId child = door.child(door.olena.client, "Maria", testing::on(2019, 1, 1));
  const std::string before = door.tickets(booking.id)[0].code;
  bookings::TransferTicket request;
  request.booking = booking.id;
  request.place = 1;
  request.attendee = child;
  CHECK(refused([&] { door.olena.caller.run(request); }) ==
        "conflict/attendee_too_young at attendee");
  request.attendee = door.customer("Foreign", 0).client;
  CHECK(refused([&] { door.olena.caller.run(request); }) ==
        "denied/attendee_not_yours at attendee");
  CHECK(door.tickets(booking.id)[0].code == before);

  request.attendee = grown;
  const bookings::Ticket ticket = door.olena.caller.run(request);
  CHECK(ticket.attendee == grown);
  CHECK(ticket.issue == 2);
  CHECK(door.get(booking.id).places[0].attendee == grown);
  CHECK(door.changes(booking.id).back() == bookings::Change::ticket_transferred);
  request.place = 2;
  CHECK(refused([&] { door.olena.caller.run(request); }) == "conflict/already_booked at attendee");
  CHECK(door.problems().empty());
}

TEST_CASE("a ticket goes to somebody who is no client, by name", "[B10][P9]") {
  Door door;
  const bookings::Booking booking = door.booked();
  bookings::TransferTicket request;
  request.booking = booking.id;
  request.place = 1;
  request.name = " Ivan Koval ";
  const bookings::Ticket ticket = door.olena.caller.run(request);
  CHECK(ticket.holder == "Ivan Koval");
  CHECK_FALSE(ticket.attendee);
  CHECK(door.roll().places.at(0).name == "Ivan Koval");
  request.attendee = door.olena.client;
  CHECK(refused([&] { door.olena.caller.run(request); }) == "invalid/attendee_or_name at name");
  request.name.reset();
  CHECK_FALSE(door.olena.caller.run(request).holder.has_value());
  request.attendee = {};
  request.name = "  ";
  CHECK(refused([&] { door.olena.caller.run(request); }) == "invalid/field_missing at name");
  CHECK(door.problems().empty());
}

TEST_CASE("a child's ticket does not go to somebody grown up", "[B10]") {
  Door door;
  catalog::CreateTicketType type;
  type.centre = door.centre;
  type.name = "Child";
  type.max_age = 12;
  const TicketTypeId child = door.host().run(type).id;
  const ClientId maria = door.child(door.olena.client, "Maria", testing::on(2019, 1, 1));
  const ClientId petro = door.child(door.olena.client, "Petro", testing::on(2000, 1, 1));
  bookings::Book book = Door::unpaid(door.show.id);
  book.places[0] = {.attendee = maria, .ticket_type = child};
  const bookings::Booking booking = door.olena.caller.run(book);
  bookings::TransferTicket request;
  request.booking = booking.id;
  request.place = 1;
  request.attendee = petro;
  CHECK(refused([&] { door.olena.caller.run(request); }) ==
        "conflict/ticket_does_not_suit at attendee");
  CHECK(door.get(booking.id).places[0].attendee == maria);
}

TEST_CASE("an erased person leaves no names on tickets", "[B10][P9]") {
  Door door;
  const bookings::Booking booking = door.booked();
  bookings::TransferTicket request;
  request.booking = booking.id;
  request.place = 1;
  request.name = "Ivan Koval";
  door.olena.caller.run(request);
  door.go_after(2 * day);
  const std::string person = "{\"client\": " + std::to_string(door.olena.client.value) + "}";
  CHECK(door.host().call("people.export", person).find("strikes") != std::string::npos);
  door.host().call("people.erase", person);
  CHECK(door.roll().places.at(0).name != "Ivan Koval");
  CHECK(door.problems().empty());
}
