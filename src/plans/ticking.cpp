/// What time brings to subscriptions (SPEC V2, V9, V10, V13): the latest start, revenue, notices,
/// the end, renewal. Only what is due is looked at, some at a time.
#include "base/zones.hpp"
#include "money/orders.hpp"
#include "plans/acting.hpp"
#include "plans/renewing.hpp"
#include "plans/revenue.hpp"
#include "plans/settings.hpp"
#include "plans/stored.hpp"
#include "plans/telling.hpp"

#include <algorithm>

namespace frontdesk::plans {
namespace {

constexpr std::int64_t subscriptions_at_once = 100;

bool is_over(Transaction& transaction, const Stored& stored) {
  return stored.ends_at && *stored.ends_at <= transaction.now();
}

bool waits_for_first_visit(const Stored& stored) {
  return stored.activation == Activation::first_visit && stored.activate_by &&
         (!stored.starts || stored.is_provisional);
}

/// No first visit in time: it starts all the same (SPEC V2). True where that changed it.
bool start_at_latest(Transaction& transaction, Stored& stored) {
  if (!waits_for_first_visit(stored)) return false;
  if (*stored.activate_by > today_of(transaction, stored.centre)) return false;
  set_days(transaction, stored,
           std::min(stored.starts.value_or(*stored.activate_by), *stored.activate_by), false);
  return true;
}

/// The moments of its days follow the centre's zone, and the zone's rules. True where they changed.
bool follow_zone(Transaction& transaction, Stored& stored) {
  if (!stored.starts || stored.closed_at) return false;
  const std::optional<Instant> starts_at = stored.starts_at;
  const std::optional<Instant> ends_at = stored.ends_at;
  set_days(transaction, stored, stored.starts, stored.is_provisional);
  if (stored.starts_at == starts_at && stored.ends_at == ends_at) return false;
  const std::string zone = zone_of(transaction, stored.centre);
  for (const Freeze& freeze : freezes_of(transaction, stored.id)) {
    transaction.execute("UPDATE freezes SET starts_at = $2, ends_at = $3 WHERE id = $1", freeze.id,
                        zones::start_of_day(freeze.first_day, zone),
                        zones::start_of_day(plus_days(freeze.last_day, 1), zone));
  }
  return true;
}

bool is_last_attempt(Transaction& transaction, const Stored& stored) {
  const std::int64_t days = storage::number(transaction, renewal_days, stored.centre);
  return days_between(*stored.last_day, today_of(transaction, stored.centre)) > days;
}

bool wants_renewal(const Stored& stored) {
  return stored.auto_renewal && !stored.renewed_by && !stored.cancelled_at;
}

/// Why it cannot be renewed from the balance now; empty where it was. Funds are looked at before
/// anything is written, since a refusal here must not undo the rest of the tick.
std::string renew_from_balance(Transaction& transaction, Stored& stored) {
  const Plan plan = stored_plan(transaction, stored.plan);
  const money::Funds funds = money::funds_of(transaction, stored.owner, stored.centre);
  if (funds.available() < plan.terms.price.minor) return "balance_too_low";
  const money::Tender tender{.method = money::PaymentMethod::balance};
  const std::span<const money::Tender> tenders =
      plan.terms.price.minor > 0 ? std::span(&tender, 1) : std::span<const money::Tender>{};
  try {
    renew(transaction, stored, {.tenders = tenders, .by_itself = true});
  } catch (const Error& error) {
    const bool is_refusal = error.code() == Code::conflict || error.code() == Code::invalid ||
                            error.code() == Code::not_found;
    if (!is_refusal) throw;
    return error.reason();
  }
  return {};
}

/// One attempt; a failed one is told, and tried again the next day. True where it was tried.
bool try_renewal(Transaction& transaction, Stored& stored) {
  if (!wants_renewal(stored) || !is_over(transaction, stored)) return false;
  std::string problem = renew_from_balance(transaction, stored);
  if (problem.empty()) return true;
  ++stored.attempts;
  const bool is_last = is_last_attempt(transaction, stored);
  if (is_last) stored.auto_renewal = false;
  transaction.emit(RenewalFailed{.subscription = stored.id,
                                 .client = stored.owner,
                                 .centre = stored.centre,
                                 .cause = std::move(problem),
                                 .attempt = stored.attempts,
                                 .is_last = is_last});
  return true;
}

bool close_if_over(Transaction& transaction, Stored& stored) {
  if (stored.closed_at || !is_over(transaction, stored)) return false;
  if (closing_of(transaction, stored) > transaction.now()) return false;
  close(transaction, stored);
  return true;
}

void settle(Transaction& transaction, Stored& stored, Recognition& recognition) {
  const bool has_moved = follow_zone(transaction, stored);
  const bool has_started = start_at_latest(transaction, stored) || has_moved;
  recognition.add(transaction, stored);
  tell_of_end(transaction, stored);
  const bool was_renewing = try_renewal(transaction, stored);
  const bool was_closed = close_if_over(transaction, stored);
  stored.due_at.reset();
  if (has_started) return change(transaction, stored);
  if (was_renewing || was_closed) return store(transaction, stored);
  // Nothing that a person would have changed: the version stays.
  transaction.execute("UPDATE subscriptions SET recognised = $2, due_at = $3 WHERE id = $1",
                      stored.id, stored.recognised, next_due(transaction, stored));
}

bool settle_due(Transaction& transaction, std::int64_t& done) {
  auto due =
      stored_subscriptions(transaction, "subscriptions WHERE due_at <= $1 ORDER BY due_at LIMIT $2",
                           transaction.now(), subscriptions_at_once);
  Recognition recognition;
  std::int64_t settled = 0;
  for (Stored& stored : due) {
    settle(transaction, stored, recognition);
    ++settled;
    if (transaction.step_is_long()) break;
  }
  recognition.post(transaction);
  done += settled;
  return settled == static_cast<std::int64_t>(due.size()) && settled < subscriptions_at_once;
}

}  // namespace

std::optional<Instant> next_due(Transaction& transaction, const Stored& stored) {
  if (stored.cancelled_at || stored.closed_at || !stored.paid_at) return std::nullopt;
  const std::string zone = zone_of(transaction, stored.centre);
  std::optional<Instant> next;
  const auto consider = [&](Instant at) {
    if (!next || at < *next) next = at;
  };
  if (waits_for_first_visit(stored)) consider(zones::start_of_day(*stored.activate_by, zone));
  if (!stored.ends_at) return next;
  const Instant tomorrow =
      zones::start_of_day(plus_days(zones::local_date(transaction.now(), zone), 1), zone);
  if (is_over(transaction, stored)) {
    consider(closing_of(transaction, stored));
    if (wants_renewal(stored)) consider(tomorrow);
    return next;
  }
  consider(*stored.ends_at);
  if (auto notice = next_notice(transaction, stored)) consider(*notice);
  const bool earns_by_day = !stored.is_counted && !stored.is_provisional && stored.deferred() > 0;
  if (earns_by_day) {
    const Instant first = zones::start_of_day(plus_days(*stored.starts, 1), zone);
    consider(std::max(first, tomorrow));
  }
  return next;
}

namespace lists {

constinit const storage::TickPart settle{"plans.due", settle_due};

}  // namespace lists
}  // namespace frontdesk::plans
