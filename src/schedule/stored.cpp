/// Sessions and series as rows.
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/zones.hpp"
#include "schedule/sessions.hpp"
#include "schedule/taken.hpp"

#include <algorithm>

namespace frontdesk::schedule {
namespace {

/// Trainers by time, for look-ups of their sessions.
void keep_trainers(Transaction& transaction, const Session& session) {
  for (AccountId trainer : session.trainers) {
    transaction.execute(
        "INSERT INTO session_trainers (trainer, starts, session) VALUES ($1, $2, $3)", trainer,
        session.starts, session.id);
  }
}

void forget_trainers(Transaction& transaction, SessionId id) {
  auto before = storage::find<Session>(transaction, "sessions WHERE id = $1", id);
  for (AccountId trainer : before->trainers) {
    transaction.execute(
        "DELETE FROM session_trainers WHERE trainer = $1 AND starts = $2 AND session = $3", trainer,
        before->starts, id);
  }
}

/// When the tick decides whether enough places are taken; none where there is no minimum.
void keep_deadline(Transaction& transaction, const Session& session) {
  std::optional<Instant> deadline;
  if (session.minimum && session.status == SessionStatus::scheduled) {
    deadline = session.starts - session.minimum_before;
  }
  transaction.execute("UPDATE sessions SET decide_at = $2 WHERE id = $1", session.id, deadline);
}

}  // namespace

Series stored_series(Transaction& transaction, SeriesId id) {
  auto series = storage::find<Series>(transaction, "series WHERE id = $1", id);
  if (!series) storage::missing("series", "series");
  return *series;
}

Series changeable_series(Transaction& transaction, SeriesId id,
                         const std::optional<std::int64_t>& version) {
  Series series = stored_series(transaction, id);
  check_reach(transaction, plan_of(series), "series");
  storage::check_version(version, series.version);
  if (series.ended_at) throw Error(Code::conflict, "series_ended", "series");
  return series;
}

Session changeable_session(Transaction& transaction, SessionId id,
                           const std::optional<std::int64_t>& version) {
  auto session = storage::find<Session>(transaction, "sessions WHERE id = $1", id);
  if (!session) storage::missing("session", "session");
  check_reach(transaction, plan_of(*session), "session");
  storage::check_version(version, session->version);
  if (session->status == SessionStatus::cancelled) {
    throw Error(Code::conflict, "session_cancelled", "session");
  }
  if (session->status == SessionStatus::completed) {
    throw Error(Code::conflict, "session_completed", "session");
  }
  return *session;
}

void set_times(Session& session, LocalTime local_start, Duration duration) {
  session.local_start = local_start;
  session.starts = zones::to_instant(local_start, session.zone);
  session.ends = session.starts + duration;
}

void check_external_ref(Transaction& transaction, const std::optional<std::string>& external_ref,
                        std::string_view table, std::int64_t own) {
  if (!external_ref) return;
  std::string sql = "SELECT 1 FROM " + std::string(table) + " WHERE external_ref = $1 AND id <> $2";
  if (transaction.exists(sql, *external_ref, own)) {
    throw Error(Code::conflict, "external_ref_taken", "external_ref");
  }
}

void enter_session(Transaction& transaction, Session& session) {
  session.version = 1;
  session.created_at = transaction.now();
  storage::insert(transaction, "sessions", session);
  keep_trainers(transaction, session);
  keep_deadline(transaction, session);
  transaction.concern(session.centre);
  transaction.emit(
      SessionScheduled{.session = session.id, .centre = session.centre, .starts = session.starts});
}

void store_session(Transaction& transaction, Session& session) {
  ++session.version;
  forget_trainers(transaction, session.id);
  storage::update(transaction, "sessions", session);
  if (session.status != SessionStatus::cancelled) keep_trainers(transaction, session);
  keep_deadline(transaction, session);
  transaction.concern(session.centre);
}

void change_session(Transaction& transaction, Session& session, Instant started_before,
                    bool moved) {
  ++session.sequence;
  store_session(transaction, session);
  transaction.emit(SessionChanged{.session = session.id,
                                  .centre = session.centre,
                                  .starts = session.starts,
                                  .started_before = started_before,
                                  .moved = moved});
}

void cancel(Transaction& transaction, Session& session, const std::string& reason) {
  session.status = SessionStatus::cancelled;
  session.reason = reason;
  session.settled_at = transaction.now();
  ++session.sequence;
  store_session(transaction, session);
  transaction.emit(
      SessionCancelled{.session = session.id, .centre = session.centre, .starts = session.starts});
}

void show_visible(storage::List& list, Transaction& transaction, std::string_view table) {
  storage::Reach reach = access::reach_of(transaction, "schedule.view");
  if (reach.any) return;
  const storage::Principal& caller = transaction.principal();
  const std::string rows(table);
  std::string visible = rows + ".kind = " + std::to_string(static_cast<int>(SessionKind::open)) +
                        " AND " + rows +
                        ".centre IN (SELECT centres.id FROM centres"
                        " WHERE centres.active = 1 AND centres.archived_at IS NULL)";
  std::string centres = "[";
  for (CentreId centre : reach.centres) {
    centres += (centres.size() > 1 ? "," : "") + std::to_string(centre.value);
  }
  visible += " OR " + rows + ".centre IN (SELECT value FROM json_each($))";
  // Whom a session is for, and who leads it, see it; an account of 0 is nobody's.
  const std::string family = "(SELECT $ UNION SELECT dependant FROM guardians WHERE guardian = $)";
  visible += " OR " + rows + ".client IN " + family;
  visible += " OR " + rows +
             ".\"group\" IN (SELECT group_members.\"group\" FROM group_members"
             " WHERE group_members.left_at IS NULL AND group_members.client IN " +
             family + ")";
  visible += " OR EXISTS (SELECT 1 FROM json_each(" + rows +
             ".trainers)"
             " WHERE json_each.value = $)";
  const ClientId client = reach.own ? caller.client : ClientId{};
  const AccountId account = reach.own || reach.assigned ? caller.account : AccountId{};
  list.where(visible, centres + "]", client.value, client.value, client.value, client.value,
             account.value);
}

namespace {

/// Places that a session's kind gives away by itself.
std::int64_t places_given(Transaction& transaction, const Session& session) {
  if (session.kind == SessionKind::client) return 1;
  if (session.kind == SessionKind::open) return 0;
  return transaction
      .one_number(
          "SELECT count(*) FROM group_members WHERE \"group\" = $1"
          " AND joined_at <= $2 AND (left_at IS NULL OR left_at > $2)",
          session.group, session.starts)
      .value_or(0);
}

}  // namespace

ClientId seen_client(Transaction& transaction, ClientId client) {
  const storage::Reach reach = access::reach_of(transaction, "people.view");
  return access::covers(transaction, reach, Subject::client, client.value) ? client : ClientId{};
}

Occupancy occupancy_of(Transaction& transaction, const Session& session) {
  const Taken taken = taken_part().taken(transaction, session.id);
  Occupancy occupancy{.taken = std::max(places_given(transaction, session), taken.places),
                      .capacity = session.capacity};
  if (taken.hall)
    occupancy.capacity = std::min(*taken.hall, session.capacity.value_or(*taken.hall));
  return occupancy;
}

std::int64_t places_booked(Transaction& transaction, const Session& session) {
  const Taken taken = taken_part().taken(transaction, session.id);
  return std::max(places_given(transaction, session), taken.booked);
}

}  // namespace frontdesk::schedule
