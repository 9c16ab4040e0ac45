/// Where an area may refuse what one below it is about to do. None yet: the areas that book and
/// sell bring theirs.
#include "engine/lists.hpp"

namespace frontdesk::engine {

std::span<const storage::Veto> vetoes() { return {}; }

}  // namespace frontdesk::engine
