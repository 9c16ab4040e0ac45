/// The timetable: a room's week out of many, beside the same by hand; series and moves with their
/// search for clashes. The targets stand in docs/performance.md.
#include <benchmark/benchmark.h>

#include "floor.hpp"
#include "timetable.hpp"

using namespace frontdesk;
using namespace std::chrono;

namespace {

/// So many rooms and weeks hold 10,000, 100,000 and 1,000,000 sessions.
bench::Timetable& timetable_of(std::int64_t sessions) {
  if (sessions == 10'000) return bench::timetable(1, 20);
  if (sessions == 100'000) return bench::timetable(2, 100);
  return bench::timetable(20, 100);
}

// --- calendar ---

/// An item as one who writes by hand would keep it.
struct ItemByHand {
  std::int64_t numbers[15];
  std::string title;
  std::string room;
  std::string trainers;
  std::string colour;
};

constexpr const char* columns_by_hand =
    "sessions.id, sessions.version, sessions.series, sessions.activity, sessions.centre,"
    " sessions.room, sessions.kind, sessions.\"group\", sessions.client, sessions.capacity,"
    " sessions.starts, sessions.ends, sessions.local_start, sessions.status,";

constexpr const char* window_by_hand =
    " WHERE sessions.room = ?1 AND sessions.starts < ?2 AND sessions.starts > ?3"
    " AND sessions.ends > ?4 AND sessions.status <> 2 AND sessions.archived_at IS NULL"
    " ORDER BY sessions.starts, sessions.id";

/// Names and places in the query itself, as the calendar tells them.
std::string whole_query() {
  return std::string("SELECT ") + columns_by_hand +
         " (SELECT count(*) FROM group_members WHERE group_members.\"group\" = sessions.\"group\""
         " AND joined_at <= sessions.starts AND (left_at IS NULL OR left_at > sessions.starts)),"
         " activities.name, rooms.name, (SELECT group_concat(accounts.name)"
         " FROM json_each(sessions.trainers) JOIN accounts ON accounts.id = json_each.value),"
         " coalesce(sessions.colour, 'activity-' || sessions.activity)"
         " FROM sessions JOIN activities ON activities.id = sessions.activity"
         " LEFT JOIN rooms ON rooms.id = sessions.room" +
         window_by_hand;
}

/// The columns of the table alone: no name, no count.
std::string bare_query() {
  return std::string("SELECT ") + columns_by_hand +
         " 0, '', '', sessions.trainers, sessions.colour FROM sessions" + window_by_hand;
}

std::size_t read_by_hand(sqlite3_stmt* statement, std::vector<ItemByHand>& items) {
  items.clear();
  while (sqlite3_step(statement) == SQLITE_ROW) {
    ItemByHand& item = items.emplace_back();
    for (int i = 0; i < 15; ++i) item.numbers[i] = sqlite3_column_int64(statement, i);
    const auto text = [&](int column) {
      const auto* found = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(found == nullptr ? "" : found);
    };
    item.title = text(15);
    item.room = text(16);
    item.trainers = text(17);
    item.colour = text(18);
  }
  sqlite3_reset(statement);
  return items.size();
}

void calendar_by_hand(benchmark::State& state, const std::string& sql) {
  bench::Timetable& timetable = timetable_of(state.range(0));
  timetable.world().close();  // no other program may have the file open beside a desk
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  sqlite3_open_v2(timetable.world().path().c_str(), &database, SQLITE_OPEN_READWRITE, nullptr);
  sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
  if (statement == nullptr) state.SkipWithError(sqlite3_errmsg(database));
  const schedule::CalendarPage page = [&] {
    timetable.world().open();
    schedule::Calendar request;
    request.date = Date{sys_days{timetable.monday().time_since_epoch()}};
    request.centre = timetable.centre();
    request.room = timetable.rooms().front();
    schedule::CalendarPage found = timetable.world().desk().host().run(request);
    timetable.world().close();
    return found;
  }();
  const auto from = page.from.time_since_epoch().count();
  sqlite3_bind_int64(statement, 1, timetable.rooms().front().value);
  sqlite3_bind_int64(statement, 2, page.to.time_since_epoch().count());
  sqlite3_bind_int64(statement, 3, from - 4 * 3600);
  sqlite3_bind_int64(statement, 4, from);
  std::size_t found = 0;
  for (auto _ : state) {
    std::vector<ItemByHand> items;
    sqlite3_exec(database, "BEGIN", nullptr, nullptr, nullptr);
    found = read_by_hand(statement, items);
    sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
    benchmark::DoNotOptimize(items);
  }
  if (found != page.items.size()) state.SkipWithError("both should find as many");
  state.counters["found"] = static_cast<double>(found);
  sqlite3_finalize(statement);
  sqlite3_close(database);
  timetable.world().open();
}
BENCHMARK_CAPTURE(calendar_by_hand, whole, whole_query())
    ->Name("a room's week by hand, names and places in the query")
    ->Arg(10'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(calendar_by_hand, bare, bare_query())
    ->Name("a room's week by hand, nothing but the sessions' columns")
    ->Arg(10'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMicrosecond);

void calendar(benchmark::State& state) {
  bench::Timetable& timetable = timetable_of(state.range(0));
  schedule::Calendar request;
  request.date = Date{sys_days{timetable.monday().time_since_epoch()}};
  request.centre = timetable.centre();
  request.room = timetable.rooms().front();
  const Caller caller = timetable.world().desk().host();
  std::size_t found = 0;
  for (auto _ : state) {
    schedule::CalendarPage page = caller.run(request);
    found = page.items.size();
    benchmark::DoNotOptimize(page);
  }
  state.counters["found"] = static_cast<double>(found);
}
BENCHMARK(calendar)
    ->Name("a room's week, schedule.calendar")
    ->Arg(10'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMicrosecond);

// --- changes ---

/// A weekly series up to 52 weeks ahead, in a night nobody has yet.
void weekly_series(benchmark::State& state) {
  bench::Timetable& timetable = timetable_of(100'000);
  const Caller host = timetable.world().desk().host();
  static int made = 0;
  std::size_t sessions = 0;
  double cpu = bench::thread_cpu_seconds();
  for (auto _ : state) {
    const int number = made++;
    schedule::CreateSeries request;
    request.activity = timetable.activity();
    request.centre = timetable.centre();
    const auto room = static_cast<std::size_t>(number % 2);
    request.room = timetable.rooms()[room];
    request.trainers = {timetable.trainers()[room]};
    request.start = timetable.monday() + days{7 + number / 2 % 7} + minutes{15 * (number / 14)};
    request.rule = "FREQ=WEEKLY";
    request.horizon_weeks = 52;
    sessions = host.run(request).sessions.size();
  }
  state.counters["cpu_ms"] =
      (bench::thread_cpu_seconds() - cpu) / static_cast<double>(state.iterations()) * 1e3;
  state.counters["sessions"] = static_cast<double>(sessions);
}
BENCHMARK(weekly_series)
    ->Name("a weekly series of 52 weeks among 100,000 sessions")
    ->Iterations(100)
    ->Unit(benchmark::kMillisecond);

/// A session moves from its day into the night before, where nobody is.
void move_session(benchmark::State& state) {
  bench::Timetable& timetable = timetable_of(state.range(0));
  const Caller host = timetable.world().desk().host();
  static int moved = 0;
  double cpu = bench::thread_cpu_seconds();
  for (auto _ : state) {
    const int number = moved++;
    const int day = number % 7;
    const int week = 1 + number / 7 % 40;
    const int slot = number / 280;  // of the 7 quarters from 3 o'clock on
    schedule::MoveSession request;
    request.session = timetable.session(0, week, day * bench::Timetable::slots_a_day + slot);
    request.start = timetable.monday() + days{week * 7 + day} + hours{3} + minutes{15 * slot};
    host.run(request);
  }
  state.counters["cpu_us"] =
      (bench::thread_cpu_seconds() - cpu) / static_cast<double>(state.iterations()) * 1e6;
}
BENCHMARK(move_session)
    ->Name("a session is moved, clashes looked for")
    ->Arg(100'000)
    ->Iterations(1'000)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
