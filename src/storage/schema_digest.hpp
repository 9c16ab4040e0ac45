/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

inline constexpr std::string_view recorded_schema_digest =
    "6310ebcb2083c8ba67340ae0e467293558bbf3d11bf7397b9759e08db96bd515";

}  // namespace frontdesk::storage
