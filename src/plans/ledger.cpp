#include "plans/ledger.hpp"

#include "plans/visits.hpp"

#include <algorithm>

namespace frontdesk::plans {
namespace {

constexpr std::int64_t far_future = 10'000'000;  // days

std::optional<std::int64_t> left(const std::optional<std::int64_t>& limit, std::int64_t taken) {
  if (!limit) return std::nullopt;
  return std::max<std::int64_t>(*limit - taken, 0);
}

}  // namespace

std::int64_t Sums::usable_after_end(const Terms& terms) const {
  std::int64_t usable = std::max<std::int64_t>(given_back - past_end, 0);
  return terms.visits ? std::clamp<std::int64_t>(remaining(), 0, usable) : usable;
}

namespace {

/// Lines that may be about days from `$2` on: those since the ledger first reached that far.
constexpr std::string_view lines_since =
    " FROM visits WHERE subscription = $1 AND number > coalesce((SELECT earlier.number"
    " FROM visits AS earlier WHERE earlier.subscription = $1 AND earlier.latest_day < $2"
    " ORDER BY earlier.number DESC LIMIT 1), 0)";

/// The earliest day that a limit, or the end of the term, asks about; none where nothing does.
std::optional<Date> asked_since(const Sums& sums, const Stored& stored, const Terms& terms,
                                Date day, const Days& week, const Days& month) {
  std::optional<Date> since;
  const auto ask = [&](Date from) { since = std::min(since.value_or(from), from); };
  if (terms.per_day) ask(day);
  if (terms.per_week) ask(week.first);
  if (terms.per_month || terms.premium_per_month) ask(month.first);
  if (sums.given_back > 0 && stored.last_day) ask(plus_days(*stored.last_day, 1));
  return since;
}

void read_targets(storage::Cursor& row, std::initializer_list<std::int64_t*> targets) {
  int column = 0;
  for (std::int64_t* target : targets) {
    if (!row.null(column)) *target = row.integer(column);
    ++column;
  }
}

/// False where there are no lines.
bool read_totals(Transaction& transaction, SubscriptionId subscription, Sums& sums) {
  storage::Cursor newest = transaction.query(
      "SELECT granted_sum, adjusted_sum, reserved_sum, used_sum, given_back_sum FROM visits"
      " WHERE subscription = $1 ORDER BY number DESC LIMIT 1",
      subscription);
  if (!newest.next()) return false;
  read_targets(newest,
               {&sums.granted, &sums.adjusted, &sums.reserved, &sums.used, &sums.given_back});
  return true;
}

}  // namespace

namespace {

/// What lines of one subscription come to in the windows of a day.
Sums windows_of(Transaction& transaction, SubscriptionId subscription, Date since, Date day,
                const Days& week, const Days& month, std::int64_t last) {
  static const std::string sql =
      "SELECT sum(CASE WHEN day = $3 THEN reserved + used ELSE 0 END),"
      " sum(CASE WHEN day >= $4 AND day < $5 THEN reserved + used ELSE 0 END),"
      " sum(CASE WHEN day >= $6 AND day < $7 THEN reserved + used ELSE 0 END),"
      " sum(CASE WHEN premium = 1 AND day >= $6 AND day < $7 THEN reserved + used ELSE 0 END),"
      " sum(CASE WHEN kind = 3 AND cause = $9 AND day > $8 THEN 1 ELSE 0 END),"
      " sum(CASE WHEN day > $8 THEN reserved + used ELSE 0 END)" +
      std::string(lines_since);
  storage::Cursor row = transaction.query(
      sql, subscription, number_of(since), number_of(day), number_of(week.first),
      number_of(week.end), number_of(month.first), number_of(month.end), last, Cause::centre);
  row.next();
  Sums sums;
  read_targets(row, {&sums.on_day, &sums.in_week, &sums.in_month, &sums.premium_in_month,
                     &sums.given_back, &sums.past_end});
  return sums;
}

/// The subscription whose place this one took by a change of plan; none where it took no place.
SubscriptionId predecessor_of(Transaction& transaction, SubscriptionId subscription) {
  return SubscriptionId{transaction
                            .one_number("SELECT before.id FROM subscriptions AS after"
                                        " JOIN subscriptions AS before ON before.id = after.renews"
                                        " WHERE after.id = $1 AND before.renewed_by = $1"
                                        " AND before.cancelled_at IS NOT NULL",
                                        subscription)
                            .value_or(0)};
}

}  // namespace

Sums sums_of(Transaction& transaction, const Stored& stored, const Terms& terms, Date day) {
  Sums sums;
  const bool has_lines = read_totals(transaction, stored.id, sums);
  if (!has_lines && !stored.renews) return sums;
  const Days week = week_of(day);
  const Days month = month_of(day, terms.month_basis, stored.starts.value_or(day));
  const auto since = asked_since(sums, stored, terms, day, week, month);
  if (!since) return sums;
  const std::int64_t last = stored.last_day ? number_of(*stored.last_day) : far_future;
  const Sums own = windows_of(transaction, stored.id, *since, day, week, month, last);
  sums.on_day = own.on_day;
  sums.in_week = own.in_week;
  sums.in_month = own.in_month;
  sums.premium_in_month = own.premium_in_month;
  sums.past_end = own.past_end;
  sums.given_back -= own.given_back;
  // Another plan in its place is no way around the limits of the day, week or month.
  SubscriptionId before = stored.renews ? stored.id : SubscriptionId{};
  while (before && (before = predecessor_of(transaction, before))) {
    const Sums theirs = windows_of(transaction, before, *since, day, week, month, last);
    sums.on_day += theirs.on_day;
    sums.in_week += theirs.in_week;
    sums.in_month += theirs.in_month;
    sums.premium_in_month += theirs.premium_in_month;
  }
  return sums;
}

Use use_of(Transaction& transaction, SubscriptionId subscription) {
  Sums sums;
  read_totals(transaction, subscription, sums);
  return {.entitled = sums.entitled(), .used = sums.used};
}

Figures figures_of(Transaction& transaction, const Stored& stored, const Terms& terms, Date today) {
  const Sums sums = sums_of(transaction, stored, terms, today);
  Figures figures{.granted = sums.granted,
                  .adjusted = sums.adjusted,
                  .reserved = sums.reserved,
                  .used = sums.used,
                  .usable_after_end = sums.usable_after_end(terms)};
  if (terms.visits) figures.remaining = sums.remaining();
  figures.left_today = left(terms.per_day, sums.on_day);
  figures.left_this_week = left(terms.per_week, sums.in_week);
  figures.left_this_month = left(terms.per_month, sums.in_month);
  figures.left_premium_this_month = left(terms.premium_per_month, sums.premium_in_month);
  return figures;
}

void add_entry(Transaction& transaction, const Entry& entry, std::int64_t reserved,
               std::int64_t used) {
  const auto visits_of = [&](EntryKind kind) { return entry.kind == kind ? entry.visits : 0; };
  const bool is_given_back = entry.kind == EntryKind::give_back && entry.cause == Cause::centre;
  transaction.execute(
      "INSERT INTO visits (subscription, number, kind, visits, reserved, used, cause, booking,"
      " session, attendee, day, premium, reason, \"by\", at, waiting, granted_sum, adjusted_sum,"
      " reserved_sum, used_sum, given_back_sum, latest_day)"
      " SELECT $1, coalesce(last.number, 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
      " $13, $14, $15, coalesce(last.granted_sum, 0) + $16, coalesce(last.adjusted_sum, 0) + $17,"
      " coalesce(last.reserved_sum, 0) + $4, coalesce(last.used_sum, 0) + $5,"
      " coalesce(last.given_back_sum, 0) + $18,"
      " max(coalesce(last.latest_day, $10), coalesce($10, last.latest_day))"
      " FROM (SELECT 1) LEFT JOIN (SELECT number, granted_sum, adjusted_sum, reserved_sum,"
      " used_sum, given_back_sum, latest_day FROM visits WHERE subscription = $1"
      " ORDER BY number DESC LIMIT 1) AS last",
      entry.subscription, entry.kind, entry.visits, reserved, used, entry.cause, entry.booking,
      entry.session, entry.attendee, number_of(entry.day), entry.premium, entry.reason,
      transaction.principal().account, transaction.now(), entry.waiting,
      visits_of(EntryKind::grant), visits_of(EntryKind::adjust), is_given_back ? 1 : 0);
}

std::optional<Entry> newest_entry(Transaction& transaction, SubscriptionId subscription,
                                  const VisitFor& what, ClientId attendee) {
  if (what.waiting) {
    return storage::find<Entry>(transaction,
                                "visits WHERE subscription = $1 AND waiting = $2 AND attendee = $3"
                                " ORDER BY number DESC LIMIT 1",
                                subscription, what.waiting, attendee);
  }
  return storage::find<Entry>(transaction,
                              "visits WHERE subscription = $1 AND booking = $2 AND attendee = $3"
                              " ORDER BY number DESC LIMIT 1",
                              subscription, what.booking, attendee);
}

std::optional<Date> first_visit_day(Transaction& transaction, SubscriptionId subscription) {
  auto first = transaction.one_number(
      "SELECT min(day) FROM (SELECT day FROM visits WHERE subscription = $1 AND day IS NOT NULL"
      " GROUP BY day HAVING sum(reserved + used) > 0)",
      subscription);
  if (!first) return std::nullopt;
  return date_of(*first);
}

std::vector<Entry> reserved_visits(Transaction& transaction, SubscriptionId subscription,
                                   std::optional<Date> from, std::optional<Date> until) {
  return storage::all<Entry>(
      transaction,
      "visits AS line WHERE subscription = $1 AND kind = 1 AND day >= $2 AND day < $3"
      " AND number > coalesce((SELECT earlier.number FROM visits AS earlier"
      " WHERE earlier.subscription = $1 AND earlier.latest_day < $2"
      " ORDER BY earlier.number DESC LIMIT 1), 0)"
      " AND NOT EXISTS (SELECT 1 FROM visits AS later WHERE later.subscription = $1"
      " AND later.number > line.number AND later.booking IS NOT DISTINCT FROM line.booking"
      " AND later.waiting IS NOT DISTINCT FROM line.waiting"
      " AND later.attendee = line.attendee) ORDER BY day, number",
      subscription, from ? number_of(*from) : -far_future, until ? number_of(*until) : far_future);
}

bool has_reserved_from(Transaction& transaction, SubscriptionId subscription, Date from) {
  static const std::string sql =
      "SELECT sum(CASE WHEN day >= $2 THEN reserved ELSE 0 END)" + std::string(lines_since);
  return transaction.one_number(sql, subscription, number_of(from)).value_or(0) > 0;
}

}  // namespace frontdesk::plans
