/// Weekly slots, for the files of this area (SPEC V11).
#pragma once

#include <frontdesk/bookings_slots.hpp>

#include "bookings/making.hpp"
#include "plans/subscriptions.hpp"

namespace frontdesk::bookings {

/// Slots of the subscription that have not ended.
std::vector<ClaimedSlot> open_slots(Transaction& transaction, SubscriptionId subscription);

/// Books what is to come and not booked yet, in order of time. Whoever gave a place back stays
/// away, unless a freeze ended it. Days outside of the term or in a freeze are passed over.
void fill(Transaction& transaction, const ClaimedSlot& slot, SlotsClaimed& told);
/// The same for all slots of a subscription; what could not be booked is told by events.
void fill_all(Transaction& transaction, SubscriptionId subscription);
/// Books one session of a slot; the refusal, if there is one.
std::optional<Error> book_in_slot(Transaction& transaction, const ClaimedSlot& slot,
                                  const schedule::Session& session, BookingId& booking);
/// Whether a subscription is not to pay on that day anyhow; nobody is told of that.
bool is_outside_term(const Error& refused);
/// Whether the attendee has a place in the session, or had one and gave it back or moved it.
bool knows_session(Transaction& transaction, ClientId attendee, SessionId session);
void tell_not_booked(Transaction& transaction, const ClaimedSlot& slot, SessionId session,
                     const std::string& reason);

/// Nothing is booked by it any more.
void end_slot(Transaction& transaction, ClaimedSlot& slot, const std::string& reason);
/// A lesson that a slot made for its attendee has nobody else: it is cancelled with its booking.
void cancel_own_lesson(Transaction& transaction, schedule::Session session, BookingId booking,
                       const std::string& reason);
/// Bookings to come that the slot made.
std::vector<BookingId> coming_bookings(Transaction& transaction, WeeklySlotId slot);

}  // namespace frontdesk::bookings
