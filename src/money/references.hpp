/// What people call an order by: its number, scrambled with the file's key. Short, without a column
/// or an index, and the next one cannot be guessed from the last.
#pragma once

#include <frontdesk/money.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::money {

/// Eight letters and digits, such as `K7Q2-M9XD`.
std::string reference_of(storage::Transaction& transaction, OrderId order);
/// The order of a reference, in either case, with or without the dash; none for anything else.
std::optional<OrderId> order_of_reference(storage::Transaction& transaction,
                                          std::string_view reference);

}  // namespace frontdesk::money
