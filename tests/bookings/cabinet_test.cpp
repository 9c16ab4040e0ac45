// The cabinet: profile, family, balances, subscriptions with what is left, places to come, history.
#include <catch2/catch.hpp>

#include "visits_support.hpp"

#include <frontdesk/bookings_cabinet.hpp>
#include <frontdesk/pricing_points.hpp>
#include <frontdesk/pricing_tiers.hpp>

using namespace frontdesk;
using testing::at;
using testing::uah;
using testing::VisitHouse;

TEST_CASE("the cabinet shows all that a parent has, at one glance", "[P5]") {
  VisitHouse house;
  plans::Terms terms = house.pack();
  terms.per_day = 2;
  terms.per_month = 8;
  const SubscriptionId pack = house.buy(terms);
  house.olena.caller.run(house.for_attendee(house.session(), house.olena.client));
  house.book(house.session(at(2026, 3, 4, 18)));
  house.olena.caller.run(house.wish(house.session(at(2026, 3, 6, 18))));  // somebody comes along
  const auto seen = house.olena.caller.run(people::Cabinet{.client = house.olena.client});
  CHECK(seen.profile.client.first_name == "Olena");
  CHECK(seen.family.dependants.size() == 1);
  REQUIRE(seen.balances.size() == 1);
  CHECK(seen.balances.at(0).amount == uah(80'000));
  REQUIRE(seen.subscriptions.size() == 1);
  const plans::Subscription& subscription = seen.subscriptions.at(0);
  CHECK(subscription.id == pack);
  CHECK(subscription.visits.remaining == 7);
  CHECK(subscription.visits.left_today == 2);
  CHECK(subscription.visits.left_this_month == 7);
  CHECK(subscription.days_left == 31);
  REQUIRE(seen.upcoming.size() == 3);
  CHECK(seen.upcoming.at(0).attendee == house.olena.client);
  CHECK(seen.upcoming.at(1).attendee == house.maria);
  CHECK(seen.upcoming.at(1).subscription == pack);
  CHECK(seen.upcoming.at(1).title == "Film");
  CHECK_FALSE(seen.upcoming.at(2).attendee);
  CHECK(seen.history.empty());
  CHECK_FALSE(seen.next);
}

TEST_CASE("the history comes in pages that stay together", "[P5][E12]") {
  VisitHouse house;
  house.buy(house.pack());
  for (unsigned day = 3; day <= 7; ++day) house.book(house.session(at(2026, 3, day, 18)));
  house.go_to(at(2026, 3, 8, 10));
  people::Cabinet request{.client = house.maria, .limit = 2};
  std::vector<unsigned> days;
  for (int page = 0; page < 3; ++page) {
    const auto seen = house.olena.caller.run(request);
    for (const people::CabinetPlace& place : seen.history) {
      days.push_back(static_cast<unsigned>(zones::local_date(place.starts, "Europe/Kyiv").day()));
    }
    CHECK(seen.next.has_value() == (page < 2));
    request.cursor = seen.next;
    house.pass(std::chrono::minutes{1});
  }
  CHECK(days == std::vector<unsigned>{7, 6, 5, 4, 3});
  request.cursor = "nonsense";
  CHECK(house.refused([&] { house.olena.caller.run(request); }) ==
        "invalid/cursor_malformed at cursor");
}

TEST_CASE("staff of one centre see nothing of another in a cabinet", "[P5][P8][A9]") {
  VisitHouse house;
  house.buy(house.pack());
  house.book(house.session());
  const CentreId other = house.opened("Moonlight");
  people::Cabinet request{.client = house.maria};
  const Caller partner = house.desk.staff("Partner", other);
  CHECK(house.refused([&] { partner.run(request); }) == "not_found/client_not_found at client");
  schedule::NewSession elsewhere = house.plan(at(2026, 3, 5, 18));
  elsewhere.centre = other;
  catalog::CreateActivity activity;
  activity.centre = other;
  activity.name = "Chess";
  elsewhere.activity = house.host().run(activity).id;
  house.olena.caller.run(house.unpaid(house.add(elsewhere).id));
  bookings::Book book = house.unpaid(house
                                         .add([&] {
                                           schedule::NewSession next = elsewhere;
                                           next.start = at(2026, 3, 6, 18);
                                           return next;
                                         }())
                                         .id);
  book.places.at(0).attendee = house.maria;
  house.olena.caller.run(book);
  const auto seen = partner.run(request);
  CHECK(seen.subscriptions.empty());
  REQUIRE(seen.upcoming.size() == 1);
  CHECK(seen.upcoming.at(0).title == "Chess");
  CHECK(seen.balances.empty());
}

TEST_CASE("the cabinet tells points and tier, and what is missing for the next", "[P5][D4][D5]") {
  VisitHouse house;
  const people::Cabinet request{.client = house.olena.client};
  CHECK_FALSE(house.olena.caller.run(request).tier);
  house.host().run(
      pricing::ApplyTierPreset{.preset = pricing::TierPreset::by_spend, .currency = "UAH"});
  house.host().run(
      pricing::AdjustPoints{.client = house.olena.client, .points = 70, .reason = "A gift"});
  house.olena.caller.run(house.wish(house.session()));  // 100.00: the second of the tiers
  const auto seen = house.olena.caller.run(request);
  REQUIRE(seen.tier);
  CHECK(seen.tier->name == "Bronze");
  CHECK(seen.tier->next_missing == 40'000);
  REQUIRE(seen.points);
  CHECK(seen.points->spendable == 70);
  // Staff of the centre, who do not see all of the client's money, see no points of all centres.
  const auto by_staff = house.moderator().run(request);
  CHECK(by_staff.tier);
  CHECK_FALSE(by_staff.points);
}
