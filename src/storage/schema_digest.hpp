/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "3c881752659894a59df62b78436c96ba3d68d1cbb20e30493b4ae558d0041653";

}  // namespace frontdesk::storage
