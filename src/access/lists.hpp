/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/access.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::access::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

extern const storage::TickPart tick;
extern const storage::CheckPart check;
extern const storage::ExportPart export_part;
extern const storage::MergePart merge;
extern const storage::ErasePart erase;

}  // namespace frontdesk::access::lists
