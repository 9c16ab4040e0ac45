/// Where an area narrows a list of one below it by what only it knows.
#include "engine/lists.hpp"
#include "schedule/lists.hpp"

namespace frontdesk::engine {

std::span<const storage::Narrowing> narrowings() {
  static const storage::Narrowing list[] = {schedule::lists::narrow_activities};
  return list;
}

}  // namespace frontdesk::engine
