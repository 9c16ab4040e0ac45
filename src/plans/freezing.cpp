/// Freezing and thawing: within the plan's days, not into the past, and the end moves (SPEC V8).
#include "base/zones.hpp"
#include "plans/selling.hpp"
#include "plans/visits.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::plans {

constinit const storage::EventKind SubscriptionFrozen::kind{
    "plans.subscription_frozen", "A subscription was frozen; bookings by it in these days end.",
    "plans.view"};
constinit const storage::EventKind SubscriptionThawed::kind{
    "plans.subscription_thawed", "A freeze was shortened or taken back.", "plans.view"};

namespace {

std::int64_t frozen_days(const std::vector<Freeze>& freezes) {
  std::int64_t days = 0;
  for (const Freeze& freeze : freezes) days += freeze.days;
  return days;
}

void check_freezable(Transaction& transaction, const Stored& stored) {
  check_runs(transaction, stored);
  if (!stored.paid_at) throw Error(Code::conflict, "subscription_unpaid", "subscription");
  if (!stored.starts || stored.is_provisional) {
    throw Error(Code::conflict, "subscription_not_started", "subscription");
  }
}

void check_interval(Transaction& transaction, const Stored& stored,
                    const FreezeSubscription& request) {
  if (request.last_day < request.first_day) {
    throw Error(Code::invalid, "days_reversed", "last_day");
  }
  if (request.first_day < today_of(transaction, stored.centre)) {
    throw Error(Code::invalid, "freeze_past", "first_day");
  }
  if (request.first_day < *stored.starts || request.first_day > *stored.last_day) {
    throw Error(
        Code::invalid, "freeze_outside", "first_day",
        {{"starts", zones::print(*stored.starts)}, {"last_day", zones::print(*stored.last_day)}});
  }
}

void check_allowance(Transaction& transaction, const Stored& stored, std::int64_t days,
                     const FreezeSubscription& request) {
  const auto freezes = freezes_of(transaction, stored.id);
  for (const Freeze& freeze : freezes) {
    if (freeze.days == 0) continue;
    if (request.first_day <= freeze.last_day && freeze.first_day <= request.last_day) {
      throw Error(Code::conflict, "freeze_overlaps", "first_day", {{"freeze", freeze.id.value}});
    }
  }
  const std::int64_t allowed = sold_by(transaction, stored)->terms.freeze_days;
  const std::int64_t left = std::max<std::int64_t>(allowed - frozen_days(freezes), 0);
  if (days > left) {
    throw Error(Code::conflict, "freeze_days_exceeded", "last_day",
                {{"days", days}, {"left", left}});
  }
}

/// A day whose visit is used has run: to freeze it afterwards would give it twice.
void check_unused(Transaction& transaction, const Stored& stored, Date day) {
  const bool is_used = transaction
                           .one_number(
                               "SELECT sum(used) FROM visits WHERE subscription = $1"
                               " AND day = $2",
                               stored.id, number_of(day))
                           .value_or(0) > 0;
  if (is_used) {
    throw Error(Code::conflict, "freeze_day_used", "first_day", {{"day", zones::print(day)}});
  }
}

FreezeId enter_freeze(Transaction& transaction, const Stored& stored, const Freeze& freeze) {
  const std::string zone = zone_of(transaction, stored.centre);
  return transaction.insert<FreezeId>(
      "INSERT INTO freezes (subscription, first_day, last_day, days, starts_at, ends_at, reason,"
      " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      stored.id, number_of(freeze.first_day), number_of(freeze.last_day), freeze.days,
      zones::start_of_day(freeze.first_day, zone),
      zones::start_of_day(plus_days(freeze.last_day, 1), zone), freeze.reason, freeze.created_at);
}

}  // namespace

FreezeDone handle(Transaction& transaction, const FreezeSubscription& request) {
  Stored stored = owned_subscription(transaction, request.subscription, request.version);
  check_freezable(transaction, stored);
  check_interval(transaction, stored, request);
  const std::int64_t days = days_between(request.first_day, request.last_day) + 1;
  check_allowance(transaction, stored, days, request);
  check_unused(transaction, stored, request.first_day);
  FreezeDone done;
  done.visits =
      reserved_visits(transaction, stored.id, request.first_day, plus_days(request.last_day, 1));
  done.freeze = {.subscription = stored.id,
                 .first_day = request.first_day,
                 .last_day = request.last_day,
                 .days = days,
                 .reason = request.reason,
                 .created_at = transaction.now()};
  done.freeze.id = enter_freeze(transaction, stored, done.freeze);
  add_days(transaction, stored, days, done.freeze.id, request.reason);
  store(transaction, stored);
  const std::string zone = zone_of(transaction, stored.centre);
  transaction.emit(
      SubscriptionFrozen{.subscription = stored.id,
                         .client = stored.owner,
                         .centre = stored.centre,
                         .freeze = done.freeze.id,
                         .from = zones::start_of_day(request.first_day, zone),
                         .until = zones::start_of_day(plus_days(request.last_day, 1), zone)});
  done.subscription = view_of(transaction, stored);
  return done;
}

static constexpr Refusal freeze_refusals[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::conflict, "version_outdated", "it was changed since that version"},
    {Code::conflict, "subscription_cancelled", "it was cancelled"},
    {Code::conflict, "subscription_expired", "its last day is over"},
    {Code::conflict, "subscription_unpaid", "it waits for its payment"},
    {Code::conflict, "subscription_not_started", "it starts with its first visit"},
    {Code::invalid, "days_reversed", "the last day is before the first"},
    {Code::invalid, "freeze_past", "the freeze would begin in the past"},
    {Code::invalid, "freeze_outside", "the freeze would not begin within its days"},
    {Code::conflict, "freeze_overlaps", "it is frozen then already"},
    {Code::conflict, "freeze_days_exceeded", "the plan does not allow as many days"},
    {Code::conflict, "freeze_day_used", "it begins on a day whose visit is used"},
};

constinit const Operation FreezeSubscription::operation = storage::define<FreezeSubscription>({
    .number = 1020,
    .name = "plans.freeze_subscription",
    .kind = OperationKind::write,
    .doc = "Freezes a subscription for some days; preview it to see which visits it ends.",
    .rule = {.permission = "plans.sell"},
    .refusals = freeze_refusals,
    .example = R"({"subscription": 1, "first_day": "2026-09-10", "last_day": "2026-09-16"})",
});

// --- thaw ---

namespace {

Freeze stored_freeze(Transaction& transaction, FreezeId id) {
  auto freeze = storage::find<Freeze>(transaction, "freezes WHERE id = $1", id);
  if (!freeze) storage::missing("freeze", "freeze");
  return std::move(*freeze);
}

/// The subscription of a freeze; a foreign one looks like none.
Stored subscription_of(Transaction& transaction, const Freeze& freeze) {
  Stored stored = stored_subscription(transaction, freeze.subscription);
  if (!stored.starts) throw Error(Code::storage, "file_damaged");  // only days it has are frozen
  if (!is_staff_of(transaction, stored.centre) && !reaches_client(transaction, stored.owner)) {
    storage::missing("freeze", "freeze");
  }
  transaction.concern(stored.owner);
  return stored;
}

void check_thaw(Transaction& transaction, const Stored& stored, const Freeze& freeze,
                Date runs_from) {
  check_runs(transaction, stored);
  if (runs_from < today_of(transaction, stored.centre)) {
    throw Error(Code::invalid, "thaw_past", "runs_from");
  }
  if (freeze.days == 0 || runs_from > freeze.last_day) {
    throw Error(Code::conflict, "freeze_over", "freeze",
                {{"last_day", zones::print(freeze.last_day)}});
  }
}

/// The end comes nearer; a visit after it would lose its subscription.
void check_nothing_after(Transaction& transaction, const Stored& stored, std::int64_t days) {
  const Date last = plus_days(*stored.last_day, -days);
  const auto after = reserved_visits(transaction, stored.id, plus_days(last, 1));
  if (after.empty()) return;
  throw Error(
      Code::conflict, "visits_after_end", "freeze",
      {{"last_day", zones::print(last)}, {"count", static_cast<std::int64_t>(after.size())}});
}

}  // namespace

Subscription handle(Transaction& transaction, const Thaw& request) {
  const Freeze freeze = stored_freeze(transaction, request.freeze);
  Stored stored = subscription_of(transaction, freeze);
  const Date wanted = request.runs_from.value_or(today_of(transaction, stored.centre));
  check_thaw(transaction, stored, freeze, wanted);
  const Date runs_from = std::max(wanted, freeze.first_day);
  const std::int64_t given_back = days_between(runs_from, freeze.last_day) + 1;
  check_nothing_after(transaction, stored, given_back);
  transaction.execute(
      "UPDATE freezes SET last_day = $2, days = days - $3, ends_at = $4, thawed_at = $5"
      " WHERE id = $1",
      freeze.id, number_of(plus_days(runs_from, -1)), given_back,
      zones::start_of_day(runs_from, zone_of(transaction, stored.centre)), transaction.now());
  add_days(transaction, stored, -given_back, freeze.id, {});
  store(transaction, stored);
  transaction.emit(SubscriptionThawed{.subscription = stored.id,
                                      .client = stored.owner,
                                      .centre = stored.centre,
                                      .freeze = freeze.id,
                                      .days = given_back});
  return view_of(transaction, stored);
}

static constexpr Refusal thaw_refusals[] = {
    {Code::not_found, "freeze_not_found", "no such freeze, or not within reach"},
    {Code::conflict, "subscription_cancelled", "the subscription was cancelled"},
    {Code::conflict, "subscription_expired", "its last day is over"},
    {Code::invalid, "thaw_past", "the day has passed"},
    {Code::conflict, "freeze_over", "the freeze is over, or taken back"},
    {Code::conflict, "visits_after_end", "visits are reserved after the nearer end"},
};

constinit const Operation Thaw::operation = storage::define<Thaw>({
    .number = 1021,
    .name = "plans.thaw",
    .kind = OperationKind::write,
    .doc = "Ends a freeze early or takes it back; the days are given back.",
    .rule = {.permission = "plans.sell"},
    .refusals = thaw_refusals,
    .example = R"({"freeze": 1})",
});

}  // namespace frontdesk::plans
