#include "access/account_rules.hpp"
#include "access/challenges.hpp"
#include "access/codes.hpp"
#include "access/passwords.hpp"
#include "access/sessions.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

Account holder_of_token(Transaction& transaction, const OneTimeToken& token) {
  return account_or_missing(transaction, token.account);
}

/// Whoever answers from an address has proven it, if it still is the account's.
void prove_address(Transaction& transaction, Account& account, const std::string& address) {
  if (account.email_verified_at || account.email != address) return;
  account.email_verified_at = transaction.now();
  store_account(transaction, account);
  transaction.emit(AccountChanged{.account = account.id});
}

/// The slow part of setting a password by a token that was sent. The token must be good: else
/// nothing is hashed, and the handler says why.
std::shared_ptr<PreparedPassword> prepare_by_token(Transaction& snapshot, CodePurpose purpose,
                                                   std::string_view token,
                                                   std::string_view password) {
  OneTimeToken found;
  try {
    found = look_at_token(snapshot, token, purpose);
  } catch (const Error&) {
    return std::make_shared<PreparedPassword>();
  }
  Account account = holder_of_token(snapshot, found);
  return prepare_password(snapshot, password, account.email.value_or(""));
}

/// Uses up a token and sets the password made for it.
Account set_password_by_token(Transaction& transaction, CodePurpose purpose,
                              std::string_view token) {
  refuse_preview(transaction);
  OneTimeToken found = use_token(transaction, token, purpose);
  const std::string& hash = transaction.prepared<PreparedPassword>().hash;
  if (hash.empty()) throw Error(Code::unauthenticated, "link_invalid", "token");
  Account account = holder_of_token(transaction, found);
  set_password(transaction, account.id, hash);
  prove_address(transaction, account, found.address);
  return account;
}

}  // namespace

// --- change ---

std::shared_ptr<void> prepare(Transaction& snapshot, const ChangePassword& request) {
  auto checked = check_own_password(snapshot, request.old_password);
  if (!checked->matches) return checked;
  Account account = account_or_missing(snapshot, checked->account);
  check_password_rules(snapshot, request.new_password, account.email.value_or(""), "new_password");
  checked->new_hash = hash_new_password(snapshot, request.new_password);
  return checked;
}

SignInResult handle(Transaction& transaction, const ChangePassword&) {
  const auto& checked = transaction.prepared<CheckedPassword>();
  AccountId account = require_own_password(transaction, checked, "old_password");
  std::string device;
  bool is_proven = false;
  {
    storage::Cursor row =
        transaction.query("SELECT device, second_factor FROM sign_in_sessions WHERE id = $1",
                          transaction.principal().session);
    if (row.next()) {
      device = row.text(0);
      is_proven = row.integer(1) != 0;
    }
  }
  set_password(transaction, account, checked.new_hash);
  send_notice(transaction, account, CodePurpose::password_changed);
  return open_session(transaction, account, device, is_proven);
}

static constexpr Refusal change_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a secret would be tried for free"},
    {Code::denied, "session_required", "the caller is the host or an API key"},
    {Code::rate_limited, "too_many_attempts", "too many wrong passwords"},
    {Code::denied, "password_wrong", "the old password is not right"},
    {Code::invalid, "password_too_short", "the new password has fewer than 10 characters"},
    {Code::invalid, "password_is_email", "the new password is the address"},
    {Code::invalid, "password_common", "the new password is one that everybody tries first"},
};

constinit const Operation ChangePassword::operation = storage::define_prepared<ChangePassword>({
    .number = 110,
    .name = "access.change_password",
    .kind = OperationKind::write,
    .doc = "Changes the caller's own password; all sessions end and a new one begins.",
    .rule = {.audience = Audience::signed_in},
    .refusals = change_refusals,
    .example = R"({"old_password": "a long enough secret",
 "new_password": "an even longer secret"})",
});

// --- request reset ---

Nothing handle(Transaction& transaction, const RequestPasswordReset& request) {
  AccountId account = account_of_email(transaction, request.email);
  bool is_active = transaction.exists("SELECT 1 FROM accounts WHERE id = $1 AND status = $2",
                                      account, AccountStatus::active);
  bool may_send =
      next_send_at(transaction, account, CodePurpose::reset_password) <= transaction.now();
  if (is_active && may_send) send_token(transaction, account, CodePurpose::reset_password);
  return {};
}

constinit const Operation RequestPasswordReset::operation = storage::define<RequestPasswordReset>({
    .number = 111,
    .name = "access.request_password_reset",
    .kind = OperationKind::write,
    .doc = "Sends a token to reset a forgotten password; the answer is always the same.",
    .rule = {.audience = Audience::everyone},
    .example = R"({"email": "olena@studio.example"})",
});

// --- reset ---

std::shared_ptr<void> prepare(Transaction& snapshot, const ResetPassword& request) {
  return prepare_by_token(snapshot, CodePurpose::reset_password, request.token, request.password);
}

Nothing handle(Transaction& transaction, const ResetPassword& request) {
  Account account = set_password_by_token(transaction, CodePurpose::reset_password, request.token);
  for (const auto& name : {account.email, account.login}) {
    if (name) forget(transaction, attempt_of_name(transaction, *name));
  }
  forget(transaction, attempt(transaction, AttemptKind::password, account.id));
  send_notice(transaction, account.id, CodePurpose::password_changed);
  return {};
}

static constexpr Refusal by_token_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a token would be tried for free"},
    {Code::unauthenticated, "link_invalid", "no such token, used already or voided by a newer one"},
    {Code::expired, "link_expired", "the token is past its time"},
    {Code::invalid, "password_too_short", "the password has fewer than 10 characters"},
    {Code::invalid, "password_is_email", "the password is the address"},
    {Code::invalid, "password_common", "the password is one that everybody tries first"},
};

constinit const Operation ResetPassword::operation = storage::define_prepared<ResetPassword>({
    .number = 112,
    .name = "access.reset_password",
    .kind = OperationKind::write,
    .doc = "Sets a new password with a token that was sent; all sessions end.",
    .rule = {.audience = Audience::everyone},
    .refusals = by_token_refusals,
    .example = R"({"token": "5kqPp4cVvRkM0nE2yT8wXg", "password": "a long enough secret"})",
});

// --- accept an invitation ---

std::shared_ptr<void> prepare(Transaction& snapshot, const AcceptInvitation& request) {
  return prepare_by_token(snapshot, CodePurpose::invitation, request.token, request.password);
}

Nothing handle(Transaction& transaction, const AcceptInvitation& request) {
  set_password_by_token(transaction, CodePurpose::invitation, request.token);
  return {};
}

constinit const Operation AcceptInvitation::operation = storage::define_prepared<AcceptInvitation>({
    .number = 131,
    .name = "access.accept_invitation",
    .kind = OperationKind::write,
    .doc = "Sets the first password of an invited account; its address is thereby proven.",
    .rule = {.audience = Audience::everyone},
    .refusals = by_token_refusals,
    .example = R"({"token": "5kqPp4cVvRkM0nE2yT8wXg", "password": "a long enough secret"})",
});

}  // namespace frontdesk::access
