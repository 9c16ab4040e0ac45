/// Cancellation policies and make-up credits, for the handlers (SPEC B6).
#pragma once

#include <frontdesk/bookings_policies.hpp>

#include "bookings/bookings.hpp"

namespace frontdesk::bookings {

/// The policy that a booking of the session gets now: the nearest, or one without id that the
/// centre's setting makes.
CancellationPolicy policy_for(Transaction& transaction, const schedule::Session& session);
/// The policy that holds for a booking.
CancellationPolicy policy_of(Transaction& transaction, const Row& booking);
/// How much goes back to who cancels so long before the start, in basis points. Pure.
std::int64_t returned_basis_points(const CancellationPolicy& policy, Duration before);
/// How long before the start it is, by the clock of the booking: that of a session it was in before
/// where it moved (SPEC B7), or of the time from which the centre moved its session.
Duration before_start(Transaction& transaction, const Row& booking,
                      const schedule::Session& session);

/// Uses a credit for a place: not_found/credit_not_found (also another attendee's),
/// conflict/credit_used, expired/credit_expired, conflict/credit_not_for_session. `price` is what
/// the place would cost.
void use_credit(Transaction& transaction, CreditId credit, const PlaceRow& place,
                const schedule::Session& session, const Money& price, std::string_view field);
/// Whether the credit that pays for a place may pay for it in this session at this price:
/// expired/credit_expired, conflict/credit_not_for_session.
void check_credit(Transaction& transaction, const PlaceRow& place, const schedule::Session& session,
                  const Money& price, std::string_view field);
/// Makes a credit usable again that paid for a place; none where there is none.
CreditId return_credit(Transaction& transaction, const PlaceRow& place);
CreditId grant_credit(Transaction& transaction, const Row& booking, const PlaceRow& place,
                      const schedule::Session& session, const CancellationPolicy& policy,
                      const Money& value);

}  // namespace frontdesk::bookings
