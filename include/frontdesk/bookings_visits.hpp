/// Visits of subscriptions that paid for places (SPEC B4, B6, V7). What a visit pays for is said
/// when it is booked; its ledger is `plans.visits`.
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

/// Gives a used visit back, by staff, with a reason: of somebody who attended, did not come or
/// cancelled too late.
struct ReturnVisit {
  using Result = Booking;
  static const Operation operation;

  PlaceId place{};
  std::string reason{};

  template <class Self = ReturnVisit>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("The place that the visit paid for."),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
