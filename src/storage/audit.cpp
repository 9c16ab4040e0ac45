#include "storage/audit.hpp"

#include "describe/json.hpp"

#include <limits>

namespace frontdesk::storage {
namespace {

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t stand_in_bytes = 12;
constexpr std::string_view head_purpose = "audit head";
constexpr std::string_view erasure_purpose = "audit erasure";

/// What a sealed row says, apart from what may be erased.
struct Sealed {
  std::int64_t sequence, at, principal_kind, principal;
  std::string_view operation, outcome;
  std::int64_t client, centre;
  std::string_view digest;
};

/// The same bytes on every machine that may open the file.
std::string bytes_of(std::initializer_list<std::int64_t> numbers) {
  std::string bytes;
  for (std::int64_t number : numbers) {
    for (int shift = 0; shift < 64; shift += 8) {
      bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift);
    }
  }
  return bytes;
}

crypto::Digest seal(std::string_view key, std::string_view previous, const Sealed& row) {
  const std::string numbers =
      bytes_of({row.sequence, row.at, row.principal_kind, row.principal, row.client, row.centre});
  return crypto::digest(key, {previous, numbers, row.operation, row.outcome, row.digest});
}

/// What is kept of the newest row. It is keyed, so that who cuts rows off cannot make the one that
/// would fit.
crypto::Digest mark_of(std::string_view key, const AuditHead& head) {
  return crypto::digest(key, {bytes_of({head.sequence}), head.seal});
}

std::string kept_mark(Connection& connection) {
  Cursor row = connection.query("SELECT value FROM meta WHERE name = 'audit_head'");
  return row.next() ? std::string(row.text(0)) : std::string();
}

/// Stands in an erased row in place of what was erased: who only takes it away cannot make it.
crypto::Digest erasure_mark(std::string_view key, std::int64_t sequence, std::string_view digest) {
  return crypto::digest(key, {bytes_of({sequence}), digest});
}

/// Stands in the seal for what may be erased. The salt goes with it, so that nobody can try what it
/// may have been.
crypto::Digest erasable_digest(std::string_view salt, std::string_view origin,
                               std::string_view correlation, std::string_view request) {
  return crypto::digest({}, {salt, origin, correlation, request});
}

/// True if what may be erased is what was sealed, or was erased altogether.
bool is_as_sealed(std::string_view erasure_key, const Cursor& row) {
  if (row.null(11)) {
    auto mark = erasure_mark(erasure_key, row.integer(0), row.text(12));
    return row.null(8) && row.null(9) && row.null(10) && row.text(14) == crypto::view(mark);
  }
  auto digest = erasable_digest(row.text(11), row.text(8), row.text(9), row.text(10));
  return row.null(14) && row.text(12) == crypto::view(digest);
}

/// Erases the rows that match; a mark in each shows that this was done by right.
template <class... Arguments>
void erase_where(Transaction& transaction, const std::string& condition,
                 const Arguments&... arguments) {
  std::vector<std::pair<std::int64_t, std::string>> rows;
  {
    Cursor row = transaction.query(
        "SELECT sequence, digest FROM audit WHERE salt IS NOT NULL AND " + condition, arguments...);
    while (row.next()) rows.emplace_back(row.integer(0), row.text(1));
  }
  const std::string key = transaction.key(erasure_purpose);
  for (const auto& [sequence, digest] : rows) {
    transaction.execute(
        "UPDATE audit SET origin = NULL, correlation = NULL, request = NULL, salt = NULL,"
        " erasure = $2 WHERE sequence = $1",
        sequence, Blob{crypto::view(erasure_mark(key, sequence, digest))});
  }
}

}  // namespace

AuditHead read_audit_head(Connection& connection) {
  AuditHead head;
  Cursor row =
      connection.query("SELECT sequence, at, seal FROM audit ORDER BY sequence DESC LIMIT 1");
  if (row.next()) head = {row.integer(0), row.instant(1), std::string(row.text(2))};
  return head;
}

AuditHead checked_audit_head(Transaction& transaction) {
  AuditHead head = read_audit_head(transaction.connection());
  const std::string key = transaction.key(head_purpose);
  if (kept_mark(transaction.connection()) != crypto::view(mark_of(key, head))) {
    head.seal = crypto::view(crypto::digest(key, {"cut off", head.seal}));
  }
  return head;
}

void append_audit(Transaction& transaction, AuditHead& head, const AuditRow& row) {
  if (head.sequence == std::numeric_limits<std::int64_t>::max()) {
    throw Error(Code::storage, "file_damaged");  // nothing can follow
  }
  std::byte random[salt_bytes];
  transaction.random()(random);
  std::string_view salt(reinterpret_cast<const char*>(random), salt_bytes);
  std::string request;
  if (row.request != nullptr) {
    describe::Redaction redaction{[salt](std::string_view json) {
      auto digest = crypto::digest({}, {salt, json});
      return "~" + crypto::base64url(crypto::view(digest).substr(0, stand_in_bytes));
    }};
    request = describe::encode_redacted(*row.request_type, row.request, redaction);
  }
  std::string_view origin = row.without_origin ? std::string_view() : transaction.origin();
  std::string_view correlation =
      row.without_origin ? std::string_view() : transaction.correlation();
  auto digest = erasable_digest(salt, origin, correlation, request);
  const Principal& principal = transaction.principal();
  Sealed sealed{head.sequence + 1,
                transaction.now().time_since_epoch().count(),
                static_cast<std::int64_t>(principal.kind),
                principal.number(),
                row.operation,
                row.outcome,
                row.client.value,
                row.centre.value,
                crypto::view(digest)};
  auto mark = seal(transaction.key("audit"), head.seal, sealed);
  transaction.execute(
      "INSERT INTO audit (sequence, at, principal_kind, principal, operation, outcome, client,"
      " centre, origin, correlation, request, salt, digest, seal)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      sealed.sequence, transaction.now(), sealed.principal_kind, sealed.principal, row.operation,
      row.outcome, row.client, row.centre, origin, correlation, request, Blob{salt},
      Blob{sealed.digest}, Blob{crypto::view(mark)});
  head.sequence = sealed.sequence;
  head.at = transaction.now();
  head.seal = crypto::view(mark);
}

void keep_audit_head(Transaction& transaction, const AuditHead& head) {
  const std::string key = transaction.key(head_purpose);
  transaction.execute(
      "INSERT INTO meta (name, value) VALUES ('audit_head', $1)"
      " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      Blob{crypto::view(mark_of(key, head))});
}

void verify_audit(Transaction& transaction, AuditProgress& progress, std::int64_t limit,
                  std::vector<Finding>& findings) {
  std::string key = transaction.key("audit");
  std::string erasure_key = transaction.key(erasure_purpose);
  auto wrong = [&findings](std::int64_t sequence, std::string_view problem) {
    findings.push_back({"audit", "audit " + std::to_string(sequence), std::string(problem)});
  };
  Cursor rows = transaction.query(
      "SELECT sequence, at, principal_kind, principal, operation, outcome, client, centre, origin,"
      " correlation, request, salt, digest, seal, erasure FROM audit WHERE sequence > $1"
      " ORDER BY sequence LIMIT $2",
      progress.after, limit);
  std::int64_t read = 0;
  for (; rows.next(); ++read) {
    Sealed row{rows.integer(0), rows.integer(1), rows.integer(2), rows.integer(3), rows.text(4),
               rows.text(5),    rows.integer(6), rows.integer(7), rows.text(12)};
    if (row.sequence != progress.after + 1) wrong(row.sequence, "rows before it are missing");
    if (rows.text(13) != crypto::view(seal(key, progress.seal, row))) {
      wrong(row.sequence, "it was changed, or a row before it");
    }
    if (!is_as_sealed(erasure_key, rows)) wrong(row.sequence, "its request was changed");
    progress.after = row.sequence;
    progress.seal = rows.text(13);
  }
  if (read == limit) return;
  progress.at_end = true;
  const AuditHead newest{progress.after, {}, progress.seal};
  if (kept_mark(transaction.connection()) !=
      crypto::view(mark_of(transaction.key(head_purpose), newest))) {
    wrong(progress.after, "rows after it are missing");
  }
}

void erase_audit(Transaction& transaction, ClientId client, AccountId account) {
  erase_where(transaction, "client = $1", client);
  if (account) {
    erase_where(transaction, "principal_kind = $1 AND principal = $2", PrincipalKind::account,
                account);
  }
}

}  // namespace frontdesk::storage
