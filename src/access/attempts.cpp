#include "access/attempts.hpp"

#include <algorithm>

#include "access/settings.hpp"
#include "access/tokens.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

struct Counter {
  std::int64_t failures = 0;
  Instant blocked_until{};
};

/// People who share an address cannot start its count anew by signing in, so it is forgotten
/// sooner.
std::chrono::seconds kept(Transaction& transaction, AttemptKind kind) {
  bool is_origin = kind == AttemptKind::origin;
  return std::chrono::seconds{storage::number(
      transaction, is_origin ? setting::origin_kept_seconds : setting::attempts_kept_seconds)};
}

Counter read_counter(Transaction& transaction, const Attempt& attempt) {
  storage::Cursor row = transaction.query(
      "SELECT failures, last_at, blocked_until FROM attempts WHERE kind = $1 AND key = $2",
      attempt.kind, blob(attempt.key));
  if (!row.next()) return {};
  if (row.instant(1) <= transaction.now() - kept(transaction, attempt.kind)) return {};
  return {row.integer(0), row.instant(2)};
}

/// None for the first failures, then doubling up to a limit.
std::int64_t delay_after(Transaction& transaction, AttemptKind kind, std::int64_t failures) {
  bool is_origin = kind == AttemptKind::origin;
  std::int64_t free_failures = storage::number(
      transaction, is_origin ? setting::origin_failures : setting::sign_in_failures);
  if (failures < free_failures) return 0;
  std::int64_t delay = storage::number(transaction, setting::sign_in_delay_seconds);
  std::int64_t longest = storage::number(transaction, setting::sign_in_delay_seconds_max);
  for (std::int64_t i = free_failures; i < failures && delay < longest; ++i) delay *= 2;
  return std::min(delay, longest);
}

}  // namespace

Attempt attempt(Transaction& transaction, AttemptKind kind, std::string_view text) {
  return {kind, code_digest(transaction, "attempt", {}, text)};
}

Attempt attempt(Transaction& transaction, AttemptKind kind, AccountId account) {
  return {kind, code_digest(transaction, "attempt", account, {})};
}

std::optional<Attempt> attempt_of_origin(Transaction& transaction) {
  if (transaction.origin().empty()) return std::nullopt;
  return attempt(transaction, AttemptKind::origin, transaction.origin());
}

std::int64_t delay_of(Transaction& transaction, const Attempt& attempt) {
  Counter counter = read_counter(transaction, attempt);
  return std::max<std::int64_t>(0, (counter.blocked_until - transaction.now()).count());
}

void check_attempts(Transaction& transaction, std::span<const Attempt> attempts) {
  std::int64_t delay = 0;
  for (const Attempt& one : attempts) delay = std::max(delay, delay_of(transaction, one));
  if (delay == 0) return;
  throw Error(Code::rate_limited, "too_many_attempts", {}, {{"retry_after_seconds", delay}});
}

std::int64_t charge(Transaction& transaction, const Attempt& attempt) {
  std::int64_t failures = read_counter(transaction, attempt).failures + 1;
  std::chrono::seconds delay{delay_after(transaction, attempt.kind, failures)};
  transaction.execute(R"sql(
    INSERT INTO attempts (kind, key, failures, last_at, blocked_until)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (kind, key) DO UPDATE
    SET failures = excluded.failures,
        last_at = excluded.last_at,
        blocked_until = excluded.blocked_until)sql",
                      attempt.kind, blob(attempt.key), failures, transaction.now(),
                      transaction.now() + delay);
  return failures;
}

void forget(Transaction& transaction, const Attempt& attempt) {
  transaction.execute("DELETE FROM attempts WHERE kind = $1 AND key = $2", attempt.kind,
                      blob(attempt.key));
}

void refuse_preview(const Transaction& transaction) {
  if (transaction.is_preview()) throw Error(Code::unsupported, "not_in_preview");
}

}  // namespace frontdesk::access
