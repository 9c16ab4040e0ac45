#include <algorithm>

#include "access/attempts.hpp"
#include "access/sessions.hpp"
#include "access/settings.hpp"
#include "access/tokens.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

struct SessionRow {
  SignInSessionId id{};
  AccountId account{};
  Instant expires_at{};
};

std::int64_t unix_seconds(Instant instant) { return instant.time_since_epoch().count(); }

/// A pair for a session; neither outlives it.
Tokens issue_pair(Transaction& transaction, const SessionRow& session) {
  std::chrono::seconds access_time{storage::number(transaction, setting::access_token_seconds)};
  std::chrono::seconds refresh_time{storage::number(transaction, setting::refresh_token_seconds)};
  Tokens tokens;
  tokens.access_expires_at = std::min(transaction.now() + access_time, session.expires_at);
  tokens.refresh_expires_at = std::min(transaction.now() + refresh_time, session.expires_at);
  tokens.access_token = sign_claims(
      transaction, {.sub = std::to_string(session.account.value),
                    .sid = std::to_string(session.id.value),
                    .iat = unix_seconds(transaction.now()),
                    .exp = unix_seconds(tokens.access_expires_at),
                    .jti = crypto::base64url(crypto::random_bytes(transaction.random(), 16))});
  tokens.refresh_token = crypto::random_token(transaction.random());
  transaction.execute(R"sql(
    INSERT INTO refresh_tokens (session, digest, issued_at, expires_at)
    VALUES ($1, $2, $3, $4))sql",
                      session.id, blob(token_digest(transaction, tokens.refresh_token)),
                      transaction.now(), tokens.refresh_expires_at);
  return tokens;
}

}  // namespace

// --- issue ---

Tokens handle(Transaction& transaction, const IssueTokens&) {
  refuse_preview(transaction);
  AccountId account = session_account(transaction);
  SignInSessionId session = transaction.principal().session;
  // While a pair lives, its access token must not buy a second one: it would outlive itself.
  bool is_issued = transaction.exists(
      "SELECT 1 FROM refresh_tokens WHERE session = $1 AND used_at IS NULL AND expires_at > $2",
      session, transaction.now());
  if (is_issued) throw Error(Code::conflict, "tokens_issued");
  auto expires_at =
      transaction.one_number("SELECT expires_at FROM sign_in_sessions WHERE id = $1", session);
  return issue_pair(transaction,
                    {session, account, Instant{std::chrono::seconds{expires_at.value_or(0)}}});
}

static constexpr Refusal issue_refusals[] = {
    {Code::unsupported, "not_in_preview", "in a preview: the access token would work"},
    {Code::denied, "session_required", "the caller is the host or an API key"},
    {Code::conflict, "tokens_issued", "the session has a pair that can still be refreshed"},
};

constinit const Operation IssueTokens::operation = storage::define<IssueTokens>({
    .number = 107,
    .name = "access.issue_tokens",
    .kind = OperationKind::write,
    .doc = "Gives a REST host a signed access token and a refresh token for the caller's session.",
    .rule = {.audience = Audience::signed_in},
    .refusals = issue_refusals,
});

// --- refresh ---

Tokens handle(Transaction& transaction, const RefreshTokens& request) {
  refuse_preview(transaction);
  crypto::Digest digest = token_digest(transaction, request.refresh_token);
  SessionRow session;
  Instant token_ends{};
  Instant last_used{};
  bool is_used = false;
  {
    storage::Cursor row = transaction.query(R"sql(
      SELECT s.id, s.account, s.expires_at, s.last_used_at, t.expires_at, t.used_at
      FROM refresh_tokens t
      JOIN sign_in_sessions s ON s.id = t.session
      JOIN accounts a ON a.id = s.account
      WHERE t.digest = $1 AND a.status = $2)sql",
                                            blob(digest), AccountStatus::active);
    if (!row.next()) throw Error(Code::unauthenticated, "token_invalid", "refresh_token");
    session = {row.id<SignInSessionTag>(0), row.id<AccountTag>(1), row.instant(2)};
    last_used = row.instant(3);
    token_ends = row.instant(4);
    is_used = !row.null(5);
  }
  if (is_used) {
    // Thief or holder: one of them has a stolen token, so the family ends (SPEC A6).
    transaction.leave(
        [session](Transaction& residue) { end_session(residue, session.account, session.id); });
    throw Error(Code::unauthenticated, "token_reused", "refresh_token");
  }
  std::chrono::seconds idle_limit{storage::number(transaction, setting::session_idle_seconds)};
  Instant idle_since = last_use(transaction, session.id, last_used);
  if (transaction.now() >= std::min(token_ends, session.expires_at) ||
      transaction.now() - idle_since >= idle_limit) {
    throw Error(Code::unauthenticated, "token_expired", "refresh_token");
  }
  transaction.execute("UPDATE refresh_tokens SET used_at = $2 WHERE digest = $1", blob(digest),
                      transaction.now());
  transaction.execute("UPDATE sign_in_sessions SET last_used_at = $2 WHERE id = $1", session.id,
                      transaction.now());
  note_session_use(transaction, session.id);
  return issue_pair(transaction, session);
}

static constexpr Refusal refresh_refusals[] = {
    {Code::unsupported, "not_in_preview",
     "in a preview: the token would buy a pair and not be used"},
    {Code::unauthenticated, "token_invalid", "no such token, or its session ended"},
    {Code::unauthenticated, "token_reused", "the token was used before; its session ends now"},
    {Code::unauthenticated, "token_expired", "the token or its session is past its time"},
};

constinit const Operation RefreshTokens::operation = storage::define<RefreshTokens>({
    .number = 108,
    .name = "access.refresh_tokens",
    .kind = OperationKind::write,
    .doc = "Buys the next pair of tokens with a refresh token, which works once.",
    .rule = {.audience = Audience::everyone},
    .refusals = refresh_refusals,
    .example = R"({"refresh_token": "5kqPp4cVvRkM0nE2yT8wXg"})",
});

}  // namespace frontdesk::access
