/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "4ff82eeb92144a8d3ae1bcfd9d36f865c114be016beca8f418ea93f4bcc43cc0";

}  // namespace frontdesk::storage
