/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "e2a3d4dbe56a361f59237ea6360f7b2dd519796a3f5f14fcbf9a48cb1764048e";

}  // namespace frontdesk::storage
