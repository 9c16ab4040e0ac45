/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "c470d1106e80de6cf545fd84a16d619417c705e050107dc369206ebd92bd6c81";

}  // namespace frontdesk::storage
