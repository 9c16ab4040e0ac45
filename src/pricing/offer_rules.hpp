/// What coupons, promotions and tiers share: checks of what they take off, of their time, and whose
/// they are.
#pragma once

#include <frontdesk/pricing.hpp>

#include "base/money.hpp"
#include "storage/transaction.hpp"

namespace frontdesk::pricing {

using storage::Transaction;

/// Refuses both or neither of a percentage and an amount, more than the whole, and nothing:
/// invalid/rate_or_amount, invalid/reduction_above_whole, invalid/reduction_not_positive.
void check_reduction(const std::optional<std::int64_t>& basis_points,
                     const std::optional<Money>& amount);
/// Refuses an amount in another currency than the offer's others or its centre's, and one beyond
/// what can be counted with: invalid/currency_differs, invalid/amount_too_large.
void check_offer_currency(Transaction& transaction, CentreId centre, const Currency& currency,
                          const Money& amount, std::string_view field);
/// invalid/window_backwards.
void check_time(const std::optional<Instant>& from, const std::optional<Instant>& to,
                std::string_view field);

}  // namespace frontdesk::pricing
