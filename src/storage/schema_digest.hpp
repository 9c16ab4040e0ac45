/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

inline constexpr std::string_view recorded_schema_digest =
    "42cb9c9006fe0c39c3910ca24fbb9955c45c430dd59cb0de173f79ac19af3852";

}  // namespace frontdesk::storage
