/// Whom the timetable asks who takes the places of its sessions.
#include "schedule/taken.hpp"

#include "bookings/lists.hpp"

namespace frontdesk::schedule {

const TakenPart& taken_part() { return bookings::lists::places_taken; }

}  // namespace frontdesk::schedule
