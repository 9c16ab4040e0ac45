#include "timetable.hpp"

#include "base/zones.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>

namespace frontdesk::bench {
namespace {

constexpr const char* zone = "Europe/Kyiv";
constexpr int activities = 5;

void check(int result, sqlite3* database) {
  if (result == SQLITE_OK || result == SQLITE_DONE) return;
  std::fprintf(stderr, "the timetable cannot be filled: %s\n", sqlite3_errmsg(database));
  std::abort();
}

void execute(sqlite3* database, const char* sql) {
  check(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), database);
}

class Insert {
 public:
  Insert(sqlite3* database, const char* sql) : database_(database) {
    check(sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr), database);
  }
  ~Insert() { sqlite3_finalize(statement_); }
  Insert(const Insert&) = delete;
  Insert& operator=(const Insert&) = delete;

  void run(std::initializer_list<std::int64_t> numbers) {
    int place = 0;
    for (std::int64_t number : numbers) sqlite3_bind_int64(statement_, ++place, number);
    check(sqlite3_step(statement_), database_);
    sqlite3_reset(statement_);
  }

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

std::int64_t count(Instant instant) { return instant.time_since_epoch().count(); }
std::int64_t count(LocalTime local) { return local.time_since_epoch().count(); }

}  // namespace

Timetable::Timetable(int rooms, int weeks) : rooms_wanted_(rooms), weeks_(weeks) {
  const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto today = std::chrono::floor<std::chrono::days>(zones::to_local(now, zone));
  monday_ = today - (std::chrono::weekday{today} - std::chrono::Monday);
  furnish();
  world_.close();
  fill();
  world_.open();
}

void Timetable::furnish() {
  Caller host = world_.desk().host();
  for (int i = 0; i < rooms_wanted_; ++i) {
    catalog::CreateRoom room;
    room.centre = centre();
    room.name = "Room " + std::to_string(i + 1);
    room.capacity = 20;
    rooms_.push_back(host.run(room).id);
    access::CreateAccount account;
    account.email = "trainer" + std::to_string(i) + "@bench.example";
    account.password = "correct horse battery";
    account.name = "Trainer " + std::to_string(i + 1);
    account.centre = centre();
    trainers_.push_back(host.run(account).id);
  }
  for (int i = 0; i < activities; ++i) {
    catalog::CreateActivity activity;
    activity.centre = centre();
    activity.name = "Activity " + std::to_string(i + 1);
    activity.duration_minutes = 15;
    activity.default_capacity = 12;
    activities_.push_back(host.run(activity).id);
  }
}

SessionId Timetable::session(int room, int week, int place) const {
  const std::int64_t in_time = std::int64_t{week + weeks_ / 2} * sessions_a_week + place;
  return SessionId{in_time * rooms_wanted_ + room + 1};
}

/// A million operations would take minutes; the rows are written as the operations would.
void Timetable::fill() {
  sqlite3* database = nullptr;
  check(sqlite3_open(world_.path().c_str(), &database), database);
  execute(database, "PRAGMA journal_mode = OFF");
  execute(database, "PRAGMA synchronous = OFF");
  execute(database, "PRAGMA cache_size = -400000");
  execute(database, "BEGIN");
  insert(database);
  execute(database, "COMMIT");
  execute(database, "PRAGMA journal_mode = WAL");
  check(sqlite3_close(database), database);
}

void Timetable::insert(sqlite3* database) {
  Insert session(database,
                 "INSERT INTO sessions (id, version, activity, centre, room, trainers, kind,"
                 " capacity, minimum_before, starts, ends, local_start, zone, status,"
                 " changed_by_hand, sequence, created_at) VALUES (?1, 1, ?2, ?3, ?4,"
                 " '[' || ?5 || ']', 0, 12, 86400, ?6, ?7, ?8, 'Europe/Kyiv', ?9, 0, 0, 0)");
  Insert trainer(database,
                 "INSERT INTO session_trainers (trainer, starts, session) VALUES (?1, ?2, ?3)");
  const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  for (int week = -weeks_ / 2; week < weeks_ - weeks_ / 2; ++week) {
    for (int place = 0; place < sessions_a_week; ++place) {
      const LocalTime local = monday_ + std::chrono::days{week * 7 + place / slots_a_day} +
                              std::chrono::hours{5} +
                              std::chrono::minutes{15 * (place % slots_a_day)};
      const Instant starts = zones::to_instant(local, zone);
      const Instant ends = starts + std::chrono::minutes{15};
      for (int room = 0; room < rooms_wanted_; ++room) {
        const std::int64_t id = this->session(room, week, place).value;
        const auto own = static_cast<std::size_t>(room);
        session.run({id, activities_[static_cast<std::size_t>(place % activities)].value,
                     centre().value, rooms_[own].value, trainers_[own].value, count(starts),
                     count(ends), count(local), ends <= now ? 1 : 0});
        trainer.run({trainers_[own].value, count(starts), id});
      }
    }
  }
}

Timetable& timetable(int rooms, int weeks) {
  static std::map<std::pair<int, int>, std::unique_ptr<Timetable>> kept;
  auto& found = kept[{rooms, weeks}];
  if (!found) found = std::make_unique<Timetable>(rooms, weeks);
  return *found;
}

}  // namespace frontdesk::bench
