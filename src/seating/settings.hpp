/// Settings of seats and holds.
#pragma once

#include <frontdesk/seating.hpp>

#include "storage/settings.hpp"

namespace frontdesk::seating {

/// What becomes of a choice that leaves a single seat (SPEC H6): values of `single_seat_rule`.
enum class SingleSeatRule : unsigned char { off, lenient, strict };

namespace setting {

extern const storage::Setting hold_minutes;
extern const storage::Setting hold_minutes_max;
extern const storage::Setting hold_places_max;
extern const storage::Setting holds_per_origin;
extern const storage::Setting single_seat_rule;
extern const storage::Setting single_seat_tolerance_percent;

}  // namespace setting
}  // namespace frontdesk::seating
