/// The digest of the schema that all migrations together make. A test tells the new one when a
/// migration was added.
#pragma once

#include <string_view>

namespace frontdesk::storage {

constexpr std::string_view recorded_schema_digest =
    "e33f9851e7f95508a849793b86778786fe9d56261ca87f0220009f5a3df0fc92";

}  // namespace frontdesk::storage
