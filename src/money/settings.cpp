#include "money/settings.hpp"

#include "money/lists.hpp"

namespace frontdesk::money {

using storage::Setting;

constinit const Setting round_half_even{
    "money.round_half_even",
    "1 if halves of a minor unit go to the even neighbour, 0 if away from zero.",
    0,
    0,
    1,
    true};
constinit const Setting cash_needs_shift{
    "money.cash_needs_shift", "1 if cash comes and goes only within an open shift.", 1, 0, 1, true};
constinit const Setting shared_balance{
    "money.shared_balance",
    "1 if a client's balances at all centres of one currency count together.", 0, 0, 1};
constinit const Setting debts_first{
    "money.debts_first",
    "1 if what a payer pays settles their older debts too: by money.pay first, with a purchase"
    " after it.",
    0,
    0,
    1,
    true};
constinit const Setting late_payment_hours{
    "money.late_payment_hours",
    "Hours that a payment which came too late waits before it goes back by itself.",
    24,
    0,
    8760,
    true};
constinit const Setting invoice_years{
    "money.invoice_years",
    "Years that a buyer's data on invoices outlive their erasure.",
    7,
    0,
    30,
    true};
constinit const Setting guest_days{
    "money.guest_days",
    "Days after which names and addresses of guests without account go; 0: they stay.",
    366,
    0,
    36'600,
    true};
constinit const Setting fiscal_receipts{
    "money.fiscal_receipts", "1 if payments and refunds get fiscal receipts.", 0, 0, 1, true};
constinit const Setting receipt_attempts_max{
    "money.receipt_attempts_max", "How often a fiscal receipt is claimed before it is given up.", 8,
    1, 100};
constinit const Setting receipt_retry_seconds{
    "money.receipt_retry_seconds",
    "Wait before a receipt's second attempt; each later wait is twice as long.", 60, 1, 86'400};
constinit const Setting receipt_lease_seconds{
    "money.receipt_lease_seconds", "How long a claimed receipt is kept from other claims.", 120, 1,
    86'400};

namespace lists {

std::span<const Setting* const> settings() {
  static constexpr const Setting* list[] = {
      &round_half_even,       &cash_needs_shift,      &shared_balance,  &debts_first,
      &late_payment_hours,    &invoice_years,         &fiscal_receipts, &receipt_attempts_max,
      &receipt_retry_seconds, &receipt_lease_seconds, &guest_days,
  };
  return list;
}

}  // namespace lists
}  // namespace frontdesk::money
