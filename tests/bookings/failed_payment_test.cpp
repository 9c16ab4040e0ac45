// External payments that fail, come late, or come for several bookings at once.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/bookings_courses.hpp>
#include <frontdesk/bookings_many.hpp>
#include <frontdesk/money_payments.hpp>
#include <frontdesk/pricing.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using money::CallbackEffect;
using testing::at;
using testing::House;
using testing::refusal;
using testing::uah;

namespace {

struct Shop : House {
  testing::TestDesk::Customer olena = customer();

  bookings::Booking held(SessionId session, std::size_t places = 1) {
    bookings::Book wish = unpaid(session, places);
    wish.payments = {provider()};
    return olena.caller.run(wish);
  }
  /// The newest first.
  std::vector<money::Payment> payments(OrderId order) const {
    return host().run(money::Payments{.order = order}).items;
  }
  CallbackEffect tell(const money::Payment& payment, money::Outcome outcome,
                      const std::string& event) {
    money::RecordCallback request;
    request.provider = "liqpay";
    request.event = event;
    request.payment = payment.id;
    request.outcome = outcome;
    request.amount = payment.amount;
    return host().run(request).effect;
  }
  bookings::Booking pay(BookingId booking, money::Tender tender) const {
    bookings::Pay request;
    request.booking = booking;
    request.payments = {std::move(tender)};
    return olena.caller.run(request);
  }
  bookings::Change last_change(BookingId booking) const {
    return host().run(bookings::History{.booking = booking}).entries.back().change;
  }
  pricing::PriceRule early_bird(std::int64_t quantity) const {
    pricing::CreateRule rule;
    rule.centre = centre;
    rule.name = "Early bird";
    rule.kind = pricing::RuleKind::early_bird;
    rule.quantity = quantity;
    rule.basis_points = -2'000;
    return host().run(rule);
  }
  std::int64_t price_now(SessionId session) const {
    pricing::AskQuote request;
    request.session = session;
    request.places.resize(1);
    return host().run(request).total.minor;
  }
};

}  // namespace

TEST_CASE("a booking whose payment failed waits for another, and says so", "[M4][B1][B4]") {
  Shop shop;
  SessionId session = shop.session(at(2026, 3, 10, 18));
  bookings::Booking booking = shop.held(session, 2);
  const money::Payment payment = shop.payments(booking.order).at(0);
  shop.pass(std::chrono::minutes{5});
  CHECK(shop.tell(payment, money::Outcome::failed, "1") == CallbackEffect::applied);
  bookings::Booking waits = shop.get(booking.id);
  CHECK(waits.status == BookingStatus::pending);
  CHECK(waits.places[0].status == BookingStatus::pending);
  CHECK(waits.pay_by == shop.desk.clock.now() + std::chrono::hours{48});
  CHECK(waits.owed == uah(20'000));
  CHECK(shop.free(session) == 8);
  CHECK(shop.told("bookings.payment_failed") == 1);
  CHECK(shop.last_change(booking.id) == bookings::Change::payment_failed);

  SECTION("told again nothing happens") {
    CHECK(shop.tell(payment, money::Outcome::failed, "1") == CallbackEffect::repeated);
    CHECK(shop.tell(payment, money::Outcome::failed, "2") == CallbackEffect::repeated);
    CHECK(shop.get(booking.id).version == waits.version);
    CHECK(shop.told("bookings.payment_failed") == 1);
  }
  SECTION("another payment confirms it; one that fails after that changes nothing") {
    CHECK(shop.pay(booking.id, House::provider()).status == BookingStatus::pending);
    const money::Payment second = shop.payments(booking.order).at(0);
    CHECK(shop.tell(second, money::Outcome::completed, "2") == CallbackEffect::applied);
    CHECK(shop.get(booking.id).status == BookingStatus::confirmed);
    CHECK(shop.tell(second, money::Outcome::failed, "3") == CallbackEffect::outdated);
    CHECK(shop.get(booking.id).status == BookingStatus::confirmed);
    CHECK(shop.told("bookings.booking_confirmed") == 1);
    CHECK(shop.told("bookings.payment_failed") == 1);
  }
  SECTION("the same payment may still succeed") {
    CHECK(shop.tell(payment, money::Outcome::completed, "2") == CallbackEffect::applied);
    CHECK(shop.get(booking.id).status == BookingStatus::confirmed);
  }
  SECTION("a second one that fails gives no more time") {
    shop.pay(booking.id, House::provider());
    shop.pass(std::chrono::hours{40});
    CHECK(shop.tell(shop.payments(booking.order).at(0), money::Outcome::failed, "2") ==
          CallbackEffect::applied);
    CHECK(shop.get(booking.id).pay_by == waits.pay_by);
    CHECK(shop.told("bookings.payment_failed") == 2);
  }
  SECTION("without one it expires") {
    shop.pass(std::chrono::hours{48});
    shop.tick();
    CHECK(shop.get(booking.id).status == BookingStatus::expired);
    CHECK(shop.free(session) == 10);
  }
  CHECK(shop.problems().empty());
}

TEST_CASE("a payment that fails when the time is over ends its booking", "[M4][B4]") {
  Shop shop;
  SessionId session = shop.session(at(2026, 3, 10, 18));
  bookings::Booking booking = shop.held(session);
  shop.pass(std::chrono::minutes{15});
  shop.tell(shop.payments(booking.order).at(0), money::Outcome::failed, "1");
  CHECK(shop.get(booking.id).status == BookingStatus::expired);
  CHECK(shop.told("bookings.booking_expired") == 1);
  CHECK(shop.told("bookings.payment_failed") == 0);
  CHECK(shop.free(session) == 10);
  CHECK(shop.problems().empty());
}

TEST_CASE("in the last hour a failed payment gives no more time than the hold had", "[M4][B2]") {
  Shop shop;
  SessionId session = shop.session(at(2026, 3, 2, 12));  // in an hour
  shop.pass(std::chrono::minutes{10});
  bookings::Booking booking = shop.held(session);
  const auto until = booking.pay_by;
  shop.pass(std::chrono::minutes{1});
  shop.tell(shop.payments(booking.order).at(0), money::Outcome::failed, "1");
  CHECK(shop.get(booking.id).status == BookingStatus::pending);
  CHECK(shop.get(booking.id).pay_by == until);
  CHECK(shop.pay(booking.id, House::balance()).status == BookingStatus::confirmed);
  CHECK(shop.problems().empty());
}

TEST_CASE("a booking with a payment on its way stays held when another one fails", "[M4]") {
  Shop shop;
  SessionId session = shop.session(at(2026, 3, 10, 18));
  bookings::Booking booking = shop.held(session);
  shop.pay(booking.id, House::provider());
  const auto payments = shop.payments(booking.order);
  shop.tell(payments.at(0), money::Outcome::failed, "1");
  CHECK(shop.get(booking.id).status == BookingStatus::held);
  CHECK(shop.told("bookings.payment_failed") == 0);
  shop.tell(payments.at(1), money::Outcome::failed, "2");
  CHECK(shop.get(booking.id).status == BookingStatus::pending);
  CHECK(shop.told("bookings.payment_failed") == 1);
}

TEST_CASE("a late payment gives every booking of its order places again", "[M4][B13]") {
  Shop shop;
  SessionId first = shop.session(at(2026, 3, 10, 18), 1);
  SessionId second = shop.session(at(2026, 3, 11, 18), 1);
  bookings::BookMany request;
  request.sessions = {first, second};
  request.places.resize(1);
  request.payments = {House::provider()};
  bookings::BookedMany made = shop.olena.caller.run(request);
  REQUIRE(made.bookings.size() == 2);
  CHECK(made.bookings[0].status == BookingStatus::held);
  const money::Payment payment = shop.payments(made.order).at(0);
  shop.pass(std::chrono::minutes{15});
  shop.tick();
  CHECK(shop.get(made.bookings[1].id).status == BookingStatus::expired);
  SECTION("all of them") {
    shop.tell(payment, money::Outcome::completed, "1");
    for (const auto& one : made.bookings) {
      CHECK(shop.get(one.id).status == BookingStatus::confirmed);
    }
    CHECK(shop.told("bookings.booking_revived") == 2);
    CHECK(shop.payments(made.order).at(0).refunded == uah(0));
  }
  SECTION("those whose places are free; the rest of the money goes back") {
    shop.customer("Marko").caller.run(House::wish(first));
    shop.tell(payment, money::Outcome::completed, "1");
    CHECK(shop.get(made.bookings[0].id).status == BookingStatus::expired);
    CHECK(shop.get(made.bookings[1].id).status == BookingStatus::confirmed);
    CHECK(shop.told("bookings.late_payment_returned") == 1);
    CHECK(shop.payments(made.order).at(0).refunded == uah(10'000));
  }
  CHECK(shop.problems().empty());
}

TEST_CASE("who pays late keeps the early-bird price, and the unit is taken again", "[M4][D1]") {
  Shop shop;
  SessionId session = shop.session(at(2026, 3, 10, 18));
  shop.early_bird(1);
  bookings::Booking booking = shop.held(session, 2);
  CHECK(booking.owed == uah(18'000));
  CHECK(shop.price_now(session) == 10'000);
  shop.pass(std::chrono::minutes{15});
  shop.tick();
  CHECK(shop.price_now(session) == 8'000);
  const money::Payment payment = shop.payments(booking.order).at(0);
  SECTION("where it is left") {
    shop.tell(payment, money::Outcome::completed, "1");
    CHECK(shop.price_now(session) == 10'000);
  }
  SECTION("beyond what is left, so that nobody else gets one before both are back") {
    BookingId other = shop.olena.caller.run(House::wish(session)).id;
    CHECK(shop.balance(shop.olena.client) == 92'000);
    shop.tell(payment, money::Outcome::completed, "1");
    CHECK(shop.get(booking.id).status == BookingStatus::confirmed);
    CHECK(shop.price_now(session) == 10'000);
    CHECK(shop.problems().empty());
    shop.olena.caller.run(bookings::Cancel{.booking = other});
    CHECK(shop.price_now(session) == 10'000);
    shop.olena.caller.run(bookings::CancelPlaces{.booking = booking.id, .places = {1}});
    CHECK(shop.price_now(session) == 8'000);
  }
  CHECK(shop.problems().empty());
}

TEST_CASE("a late payment uses a make-up credit again, or gives the money back", "[M4][B6]") {
  Shop shop;
  shop.host().run(bookings::SetPolicy{
      .centre = shop.centre, .free_before = std::chrono::hours{1}, .credit_days = 60});
  ClientId maria = shop.child(shop.olena.client);
  SessionId missed = shop.session(at(2026, 3, 9, 18));
  BookingId absent = shop.olena.caller.run(House::for_attendee(missed, maria)).id;
  const CreditId credit =
      shop.olena.caller.run(bookings::Cancel{.booking = absent, .as_credit = true}).credits.at(0);
  SessionId session = shop.session(at(2026, 3, 10, 18));
  bookings::Book wish = shop.unpaid(session, 2);
  wish.places[0] = {.attendee = maria, .credit = credit};
  wish.payments = {House::provider()};
  bookings::Booking booking = shop.olena.caller.run(wish);
  CHECK(booking.owed == uah(10'000));
  shop.pass(std::chrono::minutes{15});
  shop.tick();
  const money::Payment payment = shop.payments(booking.order).at(0);
  SECTION("while nobody used it") {
    shop.tell(payment, money::Outcome::completed, "1");
    CHECK(shop.get(booking.id).status == BookingStatus::confirmed);
    auto credits = shop.host().run(bookings::Credits{.client = maria}).items;
    CHECK(credits.at(0).used_for == booking.id);
  }
  SECTION("not once it paid elsewhere") {
    bookings::Book other = shop.unpaid(shop.session(at(2026, 3, 11, 18)));
    other.places[0] = {.attendee = maria, .credit = credit};
    shop.olena.caller.run(other);
    shop.tell(payment, money::Outcome::completed, "1");
    CHECK(shop.get(booking.id).status == BookingStatus::expired);
    CHECK(shop.payments(booking.order).at(0).refunded == uah(10'000));
  }
  CHECK(shop.problems().empty());
}

TEST_CASE("nobody pays with a visit, or for free, that nobody asked for", "[B4][D7]") {
  Shop shop;
  SessionId session = shop.session();
  bookings::Book wish = House::wish(session);
  BookingId unpaid = shop.olena.caller.run(House::unpaid(session)).id;
  using enum money::PaymentMethod;
  for (money::PaymentMethod method : {visit}) {
    wish.payments[0].method = method;
    Error refused = refusal([&] { shop.olena.caller.run(wish); });
    CHECK(refused.reason() == "method_not_accepted");
    CHECK(refused.field() == "payments[0].method");
    CHECK(refusal([&] { shop.pay(unpaid, wish.payments[0]); }).reason() == "method_not_accepted");
    CHECK(refusal([&] { shop.salesman().run(wish); }).reason() == "method_not_accepted");
  }
  wish.payments[0].method = free;
  CHECK(refusal([&] { shop.olena.caller.run(wish); }).reason() == "role_not_allowed");
  CHECK(refusal([&] { shop.salesman().run(wish); }).reason() == "role_not_allowed");
  CHECK(shop.host().run(wish).status == BookingStatus::confirmed);
  CHECK(shop.free(session) == 8);
  CHECK(shop.problems().empty());
}
