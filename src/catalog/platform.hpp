/// What belongs to no centre.
#pragma once

#include <frontdesk/catalog.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::catalog {

/// For what is of the whole platform: whoever holds the operation's permission for some centres
/// only is refused as if they did not hold it, with Error{denied, "permission_denied"}.
inline void check_platform_wide(const storage::Transaction& transaction,
                                std::string_view permission) {
  if (transaction.reach().any) return;
  throw Error(Code::denied, "permission_denied", {}, {{"permission", std::string(permission)}});
}

}  // namespace frontdesk::catalog
