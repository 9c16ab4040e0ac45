/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "d648038f0f79fccfdb84dc02cf528795b34b1ead209e59c0bd24c135224dd371";

}  // namespace frontdesk::storage
