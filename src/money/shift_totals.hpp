/// Shifts as stored, and their totals.
#pragma once

#include "money/shifts.hpp"

namespace frontdesk::money {

/// A row of `shifts`; amounts in minor units.
struct ShiftRow {
  ShiftId id{};
  std::int64_t version = 1;
  CentreId centre{};
  std::string till{};
  std::string till_folded{};
  std::int64_t number = 0;
  std::int64_t holder = 0;  ///< the account that answers for it; 0: the host
  std::int64_t opened_with = 0;
  Instant opened_at{};
  std::optional<Instant> closed_at{};
  AccountId closed_by{};
  std::optional<std::int64_t> counted{};
  std::optional<std::int64_t> difference{};
  std::optional<std::string> note{};
  std::optional<ShiftTotals> z{};

  static Fields fields();
};

ShiftRow stored_shift(Transaction& transaction, ShiftId id);
void store(Transaction& transaction, ShiftRow& shift);
Shift told(Transaction& transaction, const ShiftRow& row);
/// Totals up to now, from payments, refunds and cash moves of the shift.
ShiftTotals totals_of(Transaction& transaction, const ShiftRow& shift);
/// Notes cash that came or went beside payments and refunds; `account` is the other side.
void move_cash(Transaction& transaction, ShiftId shift, std::int64_t amount, AccountKind account,
               const std::string& reason);

}  // namespace frontdesk::money
