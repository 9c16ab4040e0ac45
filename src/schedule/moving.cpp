/// Moving, resizing and handing over sessions (SPEC S6).
#include "schedule/moving.hpp"

#include "base/zones.hpp"
#include "schedule/expansion.hpp"
#include "schedule/shifting.hpp"
#include "schedule/stored.hpp"
#include "storage/define.hpp"
#include "storage/referred.hpp"

#include <algorithm>

namespace frontdesk::schedule {
namespace {

void check_future(Transaction& transaction, const Session& session) {
  if (session.ends <= transaction.now()) throw Error(Code::invalid, "session_past", "start");
}

/// What had no limit has the room's from now on.
template <class T>
void take_room(Transaction& transaction, const MoveSession& request, T& target) {
  target.room = request.room.has_value() ? request.room.value() : RoomId{};
  if (!target.room || target.capacity) return;
  target.capacity = transaction.one_number("SELECT capacity FROM rooms WHERE id = $1", target.room);
}

template <class T>
void take_place(Transaction& transaction, const MoveSession& request, T& target) {
  if (request.room.is_set()) take_room(transaction, request, target);
  if (request.trainers) target.trainers = *request.trainers;
}

/// Room and trainers as they will be, checked once for all sessions that move along.
void check_place(Transaction& transaction, const Session& session, const MoveSession& request) {
  Plan plan = plan_of(session);
  take_place(transaction, request, plan);
  if (request.room.is_set()) check_room(transaction, plan, "");
  if (request.trainers) check_trainers(transaction, plan, "");
  check_reach(transaction, plan, "session");
}

void move(Transaction& transaction, Session& session, LocalTime start, const MoveSession& request) {
  const Instant started_before = session.starts;
  const Duration duration = request.duration.value_or(session.ends - session.starts);
  set_times(session, start, duration);
  take_place(transaction, request, session);
  check_future(transaction, session);
  change_session(transaction, session, started_before, true);
}

Changed checked(Transaction& transaction, Changed changed, const MoveSession& request) {
  Clashes clashes;
  for (const Session& session : changed.sessions) clashes.add(clashes_of(transaction, session));
  refuse(clashes, request.despite_clashes);
  return changed;
}

Changed move_one(Transaction& transaction, Session session, const MoveSession& request) {
  session.changed_by_hand = static_cast<bool>(session.series);
  move(transaction, session, request.start.value_or(session.local_start), request);
  return checked(transaction, {{std::move(session)}}, request);
}

/// The first session that moves along: the one taken hold of, or the next of the series.
Session first_of(Transaction& transaction, const Session& session, Extent extent) {
  if (extent == Extent::following) return session;
  return storage::referred<Session>(
      transaction,
      "sessions WHERE series = $1 AND starts > $2 AND status = $3 ORDER BY occurrence LIMIT 1",
      session.series, transaction.now(), SessionStatus::scheduled);
}

bool has_earlier(Transaction& transaction, const Session& first) {
  return transaction.exists("SELECT 1 FROM sessions WHERE series = $1 AND occurrence < $2",
                            first.series, first.occurrence) ||
         transaction.exists(
             "SELECT 1 FROM skipped_occurrences WHERE series = $1 AND occurrence < $2",
             first.series, first.occurrence);
}

/// The series that the sessions from `first` on belong to after the move: the same one if nothing
/// came before, else a new one that continues it.
Series moved_series(Transaction& transaction, Series series, const Session& first, Duration delta,
                    const MoveSession& request) {
  Series next = continued(series, occurrence_of(first), delta);
  if (request.duration) next.duration = *request.duration;
  take_place(transaction, request, next);
  if (!has_earlier(transaction, first)) {
    store_series(transaction, next);
    return next;
  }
  truncate(series, occurrence_of(first));
  end_series(transaction, series);
  next.id = {};
  next.version = 1;
  next.continues = series.id;
  next.external_ref.reset();
  next.created_at = transaction.now();
  storage::insert(transaction, "series", next);
  transaction.execute("UPDATE series SET extend_at = $2 WHERE id = $1", next.id, transaction.now());
  return next;
}

/// Everything of the series from an occurrence on, in an order in which no two ever share one.
std::vector<Session> following(Transaction& transaction, const Session& first, Duration delta) {
  auto sessions = storage::all<Session>(
      transaction, "sessions WHERE series = $1 AND occurrence >= $2 ORDER BY occurrence",
      first.series, first.occurrence);
  if (delta.count() > 0) std::reverse(sessions.begin(), sessions.end());
  return sessions;
}

void move_skipped(Transaction& transaction, const Session& first, const Series& series,
                  Duration delta) {
  auto skipped = storage::all<Skipped>(transaction,
                                       "skipped_occurrences WHERE series = $1 AND occurrence >= $2",
                                       first.series, first.occurrence);
  for (const Skipped& one : skipped) {
    transaction.execute("DELETE FROM skipped_occurrences WHERE series = $1 AND occurrence = $2",
                        one.series, one.occurrence);
  }
  for (const Skipped& one : skipped) {
    transaction.execute(
        "INSERT INTO skipped_occurrences (series, occurrence, cause, sessions)"
        " VALUES ($1, $2, $3, '[]')",
        series.id, one.occurrence + delta, one.cause);
  }
}

bool moves_along(Transaction& transaction, const Session& session, const MoveSession& request) {
  if (session.status != SessionStatus::scheduled || session.starts <= transaction.now()) {
    return false;
  }
  return !session.changed_by_hand || request.also_changed || session.id == request.session;
}

Changed move_following(Transaction& transaction, const Session& session,
                       const MoveSession& request) {
  const LocalTime planned = occurrence_of(session);
  const Duration delta = request.start.value_or(planned) - planned;
  const Session first = first_of(transaction, session, request.extent);
  Series series = stored_series(transaction, session.series);
  if (series.ended_at) throw Error(Code::conflict, "series_ended", "session");
  series = moved_series(transaction, series, first, delta, request);
  move_skipped(transaction, first, series, delta);
  Changed changed;
  for (Session& one : following(transaction, first, delta)) {
    one.series = series.id;
    one.occurrence = occurrence_of(one) + delta;
    if (moves_along(transaction, one, request)) {
      one.changed_by_hand = false;
      move(transaction, one, *one.occurrence, request);
      changed.sessions.push_back(std::move(one));
    } else {
      store_session(transaction, one);
    }
  }
  std::sort(changed.sessions.begin(), changed.sessions.end(),
            [](const Session& a, const Session& b) { return a.starts < b.starts; });
  return checked(transaction, std::move(changed), request);
}

}  // namespace

Changed move_session(Transaction& transaction, const MoveSession& request) {
  Session session = changeable_session(transaction, request.session, request.version);
  if (session.starts <= transaction.now() && request.start) {
    throw Error(Code::conflict, "session_started", "session");
  }
  if (request.extent != Extent::one && !session.series) {
    throw Error(Code::invalid, "session_of_no_series", "extent");
  }
  if (request.despite_clashes) check_override(transaction, session.centre);
  check_place(transaction, session, request);
  if (request.extent == Extent::one) return move_one(transaction, std::move(session), request);
  if (session.starts <= transaction.now()) {
    throw Error(Code::conflict, "session_started", "session");
  }
  return move_following(transaction, session, request);
}

Changed handle(Transaction& transaction, const MoveSession& request) {
  return move_session(transaction, request);
}

static constexpr Refusal move_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "version_outdated", "the session was changed since that version"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::conflict, "session_started", "it has begun: its start and those after it stay"},
    {Code::invalid, "session_of_no_series", "nothing follows a single session"},
    {Code::denied, "permission_denied", "clashes are to be ignored, without schedule.override"},
    {Code::not_found, "room_not_found", "the centre has no such room"},
    {Code::conflict, "room_archived", "the room is archived"},
    {Code::conflict, "capacity_over_room", "the session has more places than the room"},
    {Code::invalid, "trainer_twice", "a trainer is named twice"},
    {Code::not_found, "account_not_found", "no such account for a trainer"},
    {Code::conflict, "trainer_not_eligible", "the activity names others who may lead it"},
    {Code::conflict, "series_ended", "the series has ended: nothing follows"},
    {Code::conflict, "rule_cannot_shift", "no rule gives the moved occurrences"},
    {Code::invalid, "session_past", "it would be over already"},
    {Code::conflict, "trainer_absent", "a trainer is absent then"},
    {Code::conflict, "centre_closed", "centre or room are closed then"},
    {Code::conflict, "session_clashes", "others are in the way; all are listed"},
    {Code::conflict, "capacity_below_taken", "more places are taken than the room has"},
};

constinit const Operation MoveSession::operation = storage::define<MoveSession>({
    .number = 509,
    .name = "schedule.move_session",
    .kind = OperationKind::write,
    .doc = "Moves, resizes or hands over one session, those that follow, or all.",
    .rule = {.permission = "schedule.manage"},
    .refusals = move_refusals,
    .example = R"({"session": 1, "start": "2026-09-08T19:00:00", "extent": "following"})",
});

// --- cancel ---

namespace {

/// What follows goes by the places in the series, as the rule is cut: a session that was moved by
/// hand may stand later than those that follow it.
std::vector<Session> to_cancel(Transaction& transaction, const Session& session, Extent extent) {
  if (extent == Extent::one) return {session};
  if (extent == Extent::following) {
    return storage::all<Session>(
        transaction,
        "sessions WHERE series = $1 AND occurrence >= $2 AND ends > $3 AND status = $4"
        " ORDER BY starts, id",
        session.series, session.occurrence, transaction.now(), SessionStatus::scheduled);
  }
  return storage::all<Session>(
      transaction,
      "sessions WHERE series = $1 AND starts >= $2 AND status = $3 ORDER BY starts, id",
      session.series, transaction.now(), SessionStatus::scheduled);
}

}  // namespace

Changed handle(Transaction& transaction, const CancelSession& request) {
  Session session = changeable_session(transaction, request.session, request.version);
  if (request.extent != Extent::one && !session.series) {
    throw Error(Code::invalid, "session_of_no_series", "extent");
  }
  Changed changed{to_cancel(transaction, session, request.extent)};
  for (Session& one : changed.sessions) cancel(transaction, one, request.reason);
  if (request.extent != Extent::one) {
    Series series = stored_series(transaction, session.series);
    if (!series.ended_at) {
      truncate(series, request.extent == Extent::following
                           ? occurrence_of(session)
                           : zones::to_local(transaction.now(), series.zone));
      end_series(transaction, series);
    }
  }
  return changed;
}

static constexpr Refusal cancel_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "version_outdated", "the session was changed since that version"},
    {Code::conflict, "session_cancelled", "the session was cancelled before"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::invalid, "session_of_no_series", "nothing follows a single session"},
};

constinit const Operation CancelSession::operation = storage::define<CancelSession>({
    .number = 510,
    .name = "schedule.cancel_session",
    .kind = OperationKind::write,
    .doc = "Cancels one session, those that follow, or all still to come.",
    .rule = {.permission = "schedule.manage"},
    .refusals = cancel_refusals,
    .example = R"({"session": 1, "reason": "The trainer is ill."})",
});

}  // namespace frontdesk::schedule
