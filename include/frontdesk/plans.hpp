/// Plans, the subscriptions sold by them, and visits (SPEC V1–V13). What a subscription was sold by
/// is its own: changes of the plan touch only what is sold afterwards. States and figures follow
/// from facts, the ledger of visits and the clock; nothing counts down.
#pragma once

#include <frontdesk/operation.hpp>

namespace frontdesk {
namespace storage {
struct EventKind;
}
inline namespace [[gnu::visibility("default")]] v1 {
namespace plans {

// --- plans ---

/// What a month of a limit is: of the calendar, or counted from the day the subscription started.
enum class MonthBasis : unsigned char { calendar, anniversary };
std::span<const EnumValue> enum_values(MonthBasis);

/// A ticket type that a visit pays for.
struct TicketCover {
  TicketTypeId ticket_type{};
  std::optional<Money> surcharge{};

  template <class Self = TicketCover>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::ticket_type>("The ticket type."),
        field<&Self::surcharge>("What is paid on top of the visit; absent: nothing."),
    };
    return table;
  }
};

/// A seat category that a visit pays for.
struct SeatCover {
  std::string seat_category{};
  std::optional<Money> surcharge{};

  template <class Self = SeatCover>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::seat_category>("The seat category, as the seat map names it.").length(1, 60),
        field<&Self::surcharge>("What is paid on top of the visit; absent: nothing."),
    };
    return table;
  }
};

/// What a plan sells. A subscription keeps the terms it was sold by.
struct Terms {
  Money price{};
  std::int64_t tax_basis_points = 0;
  std::optional<std::int64_t> days{};
  std::optional<std::int64_t> months{};
  std::optional<std::int64_t> visits{};
  std::optional<std::int64_t> per_day{};
  std::optional<std::int64_t> per_week{};
  std::optional<std::int64_t> per_month{};
  std::optional<std::int64_t> premium_per_month{};
  MonthBasis month_basis = MonthBasis::calendar;
  AgeGroupId age_group{};
  std::optional<std::int64_t> min_age{};
  std::optional<std::int64_t> max_age{};
  std::vector<CentreId> centres{};
  bool all_activities = false;
  std::vector<CategoryId> categories{};
  std::vector<ActivityId> activities{};
  std::vector<ActivityId> premium_activities{};
  std::vector<TicketCover> ticket_types{};
  std::vector<SeatCover> seat_categories{};
  std::int64_t freeze_days = 0;
  std::int64_t weekly_slots = 0;
  std::int64_t people = 1;
  bool introductory = false;
  bool auto_renewal = false;
  std::optional<Money> refund_fee{};

  template <class Self = Terms>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::price>("What it costs, tax included."),
        field<&Self::tax_basis_points>("Tax contained in the price, in basis points.")
            .or_default()
            .range(0, 10'000),
        field<&Self::days>("How many days it runs; either this or `months`.").range(1, 3'660),
        field<&Self::months>("How many months it runs; either this or `days`.").range(1, 120),
        field<&Self::visits>("Visits in all; absent: no limit."),
        field<&Self::per_day>("Visits a local day; absent: no limit."),
        field<&Self::per_week>("Visits a week from Monday on; absent: no limit."),
        field<&Self::per_month>("Visits a month; absent: no limit."),
        field<&Self::premium_per_month>("Visits a month to premium activities; absent: no limit."),
        field<&Self::month_basis>("What a month of the limits is.").or_default(),
        field<&Self::age_group>("The age group it is for; its ages are taken over.").or_default(),
        field<&Self::min_age>("Youngest attendee in whole years; absent: any.").range(0, 150),
        field<&Self::max_age>("Oldest attendee in whole years, included; absent: any.")
            .range(0, 150),
        field<&Self::centres>("Centres where it holds; empty: where it is sold.").length(0, 500),
        field<&Self::all_activities>("It covers every activity of these centres.").or_default(),
        field<&Self::categories>("Categories it covers, with all below them; empty: none.")
            .length(0, 500),
        field<&Self::activities>("Activities it covers; empty: none.").length(0, 500),
        field<&Self::premium_activities>("Which activities are premium.").length(0, 500),
        field<&Self::ticket_types>("Ticket types it covers; places without one are always covered.")
            .length(0, 100),
        field<&Self::seat_categories>(
            "Seat categories it covers; places without one are always covered.")
            .length(0, 100),
        field<&Self::freeze_days>("Days for which it may be frozen.").or_default().range(0, 366),
        field<&Self::weekly_slots>("Weekly places that may be claimed for the whole term.")
            .or_default()
            .range(0, 50),
        field<&Self::people>("How many people share it.").or_default(),
        field<&Self::introductory>("Only for new clients, and once.").or_default(),
        field<&Self::auto_renewal>("Renews itself from the owner's balance, unless told not to.")
            .or_default(),
        field<&Self::refund_fee>("Kept when the unused part is refunded; absent: nothing."),
    };
    return table;
  }
};

/// What subscriptions are sold by.
struct Plan {
  PlanId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::string name{};
  std::optional<std::string> description{};
  bool active = false;
  Terms terms{};
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> archived_at{};

  template <class Self = Plan>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the plan."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre that sells it; its zone and currency hold."),
        field<&Self::name>("Name, as clients know it."),
        field<&Self::description>("What it is about."),
        field<&Self::active>("On sale."),
        field<&Self::terms>("What it sells."),
        field<&Self::external_ref>("The host's own key; unique."),
        field<&Self::created_at>("When it was entered."),
        field<&Self::archived_at>("When it was archived; absent while it is in use."),
    };
    return table;
  }
};

// --- subscriptions ---

/// When a subscription starts to run.
enum class Activation : unsigned char { purchase, date, first_visit };
std::span<const EnumValue> enum_values(Activation);

/// What a subscription is at this moment.
enum class State : unsigned char { pending, active, frozen, exhausted, expired, cancelled };
std::span<const EnumValue> enum_values(State);

/// Days in which a subscription does not run; the end is later by as many.
struct Freeze {
  FreezeId id{};
  SubscriptionId subscription{};
  Date first_day{};
  Date last_day{};
  std::int64_t days = 0;
  std::optional<std::string> reason{};
  Instant created_at{};
  std::optional<Instant> thawed_at{};

  template <class Self = Freeze>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the freeze."),
        field<&Self::subscription>("What is frozen."),
        field<&Self::first_day>("First local day of it."),
        field<&Self::last_day>("Last local day of it; before the first: taken back whole."),
        field<&Self::days>("How many days."),
        field<&Self::reason>("Why.").personal(),
        field<&Self::created_at>("When it was agreed."),
        field<&Self::thawed_at>("When it was shortened."),
    };
    return table;
  }
};

/// Sums of the ledger of visits: used + reserved + remaining = granted + adjusted.
struct Figures {
  std::int64_t granted = 0;
  std::int64_t adjusted = 0;
  std::int64_t reserved = 0;
  std::int64_t used = 0;
  std::optional<std::int64_t> remaining{};
  std::optional<std::int64_t> left_today{};
  std::optional<std::int64_t> left_this_week{};
  std::optional<std::int64_t> left_this_month{};
  std::optional<std::int64_t> left_premium_this_month{};
  std::int64_t usable_after_end = 0;

  bool operator==(const Figures&) const = default;
  template <class Self = Figures>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::granted>("Visits bought."),
        field<&Self::adjusted>("Visits that staff added, less those taken away."),
        field<&Self::reserved>("Visits booked and still to come."),
        field<&Self::used>("Visits made, or lost by cancelling late."),
        field<&Self::remaining>("Visits that can still be booked; absent: no limit in all."),
        field<&Self::left_today>("What the limit a day leaves today; absent: no limit."),
        field<&Self::left_this_week>("What the limit a week leaves this week."),
        field<&Self::left_this_month>("What the limit a month leaves this month."),
        field<&Self::left_premium_this_month>("What the premium limit leaves this month."),
        field<&Self::usable_after_end>(
            "Visits returned because the centre cancelled, usable for some days past the end."),
    };
    return table;
  }
};

/// What became of the money of a subscription, without tax: sold = recognised + deferred +
/// refunded.
struct Revenue {
  Money sold{};
  Money recognised{};
  Money deferred{};
  Money refunded{};

  template <class Self = Revenue>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::sold>("What it was sold for."),
        field<&Self::recognised>("Earned so far."),
        field<&Self::deferred>("Still owed in visits or days."),
        field<&Self::refunded>("Given back or struck off."),
    };
    return table;
  }
};

/// A plan as somebody bought it.
struct Subscription {
  SubscriptionId id{};
  std::int64_t version = 0;
  PlanId plan{};
  std::int64_t plan_version = 0;
  std::string name{};
  CentreId centre{};
  ClientId owner{};
  std::vector<ClientId> people{};
  Terms terms{};
  State state = State::pending;
  bool is_paid = false;
  Activation activation = Activation::purchase;
  std::optional<Date> starts{};
  std::optional<Date> last_day{};
  bool is_provisional = false;
  std::optional<std::int64_t> days_left{};
  Figures visits{};
  std::vector<Freeze> freezes{};
  std::int64_t freeze_days_left = 0;
  bool auto_renewal = false;
  SubscriptionId renews{};
  SubscriptionId renewed_by{};
  OrderId order{};
  std::optional<Revenue> revenue{};
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> cancelled_at{};
  std::optional<std::string> reason{};

  template <class Self = Subscription>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the subscription."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::plan>("The plan it was sold by."),
        field<&Self::plan_version>("Which version of it."),
        field<&Self::name>("The plan's name then."),
        field<&Self::centre>("The centre that sold it; days are local to it."),
        field<&Self::owner>("Who pays and decides."),
        field<&Self::people>("Who attends."),
        field<&Self::terms>("The terms it was sold by."),
        field<&Self::state>("What it is now."),
        field<&Self::is_paid>("Paid, or given on credit."),
        field<&Self::activation>("When it starts to run."),
        field<&Self::starts>("Its first local day; absent: not known yet."),
        field<&Self::last_day>("Its last local day; absent: not known yet."),
        field<&Self::is_provisional>(
            "The days follow from the first reserved visit and may still change."),
        field<&Self::days_left>("Days it still runs, today included."),
        field<&Self::visits>("Its visits, by the ledger."),
        field<&Self::freezes>("When it was, is or will be frozen."),
        field<&Self::freeze_days_left>("Days for which it may still be frozen."),
        field<&Self::auto_renewal>("Renews itself at the end from the owner's balance."),
        field<&Self::renews>("The subscription before it.").or_default(),
        field<&Self::renewed_by>("The one that follows.").or_default(),
        field<&Self::order>("The order it was bought with.").or_default(),
        field<&Self::revenue>("Its money, for those who see the centre's books."),
        field<&Self::external_ref>("The host's own key; unique."),
        field<&Self::created_at>("When it was bought."),
        field<&Self::cancelled_at>("When it was cancelled."),
        field<&Self::reason>("Why it was cancelled.").personal(),
    };
    return table;
  }
};

// --- visits ---

/// What a line of the ledger of visits does.
enum class EntryKind : unsigned char { grant, reserve, use, give_back, adjust };
std::span<const EnumValue> enum_values(EntryKind);

/// Why a visit was used, returned or adjusted.
enum class Cause : unsigned char {
  none,          ///< a purchase, a booking
  attended,      ///< checked in, or the session took place
  no_show,       ///< did not come
  late,          ///< cancelled too late
  client,        ///< cancelled in time
  centre,        ///< the centre cancelled: usable for some days past the end
  staff,         ///< by hand, with a reason
  not_promoted,  ///< waited in vain
  frozen,        ///< the subscription is frozen then
  moved,         ///< the booking moved
  undone,        ///< the check-in was taken back
  replaced,      ///< another subscription took it over
  ended,         ///< the subscription was cancelled
  promoted,      ///< got the place that they waited for
  unpaid,        ///< what was due on top was not paid in time
};
std::span<const EnumValue> enum_values(Cause);

/// A line of the ledger of visits. Lines are never changed.
struct Entry {
  SubscriptionId subscription{};
  std::int64_t number = 0;
  EntryKind kind = EntryKind::grant;
  std::int64_t visits = 0;
  Cause cause = Cause::none;
  BookingId booking{};
  WaitingEntryId waiting{};
  SessionId session{};
  ClientId attendee{};
  std::optional<Date> day{};
  bool premium = false;
  std::optional<std::string> reason{};
  AccountId by{};
  Instant at{};

  template <class Self = Entry>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::number>("Counts its lines from 1."),
        field<&Self::kind>("What the line does."),
        field<&Self::visits>("How many visits; below zero where staff take some away."),
        field<&Self::cause>("Why."),
        field<&Self::booking>("The booking it is for.").or_default(),
        field<&Self::waiting>("Who waits for a place, where there is no booking yet.").or_default(),
        field<&Self::session>("The session it is for.").or_default(),
        field<&Self::attendee>("Who attends.").or_default(),
        field<&Self::day>("The local day that limits count it for."),
        field<&Self::premium>("A premium activity."),
        field<&Self::reason>("Why, in words.").personal(),
        field<&Self::by>("Whose account did it; absent: the host or time.").or_default(),
        field<&Self::at>("When."),
    };
    return table;
  }
};

}  // namespace plans
}  // namespace v1
}  // namespace frontdesk
