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

}  // namespace frontdesk::money
