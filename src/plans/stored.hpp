/// Subscriptions as they stand in the file.
#pragma once

#include "plans/subscriptions.hpp"

namespace frontdesk::plans {

/// First and last day, and the moments they mean, are known together or not at all: a row that has
/// some of them only is damage.
void check_days(const Stored& stored);

template <class... Arguments>
std::vector<Stored> stored_subscriptions(Transaction& transaction, std::string_view tail,
                                         const Arguments&... arguments) {
  std::vector<Stored> found = storage::all<Stored>(transaction, tail, arguments...);
  for (const Stored& stored : found) check_days(stored);
  return found;
}

}  // namespace frontdesk::plans
