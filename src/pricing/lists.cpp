#include "pricing/lists.hpp"

#include "pricing/settings.hpp"

namespace frontdesk::pricing {

constinit const storage::Setting round_half_even{
    "pricing.round_half_even",
    "1 if halves of a minor unit go to the even neighbour, 0 if away from zero.",
    0,
    0,
    1,
    true};

namespace {

void check_currency(storage::Transaction& transaction, std::int64_t centre) {
  const bool is_priced = transaction.exists(
      "SELECT 1 FROM prices WHERE centre = $1 AND ended_at IS NULL UNION ALL"
      " SELECT 1 FROM price_rules WHERE centre = $1 AND ended_at IS NULL AND amount IS NOT NULL"
      " UNION ALL SELECT 1 FROM fees WHERE centre = $1 AND ended_at IS NULL"
      " AND amount IS NOT NULL UNION ALL"
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
      &AskQuote::operation, &FixQuote::operation,   &SetPrice::operation,   &Prices::operation,
      &EndPrice::operation, &CreateRule::operation, &UpdateRule::operation, &EndRule::operation,
      &Rules::operation,    &CreateFee::operation,  &UpdateFee::operation,  &EndFee::operation,
      &Fees::operation,     &SetTaxRate::operation, &EndTaxRate::operation, &TaxRates::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {&PricesChanged::kind};
  return list;
}

std::span<const storage::Setting* const> settings() {
  static constexpr const storage::Setting* list[] = {&round_half_even};
  return list;
}

}  // namespace lists
}  // namespace frontdesk::pricing
