/// Activities, for the rest of the area and the areas above.
#pragma once

#include <frontdesk/catalog_activities.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::catalog {

/// The activity in whatever state, or storage::missing("activity", field).
Activity stored_activity(storage::Transaction& transaction, ActivityId id,
                         std::string_view field = "activity");
/// The same, for something new: Error{conflict, "activity_archived"} where it is out of use.
Activity usable_activity(storage::Transaction& transaction, ActivityId id,
                         std::string_view field = "activity");
/// Whether everyone may see it.
bool is_public(storage::Transaction& transaction, const Activity& activity);

/// Whether the account holds, now, a role as trainer that reaches the centre or the section of it.
bool is_trainer(storage::Transaction& transaction, AccountId account, CentreId centre,
                SectionId section);
/// Whether the account may lead the activity: a trainer of its centre, and named where some are.
bool may_lead(storage::Transaction& transaction, const Activity& activity, AccountId account);

// --- within the area ---

/// Tidies and checks what a field table cannot, against the activity as it was: only what is new
/// must be in use. Paths in errors are the field names.
void check_activity(storage::Transaction& transaction, Activity& activity, const Activity& before);
/// Stores a checked activity under its next version and tells the world. A new one gets its id.
void store_activity(storage::Transaction& transaction, Activity& activity, Change change);
/// Gives the ages of the group to all activities that go by it.
void follow_age_group(storage::Transaction& transaction, const AgeGroup& group);

}  // namespace frontdesk::catalog
