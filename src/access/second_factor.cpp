#include "access/second_factor.hpp"

#include "access/codes.hpp"
#include "access/passwords.hpp"
#include "access/sessions.hpp"
#include "access/tokens.hpp"
#include "base/text.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

constexpr std::int64_t totp_step_seconds = 30;
constexpr int recovery_code_count = 10;
constexpr std::size_t recovery_code_letters = 10;

std::string seed_key(Transaction& transaction) { return transaction.key("access totp seed"); }

/// Letters and digits in lower case, whatever was typed between them.
std::string bare_code(std::string_view code) {
  std::string bare;
  for (char letter : text::fold(code)) {
    if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) bare += letter;
  }
  return bare;
}

void tell_change(Transaction& transaction, AccountId account) {
  transaction.emit(SecondFactorChanged{.account = account});
  send_notice(transaction, account, CodePurpose::second_factor_changed);
}

RecoveryCodes new_recovery_codes(Transaction& transaction, AccountId account) {
  transaction.execute("DELETE FROM recovery_codes WHERE account = $1", account);
  RecoveryCodes codes;
  for (int i = 0; i < recovery_code_count; ++i) {
    // Fifty random bits.
    std::string letters = crypto::base32(crypto::random_bytes(transaction.random(), 7));
    std::string bare = bare_code(letters).substr(0, recovery_code_letters);
    crypto::Digest digest = code_digest(transaction, "recovery code", account, bare);
    transaction.execute("INSERT INTO recovery_codes (account, digest) VALUES ($1, $2)", account,
                        blob(digest));
    codes.codes.push_back(bare.substr(0, 5) + "-" + bare.substr(5));
  }
  return codes;
}

/// `%20` and the like, for the label of an otpauth address.
std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (char letter : text) {
    bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                    (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' ||
                    letter == '_' || letter == '~';
    if (is_plain) {
      encoded += letter;
    } else {
      encoded += "%" + crypto::hex({&letter, 1});
    }
  }
  return encoded;
}

}  // namespace

bool totp_enabled(Transaction& transaction, AccountId account) {
  return transaction.exists(
      "SELECT 1 FROM credentials WHERE account = $1 AND totp_enabled_at IS NOT NULL", account);
}

bool role_demands_second_factor(Transaction& transaction, AccountId account) {
  return transaction.exists(R"sql(
    SELECT 1
    FROM role_grants g
    JOIN roles r ON r.id = g.role
    WHERE g.account = $1 AND g.revoked_at IS NULL AND g.active = 1
      AND (g.expires_at IS NULL OR g.expires_at > $2)
      AND r.second_factor = 1)sql",
                            account, transaction.now());
}

bool second_factor_due(Transaction& transaction, AccountId account) {
  return totp_enabled(transaction, account) || role_demands_second_factor(transaction, account);
}

bool accept_totp(Transaction& transaction, AccountId account, std::string_view code,
                 bool only_enabled) {
  std::string sealed;
  std::int64_t last = 0;
  {
    storage::Cursor row = transaction.query(
        "SELECT totp_seed, totp_step, totp_enabled_at FROM credentials WHERE account = $1",
        account);
    if (!row.next() || row.null(0) || (only_enabled && row.null(2))) return false;
    sealed = row.text(0);
    last = row.integer(1);
  }
  auto seed = crypto::open(seed_key(transaction), sealed);
  if (!seed) throw Error(Code::storage, "file_damaged");
  std::int64_t current = transaction.now().time_since_epoch().count() / totp_step_seconds;
  std::int64_t accepted = 0;
  for (std::int64_t step = current - 1; step <= current + 1; ++step) {
    if (step > last && crypto::equal(crypto::totp(*seed, step), code)) accepted = step;
  }
  crypto::wipe(*seed);
  if (accepted == 0) return false;
  transaction.execute("UPDATE credentials SET totp_step = $2 WHERE account = $1", account,
                      accepted);
  return true;
}

bool accept_recovery_code(Transaction& transaction, AccountId account, std::string_view code) {
  crypto::Digest digest = code_digest(transaction, "recovery code", account, bare_code(code));
  return transaction.execute("DELETE FROM recovery_codes WHERE account = $1 AND digest = $2",
                             account, blob(digest)) > 0;
}

std::int64_t recovery_codes_left(Transaction& transaction, AccountId account) {
  return transaction.one_number("SELECT count(*) FROM recovery_codes WHERE account = $1", account)
      .value_or(0);
}

void remove_second_factor(Transaction& transaction, AccountId account) {
  transaction.execute(
      "UPDATE credentials SET totp_seed = NULL, totp_enabled_at = NULL WHERE account = $1",
      account);
  transaction.execute("DELETE FROM recovery_codes WHERE account = $1", account);
  tell_change(transaction, account);
}

// --- enable ---

std::shared_ptr<void> prepare(Transaction& snapshot, const EnableTotp& request) {
  return check_own_password(snapshot, request.password);
}

TotpSeed handle(Transaction& transaction, const EnableTotp& request) {
  AccountId account =
      require_own_password(transaction, transaction.prepared<CheckedPassword>(), "password");
  if (totp_enabled(transaction, account)) throw Error(Code::conflict, "totp_enabled");
  std::string seed = crypto::random_bytes(transaction.random(), 20);
  std::string sealed = crypto::seal(seed_key(transaction), seed, transaction.random());
  transaction.execute("UPDATE credentials SET totp_seed = $2, totp_step = 0 WHERE account = $1",
                      account, storage::Blob{sealed});
  std::string issuer = request.issuer.empty() ? "frontdesk" : request.issuer;
  Account holder = account_or_missing(transaction, account);
  TotpSeed result;
  result.seed = crypto::base32(seed);
  result.seed.erase(result.seed.find_last_not_of('=') + 1);
  result.uri = "otpauth://totp/" + percent_encoded(issuer) + ":" +
               percent_encoded(holder.email.value_or("")) + "?secret=" + result.seed +
               "&issuer=" + percent_encoded(issuer);
  return result;
}

static constexpr Refusal enable_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a secret would be tried for free"},
    {Code::denied, "session_required", "the caller is the host or an API key"},
    {Code::rate_limited, "too_many_attempts", "too many wrong passwords"},
    {Code::denied, "password_wrong", "the password is not right"},
    {Code::conflict, "totp_enabled", "TOTP is set up already"},
};

constinit const Operation EnableTotp::operation = storage::define_prepared<EnableTotp>({
    .number = 117,
    .name = "access.enable_totp",
    .kind = OperationKind::write,
    .doc = "Begins to set up TOTP for the caller's own account.",
    .rule = {.audience = Audience::signed_in},
    .refusals = enable_refusals,
    .example = R"({"password": "a long enough secret", "issuer": "Sunny Studio"})",
});

// --- confirm ---

RecoveryCodes handle(Transaction& transaction, const ConfirmTotp& request) {
  refuse_preview(transaction);
  AccountId account = session_account(transaction);
  bool is_begun = transaction.exists(
      "SELECT 1 FROM credentials"
      " WHERE account = $1 AND totp_seed IS NOT NULL AND totp_enabled_at IS NULL",
      account);
  if (!is_begun) throw Error(Code::conflict, "totp_not_begun");
  Attempt tries = attempt(transaction, AttemptKind::second_factor, account);
  check_attempts(transaction, {&tries, 1});
  transaction.leave([tries](Transaction& residue) { charge(residue, tries); });
  if (!accept_totp(transaction, account, bare_code(request.code), false)) {
    throw Error(Code::denied, "totp_code_wrong", "code");
  }
  forget(transaction, tries);
  transaction.execute("UPDATE credentials SET totp_enabled_at = $2 WHERE account = $1", account,
                      transaction.now());
  tell_change(transaction, account);
  return new_recovery_codes(transaction, account);
}

static constexpr Refusal confirm_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a secret would be tried for free"},
    {Code::denied, "session_required", "the caller is the host or an API key"},
    {Code::conflict, "totp_not_begun", "access.enable_totp was not called, or TOTP counts already"},
    {Code::rate_limited, "too_many_attempts", "too many wrong codes"},
    {Code::denied, "totp_code_wrong", "the code is not the one shown now"},
};

constinit const Operation ConfirmTotp::operation = storage::define<ConfirmTotp>({
    .number = 118,
    .name = "access.confirm_totp",
    .kind = OperationKind::write,
    .doc = "Ends setting up TOTP with a first code and gives recovery codes.",
    .rule = {.audience = Audience::signed_in},
    .refusals = confirm_refusals,
    .example = R"({"code": "123456"})",
});

// --- disable ---

std::shared_ptr<void> prepare(Transaction& snapshot, const DisableTotp& request) {
  return check_own_password(snapshot, request.password);
}

Nothing handle(Transaction& transaction, const DisableTotp&) {
  AccountId account =
      require_own_password(transaction, transaction.prepared<CheckedPassword>(), "password");
  if (!totp_enabled(transaction, account)) throw Error(Code::conflict, "totp_not_enabled");
  remove_second_factor(transaction, account);
  return {};
}

static constexpr Refusal disable_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a secret would be tried for free"},
    {Code::denied, "session_required", "the caller is the host or an API key"},
    {Code::rate_limited, "too_many_attempts", "too many wrong passwords"},
    {Code::denied, "password_wrong", "the password is not right"},
    {Code::conflict, "totp_not_enabled", "there is no TOTP to take away"},
};

constinit const Operation DisableTotp::operation = storage::define_prepared<DisableTotp>({
    .number = 119,
    .name = "access.disable_totp",
    .kind = OperationKind::write,
    .doc = "Takes TOTP and the recovery codes away from the caller's own account.",
    .rule = {.audience = Audience::signed_in},
    .refusals = disable_refusals,
    .example = R"({"password": "a long enough secret"})",
});

// --- recovery codes ---

std::shared_ptr<void> prepare(Transaction& snapshot, const MakeRecoveryCodes& request) {
  return check_own_password(snapshot, request.password);
}

RecoveryCodes handle(Transaction& transaction, const MakeRecoveryCodes&) {
  AccountId account =
      require_own_password(transaction, transaction.prepared<CheckedPassword>(), "password");
  tell_change(transaction, account);
  return new_recovery_codes(transaction, account);
}

static constexpr Refusal recovery_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: a secret would be tried for free"},
    {Code::denied, "session_required", "the caller is the host or an API key"},
    {Code::rate_limited, "too_many_attempts", "too many wrong passwords"},
    {Code::denied, "password_wrong", "the password is not right"},
};

constinit const Operation MakeRecoveryCodes::operation =
    storage::define_prepared<MakeRecoveryCodes>({
        .number = 120,
        .name = "access.make_recovery_codes",
        .kind = OperationKind::write,
        .doc = "Makes ten new recovery codes; older ones no longer count.",
        .rule = {.audience = Audience::signed_in},
        .refusals = recovery_refusals,
        .example = R"({"password": "a long enough secret"})",
    });

}  // namespace frontdesk::access
