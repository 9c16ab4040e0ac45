/// Settings of money.
#pragma once

#include <frontdesk/money.hpp>

#include "storage/settings.hpp"

namespace frontdesk::money {

/// Whether halves of a minor unit go to the even neighbour (SPEC D8); see rounding_of.
extern const storage::Setting round_half_even;
/// Whether cash comes and goes only within an open shift (SPEC M7).
extern const storage::Setting cash_needs_shift;
/// Whether a client's balances at all centres of one currency count together (SPEC M2, M8).
extern const storage::Setting shared_balance;
/// Whether payments settle what the payer owes for older orders first (SPEC B4).
extern const storage::Setting debts_first;
/// Hours that a payment which came too late waits before it goes back by itself (SPEC M4).
extern const storage::Setting late_payment_hours;
/// Years that buyers' data on invoices outlive their erasure (SPEC P9, M6).
extern const storage::Setting invoice_years;
/// Days after which guests without account are forgotten (SPEC P9).
extern const storage::Setting guest_days;
/// Whether payments and refunds get fiscal receipts (SPEC M6).
extern const storage::Setting fiscal_receipts;
extern const storage::Setting receipt_attempts_max;
extern const storage::Setting receipt_retry_seconds;
extern const storage::Setting receipt_lease_seconds;

}  // namespace frontdesk::money
