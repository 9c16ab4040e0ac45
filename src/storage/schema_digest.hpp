/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

inline constexpr std::string_view recorded_schema_digest =
    "0214503ca66e7a9012b80af0aae4a02bb312f4731145266931d0a394c18db345";

}  // namespace frontdesk::storage
