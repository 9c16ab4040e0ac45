/// Bookings by visits beside their floor, a tick over very many of them, and the cabinet. The
/// targets stand in docs/performance.md.
#include <benchmark/benchmark.h>

#include "floor.hpp"
#include "visits_house.hpp"

#include <algorithm>

using namespace frontdesk;

namespace {

constexpr int bookings_warm = 500;
constexpr double bytes_of_frame = 2048 + 24;

bench::VisitsHouse& house_of_thousand() {
  static bench::VisitsHouse house(1'000);
  return house;
}

void tell(benchmark::State& state, double cpu_seconds, std::int64_t frames) {
  const auto bookings = static_cast<double>(state.iterations());
  state.counters["cpu_us"] = cpu_seconds / bookings * 1e6;
  state.counters["wal_bytes"] = static_cast<double>(frames) * bytes_of_frame / bookings;
}

void by_hand(benchmark::State& state) {
  bench::VisitsHouse& house = house_of_thousand();
  bench::VisitsFloor floor(house.floor_path());
  const auto book = [&] { floor.book(house, house.next(house.booked_by_hand)); };
  for (int i = 0; i < bookings_warm; ++i) book();
  const std::int64_t frames = floor.wal_frames();
  const double cpu = bench::thread_cpu_seconds();
  for (auto _ : state) book();
  tell(state, bench::thread_cpu_seconds() - cpu, floor.wal_frames() - frames);
}
BENCHMARK(by_hand)
    ->Name("booking by a visit, by hand")
    ->Iterations(4'000)
    ->Unit(benchmark::kMicrosecond);

void by_engine(benchmark::State& state) {
  bench::VisitsHouse& house = house_of_thousand();
  house.world().open();
  for (int i = 0; i < bookings_warm; ++i) house.book(house.next(house.booked));
  const Statistics before = house.world().desk().statistics();
  const double cpu = bench::thread_cpu_seconds();
  for (auto _ : state) house.book(house.next(house.booked));
  tell(state, bench::thread_cpu_seconds() - cpu,
       house.world().desk().statistics().wal_frames - before.wal_frames);
  house.world().close();
}
BENCHMARK(by_engine)
    ->Name("booking by a visit, engine")
    ->Iterations(4'000)
    ->Unit(benchmark::kMicrosecond);

/// 100,000 subscriptions that run, and 10,000 sessions of 10 bookings that ended: they are
/// completed, their visits used, notices told, revenue recognised.
void tick(benchmark::State& state) {
  bench::VisitsHouse house(100'000);
  house.add_ended_sessions(10'000, 10);
  house.world().open();
  Caller host = house.world().desk().host();
  CallOptions options;
  auto last = std::chrono::steady_clock::now();
  double longest = 0;
  double longest_cpu = 0;
  double cpu_last = 0;
  std::int64_t steps = 0;
  options.progress = [&](std::int64_t, std::int64_t) {
    const auto now = std::chrono::steady_clock::now();
    longest = std::max(longest, std::chrono::duration<double, std::milli>(now - last).count());
    const double cpu_now = bench::thread_cpu_seconds();
    longest_cpu = std::max(longest_cpu, (cpu_now - cpu_last) * 1e3);
    cpu_last = cpu_now;
    last = now;
    ++steps;
    return true;
  };
  for (auto _ : state) {
    last = std::chrono::steady_clock::now();
    cpu_last = bench::thread_cpu_seconds();
    const double cpu = bench::process_cpu_seconds();
    const upkeep::TickDone done = host.run(upkeep::Tick{}, options);
    state.counters["cpu_s"] = bench::process_cpu_seconds() - cpu;
    for (const upkeep::TickWork& work : done.work) {
      state.counters[work.part] = static_cast<double>(work.done);
    }
  }
  state.counters["longest_step_ms"] = longest;
  state.counters["longest_step_cpu_ms"] = longest_cpu;
  state.counters["steps"] = static_cast<double>(steps);
}
BENCHMARK(tick)
    ->Name("tick over 100,000 subscriptions and 10,000 ended sessions")
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// Five years of three visits a week.
void cabinet(benchmark::State& state) {
  bench::VisitsHouse house(10);
  const ClientId client = house.add_history(780);
  house.world().open();
  Caller host = house.world().desk().host();
  const people::Cabinet request{.client = client};
  benchmark::DoNotOptimize(host.run(request));
  for (auto _ : state) benchmark::DoNotOptimize(host.run(request));
  state.counters["history"] = static_cast<double>(host.run(request).history.size());
}
BENCHMARK(cabinet)->Name("cabinet, 5 years of history")->Unit(benchmark::kMicrosecond);

}  // namespace
