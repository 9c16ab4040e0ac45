/// Who may act, and what ends a subscription.
#pragma once

#include "plans/lists.hpp"
#include "plans/subscriptions.hpp"

namespace frontdesk::plans {

/// Refuses who acts neither for the centre nor for the client (storage::missing of `kind`): staff
/// of one centre sell nothing of another.
void check_acts_at(Transaction& transaction, CentreId centre, ClientId client,
                   std::string_view kind);

/// Marks it cancelled and tells the world; bookings by it end. Its money was ended before.
void cancel(Transaction& transaction, Stored& stored, const std::optional<std::string>& reason);
/// Marks that nothing can be paid by it any more, or that it can again.
void close(Transaction& transaction, Stored& stored);
void reopen(Transaction& transaction, Stored& stored);

}  // namespace frontdesk::plans
