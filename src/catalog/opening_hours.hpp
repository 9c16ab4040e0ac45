/// Opening hours as a circle of one week.
#pragma once

#include <frontdesk/catalog.hpp>

namespace frontdesk::catalog {

/// Sorts the hours by weekday and time. Throws Error{invalid}: `opening_hours_order` where one
/// closes before it opens, `opening_hours_overlap` where one begins before another has ended, the
/// night from Sunday to Monday included.
void check_opening_hours(std::vector<OpeningHours>& hours);

}  // namespace frontdesk::catalog
