/// What is imported along with people.
#include "people/import_parts.hpp"

#include "plans/lists.hpp"

namespace frontdesk::people {

std::span<const ImportPart> import_parts() {
  static const ImportPart list[] = {plans::lists::import_subscriptions};
  return list;
}

}  // namespace frontdesk::people
