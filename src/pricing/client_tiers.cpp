/// Where clients stand among the tiers, and what that gives them (SPEC D4).
#include "access/relations.hpp"
#include "base/text.hpp"
#include "base/zones.hpp"
#include "pricing/free_tickets.hpp"
#include "pricing/offers.hpp"
#include "pricing/tiers.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <algorithm>

namespace frontdesk::pricing {

std::int64_t month_of(Instant at, std::string_view zone) {
  const Date day = zones::local_date(at, zone);
  return std::int64_t{static_cast<int>(day.year())} * 12 + static_cast<unsigned>(day.month());
}

std::int64_t free_tickets_used(Transaction& transaction, ClientId client, std::int64_t month,
                               HoldId but_for) {
  return transaction
      .one_number(
          "SELECT sum(units) FROM free_tickets WHERE client = $1 AND month = $2"
          " AND (hold IS NULL OR (hold <> $3 AND EXISTS (SELECT 1 FROM holds"
          " WHERE holds.id = free_tickets.hold AND expires_at > $4)))",
          client, month, but_for.value, transaction.now())
      .value_or(0);
}

namespace {

std::int64_t free_tickets_left(Transaction& transaction, const Tier& tier, ClientId client,
                               std::string_view zone, HoldId hold) {
  if (tier.free_tickets == 0) return 0;
  const std::int64_t used =
      free_tickets_used(transaction, client, month_of(transaction.now(), zone), hold);
  return std::max<std::int64_t>(0, tier.free_tickets - used);
}

}  // namespace

std::optional<TierOffer> tier_offer(Transaction& transaction, const CentreSheet& centre,
                                    const Buyer& buyer) {
  const Tier* tier = tier_of(transaction, centre.tiers, buyer.payer);
  if (tier == nullptr) return std::nullopt;
  std::int64_t free = free_tickets_left(transaction, *tier, buyer.payer, centre.zone, buyer.hold);
  if (tier->free_tickets > 0) free += free_tickets_in(transaction, buyer.replaced);
  if (free == 0 && tier->basis_points == 0) return std::nullopt;
  return TierOffer{
      .id = tier->id, .name = tier->name, .basis_points = tier->basis_points, .free_tickets = free};
}

std::int64_t early_days(Transaction& transaction, CentreId centre, ClientId payer) {
  if (!payer) return 0;
  const auto sheet = centre_sheet_of(transaction, centre);
  const Tier* tier = tier_of(transaction, sheet->tiers, payer);
  return tier == nullptr ? 0 : tier->early_days;
}

std::int64_t points_percent(Transaction& transaction, CentreId centre, ClientId payer) {
  const auto sheet = centre_sheet_of(transaction, centre);
  const Tier* tier = tier_of(transaction, sheet->tiers, payer);
  return tier == nullptr ? 100 : tier->points_percent;
}

// --- one client ---

/// Without a centre the month is that of UTC: a client may have several centres.
ClientTier standing_of(Transaction& transaction, ClientId client) {
  const std::vector<Tier> tiers = tiers_in_use(transaction);
  ClientTier view{.client = client};
  if (tiers.empty()) return view;
  const TierRow row = stored_tier(transaction, tiers, client);
  const Tier* tier = tier_of(transaction, tiers, client);
  if (row.set_tier && (!row.set_until || *row.set_until > transaction.now())) {
    view.set_tier = row.set_tier;
    view.set_until = row.set_until;
  }
  if (tier != nullptr) {
    view.tier = tier->id;
    view.name = tier->name;
    view.since = row.since;
    view.basis_points = tier->basis_points;
    view.free_tickets_left = free_tickets_left(transaction, *tier, client, "UTC", {});
  }
  for (const Tier& higher : tiers) {
    if (tier != nullptr && higher.level <= tier->level) continue;
    view.next = higher.id;
    view.next_missing =
        std::max<std::int64_t>(0, higher.threshold - figure_of(transaction, higher, client));
    break;
  }
  return view;
}

ClientTier handle(Transaction& transaction, const GetClientTier& request) {
  return standing_of(transaction, request.client);
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
};

constinit const Operation GetClientTier::operation = storage::define<GetClientTier>({
    .number = 864,
    .name = "pricing.client_tier",
    .kind = OperationKind::read,
    .doc = "Shows where a client stands among the tiers.",
    .rule = {.permission = "people.view", .subject = Subject::client, .field = "client"},
    .refusals = get_refusals,
    .example = R"({"client": 7})",
});

ClientTier handle(Transaction& transaction, const SetClientTier& request) {
  const std::vector<Tier> tiers = tiers_in_use(transaction);
  const bool is_there = std::any_of(tiers.begin(), tiers.end(),
                                    [&](const Tier& tier) { return tier.id == request.tier; });
  if (request.tier && !is_there) storage::missing("tier", "tier");
  if (!request.tier && request.until) throw Error(Code::invalid, "tier_end_alone", "until");
  if (request.until && *request.until <= transaction.now()) {
    throw Error(Code::invalid, "tier_end_past", "until");
  }
  if (text::tidy(request.reason).empty()) throw Error(Code::invalid, "reason_needed", "reason");
  TierRow row = stored_tier(transaction, tiers, request.client);
  row.set_tier = request.tier;
  row.set_until = request.until;
  settle_tier(transaction, tiers, row, TierCause::set_by_staff, {}, text::tidy(request.reason));
  transaction.concern(request.client);
  return standing_of(transaction, request.client);
}

static constexpr Refusal set_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::not_found, "tier_not_found", "no such tier, or it was ended"},
    {Code::invalid, "tier_end_alone", "an end, but no tier"},
    {Code::invalid, "tier_end_past", "the end is past"},
    {Code::invalid, "reason_needed", "the reason is nothing but white space"},
};

constinit const Operation SetClientTier::operation = storage::define<SetClientTier>({
    .number = 865,
    .name = "pricing.set_client_tier",
    .kind = OperationKind::write,
    .doc = "Gives a client a tier by hand, or takes it back.",
    .rule = {.permission = "pricing.points", .subject = Subject::client, .field = "client"},
    .refusals = set_refusals,
    .example = R"({"client": 7, "tier": 2, "until": "2027-01-01T00:00:00Z", "reason": "Guest"})",
});

Page<TierChange> handle(Transaction& transaction, const TierHistory& request) {
  storage::List list(
      "(SELECT id, client, from_tier AS \"from\", to_tier AS \"to\", cause, \"order\", reason, at"
      " FROM tier_changes)");
  list.where("client = $", request.client);
  list.order({{"id", true}});
  return list.page<TierChange>(transaction, request.cursor, request.limit);
}

static constexpr Refusal history_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation TierHistory::operation = storage::define<TierHistory>({
    .number = 866,
    .name = "pricing.tier_history",
    .kind = OperationKind::read,
    .doc = "Lists the changes of a client's tier, the newest first.",
    .rule = {.permission = "people.view", .subject = Subject::client, .field = "client"},
    .refusals = history_refusals,
    .example = R"({"client": 7})",
});

}  // namespace frontdesk::pricing
