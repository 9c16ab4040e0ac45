/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

inline constexpr std::string_view recorded_schema_digest =
    "528827f5fe32c751453b5eb8c04a9675bcbe762ab26879fa88e20b794d97c0b3";

}  // namespace frontdesk::storage
