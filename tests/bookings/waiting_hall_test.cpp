// Seats by name: whose fault an error is, and what another map and other seats do to who waits
// (SPEC B8, H2, H9).
#include <catch2/catch.hpp>

#include "hall.hpp"

#include <frontdesk/bookings_waiting.hpp>
#include <frontdesk/seating_places.hpp>

using namespace frontdesk;
using bookings::WaitingStatus;
using testing::Hall;
using testing::refusal;

namespace {

bookings::WaitingEntry entry(const Hall& hall) {
  return hall.host().run(bookings::Waiting{.session = hall.session}).items.at(0);
}

}  // namespace

TEST_CASE("an offer that another map takes a place of is taken back", "[B8][H2]") {
  Hall hall;
  auto olena = hall.customer();
  auto marko = hall.customer("Marko");
  hall.block("A", 1, 8);
  hall.block("B", 1, 6);
  const BookingId sold = hall.book(olena.caller, {"B-7", "B-8"}).id;
  bookings::Wait wait;
  wait.session = hall.session;
  wait.places.resize(2);
  const WaitingEntryId id = marko.caller.run(wait).id;
  olena.caller.run(bookings::Cancel{.booking = sold});
  REQUIRE(entry(hall).status == WaitingStatus::offered);

  seating::SwapMap swap = hall.swap_for(hall.map_of("Smaller", "row A: 8S\nrow B: 7P\n"));
  swap.despite_unplaced = true;
  hall.host().run(swap);
  CHECK(entry(hall).status == WaitingStatus::waiting);
  CHECK(hall.problems().empty());
  bookings::AcceptOffer accept{.entry = id};
  CHECK(refusal([&] { marko.caller.run(accept); }).reason() == "nothing_offered");
  // As soon as there are two places again they are offered.
  seating::Unblock open;
  open.session = hall.session;
  open.choice.seats = {"B-6"};
  hall.host().run(open);
  CHECK(entry(hall).status == WaitingStatus::offered);
  CHECK(entry(hall).offered == 2);
  CHECK(hall.problems().empty());
}

TEST_CASE("who waits for a category gets the seats that a change of seats leaves", "[B8][H9]") {
  Hall hall;
  auto olena = hall.customer();
  auto marko = hall.customer("Marko");
  hall.block("B", 2, 8);
  const BookingId sold = hall.book(olena.caller, {"B-1"}).id;
  bookings::Wait wait;
  wait.session = hall.session;
  wait.places.resize(1);
  wait.seat_category = "premium";
  marko.caller.run(wait);
  bookings::ChangeSeats change;
  change.booking = sold;
  change.seats = {{.place = 1, .seat = "A-1"}};
  olena.caller.run(change);
  CHECK(entry(hall).status == WaitingStatus::offered);
  CHECK(hall.problems().empty());
}

TEST_CASE("who would wait for a category that the hall has not is told so by its field",
          "[B8][E16]") {
  Hall hall;
  bookings::Wait wait;
  wait.session = hall.session;
  wait.places.resize(1);
  wait.seat_category = "golden";
  const Error error = refusal([&] { hall.customer().caller.run(wait); });
  CHECK(error.reason() == "seat_category_not_found");
  CHECK(error.field() == "seat_category");
}
