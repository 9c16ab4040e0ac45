#include "pricing/lists.hpp"

#include "pricing/settings.hpp"

namespace frontdesk::pricing {

constinit const storage::Setting points_enabled{
    "pricing.points_enabled",
    "1 if what is paid for tickets earns points, and points pay.",
    0,
    0,
    1,
    true};
constinit const storage::Setting points_per_unit{
    "pricing.points_per_unit", "Points earned by a unit of currency.", 10, 0, 100'000, true};
constinit const storage::Setting points_to_pay_unit{"pricing.points_to_pay_unit",
                                                    "Points that pay for a unit of currency.",
                                                    1'000,
                                                    1,
                                                    1'000'000,
                                                    true};
constinit const storage::Setting points_days{
    "pricing.points_days", "Days that points can be spent; 0: for ever.", 365, 0, 36'500, true};
constinit const storage::Setting gift_card_days{"pricing.gift_card_days",
                                                "Days that a gift card can be spent; 0: for ever.",
                                                365,
                                                0,
                                                36'500,
                                                true};

namespace {

void check_currency(storage::Transaction& transaction, std::int64_t centre) {
  const bool is_priced = transaction.exists(
      "SELECT 1 FROM prices WHERE centre = $1 AND ended_at IS NULL UNION ALL"
      " SELECT 1 FROM price_rules WHERE centre = $1 AND ended_at IS NULL AND amount IS NOT NULL"
      " UNION ALL SELECT 1 FROM fees WHERE centre = $1 AND ended_at IS NULL"
      " AND amount IS NOT NULL UNION ALL"
      " SELECT 1 FROM coupons WHERE centre = $1 AND active = 1"
      " AND coalesce(amount, cap, minimum, budget) IS NOT NULL UNION ALL"
      " SELECT 1 FROM promotions WHERE centre = $1 AND ended_at IS NULL AND amount IS NOT NULL"
      " UNION ALL"
      " SELECT 1 FROM sessions WHERE centre = $1 AND status = 0 AND price IS NOT NULL UNION ALL"
      " SELECT 1 FROM series WHERE centre = $1 AND ended_at IS NULL AND price IS NOT NULL LIMIT 1",
      centre);
  if (is_priced) throw Error(Code::conflict, "prices_in_currency", "currency");
}

}  // namespace

namespace lists {

constinit const storage::Veto keep_currency{"catalog.change_currency", check_currency};

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &AskQuote::operation,
      &FixQuote::operation,
      &SetPrice::operation,
      &Prices::operation,
      &EndPrice::operation,
      &CreateRule::operation,
      &UpdateRule::operation,
      &EndRule::operation,
      &Rules::operation,
      &CreateFee::operation,
      &UpdateFee::operation,
      &EndFee::operation,
      &Fees::operation,
      &SetTaxRate::operation,
      &EndTaxRate::operation,
      &TaxRates::operation,
      &CreateCoupon::operation,
      &UpdateCoupon::operation,
      &GetCoupon::operation,
      &Coupons::operation,
      &MakeCouponCodes::operation,
      &CouponCodes::operation,
      &CouponUses::operation,
      &CreatePromotion::operation,
      &EndPromotion::operation,
      &Promotions::operation,
      &CreateTier::operation,
      &ApplyTierPreset::operation,
      &EndTier::operation,
      &Tiers::operation,
      &GetClientTier::operation,
      &SetClientTier::operation,
      &TierHistory::operation,
      &GetPoints::operation,
      &PointEntries::operation,
      &AdjustPoints::operation,
      &SellGiftCard::operation,
      &GetGiftCard::operation,
      &GiftCards::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {
      &PricesChanged::kind, &CouponChanged::kind, &CouponUsed::kind,
      &TierReached::kind,   &PointsChanged::kind, &GiftCardChanged::kind};
  return list;
}

std::span<const storage::Setting* const> settings() {
  static constexpr const storage::Setting* list[] = {
      &points_enabled, &points_per_unit, &points_to_pay_unit, &points_days, &gift_card_days};
  return list;
}

}  // namespace lists
}  // namespace frontdesk::pricing
