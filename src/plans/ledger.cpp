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

Sums sums_of(Transaction& transaction, const Stored& stored, const Terms& terms, Date day) {
  const Days week = week_of(day);
  const Days month = month_of(day, terms.month_basis, stored.starts.value_or(day));
  const std::int64_t last = stored.last_day ? number_of(*stored.last_day) : far_future;
  storage::Cursor row = transaction.query(
      "SELECT sum(CASE WHEN kind = 0 THEN visits ELSE 0 END),"
      " sum(CASE WHEN kind = 4 THEN visits ELSE 0 END),"
      " sum(reserved), sum(used),"
      " sum(CASE WHEN day = $2 THEN reserved + used ELSE 0 END),"
      " sum(CASE WHEN day >= $3 AND day < $4 THEN reserved + used ELSE 0 END),"
      " sum(CASE WHEN day >= $5 AND day < $6 THEN reserved + used ELSE 0 END),"
      " sum(CASE WHEN premium = 1 AND day >= $5 AND day < $6 THEN reserved + used ELSE 0 END),"
      " sum(CASE WHEN kind = 3 AND cause = $8 AND day <= $7 THEN 1 ELSE 0 END),"
      " sum(CASE WHEN day > $7 THEN reserved + used ELSE 0 END)"
      " FROM visits WHERE subscription = $1",
      stored.id, number_of(day), number_of(week.first), number_of(week.end), number_of(month.first),
      number_of(month.end), last, Cause::centre);
  row.next();
  Sums sums;
  std::int64_t* const targets[] = {
      &sums.granted, &sums.adjusted, &sums.reserved,         &sums.used,       &sums.on_day,
      &sums.in_week, &sums.in_month, &sums.premium_in_month, &sums.given_back, &sums.past_end,
  };
  int column = 0;
  for (std::int64_t* target : targets) {
    if (!row.null(column)) *target = row.integer(column);
    ++column;
  }
  return sums;
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
  transaction.execute(
      "INSERT INTO visits (subscription, number, kind, visits, reserved, used, cause, booking,"
      " session, attendee, day, premium, reason, \"by\", at, waiting)"
      " VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM visits WHERE subscription = $1),"
      " $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
      " $13, $14, $15)",
      entry.subscription, entry.kind, entry.visits, reserved, used, entry.cause, entry.booking,
      entry.session, entry.attendee, number_of(entry.day), entry.premium, entry.reason,
      transaction.principal().account, transaction.now(), entry.waiting);
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
  auto newest = storage::all<Entry>(
      transaction,
      "visits AS line WHERE subscription = $1 AND kind = 1 AND day >= $2 AND day < $3"
      " AND NOT EXISTS (SELECT 1 FROM visits AS later WHERE later.subscription = $1"
      " AND later.number > line.number AND later.booking IS NOT DISTINCT FROM line.booking"
      " AND later.waiting IS NOT DISTINCT FROM line.waiting"
      " AND later.attendee = line.attendee) ORDER BY day, number",
      subscription, from ? number_of(*from) : -far_future, until ? number_of(*until) : far_future);
  return newest;
}

bool has_reserved_from(Transaction& transaction, SubscriptionId subscription, Date from) {
  return transaction
             .one_number("SELECT sum(reserved) FROM visits WHERE subscription = $1 AND day >= $2",
                         subscription, number_of(from))
             .value_or(0) > 0;
}

}  // namespace frontdesk::plans
