/// Role grants and the rule that an Admin always remains (SPEC A8).
#pragma once

#include "access/accounts.hpp"

namespace frontdesk::access {

// Each throws conflict/last_admin if no Admin for all centres would remain who can sign in; where
// the one that is lost had no end, another without end must remain.

/// Before an account can no longer sign in.
void keep_an_admin_without(storage::Transaction& transaction, AccountId account);
/// Before a grant is taken away.
void keep_an_admin_without(storage::Transaction& transaction, RoleGrantId grant);
/// Before a grant without end gets one.
void keep_an_admin_beyond(storage::Transaction& transaction, RoleGrantId grant);

/// Takes all roles from an account that is gone for good; the caller has made sure that an Admin
/// remains.
void take_all_roles(storage::Transaction& transaction, AccountId account);

/// Throws denied/account_holds_more unless the caller holds everything that the account holds, or
/// it is the caller's own. Else who manages accounts could take over one that may do more.
void check_not_outranked(storage::Transaction& transaction, AccountId account);

}  // namespace frontdesk::access
