/// What the area gives to the engine's lists.
#pragma once

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

}  // namespace frontdesk::catalog::lists
