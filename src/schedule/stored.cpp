/// Sessions and series as rows.
#include "schedule/stored.hpp"
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/zones.hpp"
#include "catalog/facts.hpp"
#include "schedule/sessions.hpp"
#include "schedule/taken.hpp"
#include "storage/id_list.hpp"
#include "storage/referred.hpp"

#include <algorithm>

namespace frontdesk::schedule {
namespace {

/// Hardly any session takes longer; the others have the index `sessions_long`.
constexpr Duration usual_session = std::chrono::hours{4};

/// Trainers by time, for look-ups of their sessions.
void keep_trainers(Transaction& transaction, const Session& session) {
  for (AccountId trainer : session.trainers) {
    transaction.execute(
        "INSERT INTO session_trainers (trainer, starts, session) VALUES ($1, $2, $3)", trainer,
        session.starts, session.id);
  }
}

/// What a row had before a change, as far as other rows follow from it.
struct Before {
  std::vector<AccountId> trainers{};
  Instant starts{};
  std::optional<Instant> decide_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Before::trainers>("Who led it."),
        field<&Before::starts>("When it was to start."),
        field<&Before::decide_at>("When the tick was to count its places."),
    };
    return table;
  }
};

/// Cancelled sessions stay in their trainers' timetables: calendars show them on demand.
void follow_trainers(Transaction& transaction, const Session& session, const Before& before) {
  if (session.starts == before.starts && session.trainers == before.trainers) return;
  for (AccountId trainer : before.trainers) {
    transaction.execute(
        "DELETE FROM session_trainers WHERE trainer = $1 AND starts = $2 AND session = $3", trainer,
        before.starts, session.id);
  }
  keep_trainers(transaction, session);
}

/// When the tick decides whether enough places are taken; none where there is no minimum.
std::optional<Instant> deadline_of(const Session& session) {
  if (!session.minimum || session.status != SessionStatus::scheduled) return std::nullopt;
  return session.starts - session.minimum_before;
}

void keep_deadline(Transaction& transaction, const Session& session,
                   const std::optional<Instant>& before) {
  const std::optional<Instant> deadline = deadline_of(session);
  if (deadline == before) return;
  transaction.execute("UPDATE sessions SET decide_at = $2 WHERE id = $1", session.id, deadline);
}

}  // namespace

Session stored_session(Transaction& transaction, SessionId id) {
  return storage::referred<Session>(transaction, "sessions WHERE id = $1", id);
}

LocalTime occurrence_of(const Session& session) {
  if (!session.occurrence) throw Error(Code::storage, "file_damaged");
  return *session.occurrence;
}

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

Instant start_of_look(Transaction& transaction, Instant moment) {
  const Instant usual = moment - usual_session;
  const std::optional<std::int64_t> long_one = transaction.one_number(
      "SELECT starts FROM sessions WHERE ends - starts > 14400 AND starts > $1 AND starts <= $2"
      " AND ends > $3 ORDER BY starts LIMIT 1",
      moment - longest_session, usual, moment);
  if (!long_one) return usual;
  return Instant{Duration{*long_one}} - Duration{1};
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
  keep_deadline(transaction, session, std::nullopt);
  transaction.concern(session.centre);
  transaction.emit(
      SessionScheduled{.session = session.id, .centre = session.centre, .starts = session.starts});
}

void store_session(Transaction& transaction, Session& session) {
  ++session.version;
  auto before = storage::find<Before>(transaction, "sessions WHERE id = $1", session.id);
  if (!before) storage::missing("session", "session");
  storage::update(transaction, "sessions", session);
  follow_trainers(transaction, session, *before);
  keep_deadline(transaction, session, before->decide_at);
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
  list.where(visible, storage::id_list(reach.centres), client.value, client.value, client.value,
             client.value, account.value);
}

bool is_visible(Transaction& transaction, const Session& session) {
  const bool is_for_everyone =
      session.kind == SessionKind::open && catalog::is_public(transaction, session.centre);
  if (is_for_everyone) return true;
  storage::List list("sessions");
  show_visible(list, transaction, "sessions");
  list.where("id = $", session.id);
  list.order({{"id"}});
  return !list.page<Session>(transaction, std::nullopt, 1).items.empty();
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

void where_attended(storage::List& list, Transaction& transaction, ClientId client, Instant from,
                    Instant to) {
  std::string theirs =
      "id IN (SELECT alone.id FROM sessions AS alone WHERE alone.client = $"
      " AND alone.starts >= $ AND alone.starts < $"
      " UNION ALL SELECT together.id FROM group_members"
      " JOIN sessions AS together ON together.\"group\" = group_members.\"group\""
      " WHERE group_members.client = $ AND group_members.left_at IS NULL"
      " AND together.starts >= $ AND together.starts < $ UNION ALL ";
  theirs += taken_part().attended_sql;
  list.where(theirs + ")", client, from, to, client, from, to,
             seen_client(transaction, client).value);
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
