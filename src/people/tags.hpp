/// Tags that staff of a centre give clients (SPEC P8).
#pragma once

#include <frontdesk/people_care.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::people {

/// Tags tidied, without those that differ only in case. Error{invalid, "tag_malformed"} with
/// `field` for one that is empty or too long.
std::vector<std::string> tidy_tags(const std::vector<std::string>& tags, std::string_view field);
/// Replaces all tags of a client at a centre by tidied ones; true if anything changed.
bool replace_tags(storage::Transaction& transaction, ClientId client, CentreId centre,
                  const std::vector<std::string>& tags);

}  // namespace frontdesk::people
