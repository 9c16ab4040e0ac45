/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "4a598efaba755f10717ad9350f14ebc21d8c03eae4cdd58e2e088e802df4d51e";

}  // namespace frontdesk::storage
