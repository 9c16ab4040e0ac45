/// What an area does when one below it emits an event, in the same transaction.
#include "catalog/lists.hpp"
#include "engine/lists.hpp"
#include "notices/lists.hpp"
#include "people/lists.hpp"
#include "plans/lists.hpp"

namespace frontdesk::engine {

std::span<const storage::Reaction> reactions() {
  static const storage::Reaction list[] = {
      people::lists::account_created,  people::lists::email_changed, catalog::lists::role_revoked,
      catalog::lists::trainer_revoked, notices::lists::code_issued,  plans::lists::order_paid,
      plans::lists::order_changed,
  };
  return list;
}

}  // namespace frontdesk::engine
