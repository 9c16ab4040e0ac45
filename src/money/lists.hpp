/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/operation.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::money::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

}  // namespace frontdesk::money::lists
