#include "access/challenges.hpp"
#include "access/codes.hpp"
#include "access/passwords.hpp"
#include "access/second_factor.hpp"
#include "access/sessions.hpp"
#include "access/settings.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

/// Counts a failed sign-in. Its holder learns when the delays begin.
void charge_sign_in(Transaction& transaction, const std::vector<Attempt>& attempts,
                    AccountId account) {
  for (const Attempt& one : attempts) {
    std::int64_t failures = charge(transaction, one);
    bool begins = failures == storage::number(transaction, setting::sign_in_failures);
    if (begins && account && one.kind == AttemptKind::sign_in) {
      send_notice(transaction, account, CodePurpose::account_locked);
    }
  }
}

/// An account that is not there is as good as erased.
AccountStatus status_of(Transaction& transaction, AccountId account) {
  auto status = transaction.one_number("SELECT status FROM accounts WHERE id = $1", account);
  return status ? static_cast<AccountStatus>(*status) : AccountStatus::erased;
}

}  // namespace

SignInResult complete_sign_in(Transaction& transaction, AccountId account, std::string_view device,
                              bool second_factor) {
  Account holder = account_or_missing(transaction, account);
  for (const auto& name : {holder.email, holder.login}) {
    if (name) forget(transaction, attempt_of_name(transaction, *name));
  }
  forget(transaction, attempt(transaction, AttemptKind::second_factor, account));
  return open_session(transaction, account, device, second_factor);
}

// --- sign in ---

std::shared_ptr<void> prepare(Transaction& snapshot, const SignIn& request) {
  return check_sign_in(snapshot, request.login, request.password);
}

SignInResult handle(Transaction& transaction, const SignIn& request) {
  refuse_preview(transaction);
  const auto& checked = transaction.prepared<CheckedPassword>();
  std::vector<Attempt> attempts = sign_in_attempts(transaction, request.login);
  check_attempts(transaction, attempts);
  if (checked.was_skipped) {
    throw Error(Code::rate_limited, "too_many_attempts", {}, {{"retry_after_seconds", 1}});
  }
  // The password was checked on a snapshot: it counts only if nothing changed since.
  AccountId account = account_of_login(transaction, request.login);
  transaction.leave(
      [attempts, account](Transaction& residue) { charge_sign_in(residue, attempts, account); });
  bool is_right = checked.matches && checked.account == account &&
                  checked.stored == password_hash(transaction, account);
  AccountStatus status = status_of(transaction, account);
  if (!is_right || status == AccountStatus::erased) {
    throw Error(Code::unauthenticated, "sign_in_failed");
  }
  if (status == AccountStatus::suspended) throw Error(Code::denied, "account_suspended");

  if (!checked.rehashed.empty()) {
    transaction.execute("UPDATE credentials SET password_hash = $2 WHERE account = $1", account,
                        checked.rehashed);
  }
  if (!second_factor_due(transaction, account)) {
    return complete_sign_in(transaction, account, request.device, false);
  }
  SignInResult result;
  result.challenge = open_challenge(transaction, account, request.device);
  return result;
}

static constexpr Refusal sign_in_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a secret would be tried for free"},
    {Code::rate_limited, "too_many_attempts", "too many failures of this name or origin"},
    {Code::unauthenticated, "sign_in_failed", "no such name, or another password"},
    {Code::denied, "account_suspended", "the password is right, but the account is suspended"},
};

constinit const Operation SignIn::operation = storage::define_prepared<SignIn>({
    .number = 100,
    .name = "access.sign_in",
    .kind = OperationKind::write,
    .doc = "Signs in by password; gives a session, or a challenge where a second factor is due.",
    .rule = {.audience = Audience::everyone},
    .refusals = sign_in_refusals,
    .example = R"({"login": "olena@studio.example", "password": "a long enough secret"})",
});

// --- sign out ---

Nothing handle(Transaction& transaction, const SignOut&) {
  AccountId account = session_account(transaction);
  end_session(transaction, account, transaction.principal().session);
  return {};
}

static constexpr Refusal sign_out_refusals[] = {
    {Code::denied, "session_required", "the caller is the host or an API key"},
};

constinit const Operation SignOut::operation = storage::define<SignOut>({
    .number = 103,
    .name = "access.sign_out",
    .kind = OperationKind::write,
    .doc = "Ends the caller's own session.",
    .rule = {.audience = Audience::signed_in},
    .refusals = sign_out_refusals,
});

}  // namespace frontdesk::access
