/// Sessions to come keep their wall-clock time when the rules of their zone change (DESIGN "Time"):
/// the tick sees that the rules are others, works the moments out anew, and tells what clashes
/// then.
#include "base/zone_rules.hpp"

#include "base/zones.hpp"
#include "schedule/clashes.hpp"
#include "schedule/lists.hpp"

namespace frontdesk::schedule {
namespace {

constexpr std::int64_t sessions_at_once = 100;

struct Followed {
  std::string zone{};
  std::int64_t done_ends = 0;
  std::int64_t done_session = 0;
};

/// A zone whose change of rules has not been followed to the end.
std::optional<Followed> to_follow(Transaction& transaction) {
  storage::Cursor row = transaction.query(
      "SELECT zone, done_ends, done_session FROM zone_rules WHERE done_ends IS NOT NULL"
      " ORDER BY zone LIMIT 1");
  if (!row.next()) return std::nullopt;
  return Followed{std::string(row.text(0)), row.integer(1), row.integer(2)};
}

void work_out_anew(Transaction& transaction, Session& session) {
  const Instant before = session.starts;
  if (before <= transaction.now()) return;
  set_times(session, session.local_start, session.ends - session.starts);
  if (session.starts == before) return;
  change_session(transaction, session, before, true);
  transaction.execute("INSERT OR IGNORE INTO rezoned_sessions (session) VALUES ($1)", session.id);
}

/// In the order of their ends, for which there is an index. A session that moves to later comes
/// again and is found right then.
void follow(Transaction& transaction, const Followed& zone, std::int64_t& done) {
  auto coming =
      storage::all<Session>(transaction,
                            "sessions WHERE status = 0 AND ends >= $1 AND (ends > $1 OR id > $2)"
                            " ORDER BY ends, id LIMIT $3",
                            zone.done_ends, zone.done_session, sessions_at_once);
  std::optional<std::int64_t> ends;
  std::optional<std::int64_t> id;
  if (static_cast<std::int64_t>(coming.size()) == sessions_at_once) {
    ends = coming.back().ends.time_since_epoch().count();
    id = coming.back().id.value;
  }
  transaction.execute("UPDATE zone_rules SET done_ends = $2, done_session = $3 WHERE zone = $1",
                      zone.zone, ends, id);
  for (Session& session : coming) {
    if (session.zone == zone.zone) work_out_anew(transaction, session);
  }
  done += static_cast<std::int64_t>(coming.size());
}

void tell_clashes(Transaction& transaction, const Session& session) {
  if (session.status != SessionStatus::scheduled) return;
  const Clashes clashes = clashes_of(transaction, session);
  if (clashes.none()) return;
  ClashFound found{.session = session.id, .centre = session.centre, .starts = session.starts};
  for (std::int64_t other : clashes.all_sessions()) found.others.push_back(SessionId{other});
  transaction.emit(found);
}

/// Once all have moved; before, they would clash with those that still have to.
bool tell_clashes(Transaction& transaction, std::int64_t& done) {
  auto moved = storage::all<Session>(
      transaction,
      "sessions WHERE id IN (SELECT session FROM rezoned_sessions ORDER BY session LIMIT $1)"
      " ORDER BY id",
      sessions_at_once);
  for (const Session& session : moved) {
    tell_clashes(transaction, session);
    transaction.execute("DELETE FROM rezoned_sessions WHERE session = $1", session.id);
  }
  done += static_cast<std::int64_t>(moved.size());
  return moved.empty();
}

/// Zones that centres have, and those that some had before: sessions may still be planned in them.
std::vector<std::string> zones_in_use(Transaction& transaction) {
  std::vector<std::string> zones;
  storage::Cursor rows =
      transaction.query("SELECT zone FROM centres UNION SELECT zone FROM zone_rules ORDER BY 1");
  while (rows.next()) zones.emplace_back(rows.text(0));
  return zones;
}

/// Keeps the rules of zones that are new here; true where others are still as they were.
bool rules_are_known(Transaction& transaction) {
  bool are_known = true;
  for (const std::string& zone : zones_in_use(transaction)) {
    if (!zones::known(zone)) continue;  // nothing can be worked out without its rules
    const crypto::Digest digest = zones::rules_fingerprint(zone);
    const storage::Blob now{crypto::view(digest)};
    std::optional<std::string> before;
    {
      storage::Cursor row =
          transaction.query("SELECT fingerprint FROM zone_rules WHERE zone = $1", zone);
      if (row.next()) before = row.text(0);
    }
    if (!before) {
      transaction.execute("INSERT INTO zone_rules (zone, fingerprint) VALUES ($1, $2)", zone, now);
    } else if (*before != now.bytes) {
      transaction.execute(
          "UPDATE zone_rules SET fingerprint = $2, done_ends = $3, done_session = 0"
          " WHERE zone = $1",
          zone, now, transaction.now());
      are_known = false;
    }
  }
  return are_known;
}

bool follow_zone_rules(Transaction& transaction, std::int64_t& done) {
  if (auto zone = to_follow(transaction)) {
    follow(transaction, *zone, done);
    return false;
  }
  if (!tell_clashes(transaction, done)) return false;
  return rules_are_known(transaction);
}

}  // namespace

namespace lists {

constinit const storage::TickPart zone_rules{"schedule.zone_rules", follow_zone_rules};

}  // namespace lists
}  // namespace frontdesk::schedule
