/// What may be taken off a purchase, found and ready to be worked out (SPEC D3 to D6).
#pragma once

#include "base/money.hpp"
#include "pricing/quotes.hpp"
#include "pricing/sheets.hpp"

#include <limits>

namespace frontdesk::pricing {

/// A coupon that holds for the purchase.
struct CouponOffer {
  CouponId id{};
  std::string name{};
  std::string code_key{};
  std::optional<std::int64_t> basis_points{};
  std::int64_t amount = 0;  ///< of the whole purchase, where there is no percentage
  std::int64_t most = std::numeric_limits<std::int64_t>::max();  ///< by its cap and its budget
  bool combinable = false;
};

/// What the payer's tier gives.
struct TierOffer {
  TierId id{};
  std::string name{};
  std::int64_t basis_points = 0;
  std::int64_t free_tickets = 0;  ///< left this month
};

/// All that may be taken off, by lanes.
struct Offers {
  std::vector<CouponOffer> coupons{};  ///< in the order they count
  /// Those whose conditions on the whole purchase are met, the oldest first. They belong to a
  /// sheet.
  std::vector<const SheetPromotion*> promotions{};
  /// Beside each line: which of the payer's children in the booking it is for; 0: none of them.
  std::vector<std::int64_t> children{};
  std::optional<TierOffer> tier{};
  /// Promotions that were tried and whose conditions are not met, and why.
  std::vector<std::pair<const SheetPromotion*, std::string_view>> not_met{};

  bool empty() const { return coupons.empty() && promotions.empty() && !tier && not_met.empty(); }
};

/// What is bought, as coupons look at it.
struct Purchase {
  CentreId centre{};
  ActivityId activity{};
  std::span<const CategoryId> categories{};  ///< of the activity, with those above them
  SessionId session{};
  PlanId plan{};
  Money price{};  ///< of the whole, before discounts and fees
  ClientId payer{};
  HoldId hold{};  ///< whose reservations are there for this purchase
};

/// The coupons behind the codes, or the first refusal by the order of SPEC D3. Paths are
/// `coupons[i]`, or `field` alone where one is named.
std::vector<CouponOffer> coupons_for(Transaction& transaction, std::span<const std::string> codes,
                                     const Purchase& purchase, std::string_view field = {});
/// The coupons of an order for lines that are priced anew: each gives at most what it took off
/// them, whatever became of it since.
std::vector<CouponOffer> coupons_of_order(Transaction& transaction, OrderId order,
                                          std::span<const OrderLineId> lines,
                                          const Purchase& purchase);

/// Finds the promotions of the sheet that the purchase meets: offers.promotions, children, not_met.
void find_promotions(Transaction& transaction, const Sheet& sheet, CentreId centre,
                     std::span<const Wanted> wanted, const Buyer& buyer, Offers& offers);
/// What the payer's tier gives now; none where it gives nothing off.
std::optional<TierOffer> tier_offer(Transaction& transaction, const CentreSheet& centre,
                                    const Buyer& buyer);

/// What a promotion takes off each of the amounts that are left. Pure.
std::vector<std::int64_t> taken_off(const SheetPromotion& promotion,
                                    std::span<const QuoteLine> lines,
                                    std::span<const std::int64_t> children,
                                    std::span<const std::int64_t> left, money::Rounding rounding);

/// What a coupon takes off each of the amounts that are left; sums to what it takes off the whole.
/// Pure.
std::vector<std::int64_t> taken_off(const CouponOffer& coupon, std::span<const std::int64_t> left,
                                    money::Rounding rounding);

/// Takes everything off the lines of a quote that have their prices. Pure.
void take_off(Quote& quote, const Offers& offers, money::Rounding rounding);

}  // namespace frontdesk::pricing
