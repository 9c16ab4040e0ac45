/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "b4e79cbf2fefe9223f562905be01efee5d9f364be10f9af2fe621b8955ce34a0";

}  // namespace frontdesk::storage
