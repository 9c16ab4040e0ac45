/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/money.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::money::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

/// Orders whose date passed, payments that came too late and wait, buyers to be forgotten.
extern const storage::TickPart lapse_due;
extern const storage::TickPart return_late;
extern const storage::TickPart forget;
/// Guests who bought long ago.
extern const storage::TickPart forget_guests;

extern const storage::CheckPart check;
/// Orders, payments, balances and invoices of a person.
extern const storage::ExportPart export_money;
extern const storage::MergePart merge_money;
extern const storage::ErasePart erase_money;
/// A centre with money keeps its currency (SPEC M8).
extern const storage::Veto keep_currency_of_centre;

}  // namespace frontdesk::money::lists
