/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/seating.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::seating::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

}  // namespace frontdesk::seating::lists
