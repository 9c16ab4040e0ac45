/// Cancellation policies for tests.
#pragma once

#include "bookings_support.hpp"

namespace frontdesk::testing {

inline constexpr Duration hour{3600};

inline bookings::SetPolicy policy(const House& house, Duration free_before) {
  bookings::SetPolicy request;
  request.centre = house.centre;
  request.free_before = free_before;
  return request;
}

inline bookings::Cancelled cancel(const Caller& caller, BookingId booking) {
  return caller.run(bookings::Cancel{.booking = booking});
}

}  // namespace frontdesk::testing
