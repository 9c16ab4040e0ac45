/// Trying something within an operation that goes on if it is refused: the next in line, the next
/// date of many.
#pragma once

#include "storage/transaction.hpp"

#include <functional>
#include <optional>

namespace frontdesk::storage {

/// Acts; what is refused is undone, its events too, and the refusal given back. What is no refusal
/// (a defect, a full disk) passes on and undoes the whole operation. No cursor of the transaction
/// may be open.
std::optional<Error> attempt(Transaction& transaction, const std::function<void()>& act);

}  // namespace frontdesk::storage
