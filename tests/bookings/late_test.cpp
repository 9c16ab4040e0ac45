// Payments that come when their booking had expired and its session has changed (SPEC B4, M4).
#include <catch2/catch.hpp>

#include "hall.hpp"

#include <frontdesk/money_payments.hpp>
#include <frontdesk/schedule_sessions.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::Hall;
using testing::refusal;

namespace {

/// Olena's booking that awaits a provider, and has expired.
struct Late : Hall {
  testing::TestDesk::Customer olena = customer();

  BookingId expired(bookings::Book request) {
    request.payments = {{.method = money::PaymentMethod::external, .provider = "liqpay"}};
    const BookingId booking = olena.caller.run(request).id;
    pass(std::chrono::minutes{15});
    tick();
    CHECK(get(booking).status == BookingStatus::expired);
    return booking;
  }
  BookingId expired_seat(const std::string& label) {
    bookings::Book request = unpaid(session, 1);
    request.places[0].seat = label;
    return expired(request);
  }
  bookings::Booking paid(BookingId booking) const {
    money::Payments payments;
    payments.order = get(booking).order;
    const money::Payment payment = host().run(payments).items.at(0);
    money::RecordCallback told;
    told.provider = "liqpay";
    told.event = "late";
    told.payment = payment.id;
    told.outcome = money::Outcome::completed;
    told.amount = payment.amount;
    host().run(told);
    return get(booking);
  }
};

}  // namespace

TEST_CASE("a late payment of a seat that another map lacks takes one that costs the same",
          "[B4][H2][B3]") {
  Late hall;
  const BookingId booking = hall.expired_seat("A-8");
  SECTION("where there is one") {
    hall.host().run(hall.swap_for(hall.map_of("Blue", "row B: 8P\nrow A: 4S\n")));
    const bookings::Booking revived = hall.paid(booking);
    CHECK(revived.status == BookingStatus::confirmed);
    REQUIRE(revived.places[0].seat);
    CHECK(revived.places[0].seat->starts_with("A-"));
  }
  SECTION("else goes back") {
    hall.host().run(hall.swap_for(hall.map_of("Dear", "row B: 8P\n")));
    CHECK(hall.paid(booking).status == BookingStatus::expired);
    CHECK(hall.told("bookings.late_payment_returned") == 1);
  }
  CHECK(hall.problems().empty());
}

TEST_CASE("a late payment takes no place beyond what the session may hold", "[B4][B3]") {
  Late hall;
  const BookingId booking = hall.expired_seat("A-1");
  schedule::UpdateSession fewer;
  fewer.session = hall.session;
  fewer.capacity = 1;
  hall.host().run(fewer);
  hall.book(hall.customer("Marko").caller, {"A-3"});
  CHECK(hall.paid(booking).status == BookingStatus::expired);
  CHECK(hall.problems().empty());
}

TEST_CASE("a booking that is paid late has the time that its session was moved to", "[B4][B2]") {
  Late hall;
  const SessionId session = hall.add(hall.plan(at(2026, 3, 4, 18))).id;
  bookings::Book request = hall.unpaid(session, 1);
  request.places[0].attendee = hall.olena.client;
  const BookingId booking = hall.expired(request);
  schedule::MoveSession move;
  move.session = session;
  move.start = at(2026, 3, 5, 18);
  hall.host().run(move);
  CHECK(hall.paid(booking).status == BookingStatus::confirmed);
  CHECK(refusal([&] { hall.olena.caller.run(request); }).reason() == "already_booked");
  request.session = hall.add(hall.plan(at(2026, 3, 4, 18))).id;
  CHECK_NOTHROW(hall.olena.caller.run(request));
  CHECK(hall.problems().empty());
}
