/// The floor that writes are measured against: the same rows, written by hand with SQLite's own
/// interface.
#pragma once

#include "floor_file.hpp"

namespace frontdesk::bench {

/// A small write as plain rows: a note, its event, its audit row, its idempotency record and the
/// two head rows, with constants of the lengths that the engine writes. No permission, hash, JSON
/// or check of any kind.
class Floor {
 public:
  explicit Floor(const std::string& path);

  void begin() { file_.begin(); }
  void write_note();
  void commit();
  /// Frames of the log written so far.
  std::int64_t wal_frames() const { return file_.wal_frames(); }

 private:
  FloorFile file_;
  sqlite3_stmt* note_ = nullptr;
  sqlite3_stmt* event_ = nullptr;
  sqlite3_stmt* audit_ = nullptr;
  sqlite3_stmt* idempotency_ = nullptr;
  sqlite3_stmt* head_ = nullptr;
  std::int64_t number_ = 0;
};

/// CPU time of this thread in seconds, kernel work included.
double thread_cpu_seconds();
/// CPU time of the whole process.
double process_cpu_seconds();
/// Median time of a write and fdatasync of 4 KiB in a folder, in microseconds.
double fsync_median_us(const std::string& folder);

}  // namespace frontdesk::bench
