/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "c2beda3531d8683e86e2dac227000b7c22810f10aed98e3fe494d423f02bfe12";

}  // namespace frontdesk::storage
