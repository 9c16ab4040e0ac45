/// Many ids in one argument of a statement.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

namespace frontdesk::storage {

/// `[3,7]`, for json_each; of ids or of numbers.
template <class Range>
std::string id_list(const Range& ids) {
  std::string list = "[";
  for (const auto& id : ids) {
    if (list.size() > 1) list += ',';
    if constexpr (std::is_integral_v<std::decay_t<decltype(id)>>) {
      list += std::to_string(id);
    } else {
      list += std::to_string(id.value);
    }
  }
  return list + "]";
}

}  // namespace frontdesk::storage
