#include "people/centre_sight.hpp"

#include <frontdesk/roles.hpp>

#include "people/clients.hpp"

namespace frontdesk::people {

storage::Reach centre_sight(storage::Transaction& transaction, const storage::Reach& reach) {
  storage::Reach sight;
  sight.any = reach.any;
  sight.centres = reach.centres;
  if (reach.any || !reach.assigned) return sight;
  storage::Cursor roles = transaction.query(
      "SELECT DISTINCT centre FROM role_grants"
      " WHERE account = $1 AND role <> $2 AND active = 1 AND revoked_at IS NULL"
      "  AND (expires_at IS NULL OR expires_at > $3)",
      transaction.principal().account, access::customer_role, transaction.now());
  while (roles.next()) {
    if (roles.null(0)) {
      sight.any = true;
    } else {
      sight.centres.push_back(roles.id<CentreTag>(0));
    }
  }
  return sight;
}

void check_acts_for(storage::Transaction& transaction, CentreId centre) {
  if (!centre_sight(transaction, transaction.reach()).covers(centre)) {
    storage::missing("centre", "centre");
  }
  check_centre_in_use(transaction, centre, "centre");
}

}  // namespace frontdesk::people
