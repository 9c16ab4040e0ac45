// Cancelling by policy: nearest wins, brackets, fees; nothing returns twice.
#include <catch2/catch.hpp>

#include "policies.hpp"

#include <frontdesk/pricing_fees.hpp>

using namespace frontdesk;
using bookings::BookingStatus;
using testing::at;
using testing::cancel;
using testing::hour;
using testing::House;
using testing::policy;
using testing::refusal;
using testing::uah;

TEST_CASE("cancelling in time gives everything back, once", "[B6]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 4, 18));
  BookingId booking = olena.caller.run(house.wish(session, 2)).id;
  bookings::Cancelled told = olena.caller.preview(bookings::Cancel{.booking = booking});
  CHECK(told.refunded == uah(20'000));
  CHECK(house.get(booking).status == BookingStatus::confirmed);
  bookings::Cancelled cancelled = cancel(olena.caller, booking);
  CHECK(cancelled.booking.status == BookingStatus::cancelled);
  CHECK(cancelled.booking.ended_at.has_value());
  CHECK(cancelled.refunded == uah(20'000));
  CHECK(cancelled.kept == uah(0));
  CHECK(house.balance(olena.client) == 100'000);
  CHECK(house.free(session) == 10);
  Error again = refusal([&] { cancel(olena.caller, booking); });
  CHECK(again.code() == Code::conflict);
  CHECK(again.reason() == "already_cancelled");
  CHECK(again.message() == "It was cancelled already; nothing is given back twice.");
  CHECK(again.in_language("uk").message() == "Це вже скасовано; двічі нічого не повертається.");
  CHECK(house.balance(olena.client) == 100'000);
  CHECK(house.told("bookings.booking_cancelled") == 1);
  CHECK_NOTHROW(house.customer("Marko").caller.run(house.wish(session, 10)));
  CHECK(house.problems().empty());
}

TEST_CASE("profiles set how long cancelling is free", "[B6][C1]") {
  using catalog::Profile;
  struct Case {
    Profile profile;
    Duration free_before;
  };
  for (auto [profile, free_before] : {Case{Profile::cinema, 3 * hour},
                                      Case{Profile::studio, 24 * hour}, Case{Profile::kids, {}}}) {
    House house;
    house.host().run(catalog::ApplyProfile{.centre = house.centre, .profile = profile});
    SessionId session = house.session(at(2026, 3, 9, 18));
    CHECK(house.host().run(bookings::PolicyOf{.session = session}).free_before == free_before);
  }
}

TEST_CASE("late cancelling goes by brackets, and a fee is kept", "[B6]") {
  House house;
  auto olena = house.customer();
  bookings::SetPolicy set = policy(house, 24 * hour);
  set.brackets = {{.before = 12 * hour, .basis_points = 5'000},
                  {.before = 2 * hour, .basis_points = 2'500}};
  house.host().run(set);
  SessionId session = house.session(at(2026, 3, 4, 11), 10, 9'999);  // in 48 hours
  auto book = [&] { return olena.caller.run(house.wish(session)).id; };
  BookingId in_time = book();
  BookingId half = book();
  BookingId quarter = book();
  BookingId late = book();
  house.pass(24 * hour);
  CHECK(cancel(olena.caller, in_time).refunded == uah(9'999));
  house.pass(Duration{1});
  bookings::Cancelled halved = cancel(olena.caller, half);
  CHECK(halved.refunded == uah(5'000));
  CHECK(halved.kept == uah(4'999));
  house.pass(22 * hour - Duration{1});
  CHECK(cancel(olena.caller, quarter).refunded == uah(2'500));
  house.pass(Duration{1});
  CHECK(cancel(olena.caller, late).refunded == uah(0));
  CHECK(house.problems().empty());
}

TEST_CASE("a fee is kept of each place once cancelling is not free", "[B6]") {
  House house;
  auto olena = house.customer();
  bookings::SetPolicy set = policy(house, 24 * hour);
  set.brackets = {{.before = {}, .basis_points = 5'000}};
  set.fee = uah(1'000);
  house.host().run(set);
  SessionId session = house.session(at(2026, 3, 3, 10));  // in 23 hours
  BookingId booking = olena.caller.run(house.wish(session, 2)).id;
  CHECK(cancel(olena.caller, booking).refunded == uah(8'000));
  SessionId cheap = house.session(at(2026, 3, 3, 10), 10, 1'000);
  CHECK(cancel(olena.caller, olena.caller.run(house.wish(cheap)).id).refunded == uah(0));
}

TEST_CASE("the nearest policy wins, and what was booked keeps its own", "[B6]") {
  House house;
  auto olena = house.customer();
  schedule::CreateSeries weekly;
  weekly.activity = house.film;
  weekly.centre = house.centre;
  weekly.start = at(2026, 3, 5, 18);
  weekly.rule = "FREQ=WEEKLY";
  weekly.price = uah(10'000);
  auto scheduled = house.host().run(weekly);
  SessionId session = scheduled.sessions.at(0).id;
  auto free_before = [&] {
    return house.host().run(bookings::PolicyOf{.session = session}).free_before;
  };
  CHECK(free_before() == 24 * hour);
  house.host().run(policy(house, 10 * hour));
  CHECK(free_before() == 10 * hour);
  bookings::SetPolicy of_activity = policy(house, 9 * hour);
  of_activity.activity = house.film;
  house.host().run(of_activity);
  CHECK(free_before() == 9 * hour);
  bookings::SetPolicy of_series = policy(house, 8 * hour);
  of_series.series = scheduled.series.id;
  house.host().run(of_series);
  CHECK(free_before() == 8 * hour);
  bookings::SetPolicy of_session = policy(house, 80 * hour);
  of_session.session = session;
  auto nearest = house.host().run(of_session);
  CHECK(free_before() == 80 * hour);

  BookingId strict = olena.caller.run(house.wish(session)).id;  // 79 hours before the start
  house.host().run(bookings::EndPolicy{.policy = nearest.id});
  CHECK(free_before() == 8 * hour);
  CHECK(refusal([&] { house.host().run(bookings::EndPolicy{.policy = nearest.id}); }).reason() ==
        "policy_ended");
  BookingId mild = olena.caller.run(house.wish(session)).id;
  CHECK(cancel(olena.caller, strict).refunded == uah(0));
  CHECK(cancel(olena.caller, mild).refunded == uah(10'000));
  CHECK(house.host().run(bookings::Policies{.centre = house.centre}).items.size() == 3);
}

TEST_CASE("contradictory policies are refused", "[B6]") {
  House house;
  bookings::SetPolicy wrong = policy(house, 24 * hour);
  auto reason = [&] { return refusal([&] { house.host().run(wrong); }).reason(); };
  wrong.brackets = {{.before = 24 * hour, .basis_points = 1}};
  CHECK(reason() == "brackets_out_of_order");
  wrong.brackets = {{.before = hour, .basis_points = 1}, {.before = 2 * hour, .basis_points = 1}};
  CHECK(reason() == "brackets_out_of_order");
  wrong.brackets = {{.before = hour, .basis_points = 10'001}};
  CHECK(reason() == "out_of_range");
  wrong.brackets.clear();
  wrong.fee = uah(-1);
  CHECK(reason() == "fee_negative");
  wrong.fee = Money{1, Currency{"EUR"}};
  CHECK(reason() == "currency_differs");
  wrong.fee.reset();
  wrong.activity = house.film;
  wrong.session = house.session();
  CHECK(reason() == "policy_scope_ambiguous");
  wrong.session = {};
  wrong.activity = ActivityId{9'999};
  CHECK(reason() == "activity_not_found");
  CHECK(house.host().run(bookings::Policies{.centre = house.centre}).items.empty());
}

TEST_CASE("some places are cancelled for what was paid for them", "[B6]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 9, 18));
  bookings::Booking booking = olena.caller.run(house.wish(session, 3));
  // What the places cost now is of no account.
  house.host().run(schedule::UpdateSession{.session = session, .price = uah(50'000)});
  bookings::CancelPlaces request{.booking = booking.id, .places = {2}};
  bookings::Cancelled cancelled = olena.caller.run(request);
  CHECK(cancelled.refunded == uah(10'000));
  CHECK(cancelled.booking.status == BookingStatus::confirmed);
  CHECK(cancelled.booking.places[0].status == BookingStatus::confirmed);
  CHECK(cancelled.booking.places[1].status == BookingStatus::cancelled);
  CHECK(house.balance(olena.client) == 80'000);
  CHECK(house.free(session) == 8);
  Error again = refusal([&] { olena.caller.run(request); });
  CHECK(again.reason() == "already_cancelled");
  request.places = {1, 2};
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "already_cancelled");
  CHECK(house.get(booking.id).places[0].status == BookingStatus::confirmed);
  request.places = {4};
  CHECK(refusal([&] { olena.caller.run(request); }).reason() == "place_not_found");
  request.places = {1, 3};
  CHECK(olena.caller.run(request).booking.status == BookingStatus::cancelled);
  CHECK(house.balance(olena.client) == 100'000);
  CHECK(house.free(session) == 10);
  CHECK(house.problems().empty());
}

TEST_CASE("fees of the order stay until its last place; some never go back", "[B6][D1]") {
  House house;
  auto olena = house.customer();
  pricing::CreateFee fee;
  fee.centre = house.centre;
  fee.per = pricing::FeePer::order;
  fee.name = "Booking fee";
  fee.amount = uah(500);
  fee.refundable = false;
  house.host().run(fee);
  fee.per = pricing::FeePer::place;
  fee.name = "Glasses";
  fee.amount = uah(300);
  fee.refundable = true;
  house.host().run(fee);
  SessionId session = house.session(at(2026, 3, 9, 18));
  bookings::Booking booking = olena.caller.run(house.wish(session, 2));
  CHECK(house.balance(olena.client) == 100'000 - 21'100);
  bookings::CancelPlaces one{.booking = booking.id, .places = {1}};
  CHECK(olena.caller.run(one).refunded == uah(10'300));
  bookings::Cancelled rest = cancel(olena.caller, booking.id);
  CHECK(rest.refunded == uah(10'300));
  CHECK(rest.kept == uah(500));
  CHECK(house.balance(olena.client) == 99'500);
  CHECK(house.problems().empty());
}

TEST_CASE("staff may waive the policy, with a reason", "[B6]") {
  House house;
  auto olena = house.customer();
  SessionId session = house.session(at(2026, 3, 3, 9));
  BookingId booking = olena.caller.run(house.wish(session)).id;
  bookings::Cancel waive{.booking = booking, .waive = true};
  CHECK(refusal([&] { olena.caller.run(waive); }).code() == Code::denied);
  CHECK(refusal([&] { house.salesman().run(waive); }).code() == Code::denied);
  Caller moderator = house.moderator();
  CHECK(refusal([&] { moderator.run(waive); }).reason() == "reason_needed");
  waive.reason = "The tram broke down";
  house.pass(23 * hour);  // it has started
  CHECK(refusal([&] { cancel(olena.caller, booking); }).reason() == "session_started");
  bookings::Cancelled cancelled = moderator.run(waive);
  CHECK(cancelled.refunded == uah(10'000));
  CHECK(cancelled.booking.reason == "The tram broke down");
}

TEST_CASE("an outdated version and strangers cancel nothing", "[B6][A9][E13]") {
  House house;
  auto olena = house.customer();
  auto marko = house.customer("Marko");
  SessionId session = house.session(at(2026, 3, 9, 18));
  BookingId booking = olena.caller.run(house.wish(session)).id;
  CHECK(refusal([&] {
          olena.caller.run(bookings::Cancel{.booking = booking, .version = 2});
        }).reason() == "version_outdated");
  Error foreign = refusal([&] { cancel(marko.caller, booking); });
  Error missing = refusal([&] { cancel(marko.caller, BookingId{9'999}); });
  CHECK(foreign.reason() == "booking_not_found");
  CHECK(foreign.message() == missing.message());
  CHECK(refusal([&] {
          cancel(house.desk.staff("Salesman", house.opened("Elsewhere")), booking);
        }).reason() == "booking_not_found");
  CHECK(house.get(booking).status == BookingStatus::confirmed);
  CHECK(cancel(house.salesman(), booking).booking.status == BookingStatus::cancelled);
}

TEST_CASE("who attends owing owes what the policy keeps", "[B6][B4]") {
  House house;
  auto olena = house.customer();
  house.set("bookings.owing_allowed", 1);
  bookings::SetPolicy set = policy(house, 24 * hour);
  set.brackets = {{.before = hour, .basis_points = 5'000}};
  house.host().run(set);
  bookings::Book wish = house.unpaid(house.session(at(2026, 3, 2, 18)), 2);
  wish.owing = true;
  const BookingId booking = olena.caller.run(wish).id;
  CHECK(olena.caller.run(bookings::CancelPlaces{.booking = booking, .places = {1}}).booking.owed ==
        uah(15'000));
  house.pass(std::chrono::hours{6} + std::chrono::minutes{30});
  bookings::Cancelled cancelled = cancel(olena.caller, booking);
  CHECK(cancelled.booking.status == BookingStatus::cancelled);
  CHECK(cancelled.booking.owed == uah(15'000));
  const money::Order paid =
      olena.caller.run(money::Pay{.order = cancelled.booking.order, .tenders = {House::balance()}});
  CHECK(paid.status == money::OrderStatus::paid);
  CHECK_FALSE(house.get(booking).owed);
  CHECK(house.balance(olena.client) == 85'000);
  // Staff may let it go.
  wish.session = house.session(at(2026, 3, 2, 18, 30));
  const BookingId second = olena.caller.run(wish).id;
  house.host().run(bookings::Cancel{.booking = second, .reason = "Ill", .waive = true});
  CHECK_FALSE(house.get(second).owed);
  CHECK(house.problems().empty());
}

TEST_CASE("the fee of a shared order goes back with its last booking", "[B6][B13]") {
  House house;
  auto olena = house.customer();
  pricing::CreateFee fee;
  fee.centre = house.centre;
  fee.name = "Booking fee";
  fee.amount = uah(1'000);
  fee.per = pricing::FeePer::order;
  house.host().run(fee);
  bookings::BookMany many;
  many.sessions = {house.session(at(2026, 3, 5, 18)), house.session(at(2026, 3, 6, 18))};
  many.places.resize(1);
  many.payments = {House::balance()};
  const auto booked = olena.caller.run(many).bookings;
  REQUIRE(booked.size() == 2);
  CHECK(house.balance(olena.client) == 79'000);
  CHECK(cancel(olena.caller, booked[0].id).refunded == uah(10'000));
  CHECK(cancel(olena.caller, booked[1].id).refunded == uah(11'000));
  CHECK(house.balance(olena.client) == 100'000);
  CHECK(house.problems().empty());
}

TEST_CASE("a centre keeps the currency of its courses and of fees of its policies", "[M8][B6]") {
  House house;
  const catalog::UpdateCentre change{.centre = house.opened("Moon"), .currency = "EUR"};
  const auto why = [&] { return refusal([&] { house.host().run(change); }).reason(); };
  SECTION("a fee") {
    bookings::SetPolicy set = policy(house, 24 * hour);
    set.centre = change.centre;
    set.fee = uah(500);
    const auto made = house.host().run(set);
    CHECK(why() == "prices_in_currency");
    house.host().run(bookings::EndPolicy{.policy = made.id});
  }
  SECTION("a policy without a fee") {
    bookings::SetPolicy set = policy(house, 24 * hour);
    set.centre = change.centre;
    house.host().run(set);
  }
  CHECK_NOTHROW(house.host().run(change));
}
