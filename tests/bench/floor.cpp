#include "floor.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <vector>

namespace frontdesk::bench {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpu_seconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

Floor::Floor(const std::string& path) : file_(path) {
  file_.execute("CREATE TABLE IF NOT EXISTS clients (id INTEGER PRIMARY KEY, name TEXT) STRICT");
  file_.execute("INSERT OR IGNORE INTO clients (id, name) VALUES (1, 'Olena')");
  file_.execute(
      "CREATE TABLE notes (id INTEGER PRIMARY KEY, version INTEGER,"
      " client INTEGER REFERENCES clients (id), centre INTEGER, text TEXT, author INTEGER,"
      " written_at INTEGER, archived_at INTEGER) STRICT");
  file_.execute("CREATE INDEX notes_by_client ON notes (client, centre)");
  file_.execute(
      "CREATE TABLE events (sequence INTEGER PRIMARY KEY, at INTEGER, topic TEXT, client INTEGER,"
      " centre INTEGER, account INTEGER, payload TEXT) STRICT");
  file_.execute(
      "CREATE TABLE audit (sequence INTEGER PRIMARY KEY, at INTEGER, principal_kind INTEGER,"
      " principal INTEGER, operation TEXT, outcome TEXT, client INTEGER, centre INTEGER,"
      " origin TEXT, correlation TEXT, request TEXT, salt BLOB, digest BLOB, seal BLOB) STRICT");
  file_.execute("CREATE INDEX audit_by_client ON audit (client) WHERE client IS NOT NULL");
  file_.execute(
      "CREATE TABLE idempotency (id INTEGER PRIMARY KEY, key BLOB, request BLOB, result BLOB,"
      " at INTEGER, client INTEGER) STRICT");
  file_.execute("CREATE UNIQUE INDEX idempotency_by_key ON idempotency (key)");
  file_.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID");
  note_ = file_.prepare(
      "INSERT INTO notes (version, client, centre, text, author, written_at) VALUES (1, 1, 1,"
      " 'A note of about fifty characters, as staff write.', 2, ?1)");
  event_ = file_.prepare(
      "INSERT INTO events (at, topic, client, centre, account, payload) VALUES (?1,"
      " 'people.note_added', 1, 1, NULL,"
      " '{\"note\":12345,\"client\":1,\"centre\":1}')");
  audit_ = file_.prepare(
      "INSERT INTO audit (at, principal_kind, principal, operation, outcome, client, centre,"
      " origin, correlation, request, salt, digest, seal) VALUES (?1, 2, 2, 'people.add_note',"
      " 'ok', 1, 1, '', '', '{\"client\":1,\"centre\":1,\"text\":\"~abcdefghijklmnop\"}',"
      " zeroblob(16), zeroblob(32), zeroblob(32))");
  idempotency_ = file_.prepare(
      "INSERT INTO idempotency (key, request, result, at, client)"
      " VALUES (?2, zeroblob(32), zeroblob(240), ?1, 1)");
  head_ = file_.prepare(
      "INSERT INTO meta (name, value) VALUES ('audit_head', zeroblob(32))"
      " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
}

void Floor::write_note() {
  ++number_;
  // Spread as digests are.
  std::uint64_t key[2] = {static_cast<std::uint64_t>(number_) * 0x9e3779b97f4a7c15U,
                          static_cast<std::uint64_t>(number_)};
  for (sqlite3_stmt* statement : {note_, event_, audit_, idempotency_}) {
    sqlite3_bind_int64(statement, 1, 1'772'442'000 + number_);
  }
  sqlite3_bind_blob(idempotency_, 2, key, sizeof key, SQLITE_STATIC);
  for (sqlite3_stmt* statement : {note_, event_, audit_, idempotency_}) file_.run(statement);
}

void Floor::commit() {
  file_.run(head_);
  file_.commit();
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
