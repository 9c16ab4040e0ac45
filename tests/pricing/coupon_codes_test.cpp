// Unique codes, coupons of plans, and who may see any of it (SPEC D3).
#include <catch2/catch.hpp>

#include "offers_support.hpp"
#include "storage/transactions.hpp"

#include <algorithm>

using namespace frontdesk;
using testing::Market;
using testing::refusal;
using testing::uah;

TEST_CASE("codes made at once are each used once", "[D3]") {
  Market market;
  auto request = market.coupon(1'000);
  request.code.reset();
  request.uses_per_client = 0;
  CouponId id = market.make(request);
  CHECK(market.host()
            .run(pricing::MakeCouponCodes{.coupon = id, .count = 1'500, .prefix = "GIFT"})
            .made == 1'500);
  auto page = market.host().run(pricing::CouponCodes{.coupon = id, .limit = 500});
  REQUIRE(page.items.size() == 500);
  for (const auto& code : page.items) {
    CHECK(code.code.size() == 15);
    CHECK(code.code.substr(0, 5) == "GIFT-");
    CHECK(code.code.find_first_of("01OIL", 5) == std::string::npos);
  }
  auto olena = market.customer();
  const std::string code = page.items[0].code;
  auto booking = olena.caller.run(market.wish_with({code}));
  CHECK(market.why({code}) == "coupon_used_up");
  CHECK(market.quote({page.items[1].code}).total == uah(9'000));
  CHECK(market.host().run(pricing::CouponCodes{.coupon = id, .used = true}).items.size() == 1);
  olena.caller.run(bookings::Cancel{.booking = booking.id});
  CHECK(market.quote({code}).total == uah(9'000));
  CHECK(market.problems().empty());

  CouponId one = market.make(market.coupon());
  CHECK(refusal([&] {
          market.host().run(pricing::MakeCouponCodes{.coupon = one, .count = 5, .prefix = "A"});
        }).reason() == "coupon_has_code");
}

TEST_CASE("the list of a coupon's codes does not walk through those of others", "[D3]") {
  Market market;
  auto many = market.coupon();
  many.code.reset();
  CouponId first = market.make(many);
  CouponId second = market.make(many);
  for (CouponId id : {first, second}) {
    market.host().run(pricing::MakeCouponCodes{.coupon = id, .count = 30, .prefix = "GIFT"});
  }
  std::vector<std::string> listed;
  pricing::CouponCodes list{.coupon = second, .limit = 20};
  do {
    auto page = market.host().run(list);
    for (const auto& code : page.items) listed.push_back(code.code);
    list.cursor = page.next;
  } while (list.cursor);
  CHECK(listed.size() == 30);
  CHECK(std::is_sorted(listed.begin(), listed.end()));

  storage::testing::HandDesk hand(market.desk.path());
  hand.read([&](storage::Transaction& tx) {
    storage::Cursor plan = tx.query(
        "EXPLAIN QUERY PLAN SELECT code, used FROM coupon_codes WHERE (coupon = $1)"
        " AND code_key >= $2 AND ((code_key > $2)) ORDER BY code_key LIMIT $3",
        second, std::string("gift"), 20);
    REQUIRE(plan.next());
    const std::string step(plan.text(3));
    CHECK(step.find("coupon_codes_by_coupon (coupon=? AND code_key>?)") != std::string::npos);
    CHECK_FALSE(plan.next());  // no sorting after it
  });
}

TEST_CASE("a plan is bought with a coupon", "[D3][V1]") {
  Market market;
  auto olena = market.customer();
  plans::CreatePlan plan;
  plan.centre = market.centre;
  plan.name = "Month";
  plan.terms.price = uah(50'000);
  plan.terms.months = 1;
  plan.terms.all_activities = true;
  PlanId month = market.host().run(plan).id;
  auto request = market.coupon(2'000);
  request.applies_to = pricing::CouponFor::plans;
  request.plans = {month};
  CouponId id = market.make(request);
  CHECK(market.why({"SPRING"}) == "coupon_not_for_this");

  plans::Buy buy;
  buy.plan = month;
  buy.owner = olena.client;
  buy.coupon = "spring";
  buy.tenders = {Market::balance()};
  auto bought = olena.caller.run(buy);
  CHECK(market.balance(olena.client) == 60'000);
  CHECK(market.get(id).uses == 1);
  const Error again = refusal([&] { olena.caller.run(buy); });
  CHECK(again.reason() == "coupon_used_by_client");
  CHECK(again.field() == "coupon");
  CHECK(market.problems().empty());
  plans::CancelSubscription cancel;
  cancel.subscription = bought.id;
  cancel.reason = "Asked";
  market.host().run(cancel);
  CHECK(market.problems().empty());
}

TEST_CASE("coupons are for staff of their centre; customers see none", "[D3][A9]") {
  Market market;
  CouponId id = market.make(market.coupon());
  auto platform = market.coupon(1'000, "ALL");
  platform.centre = {};
  CouponId wide = market.make(platform);
  auto moderator = market.desk.staff("Moderator", market.centre);
  CHECK(moderator.run(pricing::Coupons{}).items.size() == 1);
  CHECK(moderator.run(pricing::GetCoupon{.coupon = id, .code = {}}).id == id);
  CHECK(refusal([&] { moderator.run(pricing::GetCoupon{.coupon = wide, .code = {}}); }).reason() ==
        "coupon_not_found");
  CHECK(refusal([&] { moderator.run(platform); }).code() == Code::denied);
  auto stranger = market.desk.staff("Moderator", market.opened("Sunset"));
  CHECK(refusal([&] { stranger.run(pricing::GetCoupon{.coupon = id, .code = {}}); }).reason() ==
        "coupon_not_found");
  auto olena = market.customer();
  CHECK(refusal([&] { olena.caller.run(pricing::Coupons{}); }).code() == Code::denied);
  pricing::UpdateCoupon change;
  change.coupon = id;
  change.version = 7;
  change.name = "Summer";
  CHECK(refusal([&] { moderator.run(change); }).reason() == "version_outdated");
}
