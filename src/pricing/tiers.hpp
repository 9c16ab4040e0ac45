/// Tiers of clients: kept as they are reached, so that a quote reads one row (SPEC D4).
#pragma once

#include <frontdesk/pricing_tiers.hpp>

#include "pricing/quotes.hpp"

namespace frontdesk::pricing {

/// Nothing to look at again.
inline constexpr std::int64_t never_due = 1'000'000'000;

/// A client's place among the tiers as it is stored.
struct TierRow {
  ClientId client{};
  TierId tier{};
  TierId reached{};
  TierId set_tier{};
  std::optional<Instant> set_until{};
  Instant since{};
  std::int64_t due = never_due;
};

/// The tiers that hold, the lowest first.
std::vector<Tier> tiers_in_use(Transaction& transaction);
/// The stored place; where there is none yet, that of a newcomer: the tier that asks for nothing.
TierRow stored_tier(Transaction& transaction, std::span<const Tier> tiers, ClientId client);
/// The tier that a client has now, of the given ones; null where they have none of them.
const Tier* tier_of(Transaction& transaction, std::span<const Tier> tiers, ClientId client);

/// Where a client stands, and what is missing for the next tier.
ClientTier standing_of(Transaction& transaction, ClientId client);
/// What a threshold counts for the client by now.
std::int64_t figure_of(Transaction& transaction, const Tier& tier, ClientId client);
/// Works out anew which tier the client reaches, stores it, and where another follows from it,
/// enters the change and tells.
void settle_tier(Transaction& transaction, std::span<const Tier> tiers, TierRow row,
                 TierCause cause, OrderId order = {},
                 const std::optional<std::string>& reason = {});

/// Days that booking opens earlier for a payer.
std::int64_t early_days(Transaction& transaction, CentreId centre, ClientId payer);
/// Points earned in percent of the ordinary.
std::int64_t points_percent(Transaction& transaction, CentreId centre, ClientId payer);
/// Visits of a booking that its payer is credited with, on the local day of the session.
void count_visits(Transaction& transaction, BookingId booking, CentreId centre, ClientId payer,
                  Date day, std::int64_t visits);

/// Free places that the client has used this month, other than those of the hold.
std::int64_t free_tickets_used(Transaction& transaction, ClientId client, std::int64_t month,
                               HoldId but_for);
/// The local month, as free tickets are counted by.
std::int64_t month_of(Instant at, std::string_view zone);

}  // namespace frontdesk::pricing
