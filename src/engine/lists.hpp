/// The explicit lists that join the areas: operations, events, settings, reactions, contributions,
/// vetoes. Each is a readable file; nothing registers itself.
#pragma once

#include "storage/hooks.hpp"

#include <frontdesk/operation.hpp>

namespace frontdesk::engine {

/// Everything the engine hands down to the areas.
storage::Hooks lists();

std::span<const storage::Reaction> reactions();
std::span<const storage::Veto> vetoes();
std::span<const storage::MediaUse> media_uses();
std::span<const storage::Narrowing> narrowings();
std::span<const storage::Reduction> reductions();
std::span<const storage::Purse> purses();
std::span<const storage::TickPart> tick_parts();
std::span<const storage::CheckPart> check_parts();
std::span<const storage::ExportPart> export_parts();
std::span<const storage::MergePart> merge_parts();
std::span<const storage::ErasePart> erase_parts();
std::span<const storage::EventKind* const> event_kinds();
std::span<const storage::Setting* const> settings();

}  // namespace frontdesk::engine
