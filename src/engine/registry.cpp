/// Every operation there is. A new area adds its line here.
#include "access/lists.hpp"
#include "bookings/lists.hpp"
#include "catalog/lists.hpp"
#include "money/lists.hpp"
#include "notices/lists.hpp"
#include "people/lists.hpp"
#include "plans/lists.hpp"
#include "pricing/lists.hpp"
#include "schedule/lists.hpp"
#include "seating/lists.hpp"
#include "upkeep/lists.hpp"

#include <frontdesk/desk.hpp>

#include <algorithm>
#include <unordered_map>

namespace frontdesk::inline v1 {
namespace {

struct Registry {
  std::vector<const Operation*> by_number;
  std::unordered_map<std::string_view, const Operation*> by_name;

  Registry() {
    for (auto list :
         {access::lists::operations(), people::lists::operations(), catalog::lists::operations(),
          schedule::lists::operations(), seating::lists::operations(), money::lists::operations(),
          plans::lists::operations(), pricing::lists::operations(), bookings::lists::operations(),
          notices::lists::operations(), upkeep::lists::operations()}) {
      by_number.insert(by_number.end(), list.begin(), list.end());
    }
    std::sort(by_number.begin(), by_number.end(),
              [](const Operation* a, const Operation* b) { return a->number < b->number; });
    for (const Operation* operation : by_number) by_name.emplace(operation->name, operation);
  }
};

const Registry& registry() {
  static const Registry registry;
  return registry;
}

}  // namespace

std::span<const Operation* const> operations() { return registry().by_number; }

const Operation* find_operation(std::string_view name) {
  auto found = registry().by_name.find(name);
  return found == registry().by_name.end() ? nullptr : found->second;
}

std::string_view version() { return FRONTDESK_PROJECT_VERSION; }

}  // namespace frontdesk::inline v1
