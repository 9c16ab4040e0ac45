// What holds whatever coupons, promotions and tiers there are: the pure part of quotes against
// random offers (SPEC D3 to D6).
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "describe/json.hpp"
#include "pricing/working_out.hpp"
#include "pricing_support.hpp"

#include <memory>

using namespace frontdesk;
using namespace frontdesk::pricing;

namespace {

/// A sheet with promotions, and offers that refer to them.
struct Stall {
  Sheet sheet{};
  std::vector<Wanted> places{};
  Situation now{};
  Offers offers{};

  Quote quote() const { return work_out(sheet, SessionId{1}, places, now, offers); }
};

SheetPromotion random_promotion(std::int64_t id) {
  SheetPromotion promotion;
  promotion.id = PromotionId{id};
  promotion.name = "Promotion " + std::to_string(id);
  promotion.exclusive = *rc::gen::inRange(0, 2) == 0;
  if (*rc::gen::inRange(0, 3) == 0) promotion.ticket_types = {TicketTypeId{1}};
  if (*rc::gen::inRange(0, 4) == 0) promotion.child_from = *rc::gen::inRange(1, 3);
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      promotion.basis_points = *rc::gen::inRange<std::int64_t>(1, 10'001);
      break;
    case 1:
      promotion.amount = *rc::gen::inRange<std::int64_t>(1, 20'000);
      break;
    default:
      promotion.buy = *rc::gen::inRange<std::int64_t>(2, 5);
      promotion.pay = *rc::gen::inRange<std::int64_t>(0, promotion.buy);
  }
  return promotion;
}

CouponOffer random_coupon(std::int64_t id) {
  CouponOffer coupon;
  coupon.id = CouponId{id};
  coupon.name = "Coupon " + std::to_string(id);
  coupon.combinable = *rc::gen::inRange(0, 4) != 0;
  if (*rc::gen::inRange(0, 2) == 0) {
    coupon.basis_points = *rc::gen::inRange<std::int64_t>(1, 10'001);
  } else {
    coupon.amount = *rc::gen::inRange<std::int64_t>(1, 60'000);
  }
  if (*rc::gen::inRange(0, 3) == 0) coupon.most = *rc::gen::inRange<std::int64_t>(0, 20'000);
  return coupon;
}

/// Filled in place: the offers point into the sheet.
void fill(Stall& stall) {
  auto centre = std::make_shared<CentreSheet>();
  centre->zone = "Europe/Kyiv";
  centre->currency = Currency("UAH");
  stall.sheet.centre = centre;
  stall.sheet.activity_name = "Film";
  stall.sheet.prices.push_back({TicketTypeId{1}, "", testing::uah(*rc::gen::inRange(0, 30'000))});
  stall.sheet.prices.push_back({{}, "", testing::uah(*rc::gen::inRange(0, 30'000))});
  stall.places.resize(static_cast<std::size_t>(*rc::gen::inRange(1, 9)));
  for (Wanted& place : stall.places) place.ticket_type = TicketTypeId{*rc::gen::inRange(0, 2)};
  stall.now.rounding =
      *rc::gen::inRange(0, 2) == 0 ? money::Rounding::half_up : money::Rounding::half_even;
  if (*rc::gen::inRange(0, 2) == 0) {
    TaxRate rate;
    rate.basis_points = 2'000;
    rate.included = *rc::gen::inRange(0, 2) == 0;
    rate.first_date = testing::on(1970, 1, 1);
    stall.sheet.taxes.push_back(rate);
    stall.now.today = testing::on(2026, 3, 2);
  }
  const int coupons = *rc::gen::inRange(0, 3);
  for (int i = 1; i <= coupons; ++i) stall.offers.coupons.push_back(random_coupon(i));
  const int promotions = *rc::gen::inRange(0, 7);
  for (int i = 1; i <= promotions; ++i) stall.sheet.promotions.push_back(random_promotion(i));
  for (const auto& promotion : stall.sheet.promotions)
    stall.offers.promotions.push_back(&promotion);
  for (std::size_t i = 0; i < stall.places.size(); ++i) {
    stall.offers.children.push_back(*rc::gen::inRange(0, 3));
  }
  if (*rc::gen::inRange(0, 2) == 0) {
    stall.offers.tier = TierOffer{.id = TierId{1},
                                  .name = "Silver",
                                  .basis_points = *rc::gen::inRange<std::int64_t>(0, 10'001),
                                  .free_tickets = *rc::gen::inRange<std::int64_t>(0, 3)};
  }
}

std::int64_t discount_by(const Quote& quote, std::string_view kind) {
  std::int64_t sum = 0;
  for (const QuoteLine& line : quote.lines) {
    for (const Discount& discount : line.discounts) {
      if (discount.kind == kind) sum += discount.amount.minor;
    }
  }
  return sum;
}

std::string lines_of(const Quote& quote) { return describe::encode(quote.lines); }

}  // namespace

TEST_CASE("whatever is taken off, parts make the whole and no price is below zero",
          "[D2][D3][D4][D6]") {
  CHECK(rc::check([] {
    Stall stall;
    fill(stall);
    const Quote quote = stall.quote();
    RC_ASSERT(testing::sum_of_parts(quote) == quote.total.minor);
    for (const QuoteLine& line : quote.lines) {
      RC_ASSERT(line.total.minor >= 0);
      std::int64_t left = line.price.minor;
      for (const Discount& discount : line.discounts) {
        RC_ASSERT(discount.amount.minor > 0);
        RC_ASSERT(discount.base.minor == left);  // each on what the one before left
        left -= discount.amount.minor;
        RC_ASSERT(left >= 0);
      }
    }
  }));
}

TEST_CASE("lanes come in order: coupons, promotions, free tickets, tier", "[D6]") {
  CHECK(rc::check([] {
    Stall stall;
    fill(stall);
    for (const QuoteLine& line : stall.quote().lines) {
      int before = 0;
      for (const Discount& discount : line.discounts) {
        const int lane = discount.kind == "coupon"        ? 1
                         : discount.kind == "promotion"   ? 2
                         : discount.kind == "free_ticket" ? 3
                                                          : 4;
        RC_ASSERT(lane >= before);
        before = lane;
      }
    }
  }));
}

TEST_CASE("a coupon takes off no more than its cap, and split it sums to the whole", "[D3][D8]") {
  CHECK(rc::check([] {
    const CouponOffer coupon = random_coupon(1);
    std::vector<std::int64_t> left(static_cast<std::size_t>(*rc::gen::inRange(1, 9)));
    std::int64_t whole = 0;
    for (auto& each : left) whole += each = *rc::gen::inRange<std::int64_t>(0, 20'000);
    const auto parts = taken_off(coupon, left, money::Rounding::half_up);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      RC_ASSERT(parts[i] >= 0);
      RC_ASSERT(parts[i] <= left[i]);
      sum += parts[i];
    }
    RC_ASSERT(sum <= coupon.most);
    if (!coupon.basis_points) {
      RC_ASSERT(sum == std::min({coupon.amount, whole, coupon.most}));
    }
  }));
}

TEST_CASE("a promotion that is for nothing here changes no line", "[D6]") {
  CHECK(rc::check([] {
    Stall stall;
    fill(stall);
    const std::string before = lines_of(stall.quote());
    SheetPromotion idle = random_promotion(99);
    idle.ticket_types = {TicketTypeId{77}};
    stall.offers.promotions.push_back(&idle);
    RC_ASSERT(lines_of(stall.quote()) == before);
  }));
}

TEST_CASE("no single promotion would have given more than what was taken", "[D6]") {
  CHECK(rc::check([] {
    Stall stall;
    fill(stall);
    stall.offers.tier.reset();
    const std::int64_t taken = discount_by(stall.quote(), "promotion");
    for (const SheetPromotion& promotion : stall.sheet.promotions) {
      Stall other;
      other.sheet = stall.sheet;
      other.places = stall.places;
      other.now = stall.now;
      other.offers = stall.offers;
      other.offers.promotions = {&promotion};
      RC_ASSERT(discount_by(other.quote(), "promotion") <= taken);
    }
  }));
}

TEST_CASE("the same offers give the same quote", "[D2][D6]") {
  CHECK(rc::check([] {
    Stall stall;
    fill(stall);
    RC_ASSERT(describe::encode(stall.quote()) == describe::encode(stall.quote()));
  }));
}
