/// What the list of activities knows of the timetable (SPEC C7): days and free places.
#include <frontdesk/catalog_activities.hpp>

#include "base/zones.hpp"
#include "schedule/lists.hpp"
#include "schedule/sessions.hpp"
#include "schedule/taken.hpp"

namespace frontdesk::schedule {
namespace {

/// Open sessions to come of `activities.id`, or of the day, with as many places as asked for.
void narrow(Transaction& transaction, storage::List& list, const void* request) {
  const auto& asked = *static_cast<const catalog::Activities*>(request);
  if (!asked.date && !asked.free_places) return;
  std::string condition =
      "EXISTS (SELECT 1 FROM sessions WHERE sessions.activity = activities.id"
      " AND sessions.status = 0 AND sessions.archived_at IS NULL AND sessions.kind = 0";
  const std::int64_t places = asked.free_places.value_or(0);
  condition += " AND coalesce(sessions.capacity, 1000000) - ";
  condition += taken_part().taken_sql;
  condition += " >= $";
  const Instant now = transaction.now();
  if (asked.date) {
    const LocalTime day{std::chrono::local_days{*asked.date}};
    condition += " AND sessions.local_start >= $ AND sessions.local_start < $)";
    list.where(condition, now, places, day, day + std::chrono::days{1});
  } else {
    condition += " AND sessions.starts > $)";
    list.where(condition, now, places, now);
  }
}

}  // namespace

namespace lists {

constinit const storage::Narrowing narrow_activities{"catalog.activities", narrow};

}  // namespace lists
}  // namespace frontdesk::schedule
