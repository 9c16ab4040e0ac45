/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/people.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::people::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

/// The confirmed address of an account becomes the address of its client.
extern const storage::Reaction account_created;
extern const storage::Reaction email_changed;

extern const storage::CheckPart check;
extern const storage::ExportPart export_part;
extern const storage::MergePart merge;
extern const storage::ErasePart erase;

}  // namespace frontdesk::people::lists
