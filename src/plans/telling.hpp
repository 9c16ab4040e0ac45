/// Notices of subscriptions: each cause is told once (SPEC V9).
#pragma once

#include "plans/ledger.hpp"

namespace frontdesk::plans {

/// After a visit was used: running low, or exhausted.
void tell_of_use(Transaction& transaction, const Stored& stored);
/// What the end is near enough for: the first and the last notice before it, and the end itself.
void tell_of_end(Transaction& transaction, const Stored& stored);
/// When the next of these is due, after now.
std::optional<Instant> next_notice(Transaction& transaction, const Stored& stored);

}  // namespace frontdesk::plans
