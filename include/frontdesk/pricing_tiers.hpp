/// Tiers: what clients reach by buying, and what they get for it (SPEC D4).
///
/// A client has the highest tier whose threshold is reached; a higher level is a higher tier. What
/// counts follows the payer: what was paid for tickets, plans and fees, less what was refunded, on
/// the day of the order; paid tickets; visits. A tier that staff set holds until its end.
#pragma once

#include <frontdesk/pricing_quotes.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace pricing {

/// What a threshold counts.
enum class TierMetric : unsigned char { spend, tickets, visits };
std::span<const EnumValue> enum_values(TierMetric);
/// In what time it counts.
enum class TierWindow : unsigned char { lifetime, calendar_year, rolling_year };
std::span<const EnumValue> enum_values(TierWindow);
/// Sets of tiers that are ready.
enum class TierPreset : unsigned char { by_spend, by_tickets };
std::span<const EnumValue> enum_values(TierPreset);
/// Why a client's tier changed.
enum class TierCause : unsigned char { purchase, refund, time, set_by_staff, tiers_changed };
std::span<const EnumValue> enum_values(TierCause);

/// A tier.
struct Tier {
  TierId id{};
  std::int64_t version = 0;
  std::string name{};
  std::int64_t level = 0;
  TierMetric metric = TierMetric::spend;
  TierWindow window = TierWindow::lifetime;
  std::int64_t threshold = 0;
  std::optional<std::string> currency{};
  std::int64_t basis_points = 0;
  std::int64_t free_tickets = 0;
  std::int64_t early_days = 0;
  std::int64_t points_percent = 100;
  Instant created_at{};
  std::optional<Instant> ended_at{};

  template <class Self = Tier>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the tier."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::name>("What clients read."),
        field<&Self::level>("A higher one is a higher tier."),
        field<&Self::metric>("What its threshold counts."),
        field<&Self::window>("In what time."),
        field<&Self::threshold>("From how much on it is reached; of spending in minor units."),
        field<&Self::currency>("The currency of spending."),
        field<&Self::basis_points>("So many hundredths of a percent are taken off each place."),
        field<&Self::free_tickets>("So many places a month are free."),
        field<&Self::early_days>("Booking opens so many days earlier."),
        field<&Self::points_percent>("Points earned, in percent of what others earn."),
        field<&Self::created_at>("When it was made."),
        field<&Self::ended_at>("When it was ended; absent while it holds."),
    };
    return table;
  }
};

/// Where a client stands.
struct ClientTier {
  ClientId client{};
  TierId tier{};
  std::optional<std::string> name{};
  std::optional<Instant> since{};
  TierId set_tier{};
  std::optional<Instant> set_until{};
  std::int64_t basis_points = 0;
  std::int64_t free_tickets_left = 0;
  TierId next{};
  std::optional<std::int64_t> next_missing{};

  template <class Self = ClientTier>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::tier>("The tier they have now.").or_default(),
        field<&Self::name>("Its name."),
        field<&Self::since>("Since when."),
        field<&Self::set_tier>("The tier that staff set, while it holds.").or_default(),
        field<&Self::set_until>("Until when it holds; absent: for good."),
        field<&Self::basis_points>("What is taken off each place."),
        field<&Self::free_tickets_left>("Free places left this month."),
        field<&Self::next>("The next higher tier.").or_default(),
        field<&Self::next_missing>("What is missing for it; of spending in minor units."),
    };
    return table;
  }
};

/// One change of a client's tier.
struct TierChange {
  ClientId client{};
  TierId from{};
  TierId to{};
  TierCause cause = TierCause::purchase;
  OrderId order{};
  std::optional<std::string> reason{};
  Instant at{};

  template <class Self = TierChange>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::from>("The tier before.").or_default(),
        field<&Self::to>("The tier after.").or_default(),
        field<&Self::cause>("Why it changed."),
        field<&Self::order>("The order that did it, if one did.").or_default(),
        field<&Self::reason>("What staff gave as reason.").personal(),
        field<&Self::at>("When."),
    };
    return table;
  }
};

/// A client reached another tier, or fell back.
struct TierReached {
  static const storage::EventKind kind;
  ClientId client{};
  TierId from{};
  TierId to{};

  template <class Self = TierReached>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::from>("The tier before.").or_default(),
        field<&Self::to>("The tier after.").or_default(),
    };
    return table;
  }
};

/// Makes a tier. Clients get it within the next ticks.
struct CreateTier {
  using Result = Tier;
  static const Operation operation;

  std::string name{};
  std::int64_t level = 0;
  TierMetric metric = TierMetric::spend;
  TierWindow window = TierWindow::lifetime;
  std::int64_t threshold = 0;
  std::optional<std::string> currency{};
  std::int64_t basis_points = 0;
  std::int64_t free_tickets = 0;
  std::int64_t early_days = 0;
  std::int64_t points_percent = 100;

  template <class Self = CreateTier>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("What clients read.").length(1, 100),
        field<&Self::level>("A higher one is a higher tier; each once.").range(1, 1'000),
        field<&Self::metric>("What its threshold counts."),
        field<&Self::window>("In what time.").or_default(),
        field<&Self::threshold>("From how much on it is reached; of spending in minor units.")
            .range(0, 1'000'000'000'000'000),
        field<&Self::currency>("The currency of spending.").length(3, 3),
        field<&Self::basis_points>("So many hundredths of a percent are taken off each place.")
            .or_default(),
        field<&Self::free_tickets>("So many places a month are free.").or_default().range(0, 1'000),
        field<&Self::early_days>("Booking opens so many days earlier.").or_default().range(0, 366),
        field<&Self::points_percent>("Points earned, in percent of what others earn.")
            .or_default()
            .range(0, 10'000),
    };
    return table;
  }
};

/// Tiers of a page or a preset.
struct TierList {
  std::vector<Tier> tiers{};

  template <class Self = TierList>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::tiers>("The tiers, the lowest first.")};
    return table;
  }
};

/// Ends all tiers and makes those of a preset: by spending 0, 100, 500, 1000, 2500 in all, or by
/// 100, 300, 500 tickets a year.
struct ApplyTierPreset {
  using Result = TierList;
  static const Operation operation;

  TierPreset preset = TierPreset::by_spend;
  std::optional<std::string> currency{};

  template <class Self = ApplyTierPreset>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::preset>("The preset."),
        field<&Self::currency>("The currency of spending.").length(3, 3),
    };
    return table;
  }
};

/// Ends a tier; who has it gets the next lower one that they reach, within the next ticks.
struct EndTier {
  using Result = Tier;
  static const Operation operation;

  TierId tier{};
  std::optional<std::int64_t> version{};

  template <class Self = EndTier>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::tier>("The tier."),
        field<&Self::version>("The version it is thought to have."),
    };
    return table;
  }
};

/// The tiers that hold, the lowest first.
struct Tiers {
  using Result = TierList;
  static const Operation operation;

  static Fields fields() { return {}; }
};

/// Where a client stands among the tiers.
struct GetClientTier {
  using Result = ClientTier;
  static const Operation operation;

  ClientId client{};

  template <class Self = GetClientTier>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::client>("The client.")};
    return table;
  }
};

/// Gives a client a tier by hand until an end, or takes such a tier back.
struct SetClientTier {
  using Result = ClientTier;
  static const Operation operation;

  ClientId client{};
  TierId tier{};
  std::optional<Instant> until{};
  std::string reason{};

  template <class Self = SetClientTier>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::tier>("The tier; none: what they reach by themselves.").or_default(),
        field<&Self::until>("Until when it holds; absent: for good."),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

/// Changes of a client's tier, the newest first.
struct TierHistory {
  using Result = Page<TierChange>;
  static const Operation operation;

  ClientId client{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = TierHistory>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace pricing
}  // namespace v1
}  // namespace frontdesk
