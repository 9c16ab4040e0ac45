/// Subscriptions as they are stored, and what follows from a row, the ledger and the clock.
#pragma once

#include <frontdesk/plans_events.hpp>
#include <frontdesk/plans_subscriptions.hpp>

#include "plans/calendar.hpp"
#include "plans/plans.hpp"
#include "storage/list.hpp"

namespace frontdesk::plans {

/// A row of `subscriptions`. States and figures are not in it: they follow.
struct Stored {
  SubscriptionId id{};
  std::int64_t version = 0;
  PlanId plan{};
  std::int64_t plan_version = 0;
  CentreId centre{};
  ClientId owner{};
  Activation activation = Activation::purchase;
  std::optional<Date> starts_on{};    ///< asked for, with Activation::date or a renewal
  std::optional<Date> activate_by{};  ///< with Activation::first_visit: at the latest
  std::optional<Date> starts{};
  std::optional<Date> last_day{};
  std::optional<Instant> starts_at{};
  std::optional<Instant> ends_at{};
  bool is_provisional = false;
  std::int64_t extra_days = 0;
  std::optional<Instant> paid_at{};
  bool is_counted = false;  ///< a number of visits in all
  bool auto_renewal = false;
  SubscriptionId renews{};
  SubscriptionId renewed_by{};
  std::int64_t attempts = 0;
  OrderId order{};
  OrderLineId order_line{};
  std::string currency{};
  std::int64_t price = 0;
  std::int64_t sold = 0;
  std::int64_t recognised = 0;
  std::int64_t refunded = 0;
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> cancelled_at{};
  std::optional<std::string> reason{};
  std::optional<Instant> closed_at{};
  std::optional<Instant> due_at{};

  static Fields fields();

  Money money(std::int64_t minor) const { return {minor, Currency(currency)}; }
  /// What of it was sold for is not given back or struck off.
  std::int64_t worth() const { return sold - refunded; }
  std::int64_t deferred() const { return worth() - recognised; }
};

/// Name and terms it was sold by.
std::shared_ptr<const PlanVersion> sold_by(Transaction& transaction, const Stored& stored);
/// The zone of the centre that sold it: its days are local to it.
std::string zone_of(Transaction& transaction, CentreId centre);
Date today_of(Transaction& transaction, CentreId centre);

/// The subscription in whatever state, or storage::missing.
Stored stored_subscription(Transaction& transaction, SubscriptionId id);
/// The same, where the operation's permission reaches it: through its centre, or its owner.
/// Attendees may look, not change.
Stored visible_subscription(Transaction& transaction, SubscriptionId id);
Stored owned_subscription(Transaction& transaction, SubscriptionId id,
                          const std::optional<std::int64_t>& version);
/// The same for staff of its centre alone; owners get it like strangers.
Stored subscription_of_staff(Transaction& transaction, SubscriptionId id,
                             const std::optional<std::int64_t>& version);
/// Whether the operation's permission reaches the centre itself, not only a client of it.
bool is_staff_of(const Transaction& transaction, CentreId centre);
/// Whether the caller is the client or looks after them, apart from what they may do for a centre.
bool reaches_client(Transaction& transaction, ClientId client);

/// Refuses what is over: conflict/subscription_cancelled, conflict/subscription_expired.
void check_runs(Transaction& transaction, const Stored& stored);

std::vector<ClientId> people_of(Transaction& transaction, SubscriptionId id);
void set_people(Transaction& transaction, const Stored& stored,
                const std::vector<ClientId>& people);
std::vector<Freeze> freezes_of(Transaction& transaction, SubscriptionId id);

/// Gives a subscription its first day, and with it the last. None: not known any more.
void set_days(Transaction& transaction, Stored& stored, std::optional<Date> starts,
              bool is_provisional);
/// Writes down days added to the term or given back; the end moves by as many.
void add_days(Transaction& transaction, Stored& stored, std::int64_t days, FreezeId freeze,
              const std::optional<std::string>& reason);
/// Stores a row under its next version, with the moment when the tick looks at it next.
/// What is due already stays due.
void store(Transaction& transaction, Stored& stored);
/// The same, and tells the world.
void change(Transaction& transaction, Stored& stored);

State state_of(Transaction& transaction, const Stored& stored, const Figures& figures);
/// The whole record, as the caller may see it.
Subscription view_of(Transaction& transaction, const Stored& stored);

/// When time next changes something about it; none once nothing is to come.
std::optional<Instant> next_due(Transaction& transaction, const Stored& stored);

}  // namespace frontdesk::plans
