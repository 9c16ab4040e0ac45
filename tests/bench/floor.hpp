/// The floor that writes are measured against: the same rows, written by hand with SQLite's own
/// interface.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

namespace frontdesk::bench {

/// A small write as plain rows: a note, its event, its audit row, its idempotency record and the
/// two head rows, with constants of the lengths that the engine writes. No permission, hash, JSON
/// or check of any kind.
class Floor {
 public:
  explicit Floor(const std::string& path);
  ~Floor();
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;

  void begin();
  void write_note();
  void commit();
  /// Frames of the log written so far.
  std::int64_t wal_frames() const { return wal_frames_; }

 private:
  sqlite3_stmt* prepare(const char* sql);
  void run(sqlite3_stmt* statement);
  void execute(const char* sql);
  void checkpoint_when_due();

  sqlite3* database_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  sqlite3_stmt* note_ = nullptr;
  sqlite3_stmt* event_ = nullptr;
  sqlite3_stmt* audit_ = nullptr;
  sqlite3_stmt* idempotency_ = nullptr;
  sqlite3_stmt* head_ = nullptr;
  std::int64_t number_ = 0;
  std::int64_t wal_frames_ = 0;
  int log_frames_ = 0;
};

/// CPU time of this thread in seconds, kernel work included.
double thread_cpu_seconds();
/// CPU time of the whole process.
double process_cpu_seconds();
/// Median time of a write and fdatasync of 4 KiB in a folder, in microseconds.
double fsync_median_us(const std::string& folder);

}  // namespace frontdesk::bench
