/// Coupons as records.
#pragma once

#include <frontdesk/pricing_coupons.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::pricing {

using storage::Transaction;

/// The coupon within the caller's reach, at the expected version; else missing or
/// conflict/version_outdated.
Coupon reachable_coupon(Transaction& transaction, CouponId id,
                        const std::optional<std::int64_t>& version);

/// The currency of a coupon's amounts; empty where it has none.
Currency currency_of(const Coupon& coupon);

}  // namespace frontdesk::pricing
