#include "schedule/lists.hpp"

#include "schedule/sessions.hpp"

namespace frontdesk::schedule {

constinit const storage::EventKind SessionScheduled::kind{
    "schedule.session_scheduled", "A session came into being.", "schedule.view"};
constinit const storage::EventKind SessionChanged::kind{
    "schedule.session_changed", "A session was moved or changed.", "schedule.view"};
constinit const storage::EventKind SessionCancelled::kind{
    "schedule.session_cancelled", "A session was cancelled.", "schedule.view"};
constinit const storage::EventKind SessionCompleted::kind{"schedule.session_completed",
                                                          "A session is over.", "schedule.view"};
constinit const storage::EventKind ClashFound::kind{
    "schedule.clash_found", "A change of a zone's rules brought sessions in each other's way.",
    "schedule.view"};

namespace {

void refuse_with_sessions(Transaction& transaction, const char* sql, std::int64_t subject) {
  const std::int64_t count =
      transaction.one_number(sql, subject, transaction.now(), SessionStatus::scheduled).value_or(0);
  if (count > 0) throw Error(Code::conflict, "sessions_to_come", {}, {{"count", count}});
}

void check_activity(Transaction& transaction, std::int64_t subject) {
  refuse_with_sessions(
      transaction,
      "SELECT count(*) FROM sessions WHERE activity = $1 AND ends > $2 AND status = $3", subject);
}

void check_room_free(Transaction& transaction, std::int64_t subject) {
  refuse_with_sessions(
      transaction, "SELECT count(*) FROM sessions WHERE room = $1 AND ends > $2 AND status = $3",
      subject);
}

void check_centre(Transaction& transaction, std::int64_t subject) {
  refuse_with_sessions(
      transaction, "SELECT count(*) FROM sessions WHERE centre = $1 AND ends > $2 AND status = $3",
      subject);
}

/// `session_trainers` repeats what sessions tell, for look-ups; they must agree.
void check_timetable(Transaction& transaction, std::vector<storage::Finding>& findings) {
  auto report = [&](const char* sql, const char* place, const char* problem) {
    storage::Cursor rows = transaction.query(sql);
    while (rows.next()) {
      findings.push_back({"schedule", place + std::to_string(rows.integer(0)), problem});
    }
  };
  report("SELECT id FROM sessions WHERE ends <= starts", "session ", "it ends before it starts");
  report(
      "SELECT sessions.id FROM sessions, json_each(sessions.trainers) AS led"
      " WHERE NOT EXISTS (SELECT 1 FROM session_trainers"
      " WHERE trainer = led.value AND starts = sessions.starts AND session = sessions.id)",
      "session ", "a trainer's timetable does not have it");
  report(
      "SELECT session FROM session_trainers JOIN sessions ON sessions.id = session"
      " WHERE sessions.starts <> session_trainers.starts"
      " OR NOT EXISTS (SELECT 1 FROM json_each(sessions.trainers) WHERE value = trainer)",
      "session ", "a trainer's timetable has it wrongly");
}

}  // namespace

namespace lists {

constinit const storage::CheckPart check{"schedule", check_timetable};
constinit const storage::Veto keep_activity{"catalog.archive_activity", check_activity};
constinit const storage::Veto keep_room{"catalog.archive_room", check_room_free};
constinit const storage::Veto keep_centre{"catalog.archive_centre", check_centre};

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &CreateSeries::operation, &UpdateSeries::operation,    &GetSeries::operation,
      &ListSeries::operation,   &CreateSessions::operation,  &GetSession::operation,
      &Sessions::operation,     &UpdateSession::operation,   &ArchiveSession::operation,
      &MoveSession::operation,  &CancelSession::operation,   &Calendar::operation,
      &CreateGroup::operation,  &UpdateGroup::operation,     &ArchiveGroup::operation,
      &Groups::operation,       &JoinGroup::operation,       &LeaveGroup::operation,
      &GroupMembers::operation, &ReportAbsence::operation,   &GetAbsence::operation,
      &Absences::operation,     &WithdrawAbsence::operation, &ResolveAbsence::operation,
      &Substitutes::operation,  &SetWorkingHours::operation, &GetWorkingHours::operation,
      &FreeSlots::operation,    &Close::operation,           &LiftClosure::operation,
      &Closures::operation,     &CopyWeek::operation,        &RequestMove::operation,
      &DecideMove::operation,   &WithdrawMove::operation,    &MoveRequests::operation,
      &Feed::operation,         &ImportCalendar::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {
      &SessionScheduled::kind,   &SessionChanged::kind, &SessionCancelled::kind,
      &SessionCompleted::kind,   &GroupChanged::kind,   &GroupJoined::kind,
      &GroupLeft::kind,          &AbsenceChanged::kind, &ClosureChanged::kind,
      &MoveRequestChanged::kind, &ClashFound::kind,
  };
  return list;
}

}  // namespace lists
}  // namespace frontdesk::schedule
