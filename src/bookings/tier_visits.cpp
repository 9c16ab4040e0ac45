/// Visits that count for the payer's tier (SPEC D4).
#include "base/zones.hpp"
#include "bookings/door.hpp"
#include "bookings/lists.hpp"
#include "pricing/tiers.hpp"
#include "schedule/stored.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

template <class Event>
void count(Transaction& transaction, const void* event) {
  const Stored booking = stored_booking(transaction, static_cast<const Event*>(event)->booking);
  const std::int64_t visits =
      std::count_if(booking.places.begin(), booking.places.end(),
                    [](const PlaceRow& place) { return place.status == BookingStatus::attended; });
  const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
  pricing::count_visits(transaction, booking.row.id, booking.row.centre, booking.row.payer,
                        zones::local_date(session.starts, session.zone), visits);
}

}  // namespace

namespace lists {

constinit const storage::Reaction tier_checked_in{"bookings.checked_in", count<VisitorsCheckedIn>};
constinit const storage::Reaction tier_undone{"bookings.check_in_undone", count<CheckInUndone>};
constinit const storage::Reaction tier_no_show{"bookings.no_show", count<NoShow>};

}  // namespace lists
}  // namespace frontdesk::bookings
