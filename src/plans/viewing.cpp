/// Looking at subscriptions: what follows from a row, the ledger of visits and the clock (SPEC V3).
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/zones.hpp"
#include "plans/ledger.hpp"
#include "plans/stored.hpp"
#include "storage/define.hpp"

namespace frontdesk::plans {
namespace {

bool is_frozen(Transaction& transaction, SubscriptionId id, Date day) {
  return transaction.exists(
      "SELECT 1 FROM freezes WHERE subscription = $1 AND first_day <= $2 AND last_day >= $2", id,
      number_of(day));
}

std::int64_t frozen_days(const std::vector<Freeze>& freezes) {
  std::int64_t days = 0;
  for (const Freeze& freeze : freezes) days += freeze.days;
  return days;
}

std::optional<Revenue> revenue_of(Transaction& transaction, const Stored& stored) {
  if (!access::reach_of(transaction, "money.view_books").covers(stored.centre)) {
    return std::nullopt;
  }
  return Revenue{.sold = stored.money(stored.sold),
                 .recognised = stored.money(stored.recognised),
                 .deferred = stored.money(stored.deferred()),
                 .refunded = stored.money(stored.refunded)};
}

}  // namespace

State state_of(Transaction& transaction, const Stored& stored, const Figures& figures) {
  const Instant now = transaction.now();
  if (stored.cancelled_at) return State::cancelled;
  if (stored.ends_at && *stored.ends_at <= now) return State::expired;
  const bool has_started = stored.starts_at && *stored.starts_at <= now && !stored.is_provisional;
  if (!stored.paid_at || !has_started) return State::pending;
  if (is_frozen(transaction, stored.id, today_of(transaction, stored.centre))) {
    return State::frozen;
  }
  const bool is_used_up = figures.remaining && figures.used == figures.granted + figures.adjusted;
  return is_used_up ? State::exhausted : State::active;
}

Subscription view_of(Transaction& transaction, const Stored& stored) {
  const auto version = sold_by(transaction, stored);
  const Date today = today_of(transaction, stored.centre);
  Subscription view{.id = stored.id,
                    .version = stored.version,
                    .plan = stored.plan,
                    .plan_version = stored.plan_version,
                    .name = version->name,
                    .centre = stored.centre,
                    .owner = stored.owner,
                    .people = people_of(transaction, stored.id),
                    .terms = version->terms,
                    .is_paid = stored.paid_at.has_value(),
                    .activation = stored.activation,
                    .starts = stored.starts,
                    .last_day = stored.last_day,
                    .is_provisional = stored.is_provisional,
                    .visits = figures_of(transaction, stored, version->terms, today),
                    .freezes = freezes_of(transaction, stored.id),
                    .auto_renewal = stored.auto_renewal,
                    .renews = stored.renews,
                    .renewed_by = stored.renewed_by,
                    .order = stored.order,
                    .revenue = revenue_of(transaction, stored),
                    .external_ref = stored.external_ref,
                    .created_at = stored.created_at,
                    .cancelled_at = stored.cancelled_at,
                    .reason = stored.reason};
  view.state = state_of(transaction, stored, view.visits);
  const bool runs = view.state != State::cancelled && view.state != State::expired;
  if (stored.last_day && runs) {
    view.days_left = days_between(std::max(today, *stored.starts), *stored.last_day) + 1;
  }
  view.freeze_days_left =
      std::max<std::int64_t>(version->terms.freeze_days - frozen_days(view.freezes), 0);
  return view;
}

// --- one ---

Subscription handle(Transaction& transaction, const GetSubscription& request) {
  return view_of(transaction, visible_subscription(transaction, request.subscription));
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
};

constinit const Operation GetSubscription::operation = storage::define<GetSubscription>({
    .number = 1011,
    .name = "plans.get_subscription",
    .kind = OperationKind::read,
    .doc = "One subscription with its visits, days and limits left.",
    .rule = {.permission = "plans.view"},
    .refusals = get_refusals,
    .example = R"({"subscription": 1})",
});

// --- all ---

namespace {

/// The same as state_of, for many rows at once. Days are compared as moments of the centre's zone.
void show_state(storage::List& list, State state, Instant now) {
  const std::string runs = "cancelled_at IS NULL AND (ends_at IS NULL OR ends_at > $)";
  const std::string waits =
      "(paid_at IS NULL OR starts_at IS NULL OR is_provisional = 1 OR starts_at > $)";
  const std::string started = runs + " AND NOT " + waits;
  const std::string frozen =
      "EXISTS (SELECT 1 FROM freezes WHERE freezes.subscription = subscriptions.id"
      " AND freezes.starts_at <= $ AND freezes.ends_at > $)";
  const std::string used_up =
      "(is_counted = 1 AND 0 = coalesce((SELECT granted_sum + adjusted_sum - used_sum FROM visits"
      " WHERE visits.subscription = subscriptions.id ORDER BY number DESC LIMIT 1), 0))";
  switch (state) {
    case State::cancelled:
      return list.where("cancelled_at IS NOT NULL");
    case State::expired:
      return list.where("cancelled_at IS NULL AND ends_at <= $", now);
    case State::pending:
      return list.where(runs + " AND " + waits, now, now);
    case State::frozen:
      return list.where(started + " AND " + frozen, now, now, now, now);
    case State::exhausted:
      return list.where(started + " AND NOT " + frozen + " AND " + used_up, now, now, now, now);
    case State::active:
      return list.where(started + " AND NOT " + frozen + " AND NOT " + used_up, now, now, now, now);
  }
}

}  // namespace

Page<Subscription> handle(Transaction& transaction, const Subscriptions& request) {
  storage::List list("subscriptions");
  access::narrow_to_reach(list, transaction,
                          {.client = "subscriptions.owner", .centre = "subscriptions.centre"});
  if (request.centre) list.where("centre = $", request.centre);
  if (request.plan) list.where("plan = $", request.plan);
  if (request.client) {
    list.where(
        "owner = $ OR id IN (SELECT subscription_people.subscription FROM subscription_people"
        " WHERE subscription_people.client = $)",
        request.client, request.client);
  }
  if (request.ends_before) list.where("last_day < $", number_of(*request.ends_before));
  if (request.state) show_state(list, *request.state, transaction.now());
  list.order({{"id", true}});
  const auto rows = list.page<Stored>(transaction, request.cursor, request.limit);
  Page<Subscription> page;
  page.next = rows.next;
  for (const Stored& stored : rows.items) {
    check_days(stored);
    page.items.push_back(view_of(transaction, stored));
  }
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Subscriptions::operation = storage::define<Subscriptions>({
    .number = 1012,
    .name = "plans.subscriptions",
    .kind = OperationKind::read,
    .doc = "Lists subscriptions, newest first.",
    .rule = {.permission = "plans.view"},
    .refusals = list_refusals,
    .example = R"({"client": 7, "state": "active"})",
});

}  // namespace frontdesk::plans
