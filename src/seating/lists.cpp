#include "seating/lists.hpp"

#include <frontdesk/seating_maps.hpp>
#include <frontdesk/seating_places.hpp>

namespace frontdesk::seating::lists {

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &Hold::operation,
      &ExtendHold::operation,
      &ReleaseHold::operation,
      &GetHold::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {
      &HoldReleased::kind,
  };
  return list;
}

}  // namespace frontdesk::seating::lists
