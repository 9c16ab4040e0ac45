/// What the handlers of partner onboarding share.
#pragma once

#include <frontdesk/catalog_partners.hpp>

#include "catalog/centres.hpp"

namespace frontdesk::catalog {

/// How many applications of one account may wait at a time.
extern const storage::Setting applications_pending_max;

/// The waiting or live partner role of an application; none where it was taken away.
RoleGrantId role_grant_of(Transaction& transaction, ApplicationId application);
void set_role_grant(Transaction& transaction, ApplicationId application, RoleGrantId grant);

/// Stores an application under its next version.
void store_application(Transaction& transaction, Application& application);

}  // namespace frontdesk::catalog
