/// Buying subscriptions, looking at them, renewing, changing the plan, cancelling, and what staff
/// do by hand. Clients buy and change for themselves and their family.
#pragma once

#include <frontdesk/money.hpp>
#include <frontdesk/plans.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace plans {

/// Buys a subscription by a plan. It can be used once its order is paid; staff may let it be used
/// at once, owing.
struct Buy {
  using Result = Subscription;
  static const Operation operation;

  PlanId plan{};
  ClientId owner{};
  std::vector<ClientId> people{};
  Activation activation = Activation::purchase;
  std::optional<Date> starts{};
  std::optional<bool> auto_renewal{};
  std::optional<std::string> coupon{};
  std::vector<money::Tender> tenders{};
  bool on_credit = false;
  std::optional<std::string> external_ref{};

  template <class Self = Buy>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::plan>("The plan."),
        field<&Self::owner>("Who pays and decides."),
        field<&Self::people>("Who attends, all of the owner's family; empty: the owner.")
            .length(0, 50),
        field<&Self::activation>("When it starts to run.").or_default(),
        field<&Self::starts>("The first local day, with activation on a date."),
        field<&Self::auto_renewal>("Whether it renews itself; absent: as the plan has it."),
        field<&Self::coupon>("Code of a coupon.").length(1, 60),
        field<&Self::tenders>("What is paid at once; empty: it waits for its payment.")
            .length(0, 20),
        field<&Self::on_credit>("Usable before it is paid; for staff of the centre.").or_default(),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// Enters a subscription that already runs, as when a business moves in: with its days and the
/// visits left, without an order.
struct CarryOver {
  using Result = Subscription;
  static const Operation operation;

  PlanId plan{};
  ClientId owner{};
  std::vector<ClientId> people{};
  Date starts{};
  std::optional<Date> last_day{};
  std::optional<std::int64_t> visits_left{};
  bool auto_renewal = false;
  std::optional<std::string> external_ref{};

  template <class Self = CarryOver>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::plan>("The plan whose terms hold."),
        field<&Self::owner>("Who pays and decides."),
        field<&Self::people>("Who attends, all of the owner's family; empty: the owner.")
            .length(0, 50),
        field<&Self::starts>("Its first local day."),
        field<&Self::last_day>("Its last local day; absent: by the plan."),
        field<&Self::visits_left>("Visits not used yet; absent: all of the plan's.")
            .range(0, 1'000'000),
        field<&Self::auto_renewal>("Renews itself at the end.").or_default(),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

struct GetSubscription {
  using Result = Subscription;
  static const Operation operation;

  SubscriptionId subscription{};

  template <class Self = GetSubscription>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
    };
    return table;
  }
};

/// Subscriptions the caller may see, newest first.
struct Subscriptions {
  using Result = Page<Subscription>;
  static const Operation operation;

  CentreId centre{};
  ClientId client{};
  PlanId plan{};
  std::optional<State> state{};
  std::optional<Date> ends_before{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Subscriptions>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::client>("Only those this client owns or attends by.").or_default(),
        field<&Self::plan>("Only by this plan.").or_default(),
        field<&Self::state>("Only those that are so now."),
        field<&Self::ends_before>("Only those whose last day is before it."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Freezes a subscription for some days. The result tells the visits inside, whose bookings end
/// with it; preview it first.
struct FreezeDone {
  Subscription subscription{};
  Freeze freeze{};
  std::vector<Entry> visits{};

  template <class Self = FreezeDone>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription, with its later end."),
        field<&Self::freeze>("The freeze."),
        field<&Self::visits>("Visits reserved inside of it when it was agreed."),
    };
    return table;
  }
};

struct FreezeSubscription {
  using Result = FreezeDone;
  static const Operation operation;

  SubscriptionId subscription{};
  std::optional<std::int64_t> version{};
  Date first_day{};
  Date last_day{};
  std::optional<std::string> reason{};

  template <class Self = FreezeSubscription>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::first_day>("First local day of the freeze."),
        field<&Self::last_day>("Last local day of it."),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

/// Lets a subscription run again before its freeze is over, or takes back one that has not begun.
/// The days are given back to the allowance and the end is earlier by as many.
struct Thaw {
  using Result = Subscription;
  static const Operation operation;

  FreezeId freeze{};
  std::optional<Date> runs_from{};

  template <class Self = Thaw>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::freeze>("The freeze."),
        field<&Self::runs_from>("First local day it runs again; absent: today."),
    };
    return table;
  }
};

/// Buys the next subscription by the same plan as it is now, to follow this one.
struct Renew {
  using Result = Subscription;
  static const Operation operation;

  SubscriptionId subscription{};
  std::vector<money::Tender> tenders{};
  bool on_credit = false;

  template <class Self = Renew>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription that ends."),
        field<&Self::tenders>("What is paid at once.").length(0, 20),
        field<&Self::on_credit>("Usable before it is paid; for staff of the centre.").or_default(),
    };
    return table;
  }
};

/// Says whether a subscription renews itself.
struct SetRenewal {
  using Result = Subscription;
  static const Operation operation;

  SubscriptionId subscription{};
  std::optional<std::int64_t> version{};
  bool auto_renewal = true;

  template <class Self = SetRenewal>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::auto_renewal>("Whether it renews itself."),
    };
    return table;
  }
};

/// Ends a subscription today and starts another plan in its place. Its price for the days that are
/// left goes to the owner's balance, and visits reserved for later move to the new one.
struct ChangePlan {
  using Result = Subscription;
  static const Operation operation;

  SubscriptionId subscription{};
  std::optional<std::int64_t> version{};
  PlanId plan{};
  std::vector<money::Tender> tenders{};
  bool on_credit = false;

  template <class Self = ChangePlan>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription that ends."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::plan>("The new plan, of the same centre."),
        field<&Self::tenders>("How the new one is paid.").length(0, 20),
        field<&Self::on_credit>("Usable before it is paid; for staff of the centre.").or_default(),
    };
    return table;
  }
};

/// A subscription that was cancelled, and what went back.
struct CancelDone {
  Subscription subscription{};
  Money refunded{};
  Money kept{};

  template <class Self = CancelDone>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::refunded>("What went back, tax included."),
        field<&Self::kept>("What of the unused part was kept as a fee."),
    };
    return table;
  }
};

/// Cancels a subscription; by staff, with a reason. The unused part goes back, less the fee.
struct CancelSubscription {
  using Result = CancelDone;
  static const Operation operation;

  SubscriptionId subscription{};
  std::optional<std::int64_t> version{};
  std::string reason{};
  bool refund = true;
  bool waive_fee = false;
  money::RefundTo to = money::RefundTo::balance;

  template <class Self = CancelSubscription>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::reason>("Why.").personal().length(1, 500),
        field<&Self::refund>("Whether the unused part goes back.").or_default(),
        field<&Self::waive_fee>("Whether the plan's fee is left out.").or_default(),
        field<&Self::to>("Where the money goes.").or_default(),
    };
    return table;
  }
};

/// Lengthens a subscription by days, by staff, with a reason.
struct Extend {
  using Result = Subscription;
  static const Operation operation;

  SubscriptionId subscription{};
  std::optional<std::int64_t> version{};
  std::int64_t days = 0;
  std::string reason{};

  template <class Self = Extend>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::days>("By how many days.").range(1, 366),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

/// Gives a subscription to another owner, by staff, with a reason.
struct Reassign {
  using Result = Subscription;
  static const Operation operation;

  SubscriptionId subscription{};
  std::optional<std::int64_t> version{};
  ClientId owner{};
  std::vector<ClientId> people{};
  std::string reason{};

  template <class Self = Reassign>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::owner>("The new owner."),
        field<&Self::people>("Who attends from now on; empty: the new owner.").length(0, 50),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

/// Says who attends by a subscription, all of the owner's family.
struct SetPeople {
  using Result = Subscription;
  static const Operation operation;

  SubscriptionId subscription{};
  std::optional<std::int64_t> version{};
  std::vector<ClientId> people{};

  template <class Self = SetPeople>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::people>("Who attends from now on.").length(1, 50),
    };
    return table;
  }
};

}  // namespace plans
}  // namespace v1
}  // namespace frontdesk
