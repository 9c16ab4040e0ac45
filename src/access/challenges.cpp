#include "access/challenges.hpp"

#include <algorithm>

#include "access/codes.hpp"
#include "access/passwords.hpp"
#include "access/second_factor.hpp"
#include "access/sessions.hpp"
#include "access/settings.hpp"
#include "access/tokens.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

struct OpenChallenge {
  std::int64_t id = 0;
  AccountId account{};
  std::string device{};
  Instant expires_at{};
};

/// Throws unauthenticated/challenge_invalid, expired/challenge_expired. A suspended account and a
/// changed password have ended their challenges already.
OpenChallenge find_challenge(Transaction& transaction, std::string_view token) {
  crypto::Digest digest = token_digest(transaction, token);
  storage::Cursor row = transaction.query(
      "SELECT id, account, device, expires_at FROM challenges WHERE digest = $1", blob(digest));
  if (!row.next()) throw Error(Code::unauthenticated, "challenge_invalid", "challenge");
  if (transaction.now() >= row.instant(3)) {
    throw Error(Code::expired, "challenge_expired", "challenge");
  }
  return {row.integer(0), row.id<AccountTag>(1), std::string(row.text(2)), row.instant(3)};
}

std::chrono::seconds lifetime(Transaction& transaction) {
  return std::chrono::seconds{storage::number(transaction, setting::code_seconds)};
}

Challenge describe_challenge(Transaction& transaction, std::string_view token, AccountId account,
                             Instant expires_at) {
  Challenge challenge;
  challenge.token = token;
  challenge.expires_at = expires_at;
  if (totp_enabled(transaction, account)) {
    challenge.kinds.push_back(FactorKind::totp);
  } else {
    challenge.kinds.push_back(FactorKind::email_code);
    challenge.resend_at = next_send_at(transaction, account, CodePurpose::sign_in_code);
    auto sent_at = transaction.one_number(
        "SELECT sent_at FROM sign_in_codes WHERE account = $1 AND expires_at > $2 AND tries < $3",
        account, transaction.now(), storage::number(transaction, setting::code_tries));
    if (sent_at) challenge.code_sent_at = Instant{std::chrono::seconds{*sent_at}};
  }
  if (recovery_codes_left(transaction, account) > 0) {
    challenge.kinds.push_back(FactorKind::recovery_code);
  }
  return challenge;
}

bool is_six_digits(std::string_view code) {
  return code.size() == 6 && std::all_of(code.begin(), code.end(), [](char letter) {
           return letter >= '0' && letter <= '9';
         });
}

/// Digits alone, as people copy them with spaces between.
std::string without_spaces(std::string_view code) {
  std::string bare(code);
  std::erase_if(bare, [](char letter) { return letter == ' ' || letter == '-'; });
  return bare;
}

/// Throws expired/code_expired where no code counts, unauthenticated/code_wrong with tries_left.
void take_email_code(Transaction& transaction, AccountId account, std::string_view code) {
  std::int64_t most = storage::number(transaction, setting::code_tries);
  std::string stored;
  std::int64_t tries = 0;
  {
    storage::Cursor row = transaction.query(
        "SELECT digest, tries FROM sign_in_codes WHERE account = $1 AND expires_at > $2", account,
        transaction.now());
    if (row.next()) {
      stored = row.text(0);
      tries = row.integer(1);
    }
  }
  if (stored.empty() || tries >= most) throw Error(Code::expired, "code_expired", "code");
  transaction.leave([account](Transaction& residue) {
    residue.execute("UPDATE sign_in_codes SET tries = tries + 1 WHERE account = $1", account);
  });
  crypto::Digest digest = code_digest(transaction, "sign-in code", account, code);
  if (!crypto::equal(stored, crypto::view(digest))) {
    throw Error(Code::unauthenticated, "code_wrong", "code", {{"tries_left", most - tries - 1}});
  }
  transaction.execute("DELETE FROM sign_in_codes WHERE account = $1", account);
}

}  // namespace

Challenge open_challenge(Transaction& transaction, AccountId account, std::string_view device) {
  std::string token = crypto::random_token(transaction.random());
  Instant expires_at = transaction.now() + lifetime(transaction);
  transaction.execute(R"sql(
    INSERT INTO challenges (account, digest, device, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5))sql",
                      account, blob(token_digest(transaction, token)), device, transaction.now(),
                      expires_at);
  if (!totp_enabled(transaction, account)) send_sign_in_code(transaction, account);
  return describe_challenge(transaction, token, account, expires_at);
}

// --- answer ---

SignInResult handle(Transaction& transaction, const AnswerChallenge& request) {
  refuse_preview(transaction);
  OpenChallenge challenge = find_challenge(transaction, request.challenge);
  AccountId account = challenge.account;
  Attempt tries = attempt(transaction, AttemptKind::second_factor, account);
  check_attempts(transaction, {&tries, 1});

  std::string code = without_spaces(request.code);
  bool has_totp = totp_enabled(transaction, account);
  if (is_six_digits(code) && !has_totp) {
    take_email_code(transaction, account, code);
  } else {
    transaction.leave([tries](Transaction& residue) { charge(residue, tries); });
    bool is_right = is_six_digits(code) ? accept_totp(transaction, account, code, true)
                                        : accept_recovery_code(transaction, account, code);
    if (!is_right) throw Error(Code::unauthenticated, "code_wrong", "code");
  }
  transaction.execute("DELETE FROM challenges WHERE id = $1", challenge.id);
  return complete_sign_in(transaction, account, challenge.device, true);
}

static constexpr Refusal answer_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a secret would be tried for free"},
    {Code::unauthenticated, "challenge_invalid", "no such challenge, or it was answered or voided"},
    {Code::expired, "challenge_expired", "the challenge lapsed"},
    {Code::rate_limited, "too_many_attempts", "too many wrong codes"},
    {Code::expired, "code_expired", "no e-mail code counts: it lapsed, was burnt or none was sent"},
    {Code::unauthenticated, "code_wrong", "the code is not right"},
};

constinit const Operation AnswerChallenge::operation = storage::define<AnswerChallenge>({
    .number = 101,
    .name = "access.answer_challenge",
    .kind = OperationKind::write,
    .doc = "Completes a sign-in with an e-mail code, a TOTP code or a recovery code.",
    .rule = {.audience = Audience::everyone},
    .refusals = answer_refusals,
    .example = R"({"challenge": "5kqPp4cVvRkM0nE2yT8wXg", "code": "123456"})",
});

// --- resend ---

Challenge handle(Transaction& transaction, const ResendCode& request) {
  refuse_preview(transaction);
  OpenChallenge challenge = find_challenge(transaction, request.challenge);
  if (totp_enabled(transaction, challenge.account)) {
    throw Error(Code::conflict, "email_code_not_taken");
  }
  check_send(transaction, challenge.account, CodePurpose::sign_in_code);
  send_sign_in_code(transaction, challenge.account);
  Instant expires_at = transaction.now() + lifetime(transaction);
  transaction.execute("UPDATE challenges SET expires_at = $2 WHERE id = $1", challenge.id,
                      expires_at);
  return describe_challenge(transaction, request.challenge, challenge.account, expires_at);
}

static constexpr Refusal resend_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a challenge would be tried for free"},
    {Code::unauthenticated, "challenge_invalid", "no such challenge, or it was answered or voided"},
    {Code::expired, "challenge_expired", "the challenge lapsed"},
    {Code::conflict, "email_code_not_taken", "the account proves its sign-ins by TOTP"},
    {Code::rate_limited, "code_too_soon",
     "the last code was sent less than a minute ago, or five "
     "within the hour"},
};

constinit const Operation ResendCode::operation = storage::define<ResendCode>({
    .number = 102,
    .name = "access.resend_code",
    .kind = OperationKind::write,
    .doc = "Sends a new e-mail code for a challenge; the older one no longer counts.",
    .rule = {.audience = Audience::everyone},
    .refusals = resend_refusals,
    .example = R"({"challenge": "5kqPp4cVvRkM0nE2yT8wXg"})",
});

}  // namespace frontdesk::access
