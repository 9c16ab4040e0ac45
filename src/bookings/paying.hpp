/// Bookings and their orders.
#pragma once

#include "bookings/bookings.hpp"

namespace frontdesk::bookings {

/// The bookings that an order pays for.
std::vector<BookingId> bookings_of_order(Transaction& transaction, OrderId order);
/// Confirms a booking that waited for payment and tells so; false where it did not wait.
bool confirm_paid(Transaction& transaction, Stored& booking);
/// Ends a booking that was not paid in time: its places are free, what was paid goes back.
void expire(Transaction& transaction, Stored& booking);

}  // namespace frontdesk::bookings
