/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "364995b81f0051b34daafe1094f57e1c3e83f5797fe06a175e24d47be37c1495";

}  // namespace frontdesk::storage
