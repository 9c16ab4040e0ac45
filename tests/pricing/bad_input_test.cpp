// What offers refuse as senseless, each with its own reason, its sentence and its field, and what
// a stranger may try against them (SPEC D3 to D7).
#include <catch2/catch.hpp>

#include "describe/json.hpp"
#include "offers_support.hpp"

#include <limits>

using namespace frontdesk;
using pricing::CouponFor;
using testing::at;
using testing::Market;
using testing::refusal;
using testing::uah;

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

struct Expected {
  std::string reason{};
  std::string field{};
  std::string message{};
  Code code = Code::invalid;
};

void check(const Error& error, const Expected& expected) {
  CHECK(error.reason() == expected.reason);
  CHECK(error.field() == expected.field);
  CHECK(error.message() == expected.message);
  CHECK(error.code() == expected.code);
}

const Expected above_whole{"reduction_above_whole", "basis_points",
                           "A discount cannot be more than 100 percent."};
const Expected no_percentage{"reduction_not_positive", "basis_points",
                             "A discount must be above zero."};
const Expected no_amount{"reduction_not_positive", "amount", "A discount must be above zero."};
const Expected backwards{"window_backwards", "valid_to", "It ends before it begins."};

/// Whole coupons as others would be: what creating refuses, changing refuses, too.
struct Senseless {
  std::string what{};
  std::function<void(pricing::CreateCoupon&)> make{};
  std::function<void(pricing::UpdateCoupon&)> change{};
  Expected expected{};
};

std::vector<Senseless> senseless_coupons(const Market& market) {
  using Create = pricing::CreateCoupon;
  using Change = pricing::UpdateCoupon;
  const Instant now = market.desk.clock.now();
  const Instant before = now - std::chrono::seconds{1};
  std::vector<Senseless> all;
  for (std::int64_t rate : {std::int64_t{10'001}, most}) {
    all.push_back({"above the whole", [=](Create& c) { c.basis_points = rate; },
                   [=](Change& c) { c.basis_points = rate; }, above_whole});
  }
  for (std::int64_t rate : {std::int64_t{0}, std::int64_t{-1}, least}) {
    all.push_back({"nothing, or less", [=](Create& c) { c.basis_points = rate; },
                   [=](Change& c) { c.basis_points = rate; }, no_percentage});
  }
  for (std::int64_t minor : {std::int64_t{-1}, least}) {
    all.push_back(
        {"a cap below zero",
         [=](Create& c) { c.cap = uah(minor); },
         [=](Change& c) { c.cap = uah(minor); },
         {"coupon_cap_negative", "cap", "The most a coupon takes off cannot be below zero."}});
    all.push_back(
        {"a minimum below zero",
         [=](Create& c) { c.minimum = uah(minor); },
         [=](Change& c) { c.minimum = uah(minor); },
         {"coupon_minimum_negative", "minimum", "The minimum purchase cannot be below zero."}});
    all.push_back({"a budget below zero",
                   [=](Create& c) { c.budget = uah(minor); },
                   [=](Change& c) { c.budget = uah(minor); },
                   {"coupon_budget_negative", "budget", "The budget cannot be below zero."}});
  }
  for (Instant to : {now, before}) {
    all.push_back({"an end that is not after the start",
                   [=](Create& c) {
                     c.valid_from = now;
                     c.valid_to = to;
                   },
                   [=](Change& c) {
                     c.valid_from = now;
                     c.valid_to = to;
                   },
                   backwards});
  }
  all.push_back({"both a percentage and an amount",
                 [](Create& c) { c.amount = uah(1); },
                 [](Change& c) { c.amount = uah(1); },
                 {"rate_or_amount", "basis_points", "Give either a percentage or an amount."}});
  return all;
}

}  // namespace

TEST_CASE("senseless coupons are neither made nor made of others", "[D3]") {
  Market market;
  const CouponId id = market.make(market.coupon(1'000, "GOOD"));
  const std::string before = describe::encode(market.get(id));
  for (const Senseless& one : senseless_coupons(market)) {
    INFO(one.what);
    pricing::CreateCoupon create = market.coupon(1'000, "BAD");
    one.make(create);
    check(refusal([&] { market.make(create); }), one.expected);
    pricing::UpdateCoupon change;
    change.coupon = id;
    one.change(change);
    check(refusal([&] { market.host().run(change); }), one.expected);
  }
  pricing::CreateCoupon nothing = market.coupon_of(0, "BAD");
  check(refusal([&] { market.make(nothing); }), no_amount);
  nothing.amount = Money{100, Currency("EUR")};
  CHECK(refusal([&] { market.make(nothing); }).reason() == "currency_differs");
  nothing.centre = {};
  nothing.amount = Money{100, Currency("XQX")};
  CHECK(refusal([&] { market.make(nothing); }).reason() == "currency_unknown");
  nothing.amount = uah(most);
  CHECK(refusal([&] { market.make(nothing); }).reason() == "amount_too_large");
  CHECK(market.host().run(pricing::Coupons{}).items.size() == 1);
  CHECK(describe::encode(market.get(id)) == before);
}

TEST_CASE("a coupon is for plans that are there", "[D3]") {
  Market market;
  auto request = market.coupon();
  request.applies_to = CouponFor::plans;
  request.plans = {PlanId{999}};
  const Error error = refusal([&] { market.make(request); });
  CHECK(error.reason() == "plan_not_found");
  CHECK(error.field() == "plans[0]");
  CHECK(error.code() == Code::not_found);
}

TEST_CASE("senseless promotions and tiers are refused in the same words", "[D6][D4]") {
  Market market;
  pricing::CreatePromotion offer;
  offer.centre = market.centre;
  offer.name = "Odd";
  auto why = [&] { return refusal([&] { market.host().run(offer); }); };
  offer.basis_points = 10'001;
  check(why(), above_whole);
  offer.basis_points = -1;
  check(why(), no_percentage);
  offer.basis_points.reset();
  offer.amount = uah(0);
  check(why(), no_amount);
  offer.amount = uah(100);
  offer.valid_from = market.desk.clock.now();
  offer.valid_to = market.desk.clock.now();
  check(why(), backwards);
  offer.valid_to.reset();
  offer.from_minute = 600;
  offer.to_minute = 599;
  check(why(), {"window_backwards", "to_minute", "It ends before it begins."});
  CHECK(market.host().run(pricing::Promotions{}).items.empty());

  pricing::CreateTier tier;
  tier.name = "Odd";
  tier.level = 1;
  tier.metric = pricing::TierMetric::tickets;
  tier.basis_points = 10'001;
  check(refusal([&] { market.host().run(tier); }), above_whole);
  tier.basis_points = -1;
  check(refusal([&] { market.host().run(tier); }),
        {"reduction_negative", "basis_points", "A discount cannot be below zero."});
  CHECK(market.host().run(pricing::Tiers{}).tiers.empty());
}

TEST_CASE("an empty list of targets is for nothing, whichever list it is", "[D3]") {
  Market market;
  auto olena = market.customer();
  using enum CouponFor;
  const std::pair<CouponFor, const char*> kinds[] = {{activities, "ONE"},
                                                     {categories, "TWO"},
                                                     {centres, "THREE"},
                                                     {sessions, "FOUR"},
                                                     {plans, "FIVE"}};
  for (const auto& [kind, own_code] : kinds) {
    const std::string code = own_code;  // Clang 14 lets no lambda take a binding
    auto request = market.coupon(1'000, code);
    request.applies_to = kind;
    market.make(request);
    const Expected expected{"coupon_without_targets", "coupons[0]",
                            "This coupon is not for anything yet.", Code::conflict};
    check(refusal([&] { market.quote({code}); }), expected);
    check(refusal([&] { olena.caller.run(market.wish_with({code})); }), expected);
  }
  CHECK(market.balance(olena.client) == 100'000);
  CHECK(market.free(market.show) == 10);
}

TEST_CASE("codes that differ only in case, or look alike, are one code", "[D3]") {
  Market market;
  market.make(market.coupon(1'000, "Solo-10"));
  auto why = [&](const std::string& code) {
    return refusal([&] { market.make(market.coupon(2'000, code)); });
  };
  for (const char* code : {"solo-10", "SOLO 10", "s-o-l-o-1-0"}) {
    check(why(code),
          {"coupon_code_taken", "code", "Another coupon has this code.", Code::conflict});
  }
  // Zero for O, a capital i for one, the Cyrillic о and с.
  for (const char* code : {"S0LO-10", "SOLO-I0", "SOLO-1O", "SОLО-10"}) {
    check(why(code), {"coupon_code_looks_alike", "code",
                      "Another coupon has a code that looks like this one.", Code::conflict});
  }
  for (const char* code : {"50%", "А?", "- -", "日本"}) {
    check(why(code),
          {"coupon_code_malformed", "code", "A code is made of letters, digits and dashes."});
  }
  CHECK(market.host().run(pricing::Coupons{}).items.size() == 1);
}

TEST_CASE("what stands alone is not stacked", "[D3][D6]") {
  Market market;
  auto olena = market.customer();
  market.make(market.coupon(1'000, "ALONE"));
  auto other = market.coupon(1'000, "WITH");
  other.combinable = true;
  market.make(other);
  const Expected expected{"coupon_not_combinable", "coupons[0]",
                          "This coupon cannot be used together with another.", Code::conflict};
  check(refusal([&] { olena.caller.run(market.wish_with({"ALONE", "WITH"})); }), expected);
  CHECK(market.balance(olena.client) == 100'000);
  auto many = market.coupon(1'000);
  many.code.reset();
  many.combinable = true;
  const CouponId id = market.make(many);
  market.host().run(pricing::MakeCouponCodes{.coupon = id, .count = 2, .prefix = "GIFT"});
  const auto codes = market.host().run(pricing::CouponCodes{.coupon = id}).items;
  check(refusal([&] { market.quote({codes.at(0).code, codes.at(1).code}); }),
        {"coupon_twice", "coupons[1]", "This coupon is named twice."});

  for (const char* name : {"First", "Second"}) {
    pricing::CreatePromotion offer;
    offer.centre = market.centre;
    offer.name = name;
    offer.basis_points = 2'000;
    offer.exclusive = true;
    market.host().run(offer);
  }
  const pricing::Quote quote = market.quote();
  CHECK(quote.total == uah(8'000));
  REQUIRE(quote.not_applied.size() == 1);
  CHECK(quote.not_applied[0].name == "Second");
  CHECK(quote.not_applied[0].why == "better_taken");
}

TEST_CASE("a coupon for what costs nothing is not used up", "[D3]") {
  Market market;
  auto olena = market.customer();
  const CouponId id = market.make(market.coupon_of(5'000));
  market.show = market.session(at(2026, 3, 4, 18), 10, 0);
  const pricing::Quote quote = market.quote({"SPRING"}, 2);
  CHECK(quote.total == uah(0));
  REQUIRE(quote.not_applied.size() == 1);
  CHECK(quote.not_applied[0].why == "nothing_left");
  bookings::Book wish = market.wish_with({"SPRING"});
  wish.payments.clear();
  olena.caller.run(wish);
  CHECK(market.get(id).uses == 0);
  CHECK(market.problems().empty());
}

TEST_CASE("what a hold reserves of a budget or a code is not given to others", "[D2][D3]") {
  Market market;
  auto olena = market.customer();
  auto petro = market.customer("Petro");
  auto hold_with = [&](const std::string& code) {
    seating::Hold hold;
    hold.session = market.show;
    hold.choice.count = 1;
    auto held = olena.caller.run(hold);
    return olena.caller.run(
        pricing::FixQuote{.token = held.token, .places = {}, .coupons = {code}});
  };
  SECTION("a budget") {
    auto request = market.coupon(5'000);
    request.budget = uah(8'000);
    request.uses_per_client = 0;
    market.make(request);
    CHECK(hold_with("SPRING").total == uah(5'000));
    CHECK(market.quote({"SPRING"}).total == uah(7'000));
    petro.caller.run(market.wish_with({"SPRING"}));
    check(refusal([&] { market.quote({"SPRING"}); }),
          {"coupon_budget_spent", "coupons[0]",
           "Everything this coupon had to give has been given.", Code::conflict});
  }
  SECTION("a code for one use") {
    auto request = market.coupon();
    request.code.reset();
    const CouponId id = market.make(request);
    market.host().run(pricing::MakeCouponCodes{.coupon = id, .count = 2, .prefix = "GIFT"});
    const auto codes = market.host().run(pricing::CouponCodes{.coupon = id}).items;
    hold_with(codes.at(0).code);
    check(refusal([&] { petro.caller.run(market.wish_with({codes.at(0).code})); }),
          {"coupon_used_up", "coupons[0]", "This coupon has been used up.", Code::conflict});
    petro.caller.run(market.wish_with({codes.at(1).code}));
  }
  CHECK(market.problems().empty());
}

TEST_CASE("an amount off counts only where its currency is the centre's", "[D6][D3]") {
  Market market;
  pricing::CreatePromotion offer;
  offer.name = "Five euros";
  offer.amount = Money{500, Currency("EUR")};
  market.host().run(offer);
  CHECK(market.quote().total == uah(10'000));
  auto coupon = market.coupon(1'000);
  coupon.centre = {};
  coupon.cap = Money{500, Currency("EUR")};
  market.make(coupon);
  check(refusal([&] { market.quote({"SPRING"}); }),
        {"coupon_currency_differs", "coupons[0]", "This coupon is for purchases in EUR.",
         Code::conflict});
}
