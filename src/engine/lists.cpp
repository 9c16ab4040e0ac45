/// Topics, settings and everything handed down to the areas.
#include "engine/lists.hpp"

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
#include "storage/feed.hpp"
#include "upkeep/lists.hpp"

namespace frontdesk::engine {

std::span<const storage::EventKind* const> event_kinds() {
  static const std::vector<const storage::EventKind*> kinds = [] {
    std::vector<const storage::EventKind*> all;
    for (auto list : {access::lists::events(), people::lists::events(), catalog::lists::events(),
                      schedule::lists::events(), seating::lists::events(), money::lists::events(),
                      plans::lists::events(), pricing::lists::events(), bookings::lists::events(),
                      notices::lists::events(), upkeep::lists::events()}) {
      all.insert(all.end(), list.begin(), list.end());
    }
    return all;
  }();
  return kinds;
}

std::span<const storage::Setting* const> settings() {
  static const std::vector<const storage::Setting*> settings = [] {
    std::vector<const storage::Setting*> all{&storage::events_retention_days};
    for (auto list :
         {access::lists::settings(), people::lists::settings(), catalog::lists::settings(),
          schedule::lists::settings(), seating::lists::settings(), money::lists::settings(),
          plans::lists::settings(), pricing::lists::settings(), bookings::lists::settings(),
          notices::lists::settings()}) {
      all.insert(all.end(), list.begin(), list.end());
    }
    return all;
  }();
  return settings;
}

storage::Hooks lists() {
  storage::Hooks hooks;
  hooks.reactions = reactions();
  hooks.tick = tick_parts();
  hooks.check = check_parts();
  hooks.exports = export_parts();
  hooks.merge = merge_parts();
  hooks.erase = erase_parts();
  hooks.vetoes = vetoes();
  hooks.media_uses = media_uses();
  hooks.narrowings = narrowings();
  hooks.reductions = reductions();
  hooks.purses = purses();
  hooks.events = event_kinds();
  hooks.settings = settings();
  return hooks;
}

}  // namespace frontdesk::engine
