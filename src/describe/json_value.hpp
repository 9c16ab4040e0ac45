/// The same on parsed JSON, for batches whose requests refer to earlier results, and for schemas.
/// Private: the only header with a JSON type.
#pragma once

#include "describe/json.hpp"

#include <boost/json.hpp>

namespace frontdesk::describe {

/// Parses with limits on size and depth. Throws Error{invalid}: request_too_large, json_malformed
/// with the details `offset` and `problem`, or field_twice, since a reader that takes the last of
/// two values and one that takes the first would not mean the same.
boost::json::value parse(std::string_view text, boost::json::storage_ptr storage = {});
void decode_value(const Type& type, const boost::json::value& value, void* target);
boost::json::value encode_value(const Type& type, const void* value, const Redaction* redaction,
                                boost::json::storage_ptr storage = {});

}  // namespace frontdesk::describe
