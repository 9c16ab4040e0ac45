/// Prices and the rules that change them. Fees and taxes are told in pricing_fees.hpp, quotes in
/// pricing_quotes.hpp.
///
/// What a place costs is looked up from near to far: by its session, else its series, else its
/// activity; on each level a price for the ticket type and the seat category first, then for the
/// ticket type, then for the seat category, then for every place (SPEC D1). The plain `price` of a
/// session or series (schedule.hpp) is the last of its level. Then, always in this order:
///
///     base → regular rules → early bird → last minute → discounts → fees → tax
///
/// Regular rules all count, lowest priority first, of equal priority the older first, each on what
/// the one before left. Of the early birds, and of the last-minute rules, the first that applies
/// counts alone. Nothing makes a price fall below zero. Where no price is found, a place is not for
/// sale; for free is a price of 0.
#pragma once

#include <frontdesk/seating.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace pricing {

// --- records ---

/// What a place costs before rules, fees and taxes. It belongs to one activity, series or session.
struct Price {
  PriceId id{};
  std::int64_t version = 0;
  CentreId centre{};
  ActivityId activity{};
  SeriesId series{};
  SessionId session{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};
  Money amount{};
  Instant created_at{};
  std::optional<Instant> ended_at{};

  template <class Self = Price>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the price."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre; its currency holds."),
        field<&Self::activity>("The activity, where the price is for all of it.").or_default(),
        field<&Self::series>("The series, where it is for one.").or_default(),
        field<&Self::session>("The session, where it is for one.").or_default(),
        field<&Self::ticket_type>("Only for this ticket type; none: for every one.").or_default(),
        field<&Self::seat_category>("Only for seats of this category, by its code."),
        field<&Self::amount>("What one place costs; 0: it is free."),
        field<&Self::created_at>("When it was first set."),
        field<&Self::ended_at>("When it was ended; absent while it holds."),
    };
    return table;
  }
};

/// When a rule has its turn.
enum class RuleKind : unsigned char { regular, early_bird, last_minute };
std::span<const EnumValue> enum_values(RuleKind);

/// Changes prices by a percentage or an amount, where all of its conditions are met.
struct PriceRule {
  PriceRuleId id{};
  std::int64_t version = 0;
  CentreId centre{};
  ActivityId activity{};
  SeriesId series{};
  SessionId session{};
  RuleKind kind = RuleKind::regular;
  std::string name{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};
  std::optional<seating::Channel> channel{};
  std::vector<std::int64_t> weekdays{};
  std::optional<std::int64_t> from_minute{};
  std::optional<std::int64_t> to_minute{};
  std::optional<Date> first_date{};
  std::optional<Date> last_date{};
  std::optional<Date> buy_until{};
  std::optional<std::int64_t> minutes_before{};
  std::optional<std::int64_t> quantity{};
  std::optional<std::int64_t> basis_points{};
  std::optional<Money> amount{};
  std::int64_t priority = 0;
  Instant created_at{};
  std::optional<Instant> ended_at{};

  template <class Self = PriceRule>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the rule."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre; its currency and wall-clock time hold."),
        field<&Self::activity>("Only for this activity.").or_default(),
        field<&Self::series>("Only for sessions of this series.").or_default(),
        field<&Self::session>("Only for this session.").or_default(),
        field<&Self::kind>("When it has its turn."),
        field<&Self::name>("What the buyer reads."),
        field<&Self::ticket_type>("Only for this ticket type.").or_default(),
        field<&Self::seat_category>("Only for seats of this category, by its code."),
        field<&Self::channel>("Only for sales there."),
        field<&Self::weekdays>(
            "Only for sessions that start on these days, 1 for Monday to 7; empty: on any."),
        field<&Self::from_minute>(
            "Only for sessions that start from then on, in minutes from local midnight."),
        field<&Self::to_minute>(
            "Only for sessions that start before it; beyond 1440 it is the next morning."),
        field<&Self::first_date>("Only for sessions from this local day on."),
        field<&Self::last_date>("Only for sessions up to this local day."),
        field<&Self::buy_until>("An early bird: only if bought up to this local day."),
        field<&Self::minutes_before>(
            "Last minute: only if bought so many minutes before the start, or later."),
        field<&Self::quantity>("An early bird: only for so many places of each session."),
        field<&Self::basis_points>(
            "By so many hundredths of a percent of the price so far; below zero: it gets cheaper."),
        field<&Self::amount>("Or by so much a place; below zero: it gets cheaper."),
        field<&Self::priority>("Order among the rules of its kind, lowest first."),
        field<&Self::created_at>("When it was made."),
        field<&Self::ended_at>("When it was ended; absent while it holds."),
    };
    return table;
  }
};

// --- events ---

/// Prices, price rules, fees or taxes of a centre were changed. Quotes that were fixed stand.
struct PricesChanged {
  static const storage::EventKind kind;
  CentreId centre{};

  template <class Self = PricesChanged>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::centre>("The centre.")};
    return table;
  }
};

// --- prices ---

/// Sets what a place costs: for one activity, series or session; for a ticket type and a seat
/// category or for all. The price that is already there for just these is changed.
struct SetPrice {
  using Result = Price;
  static const Operation operation;

  ActivityId activity{};
  SeriesId series{};
  SessionId session{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};
  Money amount{};
  std::optional<std::int64_t> version{};

  template <class Self = SetPrice>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::activity>("For all of this activity; or:").or_default(),
        field<&Self::series>("For this series; or:").or_default(),
        field<&Self::session>("For this session.").or_default(),
        field<&Self::ticket_type>("Only for this ticket type; none: for every one.").or_default(),
        field<&Self::seat_category>("Only for seats of this category; a code.").length(1, 40),
        field<&Self::amount>("What one place costs; 0: it is free."),
        field<&Self::version>("The version it is thought to have; 0: there is none yet."),
    };
    return table;
  }
};

/// Prices that hold, by centre and age. Everyone sees those of active centres; `pricing.manage`
/// also shows the others within reach, and those that were ended.
struct Prices {
  using Result = Page<Price>;
  static const Operation operation;

  CentreId centre{};
  ActivityId activity{};
  SeriesId series{};
  SessionId session{};
  TicketTypeId ticket_type{};
  bool ended = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Prices>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::activity>("Only those set for this activity.").or_default(),
        field<&Self::series>("Only those set for this series.").or_default(),
        field<&Self::session>("Only those set for this session.").or_default(),
        field<&Self::ticket_type>("Only those for this ticket type.").or_default(),
        field<&Self::ended>("Those that were ended, instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Ends a price; from now on the next one by order holds. Quotes that were fixed stand.
struct EndPrice {
  using Result = Price;
  static const Operation operation;

  PriceId price{};
  std::optional<std::int64_t> version{};

  template <class Self = EndPrice>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::price>("The price."),
        field<&Self::version>("The version it is thought to have."),
    };
    return table;
  }
};

// --- rules ---

/// Makes a rule that changes prices: by weekday and time of day, as an early bird until a day or
/// for a number of places, or in the last minutes.
struct CreateRule {
  using Result = PriceRule;
  static const Operation operation;

  CentreId centre{};
  ActivityId activity{};
  SeriesId series{};
  SessionId session{};
  RuleKind kind = RuleKind::regular;
  std::string name{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};
  std::optional<seating::Channel> channel{};
  std::vector<std::int64_t> weekdays{};
  std::optional<std::int64_t> from_minute{};
  std::optional<std::int64_t> to_minute{};
  std::optional<Date> first_date{};
  std::optional<Date> last_date{};
  std::optional<Date> buy_until{};
  std::optional<std::int64_t> minutes_before{};
  std::optional<std::int64_t> quantity{};
  std::optional<std::int64_t> basis_points{};
  std::optional<Money> amount{};
  std::int64_t priority = 0;

  template <class Self = CreateRule>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::activity>("Only for this activity.").or_default(),
        field<&Self::series>("Only for sessions of this series.").or_default(),
        field<&Self::session>("Only for this session.").or_default(),
        field<&Self::kind>("When it has its turn.").or_default(),
        field<&Self::name>("What the buyer reads.").length(1, 200),
        field<&Self::ticket_type>("Only for this ticket type.").or_default(),
        field<&Self::seat_category>("Only for seats of this category; a code.").length(1, 40),
        field<&Self::channel>("Only for sales there."),
        field<&Self::weekdays>(
            "Only for sessions that start on these days, 1 for Monday to 7; empty: on any.")
            .length(0, 7),
        field<&Self::from_minute>(
            "Only for sessions that start from then on, in minutes from local midnight.")
            .range(0, 1439),
        field<&Self::to_minute>(
            "Only for sessions that start before it; beyond 1440 it is the next morning.")
            .range(1, 2880),
        field<&Self::first_date>("Only for sessions from this local day on."),
        field<&Self::last_date>("Only for sessions up to this local day."),
        field<&Self::buy_until>("An early bird: only if bought up to this local day."),
        field<&Self::minutes_before>(
            "Last minute: only if bought so many minutes before the start, or later.")
            .range(1, 527'040),
        field<&Self::quantity>("An early bird: only for so many places of each session.")
            .range(1, 1'000'000),
        field<&Self::basis_points>(
            "By so many hundredths of a percent of the price so far; below zero: it gets cheaper.")
            .range(-10'000, 100'000),
        field<&Self::amount>("Or by so much a place; below zero: it gets cheaper."),
        field<&Self::priority>("Order among the rules of its kind, lowest first.")
            .or_default()
            .range(-1'000, 1'000),
    };
    return table;
  }
};

/// Changes a rule; what is not given stays as it is. What it is for and its kind stay.
struct UpdateRule {
  using Result = PriceRule;
  static const Operation operation;

  PriceRuleId rule{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<TicketTypeId> ticket_type{};
  Update<std::string> seat_category{};
  Update<seating::Channel> channel{};
  Update<std::vector<std::int64_t>> weekdays{};
  Update<std::int64_t> from_minute{};
  Update<std::int64_t> to_minute{};
  Update<Date> first_date{};
  Update<Date> last_date{};
  Update<Date> buy_until{};
  Update<std::int64_t> minutes_before{};
  Update<std::int64_t> quantity{};
  Update<std::int64_t> basis_points{};
  Update<Money> amount{};
  Update<std::int64_t> priority{};

  template <class Self = UpdateRule>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::rule>("The rule."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::name>("What the buyer reads.").length(1, 200),
        field<&Self::ticket_type>("Only for this ticket type; null: for every one."),
        field<&Self::seat_category>("Only for seats of this category; null: for all.")
            .length(1, 40),
        field<&Self::channel>("Only for sales there; null: everywhere."),
        field<&Self::weekdays>("Only for sessions that start on these days.").length(0, 7),
        field<&Self::from_minute>("Only for sessions that start from then on.").range(0, 1439),
        field<&Self::to_minute>("Only for sessions that start before it.").range(1, 2880),
        field<&Self::first_date>("Only for sessions from this local day on."),
        field<&Self::last_date>("Only for sessions up to this local day."),
        field<&Self::buy_until>("Only if bought up to this local day."),
        field<&Self::minutes_before>("Only if bought so many minutes before, or later.")
            .range(1, 527'040),
        field<&Self::quantity>("Only for so many places of each session.").range(1, 1'000'000),
        field<&Self::basis_points>("By so many hundredths of a percent.").range(-10'000, 100'000),
        field<&Self::amount>("Or by so much a place."),
        field<&Self::priority>("Order among the rules of its kind, lowest first.")
            .range(-1'000, 1'000),
    };
    return table;
  }
};

/// Ends a rule. Quotes that were fixed stand.
struct EndRule {
  using Result = PriceRule;
  static const Operation operation;

  PriceRuleId rule{};
  std::optional<std::int64_t> version{};

  template <class Self = EndRule>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::rule>("The rule."),
        field<&Self::version>("The version it is thought to have."),
    };
    return table;
  }
};

/// Rules of a centre in the order they count.
struct Rules {
  using Result = Page<PriceRule>;
  static const Operation operation;

  CentreId centre{};
  ActivityId activity{};
  SeriesId series{};
  SessionId session{};
  std::optional<RuleKind> kind{};
  bool ended = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Rules>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::activity>("Only those for this activity alone.").or_default(),
        field<&Self::series>("Only those for this series alone.").or_default(),
        field<&Self::session>("Only those for this session alone.").or_default(),
        field<&Self::kind>("Only of this kind."),
        field<&Self::ended>("Those that were ended, instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace pricing
}  // namespace v1
}  // namespace frontdesk
