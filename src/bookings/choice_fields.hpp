/// Errors about places, told by the fields of bookings instead of those of a seating::PlaceChoice.
#pragma once

#include "bookings/bookings.hpp"

namespace frontdesk::bookings {

/// `choice.seats[2]` is `list[2].seat` for who names seats place by place, and what concerns
/// several of them is at `list`.
Error by_own_fields(const Error& error, std::string_view list);

/// Runs what takes places for a booking.
template <class Take>
auto taken_by_own_fields(std::string_view list, const Take& take) {
  try {
    return take();
  } catch (const Error& error) {
    throw by_own_fields(error, list);
  }
}

}  // namespace frontdesk::bookings
