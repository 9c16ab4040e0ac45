/// What nearly every operation asks of a centre or an activity, remembered until the catalogue
/// changes.
#pragma once

#include <frontdesk/catalog.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::catalog {

struct CentreFacts {
  Currency currency{};
  std::string zone{};
  /// Active and not archived: everyone may see it.
  bool is_public = false;
};

/// Error{not_found, "centre_not_found"} where there is no such centre.
CentreFacts facts_of(storage::Transaction& transaction, CentreId centre);

struct ActivityFacts {
  std::optional<std::int64_t> youngest{};  ///< whole years
  std::optional<std::int64_t> oldest{};
};

/// Of an activity that there is.
ActivityFacts facts_of(storage::Transaction& transaction, ActivityId activity);

/// Whether everyone may see the centre; false where there is none.
bool is_public(storage::Transaction& transaction, CentreId centre);

}  // namespace frontdesk::catalog
