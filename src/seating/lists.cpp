#include "seating/lists.hpp"

namespace frontdesk::seating::lists {

std::span<const Operation* const> operations() { return {}; }
std::span<const storage::EventKind* const> events() { return {}; }
std::span<const storage::Setting* const> settings() { return {}; }

}  // namespace frontdesk::seating::lists
