// Bookings with places of several people: what each has a say over (SPEC A9, P2, B1).
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/bookings_tickets.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::House;
using testing::refusal;

namespace {

/// Olena's booking, in which Marko comes along.
struct Together : House {
  testing::TestDesk::Customer olena = customer();
  testing::TestDesk::Customer marko = customer("Marko");
  SessionId show = session(at(2026, 3, 4, 18));

  bookings::Booking booked(bool is_paid) const {
    bookings::Book request = is_paid ? wish(show, 2) : unpaid(show, 2);
    request.client = olena.client;
    request.places[0].attendee = olena.client;
    request.places[1].attendee = marko.client;
    return host().run(request);
  }
};

void check_not_yours(const Error& error, std::string_view field) {
  CHECK(error.code() == Code::denied);
  CHECK(error.reason() == "place_not_yours");
  CHECK(error.field() == field);
}

}  // namespace

TEST_CASE("who comes with others has a say over the own place only", "[A9][P2][B6]") {
  Together house;
  const BookingId booking = house.booked(true).id;
  const Error error =
      refusal([&] { house.marko.caller.run(bookings::Cancel{.booking = booking}); });
  check_not_yours(error, "booking");
  CHECK(error.message() == "Place 1 of this booking is somebody else's.");
  CHECK(error.in_language("uk").message() == "Місце 1 цього бронювання не ваше.");
  check_not_yours(
      refusal([&] {
        house.marko.caller.run(bookings::CancelPlaces{.booking = booking, .places = {2, 1}});
      }),
      "places");
  CHECK(house.get(booking).status == BookingStatus::confirmed);
  house.marko.caller.run(bookings::CancelPlaces{.booking = booking, .places = {2}});
  CHECK(house.get(booking).places[0].status == BookingStatus::confirmed);
  CHECK(house.get(booking).places[1].status == BookingStatus::cancelled);
  CHECK(house.balance(house.olena.client) == 90'000);  // what was paid goes back to the payer
  house.olena.caller.run(bookings::Cancel{.booking = booking});
  CHECK(house.problems().empty());
}

TEST_CASE("who comes with others sees the own ticket only", "[A9][B10]") {
  Together house;
  const BookingId booking = house.booked(true).id;
  const auto own = house.marko.caller.run(bookings::Tickets{.booking = booking}).tickets;
  REQUIRE(own.size() == 1);
  CHECK(own[0].attendee == house.marko.client);
  CHECK(house.olena.caller.run(bookings::Tickets{.booking = booking}).tickets.size() == 2);
  check_not_yours(refusal([&] {
                    house.marko.caller.run(bookings::ReissueTicket{.booking = booking, .place = 1});
                  }),
                  "place");
  bookings::TransferTicket transfer{.booking = booking, .place = 1, .name = "Stranger"};
  check_not_yours(refusal([&] { house.marko.caller.run(transfer); }), "place");
  transfer.place = 2;
  CHECK(house.marko.caller.run(transfer).holder == "Stranger");
}

TEST_CASE("only who pays spends the balance", "[A9][P2][B4]") {
  Together house;
  const BookingId booking = house.booked(false).id;
  bookings::Pay pay;
  pay.booking = booking;
  pay.payments = {House::balance()};
  const Error error = refusal([&] { house.marko.caller.run(pay); });
  CHECK(error.code() == Code::denied);
  CHECK(error.reason() == "balance_not_yours");
  CHECK(error.field() == "payments[0].method");
  CHECK(error.message() == "Only the payer may pay with their balance or points.");
  CHECK(house.balance(house.olena.client) == 100'000);
  // A friend may pay by other means.
  pay.payments = {{.method = money::PaymentMethod::external, .provider = "liqpay"}};
  CHECK(house.marko.caller.run(pay).status == BookingStatus::pending);
  pay.payments = {House::balance()};
  CHECK(house.olena.caller.run(pay).status == BookingStatus::confirmed);
}

TEST_CASE("a guardian acts for a child's booking that the other made", "[A9][P2]") {
  House house;
  auto olena = house.customer();
  auto marko = house.customer("Marko");
  const ClientId child = house.child(olena.client);
  people::AddGuardian add;
  add.guardian = marko.client;
  add.client = child;
  house.host().run(add);
  const SessionId session = house.session(at(2026, 3, 4, 18));
  bookings::Book request = house.wish(session, 1);
  request.places[0].attendee = child;
  const BookingId booking = olena.caller.run(request).id;
  marko.caller.run(bookings::Cancel{.booking = booking});
  CHECK(house.balance(olena.client) == 100'000);
}

TEST_CASE("who books as a child is barred, locked and limited all the same", "[B2][B9][P8]") {
  House house;
  auto olena = house.customer();
  const ClientId child = house.child(olena.client);
  const SessionId session = house.session(at(2026, 3, 4, 18), 30);
  bookings::Book as_child = house.wish(session, 10);
  as_child.client = child;
  as_child.payer = olena.client;
  SECTION("limited") {
    olena.caller.run(as_child);
    const Error error = refusal([&] { olena.caller.run(house.wish(session, 1)); });
    CHECK(error.reason() == "places_over_limit");
    CHECK(refusal([&] { olena.caller.run(as_child); }).reason() == "places_over_limit");
    as_child.payments = {};
    CHECK_NOTHROW(house.host().run(as_child));  // staff sell any number
  }
  SECTION("barred") {
    people::BarClient bar;
    bar.client = olena.client;
    bar.centre = house.centre;
    bar.reason = "Shouts";
    house.host().run(bar);
    as_child.payer = {};
    CHECK(refusal([&] { olena.caller.run(as_child); }).reason() == "client_barred");
  }
}

TEST_CASE("whoever is a client no more attends nothing", "[B2][P7]") {
  House house;
  auto olena = house.customer();
  people::CreateClient again;
  again.first_name = "Olenka";
  again.centre = house.centre;
  const ClientId double_entry = house.host().run(again).id;
  people::Merge merge;
  merge.keep = olena.client;
  merge.duplicate = double_entry;
  house.host().run(merge);
  bookings::Book request = house.wish(house.session(at(2026, 3, 4, 18)), 1);
  request.client = olena.client;
  request.places[0].attendee = double_entry;
  const Error error = refusal([&] { house.host().run(request); });
  CHECK(error.reason() == "client_merged");
  CHECK(error.field() == "places[0].attendee");
}
