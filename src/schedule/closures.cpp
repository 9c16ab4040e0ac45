/// Closures (SPEC S12) and copying a week (SPEC S14).
#include <frontdesk/schedule_closures.hpp>

#include "base/zones.hpp"
#include "catalog/centres.hpp"
#include "schedule/clashes.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::schedule {

constinit const storage::EventKind ClosureChanged::kind{
    "schedule.closure_changed", "A centre or room was closed, or a closure taken back.",
    "schedule.view"};

namespace {

std::vector<Session> sessions_in(Transaction& transaction, const Closure& closure) {
  auto sessions = storage::all<Session>(
      transaction,
      "sessions WHERE centre = $1 AND starts < $2 AND starts > $3 AND ends > $4 AND ends > $5"
      " AND status = $6 ORDER BY starts, id",
      closure.centre, closure.ends, start_of_look(transaction, closure.starts), closure.starts,
      transaction.now(), SessionStatus::scheduled);
  if (closure.room) {
    std::erase_if(sessions, [&](const Session& session) { return session.room != closure.room; });
  }
  return sessions;
}

/// Moves all first and looks for clashes after, so that they do not clash with where they were.
void move_by_days(Transaction& transaction, std::vector<Session>& sessions, std::int64_t days) {
  for (Session& session : sessions) {
    const Instant before = session.starts;
    set_times(session, session.local_start + std::chrono::days{days},
              session.ends - session.starts);
    if (session.starts <= transaction.now())
      throw Error(Code::invalid, "session_past", "move_days");
    session.changed_by_hand = static_cast<bool>(session.series);
    change_session(transaction, session, before, true);
  }
  Clashes clashes;
  for (const Session& session : sessions) clashes.add(clashes_of(transaction, session));
  refuse(clashes, false);
}

void deal_with(Transaction& transaction, std::vector<Session>& sessions, const Close& request) {
  switch (request.on_sessions) {
    case OnClosed::keep:
      return;
    case OnClosed::cancel:
      for (Session& session : sessions) cancel(transaction, session, request.name);
      return;
    case OnClosed::move:
      return move_by_days(transaction, sessions, request.move_days);
    case OnClosed::refuse:
      break;
  }
  if (sessions.empty()) return;
  std::vector<std::int64_t> ids;
  for (const Session& session : sessions) ids.push_back(session.id.value);
  const auto count = static_cast<std::int64_t>(ids.size());
  throw Error(Code::conflict, "sessions_in_closure", "from",
              {{"count", count}, {"sessions", std::move(ids)}});
}

}  // namespace

// --- close ---

Closed handle(Transaction& transaction, const Close& request) {
  catalog::Centre centre = catalog::changeable_centre(transaction, request.centre, std::nullopt);
  if (request.room && !transaction.exists("SELECT 1 FROM rooms WHERE id = $1 AND centre = $2",
                                          request.room, request.centre)) {
    storage::missing("room", "room");
  }
  if (request.to <= request.from) throw Error(Code::invalid, "window_backwards", "to");
  if (request.on_sessions == OnClosed::move && request.move_days == 0) {
    throw Error(Code::invalid, "field_missing", "move_days", {{"name", std::string("move_days")}});
  }
  Closure closure{.version = 1,
                  .centre = request.centre,
                  .room = request.room,
                  .name = catalog::required_text(request.name, "name"),
                  .starts = zones::to_instant(request.from, centre.zone),
                  .ends = zones::to_instant(request.to, centre.zone),
                  .created_at = transaction.now()};
  storage::insert(transaction, "closures", closure);
  transaction.concern(closure.centre);
  transaction.emit(ClosureChanged{.closure = closure.id,
                                  .centre = closure.centre,
                                  .extends = request.extend_subscriptions.value_or(
                                      request.on_sessions == OnClosed::cancel && !request.room)});
  Closed closed{closure, sessions_in(transaction, closure)};
  deal_with(transaction, closed.sessions, request);
  return closed;
}

static constexpr Refusal close_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::not_found, "room_not_found", "the centre has no such room"},
    {Code::invalid, "window_backwards", "it ends before it begins"},
    {Code::invalid, "field_missing", "no name, or no days to move by"},
    {Code::conflict, "sessions_in_closure", "sessions lie in it; they are listed"},
    {Code::invalid, "session_past", "a session would move into the past"},
    {Code::conflict, "trainer_absent", "a trainer is away where a session would move to"},
    {Code::conflict, "centre_closed", "it is closed where a session would move to"},
    {Code::conflict, "session_clashes", "others are where sessions would move to"},
};

constinit const Operation Close::operation = storage::define<Close>({
    .number = 560,
    .name = "schedule.close",
    .kind = OperationKind::write,
    .doc = "Closes a centre or a room, and deals with the sessions in that time.",
    .rule = {.permission = "schedule.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = close_refusals,
    .example = R"({"centre": 1, "name": "Easter", "from": "2026-04-12T00:00:00",
 "to": "2026-04-14T00:00:00", "on_sessions": "cancel"})",
});

// --- lift ---

Closure handle(Transaction& transaction, const LiftClosure& request) {
  auto closure = storage::find<Closure>(transaction, "closures WHERE id = $1", request.closure);
  if (!closure || !transaction.reach().covers(closure->centre)) {
    storage::missing("closure", "closure");
  }
  if (closure->lifted_at) throw Error(Code::conflict, "closure_lifted", "closure");
  closure->lifted_at = transaction.now();
  ++closure->version;
  storage::update(transaction, "closures", *closure);
  transaction.concern(closure->centre);
  transaction.emit(ClosureChanged{.closure = closure->id, .centre = closure->centre});
  return *closure;
}

static constexpr Refusal lift_refusals[] = {
    {Code::not_found, "closure_not_found", "no such closure, or not within reach"},
    {Code::conflict, "closure_lifted", "it was taken back before"},
};

constinit const Operation LiftClosure::operation = storage::define<LiftClosure>({
    .number = 561,
    .name = "schedule.lift_closure",
    .kind = OperationKind::write,
    .doc = "Takes a closure back.",
    .rule = {.permission = "schedule.manage"},
    .refusals = lift_refusals,
    .example = R"({"closure": 1})",
});

// --- list ---

Page<Closure> handle(Transaction& transaction, const Closures& request) {
  storage::List list("closures");
  catalog::show_public_or_managed(list, transaction,
                                  "centre IN (SELECT centres.id FROM centres"
                                  " WHERE centres.active = 1 AND centres.archived_at IS NULL)",
                                  "centre");
  list.where("lifted_at IS NULL");
  if (request.centre) list.where("centre = $", request.centre);
  if (request.from) list.where("ends > $", *request.from);
  if (request.to) list.where("starts < $", *request.to);
  list.order({{"starts"}, {"id"}});
  return list.page<Closure>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Closures::operation = storage::define<Closures>({
    .number = 562,
    .name = "schedule.closures",
    .kind = OperationKind::read,
    .doc = "Lists closures in force, by start.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

// --- copy ---

namespace {

std::chrono::local_days monday_of(Date date) {
  const std::chrono::local_days day{date};
  return day - (std::chrono::weekday{day} - std::chrono::Monday);
}

Session copy_of(const Session& session, Duration shift) {
  Session copy = session;
  copy.id = {};
  copy.sequence = 0;
  copy.changed_by_hand = false;
  copy.external_ref.reset();
  copy.reason.reset();
  copy.status = SessionStatus::scheduled;
  copy.settled_at.reset();
  set_times(copy, session.local_start + shift, session.ends - session.starts);
  return copy;
}

}  // namespace

Copied handle(Transaction& transaction, const CopyWeek& request) {
  if (!request.from.ok()) throw Error(Code::invalid, "date_invalid", "from");
  if (!request.to.ok()) throw Error(Code::invalid, "date_invalid", "to");
  catalog::Centre centre = catalog::changeable_centre(transaction, request.centre, std::nullopt);
  if (request.on_clash == OnClash::schedule) check_override(transaction, request.centre);
  const std::chrono::local_days first = monday_of(request.from);
  const Duration shift = monday_of(request.to) - first;
  if (shift.count() == 0) throw Error(Code::invalid, "weeks_equal", "to");
  auto sessions = storage::all<Session>(
      transaction,
      "sessions WHERE centre = $1 AND starts >= $2 AND starts < $3 AND status <> $4 AND kind <> $5"
      " AND series IS NULL AND archived_at IS NULL ORDER BY starts, id",
      request.centre, zones::to_instant(LocalTime{first}, centre.zone),
      zones::to_instant(LocalTime{first + std::chrono::days{7}}, centre.zone),
      SessionStatus::cancelled, SessionKind::client);
  Copied copied;
  Clashes refused;
  for (const Session& session : sessions) {
    Session copy = copy_of(session, shift);
    if (copy.starts <= transaction.now()) throw Error(Code::invalid, "session_past", "to");
    const Clashes clashes = clashes_of(transaction, copy);
    if (request.on_clash == OnClash::skip && !clashes.none()) {
      copied.left_out.push_back(session.id);
      continue;
    }
    refused.add(clashes);
    enter_session(transaction, copy);
    copied.sessions.push_back(std::move(copy));
  }
  refuse(refused, request.on_clash == OnClash::schedule);
  return copied;
}

static constexpr Refusal copy_refusals[] = {
    {Code::invalid, "date_invalid", "there is no such day"},
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::denied, "permission_denied", "clashes are to be ignored, without schedule.override"},
    {Code::invalid, "weeks_equal", "both days lie in one week"},
    {Code::invalid, "session_past", "a copy would lie in the past"},
    {Code::conflict, "trainer_absent", "a trainer is away then"},
    {Code::conflict, "centre_closed", "centre or room are closed then"},
    {Code::conflict, "session_clashes", "others are in the way; all are listed"},
};

constinit const Operation CopyWeek::operation = storage::define<CopyWeek>({
    .number = 563,
    .name = "schedule.copy_week",
    .kind = OperationKind::write,
    .doc = "Copies the single sessions of a week to another.",
    .rule = {.permission = "schedule.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = copy_refusals,
    .example = R"({"centre": 1, "from": "2026-09-07", "to": "2026-09-14"})",
});

}  // namespace frontdesk::schedule
