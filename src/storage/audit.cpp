#include "storage/audit.hpp"

#include "describe/json.hpp"

#include <limits>

namespace frontdesk::storage {
namespace {

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t stand_in_bytes = 12;

/// What a sealed row says, apart from what may be erased.
struct Sealed {
  std::int64_t sequence, at, principal_kind, principal;
  std::string_view operation, outcome;
  std::int64_t client, centre;
  std::string_view digest;
};

crypto::Digest seal(std::string_view key, std::string_view previous, const Sealed& row) {
  const std::int64_t numbers[] = {row.sequence,  row.at,     row.principal_kind,
                                  row.principal, row.client, row.centre};
  // The same bytes on every machine that may open the file.
  char bytes[sizeof numbers];
  std::size_t size = 0;
  for (std::int64_t number : numbers) {
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = static_cast<char>(static_cast<std::uint64_t>(number) >> shift);
    }
  }
  return crypto::digest(key, {previous, {bytes, size}, row.operation, row.outcome, row.digest});
}

/// Stands in the seal for what may be erased. The salt goes with it, so that nobody can try what it
/// may have been.
crypto::Digest erasable_digest(std::string_view salt, std::string_view origin,
                               std::string_view correlation, std::string_view request) {
  return crypto::digest({}, {salt, origin, correlation, request});
}

/// True if what may be erased is what was sealed, or is gone altogether.
bool is_as_sealed(const Cursor& row) {
  if (row.null(11)) return row.null(8) && row.null(9) && row.null(10);
  auto digest = erasable_digest(row.text(11), row.text(8), row.text(9), row.text(10));
  return row.text(12) == crypto::view(digest);
}

}  // namespace

AuditHead read_audit_head(Connection& connection) {
  AuditHead head;
  Cursor row =
      connection.query("SELECT sequence, at, seal FROM audit ORDER BY sequence DESC LIMIT 1");
  if (row.next()) head = {row.integer(0), row.instant(1), std::string(row.text(2))};
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

void keep_audit_head(Connection& connection, const AuditHead& head) {
  connection.execute(
      "INSERT INTO meta (name, value) VALUES ('audit_head', $1)"
      " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      Blob{head.seal});
}

void verify_audit(Transaction& transaction, AuditProgress& progress, std::int64_t limit,
                  std::vector<Finding>& findings) {
  std::string key = transaction.key("audit");
  auto wrong = [&findings](std::int64_t sequence, std::string_view problem) {
    findings.push_back({"audit", "audit " + std::to_string(sequence), std::string(problem)});
  };
  Cursor rows = transaction.query(
      "SELECT sequence, at, principal_kind, principal, operation, outcome, client, centre, origin,"
      " correlation, request, salt, digest, seal FROM audit WHERE sequence > $1"
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
    if (!is_as_sealed(rows)) wrong(row.sequence, "its request was changed");
    progress.after = row.sequence;
    progress.seal = rows.text(13);
  }
  if (read == limit) return;
  progress.at_end = true;
  Cursor head = transaction.query("SELECT value FROM meta WHERE name = 'audit_head'");
  std::string newest = head.next() ? std::string(head.text(0)) : std::string();
  if (newest != progress.seal) wrong(progress.after, "rows after it are missing");
}

void erase_audit(Transaction& transaction, ClientId client, AccountId account) {
  transaction.execute(
      "UPDATE audit SET origin = NULL, correlation = NULL, request = NULL, salt = NULL"
      " WHERE client = $1",
      client);
  if (!account) return;
  transaction.execute(
      "UPDATE audit SET origin = NULL, correlation = NULL, request = NULL, salt = NULL"
      " WHERE principal_kind = $1 AND principal = $2",
      PrincipalKind::account, account);
}

}  // namespace frontdesk::storage
