/// What the area gives to the engine's lists.
#pragma once

#include <frontdesk/notices.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::notices::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

/// Codes, tokens and security notices of accounts go into the outbox.
extern const storage::Reaction code_issued;
/// Ends what was not delivered in time, releases lapsed leases, empties what needs its text no
/// more.
extern const storage::TickPart expire_messages;
/// No message delivered twice, no text left in a finished one.
extern const storage::CheckPart check_messages;
extern const storage::ExportPart export_messages;
extern const storage::MergePart merge_messages;
extern const storage::ErasePart erase_messages;

}  // namespace frontdesk::notices::lists
