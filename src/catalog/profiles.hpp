/// What each profile sets. A profile is this table and nothing else (SPEC C1).
#pragma once

#include <frontdesk/catalog.hpp>

namespace frontdesk::catalog {

struct Preset {
  Profile profile;
  std::string_view setting;
  std::int64_t value;
};

/// All presets. Each names a setting that a centre may have its own value of, and a value in its
/// range.
std::span<const Preset> presets();

}  // namespace frontdesk::catalog
