/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "39a9436ab0d8faa03eaec406b030996791a570cb973d6c0bc8f9488dc4a96df4";

}  // namespace frontdesk::storage
