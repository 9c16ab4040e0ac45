/// Guests without account (SPEC P9): what orders know of them goes in time.
#pragma once

#include "money/order_rows.hpp"

namespace frontdesk::money {

/// Up to when a guest of the centre must have bought to be forgotten now; nothing where guests are
/// kept.
std::optional<Instant> guests_forgotten_before(Transaction& transaction, CentreId centre);
/// Takes away what is known of the guest who bought: name, addresses, and what was written about
/// it. Buyers on invoices wait for the legal term. The amounts stay.
void forget_guest(Transaction& transaction, OrderId order);
/// Orders of guests with the address that no booking belongs to.
std::vector<OrderId> orders_of_guest(Transaction& transaction, CentreId centre,
                                     std::string_view email);
/// Buyers on an order's invoices go; where the legal term is not over yet, by then.
void let_buyers_go(Transaction& transaction, OrderId order);

}  // namespace frontdesk::money
