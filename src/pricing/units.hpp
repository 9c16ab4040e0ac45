/// Units of rules with a quantity: who has them, how many are left.
#pragma once

#include "pricing/quotes.hpp"
#include "pricing/sheets.hpp"

namespace frontdesk::pricing {

/// How many places of the session may still have each rule of the sheet, by its place there; 0
/// beside rules without quantity. Empty where no rule has one. What a hold has counts as left for
/// it.
std::vector<std::int64_t> units_left(Transaction& transaction, const Sheet& sheet,
                                     SessionId session, HoldId hold);
/// Puts down the units that a quote counts on as those of a hold, in place of those it had.
void reserve_units(Transaction& transaction, const Quote& quote, HoldId hold);

}  // namespace frontdesk::pricing
