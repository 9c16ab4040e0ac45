/// What must always hold between places and the ledger of visits (SPEC V4, U6).
#include "bookings/lists.hpp"
#include "storage/rules.hpp"

namespace frontdesk::bookings {

using storage::Transaction;

namespace {

// Means 3 are visits; statuses 0 to 2 are to
// come, 3 and 4 over; session status 1 is completed.
constexpr storage::Rule rules[] = {
    {"booking ",
     "SELECT booking FROM places WHERE (paid_by = 3 AND status < 5 AND attendee IS NULL)"
     " OR (paid_by <> 3 AND subscription IS NOT NULL)",
     "a subscription pays for nobody, or for what is paid otherwise"},
    {"booking ",
     "SELECT places.booking FROM places JOIN sessions ON sessions.id = places.session"
     " WHERE places.subscription IS NOT NULL AND places.status < 3 AND sessions.status = 0"
     " AND 1 <> coalesce((SELECT sum(visits.reserved) FROM visits"
     " WHERE visits.subscription = places.subscription AND visits.booking = places.booking"
     " AND visits.attendee = places.attendee), 0)",
     "no visit is reserved for a place that one is to pay for"},
    {"booking ",
     "SELECT booking FROM places WHERE subscription IS NOT NULL AND status >= 3"
     " AND NOT EXISTS (SELECT 1 FROM places AS other WHERE other.session = places.session"
     " AND other.booking = places.booking AND other.attendee = places.attendee"
     " AND other.status < 3)"
     " AND 0 <> coalesce((SELECT sum(visits.reserved) FROM visits"
     " WHERE visits.subscription = places.subscription AND visits.booking = places.booking"
     " AND visits.attendee = places.attendee), 0)",
     "a visit is reserved for a place that is over or has ended"},
    {"booking ",
     "SELECT booking FROM (SELECT subscription, booking, attendee, sum(reserved) AS open"
     " FROM visits WHERE booking IS NOT NULL GROUP BY subscription, booking, attendee) AS lines"
     " WHERE open <> 0 AND EXISTS (SELECT 1 FROM bookings WHERE bookings.id = lines.booking)"
     " AND NOT EXISTS (SELECT 1 FROM bookings JOIN places ON places.session = bookings.session"
     " AND places.booking = bookings.id WHERE bookings.id = lines.booking"
     " AND places.attendee = lines.attendee AND places.subscription = lines.subscription"
     " AND places.status < 3)",
     "a visit is reserved for a place that it does not have"},
};

void check_visits(Transaction& transaction, std::vector<storage::Finding>& findings) {
  storage::check_rules(transaction, "visits", rules, findings);
}

}  // namespace

namespace lists {

constinit const storage::CheckPart check_visits_of_places{"visits", check_visits};

}  // namespace lists
}  // namespace frontdesk::bookings
