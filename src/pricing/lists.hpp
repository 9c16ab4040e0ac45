/// What this area gives to the lists of the engine.
#pragma once

#include <frontdesk/pricing_quotes.hpp>

#include "storage/hooks.hpp"

namespace frontdesk::pricing::lists {

std::span<const Operation* const> operations();
std::span<const storage::EventKind* const> events();
std::span<const storage::Setting* const> settings();

/// Quotes and units of holds that stand no more.
extern const storage::TickPart forget;

extern const storage::CheckPart check;

/// A centre where something is priced keeps its currency.
extern const storage::Veto keep_currency;

}  // namespace frontdesk::pricing::lists
