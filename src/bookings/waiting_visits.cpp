/// Visits that secure the payment of those who wait (SPEC B8): reserved when they join, given back
/// where they wait in vain.
#include "bookings/visits.hpp"
#include "bookings/waiting.hpp"

namespace frontdesk::bookings {

void secure_visits(Transaction& transaction, const EntryRow& row, std::vector<WaitingPlace>& places,
                   const schedule::Session& session) {
  const std::string category = row.seat_category.value_or("");
  for (std::size_t i = 0; i < places.size(); ++i) {
    WaitingPlace& place = places[i];
    place.by_visit |= static_cast<bool>(place.subscription);
    if (!place.by_visit) continue;
    const plans::VisitAsked asked{.attendee = place.attendee,
                                  .session = session,
                                  .named = place.subscription,
                                  .ticket_type = place.ticket_type,
                                  .seat_category = category};
    const plans::Payable payable =
        payable_at(transaction, asked, "places[" + std::to_string(i) + "].");
    plans::reserve_visit(transaction, payable, session.id, row.id, place.attendee,
                         plans::day_of(session));
    place.subscription = payable.subscription;
  }
}

void release_visits(Transaction& transaction, const EntryRow& row, std::size_t promoted) {
  const std::vector<WaitingPlace> places = places_of(transaction, row.id);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const WaitingPlace& place = places[i];
    if (!place.by_visit || !place.subscription) continue;
    const plans::VisitNow now =
        plans::visit_now(transaction, place.subscription, row.id, place.attendee);
    if (now != plans::VisitNow::reserved) continue;
    plans::return_visit(transaction, place.subscription, row.id, place.attendee,
                        i < promoted ? plans::Cause::promoted : plans::Cause::not_promoted);
  }
}

}  // namespace frontdesk::bookings
