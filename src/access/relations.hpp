/// Who stands how to whom: guardians, centres of clients, assignments. Scopes of permissions rest
/// on these (SPEC A7, A9). Every change touches nothing else; areas above emit their own events.
#pragma once

#include <frontdesk/access.hpp>

#include "storage/list.hpp"

namespace frontdesk::access {

// Adding what is there and removing what is not are harmless; the result tells whether anything
// changed.

bool add_guardian(storage::Transaction& transaction, ClientId guardian, ClientId dependant);
bool remove_guardian(storage::Transaction& transaction, ClientId guardian, ClientId dependant);
bool guards(storage::Transaction& transaction, ClientId guardian, ClientId dependant);
std::vector<ClientId> guardians_of(storage::Transaction& transaction, ClientId dependant);
std::vector<ClientId> dependants_of(storage::Transaction& transaction, ClientId guardian);
/// The client and their dependants: everyone the scope `own` covers.
std::vector<ClientId> family(storage::Transaction& transaction, ClientId client);

/// A client belongs to a centre once they attend, book or are registered there.
bool add_client_centre(storage::Transaction& transaction, ClientId client, CentreId centre);
bool remove_client_centre(storage::Transaction& transaction, ClientId client, CentreId centre);
bool belongs(storage::Transaction& transaction, ClientId client, CentreId centre);
std::vector<CentreId> centres_of(storage::Transaction& transaction, ClientId client);

/// A client assigned to a member of staff, such as their trainer (SPEC P4).
bool add_assignment(storage::Transaction& transaction, AccountId staff, ClientId client);
bool remove_assignment(storage::Transaction& transaction, AccountId staff, ClientId client);
bool assigned(storage::Transaction& transaction, AccountId staff, ClientId client);
std::vector<AccountId> staff_of(storage::Transaction& transaction, ClientId client);
std::vector<ClientId> assigned_clients(storage::Transaction& transaction, AccountId staff);

/// Columns of a list's query that tell whose a row is; those that are empty do not count. Qualify
/// them (`clients.id`) where a table of a subquery might have a column of the same name: guardian,
/// dependant, client, centre, account.
struct ReachColumns {
  /// Holds a client id: own, family, assigned, clients of the caller's centres.
  std::string_view client{};
  /// Holds a centre id: the caller's centres.
  std::string_view centre{};
  /// Holds an account id: the caller's own, accounts of the caller's centres.
  std::string_view account{};
};
/// Narrows a list to what the operation's permission reaches: tx.reach(), or the given one.
/// Where a centre column is given, centre scope goes by it alone.
void narrow_to_reach(storage::List& list, storage::Transaction& transaction,
                     const ReachColumns& columns);
void narrow_to_reach(storage::List& list, storage::Transaction& transaction,
                     const storage::Reach& reach, const ReachColumns& columns);

}  // namespace frontdesk::access
