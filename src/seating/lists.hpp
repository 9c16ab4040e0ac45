/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/seating_maps.hpp>
#include <frontdesk/seating_places.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::seating::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

/// Rows of holds whose time has run out go; their places have been free since.
extern const storage::TickPart clear_holds;
/// Claims, holds and maps agree, and nobody has a place that is not there.
extern const storage::CheckPart check;
/// A person's holds: told, moved along, ended.
extern const storage::ExportPart export_holds;
extern const storage::MergePart merge_holds;
extern const storage::ErasePart erase_holds;

/// A session takes the newest map of its room when it is entered, and again when it moves to
/// another room while nobody has a place. It cannot have fewer places than are taken.
extern const storage::Reaction session_scheduled;
extern const storage::Reaction session_changed;
/// A room cannot hold fewer than its map has places.
extern const storage::Veto keep_room_size;

}  // namespace frontdesk::seating::lists
