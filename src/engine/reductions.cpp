/// What areas above take off prices of those below, and what they let be paid with.
#include "engine/lists.hpp"
#include "pricing/lists.hpp"

namespace frontdesk::engine {

std::span<const storage::Reduction> reductions() {
  static const storage::Reduction list[] = {pricing::lists::reduce_plans};
  return list;
}

std::span<const storage::Purse> purses() {
  static const storage::Purse list[] = {pricing::lists::points_purse,
                                        pricing::lists::gift_card_purse};
  return list;
}

}  // namespace frontdesk::engine
