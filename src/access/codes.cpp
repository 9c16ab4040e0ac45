#include "access/codes.hpp"

#include <algorithm>

#include "access/settings.hpp"
#include "access/tokens.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

struct Holder {
  ClientId client{};
  std::string email{};
  std::string language{};
};

Holder holder_of(Transaction& transaction, AccountId account) {
  storage::Cursor row =
      transaction.query("SELECT client, email, language FROM accounts WHERE id = $1", account);
  if (!row.next()) return {};
  return {row.id<ClientTag>(0), std::string(row.text(1)), std::string(row.text(2))};
}

std::chrono::seconds lifetime(Transaction& transaction, CodePurpose purpose) {
  const storage::Setting* setting = &setting::verification_seconds;
  if (purpose == CodePurpose::reset_password) setting = &setting::reset_seconds;
  if (purpose == CodePurpose::invitation) setting = &setting::invitation_seconds;
  return std::chrono::seconds{storage::number(transaction, *setting)};
}

void issue(Transaction& transaction, AccountId account, CodePurpose purpose,
           std::string_view address, std::string secret, std::optional<Instant> expires_at) {
  Holder holder = holder_of(transaction, account);
  transaction.emit(CodeIssued{.account = account,
                              .client = holder.client,
                              .purpose = purpose,
                              .address = std::string(address),
                              .language = holder.language,
                              .secret = std::move(secret),
                              .expires_at = expires_at});
}

}  // namespace

Instant next_send_at(Transaction& transaction, AccountId account, CodePurpose purpose) {
  constexpr std::chrono::hours hour{1};
  std::int64_t most = storage::number(transaction, setting::codes_per_hour);
  std::chrono::seconds interval{storage::number(transaction, setting::code_interval_seconds)};
  Instant next = transaction.now();
  storage::Cursor row = transaction.query(R"sql(
    SELECT sent_at
    FROM code_sends
    WHERE account = $1 AND purpose = $2 AND sent_at > $3
    ORDER BY sent_at DESC
    LIMIT $4)sql",
                                          account, purpose, transaction.now() - hour, most);
  for (std::int64_t count = 1; row.next(); ++count) {
    if (count == 1) next = std::max(next, row.instant(0) + interval);
    if (count == most) next = std::max(next, row.instant(0) + hour);
  }
  return next;
}

void check_send(Transaction& transaction, AccountId account, CodePurpose purpose) {
  std::int64_t delay = (next_send_at(transaction, account, purpose) - transaction.now()).count();
  if (delay <= 0) return;
  throw Error(Code::rate_limited, "code_too_soon", {}, {{"retry_after_seconds", delay}});
}

void note_send(Transaction& transaction, AccountId account, CodePurpose purpose) {
  transaction.execute(
      "INSERT INTO code_sends (account, purpose, sent_at) VALUES ($1, $2, $3)"
      " ON CONFLICT DO NOTHING",
      account, purpose, transaction.now());
}

void send_token(Transaction& transaction, AccountId account, CodePurpose purpose) {
  std::string address = holder_of(transaction, account).email;
  if (!address.empty()) send_token_to(transaction, account, purpose, address);
}

void send_token_to(Transaction& transaction, AccountId account, CodePurpose purpose,
                   std::string_view address) {
  std::string token = crypto::random_token(transaction.random());
  Instant expires_at = transaction.now() + lifetime(transaction, purpose);
  crypto::Digest digest = token_digest(transaction, token);
  transaction.execute(R"sql(
    INSERT INTO one_time_tokens (account, purpose, digest, address, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (account, purpose) DO UPDATE
    SET digest = excluded.digest,
        address = excluded.address,
        created_at = excluded.created_at,
        expires_at = excluded.expires_at)sql",
                      account, purpose, blob(digest), address, transaction.now(), expires_at);
  note_send(transaction, account, purpose);
  issue(transaction, account, purpose, address, std::move(token), expires_at);
}

OneTimeToken look_at_token(Transaction& transaction, std::string_view token, CodePurpose purpose) {
  crypto::Digest digest = token_digest(transaction, token);
  storage::Cursor row = transaction.query(
      "SELECT account, address, expires_at FROM one_time_tokens WHERE digest = $1 AND purpose = $2",
      blob(digest), purpose);
  if (!row.next()) throw Error(Code::unauthenticated, "link_invalid", "token");
  if (transaction.now() >= row.instant(2)) throw Error(Code::expired, "link_expired", "token");
  return {row.id<AccountTag>(0), std::string(row.text(1))};
}

OneTimeToken use_token(Transaction& transaction, std::string_view token, CodePurpose purpose) {
  OneTimeToken found = look_at_token(transaction, token, purpose);
  void_token(transaction, found.account, purpose);
  return found;
}

void void_token(Transaction& transaction, AccountId account, CodePurpose purpose) {
  transaction.execute("DELETE FROM one_time_tokens WHERE account = $1 AND purpose = $2", account,
                      purpose);
}

bool send_sign_in_code(Transaction& transaction, AccountId account) {
  std::string address = holder_of(transaction, account).email;
  if (address.empty()) return false;
  if (next_send_at(transaction, account, CodePurpose::sign_in_code) > transaction.now()) {
    return false;
  }
  std::string code = crypto::random_digits(transaction.random(), 6);
  Instant expires_at =
      transaction.now() + std::chrono::seconds{storage::number(transaction, setting::code_seconds)};
  crypto::Digest digest = code_digest(transaction, "sign-in code", account, code);
  transaction.execute(R"sql(
    INSERT INTO sign_in_codes (account, digest, sent_at, expires_at, tries)
    VALUES ($1, $2, $3, $4, 0)
    ON CONFLICT (account) DO UPDATE
    SET digest = excluded.digest,
        sent_at = excluded.sent_at,
        expires_at = excluded.expires_at,
        tries = 0)sql",
                      account, blob(digest), transaction.now(), expires_at);
  note_send(transaction, account, CodePurpose::sign_in_code);
  issue(transaction, account, CodePurpose::sign_in_code, address, std::move(code), expires_at);
  return true;
}

void send_notice(Transaction& transaction, AccountId account, CodePurpose purpose) {
  std::string address = holder_of(transaction, account).email;
  if (!address.empty()) send_notice_to(transaction, account, purpose, address);
}

void send_notice_to(Transaction& transaction, AccountId account, CodePurpose purpose,
                    std::string_view address) {
  issue(transaction, account, purpose, address, {}, std::nullopt);
}

}  // namespace frontdesk::access
