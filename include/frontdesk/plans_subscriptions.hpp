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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Buy::plan>("The plan."),
        field<&Buy::owner>("Who pays and decides."),
        field<&Buy::people>("Who attends, all of the owner's family; empty: the owner.")
            .length(0, 50),
        field<&Buy::activation>("When it starts to run.").or_default(),
        field<&Buy::starts>("The first local day, with activation on a date."),
        field<&Buy::auto_renewal>("Whether it renews itself; absent: as the plan has it."),
        field<&Buy::coupon>("Code of a coupon.").length(1, 60),
        field<&Buy::tenders>("What is paid at once; empty: it waits for its payment.")
            .length(0, 20),
        field<&Buy::on_credit>("Usable before it is paid; for staff of the centre.").or_default(),
        field<&Buy::external_ref>("The host's own key; unique.").length(1, 200),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CarryOver::plan>("The plan whose terms hold."),
        field<&CarryOver::owner>("Who pays and decides."),
        field<&CarryOver::people>("Who attends, all of the owner's family; empty: the owner.")
            .length(0, 50),
        field<&CarryOver::starts>("Its first local day."),
        field<&CarryOver::last_day>("Its last local day; absent: by the plan."),
        field<&CarryOver::visits_left>("Visits not used yet; absent: all of the plan's.")
            .range(0, 1'000'000),
        field<&CarryOver::auto_renewal>("Renews itself at the end.").or_default(),
        field<&CarryOver::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

struct GetSubscription {
  using Result = Subscription;
  static const Operation operation;

  SubscriptionId subscription{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GetSubscription::subscription>("The subscription."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Subscriptions::centre>("Only of this centre.").or_default(),
        field<&Subscriptions::client>("Only those this client owns or attends by.").or_default(),
        field<&Subscriptions::plan>("Only by this plan.").or_default(),
        field<&Subscriptions::state>("Only those that are so now."),
        field<&Subscriptions::ends_before>("Only those whose last day is before it."),
        field<&Subscriptions::cursor>("From the page before."),
        field<&Subscriptions::limit>("Records a page.").or_default().range(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&FreezeDone::subscription>("The subscription, with its later end."),
        field<&FreezeDone::freeze>("The freeze."),
        field<&FreezeDone::visits>("Visits reserved inside of it when it was agreed."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&FreezeSubscription::subscription>("The subscription."),
        field<&FreezeSubscription::version>("The version it is thought to have."),
        field<&FreezeSubscription::first_day>("First local day of the freeze."),
        field<&FreezeSubscription::last_day>("Last local day of it."),
        field<&FreezeSubscription::reason>("Why.").personal().length(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Thaw::freeze>("The freeze."),
        field<&Thaw::runs_from>("First local day it runs again; absent: today."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Renew::subscription>("The subscription that ends."),
        field<&Renew::tenders>("What is paid at once.").length(0, 20),
        field<&Renew::on_credit>("Usable before it is paid; for staff of the centre.").or_default(),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SetRenewal::subscription>("The subscription."),
        field<&SetRenewal::version>("The version it is thought to have."),
        field<&SetRenewal::auto_renewal>("Whether it renews itself."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ChangePlan::subscription>("The subscription that ends."),
        field<&ChangePlan::version>("The version it is thought to have."),
        field<&ChangePlan::plan>("The new plan, of the same centre."),
        field<&ChangePlan::tenders>("How the new one is paid.").length(0, 20),
        field<&ChangePlan::on_credit>("Usable before it is paid; for staff of the centre.")
            .or_default(),
    };
    return table;
  }
};

/// A subscription that was cancelled, and what went back.
struct CancelDone {
  Subscription subscription{};
  Money refunded{};
  Money kept{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CancelDone::subscription>("The subscription."),
        field<&CancelDone::refunded>("What went back, tax included."),
        field<&CancelDone::kept>("What of the unused part was kept as a fee."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CancelSubscription::subscription>("The subscription."),
        field<&CancelSubscription::version>("The version it is thought to have."),
        field<&CancelSubscription::reason>("Why.").personal().length(1, 500),
        field<&CancelSubscription::refund>("Whether the unused part goes back.").or_default(),
        field<&CancelSubscription::waive_fee>("Whether the plan's fee is left out.").or_default(),
        field<&CancelSubscription::to>("Where the money goes.").or_default(),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Extend::subscription>("The subscription."),
        field<&Extend::version>("The version it is thought to have."),
        field<&Extend::days>("By how many days.").range(1, 366),
        field<&Extend::reason>("Why.").personal().length(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Reassign::subscription>("The subscription."),
        field<&Reassign::version>("The version it is thought to have."),
        field<&Reassign::owner>("The new owner."),
        field<&Reassign::people>("Who attends from now on; empty: the new owner.").length(0, 50),
        field<&Reassign::reason>("Why.").personal().length(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SetPeople::subscription>("The subscription."),
        field<&SetPeople::version>("The version it is thought to have."),
        field<&SetPeople::people>("Who attends from now on.").length(1, 50),
    };
    return table;
  }
};

}  // namespace plans
}  // namespace v1
}  // namespace frontdesk
