/// Records that others refer to.
#pragma once

#include "storage/rows.hpp"

namespace frontdesk::storage {

/// The record that `tail` finds, which is there: another refers to it, or it was just written.
/// Where the file lost it, `storage`/file_damaged.
template <Described T, class... Arguments>
T referred(Transaction& transaction, std::string_view tail, const Arguments&... arguments) {
  std::optional<T> record = find<T>(transaction, tail, arguments...);
  if (!record) throw Error(Code::storage, "file_damaged");
  return *std::move(record);
}

}  // namespace frontdesk::storage
