#include "access/account_rules.hpp"
#include "access/attempts.hpp"
#include "access/codes.hpp"
#include "access/passwords.hpp"
#include "access/sessions.hpp"
#include "base/text.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

// --- request verification ---

Nothing handle(Transaction& transaction, const RequestEmailVerification&) {
  Account account = account_or_missing(transaction, session_account(transaction));
  if (account.email_verified_at) throw Error(Code::conflict, "email_verified");
  check_send(transaction, account.id, CodePurpose::verify_email);
  send_token(transaction, account.id, CodePurpose::verify_email);
  return {};
}

static constexpr Refusal request_refusals[] = {
    {Code::denied, "session_required", "the caller is the host or an API key"},
    {Code::conflict, "email_verified", "the address is proven already"},
    {Code::rate_limited, "code_too_soon",
     "the last token was sent less than a minute ago, or five "
     "within the hour"},
};

constinit const Operation RequestEmailVerification::operation =
    storage::define<RequestEmailVerification>({
        .number = 113,
        .name = "access.request_email_verification",
        .kind = OperationKind::write,
        .doc = "Sends the caller a token to prove their own address.",
        .rule = {.audience = Audience::signed_in},
        .refusals = request_refusals,
    });

// --- verify ---

Nothing handle(Transaction& transaction, const VerifyEmail& request) {
  refuse_preview(transaction);
  OneTimeToken token = use_token(transaction, request.token, CodePurpose::verify_email);
  Account account = account_or_missing(transaction, token.account);
  if (account.email != token.address) {
    throw Error(Code::unauthenticated, "link_invalid", "token");
  }
  if (account.email_verified_at) return {};
  account.email_verified_at = transaction.now();
  store_account(transaction, account);
  transaction.emit(AccountChanged{.account = account.id});
  return {};
}

static constexpr Refusal verify_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a token would be tried for free"},
    {Code::unauthenticated, "link_invalid", "no such token, used already or voided by a newer one"},
    {Code::expired, "link_expired", "the token is past its time"},
};

constinit const Operation VerifyEmail::operation = storage::define<VerifyEmail>({
    .number = 114,
    .name = "access.verify_email",
    .kind = OperationKind::write,
    .doc = "Proves an address with the token that was sent to it.",
    .rule = {.audience = Audience::everyone},
    .refusals = verify_refusals,
    .example = R"({"token": "5kqPp4cVvRkM0nE2yT8wXg"})",
});

// --- change ---

std::shared_ptr<void> prepare(Transaction& snapshot, const ChangeEmail& request) {
  return check_own_password(snapshot, request.password);
}

Nothing handle(Transaction& transaction, const ChangeEmail& request) {
  AccountId account =
      require_own_password(transaction, transaction.prepared<CheckedPassword>(), "password");
  std::string email = checked_email(request.email);
  check_send(transaction, account, CodePurpose::confirm_new_email);
  AccountId holder = account_of_email(transaction, email);
  if (holder && holder != account) {
    // The answer does not tell that the address is taken; its holder may know (SPEC A2).
    if (next_send_at(transaction, holder, CodePurpose::address_in_use) <= transaction.now()) {
      send_notice(transaction, holder, CodePurpose::address_in_use);
    }
    note_send(transaction, holder, CodePurpose::address_in_use);
    note_send(transaction, account, CodePurpose::confirm_new_email);
    return {};
  }
  send_token_to(transaction, account, CodePurpose::confirm_new_email, email);
  return {};
}

static constexpr Refusal change_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a secret would be tried for free"},
    {Code::denied, "session_required", "the caller is the host or an API key"},
    {Code::rate_limited, "too_many_attempts", "too many wrong passwords"},
    {Code::denied, "password_wrong", "the password is not right"},
    {Code::invalid, "email_malformed", "the new address is none"},
    {Code::rate_limited, "code_too_soon",
     "the last token was sent less than a minute ago, or five "
     "within the hour"},
};

constinit const Operation ChangeEmail::operation = storage::define_prepared<ChangeEmail>({
    .number = 115,
    .name = "access.change_email",
    .kind = OperationKind::write,
    .doc = "Asks to change the caller's own address; it counts once the token sent to it is back.",
    .rule = {.audience = Audience::signed_in},
    .refusals = change_refusals,
    .example = R"({"email": "olena@new.example", "password": "a long enough secret"})",
});

// --- confirm ---

Nothing handle(Transaction& transaction, const ConfirmEmailChange& request) {
  refuse_preview(transaction);
  OneTimeToken token = use_token(transaction, request.token, CodePurpose::confirm_new_email);
  Account account = account_or_missing(transaction, token.account);
  AccountId holder = account_of_email(transaction, token.address);
  if (holder && holder != account.id) throw Error(Code::conflict, "email_taken", "token");
  if (account.email) {
    send_notice_to(transaction, account.id, CodePurpose::email_changed, *account.email);
  }
  account.email = token.address;
  account.email_verified_at = transaction.now();
  store_account(transaction, account);
  // What was sent to the address before proves nothing any more.
  void_token(transaction, account.id, CodePurpose::verify_email);
  void_token(transaction, account.id, CodePurpose::reset_password);
  void_challenges(transaction, account.id);
  transaction.emit(
      EmailChanged{.account = account.id, .client = account.client, .email = token.address});
  return {};
}

static constexpr Refusal confirm_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a token would be tried for free"},
    {Code::unauthenticated, "link_invalid", "no such token, used already or voided by a newer one"},
    {Code::expired, "link_expired", "the token is past its time"},
    {Code::conflict, "email_taken", "another account took the address in the meantime"},
};

constinit const Operation ConfirmEmailChange::operation = storage::define<ConfirmEmailChange>({
    .number = 116,
    .name = "access.confirm_email_change",
    .kind = OperationKind::write,
    .doc = "Makes a new address count, with the token that was sent to it.",
    .rule = {.audience = Audience::everyone},
    .refusals = confirm_refusals,
    .example = R"({"token": "5kqPp4cVvRkM0nE2yT8wXg"})",
});

}  // namespace frontdesk::access
