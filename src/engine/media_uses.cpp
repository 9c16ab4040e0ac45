/// What refers to media files, of every area.
#include "catalog/lists.hpp"
#include "engine/lists.hpp"

namespace frontdesk::engine {

std::span<const storage::MediaUse> media_uses() {
  static const storage::MediaUse list[] = {
      catalog::lists::logo_use,
      catalog::lists::poster_use,
      catalog::lists::picture_use,
  };
  return list;
}

}  // namespace frontdesk::engine
