#include "storage/sqlite_error.hpp"

#include <sqlite3.h>

namespace frontdesk::storage {
namespace {

struct Meaning {
  Code code;
  std::string_view reason;
};

Meaning meaning_of_constraint(int status) {
  switch (status) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_CHECK:
      return {Code::conflict, "constraint"};
    default:
      // A missing parent row or a NULL where none may be is the fault of the code that wrote it.
      return {Code::internal, "storage_defect"};
  }
}

Meaning meaning_of_read_only(int status) {
  switch (status) {
    case SQLITE_READONLY_RECOVERY:
    case SQLITE_READONLY_CANTINIT:
      return {Code::read_only, "file_needs_recovery"};
    default:
      return {Code::read_only, "file_read_only"};
  }
}

Meaning meaning_of(int status) {
  switch (status & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return {Code::busy, "file_busy"};
    case SQLITE_FULL:
      return {Code::storage, "disk_full"};
    case SQLITE_IOERR:
      if (status == SQLITE_IOERR_NOMEM) return {Code::no_memory, "no_memory"};
      return {Code::storage, "disk_error"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return {Code::storage, "file_damaged"};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {Code::storage, "file_denied"};
    case SQLITE_READONLY:
      return meaning_of_read_only(status);
    case SQLITE_NOMEM:
      return {Code::no_memory, "no_memory"};
    case SQLITE_INTERRUPT:
      return {Code::cancelled, "deadline_passed"};
    case SQLITE_CONSTRAINT:
      return meaning_of_constraint(status);
    default:
      return {Code::internal, "storage_defect"};
  }
}

/// SQLite has no code of its own for these. Lists stand in columns as JSON that was well-formed
/// when it was written; their numbers had sums; format and text encoding stand in the file's
/// header.
bool tells_of_damage(std::string_view problem) {
  return problem == "malformed JSON" || problem == "integer overflow" ||
         problem == "unsupported file format" ||
         problem == "attached databases must use the same text encoding as main database";
}

}  // namespace

void throw_sqlite_error(sqlite3* database, int status) {
  Meaning meaning = meaning_of(status);
  Details details;
  details["sqlite"] = std::int64_t{status};
  const char* problem = database ? sqlite3_errmsg(database) : sqlite3_errstr(status);
  if (status == SQLITE_ERROR && problem && tells_of_damage(problem)) {
    meaning = {Code::storage, "file_damaged"};
  }
  if (problem) details["problem"] = std::string(problem);
  throw Error(meaning.code, meaning.reason, {}, std::move(details));
}

}  // namespace frontdesk::storage
