/// Wishes to move a session (SPEC S6).
#include <frontdesk/schedule_closures.hpp>

#include "access/authorization.hpp"
#include "people/clients.hpp"
#include "schedule/moving.hpp"
#include "schedule/stored.hpp"
#include "storage/define.hpp"
#include "storage/id_list.hpp"

#include <algorithm>

namespace frontdesk::schedule {

constinit const storage::EventKind MoveRequestChanged::kind{
    "schedule.move_request_changed", "Somebody asked to move a session, or was answered.",
    "schedule.view"};

namespace {

bool leads(const Transaction& transaction, const Session& session) {
  const AccountId account = transaction.principal().account;
  return account && std::find(session.trainers.begin(), session.trainers.end(), account) !=
                        session.trainers.end();
}

/// Whose wish counts: a trainer of the session, the client it is for, or their guardian.
bool may_ask(Transaction& transaction, const Session& session) {
  return transaction.principal().is_host() || leads(transaction, session) ||
         (session.client && people::is_own(transaction, session.client));
}

MoveRequest pending_request(Transaction& transaction, MoveRequestId id) {
  auto request = storage::find<MoveRequest>(transaction, "move_requests WHERE id = $1", id);
  if (!request) storage::missing("move_request", "request");
  return *request;
}

void check_pending(const MoveRequest& request) {
  if (request.status != WishStatus::pending) {
    throw Error(Code::conflict, "move_request_decided", "request");
  }
}

void settle(Transaction& transaction, MoveRequest& request, WishStatus status, CentreId centre) {
  request.status = status;
  request.decided_at = transaction.now();
  ++request.version;
  storage::update(transaction, "move_requests", request);
  transaction.concern(request.client);
  transaction.emit(MoveRequestChanged{.request = request.id,
                                      .session = request.session,
                                      .centre = centre,
                                      .account = request.account,
                                      .status = status});
}

}  // namespace

// --- ask ---

MoveRequest handle(Transaction& transaction, const RequestMove& request) {
  auto session = storage::find<Session>(transaction, "sessions WHERE id = $1", request.session);
  if (!session || !may_ask(transaction, *session)) storage::missing("session", "session");
  if (session->status != SessionStatus::scheduled || session->starts <= transaction.now()) {
    throw Error(Code::conflict, "session_started", "session");
  }
  if (transaction.exists("SELECT 1 FROM move_requests WHERE session = $1 AND status = $2"
                         " AND account IS $3",
                         session->id, WishStatus::pending, transaction.principal().account)) {
    throw Error(Code::conflict, "move_request_pending", "session");
  }
  MoveRequest wish{.version = 1,
                   .session = session->id,
                   .account = transaction.principal().account,
                   .client = session->client,
                   .start = request.start,
                   .duration = request.duration,
                   .reason = request.reason,
                   .created_at = transaction.now()};
  storage::insert(transaction, "move_requests", wish);
  transaction.concern(wish.client);
  transaction.emit(MoveRequestChanged{.request = wish.id,
                                      .session = wish.session,
                                      .centre = session->centre,
                                      .account = wish.account,
                                      .status = wish.status});
  return wish;
}

static constexpr Refusal request_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not one's own"},
    {Code::conflict, "session_started", "the session has begun, is over or was cancelled"},
    {Code::conflict, "move_request_pending", "the caller asked for it already"},
};

constinit const Operation RequestMove::operation = storage::define<RequestMove>({
    .number = 570,
    .name = "schedule.request_move",
    .kind = OperationKind::write,
    .doc = "Asks to move a session.",
    .rule = {.audience = Audience::signed_in},
    .refusals = request_refusals,
    .example = R"({"session": 1, "start": "2026-09-08T19:00:00", "reason": "Exam"})",
});

// --- decide ---

MoveRequest handle(Transaction& transaction, const DecideMove& request) {
  MoveRequest wish = pending_request(transaction, request.request);
  Session session = stored_session(transaction, wish.session);
  if (!transaction.reach().covers(session.centre)) storage::missing("move_request", "request");
  check_pending(wish);
  if (!request.accept && !request.answer) {
    throw Error(Code::invalid, "field_missing", "answer", {{"name", std::string("answer")}});
  }
  wish.answer = request.answer;
  wish.decided_by = transaction.principal().account;
  if (request.accept) {
    MoveSession move{.session = wish.session, .start = wish.start, .duration = wish.duration};
    move_session(transaction, move);
  }
  settle(transaction, wish, request.accept ? WishStatus::accepted : WishStatus::declined,
         session.centre);
  return wish;
}

static constexpr Refusal decide_refusals[] = {
    {Code::not_found, "move_request_not_found", "no such request, or not within reach"},
    {Code::conflict, "move_request_decided", "it was decided or withdrawn"},
    {Code::invalid, "field_missing", "declined without an answer"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::conflict, "session_started", "the session has begun"},
    {Code::invalid, "session_past", "it would be over already"},
    {Code::conflict, "trainer_absent", "a trainer is absent then"},
    {Code::conflict, "centre_closed", "centre or room are closed then"},
    {Code::conflict, "session_clashes", "others are in the way; all are listed"},
};

constinit const Operation DecideMove::operation = storage::define<DecideMove>({
    .number = 571,
    .name = "schedule.decide_move",
    .kind = OperationKind::write,
    .doc = "Accepts a wish, which moves the session, or declines it.",
    .rule = {.permission = "schedule.manage"},
    .refusals = decide_refusals,
    .example = R"({"request": 1, "accept": true})",
});

// --- withdraw ---

MoveRequest handle(Transaction& transaction, const WithdrawMove& request) {
  MoveRequest wish = pending_request(transaction, request.request);
  const storage::Principal& caller = transaction.principal();
  if (!caller.is_host() && (!wish.account || wish.account != caller.account)) {
    storage::missing("move_request", "request");
  }
  check_pending(wish);
  settle(transaction, wish, WishStatus::withdrawn,
         stored_session(transaction, wish.session).centre);
  return wish;
}

static constexpr Refusal withdraw_refusals[] = {
    {Code::not_found, "move_request_not_found", "no such request, or not one's own"},
    {Code::conflict, "move_request_decided", "it was decided or withdrawn"},
};

constinit const Operation WithdrawMove::operation = storage::define<WithdrawMove>({
    .number = 572,
    .name = "schedule.withdraw_move",
    .kind = OperationKind::write,
    .doc = "Takes an own wish to move a session back.",
    .rule = {.audience = Audience::signed_in},
    .refusals = withdraw_refusals,
    .example = R"({"request": 1})",
});

// --- list ---

Page<MoveRequest> handle(Transaction& transaction, const MoveRequests& request) {
  storage::List list("move_requests");
  const storage::Reach managed = access::reach_of(transaction, "schedule.manage");
  if (!managed.any) {
    list.where(
        "account = $ OR session IN (SELECT sessions.id FROM sessions"
        " WHERE sessions.centre IN (SELECT value FROM json_each($)))",
        transaction.principal().account.value, storage::id_list(managed.centres));
  }
  if (request.session) list.where("session = $", request.session);
  if (request.status) list.where("status = $", *request.status);
  list.order({{"id", true}});
  return list.page<MoveRequest>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation MoveRequests::operation = storage::define<MoveRequests>({
    .number = 573,
    .name = "schedule.move_requests",
    .kind = OperationKind::read,
    .doc = "Lists wishes to move sessions, newest first.",
    .rule = {.audience = Audience::signed_in},
    .refusals = list_refusals,
    .example = R"({"status": "pending"})",
});

}  // namespace frontdesk::schedule
