/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

inline constexpr std::string_view recorded_schema_digest =
    "fdeec5b8c04197ec0b2c2be29929cf7d26d72007bab310aee008923a0a29da0d";

}  // namespace frontdesk::storage
