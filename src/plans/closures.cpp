/// Days on which a centre is closed are added to its running subscriptions (SPEC S12), some at a
/// time by the tick, since a centre may have very many.
#include "base/zones.hpp"
#include "plans/lists.hpp"
#include "plans/stored.hpp"
#include "storage/referred.hpp"

#include <frontdesk/schedule_closures.hpp>

#include <algorithm>

namespace frontdesk::plans {
namespace {

constexpr std::int64_t subscriptions_at_once = 100;

struct ClosedDays {
  ClosureId closure{};
  CentreId centre{};
  std::int64_t first_day = 0;
  std::int64_t last_day = 0;
  std::optional<std::int64_t> done_up_to{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ClosedDays::closure>("The closure."),
        field<&ClosedDays::centre>("Its centre."),
        field<&ClosedDays::first_day>("First local day that is closed as a whole."),
        field<&ClosedDays::last_day>("Last such day."),
        field<&ClosedDays::done_up_to>("The last subscription that has them; none once all have."),
    };
    return table;
  }
};

/// Whole local days; hours of a day take nothing from anybody's days.
void on_closure(Transaction& transaction, const void* event) {
  const auto& changed = *static_cast<const schedule::ClosureChanged*>(event);
  if (!changed.extends) return;
  const auto closure =
      storage::referred<schedule::Closure>(transaction, "closures WHERE id = $1", changed.closure);
  const std::string zone = zone_of(transaction, closure.centre);
  Date first = zones::local_date(closure.starts, zone);
  if (zones::start_of_day(first, zone) < closure.starts) first = plus_days(first, 1);
  const Date last = plus_days(zones::local_date(closure.ends, zone), -1);
  if (last < first) return;
  transaction.execute(
      "INSERT INTO closed_days (closure, centre, first_day, last_day, done_up_to)"
      " VALUES ($1, $2, $3, $4, 0)",
      closure.id, closure.centre, number_of(first), number_of(last));
}

/// How many of the days lie in the term, on which it was to run, and were not added before.
std::int64_t lost_days(Transaction& transaction, const Stored& stored, const ClosedDays& closed) {
  const std::int64_t first = std::max(closed.first_day, number_of(*stored.starts));
  const std::int64_t last = std::min(closed.last_day, number_of(*stored.last_day));
  std::int64_t days = 0;
  for (std::int64_t day = first; day <= last; ++day) {
    const bool is_given = transaction.exists(
                              "SELECT 1 FROM closed_days WHERE centre = $1 AND closure < $2"
                              " AND first_day <= $3 AND last_day >= $3",
                              closed.centre, closed.closure, day) ||
                          transaction.exists(
                              "SELECT 1 FROM freezes WHERE subscription = $1 AND first_day <= $2"
                              " AND last_day >= $2",
                              stored.id, day);
    if (!is_given) ++days;
  }
  return days;
}

std::string name_of(Transaction& transaction, ClosureId closure) {
  storage::Cursor row = transaction.query("SELECT name FROM closures WHERE id = $1", closure);
  return row.next() ? std::string(row.text(0)) : std::string();
}

bool extend_some(Transaction& transaction, std::int64_t& done) {
  const auto closed = storage::find<ClosedDays>(
      transaction, "closed_days WHERE done_up_to IS NOT NULL ORDER BY closure LIMIT 1");
  if (!closed) return true;
  auto running = stored_subscriptions(
      transaction,
      "subscriptions WHERE centre = $1 AND id > $2 AND cancelled_at IS NULL AND closed_at IS NULL"
      " AND starts IS NOT NULL AND is_provisional = 0 AND starts <= $3 AND last_day >= $4"
      " ORDER BY id LIMIT $5",
      closed->centre, *closed->done_up_to, closed->last_day, closed->first_day,
      subscriptions_at_once);
  const std::string name = name_of(transaction, closed->closure);
  for (Stored& stored : running) {
    const std::int64_t days = lost_days(transaction, stored, *closed);
    if (days == 0) continue;
    add_days(transaction, stored, days, {}, name);
    change(transaction, stored);
  }
  std::optional<std::int64_t> up_to;
  if (static_cast<std::int64_t>(running.size()) == subscriptions_at_once) {
    up_to = running.back().id.value;
  }
  transaction.execute("UPDATE closed_days SET done_up_to = $2 WHERE closure = $1", closed->closure,
                      up_to);
  done += static_cast<std::int64_t>(running.size());
  return false;
}

}  // namespace

namespace lists {

constinit const storage::Reaction closure_changed{"schedule.closure_changed", on_closure};
constinit const storage::TickPart closed_days{"plans.closed_days", extend_some};

}  // namespace lists
}  // namespace frontdesk::plans
