#include "storage/connection.hpp"

#include "storage/sqlite_error.hpp"
#include "storage/statement.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <limits>

namespace frontdesk::storage {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr int busy_milliseconds = 5'000;
constexpr int instructions_between_deadline_checks = 1'000;

constexpr const char* settings =
    "PRAGMA page_size=2048;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA cell_size_check=ON;"
    "PRAGMA mmap_size=0;";

// Asking for this reads the schema, which only a writer needs at once.
constexpr const char* writer_settings = "PRAGMA synchronous=FULL;";

struct Switch {
  int option;
  int on;
};

// A file may come from anywhere: nothing in its schema may run code or be written directly.
constexpr Switch switches[] = {
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
};

/// Every byte but the plainest is escaped, so that no path can carry parameters of its own.
std::string immutable_uri(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char letter : path) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || letter == '/' || letter == '.' ||
                       letter == '-' || letter == '_';
    if (plain) {
      uri += letter;
    } else {
      uri += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return uri + "?immutable=1";
}

int flags_of(OpenMode mode) {
  switch (mode) {
    case OpenMode::read_only:
      return SQLITE_OPEN_READONLY;
    case OpenMode::immutable:
      return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    case OpenMode::memory:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
    case OpenMode::read_write:
      break;
  }
  return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

std::string name_of(const std::string& path, OpenMode mode) {
  if (mode == OpenMode::memory) return ":memory:";
  if (mode == OpenMode::immutable) return immutable_uri(path);
  // Some builds take any name that starts with "file:" as a URI.
  return path.starts_with("file:") ? "./" + path : path;
}

int remember_frames(void* frames, sqlite3*, const char*, int count) {
  *static_cast<int*>(frames) = count;
  return SQLITE_OK;
}

int stop_when_past(void* deadline) {
  return std::chrono::steady_clock::now() >= *static_cast<SteadyTime*>(deadline) ? 1 : 0;
}

}  // namespace

struct Connection::Implementation {
  Implementation() = default;
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;
  ~Implementation() {
    statements.reset();
    sqlite3_close(database);
  }

  void check(int status) const {
    if (status != SQLITE_OK) throw_sqlite_error(database, status);
  }

  sqlite3* database = nullptr;
  std::unique_ptr<StatementCache> statements = std::make_unique<StatementCache>();
  SteadyTime deadline{};
  bool has_deadline = false;
  int wal_frames = 0;
  std::int64_t pages_written = 0;
};

Connection::Connection(const std::string& path, OpenMode mode)
    : implementation_(std::make_unique<Implementation>()) {
  Implementation& self = *implementation_;
  // One thread at a time uses a connection, so SQLite need not lock a mutex at every call.
  const int flags = flags_of(mode) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  self.check(sqlite3_open_v2(name_of(path, mode).c_str(), &self.database, flags, nullptr));
  self.check(sqlite3_busy_timeout(self.database, busy_milliseconds));
  for (const Switch& item : switches) {
    self.check(sqlite3_db_config(self.database, item.option, item.on, nullptr));
  }
  script(settings);
  if (mode == OpenMode::read_write) script(writer_settings);
  // The hook takes the place of the automatic checkpoint.
  sqlite3_wal_hook(self.database, remember_frames, &self.wal_frames);
}

Connection::~Connection() = default;

Cursor Connection::query_values(std::string_view sql, std::span<const Value> values) {
  StatementHandle& handle = implementation_->statements->take(implementation_->database, sql);
  Cursor cursor(&handle);
  handle.bind(values, SQLITE_TRANSIENT);  // rows are stepped to after the arguments are gone
  return cursor;
}

std::int64_t Connection::execute_values(std::string_view sql, std::span<const Value> values) {
  // SQLite's own count stays as it was after a statement that changes no rows, such as BEGIN.
  const std::int64_t before = sqlite3_total_changes64(implementation_->database);
  StatementHandle& handle = implementation_->statements->take(implementation_->database, sql);
  Cursor cursor(&handle);
  handle.bind(values, SQLITE_STATIC);
  while (cursor.next()) {
  }
  if (sqlite3_total_changes64(implementation_->database) == before) return 0;
  return sqlite3_changes64(implementation_->database);
}

void Connection::script(const std::string& sql) {
  sqlite3* database = implementation_->database;
  implementation_->check(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Connection::last_insert_id() const {
  return sqlite3_last_insert_rowid(implementation_->database);
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(implementation_->database) == 0;
}

std::uint32_t Connection::data_version() const {
  unsigned int version = 0;
  implementation_->check(
      sqlite3_file_control(implementation_->database, "main", SQLITE_FCNTL_DATA_VERSION, &version));
  return version;
}

void Connection::set_deadline(std::optional<SteadyTime> deadline) {
  Implementation& self = *implementation_;
  if (deadline) self.deadline = *deadline;
  if (deadline.has_value() == self.has_deadline) return;
  self.has_deadline = deadline.has_value();
  sqlite3_progress_handler(self.database, instructions_between_deadline_checks,
                           self.has_deadline ? stop_when_past : nullptr, &self.deadline);
}

int Connection::wal_frames() const { return implementation_->wal_frames; }

std::int64_t Connection::pages_written() const {
  int recent = 0;
  int unused = 0;
  // SQLite counts in an int, so the count is fetched and started over.
  const int status = sqlite3_db_status(implementation_->database, SQLITE_DBSTATUS_CACHE_WRITE,
                                       &recent, &unused, 1);
  if (status == SQLITE_OK) implementation_->pages_written += recent;
  return implementation_->pages_written;
}

void Connection::set_busy_timeout(std::chrono::milliseconds timeout) {
  constexpr std::int64_t longest = std::numeric_limits<int>::max();
  const std::int64_t count = std::clamp<std::int64_t>(timeout.count(), 0, longest);
  sqlite3_busy_timeout(implementation_->database, static_cast<int>(count));
}

bool Connection::checkpoint(bool truncate) {
  Implementation& self = *implementation_;
  int frames = 0;
  int copied = 0;
  const int mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  sqlite3_busy_timeout(self.database, 0);
  const int status = sqlite3_wal_checkpoint_v2(self.database, "main", mode, &frames, &copied);
  sqlite3_busy_timeout(self.database, busy_milliseconds);
  if ((status & 0xff) == SQLITE_BUSY) return false;
  self.check(status);
  if (truncate) self.wal_frames = 0;
  return frames == copied;
}

void Connection::checkpoint_on_close() {
  sqlite3_db_config(implementation_->database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
}

std::size_t Connection::prepared() const { return implementation_->statements->prepared(); }

}  // namespace frontdesk::storage
