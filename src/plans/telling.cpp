#include "plans/telling.hpp"

#include "base/zones.hpp"
#include "plans/ledger.hpp"
#include "plans/settings.hpp"

namespace frontdesk::plans {

constinit const storage::EventKind RunningLow::kind{
    "plans.running_low", "A subscription has few visits left.", "plans.view"};
constinit const storage::EventKind Exhausted::kind{
    "plans.exhausted", "All visits of a subscription are used.", "plans.view"};
constinit const storage::EventKind Expiring::kind{
    "plans.expiring", "A subscription ends in some days.", "plans.view"};
constinit const storage::EventKind Expired::kind{
    "plans.expired", "The last day of a subscription is over.", "plans.view"};

namespace {

enum class Notice : unsigned char { low, exhausted, expiring, expired };

/// Writes the cause down; false where it was told before.
bool is_new(Transaction& transaction, const Stored& stored, Notice notice, std::int64_t cause) {
  return transaction.execute(
             "INSERT INTO subscription_notices (subscription, kind, cause, at)"
             " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
             stored.id, notice, cause, transaction.now()) > 0;
}

/// Each last day has its own notices, one for each number of days before it.
std::int64_t expiring_cause(const Stored& stored, std::int64_t days) {
  return number_of(*stored.last_day) * 1'000 + days;
}

struct Before {
  std::int64_t days;
  Instant at;
};

/// The moments of both notices, nearest to the end first. A term that is no longer than that has
/// none.
std::vector<Before> notices_before_end(Transaction& transaction, const Stored& stored) {
  std::vector<Before> list;
  if (!stored.last_day || stored.is_provisional || stored.renewed_by) return list;
  const std::string zone = zone_of(transaction, stored.centre);
  std::int64_t days[] = {storage::number(transaction, expiring_days_last, stored.centre),
                         storage::number(transaction, expiring_days, stored.centre)};
  if (days[0] > days[1]) std::swap(days[0], days[1]);
  for (std::int64_t before : days) {
    const Date day = plus_days(*stored.last_day, 1 - before);
    if (day <= *stored.starts) continue;
    list.push_back({before, zones::start_of_day(day, zone)});
  }
  return list;
}

}  // namespace

void tell_of_use(Transaction& transaction, const Stored& stored) {
  if (!stored.is_counted) return;
  const auto [entitled, used] = use_of(transaction, stored.id);
  const std::int64_t left = entitled - used;
  if (left <= 0) {
    if (!is_new(transaction, stored, Notice::exhausted, entitled)) return;
    transaction.emit(
        Exhausted{.subscription = stored.id, .client = stored.owner, .centre = stored.centre});
    return;
  }
  if (left > storage::number(transaction, low_visits, stored.centre)) return;
  if (!is_new(transaction, stored, Notice::low, entitled)) return;
  transaction.emit(RunningLow{
      .subscription = stored.id, .client = stored.owner, .centre = stored.centre, .left = left});
}

void tell_of_end(Transaction& transaction, const Stored& stored) {
  if (!stored.ends_at || stored.cancelled_at || !stored.paid_at) return;
  if (*stored.ends_at <= transaction.now()) {
    if (!is_new(transaction, stored, Notice::expired, number_of(*stored.last_day))) return;
    transaction.emit(Expired{.subscription = stored.id,
                             .client = stored.owner,
                             .centre = stored.centre,
                             .last_day = *stored.last_day});
    return;
  }
  bool is_told = false;
  for (const Before& notice : notices_before_end(transaction, stored)) {
    if (notice.at > transaction.now()) continue;
    const bool is_due =
        is_new(transaction, stored, Notice::expiring, expiring_cause(stored, notice.days));
    // Where the tick did not run for days, the nearest notice says it all.
    if (is_due && !is_told) {
      transaction.emit(Expiring{.subscription = stored.id,
                                .client = stored.owner,
                                .centre = stored.centre,
                                .last_day = *stored.last_day,
                                .days = notice.days});
    }
    is_told = true;
  }
}

std::optional<Instant> next_notice(Transaction& transaction, const Stored& stored) {
  std::optional<Instant> next;
  for (const Before& notice : notices_before_end(transaction, stored)) {
    if (notice.at <= transaction.now()) continue;
    if (!next || notice.at < *next) next = notice.at;
  }
  return next;
}

}  // namespace frontdesk::plans
