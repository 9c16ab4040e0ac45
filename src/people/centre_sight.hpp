/// Which centres' notes, tags and bars a caller may see (SPEC P8).
#pragma once

#include <frontdesk/people.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::people {

/// Centres in whose name the caller acts with a permission that reaches as far as `reach`: `any`,
/// or a list. Whoever sees only assigned clients acts for the centres they hold a role for.
storage::Reach centre_sight(storage::Transaction& transaction, const storage::Reach& reach);
/// Refuses a centre that is not in use or that the caller of this operation does not act for:
/// Error{not_found, "centre_not_found"}.
void check_acts_for(storage::Transaction& transaction, CentreId centre);

}  // namespace frontdesk::people
