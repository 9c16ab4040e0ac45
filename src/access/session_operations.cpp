#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "access/role_grants.hpp"
#include "access/sessions.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

/// Whose sessions are meant: the caller's own, or another's whom they manage; else as if there were
/// none.
AccountId managed_or_own(Transaction& transaction, AccountId wanted) {
  AccountId own = transaction.principal().account;
  if (!wanted || (wanted == own && transaction.principal().session)) {
    return session_account(transaction);
  }
  storage::Reach reach = reach_of(transaction, "access.manage_accounts");
  if (!covers(transaction, reach, Subject::account, wanted.value)) {
    storage::missing(AccountTag::name, "account");
  }
  return wanted;
}

}  // namespace

// --- list ---

Page<SignInSession> handle(Transaction& transaction, const Sessions& request) {
  AccountId account = managed_or_own(transaction, request.account);
  storage::List list("sign_in_sessions");
  list.where("account = $", account);
  list.order({{"id", true}});
  return list.page<SignInSession>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::denied, "session_required", "no account is named and the caller has none signed in"},
    {Code::not_found, "account_not_found", "no such account, or not managed by the caller"},
};

constinit const Operation Sessions::operation = storage::define<Sessions>({
    .number = 104,
    .name = "access.sessions",
    .kind = OperationKind::read,
    .doc = "Lists the sessions of an account, newest first.",
    .rule = {.audience = Audience::signed_in},
    .refusals = list_refusals,
    .example = R"({"limit": 10})",
});

// --- revoke one ---

Nothing handle(Transaction& transaction, const RevokeSession& request) {
  auto holder =
      transaction.one_number("SELECT account FROM sign_in_sessions WHERE id = $1", request.session);
  AccountId account{holder.value_or(0)};
  bool is_own =
      account && account == transaction.principal().account && transaction.principal().session;
  if (!is_own) {
    storage::Reach reach = reach_of(transaction, "access.manage_accounts");
    if (!covers(transaction, reach, Subject::account, account.value)) {
      storage::missing(SignInSessionTag::name, "session");
    }
    check_not_outranked(transaction, account);
  }
  end_session(transaction, account, request.session);
  return {};
}

static constexpr Refusal revoke_refusals[] = {
    {Code::not_found, "sign_in_session_not_found",
     "no such session, or of an account that the "
     "caller does not manage"},
    {Code::denied, "account_holds_more", "the account may do more than the caller"},
};

constinit const Operation RevokeSession::operation = storage::define<RevokeSession>({
    .number = 105,
    .name = "access.revoke_session",
    .kind = OperationKind::write,
    .doc = "Ends one session.",
    .rule = {.audience = Audience::signed_in},
    .refusals = revoke_refusals,
    .example = R"({"session": 1})",
});

// --- revoke all ---

RevokedSessions handle(Transaction& transaction, const RevokeAllSessions& request) {
  AccountId account = managed_or_own(transaction, request.account);
  check_not_outranked(transaction, account);
  void_challenges(transaction, account);
  return {.revoked = end_sessions(transaction, account)};
}

static constexpr Refusal revoke_all_refusals[] = {
    {Code::denied, "session_required", "no account is named and the caller has none signed in"},
    {Code::not_found, "account_not_found", "no such account, or not managed by the caller"},
    {Code::denied, "account_holds_more", "the account may do more than the caller"},
};

constinit const Operation RevokeAllSessions::operation = storage::define<RevokeAllSessions>({
    .number = 106,
    .name = "access.revoke_all_sessions",
    .kind = OperationKind::write,
    .doc = "Ends all sessions of an account, the one that asks included.",
    .rule = {.audience = Audience::signed_in},
    .refusals = revoke_all_refusals,
});

}  // namespace frontdesk::access
