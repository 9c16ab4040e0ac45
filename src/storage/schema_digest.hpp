/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "ea6ba875ba2e1f14f1926780f85a2fe89b935c6cfe35d16699ec94d99eef02e8";

}  // namespace frontdesk::storage
