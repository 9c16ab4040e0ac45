// Many sessions at once: named ones, a series, weekly slots; all of them or as many as may be.
#include <catch2/catch.hpp>

#include "bookings_support.hpp"

#include <frontdesk/bookings_many.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using bookings::ManyMode;
using testing::at;
using testing::House;
using testing::on;
using testing::refusal;
using testing::TestDesk;
using testing::uah;

namespace {

/// A week of sessions at 100 each, of two places.
struct Week : House {
  TestDesk::Customer olena = customer();
  std::vector<SessionId> sessions = {session(at(2026, 3, 9, 18), 2),
                                     session(at(2026, 3, 10, 18), 2),
                                     session(at(2026, 3, 11, 18), 2)};

  static bookings::BookMany many(std::vector<SessionId> sessions) {
    bookings::BookMany request;
    request.sessions = std::move(sessions);
    request.places.resize(1);
    request.payments = {balance()};
    return request;
  }
  void sell_out(SessionId session) { customer("Petro").caller.run(wish(session, 2)); }
};

}  // namespace

TEST_CASE("many sessions are booked and paid in one order", "[B13]") {
  Week week;
  auto booked = week.olena.caller.run(Week::many(week.sessions));
  REQUIRE(booked.bookings.size() == 3);
  CHECK(booked.failed.empty());
  CHECK_FALSE(booked.owed.has_value());
  CHECK(week.balance(week.olena.client) == 70'000);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(booked.bookings[i].session == week.sessions[i]);
    CHECK(booked.bookings[i].order == booked.order);
    CHECK(week.get(booked.bookings[i].id).status == BookingStatus::confirmed);
  }
  CHECK(week.host().run(money::GetOrder{.order = booked.order}).lines.size() == 3);
  CHECK(week.told("bookings.booking_confirmed") == 3);
  CHECK(week.told("bookings.booking_pending") == 0);
  // Each is a booking of its own.
  week.olena.caller.run(bookings::Cancel{.booking = booked.bookings[1].id});
  CHECK(week.balance(week.olena.client) == 80'000);
  CHECK(week.get(booked.bookings[0].id).status == BookingStatus::confirmed);
  CHECK(week.problems().empty());
}

TEST_CASE("all or nothing: one refusal leaves everything as it was", "[B13]") {
  Week week;
  week.sell_out(week.sessions[1]);
  Error refused = refusal([&] { week.olena.caller.run(Week::many(week.sessions)); });
  CHECK(refused.code() == Code::sold_out);
  CHECK(refused.reason() == "no_place_left");
  CHECK(std::get<std::int64_t>(refused.details().at("session")) == week.sessions[1].value);
  CHECK(std::get<std::string>(refused.details().at("date")) == "2026-03-10");
  CHECK(week.free(week.sessions[0]) == 2);
  CHECK(week.balance(week.olena.client) == 100'000);
  CHECK(week.olena.caller.run(bookings::List{}).items.empty());
}

TEST_CASE("best effort books what it can and tells what failed and why", "[B13]") {
  Week week;
  week.sell_out(week.sessions[0]);
  auto request = Week::many(week.sessions);
  request.mode = ManyMode::best_effort;
  request.places[0].attendee = week.olena.client;
  week.olena.caller.run(House::for_attendee(week.sessions[2], week.olena.client));
  auto booked = week.olena.caller.run(request);
  REQUIRE(booked.bookings.size() == 1);
  CHECK(booked.bookings[0].session == week.sessions[1]);
  REQUIRE(booked.failed.size() == 2);
  CHECK(booked.failed[0].session == week.sessions[0]);
  CHECK(booked.failed[0].reason == "no_place_left");
  CHECK(booked.failed[0].code == "sold_out");
  CHECK(booked.failed[0].message == "There are not enough places: 1 asked for, 0 left.");
  CHECK(booked.failed[1].reason == "already_booked");
  CHECK(week.balance(week.olena.client) == 80'000);
  CHECK(week.problems().empty());
}

TEST_CASE("sessions of one call may not overlap for an attendee", "[B13][B2]") {
  Week week;
  SessionId same_time = week.session(at(2026, 3, 9, 18), 2);
  auto request = Week::many({week.sessions[0], same_time});
  request.places[0].attendee = week.olena.client;
  CHECK(refusal([&] { week.olena.caller.run(request); }).reason() == "overlaps_own");
  CHECK(week.free(week.sessions[0]) == 2);
}

TEST_CASE("a series and weekly slots are booked by their dates", "[B13]") {
  House house;
  auto olena = house.customer();
  house.set("bookings.opens_days", 365);
  schedule::CreateSeries series;
  series.activity = house.film;
  series.centre = house.centre;
  series.start = at(2026, 3, 9, 18);
  series.rule = "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=8";
  series.capacity = 2;
  series.price = uah(1'000);
  const SeriesId id = house.host().run(series).series.id;
  bookings::BookMany request = Week::many({});
  SECTION("the series, until a day") {
    request.series = id;
    request.until = on(2026, 3, 18);
    CHECK(olena.caller.run(request).bookings.size() == 4);
    CHECK(house.balance(olena.client) == 96'000);
  }
  SECTION("one slot of the week, with a day without session") {
    request.slots = {{.weekday = 1, .minute = 18 * 60, .activity = house.film}};
    request.from = on(2026, 3, 9);
    request.until = on(2026, 4, 6);  // the fifth Monday has none
    Error none = refusal([&] { olena.caller.run(request); });
    CHECK(none.reason() == "no_such_session");
    CHECK(none.message() == "No session starts at this time on 2026-04-06.");
    request.mode = ManyMode::best_effort;
    auto booked = olena.caller.run(request);
    CHECK(booked.bookings.size() == 4);
    REQUIRE(booked.failed.size() == 1);
    CHECK(booked.failed[0].date == on(2026, 4, 6));
    CHECK(booked.failed[0].reason == "no_such_session");
  }
  CHECK(house.problems().empty());
}

TEST_CASE("what is not paid at once waits, and is paid together", "[B13][B4]") {
  Week week;
  auto request = Week::many(week.sessions);
  request.payments.clear();
  auto booked = week.olena.caller.run(request);
  CHECK(booked.owed == uah(30'000));
  CHECK(booked.bookings[0].status == BookingStatus::pending);
  bookings::Pay pay{.booking = booked.bookings[0].id, .payments = {House::balance()}};
  week.olena.caller.run(pay);
  for (const auto& one : booked.bookings) {
    CHECK(week.get(one.id).status == BookingStatus::confirmed);
  }
  CHECK(week.problems().empty());
}

TEST_CASE("requests for many are refused, each with its reason", "[B13]") {
  Week week;
  auto reason = [&](const bookings::BookMany& request) {
    return refusal([&] { week.olena.caller.run(request); }).reason();
  };
  CHECK(reason(Week::many({})) == "sessions_unclear");
  auto both = Week::many(week.sessions);
  both.series = SeriesId{1};
  CHECK(reason(both) == "sessions_unclear");
  CHECK(reason(Week::many({week.sessions[0], week.sessions[0]})) == "session_twice");
  CHECK(reason(Week::many({SessionId{999}})) == "session_not_found");
  auto series = Week::many({});
  series.series = SeriesId{999};
  CHECK(reason(series) == "series_not_found");
  auto slots = Week::many({});
  slots.slots = {{.weekday = 1, .minute = 0, .activity = week.film}};
  CHECK(reason(slots) == "field_missing");
  slots.until = on(2028, 1, 1);
  CHECK(reason(slots) == "too_many_at_once");
  slots.until = on(2026, 3, 1);
  CHECK(reason(slots) == "no_such_sessions");
  auto seat = Week::many(week.sessions);
  seat.places[0].seat = "A1";
  CHECK(reason(seat) == "place_for_one_session");
  auto poor = week.customer("Ivan", 100);
  CHECK(refusal([&] { poor.caller.run(Week::many(week.sessions)); }).reason() == "balance_too_low");
  CHECK(week.free(week.sessions[0]) == 2);
  auto large = Week::many(week.sessions);
  large.places.resize(70);
  CHECK(reason(large) == "too_many_at_once");
}

TEST_CASE("what pays an order by a move to something cheaper confirms all that waited in it",
          "[B4][B7]") {
  Week week;
  const SessionId gift = week.session(at(2026, 3, 12, 18), 2, 0);
  auto request = Week::many({week.sessions[0], week.sessions[1]});
  request.payments[0].amount = uah(10'000);
  const auto booked = week.olena.caller.run(request);
  REQUIRE(booked.bookings.size() == 2);
  CHECK(week.get(booked.bookings[0].id).status == BookingStatus::pending);
  bookings::Move move;
  move.booking = booked.bookings[1].id;
  move.session = gift;
  CHECK(week.olena.caller.run(move).status == BookingStatus::confirmed);
  CHECK(week.get(booked.bookings[0].id).status == BookingStatus::confirmed);
  CHECK(week.told("money.order_paid") == 1);
  CHECK(week.told("bookings.booking_confirmed") == 2);
  week.pass(std::chrono::hours{24});
  week.tick();
  CHECK(week.get(booked.bookings[0].id).status == BookingStatus::confirmed);
  CHECK(week.problems().empty());
}
