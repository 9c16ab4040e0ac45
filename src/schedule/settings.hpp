/// Settings of the timetable.
#pragma once

#include <frontdesk/schedule.hpp>

#include "storage/settings.hpp"

namespace frontdesk::schedule {

/// Weeks ahead that sessions of a series exist (SPEC S3).
extern const storage::Setting horizon_weeks;
/// Sessions that a series may have up to its horizon.
extern const storage::Setting sessions_max;
/// Whether trainers create, move and resize the sessions that they alone lead (SPEC S16).
extern const storage::Setting trainers_manage;

}  // namespace frontdesk::schedule
