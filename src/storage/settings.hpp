/// Settings: every number of SPEC is one. An area declares its settings as constants; a centre may
/// have its own value.
#pragma once

#include <frontdesk/types.hpp>

#include <limits>

namespace frontdesk::storage {

class Transaction;

struct Setting {
  std::string_view name;  ///< `access.session_idle_seconds`
  std::string_view doc;
  std::int64_t standard;  ///< the default
  std::int64_t lowest = 0;
  std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  bool per_centre = false;
};

/// The value that holds: the centre's own, else the file's, else the default.
std::int64_t number(Transaction& transaction, const Setting& setting, CentreId centre = {});
inline bool enabled(Transaction& transaction, const Setting& setting, CentreId centre = {}) {
  return number(transaction, setting, centre) != 0;
}

}  // namespace frontdesk::storage
