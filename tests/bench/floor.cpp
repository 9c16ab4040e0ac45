#include "floor.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace frontdesk::bench {
namespace {

// As the engine's: 2 KB pages, FULL, its own checkpoint at a quarter of 4 MiB.
constexpr int checkpoint_frames = 1024 * 1024 / 2072;

void check(bool is_fine, sqlite3* database) {
  if (is_fine) return;
  std::fprintf(stderr, "the floor failed: %s\n", sqlite3_errmsg(database));
  std::abort();
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpu_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

Floor::Floor(const std::string& path) {
  check(sqlite3_open_v2(path.c_str(), &database_,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        nullptr) == SQLITE_OK,
        database_);
  execute("PRAGMA page_size = 2048");
  execute("PRAGMA journal_mode = WAL");
  execute("PRAGMA synchronous = FULL");
  execute("PRAGMA wal_autocheckpoint = 0");
  execute("PRAGMA foreign_keys = ON");
  execute("CREATE TABLE IF NOT EXISTS clients (id INTEGER PRIMARY KEY, name TEXT) STRICT");
  execute("INSERT OR IGNORE INTO clients (id, name) VALUES (1, 'Olena')");
  execute(
      "CREATE TABLE notes (id INTEGER PRIMARY KEY, version INTEGER,"
      " client INTEGER REFERENCES clients (id), centre INTEGER, text TEXT, author INTEGER,"
      " written_at INTEGER, archived_at INTEGER) STRICT");
  execute("CREATE INDEX notes_by_client ON notes (client, centre)");
  execute(
      "CREATE TABLE events (sequence INTEGER PRIMARY KEY, at INTEGER, topic TEXT, client INTEGER,"
      " centre INTEGER, account INTEGER, payload TEXT) STRICT");
  execute(
      "CREATE TABLE audit (sequence INTEGER PRIMARY KEY, at INTEGER, principal_kind INTEGER,"
      " principal INTEGER, operation TEXT, outcome TEXT, client INTEGER, centre INTEGER,"
      " origin TEXT, correlation TEXT, request TEXT, salt BLOB, digest BLOB, seal BLOB) STRICT");
  execute("CREATE INDEX audit_by_client ON audit (client) WHERE client IS NOT NULL");
  execute(
      "CREATE TABLE idempotency (principal_kind INTEGER, principal INTEGER, key BLOB, request BLOB,"
      " result BLOB, at INTEGER, client INTEGER, PRIMARY KEY (principal_kind, principal, key))"
      " STRICT, WITHOUT ROWID");
  execute("CREATE INDEX idempotency_by_age ON idempotency (at)");
  execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID");
  sqlite3_wal_hook(
      database_,
      [](void* context, sqlite3*, const char*, int frames) {
        Floor& floor = *static_cast<Floor*>(context);
        floor.wal_frames_ += frames > floor.log_frames_ ? frames - floor.log_frames_ : frames;
        floor.log_frames_ = frames;
        return SQLITE_OK;
      },
      this);
  begin_ = prepare("BEGIN IMMEDIATE");
  commit_ = prepare("COMMIT");
  note_ = prepare(
      "INSERT INTO notes (version, client, centre, text, author, written_at) VALUES (1, 1, 1,"
      " 'A note of about fifty characters, as staff write.', 2, ?1)");
  event_ = prepare(
      "INSERT INTO events (at, topic, client, centre, account, payload) VALUES (?1,"
      " 'people.note_added', 1, 1, NULL,"
      " '{\"note\":12345,\"client\":1,\"centre\":1}')");
  audit_ = prepare(
      "INSERT INTO audit (at, principal_kind, principal, operation, outcome, client, centre,"
      " origin, correlation, request, salt, digest, seal) VALUES (?1, 2, 2, 'people.add_note',"
      " 'ok', 1, 1, '', '', '{\"client\":1,\"centre\":1,\"text\":\"~abcdefghijklmnop\"}',"
      " zeroblob(16), zeroblob(32), zeroblob(32))");
  idempotency_ = prepare(
      "INSERT INTO idempotency (principal_kind, principal, key, request, result, at, client)"
      " VALUES (2, 2, ?2, zeroblob(32), zeroblob(240), ?1, 1)");
  head_ = prepare(
      "INSERT INTO meta (name, value) VALUES ('audit_head', zeroblob(32))"
      " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
}

Floor::~Floor() {
  for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
  sqlite3_close(database_);
}

sqlite3_stmt* Floor::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) ==
            SQLITE_OK,
        database_);
  statements_.push_back(statement);
  return statement;
}

void Floor::run(sqlite3_stmt* statement) {
  check(sqlite3_step(statement) == SQLITE_DONE, database_);
  sqlite3_reset(statement);
}

void Floor::execute(const char* sql) {
  check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK, database_);
}

void Floor::begin() { run(begin_); }

void Floor::write_note() {
  ++number_;
  // Spread as digests are.
  std::uint64_t key[2] = {static_cast<std::uint64_t>(number_) * 0x9e3779b97f4a7c15U,
                          static_cast<std::uint64_t>(number_)};
  for (sqlite3_stmt* statement : {note_, event_, audit_, idempotency_}) {
    sqlite3_bind_int64(statement, 1, 1'772'442'000 + number_);
  }
  sqlite3_bind_blob(idempotency_, 2, key, sizeof key, SQLITE_STATIC);
  for (sqlite3_stmt* statement : {note_, event_, audit_, idempotency_}) run(statement);
}

void Floor::commit() {
  run(head_);
  run(commit_);
  checkpoint_when_due();
}

void Floor::checkpoint_when_due() {
  if (log_frames_ < checkpoint_frames) return;
  sqlite3_wal_checkpoint_v2(database_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

double thread_cpu_seconds() { return cpu_seconds(RUSAGE_THREAD); }

double process_cpu_seconds() { return cpu_seconds(RUSAGE_SELF); }

double fsync_median_us(const std::string& folder) {
  std::string name = folder + "/fsync";
  int file = ::open(name.c_str(), O_CREAT | O_WRONLY, 0600);
  std::vector<double> times;
  std::string block(4096, 'x');
  for (int i = 0; i < 200; ++i) {
    auto start = std::chrono::steady_clock::now();
    if (::write(file, block.data(), block.size()) < 0 || ::fdatasync(file) != 0) break;
    times.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
            .count());
  }
  ::close(file);
  ::unlink(name.c_str());
  std::sort(times.begin(), times.end());
  return times.empty() ? 0 : times[times.size() / 2];
}

}  // namespace frontdesk::bench
