/// Lines of an order that others take the place of: a booking that moves, another seat.
#pragma once

#include "money/orders.hpp"

namespace frontdesk::money {

struct Exchanged {
  Order order{};
  Money refunded{};
};
/// Sells `fresh` in place of lines that end: what was paid for these pays for those. What is then
/// too much goes back, what is missing is owed. Refuses what add_lines refuses,
/// not_found/order_line_not_found and conflict/line_ended. The ids of the new lines are the last of
/// the order.
Exchanged exchange_lines(Transaction& transaction, OrderId id, std::span<const OrderLineId> ended,
                         std::span<const NewLine> fresh, RefundTo to, const std::string& reason);

}  // namespace frontdesk::money
