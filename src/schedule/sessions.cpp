#include "base/zones.hpp"
#include "schedule/clashes.hpp"
#include "storage/define.hpp"

namespace frontdesk::schedule {
namespace {

Session planned(Transaction& transaction, const NewSession& request, const std::string& path) {
  Plan plan = plan_of(request);
  const Defaults defaults = check_plan(transaction, plan, path);
  check_external_ref(transaction, request.external_ref, "sessions", 0);
  const Duration duration = request.duration.count() > 0 ? request.duration : defaults.duration;
  Session session;
  take_plan(session, plan);
  session.zone = defaults.zone;
  session.external_ref = request.external_ref;
  set_times(session, request.start, duration);
  if (session.ends <= transaction.now()) throw Error(Code::invalid, "session_past", path + "start");
  return session;
}

Session visible_session(Transaction& transaction, SessionId id) {
  storage::List list("sessions");
  show_visible(list, transaction, "sessions");
  list.where("id = $", id);
  list.order({{"id"}});
  auto found = list.page<Session>(transaction, std::nullopt, 1);
  if (found.items.empty()) storage::missing("session", "session");
  return std::move(found.items.front());
}

}  // namespace

// --- create ---

Changed handle(Transaction& transaction, const CreateSessions& request) {
  Changed changed;
  Clashes clashes;
  for (std::size_t i = 0; i < request.sessions.size(); ++i) {
    const std::string path = "sessions[" + std::to_string(i) + "].";
    Session session = planned(transaction, request.sessions[i], path);
    if (request.despite_clashes) check_override(transaction, session.centre);
    clashes.add(clashes_of(transaction, session));  // those before it are there already
    enter_session(transaction, session);
    changed.sessions.push_back(std::move(session));
  }
  refuse(clashes, request.despite_clashes);
  return changed;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::not_found, "activity_not_found", "the centre has no such activity"},
    {Code::conflict, "activity_archived", "the activity is archived"},
    {Code::not_found, "room_not_found", "the centre has no such room"},
    {Code::conflict, "room_archived", "the room is archived"},
    {Code::conflict, "capacity_over_room", "more places than the room has"},
    {Code::invalid, "trainer_twice", "a trainer is named twice"},
    {Code::not_found, "account_not_found", "no such account for a trainer"},
    {Code::conflict, "trainer_not_eligible", "the activity names others who may lead it"},
    {Code::invalid, "group_needed", "for a group, but none is named"},
    {Code::invalid, "group_not_for_kind", "a group is named, but it is not for one"},
    {Code::invalid, "client_needed", "for a client, but none is named"},
    {Code::invalid, "client_not_for_kind", "a client is named, but it is not for one"},
    {Code::not_found, "group_not_found", "the centre has no such group"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::invalid, "price_negative", "the price is below zero"},
    {Code::invalid, "currency_differs", "the price is not in the centre's currency"},
    {Code::invalid, "minimum_over_capacity", "the minimum is more than the places"},
    {Code::conflict, "external_ref_taken", "another session has the key"},
    {Code::invalid, "session_past", "it would be over already"},
    {Code::denied, "permission_denied", "clashes are to be ignored, without schedule.override"},
    {Code::conflict, "trainer_absent", "a trainer is absent then"},
    {Code::conflict, "centre_closed", "centre or room are closed then"},
    {Code::conflict, "session_clashes", "others are in the way; all are listed"},
};

constinit const Operation CreateSessions::operation = storage::define<CreateSessions>({
    .number = 504,
    .name = "schedule.create_sessions",
    .kind = OperationKind::write,
    .doc = "Enters sessions that belong to no series, all of them or none.",
    .rule = {.permission = "schedule.manage"},
    .refusals = create_refusals,
    .example = R"({"sessions": [{"activity": 1, "centre": 1, "room": 1,
 "start": "2026-09-07T18:00:00"}]})",
});

// --- look ---

Session handle(Transaction& transaction, const GetSession& request) {
  return visible_session(transaction, request.session);
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
};

constinit const Operation GetSession::operation = storage::define<GetSession>({
    .number = 505,
    .name = "schedule.get_session",
    .kind = OperationKind::read,
    .doc = "One session.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"session": 1})",
});

Page<Session> handle(Transaction& transaction, const Sessions& request) {
  storage::List list("sessions");
  show_visible(list, transaction, "sessions");
  list.where(request.archived ? "archived_at IS NOT NULL" : "archived_at IS NULL");
  if (request.from) {
    list.where("starts > $ AND ends > $", start_of_look(transaction, *request.from), *request.from);
  }
  if (request.to) list.where("starts < $", *request.to);
  if (request.centre) list.where("centre = $", request.centre);
  if (request.activity) list.where("activity = $", request.activity);
  if (request.series) list.where("series = $", request.series);
  if (request.room) list.where("room = $", request.room);
  if (request.trainer) {
    list.where("id IN (SELECT session FROM session_trainers WHERE trainer = $)", request.trainer);
  }
  if (request.group) list.where("\"group\" = $", request.group);
  if (request.client) list.where("client = $", request.client);
  if (request.status) list.where("status = $", *request.status);
  list.order({{"starts"}, {"id"}});
  return list.page<Session>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Sessions::operation = storage::define<Sessions>({
    .number = 506,
    .name = "schedule.sessions",
    .kind = OperationKind::read,
    .doc = "Lists sessions by start.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "from": "2026-09-07T00:00:00Z"})",
});

// --- update ---

Session handle(Transaction& transaction, const UpdateSession& request) {
  Session session = changeable_session(transaction, request.session, request.version);
  request.capacity.apply(session.capacity);
  request.price.apply(session.price);
  request.minimum.apply(session.minimum);
  request.minimum_before.apply(session.minimum_before);
  request.colour.apply(session.colour);
  request.external_ref.apply(session.external_ref);
  check_external_ref(transaction, session.external_ref, "sessions", session.id.value);
  Plan plan = plan_of(session);
  check_plan(transaction, plan, "");
  take_plan(session, plan);
  session.changed_by_hand = static_cast<bool>(session.series);
  change_session(transaction, session, session.starts, false);
  return session;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "version_outdated", "the session was changed since that version"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::conflict, "external_ref_taken", "another session has the key"},
    {Code::conflict, "capacity_over_room", "more places than the room has"},
    {Code::invalid, "price_negative", "the price is below zero"},
    {Code::invalid, "currency_differs", "the price is not in the centre's currency"},
    {Code::invalid, "minimum_over_capacity", "the minimum is more than the places"},
    {Code::conflict, "capacity_below_taken", "more places are taken"},
};

constinit const Operation UpdateSession::operation = storage::define<UpdateSession>({
    .number = 507,
    .name = "schedule.update_session",
    .kind = OperationKind::write,
    .doc = "Changes what does not move a session.",
    .rule = {.permission = "schedule.manage"},
    .refusals = update_refusals,
    .example = R"({"session": 1, "capacity": 12})",
});

// --- archive ---

Session handle(Transaction& transaction, const ArchiveSession& request) {
  auto session = storage::find<Session>(transaction, "sessions WHERE id = $1", request.session);
  if (!session) storage::missing("session", "session");
  check_reach(transaction, plan_of(*session), "session");
  if (session->status == SessionStatus::scheduled) {
    throw Error(Code::conflict, "session_to_come", "session");
  }
  if (session->archived_at.has_value() != request.archived) {
    session->archived_at.reset();
    if (request.archived) session->archived_at = transaction.now();
    store_session(transaction, *session);
    transaction.emit(SessionChanged{.session = session->id,
                                    .centre = session->centre,
                                    .starts = session->starts,
                                    .started_before = session->starts,
                                    .moved = false});
  }
  return *session;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "session_to_come", "the session is neither over nor cancelled"},
};

constinit const Operation ArchiveSession::operation = storage::define<ArchiveSession>({
    .number = 508,
    .name = "schedule.archive_session",
    .kind = OperationKind::write,
    .doc = "Puts a session away, or takes it out again.",
    .rule = {.permission = "schedule.manage"},
    .refusals = archive_refusals,
    .example = R"({"session": 1})",
});

}  // namespace frontdesk::schedule
