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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&TicketCover::ticket_type>("The ticket type."),
        field<&TicketCover::surcharge>("What is paid on top of the visit; absent: nothing."),
    };
    return table;
  }
};

/// A seat category that a visit pays for.
struct SeatCover {
  std::string seat_category{};
  std::optional<Money> surcharge{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SeatCover::seat_category>("The seat category, as the seat map names it.")
            .length(1, 60),
        field<&SeatCover::surcharge>("What is paid on top of the visit; absent: nothing."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Terms::price>("What it costs, tax included."),
        field<&Terms::tax_basis_points>("Tax contained in the price, in basis points.")
            .or_default()
            .range(0, 10'000),
        field<&Terms::days>("How many days it runs; either this or `months`.").range(1, 3'660),
        field<&Terms::months>("How many months it runs; either this or `days`.").range(1, 120),
        field<&Terms::visits>("Visits in all; absent: no limit."),
        field<&Terms::per_day>("Visits a local day; absent: no limit."),
        field<&Terms::per_week>("Visits a week from Monday on; absent: no limit."),
        field<&Terms::per_month>("Visits a month; absent: no limit."),
        field<&Terms::premium_per_month>("Visits a month to premium activities; absent: no limit."),
        field<&Terms::month_basis>("What a month of the limits is.").or_default(),
        field<&Terms::age_group>("The age group it is for; its ages are taken over.").or_default(),
        field<&Terms::min_age>("Youngest attendee in whole years; absent: any.").range(0, 150),
        field<&Terms::max_age>("Oldest attendee in whole years, included; absent: any.")
            .range(0, 150),
        field<&Terms::centres>("Centres where it holds; empty: where it is sold.").length(0, 500),
        field<&Terms::all_activities>("It covers every activity of these centres.").or_default(),
        field<&Terms::categories>("Categories it covers, with all below them; empty: none.")
            .length(0, 500),
        field<&Terms::activities>("Activities it covers; empty: none.").length(0, 500),
        field<&Terms::premium_activities>("Which activities are premium.").length(0, 500),
        field<&Terms::ticket_types>(
            "Ticket types it covers; places without one are always covered.")
            .length(0, 100),
        field<&Terms::seat_categories>(
            "Seat categories it covers; places without one are always covered.")
            .length(0, 100),
        field<&Terms::freeze_days>("Days for which it may be frozen.").or_default().range(0, 366),
        field<&Terms::weekly_slots>("Weekly places that may be claimed for the whole term.")
            .or_default()
            .range(0, 50),
        field<&Terms::people>("How many people share it.").or_default(),
        field<&Terms::introductory>("Only for new clients, and once.").or_default(),
        field<&Terms::auto_renewal>("Renews itself from the owner's balance, unless told not to.")
            .or_default(),
        field<&Terms::refund_fee>("Kept when the unused part is refunded; absent: nothing."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Plan::id>("Number of the plan."),
        field<&Plan::version>("Grows by one with each change."),
        field<&Plan::centre>("The centre that sells it; its zone and currency hold."),
        field<&Plan::name>("Name, as clients know it."),
        field<&Plan::description>("What it is about."),
        field<&Plan::active>("On sale."),
        field<&Plan::terms>("What it sells."),
        field<&Plan::external_ref>("The host's own key; unique."),
        field<&Plan::created_at>("When it was entered."),
        field<&Plan::archived_at>("When it was archived; absent while it is in use."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Freeze::id>("Number of the freeze."),
        field<&Freeze::subscription>("What is frozen."),
        field<&Freeze::first_day>("First local day of it."),
        field<&Freeze::last_day>("Last local day of it; before the first: taken back whole."),
        field<&Freeze::days>("How many days."),
        field<&Freeze::reason>("Why.").personal(),
        field<&Freeze::created_at>("When it was agreed."),
        field<&Freeze::thawed_at>("When it was shortened."),
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
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Figures::granted>("Visits bought."),
        field<&Figures::adjusted>("Visits that staff added, less those taken away."),
        field<&Figures::reserved>("Visits booked and still to come."),
        field<&Figures::used>("Visits made, or lost by cancelling late."),
        field<&Figures::remaining>("Visits that can still be booked; absent: no limit in all."),
        field<&Figures::left_today>("What the limit a day leaves today; absent: no limit."),
        field<&Figures::left_this_week>("What the limit a week leaves this week."),
        field<&Figures::left_this_month>("What the limit a month leaves this month."),
        field<&Figures::left_premium_this_month>("What the premium limit leaves this month."),
        field<&Figures::usable_after_end>(
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Revenue::sold>("What it was sold for."),
        field<&Revenue::recognised>("Earned so far."),
        field<&Revenue::deferred>("Still owed in visits or days."),
        field<&Revenue::refunded>("Given back or struck off."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Subscription::id>("Number of the subscription."),
        field<&Subscription::version>("Grows by one with each change."),
        field<&Subscription::plan>("The plan it was sold by."),
        field<&Subscription::plan_version>("Which version of it."),
        field<&Subscription::name>("The plan's name then."),
        field<&Subscription::centre>("The centre that sold it; days are local to it."),
        field<&Subscription::owner>("Who pays and decides."),
        field<&Subscription::people>("Who attends."),
        field<&Subscription::terms>("The terms it was sold by."),
        field<&Subscription::state>("What it is now."),
        field<&Subscription::is_paid>("Paid, or given on credit."),
        field<&Subscription::activation>("When it starts to run."),
        field<&Subscription::starts>("Its first local day; absent: not known yet."),
        field<&Subscription::last_day>("Its last local day; absent: not known yet."),
        field<&Subscription::is_provisional>(
            "The days follow from the first reserved visit and may still change."),
        field<&Subscription::days_left>("Days it still runs, today included."),
        field<&Subscription::visits>("Its visits, by the ledger."),
        field<&Subscription::freezes>("When it was, is or will be frozen."),
        field<&Subscription::freeze_days_left>("Days for which it may still be frozen."),
        field<&Subscription::auto_renewal>("Renews itself at the end from the owner's balance."),
        field<&Subscription::renews>("The subscription before it.").or_default(),
        field<&Subscription::renewed_by>("The one that follows.").or_default(),
        field<&Subscription::order>("The order it was bought with.").or_default(),
        field<&Subscription::revenue>("Its money, for those who see the centre's books."),
        field<&Subscription::external_ref>("The host's own key; unique."),
        field<&Subscription::created_at>("When it was bought."),
        field<&Subscription::cancelled_at>("When it was cancelled."),
        field<&Subscription::reason>("Why it was cancelled.").personal(),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Entry::subscription>("The subscription."),
        field<&Entry::number>("Counts its lines from 1."),
        field<&Entry::kind>("What the line does."),
        field<&Entry::visits>("How many visits; below zero where staff take some away."),
        field<&Entry::cause>("Why."),
        field<&Entry::booking>("The booking it is for.").or_default(),
        field<&Entry::waiting>("Who waits for a place, where there is no booking yet.")
            .or_default(),
        field<&Entry::session>("The session it is for.").or_default(),
        field<&Entry::attendee>("Who attends.").or_default(),
        field<&Entry::day>("The local day that limits count it for."),
        field<&Entry::premium>("A premium activity."),
        field<&Entry::reason>("Why, in words.").personal(),
        field<&Entry::by>("Whose account did it; absent: the host or time.").or_default(),
        field<&Entry::at>("When."),
    };
    return table;
  }
};

}  // namespace plans
}  // namespace v1
}  // namespace frontdesk
