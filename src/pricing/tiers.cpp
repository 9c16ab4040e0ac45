/// Tiers as staff make them (SPEC D4).
#include "pricing/tiers.hpp"

#include "catalog/centres.hpp"
#include "catalog/currencies.hpp"
#include "money/amounts.hpp"
#include "pricing/records.hpp"
#include "storage/define.hpp"

namespace frontdesk::pricing {
namespace {

void check_tier(const Tier& tier) {
  if (tier.basis_points > money::basis_points_whole) {
    throw Error(Code::invalid, "reduction_above_whole", "basis_points");
  }
  if (tier.basis_points < 0) throw Error(Code::invalid, "reduction_negative", "basis_points");
  const bool by_money = tier.metric == TierMetric::spend;
  if (by_money && !tier.currency) throw Error(Code::invalid, "tier_currency_needed", "currency");
  if (!by_money && tier.currency) throw Error(Code::invalid, "tier_without_money", "currency");
  if (tier.currency && !catalog::known_currency(*tier.currency)) {
    throw Error(Code::invalid, "currency_unknown", "currency", {{"currency", *tier.currency}});
  }
}

/// All orders are looked at anew, by the tick.
void begin_sweep(Transaction& transaction) {
  transaction.execute(
      "INSERT INTO tier_sweep (id, next_order) VALUES (1, 0)"
      " ON CONFLICT (id) DO UPDATE SET next_order = 0");
  announce(transaction, {});
}

void enter_tier(Transaction& transaction, Tier& tier) {
  tier.name = catalog::required_text(tier.name, "name");
  check_tier(tier);
  if (transaction.exists("SELECT 1 FROM tiers WHERE level = $1 AND ended_at IS NULL", tier.level)) {
    throw Error(Code::conflict, "tier_level_taken", "level", {{"level", tier.level}});
  }
  tier.version = 1;
  tier.created_at = transaction.now();
  storage::insert(transaction, "tiers", tier);
}

}  // namespace

// --- create ---

Tier handle(Transaction& transaction, const CreateTier& request) {
  Tier tier{.id = {},
            .version = 1,
            .name = request.name,
            .level = request.level,
            .metric = request.metric,
            .window = request.window,
            .threshold = request.threshold,
            .currency = request.currency,
            .basis_points = request.basis_points,
            .free_tickets = request.free_tickets,
            .early_days = request.early_days,
            .points_percent = request.points_percent,
            .created_at = {},
            .ended_at = {}};
  enter_tier(transaction, tier);
  begin_sweep(transaction);
  return tier;
}

static constexpr Refusal create_refusals[] = {
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::invalid, "reduction_above_whole", "more than 100 percent"},
    {Code::invalid, "reduction_negative", "the percentage is below zero"},
    {Code::invalid, "tier_currency_needed", "it counts spending, but names no currency"},
    {Code::invalid, "tier_without_money", "it names a currency, but does not count spending"},
    {Code::invalid, "currency_unknown", "no current ISO 4217 code"},
    {Code::conflict, "tier_level_taken", "another tier has the level"},
};

constinit const Operation CreateTier::operation = storage::define<CreateTier>({
    .number = 860,
    .name = "pricing.create_tier",
    .kind = OperationKind::write,
    .doc = "Makes a tier that clients reach.",
    .rule = {.permission = "pricing.tiers", .subject = Subject::centre},
    .refusals = create_refusals,
    .example = R"({"name": "Silver", "level": 2, "metric": "spend", "window": "rolling_year",
 "threshold": 500000, "currency": "UAH", "basis_points": 500, "early_days": 2})",
});

// --- presets ---

namespace {

struct Preset {
  const char* name;
  std::int64_t threshold;
  std::int64_t basis_points;
  std::int64_t free_tickets;
  std::int64_t early_days;
  std::int64_t points_percent;
};
constexpr Preset by_spend[] = {
    {"Standard", 0, 0, 0, 0, 100},         {"Bronze", 100, 500, 1, 1, 120},
    {"Silver", 500, 1'000, 2, 2, 150},     {"Gold", 1'000, 1'500, 4, 3, 200},
    {"Platinum", 2'500, 2'000, 6, 5, 300},
};
constexpr Preset by_tickets[] = {
    {"Bronze", 100, 500, 0, 0, 100},
    {"Silver", 300, 1'000, 0, 0, 100},
    {"Gold", 500, 2'000, 0, 0, 100},
};

std::span<const Preset> tiers_of(TierPreset preset) {
  if (preset == TierPreset::by_spend) return by_spend;
  return by_tickets;
}

}  // namespace

TierList handle(Transaction& transaction, const ApplyTierPreset& request) {
  const bool by_money = request.preset == TierPreset::by_spend;
  if (by_money && !request.currency) {
    throw Error(Code::invalid, "tier_currency_needed", "currency");
  }
  const std::int64_t unit = by_money ? money::minor_per_unit(Currency(*request.currency)) : 1;
  transaction.execute(
      "UPDATE tiers SET ended_at = $1, version = version + 1 WHERE ended_at IS NULL",
      transaction.now());
  TierList made;
  std::int64_t level = 0;
  for (const Preset& preset : tiers_of(request.preset)) {
    Tier tier{.id = {},
              .version = 1,
              .name = preset.name,
              .level = ++level,
              .metric = by_money ? TierMetric::spend : TierMetric::tickets,
              .window = by_money ? TierWindow::lifetime : TierWindow::calendar_year,
              .threshold = preset.threshold * unit,
              .currency = request.currency,
              .basis_points = preset.basis_points,
              .free_tickets = preset.free_tickets,
              .early_days = preset.early_days,
              .points_percent = preset.points_percent,
              .created_at = {},
              .ended_at = {}};
    enter_tier(transaction, tier);
    made.tiers.push_back(std::move(tier));
  }
  begin_sweep(transaction);
  return made;
}

static constexpr Refusal preset_refusals[] = {
    {Code::invalid, "tier_currency_needed", "it counts spending, but no currency is named"},
    {Code::invalid, "tier_without_money", "it counts tickets, but a currency is named"},
    {Code::invalid, "currency_unknown", "no current ISO 4217 code"},
};

constinit const Operation ApplyTierPreset::operation = storage::define<ApplyTierPreset>({
    .number = 861,
    .name = "pricing.apply_tier_preset",
    .kind = OperationKind::write,
    .doc = "Ends all tiers and makes those of a preset.",
    .rule = {.permission = "pricing.tiers", .subject = Subject::centre},
    .refusals = preset_refusals,
    .example = R"({"preset": "by_spend", "currency": "UAH"})",
});

// --- end ---

Tier handle(Transaction& transaction, const EndTier& request) {
  auto tier = storage::find<Tier>(transaction, "tiers WHERE id = $1", request.tier);
  if (!tier) storage::missing("tier", "tier");
  storage::check_version(request.version, tier->version);
  if (tier->ended_at) throw Error(Code::conflict, "tier_ended", "tier");
  tier->ended_at = transaction.now();
  ++tier->version;
  storage::update(transaction, "tiers", *tier);
  begin_sweep(transaction);
  return *tier;
}

static constexpr Refusal end_refusals[] = {
    {Code::not_found, "tier_not_found", "no such tier"},
    {Code::conflict, "version_outdated", "the tier was changed since that version"},
    {Code::conflict, "tier_ended", "it was ended before"},
};

constinit const Operation EndTier::operation = storage::define<EndTier>({
    .number = 862,
    .name = "pricing.end_tier",
    .kind = OperationKind::write,
    .doc = "Ends a tier.",
    .rule = {.permission = "pricing.tiers", .subject = Subject::centre},
    .refusals = end_refusals,
    .example = R"({"tier": 1})",
});

// --- list ---

TierList handle(Transaction& transaction, const Tiers&) { return {tiers_in_use(transaction)}; }

constinit const Operation Tiers::operation = storage::define<Tiers>({
    .number = 863,
    .name = "pricing.tiers",
    .kind = OperationKind::read,
    .doc = "Lists the tiers, the lowest first.",
    .rule = {.audience = Audience::everyone},
});

}  // namespace frontdesk::pricing
