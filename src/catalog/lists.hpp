/// What the area gives to the engine's lists.
#pragma once

#include <frontdesk/catalog_activities.hpp>
#include <frontdesk/catalog_media.hpp>
#include <frontdesk/catalog_partners.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::catalog::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

/// A partner role that was taken away elsewhere makes its application inactive.
extern const storage::Reaction role_revoked;
/// Applications of a person: told, and emptied of what they wrote.
extern const storage::ExportPart export_applications;
extern const storage::ErasePart erase_applications;

/// Whoever is no trainer of a centre any more is no longer named by its activities.
extern const storage::Reaction trainer_revoked;
/// What a person leads: told, and no longer led by them.
extern const storage::ExportPart export_trainer;
extern const storage::ErasePart erase_trainer;
/// The tree, and what is stored twice to be searched.
extern const storage::CheckPart check;

/// What refers to media files.
extern const storage::MediaUse logo_use;
extern const storage::MediaUse poster_use;
extern const storage::MediaUse picture_use;
/// Files that nothing refers to go after a day; a person's go with them.
extern const storage::TickPart sweep_media;
extern const storage::ExportPart export_media;
extern const storage::ErasePart erase_media;
extern const storage::CheckPart check_media;

}  // namespace frontdesk::catalog::lists
