/// Settings of the door: the numbers of SPEC B5 and B9. Each centre may have its own.
#pragma once

#include <frontdesk/bookings_door.hpp>

#include "storage/settings.hpp"

namespace frontdesk::bookings::setting {

extern const storage::Setting check_in_opens_seconds;
extern const storage::Setting roll_call_seconds;
extern const storage::Setting attendance_taken;
extern const storage::Setting strike_days;
extern const storage::Setting strikes_to_lock;

}  // namespace frontdesk::bookings::setting
