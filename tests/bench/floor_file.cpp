#include "floor_file.hpp"

#include <cstdio>
#include <cstdlib>

namespace frontdesk::bench {
namespace {

// As the engine's: 2 KB pages, FULL, its own checkpoint at a quarter of 8 MiB.
constexpr int checkpoint_frames = 2 * 1024 * 1024 / 2072;

}  // namespace

FloorFile::FloorFile(const std::string& path) {
  check(sqlite3_open_v2(path.c_str(), &database_,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        nullptr) == SQLITE_OK);
  execute("PRAGMA page_size = 2048");
  execute("PRAGMA journal_mode = WAL");
  execute("PRAGMA synchronous = FULL");
  execute("PRAGMA wal_autocheckpoint = 0");
  execute("PRAGMA foreign_keys = ON");
  sqlite3_wal_hook(
      database_,
      [](void* context, sqlite3*, const char*, int frames) {
        FloorFile& file = *static_cast<FloorFile*>(context);
        file.wal_frames_ += frames > file.log_frames_ ? frames - file.log_frames_ : frames;
        file.log_frames_ = frames;
        return SQLITE_OK;
      },
      this);
  begin_ = prepare("BEGIN IMMEDIATE");
  commit_ = prepare("COMMIT");
}

FloorFile::~FloorFile() {
  for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
  sqlite3_close(database_);
}

void FloorFile::check(bool is_fine) const {
  if (is_fine) return;
  std::fprintf(stderr, "the floor failed: %s\n", sqlite3_errmsg(database_));
  std::abort();
}

sqlite3_stmt* FloorFile::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v3(database_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr) == SQLITE_OK);
  statements_.push_back(statement);
  return statement;
}

void FloorFile::run(sqlite3_stmt* statement) {
  int status = sqlite3_step(statement);
  while (status == SQLITE_ROW) status = sqlite3_step(statement);
  check(status == SQLITE_DONE);
  sqlite3_reset(statement);
}

void FloorFile::execute(const std::string& sql) {
  check(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
}

std::int64_t FloorFile::number(const std::string& sql) {
  sqlite3_stmt* statement = prepare(sql);
  const std::int64_t found =
      sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_reset(statement);
  return found;
}

void FloorFile::begin() { run(begin_); }

void FloorFile::commit() {
  run(commit_);
  checkpoint_when_due();
}

void FloorFile::checkpoint_when_due() {
  if (log_frames_ < checkpoint_frames) return;
  sqlite3_wal_checkpoint_v2(database_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

}  // namespace frontdesk::bench
