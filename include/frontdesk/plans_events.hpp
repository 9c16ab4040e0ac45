/// What happens to plans and subscriptions, for whoever listens: the host, notices, bookings.
#pragma once

#include <frontdesk/plans.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace plans {

/// A plan was created, changed, archived or restored.
struct PlanChanged {
  static const storage::EventKind kind;

  PlanId plan{};
  CentreId centre{};
  std::int64_t version = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PlanChanged::plan>("The plan."),
        field<&PlanChanged::centre>("Its centre."),
        field<&PlanChanged::version>("Its version now."),
    };
    return table;
  }
};

/// Somebody bought a subscription. It can be used once it is paid and has started.
struct SubscriptionBought {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  ClientId client{};
  CentreId centre{};
  PlanId plan{};
  OrderId order{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SubscriptionBought::subscription>("The subscription."),
        field<&SubscriptionBought::client>("Its owner."),
        field<&SubscriptionBought::centre>("Its centre."),
        field<&SubscriptionBought::plan>("The plan."),
        field<&SubscriptionBought::order>("The order; absent for one carried over.").or_default(),
    };
    return table;
  }
};

/// A subscription was paid, got its days, was lengthened, adjusted or given to other people.
struct SubscriptionChanged {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  ClientId client{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SubscriptionChanged::subscription>("The subscription."),
        field<&SubscriptionChanged::client>("Its owner."),
        field<&SubscriptionChanged::centre>("Its centre."),
    };
    return table;
  }
};

/// A subscription does not run in these days: bookings by it between the two moments end.
struct SubscriptionFrozen {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  ClientId client{};
  CentreId centre{};
  FreezeId freeze{};
  Instant from{};
  Instant until{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SubscriptionFrozen::subscription>("The subscription."),
        field<&SubscriptionFrozen::client>("Its owner."),
        field<&SubscriptionFrozen::centre>("Its centre."),
        field<&SubscriptionFrozen::freeze>("The freeze."),
        field<&SubscriptionFrozen::from>("When it begins."),
        field<&SubscriptionFrozen::until>("When the subscription runs again."),
    };
    return table;
  }
};

/// A freeze was shortened; days were given back.
struct SubscriptionThawed {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  ClientId client{};
  CentreId centre{};
  FreezeId freeze{};
  std::int64_t days = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SubscriptionThawed::subscription>("The subscription."),
        field<&SubscriptionThawed::client>("Its owner."),
        field<&SubscriptionThawed::centre>("Its centre."),
        field<&SubscriptionThawed::freeze>("The freeze."),
        field<&SubscriptionThawed::days>("How many days are no longer frozen."),
    };
    return table;
  }
};

/// A subscription was cancelled: bookings by it that are to come end.
struct SubscriptionCancelled {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  ClientId client{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SubscriptionCancelled::subscription>("The subscription."),
        field<&SubscriptionCancelled::client>("Its owner."),
        field<&SubscriptionCancelled::centre>("Its centre."),
    };
    return table;
  }
};

/// Another subscription took over the reserved visits of one: bookings follow.
struct SubscriptionReplaced {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  SubscriptionId replaced_by{};
  ClientId client{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SubscriptionReplaced::subscription>("The one that ended."),
        field<&SubscriptionReplaced::replaced_by>("The one that follows."),
        field<&SubscriptionReplaced::client>("The owner."),
        field<&SubscriptionReplaced::centre>("The centre."),
    };
    return table;
  }
};

/// A subscription was renewed, by hand or by itself.
struct SubscriptionRenewed {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  SubscriptionId renewed_by{};
  ClientId client{};
  CentreId centre{};
  bool by_itself = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SubscriptionRenewed::subscription>("The one that ends."),
        field<&SubscriptionRenewed::renewed_by>("The one that follows."),
        field<&SubscriptionRenewed::client>("The owner."),
        field<&SubscriptionRenewed::centre>("The centre."),
        field<&SubscriptionRenewed::by_itself>("Paid from the balance without anybody asking."),
    };
    return table;
  }
};

/// A subscription could not renew itself.
struct RenewalFailed {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  ClientId client{};
  CentreId centre{};
  std::string cause{};
  std::int64_t attempt = 0;
  bool is_last = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&RenewalFailed::subscription>("The subscription."),
        field<&RenewalFailed::client>("Its owner."),
        field<&RenewalFailed::centre>("Its centre."),
        field<&RenewalFailed::cause>("The reason, such as `balance_too_low`."),
        field<&RenewalFailed::attempt>("Which attempt it was, from 1."),
        field<&RenewalFailed::is_last>("It is not tried again."),
    };
    return table;
  }
};

/// Few visits are left that were not used; once for each number of visits granted.
struct RunningLow {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  ClientId client{};
  CentreId centre{};
  std::int64_t left = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&RunningLow::subscription>("The subscription."),
        field<&RunningLow::client>("Its owner."),
        field<&RunningLow::centre>("Its centre."),
        field<&RunningLow::left>("Visits not used yet."),
    };
    return table;
  }
};

/// All visits are used, not merely reserved; once for each number of visits granted.
struct Exhausted {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  ClientId client{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Exhausted::subscription>("The subscription."),
        field<&Exhausted::client>("Its owner."),
        field<&Exhausted::centre>("Its centre."),
    };
    return table;
  }
};

/// A subscription ends soon; once for each last day and each number of days before it.
struct Expiring {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  ClientId client{};
  CentreId centre{};
  Date last_day{};
  std::int64_t days = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Expiring::subscription>("The subscription."),
        field<&Expiring::client>("Its owner."),
        field<&Expiring::centre>("Its centre."),
        field<&Expiring::last_day>("Its last local day."),
        field<&Expiring::days>("How many days before it this is told."),
    };
    return table;
  }
};

/// The last day of a subscription is over; once for each last day.
struct Expired {
  static const storage::EventKind kind;

  SubscriptionId subscription{};
  ClientId client{};
  CentreId centre{};
  Date last_day{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Expired::subscription>("The subscription."),
        field<&Expired::client>("Its owner."),
        field<&Expired::centre>("Its centre."),
        field<&Expired::last_day>("Its last local day."),
    };
    return table;
  }
};

}  // namespace plans
}  // namespace v1
}  // namespace frontdesk
