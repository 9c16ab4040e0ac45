/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "ad4c6d818d3d957024bfd335d8fee755145d3f285e21065379409a558d413d68";

}  // namespace frontdesk::storage
