#include <frontdesk/schedule_absences.hpp>

#include "access/accounts.hpp"
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "schedule/clashes.hpp"
#include "schedule/eligible.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::schedule {

constinit const storage::EventKind AbsenceChanged::kind{
    "schedule.absence_changed", "An absence was reported or taken back.", "schedule.absences"};

namespace {

constexpr std::int64_t affected_max = 500;

/// The caller reports of themselves only sickness; the rest is for those who manage others.
void check_may_report(Transaction& transaction, AccountId trainer, AbsenceCause cause) {
  storage::Reach others = transaction.reach();
  others.own = false;
  if (access::covers(transaction, others, Subject::account, trainer.value)) return;
  if (cause != AbsenceCause::sick) {
    throw Error(Code::denied, "absence_needs_approval", "cause");
  }
}

Absence absence_in_reach(Transaction& transaction, AbsenceId id) {
  auto absence = storage::find<Absence>(transaction, "absences WHERE id = $1", id);
  if (!absence ||
      !access::covers(transaction, transaction.reach(), Subject::account, absence->trainer.value)) {
    storage::missing("absence", "absence");
  }
  return *absence;
}

std::vector<Session> affected_by(Transaction& transaction, const Absence& absence) {
  return storage::all<Session>(
      transaction,
      "sessions WHERE id IN (SELECT session FROM session_trainers WHERE trainer = $1"
      " AND session_trainers.starts < $2 AND session_trainers.starts > $3)"
      " AND ends > $4 AND ends > $5 AND status = $6 ORDER BY starts, id LIMIT $7",
      absence.trainer, absence.ends, start_of_look(transaction, absence.starts), absence.starts,
      transaction.now(), SessionStatus::scheduled, affected_max);
}

void announce(Transaction& transaction, const Absence& absence) {
  transaction.emit(AbsenceChanged{.absence = absence.id, .account = absence.trainer});
}

}  // namespace

// --- report ---

AbsenceReport handle(Transaction& transaction, const ReportAbsence& request) {
  access::account_or_missing(transaction, request.trainer, "trainer");
  check_may_report(transaction, request.trainer, request.cause);
  if (request.ends <= request.starts) throw Error(Code::invalid, "window_backwards", "ends");
  if (transaction.exists("SELECT 1 FROM absences WHERE trainer = $1 AND starts < $2 AND ends > $3"
                         " AND withdrawn_at IS NULL",
                         request.trainer, request.ends, request.starts)) {
    throw Error(Code::conflict, "absence_overlaps", "starts");
  }
  Absence absence{.version = 1,
                  .trainer = request.trainer,
                  .cause = request.cause,
                  .starts = request.starts,
                  .ends = request.ends,
                  .note = request.note,
                  .reported_by = transaction.principal().account,
                  .reported_at = transaction.now()};
  storage::insert(transaction, "absences", absence);
  announce(transaction, absence);
  return {absence, affected_by(transaction, absence)};
}

static constexpr Refusal report_refusals[] = {
    {Code::not_found, "account_not_found", "no such account, or not within reach"},
    {Code::denied, "absence_needs_approval", "not sickness, and the caller manages no absences"},
    {Code::invalid, "window_backwards", "it ends before it begins"},
    {Code::conflict, "absence_overlaps", "the trainer is away then already"},
};

constinit const Operation ReportAbsence::operation = storage::define<ReportAbsence>({
    .number = 550,
    .name = "schedule.report_absence",
    .kind = OperationKind::write,
    .doc = "Notes that a trainer is away, and tells which sessions that concerns.",
    .rule = {.permission = "schedule.absences", .subject = Subject::account, .field = "trainer"},
    .refusals = report_refusals,
    .example = R"({"trainer": 4, "cause": "sick", "starts": "2026-09-07T00:00:00Z",
 "ends": "2026-09-09T00:00:00Z"})",
});

// --- look ---

AbsenceReport handle(Transaction& transaction, const GetAbsence& request) {
  Absence absence = absence_in_reach(transaction, request.absence);
  AbsenceReport report{absence, {}};
  if (!absence.withdrawn_at) report.affected = affected_by(transaction, absence);
  return report;
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "absence_not_found", "no such absence, or not within reach"},
};

constinit const Operation GetAbsence::operation = storage::define<GetAbsence>({
    .number = 551,
    .name = "schedule.get_absence",
    .kind = OperationKind::read,
    .doc = "An absence, and the sessions that still have no other trainer.",
    .rule = {.permission = "schedule.absences"},
    .refusals = get_refusals,
    .example = R"({"absence": 1})",
});

Page<Absence> handle(Transaction& transaction, const Absences& request) {
  storage::List list("absences");
  access::narrow_to_reach(list, transaction, {.client = {}, .centre = {}, .account = "trainer"});
  list.where("withdrawn_at IS NULL");
  if (request.trainer) list.where("trainer = $", request.trainer);
  if (request.from) list.where("ends > $", *request.from);
  if (request.to) list.where("starts < $", *request.to);
  list.order({{"starts"}, {"id"}});
  return list.page<Absence>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Absences::operation = storage::define<Absences>({
    .number = 552,
    .name = "schedule.absences",
    .kind = OperationKind::read,
    .doc = "Lists absences in force, by start.",
    .rule = {.permission = "schedule.absences"},
    .refusals = list_refusals,
    .example = R"({"trainer": 4})",
});

// --- withdraw ---

Absence handle(Transaction& transaction, const WithdrawAbsence& request) {
  Absence absence = absence_in_reach(transaction, request.absence);
  check_may_report(transaction, absence.trainer, absence.cause);
  if (absence.withdrawn_at) throw Error(Code::conflict, "absence_withdrawn", "absence");
  absence.withdrawn_at = transaction.now();
  ++absence.version;
  storage::update(transaction, "absences", absence);
  announce(transaction, absence);
  return absence;
}

static constexpr Refusal withdraw_refusals[] = {
    {Code::not_found, "absence_not_found", "no such absence, or not within reach"},
    {Code::denied, "absence_needs_approval", "not sickness, and the caller manages no absences"},
    {Code::conflict, "absence_withdrawn", "it was taken back before"},
};

constinit const Operation WithdrawAbsence::operation = storage::define<WithdrawAbsence>({
    .number = 553,
    .name = "schedule.withdraw_absence",
    .kind = OperationKind::write,
    .doc = "Takes an absence back.",
    .rule = {.permission = "schedule.absences"},
    .refusals = withdraw_refusals,
    .example = R"({"absence": 1})",
});

// --- resolve ---

namespace {

/// The affected sessions that the request names, or all of them.
std::vector<Session> to_resolve(Transaction& transaction, const Absence& absence,
                                const ResolveAbsence& request) {
  std::vector<Session> affected = affected_by(transaction, absence);
  std::erase_if(affected, [&](const Session& session) {
    return !request.sessions.empty() && std::find(request.sessions.begin(), request.sessions.end(),
                                                  session.id) == request.sessions.end();
  });
  for (std::size_t i = 0; i < request.sessions.size(); ++i) {
    const bool is_affected =
        std::any_of(affected.begin(), affected.end(),
                    [&](const Session& session) { return session.id == request.sessions[i]; });
    if (!is_affected) storage::missing("session", "sessions[" + std::to_string(i) + "]");
  }
  for (const Session& session : affected) check_reach(transaction, plan_of(session), "session");
  return affected;
}

void substitute(Transaction& transaction, Session& session, AccountId absent,
                AccountId substitute) {
  std::erase(session.trainers, absent);
  if (std::find(session.trainers.begin(), session.trainers.end(), substitute) ==
      session.trainers.end()) {
    session.trainers.push_back(substitute);
  }
  check_trainers(transaction, plan_of(session), "");
  session.changed_by_hand = static_cast<bool>(session.series);
  change_session(transaction, session, session.starts, true);
}

}  // namespace

Changed handle(Transaction& transaction, const ResolveAbsence& request) {
  auto absence = storage::find<Absence>(transaction, "absences WHERE id = $1", request.absence);
  const storage::Reach reach = access::reach_of(transaction, "schedule.absences");
  if (!absence || absence->withdrawn_at ||
      !access::covers(transaction, reach, Subject::account, absence->trainer.value)) {
    storage::missing("absence", "absence");
  }
  if (request.substitute) {
    access::account_or_missing(transaction, request.substitute, "substitute");
  } else if (!request.reason) {
    throw Error(Code::invalid, "field_missing", "reason", {{"name", std::string("reason")}});
  }
  Changed changed{to_resolve(transaction, *absence, request)};
  Clashes clashes;
  for (Session& session : changed.sessions) {
    if (!request.substitute) {
      cancel(transaction, session, *request.reason);
      continue;
    }
    substitute(transaction, session, absence->trainer, request.substitute);
    clashes.add(clashes_of(transaction, session));
  }
  refuse(clashes, false);
  return changed;
}

static constexpr Refusal resolve_refusals[] = {
    {Code::not_found, "absence_not_found", "no such absence, or not within reach"},
    {Code::not_found, "account_not_found", "no such account for the substitute"},
    {Code::invalid, "field_missing", "neither a substitute nor a reason to cancel"},
    {Code::not_found, "session_not_found", "a session is not affected, or not within reach"},
    {Code::conflict, "trainer_not_eligible", "the activity names others who may lead it"},
    {Code::conflict, "trainer_absent", "the substitute is away as well"},
    {Code::conflict, "session_clashes", "the substitute leads other sessions then"},
};

constinit const Operation ResolveAbsence::operation = storage::define<ResolveAbsence>({
    .number = 554,
    .name = "schedule.resolve_absence",
    .kind = OperationKind::write,
    .doc = "Hands sessions of an absent trainer to another, or cancels them.",
    .rule = {.permission = "schedule.manage"},
    .refusals = resolve_refusals,
    .example = R"({"absence": 1, "substitute": 5})",
});

// --- substitutes ---

SubstituteList handle(Transaction& transaction, const Substitutes& request) {
  auto session = storage::find<Session>(transaction, "sessions WHERE id = $1", request.session);
  if (!session) storage::missing("session", "session");
  check_reach(transaction, plan_of(*session), "session");
  SubstituteList found;
  for (const Substitute& candidate : eligible_trainers(transaction, *session)) {
    Session tried = *session;
    tried.trainers = {candidate.account};
    const Clashes clashes = clashes_of(transaction, tried);
    const bool leads = std::find(session->trainers.begin(), session->trainers.end(),
                                 candidate.account) != session->trainers.end();
    if (!leads && clashes.trainer.empty() && clashes.absent.empty()) {
      found.trainers.push_back(candidate);
    }
  }
  return found;
}

static constexpr Refusal substitutes_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
};

constinit const Operation Substitutes::operation = storage::define<Substitutes>({
    .number = 555,
    .name = "schedule.substitutes",
    .kind = OperationKind::read,
    .doc = "Who may lead a session and is free then.",
    .rule = {.permission = "schedule.manage"},
    .refusals = substitutes_refusals,
    .example = R"({"session": 1})",
});

}  // namespace frontdesk::schedule
