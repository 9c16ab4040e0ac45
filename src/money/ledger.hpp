/// The ledger: movements between accounts, which sum to zero (SPEC M1). Entries and postings are
/// only ever added, and only here.
#pragma once

#include <frontdesk/money_ledger.hpp>

#include "base/money.hpp"
#include "storage/rows.hpp"

namespace frontdesk::money {

using storage::Transaction;

/// One side of a movement, in minor units of the centre's currency; debit is above zero.
struct Leg {
  AccountKind account = AccountKind::till;
  std::int64_t amount = 0;
  ClientId client{};  ///< of a balance only
};

/// What a movement is about. Whose balance it moves follows from its legs.
struct Movement {
  EntryKind kind = EntryKind::sale;
  CentreId centre{};
  OrderId order{};
  PaymentId payment{};
  std::string memo{};
  std::int64_t units = 0;  ///< tickets sold, or below zero, cancelled: what visits are counted by
  LedgerEntryId reverses{};
};

/// Posts a movement; legs of 0 are left out, and where nothing is left, nothing is posted. A
/// defect where they do not sum to zero. Who takes from a client's balance checks it before.
LedgerEntryId post(Transaction& transaction, const Movement& movement, std::span<const Leg> legs);

/// The sum of an account, debit above zero; 0 where there is none.
std::int64_t account_balance(Transaction& transaction, CentreId centre, AccountKind kind,
                             ClientId client = {});

/// No movement or price is larger, so that sums of many stay countable.
inline constexpr std::int64_t amount_highest = 1'000'000'000'000'000;

/// The currency of a centre. Error{not_found, "centre_not_found"}.
Currency currency_of(Transaction& transaction, CentreId centre);
/// Error{invalid, "currency_differs"} for an amount in another currency than the centre's, and
/// Error{invalid, "amount_too_large"}.
void check_amount(Transaction& transaction, CentreId centre, const Money& amount,
                  std::string_view field);
/// The same, and Error{invalid, "amount_not_positive"} unless it is above zero.
void check_positive(Transaction& transaction, CentreId centre, const Money& amount,
                    std::string_view field);
/// The same, and Error{invalid, "amount_negative"} below zero.
void check_not_negative(Transaction& transaction, CentreId centre, const Money& amount,
                        std::string_view field);
/// The same, where the centre's currency is known already.
void check_not_negative(const Currency& currency, const Money& amount, std::string_view field);

/// The first entry at that moment or later, or one beyond the last: a period is a range of ids.
std::int64_t first_entry_at(Transaction& transaction, Instant at);

}  // namespace frontdesk::money
