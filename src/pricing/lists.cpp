#include "pricing/lists.hpp"

namespace frontdesk::pricing::lists {

std::span<const Operation* const> operations() { return {}; }
std::span<const storage::EventKind* const> events() { return {}; }
std::span<const storage::Setting* const> settings() { return {}; }

}  // namespace frontdesk::pricing::lists
