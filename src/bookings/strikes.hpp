/// Strikes against bookers whose visitors did not come (SPEC B9).
#pragma once

#include <frontdesk/bookings_door.hpp>

#include "bookings/bookings.hpp"

namespace frontdesk::bookings {

/// Whether a client may not book at the centre until their strikes are reset: as many strikes as
/// the setting says counted at the same time, and nobody forgave them since.
bool locked_by_strikes(Transaction& transaction, ClientId client, CentreId centre);

/// Brings the booking's strike in line with its places: one where somebody did not come, none where
/// nobody is missing. Strikes are for clients and ordinary bookings, and for centres that lock.
void settle_strike(Transaction& transaction, const Stored& booking);

}  // namespace frontdesk::bookings
