/// Ending places with what goes back for them (SPEC B6).
#pragma once

#include <frontdesk/bookings_changes.hpp>

#include "bookings/bookings.hpp"
#include "plans/visits.hpp"

namespace frontdesk::bookings {

/// How places end.
struct Ending {
  std::vector<std::int64_t> numbers{};  ///< empty: all that are still to come
  std::optional<std::string> reason{};
  money::RefundTo to = money::RefundTo::method;
  bool as_credit = false;
  bool in_full = false;    ///< everything that was paid goes back, whatever the policy says
  bool by_centre = false;  ///< it was not the client's wish
  BookingStatus to_status = BookingStatus::cancelled;
  plans::Cause visits_for = plans::Cause::client;  ///< why visits come back that do
};

/// Ends places of a booking and everything that hangs on them: claims, lines, units, credits;
/// stores it, writes the history and tells. conflict/place_not_found, and
/// conflict/already_cancelled or conflict/transition_not_allowed for a place that cannot end any
/// more; then nothing is changed.
Cancelled end_places(Transaction& transaction, Stored& booking, const schedule::Session& session,
                     const Ending& ending);

/// The booking of a guest by reference and address, or missing.
Stored guest_booking(Transaction& transaction, std::string_view reference, std::string_view email);

}  // namespace frontdesk::bookings
