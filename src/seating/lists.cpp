#include "seating/lists.hpp"

namespace frontdesk::seating::lists {

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &Hold::operation,        &ExtendHold::operation,   &ReleaseHold::operation,
      &GetHold::operation,     &Availability::operation, &BestAvailable::operation,
      &Block::operation,       &Unblock::operation,      &ReserveForChannel::operation,
      &FreeChannel::operation, &CreateMap::operation,    &ChangeMap::operation,
      &GetMap::operation,      &Maps::operation,         &ArchiveMap::operation,
      &GiveMap::operation,     &SwapMap::operation,      &Draw::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {
      &HoldReleased::kind, &PlacesBlocked::kind,  &PlacesFreed::kind,
      &MapChanged::kind,   &PlacesRemapped::kind,
  };
  return list;
}

}  // namespace frontdesk::seating::lists
