/// Settings of waiting lists and groups. Each centre may have its own.
#pragma once

#include <frontdesk/bookings_waiting.hpp>

#include "storage/settings.hpp"

namespace frontdesk::bookings::setting {

extern const storage::Setting offer_seconds;
extern const storage::Setting waiting_cut_off_seconds;
extern const storage::Setting group_members_owe;
extern const storage::Setting group_members_by_visit;

}  // namespace frontdesk::bookings::setting
