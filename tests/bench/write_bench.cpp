/// Writes beside their floor: the same rows by hand with SQLite, in the same run. Ratios of CPU
/// travel; the disk's time does not.
#include <benchmark/benchmark.h>

#include "floor.hpp"
#include "world.hpp"

#include <algorithm>
#include <mutex>
#include <thread>

using namespace frontdesk;

namespace {

constexpr double bytes_of_frame = 2048 + 24;
constexpr int writes_warm = 2'000;

void small_write_floor(benchmark::State& state) {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "frontdesk-floor";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  {
    bench::Floor floor(folder / "floor.db");
    auto group = static_cast<int>(state.range(0));
    auto write = [&] {
      floor.begin();
      for (int i = 0; i < group; ++i) floor.write_note();
      floor.commit();
    };
    for (int i = 0; i < writes_warm / group; ++i) write();
    std::int64_t frames = floor.wal_frames();
    double cpu = bench::thread_cpu_seconds();
    for (auto _ : state) write();
    double writes = static_cast<double>(state.iterations()) * group;
    state.counters["cpu_us"] = (bench::thread_cpu_seconds() - cpu) / writes * 1e6;
    state.counters["wal_bytes"] =
        static_cast<double>(floor.wal_frames() - frames) * bytes_of_frame / writes;
    state.counters["fsync_p50_us"] = bench::fsync_median_us(folder);
    state.SetItemsProcessed(static_cast<std::int64_t>(writes));
  }
  std::filesystem::remove_all(folder);
}
BENCHMARK(small_write_floor)
    ->Name("small write, by hand")
    ->Arg(1)
    ->Arg(32)
    ->Iterations(2'000)
    ->Unit(benchmark::kMicrosecond);

void small_write_engine(benchmark::State& state) {
  bench::World world;
  for (int i = 0; i < writes_warm; ++i) world.write_note();
  Statistics before = world.desk().statistics();
  double cpu = bench::thread_cpu_seconds();
  for (auto _ : state) world.write_note();
  auto writes = static_cast<double>(state.iterations());
  Statistics after = world.desk().statistics();
  state.counters["cpu_us"] = (bench::thread_cpu_seconds() - cpu) / writes * 1e6;
  state.counters["wal_bytes"] =
      static_cast<double>(after.wal_frames - before.wal_frames) * bytes_of_frame / writes;
  state.counters["fsyncs"] = static_cast<double>(after.commits - before.commits) / writes;
  state.counters["fsync_p50_us"] = bench::fsync_median_us(world.folder());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(small_write_engine)
    ->Name("small write, engine")
    ->Iterations(2'000)
    ->Unit(benchmark::kMicrosecond);

/// 32 clients at once through one desk; the argument is the group limit.
void group_commit(benchmark::State& state) {
  constexpr int clients = 32;
  constexpr int writes_each = 100;
  auto limit = static_cast<int>(state.range(0));
  std::vector<double> latencies;
  double cpu = 0;
  double writes = 0;
  Statistics all{};
  double fsync = 0;
  for (auto _ : state) {
    bench::World world(limit);
    Statistics before = world.desk().statistics();
    double cpu_before = bench::process_cpu_seconds();
    std::mutex mutex;
    std::vector<std::thread> threads;
    auto start = std::chrono::steady_clock::now();
    for (int client = 0; client < clients; ++client) {
      threads.emplace_back([&] {
        std::vector<double> own;
        for (int i = 0; i < writes_each; ++i) {
          auto begun = std::chrono::steady_clock::now();
          world.write_note();
          own.push_back(
              std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun)
                  .count());
        }
        std::lock_guard guard(mutex);
        latencies.insert(latencies.end(), own.begin(), own.end());
      });
    }
    for (std::thread& thread : threads) thread.join();
    state.SetIterationTime(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    cpu += bench::process_cpu_seconds() - cpu_before;
    Statistics after = world.desk().statistics();
    all.commits += after.commits - before.commits;
    all.wal_frames += after.wal_frames - before.wal_frames;
    writes += clients * writes_each;
    fsync = bench::fsync_median_us(world.folder());
  }
  std::sort(latencies.begin(), latencies.end());
  state.counters["cpu_us"] = cpu / writes * 1e6;
  state.counters["p50_ms"] = latencies[latencies.size() / 2];
  state.counters["p99_ms"] = latencies[latencies.size() * 99 / 100];
  state.counters["fsyncs"] = static_cast<double>(all.commits) / writes;
  state.counters["wal_bytes"] = static_cast<double>(all.wal_frames) * bytes_of_frame / writes;
  state.counters["fsync_p50_us"] = fsync;
  state.SetItemsProcessed(static_cast<std::int64_t>(writes));
}
BENCHMARK(group_commit)
    ->Name("32 clients, group limit")
    ->Arg(1)
    ->Arg(64)
    ->Iterations(3)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
