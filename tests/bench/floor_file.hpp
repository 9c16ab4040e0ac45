/// SQLite's own interface with the engine's page size, durability and checkpoints, for floors.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

namespace frontdesk::bench {

class FloorFile {
 public:
  explicit FloorFile(const std::string& path);
  ~FloorFile();
  FloorFile(const FloorFile&) = delete;
  FloorFile& operator=(const FloorFile&) = delete;

  sqlite3* database() const { return database_; }
  /// Finalized with the file.
  sqlite3_stmt* prepare(const std::string& sql);
  /// To its end; rows are passed over. Parameters stay bound.
  void run(sqlite3_stmt* statement);
  void execute(const std::string& sql);
  /// The first column of the first row, 0 where there is none.
  std::int64_t number(const std::string& sql);

  void begin();
  void commit();
  /// Frames of the log written so far.
  std::int64_t wal_frames() const { return wal_frames_; }

 private:
  void check(bool is_fine) const;
  void checkpoint_when_due();

  sqlite3* database_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  std::int64_t wal_frames_ = 0;
  int log_frames_ = 0;
};

}  // namespace frontdesk::bench
