/// Until when bookings must be paid, as it stands in the file.
#pragma once

#include "bookings/bookings.hpp"

namespace frontdesk::bookings {

/// What waits for its payment has a moment until when, and so has what the tick is to look at: a
/// row without it is damage.
void check_deadline(const Row& row);

}  // namespace frontdesk::bookings
