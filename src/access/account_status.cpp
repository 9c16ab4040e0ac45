#include "access/account_rules.hpp"
#include "access/role_grants.hpp"
#include "access/second_factor.hpp"
#include "access/sessions.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

Account changeable(Transaction& transaction, AccountId id,
                   const std::optional<std::int64_t>& version) {
  Account account = account_or_missing(transaction, id);
  check_not_outranked(transaction, account.id);
  storage::check_version(version, account.version);
  return account;
}

}  // namespace

// --- suspend ---

Account handle(Transaction& transaction, const SuspendAccount& request) {
  Account account = changeable(transaction, request.account, request.version);
  if (account.status != AccountStatus::active) {
    throw Error(Code::conflict, "account_not_active", "account");
  }
  keep_an_admin_without(transaction, account.id);
  account.status = AccountStatus::suspended;
  store_account(transaction, account);
  shut_out(transaction, account.id);
  transaction.emit(AccountSuspended{.account = account.id});
  return account;
}

static constexpr Refusal suspend_refusals[] = {
    {Code::not_found, "account_not_found", "no such account, or not managed by the caller"},
    {Code::denied, "account_holds_more", "the account may do more than the caller"},
    {Code::conflict, "version_outdated", "the account was changed since that version"},
    {Code::conflict, "account_not_active", "the account is suspended or erased already"},
    {Code::conflict, "last_admin", "no other Admin would remain who can sign in"},
};

constinit const Operation SuspendAccount::operation = storage::define<SuspendAccount>({
    .number = 135,
    .name = "access.suspend_account",
    .kind = OperationKind::write,
    .doc = "Keeps an account from signing in and ends its sessions.",
    .rule = {.permission = "access.manage_accounts",
             .subject = Subject::account,
             .field = "account"},
    .refusals = suspend_refusals,
    .example = R"({"account": 2})",
});

// --- reinstate ---

Account handle(Transaction& transaction, const ReinstateAccount& request) {
  Account account = changeable(transaction, request.account, request.version);
  if (account.status != AccountStatus::suspended) {
    throw Error(Code::conflict, "account_not_suspended", "account");
  }
  account.status = AccountStatus::active;
  store_account(transaction, account);
  transaction.touch(storage::Topic::access);
  transaction.emit(AccountReinstated{.account = account.id});
  return account;
}

static constexpr Refusal reinstate_refusals[] = {
    {Code::not_found, "account_not_found", "no such account, or not managed by the caller"},
    {Code::denied, "account_holds_more", "the account may do more than the caller"},
    {Code::conflict, "version_outdated", "the account was changed since that version"},
    {Code::conflict, "account_not_suspended", "the account is not suspended"},
};

constinit const Operation ReinstateAccount::operation = storage::define<ReinstateAccount>({
    .number = 136,
    .name = "access.reinstate_account",
    .kind = OperationKind::write,
    .doc = "Lets a suspended account sign in again.",
    .rule = {.permission = "access.manage_accounts",
             .subject = Subject::account,
             .field = "account"},
    .refusals = reinstate_refusals,
    .example = R"({"account": 2})",
});

// --- reset the second factor ---

Nothing handle(Transaction& transaction, const ResetSecondFactor& request) {
  Account account = changeable(transaction, request.account, std::nullopt);
  if (!totp_enabled(transaction, account.id) && recovery_codes_left(transaction, account.id) == 0) {
    throw Error(Code::conflict, "totp_not_enabled", "account");
  }
  remove_second_factor(transaction, account.id);
  void_challenges(transaction, account.id);
  end_sessions(transaction, account.id);
  return {};
}

static constexpr Refusal reset_refusals[] = {
    {Code::not_found, "account_not_found", "no such account, or not managed by the caller"},
    {Code::denied, "account_holds_more", "the account may do more than the caller"},
    {Code::conflict, "totp_not_enabled", "there is nothing to take away"},
};

constinit const Operation ResetSecondFactor::operation = storage::define<ResetSecondFactor>({
    .number = 138,
    .name = "access.reset_second_factor",
    .kind = OperationKind::write,
    .doc = "Takes TOTP and recovery codes away from an account whose holder lost them.",
    .rule = {.permission = "access.manage_accounts",
             .subject = Subject::account,
             .field = "account"},
    .refusals = reset_refusals,
    .example = R"({"account": 2})",
});

}  // namespace frontdesk::access
