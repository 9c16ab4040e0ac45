// What is not paid at once: pending, held, owing; expiry by the clock, and what comes too late.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/money_payments.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::House;
using testing::refusal;
using testing::uah;

namespace {

bookings::Booking pay(const Caller& caller, BookingId booking, money::Tender tender) {
  bookings::Pay request;
  request.booking = booking;
  request.payments = {std::move(tender)};
  return caller.run(request);
}

money::Payment payment_of(const House& house, OrderId order) {
  money::Payments request;
  request.order = order;
  return house.host().run(request).items.at(0);
}

money::CallbackDone callback(const House& house, const money::Payment& payment,
                             money::Outcome outcome, const std::string& event) {
  money::RecordCallback request;
  request.provider = "liqpay";
  request.event = event;
  request.payment = payment.id;
  request.outcome = outcome;
  request.amount = payment.amount;
  return house.host().run(request);
}

}  // namespace

TEST_CASE("an unpaid booking stands for 48 hours, and says so before it expires", "[B4][B1]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 10, 18));
  bookings::Booking booking = olena.caller.run(house.unpaid(session, 2));
  CHECK(booking.status == BookingStatus::pending);
  CHECK(booking.owed == uah(20'000));
  CHECK(booking.pay_by == house.desk.clock.now() + std::chrono::hours{48});
  CHECK(house.free(session) == 8);
  CHECK(house.told("bookings.booking_pending") == 1);

  house.pass(std::chrono::hours{42} - std::chrono::seconds{1});
  house.tick();
  CHECK(house.told("bookings.payment_due_soon") == 0);
  house.pass(std::chrono::seconds{1});
  house.tick();
  house.tick();
  CHECK(house.told("bookings.payment_due_soon") == 1);
  CHECK(house.get(booking.id).status == BookingStatus::pending);

  SECTION("paid in time it is confirmed") {
    bookings::Booking paid = pay(olena.caller, booking.id, house.balance());
    CHECK(paid.status == BookingStatus::confirmed);
    CHECK(house.balance(olena.client) == 80'000);
    house.pass(std::chrono::hours{7});
    house.tick();
    CHECK(house.get(booking.id).status == BookingStatus::confirmed);
    CHECK(house.told("bookings.booking_confirmed") == 1);
  }
  SECTION("else it expires and its places are free") {
    house.pass(std::chrono::hours{6});
    house.tick();
    bookings::Booking expired = house.get(booking.id);
    CHECK(expired.status == BookingStatus::expired);
    CHECK(expired.ended_at.has_value());
    CHECK_FALSE(expired.owed.has_value());
    CHECK(house.free(session) == 10);
    CHECK(house.told("bookings.booking_expired") == 1);
    CHECK(refusal([&] { pay(olena.caller, booking.id, house.balance()); }).reason() ==
          "transition_not_allowed");
    CHECK(house.balance(olena.client) == 100'000);
  }
  CHECK(house.problems().empty());
}

TEST_CASE("an unpaid booking expires an hour before the start at the latest", "[B4]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 3, 18));
  bookings::Booking booking = olena.caller.run(house.unpaid(session));
  CHECK(booking.pay_by == booking.starts - std::chrono::hours{1});
}

TEST_CASE("a part payment keeps it pending; what expires gives it back", "[B4]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 10, 18));
  BookingId booking = olena.caller.run(house.unpaid(session, 2)).id;
  money::Tender part = house.balance();
  part.amount = uah(5'000);
  bookings::Booking after = pay(olena.caller, booking, part);
  CHECK(after.status == BookingStatus::pending);
  CHECK(after.owed == uah(15'000));
  SECTION("the rest confirms it") {
    CHECK(pay(olena.caller, booking, house.balance()).status == BookingStatus::confirmed);
    CHECK(house.balance(olena.client) == 80'000);
    CHECK(refusal([&] { pay(olena.caller, booking, house.balance()); }).code() == Code::conflict);
  }
  SECTION("more than owed is refused") {
    part.amount = uah(15'001);
    CHECK(refusal([&] { pay(olena.caller, booking, part); }).reason() == "amount_over_owed");
    CHECK(house.get(booking).owed == uah(15'000));
  }
  SECTION("expiry gives it back") {
    house.pass(std::chrono::hours{48});
    house.tick();
    CHECK(house.get(booking).status == BookingStatus::expired);
    CHECK(house.balance(olena.client) == 100'000);
  }
  CHECK(house.problems().empty());
}

TEST_CASE("several means pay for one booking", "[B4]") {
  House house;
  auto olena = house.customer("Olena", 6'000);
  SessionId session = house.session();
  bookings::Book wish = house.wish(session);
  wish.client = olena.client;
  wish.payments[0].amount = uah(6'000);
  wish.payments.push_back(house.card());
  bookings::Booking booking = house.host().run(wish);
  CHECK(booking.status == BookingStatus::confirmed);
  CHECK(house.balance(olena.client) == 0);
}

TEST_CASE("whoever may owes, where the centre lets them", "[B4]") {
  House house;
  auto olena = house.customer("Olena", 0);
  SessionId session = house.session();
  bookings::Book wish = house.unpaid(session);
  wish.owing = true;
  CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "owing_not_allowed");
  CHECK(house.free(session) == 10);
  house.set("bookings.owing_allowed", 1);
  bookings::Booking booking = olena.caller.run(wish);
  CHECK(booking.status == BookingStatus::confirmed);
  CHECK(booking.owed == uah(10'000));
  CHECK_FALSE(booking.pay_by.has_value());
  house.pass(std::chrono::hours{60});
  house.tick();
  CHECK(house.get(booking.id).status == BookingStatus::confirmed);
  house.top_up(olena.client, 10'000);
  CHECK_FALSE(pay(olena.caller, booking.id, house.balance()).owed.has_value());
  CHECK(house.problems().empty());
}

TEST_CASE("an external payment holds the places until it is told of", "[B1][B4][M4]") {
  House house;
  auto olena = house.customer("Olena", 0);
  SessionId session = house.session();
  bookings::Book wish = house.unpaid(session, 2);
  wish.payments = {house.provider()};
  bookings::Booking booking = olena.caller.run(wish);
  CHECK(booking.status == BookingStatus::held);
  CHECK(booking.pay_by == house.desk.clock.now() + std::chrono::minutes{15});
  CHECK(house.told("bookings.booking_held") == 1);
  money::Payment payment = payment_of(house, booking.order);
  CHECK(payment.amount == uah(20'000));

  SECTION("told complete it is confirmed, once") {
    callback(house, payment, money::Outcome::completed, "1");
    callback(house, payment, money::Outcome::completed, "1");
    CHECK(house.get(booking.id).status == BookingStatus::confirmed);
    CHECK(house.told("bookings.booking_confirmed") == 1);
  }
  SECTION("not told in time it expires") {
    house.pass(std::chrono::minutes{15});
    house.tick();
    CHECK(house.get(booking.id).status == BookingStatus::expired);
    CHECK(house.free(session) == 10);

    SECTION("and lives again if the payment comes while the places are free") {
      callback(house, payment, money::Outcome::completed, "1");
      bookings::Booking revived = house.get(booking.id);
      CHECK(revived.status == BookingStatus::confirmed);
      CHECK_FALSE(revived.owed.has_value());
      CHECK(house.free(session) == 8);
      CHECK(house.told("bookings.booking_revived") == 1);
    }
    SECTION("with other places where somebody has them") {
      house.customer("Marko").caller.run(house.wish(session, 8));
      callback(house, payment, money::Outcome::completed, "1");
      CHECK(house.get(booking.id).status == BookingStatus::confirmed);
      CHECK(house.free(session) == 0);
    }
    SECTION("or the money goes back where none is left") {
      house.customer("Marko").caller.run(house.wish(session, 9));
      callback(house, payment, money::Outcome::completed, "1");
      CHECK(house.get(booking.id).status == BookingStatus::expired);
      CHECK(house.told("bookings.late_payment_returned") == 1);
      CHECK(house.free(session) == 1);
      CHECK(payment_of(house, booking.order).unapplied == uah(0));
    }
  }
  CHECK(house.problems().empty());
}

TEST_CASE("a late payment revives what was moved while it was unpaid, as it stood last",
          "[B4][B7][M4]") {
  House house;
  auto olena = house.customer("Olena", 0);
  const SessionId first = house.session();
  const SessionId dearer = house.session(at(2026, 3, 4, 18), 10, 12'000);
  bookings::Booking booking = olena.caller.run(house.unpaid(first, 2));
  bookings::Move move;
  move.booking = booking.id;
  move.session = dearer;
  CHECK(olena.caller.run(move).owed == uah(24'000));
  bookings::Pay begun;
  begun.booking = booking.id;
  begun.payments = {house.provider()};
  olena.caller.run(begun);
  const money::Payment payment = payment_of(house, booking.order);
  house.pass(std::chrono::hours{30});
  house.tick();
  REQUIRE(house.get(booking.id).status == BookingStatus::expired);

  callback(house, payment, money::Outcome::completed, "1");
  const bookings::Booking revived = house.get(booking.id);
  CHECK(revived.status == BookingStatus::confirmed);
  CHECK(revived.session == dearer);
  CHECK_FALSE(revived.owed.has_value());
  CHECK(house.free(dearer) == 8);
  CHECK(house.told("bookings.late_payment_returned") == 0);
  CHECK(house.host().run(money::GetOrder{.order = booking.order}).total == uah(24'000));
  CHECK(house.problems().empty());
}

TEST_CASE("a payment that is only begun has not paid", "[B4]") {
  House house;
  auto olena = house.customer("Olena", 0);
  const SessionId session = house.session(at(2026, 3, 10, 18));
  const BookingId booking = olena.caller.run(house.unpaid(session)).id;
  const auto times_paid = [&] {
    const auto entries = house.host().run(bookings::History{.booking = booking}).entries;
    return std::count_if(entries.begin(), entries.end(),
                         [](const auto& entry) { return entry.change == bookings::Change::paid; });
  };
  pay(olena.caller, booking, house.provider());
  CHECK(times_paid() == 0);
  house.top_up(olena.client, 4'000);
  money::Tender part = house.balance();
  part.amount = uah(4'000);
  pay(olena.caller, booking, part);
  CHECK(times_paid() == 1);
}

TEST_CASE("an order that is paid elsewhere confirms its booking", "[B4]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 10, 18));
  bookings::Booking booking = olena.caller.run(house.unpaid(session));
  money::Pay request;
  request.order = booking.order;
  request.tenders = {house.card()};
  house.salesman().run(request);
  CHECK(house.get(booking.id).status == BookingStatus::confirmed);
  CHECK(house.told("bookings.booking_confirmed") == 1);
}

TEST_CASE("what costs nothing is confirmed at once", "[B4]") {
  House house;
  auto olena = house.customer("Olena", 0);
  SessionId session = house.session(at(2026, 3, 3, 18), 5, 0);
  bookings::Booking booking = olena.caller.run(house.unpaid(session, 2));
  CHECK(booking.status == BookingStatus::confirmed);
  CHECK_FALSE(booking.order);
  CHECK(booking.places[0].paid_by == bookings::PaidBy::nothing);
  bookings::Pay pay_nothing;
  pay_nothing.booking = booking.id;
  pay_nothing.payments = {house.balance()};
  CHECK(refusal([&] { olena.caller.run(pay_nothing); }).reason() == "nothing_owed");
}

// --- on behalf, for the house, for guests ---

TEST_CASE("a salesman books for clients of the centre and is told as seller", "[B12][P2]") {
  House house;
  SessionId session = house.session();
  auto olena = house.customer();
  auto marko = house.customer("Marko", 0);
  ClientId maria = house.child(olena.client);
  Caller salesman = house.salesman();
  bookings::Book wish = house.for_attendee(session, maria);
  wish.client = olena.client;
  CHECK(refusal([&] { salesman.run(wish); }).reason() == "client_not_found");  // not of the centre
  olena.caller.run(house.wish(session));                                       // now she is
  bookings::Booking booking = salesman.run(wish);
  CHECK(booking.seller == salesman.run(access::Whoami{}).account->id);
  CHECK(booking.client == olena.client);
  CHECK(booking.payer == olena.client);
  CHECK(booking.places[0].attendee == maria);
  CHECK(booking.channel == seating::Channel::box_office);
  CHECK(house.balance(olena.client) == 80'000);
  CHECK(refusal([&] {
          bookings::Book other = house.for_attendee(session, marko.client);
          other.client = olena.client;
          salesman.run(other);
        }).reason() == "attendee_not_yours");
  CentreId elsewhere = house.opened("Elsewhere");
  CHECK(refusal([&] { house.desk.staff("Salesman", elsewhere).run(wish); }).reason() ==
        "client_not_found");
}

TEST_CASE("booker, payer and attendee are three", "[P2][B4]") {
  House house;
  SessionId session = house.session();
  auto olena = house.customer();
  auto marko = house.customer("Marko");
  ClientId maria = house.child(olena.client);
  bookings::Book wish = house.for_attendee(session, maria);
  wish.client = olena.client;
  wish.payer = marko.client;
  CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "client_not_found");
  bookings::Booking booking = house.host().run(wish);
  CHECK(booking.client == olena.client);
  CHECK(booking.payer == marko.client);
  CHECK(house.balance(marko.client) == 90'000);
  CHECK(house.balance(olena.client) == 100'000);
}

TEST_CASE("the house and guests of honour need no payment", "[B11]") {
  House house;
  SessionId session = house.session(at(2026, 4, 20, 18));  // long before booking opens
  bookings::Reserve request{.session = session, .kind = bookings::BookingKind::house};
  request.places.resize(2);
  request.guest_name = "The mayor";
  bookings::Booking booking = house.moderator().run(request);
  CHECK(booking.status == BookingStatus::confirmed);
  CHECK(booking.kind == bookings::BookingKind::house);
  CHECK_FALSE(booking.order);
  CHECK_FALSE(booking.owed.has_value());
  CHECK(house.free(session) == 8);
  request.kind = bookings::BookingKind::ordinary;
  CHECK(refusal([&] { house.moderator().run(request); }).reason() == "kind_not_reserved");
  bookings::Cancel cancel{.booking = booking.id};
  CHECK(house.moderator().run(cancel).booking.status == BookingStatus::cancelled);
  CHECK(house.problems().empty());
}

TEST_CASE("guests book online where the centre lets them", "[B14]") {
  House house;
  SessionId session = house.session(at(2026, 3, 3, 18), 30);
  bookings::BookAsGuest request;
  request.session = session;
  request.places.resize(2);
  request.name = "Olena";
  request.email = "Olena@Example.org";
  request.payments = {house.provider()};
  Caller anonymous = house.desk.anonymous();
  CHECK(refusal([&] { anonymous.run(request); }).reason() == "guests_not_allowed");
  house.set("bookings.online_guests", 1);
  bookings::Booking booking = anonymous.run(request);
  CHECK(booking.status == BookingStatus::held);
  CHECK_FALSE(booking.client);
  CHECK(booking.guest_email == "olena@example.org");
  callback(house, payment_of(house, booking.order), money::Outcome::completed, "1");

  bookings::GuestBooking look{.reference = booking.reference, .email = "olena@example.org"};
  CHECK(anonymous.run(look).status == BookingStatus::confirmed);
  look.reference.insert(4, "-");
  CHECK(anonymous.run(look).id == booking.id);
  look.email = "somebody@example.org";
  Error foreign = refusal([&] { anonymous.run(look); });
  look.reference = "00000000";
  Error missing = refusal([&] { anonymous.run(look); });
  CHECK(foreign.reason() == "booking_not_found");
  CHECK(foreign.message() == missing.message());

  CHECK(refusal([&] {
          auto more = request;
          more.places.resize(9);
          anonymous.run(more);
        }).reason() == "places_over_limit");
  CHECK(refusal([&] {
          auto named = request;
          named.places[0].attendee = ClientId{1};
          anonymous.run(named);
        }).reason() == "attendee_not_yours");
  CHECK(refusal([&] {
          auto cash = request;
          cash.payments = {house.card()};
          anonymous.run(cash);
        }).reason() == "role_not_allowed");
  CHECK(refusal([&] {
          auto nobody = request;
          nobody.email = "nobody";
          anonymous.run(nobody);
        }).reason() == "email_malformed");

  bookings::CancelAsGuest cancel{.reference = booking.reference, .email = "olena@example.org"};
  bookings::Cancelled cancelled = anonymous.run(cancel);
  CHECK(cancelled.booking.status == BookingStatus::cancelled);
  CHECK(cancelled.refunded == uah(20'000));
  CHECK(refusal([&] { anonymous.run(cancel); }).reason() == "already_cancelled");
  CHECK(house.problems().empty());
}

TEST_CASE("a booking that is paid is confirmed, whatever its payer owes besides", "[B4][M2]") {
  House house;
  house.set("money.debts_first", 1);
  auto olena = house.customer("Olena", 0);
  money::CreateOrder mat;
  mat.centre = house.centre;
  mat.payer = olena.client;
  mat.lines = {{.kind = money::LineKind::other, .text = "Mat", .price = uah(8'000)}};
  const OrderId old = house.host().run(mat).id;
  const auto owed = [&] { return house.host().run(money::GetOrder{.order = old}).owed; };
  const bookings::Booking booking = olena.caller.run(house.unpaid(house.session()));
  money::Tender tender = House::card();
  tender.amount = uah(13'000);
  CHECK(pay(house.salesman(), booking.id, tender).status == BookingStatus::confirmed);
  CHECK(owed() == uah(5'000));

  bookings::Book wish = house.wish(house.session(at(2026, 3, 4, 18)));
  wish.client = olena.client;
  wish.payments = {House::card()};
  CHECK(house.salesman().run(wish).status == BookingStatus::confirmed);
  CHECK(owed() == uah(5'000));
  wish.session = house.session(at(2026, 3, 5, 18));
  wish.payments[0].amount = uah(15'000);
  CHECK(house.salesman().run(wish).status == BookingStatus::confirmed);
  CHECK(owed() == uah(0));
  CHECK(house.problems().empty());
}

TEST_CASE("refusals of payments name the one that they are about", "[B4][E16]") {
  House house;
  auto olena = house.customer();
  bookings::Book wish = house.wish(house.session());
  wish.client = olena.client;
  money::Tender some = House::card();
  some.amount = uah(500);
  money::Tender more = House::card();
  more.amount = uah(99'999);
  wish.payments = {House::provider(), some, more};
  wish.payments[0].amount = uah(100);
  const Error error = refusal([&] { house.host().run(wish); });
  CHECK(error.reason() == "amount_over_owed");
  CHECK(error.field() == "payments[2].amount");
}
