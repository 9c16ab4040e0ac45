#include "pricing/offer_rules.hpp"

#include "catalog/currencies.hpp"
#include "pricing/records.hpp"

namespace frontdesk::pricing {

void check_reduction(const std::optional<std::int64_t>& basis_points,
                     const std::optional<Money>& amount) {
  check_change(basis_points, amount);
  if (!basis_points) return;
  if (*basis_points > money::basis_points_whole) {
    throw Error(Code::invalid, "reduction_above_whole", "basis_points");
  }
  if (*basis_points <= 0) throw Error(Code::invalid, "reduction_not_positive", "basis_points");
}

void check_offer_currency(Transaction& transaction, CentreId centre, const Currency& currency,
                          const Money& amount, std::string_view field) {
  if (!(amount.currency == currency)) {
    throw Error(Code::invalid, "currency_differs", field,
                {{"currency", std::string(currency.code())}});
  }
  if (centre) return check_amount(amount, catalog::stored_centre(transaction, centre), field);
  if (!catalog::known_currency(amount.currency.code())) {
    throw Error(Code::invalid, "currency_unknown", field,
                {{"currency", std::string(amount.currency.code())}});
  }
  if (amount.minor > amount_max) {
    throw Error(Code::invalid, "amount_too_large", field, {{"highest", amount_max}});
  }
}

void check_time(const std::optional<Instant>& from, const std::optional<Instant>& to,
                std::string_view field) {
  if (from && to && *to <= *from) throw Error(Code::invalid, "window_backwards", field);
}

}  // namespace frontdesk::pricing
