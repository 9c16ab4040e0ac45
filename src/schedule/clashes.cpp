#include "schedule/clashes.hpp"

#include "schedule/taken.hpp"

#include <algorithm>

namespace frontdesk::schedule {
namespace {

struct Neighbour {
  std::int64_t session;
  Instant starts;
  Instant ends;
};

/// The largest number of neighbours in the room at one moment from `start` on.
std::int64_t most_at_once(const std::vector<Neighbour>& neighbours, Instant start, Duration gap) {
  std::vector<std::pair<Instant, int>> changes;
  for (const Neighbour& neighbour : neighbours) {
    changes.emplace_back(std::max(neighbour.starts, start), 1);
    changes.emplace_back(neighbour.ends + gap, -1);
  }
  std::sort(changes.begin(), changes.end());  // an end comes before a start at the same moment
  std::int64_t now = 0;
  std::int64_t most = 0;
  for (const auto& change : changes) most = std::max(most, now += change.second);
  return most;
}

/// Between two sessions in a room lie the cleaning after one and the preparation before the other.
void find_in_room(Transaction& transaction, const Session& session, Clashes& clashes) {
  if (!session.room) return;
  Duration gap{};
  std::int64_t at_once = 1;
  {
    storage::Cursor room = transaction.query(
        "SELECT buffer_before_minutes + buffer_after_minutes, sessions_at_once FROM rooms"
        " WHERE id = $1",
        session.room);
    if (!room.next()) return;
    gap = std::chrono::minutes{room.integer(0)};
    at_once = room.integer(1);
  }
  std::vector<Neighbour> neighbours;
  storage::Cursor rows = transaction.query(
      "SELECT id, starts, ends FROM sessions"
      " WHERE room = $1 AND starts < $2 AND starts > $3 AND ends > $4 AND status <> $5 AND id <> $6"
      " ORDER BY starts",
      session.room, session.ends + gap, start_of_look(transaction, session.starts - gap),
      session.starts - gap, SessionStatus::cancelled, session.id.value);
  while (rows.next()) {
    neighbours.push_back(
        {rows.integer(0), Instant{Duration{rows.integer(1)}}, Instant{Duration{rows.integer(2)}}});
  }
  if (most_at_once(neighbours, session.starts, gap) < at_once) return;
  for (const Neighbour& neighbour : neighbours) clashes.room.push_back(neighbour.session);
}

template <class... Arguments>
void find_sessions(Transaction& transaction, std::vector<std::int64_t>& found, std::string_view sql,
                   const Arguments&... arguments) {
  storage::Cursor rows = transaction.query(sql, arguments...);
  while (rows.next()) found.push_back(rows.integer(0));
}

void find_of_trainers(Transaction& transaction, const Session& session, Instant earliest,
                      Clashes& clashes) {
  for (AccountId trainer : session.trainers) {
    find_sessions(transaction, clashes.trainer,
                  "SELECT sessions.id FROM session_trainers"
                  " JOIN sessions ON sessions.id = session_trainers.session"
                  " WHERE session_trainers.trainer = $1 AND session_trainers.starts < $2"
                  " AND session_trainers.starts > $3 AND sessions.ends > $4"
                  " AND sessions.status <> $5 AND sessions.id <> $6",
                  trainer, session.ends, earliest, session.starts, SessionStatus::cancelled,
                  session.id.value);
    if (transaction.exists("SELECT 1 FROM absences WHERE trainer = $1 AND starts < $2 AND ends > $3"
                           " AND withdrawn_at IS NULL",
                           trainer, session.ends, session.starts)) {
      clashes.absent.push_back(trainer.value);
    }
  }
}

/// The group's other sessions, and private ones of its members.
void find_of_group(Transaction& transaction, const Session& session, Instant earliest,
                   Clashes& clashes) {
  if (!session.group) return;
  find_sessions(transaction, clashes.group,
                "SELECT id FROM sessions WHERE \"group\" = $1 AND starts < $2 AND starts > $3"
                " AND ends > $4 AND status <> $5 AND id <> $6",
                session.group, session.ends, earliest, session.starts, SessionStatus::cancelled,
                session.id.value);
  find_sessions(transaction, clashes.client,
                "SELECT sessions.id FROM group_members"
                " JOIN sessions ON sessions.client = group_members.client"
                " WHERE group_members.\"group\" = $1 AND group_members.left_at IS NULL"
                " AND sessions.starts < $2 AND sessions.starts > $3 AND sessions.ends > $4"
                " AND sessions.status <> $5 AND sessions.id <> $6",
                session.group, session.ends, earliest, session.starts, SessionStatus::cancelled,
                session.id.value);
}

/// The client's other private sessions, and those of their groups.
void find_of_client(Transaction& transaction, const Session& session, Instant earliest,
                    Clashes& clashes) {
  if (!session.client) return;
  find_sessions(transaction, clashes.client,
                "SELECT id FROM sessions WHERE client = $1 AND starts < $2 AND starts > $3"
                " AND ends > $4 AND status <> $5 AND id <> $6",
                session.client, session.ends, earliest, session.starts, SessionStatus::cancelled,
                session.id.value);
  find_sessions(transaction, clashes.client,
                "SELECT sessions.id FROM group_members"
                " JOIN sessions ON sessions.\"group\" = group_members.\"group\""
                " WHERE group_members.client = $1 AND group_members.left_at IS NULL"
                " AND sessions.starts < $2 AND sessions.starts > $3 AND sessions.ends > $4"
                " AND sessions.status <> $5 AND sessions.id <> $6",
                session.client, session.ends, earliest, session.starts, SessionStatus::cancelled,
                session.id.value);
}

void find_closures(Transaction& transaction, const Session& session, Clashes& clashes) {
  find_sessions(transaction, clashes.closures,
                "SELECT id FROM closures WHERE centre = $1 AND (room IS NULL OR room = $2)"
                " AND starts < $3 AND ends > $4 AND lifted_at IS NULL",
                session.centre, session.room.value, session.ends, session.starts);
}

void sort_once(std::vector<std::int64_t>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

void note(Details& details, const char* name, std::vector<std::int64_t> ids) {
  if (ids.empty()) return;
  sort_once(ids);
  details[name] = std::move(ids);
}

}  // namespace

std::vector<std::int64_t> Clashes::all_sessions() const {
  std::vector<std::int64_t> all = room;
  for (const auto* list : {&trainer, &group, &client}) {
    all.insert(all.end(), list->begin(), list->end());
  }
  sort_once(all);
  return all;
}

void Clashes::add(const Clashes& other) {
  auto append = [](std::vector<std::int64_t>& to, const std::vector<std::int64_t>& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(room, other.room);
  append(trainer, other.trainer);
  append(group, other.group);
  append(client, other.client);
  append(absent, other.absent);
  append(closures, other.closures);
}

Clashes clashes_of(Transaction& transaction, const Session& session) {
  Clashes clashes;
  find_in_room(transaction, session, clashes);
  const Instant earliest = start_of_look(transaction, session.starts);
  find_of_trainers(transaction, session, earliest, clashes);
  find_of_group(transaction, session, earliest, clashes);
  find_of_client(transaction, session, earliest, clashes);
  find_closures(transaction, session, clashes);
  return clashes;
}

std::vector<std::int64_t> clashes_of_member(Transaction& transaction, GroupId group,
                                            ClientId client) {
  std::string sql(
      "WITH theirs (id) AS (SELECT id FROM sessions WHERE client = $1 AND starts > $2"
      " UNION SELECT sessions.id FROM group_members"
      " JOIN sessions ON sessions.\"group\" = group_members.\"group\""
      " WHERE group_members.client = $1 AND left_at IS NULL AND starts > $2 UNION ");
  std::string attended(taken_part().attended_sql);
  attended.replace(attended.find('$'), 1, "$1");
  sql += attended;
  sql +=
      ") SELECT DISTINCT other.id FROM theirs JOIN sessions AS other ON other.id = theirs.id"
      " JOIN sessions AS own ON own.\"group\" = $3 AND own.starts < other.ends"
      " AND own.ends > other.starts AND own.starts > $4 AND own.status = $5"
      " WHERE other.status = $5 AND (other.\"group\" IS NULL OR other.\"group\" <> $3)";
  std::vector<std::int64_t> found;
  find_sessions(transaction, found, sql, client, transaction.now() - longest_session, group,
                transaction.now(), SessionStatus::scheduled);
  sort_once(found);
  return found;
}

void refuse(const Clashes& clashes, bool is_overridden) {
  Details details;
  note(details, "absent", clashes.absent);
  if (!details.empty()) throw Error(Code::conflict, "trainer_absent", "trainers", details);
  if (is_overridden) return;
  note(details, "closures", clashes.closures);
  if (!details.empty()) throw Error(Code::conflict, "centre_closed", "start", details);
  if (!clashes.sessions()) return;
  note(details, "room", clashes.room);
  note(details, "trainer", clashes.trainer);
  note(details, "group", clashes.group);
  note(details, "client", clashes.client);
  std::vector<std::int64_t> all = clashes.all_sessions();
  details["count"] = static_cast<std::int64_t>(all.size());
  details["sessions"] = std::move(all);
  throw Error(Code::conflict, "session_clashes", "start", details);
}

}  // namespace frontdesk::schedule
