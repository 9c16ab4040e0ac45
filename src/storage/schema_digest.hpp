/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

inline constexpr std::string_view recorded_schema_digest =
    "5aa66098362b2a54b7c6e2eeb5f04a07c00a4f831460e62d266088f694a8f7e0";

}  // namespace frontdesk::storage
