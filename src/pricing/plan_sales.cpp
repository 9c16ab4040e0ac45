/// Coupons when a plan is bought (SPEC D3).
#include "money/amounts.hpp"
#include "plans/selling.hpp"
#include "pricing/lists.hpp"
#include "pricing/offers.hpp"

namespace frontdesk::pricing {
namespace {

/// The sale as a quote of one line.
Quote quote_of(Transaction& transaction, const plans::PlanSale& sale) {
  Quote quote;
  QuoteLine& line = quote.lines.emplace_back();
  line.price = sale.plan.terms.price;
  const Purchase purchase{
      .centre = sale.plan.centre, .plan = sale.plan.id, .price = line.price, .payer = sale.owner};
  Offers offers;
  const std::string codes[] = {sale.coupon};
  offers.coupons = coupons_for(transaction, codes, purchase, "coupon");
  take_off(quote, offers, money::rounding_of(transaction, sale.plan.centre));
  return quote;
}

void reduce_plan(Transaction& transaction, void* sale_told) {
  auto& sale = *static_cast<plans::PlanSale*>(sale_told);
  if (sale.coupon.empty()) return;
  const Quote quote = quote_of(transaction, sale);
  for (const Discount& discount : quote.lines.front().discounts) {
    sale.discount = money::plus(sale.discount, discount.amount);
  }
  sale.discounts = explained(quote.lines.front());
}

void plan_sold(Transaction& transaction, const void* sale_told) {
  const auto& sale = *static_cast<const plans::PlanSale*>(sale_told);
  if (sale.coupon.empty()) return;
  redeem(transaction, quote_of(transaction, sale),
         {.order = sale.order, .payer = sale.owner, .centre = sale.plan.centre});
}

}  // namespace

namespace lists {

constinit const storage::Reduction reduce_plans{"plans.sell", reduce_plan, plan_sold};

}  // namespace lists
}  // namespace frontdesk::pricing
