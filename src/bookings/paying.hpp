/// Bookings and their orders.
#pragma once

#include "bookings/bookings.hpp"
#include "money/orders.hpp"

namespace frontdesk::bookings {

/// The order of a booking that sells it these lines.
money::NewOrder order_for(const Row& row, std::vector<money::NewLine> lines);
/// The bookings that an order pays for.
std::vector<BookingId> bookings_of_order(Transaction& transaction, OrderId order);
/// Confirms a booking that waited for payment and tells so; false where it did not wait.
bool confirm_paid(Transaction& transaction, Stored& booking);
/// Ends a booking that was not paid in time: its places are free, what was paid goes back.
void expire(Transaction& transaction, Stored& booking);

}  // namespace frontdesk::bookings
