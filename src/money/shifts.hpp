/// Cash shifts, for the handlers of money.
#pragma once

#include <frontdesk/money_shifts.hpp>

#include "money/ledger.hpp"

namespace frontdesk::money {

/// The caller's open shift at the centre; none where there is none.
ShiftId own_open_shift(Transaction& transaction, CentreId centre);
/// The same for cash: none only where the centre needs no shifts, else conflict/no_open_shift.
ShiftId shift_for_cash(Transaction& transaction, CentreId centre);
bool is_open(Transaction& transaction, ShiftId shift);

/// The cash that is in the till of a shift.
std::int64_t cash_in_till(Transaction& transaction, ShiftId shift);
/// Refuses to take more cash out of the till of a shift than is in it: conflict/till_too_low
/// (details expected).
void check_cash(Transaction& transaction, ShiftId shift, CentreId centre, std::int64_t amount,
                std::string_view field = "amount");

}  // namespace frontdesk::money
