/// The audit log (SPEC E8): append-only, each row sealed together with the one before it under a
/// key that derives from the file's secret, which the host's key wraps. What tells of a person
/// stands behind a salted digest and can be erased.
#pragma once

#include "storage/hooks.hpp"

namespace frontdesk::storage {

/// The newest row.
struct AuditHead {
  std::int64_t sequence = 0;
  Instant at{};
  std::string seal{};
};
AuditHead read_audit_head(Connection& connection);
/// The same for the next row to follow, read after BEGIN under the writers' lock. Where it is not
/// the row that was kept as the newest, nothing fits what follows: that rows were cut off goes on
/// to show.
AuditHead checked_audit_head(Transaction& transaction);

struct AuditRow {
  std::string_view operation;
  std::string_view outcome;  ///< `ok`, or the reason of the refusal
  const Type* request_type = nullptr;
  const void* request = nullptr;  ///< null where the request could not be read
  ClientId client{};
  CentreId centre{};
  bool without_origin = false;  ///< an erasure leaves no trace of where it came from
};

/// Appends a row and moves the head on.
void append_audit(Transaction& transaction, AuditHead& head, const AuditRow& row);

/// Keeps in meta which row is the newest, once a commit, so that rows cut off at the end show; in a
/// new file, that there is none yet.
void keep_audit_head(Transaction& transaction, const AuditHead& head);

/// Checks the chain from `after` on, at most `limit` rows. What is wrong goes into `findings`.
struct AuditProgress {
  std::int64_t after = 0;  ///< sequence of the last row checked
  std::string seal{};      ///< its seal
  bool at_end = false;
};
void verify_audit(Transaction& transaction, AuditProgress& progress, std::int64_t limit,
                  std::vector<Finding>& findings);

/// Takes origin, request and salt away from rows about a client and from rows of their account, and
/// leaves a mark that this was done by right; the chain still holds (SPEC P9).
void erase_audit(Transaction& transaction, ClientId client, AccountId account);

}  // namespace frontdesk::storage
