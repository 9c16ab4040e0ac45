#include "access/tokens.hpp"

#include <algorithm>
#include <charconv>

#include "access/cache.hpp"
#include "access/settings.hpp"
#include "describe/json.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

AccessCache& cache_with_keys(Transaction& transaction) {
  AccessCache& cache = transaction.shared<AccessCache>();
  std::call_once(cache.keys_made, [&] {
    cache.token_key = transaction.key("access token");
    cache.signing_key = transaction.key("access signature");
  });
  return cache;
}

// The one header there is: any other, `alg: none` above all, is refused by comparing bytes.
std::string jwt_header() { return crypto::base64url(R"({"alg":"HS256","typ":"JWT"})"); }

std::string signature(Transaction& transaction, std::string_view signed_part) {
  return crypto::base64url(
      crypto::view(crypto::hmac_sha256(cache_with_keys(transaction).signing_key, signed_part)));
}

[[noreturn]] void refuse_token() { throw Error(Code::unauthenticated, "token_invalid"); }

/// Keys of `stamps` in the cache: sessions and API keys do not mix.
std::int64_t use_key(SignInSessionId session) { return session.value; }
std::int64_t use_key(ApiKeyId key) { return -key.value; }

bool cacheable(const Transaction& transaction) {
  return !transaction.touched(storage::Topic::access);
}

std::shared_ptr<KnownToken> known_session(storage::Cursor row) {
  if (!row.next()) return nullptr;
  auto known = std::make_shared<KnownToken>();
  known->principal.kind = storage::PrincipalKind::account;
  known->principal.session = row.id<SignInSessionTag>(0);
  known->principal.account = row.id<AccountTag>(1);
  known->principal.client = row.id<ClientTag>(2);
  known->principal.language = row.text(3);
  known->expires_at = row.instant(4);
  known->last_used_at = row.instant(5);
  return known;
}

std::shared_ptr<KnownToken> find_session(Transaction& transaction, const crypto::Digest& digest) {
  return known_session(transaction.query(R"sql(
    SELECT s.id, s.account, a.client, a.language, s.expires_at, s.last_used_at
    FROM sign_in_sessions s
    JOIN accounts a ON a.id = s.account
    WHERE s.digest = $1 AND a.status = $2)sql",
                                         blob(digest), AccountStatus::active));
}

std::shared_ptr<KnownToken> find_session(Transaction& transaction, SignInSessionId session) {
  return known_session(transaction.query(R"sql(
    SELECT s.id, s.account, a.client, a.language, s.expires_at, s.last_used_at
    FROM sign_in_sessions s
    JOIN accounts a ON a.id = s.account
    WHERE s.id = $1 AND a.status = $2)sql",
                                         session, AccountStatus::active));
}

std::shared_ptr<KnownToken> find_api_key(Transaction& transaction, const crypto::Digest& digest) {
  storage::Cursor row = transaction.query(R"sql(
    SELECT k.id, k.account, a.client, a.language, k.expires_at
    FROM api_keys k
    LEFT JOIN accounts a ON a.id = k.account
    WHERE k.digest = $1 AND k.revoked_at IS NULL AND (k.account IS NULL OR a.status = $2))sql",
                                          blob(digest), AccountStatus::active);
  if (!row.next()) return nullptr;
  auto known = std::make_shared<KnownToken>();
  known->principal.kind = storage::PrincipalKind::api_key;
  known->principal.api_key = row.id<ApiKeyTag>(0);
  known->principal.account = row.id<AccountTag>(1);
  known->principal.client = row.id<ClientTag>(2);
  known->principal.language = row.text(3);
  if (!row.null(4)) known->expires_at = row.instant(4);
  return known;
}

bool is_idle(Transaction& transaction, const KnownToken& known) {
  Instant used = last_use(transaction, known.principal.session, known.last_used_at);
  std::chrono::seconds limit{storage::number(transaction, setting::session_idle_seconds)};
  return transaction.now() - used >= limit;
}

const storage::Principal& use_session(Transaction& transaction, const KnownToken& known) {
  if (transaction.now() >= *known.expires_at || is_idle(transaction, known)) {
    throw Error(Code::unauthenticated, "token_expired");
  }
  note_session_use(transaction, known.principal.session);
  return known.principal;
}

storage::Principal principal_of_session(Transaction& transaction, std::string_view token) {
  AccessCache& cache = cache_with_keys(transaction);
  crypto::Digest digest = token_digest(transaction, token);
  std::int64_t version = transaction.version_of(storage::Topic::access);
  if (cacheable(transaction)) {
    auto known = cache.token(version, digest);
    // Another process may have written down a later use than the one remembered here.
    if (known && !is_idle(transaction, *known)) return use_session(transaction, *known);
  }
  auto known = find_session(transaction, digest);
  if (!known) refuse_token();
  if (cacheable(transaction)) cache.keep_token(version, digest, known);
  return use_session(transaction, *known);
}

storage::Principal principal_of_api_key(Transaction& transaction, std::string_view token) {
  AccessCache& cache = cache_with_keys(transaction);
  crypto::Digest digest = token_digest(transaction, token);
  std::int64_t version = transaction.version_of(storage::Topic::access);
  std::shared_ptr<const KnownToken> known;
  if (cacheable(transaction)) known = cache.token(version, digest);
  if (!known) {
    known = find_api_key(transaction, digest);
    if (!known) refuse_token();
    if (cacheable(transaction)) cache.keep_token(version, digest, known);
  }
  if (known->expires_at && transaction.now() >= *known->expires_at) {
    throw Error(Code::unauthenticated, "token_expired");
  }
  cache.note_use(use_key(known->principal.api_key), transaction.now());
  return known->principal;
}

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

storage::Principal principal_of_claims(Transaction& transaction, std::string_view token) {
  std::optional<Claims> claims = read_claims(transaction, token);
  if (!claims) refuse_token();
  if (transaction.now().time_since_epoch().count() >= claims->exp) {
    throw Error(Code::unauthenticated, "token_expired");
  }
  SignInSessionId session{number_of(claims->sid)};
  AccessCache& cache = cache_with_keys(transaction);
  std::int64_t version = transaction.version_of(storage::Topic::access);
  if (cacheable(transaction)) {
    auto known = cache.session(version, session);
    if (known && !is_idle(transaction, *known)) return use_session(transaction, *known);
  }
  auto known = find_session(transaction, session);
  if (!known || known->principal.account.value != number_of(claims->sub)) refuse_token();
  if (cacheable(transaction)) cache.keep_session(version, session, known);
  return use_session(transaction, *known);
}

}  // namespace

crypto::Digest token_digest(Transaction& transaction, std::string_view token) {
  return crypto::digest(cache_with_keys(transaction).token_key, {token});
}

crypto::Digest code_digest(Transaction& transaction, std::string_view purpose, AccountId account,
                           std::string_view code) {
  return crypto::digest(cache_with_keys(transaction).token_key,
                        {purpose, std::to_string(account.value), code});
}

Fields Claims::fields() {
  static constexpr Field table[] = {
      field<&Claims::sub>("The account."),
      field<&Claims::sid>("The session."),
      field<&Claims::iat>("When it was issued, Unix seconds."),
      field<&Claims::exp>("When it ends, Unix seconds."),
      field<&Claims::jti>("Its own id."),
  };
  return table;
}

std::string sign_claims(Transaction& transaction, const Claims& claims) {
  std::string token = jwt_header() + "." + crypto::base64url(describe::encode(claims));
  return token + "." + signature(transaction, token);
}

std::optional<Claims> read_claims(Transaction& transaction, std::string_view token) {
  std::size_t end = token.rfind('.');
  std::size_t middle = token.find('.');
  if (end == std::string_view::npos || middle >= end) return std::nullopt;
  std::string_view signed_part = token.substr(0, end);
  if (!crypto::equal(token.substr(end + 1), signature(transaction, signed_part))) {
    return std::nullopt;
  }
  if (token.substr(0, middle) != jwt_header()) return std::nullopt;
  std::optional<std::string> payload = crypto::from_base64url(signed_part.substr(middle + 1));
  if (!payload) return std::nullopt;
  try {
    return describe::decode<Claims>(*payload);
  } catch (const Error&) {
    return std::nullopt;
  }
}

storage::Principal principal_of_token(Transaction& transaction, std::string_view token) {
  if (token.starts_with(session_prefix)) return principal_of_session(transaction, token);
  if (token.starts_with(api_key_prefix)) return principal_of_api_key(transaction, token);
  if (std::count(token.begin(), token.end(), '.') == 2) {
    return principal_of_claims(transaction, token);
  }
  refuse_token();
}

void note_session_use(Transaction& transaction, SignInSessionId session) {
  transaction.shared<AccessCache>().note_use(use_key(session), transaction.now());
}

Instant last_use(Transaction& transaction, SignInSessionId session, Instant of_row) {
  return std::max(of_row, transaction.shared<AccessCache>().last_use(use_key(session)));
}

void flush_last_used(Transaction& transaction) {
  for (const AccessCache::Use& use :
       transaction.shared<AccessCache>().take_uses(transaction.now())) {
    if (use.holder > 0) {
      transaction.execute(
          "UPDATE sign_in_sessions SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2",
          use.holder, use.at);
    } else {
      transaction.execute(
          "UPDATE api_keys SET last_used_at = $2 WHERE id = $1"
          " AND (last_used_at IS NULL OR last_used_at < $2)",
          -use.holder, use.at);
    }
  }
}

}  // namespace frontdesk::access
