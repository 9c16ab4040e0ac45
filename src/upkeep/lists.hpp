/// What upkeep gives to the engine's lists.
#pragma once

#include "storage/hooks.hpp"

#include <frontdesk/upkeep.hpp>

namespace frontdesk::upkeep::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();

/// The database file's own check.
void check_file(storage::Transaction& transaction, std::vector<storage::Finding>& findings);

}  // namespace frontdesk::upkeep::lists
