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

  template <class Self = PlanChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::plan>("The plan."),
        field<&Self::centre>("Its centre."),
        field<&Self::version>("Its version now."),
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

  template <class Self = SubscriptionBought>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::client>("Its owner."),
        field<&Self::centre>("Its centre."),
        field<&Self::plan>("The plan."),
        field<&Self::order>("The order; absent for one carried over.").or_default(),
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

  template <class Self = SubscriptionChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::client>("Its owner."),
        field<&Self::centre>("Its centre."),
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

  template <class Self = SubscriptionFrozen>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::client>("Its owner."),
        field<&Self::centre>("Its centre."),
        field<&Self::freeze>("The freeze."),
        field<&Self::from>("When it begins."),
        field<&Self::until>("When the subscription runs again."),
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

  template <class Self = SubscriptionThawed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::client>("Its owner."),
        field<&Self::centre>("Its centre."),
        field<&Self::freeze>("The freeze."),
        field<&Self::days>("How many days are no longer frozen."),
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

  template <class Self = SubscriptionCancelled>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::client>("Its owner."),
        field<&Self::centre>("Its centre."),
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

  template <class Self = SubscriptionReplaced>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The one that ended."),
        field<&Self::replaced_by>("The one that follows."),
        field<&Self::client>("The owner."),
        field<&Self::centre>("The centre."),
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

  template <class Self = SubscriptionRenewed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The one that ends."),
        field<&Self::renewed_by>("The one that follows."),
        field<&Self::client>("The owner."),
        field<&Self::centre>("The centre."),
        field<&Self::by_itself>("Paid from the balance without anybody asking."),
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

  template <class Self = RenewalFailed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::client>("Its owner."),
        field<&Self::centre>("Its centre."),
        field<&Self::cause>("The reason, such as `balance_too_low`."),
        field<&Self::attempt>("Which attempt it was, from 1."),
        field<&Self::is_last>("It is not tried again."),
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

  template <class Self = RunningLow>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::client>("Its owner."),
        field<&Self::centre>("Its centre."),
        field<&Self::left>("Visits not used yet."),
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

  template <class Self = Exhausted>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::client>("Its owner."),
        field<&Self::centre>("Its centre."),
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

  template <class Self = Expiring>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::client>("Its owner."),
        field<&Self::centre>("Its centre."),
        field<&Self::last_day>("Its last local day."),
        field<&Self::days>("How many days before it this is told."),
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

  template <class Self = Expired>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription."),
        field<&Self::client>("Its owner."),
        field<&Self::centre>("Its centre."),
        field<&Self::last_day>("Its last local day."),
    };
    return table;
  }
};

}  // namespace plans
}  // namespace v1
}  // namespace frontdesk
