/// A frontdesk file: one writer connection, a pool of reader connections, the writers' lock,
/// migrations and checkpoints.
#pragma once

#include "storage/connection.hpp"
#include "storage/file_lock.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace frontdesk::storage {

using Deadline = std::chrono::steady_clock::time_point;

struct FileOptions {
  bool read_only = false;
  bool create = true;
  /// The WAL is checkpointed beyond a quarter of this and truncated beyond it.
  std::int64_t wal_bytes_max = 8 * 1024 * 1024;
  int readers_max = 8;
  std::chrono::milliseconds open_timeout{10'000};
  /// Others than the compiled-in ones (tests).
  std::optional<std::span<const std::string_view>> migrations{};
};

struct FileStatistics {
  std::int64_t commits = 0;
  std::int64_t checkpoints = 0;
  std::int64_t truncations = 0;
  std::int64_t wal_frames = 0;  ///< written since the file was opened
};

/// A reader connection on loan, inside a deferred transaction from `begin` on; returned when it
/// goes away.
class ReaderLease {
 public:
  ReaderLease(ReaderLease&&) noexcept;
  ~ReaderLease();  ///< ends the transaction and gives the connection back
  Connection& connection() const { return *connection_; }

 private:
  friend class File;
  ReaderLease(class File* file, std::unique_ptr<Connection> connection);
  class File* file_;
  std::unique_ptr<Connection> connection_;
};

/// Thread-safe where a function says so; `begin_write` to `commit` or `rollback` belong to one
/// thread, the group's leader.
class File {
 public:
  /// Opens or creates, migrates forward in one transaction under the writers' lock.
  /// Errors: not_found/file_missing (create is off), storage/not_a_frontdesk_file,
  /// unsupported/file_newer (details: version, known), read_only/file_needs_migration,
  /// read_only/file_needs_recovery (read-only folder and a log left by a crash),
  /// storage/schema_changed, busy/file_busy, storage/folder_missing, storage/file_denied.
  File(const std::string& path, const FileOptions& options);
  ~File();  ///< the last close of all processes checkpoints and truncates under the lock

  /// Takes the lock and begins immediately. Throws Error{busy, "file_busy"} past the deadline,
  /// Error{read_only, "file_read_only"}, Error{unsupported, "forked"} in a forked child. True if
  /// the file is as the last commit through here left it: what was known of it then still holds.
  bool begin_write(Deadline deadline);
  /// Commits; checkpoints under the lock when due; lets the lock go. If COMMIT fails the
  /// transaction is rolled back and Error thrown
  /// (`outcome_unknown`/commit_uncertain where the file cannot tell).
  void commit();
  void rollback() noexcept;  ///< and lets the lock go
  /// Between `begin_write` and its end.
  bool is_writing() const;
  Connection& writer() { return *writer_; }

  /// Thread-safe. A connection in a deferred transaction on the newest snapshot. Throws Error{busy,
  /// "readers_exhausted"} past the deadline.
  ReaderLease read(Deadline deadline);

  /// Takes the lock, writes the whole file anew and truncates the log, so that nothing deleted is
  /// left in either: where SQLite moves rows between pages it leaves copies in their unused parts
  /// (SPEC P9). Outside of a transaction, by the leader's thread. False if a reader of an older
  /// snapshot kept the log from being truncated.
  bool rewrite(Deadline deadline);

  bool read_only() const { return read_only_; }
  const std::string& path() const { return path_; }
  FileStatistics statistics() const;  ///< thread-safe

 private:
  friend class ReaderLease;
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
  std::unique_ptr<Connection> writer_;
  std::string path_;
  bool read_only_ = false;
};

/// The numbered migrations compiled in from src/storage/migrations, in order; element 0 brings a
/// file to version 1.
std::span<const std::string_view> migrations();

}  // namespace frontdesk::storage
