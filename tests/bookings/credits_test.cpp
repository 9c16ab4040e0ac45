// Make-up credits for announced absences (SPEC B6).
#include <catch2/catch.hpp>

#include "policies.hpp"

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::cancel;
using testing::hour;
using testing::House;
using testing::policy;
using testing::refusal;
using testing::uah;

TEST_CASE("an announced absence gives a credit that pays for another place", "[B6]") {
  House house;
  auto olena = house.customer();
  bookings::SetPolicy set = policy(house, 24 * hour);
  set.credit_days = 30;
  set.credit_before = hour;
  house.host().run(set);
  SessionId session = house.session(at(2026, 3, 3, 9));
  SessionId next = house.session(at(2026, 3, 10, 9), 10, 25'000);  // dearer, the same activity
  bookings::Booking booking = olena.caller.run(house.for_attendee(session, olena.client));
  bookings::Cancel wish{.booking = booking.id, .as_credit = true};
  bookings::Cancelled cancelled = olena.caller.run(wish);
  REQUIRE(cancelled.credits.size() == 1);
  CHECK(cancelled.refunded == uah(0));
  CHECK(house.told("bookings.credit_granted") == 1);
  auto credits = [&] { return olena.caller.run(bookings::Credits{.client = olena.client}).items; };
  CHECK(credits().at(0).status == bookings::CreditStatus::open);
  CHECK(credits().at(0).value == uah(10'000));

  bookings::Book again = house.unpaid(next);
  again.places[0] = {.attendee = olena.client, .credit = cancelled.credits[0]};
  bookings::Booking made_up = olena.caller.run(again);
  CHECK(made_up.status == BookingStatus::confirmed);
  CHECK(made_up.places[0].paid_by == bookings::PaidBy::credit);
  CHECK_FALSE(made_up.order);
  CHECK(credits().at(0).status == bookings::CreditStatus::used);
  CHECK(house.balance(olena.client) == 90'000);

  SessionId third = house.session(at(2026, 3, 11, 9));
  again.session = third;
  CHECK(refusal([&] { olena.caller.run(again); }).reason() == "credit_used");
  bookings::Cancelled back = cancel(olena.caller, made_up.id);
  CHECK(back.credits_returned == cancelled.credits);
  CHECK(credits().at(0).status == bookings::CreditStatus::open);

  auto marko = house.customer("Marko");
  again.places[0].attendee = marko.client;
  CHECK(refusal([&] { marko.caller.run(again); }).reason() == "credit_not_found");
  again.places[0].attendee = olena.client;
  house.film = house.activity("Opera");
  again.session = house.session(at(2026, 3, 12, 9), 10, 10'001);
  CHECK(refusal([&] { olena.caller.run(again); }).reason() == "credit_not_for_session");
  house.pass(std::chrono::days{30});
  house.film = house.activity("Film again");
  again.session = house.session(at(2026, 4, 3, 9));
  again.client = olena.client;
  CHECK(refusal([&] { house.host().run(again); }).reason() == "credit_expired");
  auto ended = house.host().run(
      bookings::Credits{.client = olena.client, .status = bookings::CreditStatus::expired});
  CHECK(ended.items.size() == 1);
  CHECK(house.problems().empty());
}

TEST_CASE("no credit is given where the policy gives none", "[B6]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session();
  BookingId named = olena.caller.run(house.for_attendee(session, olena.client)).id;
  BookingId unnamed = olena.caller.run(house.wish(session)).id;
  bookings::Cancel wish{.booking = named, .as_credit = true};
  CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "credit_not_given");
  bookings::SetPolicy set = policy(house, {});
  set.credit_days = 30;
  house.host().run(set);
  CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "credit_not_given");  // booked before
  wish.booking = unnamed;
  CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "credit_not_given");
  CHECK(house.get(named).status == BookingStatus::confirmed);
}

TEST_CASE("staff who waive the policy give a credit or the money, not both", "[B6]") {
  House house;
  auto olena = house.customer();
  bookings::SetPolicy set = policy(house, 24 * hour);
  set.credit_days = 30;
  set.credit_before = 2 * hour;
  house.host().run(set);
  const SessionId soon = house.session(at(2026, 3, 2, 12));
  const BookingId booking = olena.caller.run(house.for_attendee(soon, olena.client)).id;
  bookings::Cancel wish{.booking = booking, .as_credit = true};
  CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "credit_not_given");  // too late
  wish.reason = "Ill";
  wish.waive = true;
  const bookings::Cancelled cancelled = house.host().run(wish);
  CHECK(cancelled.credits.size() == 1);
  CHECK(cancelled.refunded == uah(0));
  CHECK(house.balance(olena.client) == 90'000);
  CHECK(house.problems().empty());
}

TEST_CASE("a place that nobody paid for becomes no credit", "[B6][B4][B11]") {
  House house;
  auto olena = house.customer();
  house.set("bookings.owing_allowed", 1);
  bookings::SetPolicy set = policy(house, 24 * hour);
  set.credit_days = 30;
  house.host().run(set);
  bookings::Book owing = house.for_attendee(house.session(), olena.client);
  owing.payments.clear();
  owing.owing = true;
  const BookingId owed = olena.caller.run(owing).id;
  bookings::Reserve reserve;
  reserve.session = house.session(at(2026, 3, 4, 18));
  reserve.kind = bookings::BookingKind::vip;
  reserve.client = olena.client;
  reserve.places.resize(1);
  reserve.places[0].attendee = olena.client;
  const BookingId reserved = house.host().run(reserve).id;
  const BookingId free =
      olena.caller.run(house.for_attendee(house.session(at(2026, 3, 5, 18), 10, 0), olena.client))
          .id;
  for (const BookingId booking : {owed, reserved, free}) {
    const bookings::Cancel wish{.booking = booking, .as_credit = true};
    CHECK(refusal([&] { olena.caller.run(wish); }).reason() == "credit_not_given");
    CHECK(house.get(booking).status == BookingStatus::confirmed);
  }
  CHECK(house.problems().empty());
}

TEST_CASE("a place paid by a credit moves only where the credit would have paid", "[B6][B7]") {
  House house;
  auto olena = house.customer();
  bookings::SetPolicy set = policy(house, 24 * hour);
  set.credit_days = 5;
  house.host().run(set);
  const BookingId first =
      olena.caller.run(house.for_attendee(house.session(at(2026, 3, 4, 9)), olena.client)).id;
  const bookings::Cancelled cancelled =
      olena.caller.run(bookings::Cancel{.booking = first, .as_credit = true});
  bookings::Book again = house.unpaid(house.session());
  again.places[0] = {.attendee = olena.client, .credit = cancelled.credits.at(0)};
  const BookingId booking = olena.caller.run(again).id;
  const auto why = [&](SessionId session) {
    const Error refused =
        refusal([&] { olena.caller.run(bookings::Move{.booking = booking, .session = session}); });
    CHECK(refused.field() == "session");
    return refused.reason();
  };
  CHECK(why(house.session(at(2026, 3, 8, 18))) == "credit_expired");
  house.film = house.activity("Opera");
  CHECK(why(house.session(at(2026, 3, 5, 18), 10, 10'001)) == "credit_not_for_session");
  const SessionId good = house.session(at(2026, 3, 5, 19), 10, 10'000);
  CHECK(olena.caller.run(bookings::Move{.booking = booking, .session = good}).status ==
        BookingStatus::confirmed);
  CHECK(house.problems().empty());
}
