/// Free places of tiers, as sales use them.
#pragma once

#include "pricing/quotes.hpp"

namespace frontdesk::pricing {

/// Notes the free places of a quote as used by the order, or reserved by the hold, in place of what
/// the hold had reserved.
void take_free_tickets(Transaction& transaction, const Quote& quote, const Sale& sale);
/// How many of the lines are free places.
std::int64_t free_tickets_in(Transaction& transaction, std::span<const OrderLineId> lines);

}  // namespace frontdesk::pricing
