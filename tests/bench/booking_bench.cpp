/// Bookings of two seats with payment, end to end, beside their floor. The targets stand in
/// docs/performance.md.
#include <benchmark/benchmark.h>

#include "booking_house.hpp"
#include "floor.hpp"

#include <algorithm>
#include <mutex>
#include <thread>

using namespace frontdesk;

namespace {

constexpr double bytes_of_frame = 2048 + 24;
constexpr int bookings_warm = 500;
constexpr int buyers = 32;
constexpr int bookings_a_buyer = 100;

void tell(benchmark::State& state, double cpu_seconds, std::int64_t frames, double bookings) {
  state.counters["cpu_us"] = cpu_seconds / bookings * 1e6;
  state.counters["wal_bytes"] = static_cast<double>(frames) * bytes_of_frame / bookings;
  state.SetItemsProcessed(static_cast<std::int64_t>(bookings));
}

/// The arguments are the bookings stored, and those of one commit.
void by_hand(benchmark::State& state) {
  bench::BookingHouse& house = bench::BookingHouse::with_stored(state.range(0));
  bench::BookingFloor floor(house.floor_path());
  const auto group = static_cast<int>(state.range(1));
  auto book = [&] {
    floor.begin();
    for (int i = 0; i < group; ++i) floor.book(house.next(house.booked_by_hand));
    floor.commit();
  };
  for (int i = 0; i < bookings_warm; i += group) book();
  const std::int64_t frames = floor.wal_frames();
  const double cpu = bench::thread_cpu_seconds();
  for (auto _ : state) book();
  tell(state, bench::thread_cpu_seconds() - cpu, floor.wal_frames() - frames,
       static_cast<double>(state.iterations()) * group);
  state.counters["fsync_p50_us"] = bench::fsync_median_us(house.world().folder());
}
BENCHMARK(by_hand)
    ->Name("booking of two seats, by hand, stored and group")
    ->Args({1'000, 1})
    ->Args({100'000, 1})
    ->Iterations(2'000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(by_hand)
    ->Name("bookings of two seats, by hand, stored and group")
    ->Args({1'000, 32})
    ->Args({100'000, 32})
    ->Iterations(100)
    ->Unit(benchmark::kMicrosecond);

void by_engine(benchmark::State& state) {
  bench::BookingHouse& house = bench::BookingHouse::with_stored(state.range(0));
  house.world().open();
  for (int i = 0; i < bookings_warm; ++i) house.book(house.next(house.booked));
  const Statistics before = house.world().desk().statistics();
  const double cpu = bench::thread_cpu_seconds();
  for (auto _ : state) house.book(house.next(house.booked));
  const Statistics after = house.world().desk().statistics();
  tell(state, bench::thread_cpu_seconds() - cpu, after.wal_frames - before.wal_frames,
       static_cast<double>(state.iterations()));
  state.counters["fsync_p50_us"] = bench::fsync_median_us(house.world().folder());
  house.world().close();
}
BENCHMARK(by_engine)
    ->Name("booking of two seats, engine, stored")
    ->Arg(1'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Iterations(2'000)
    ->Unit(benchmark::kMicrosecond);

/// So many buyers at once through one desk; gives how long each booking took, in milliseconds.
std::vector<double> sell_to_all(bench::BookingHouse& house) {
  std::vector<double> latencies;
  std::mutex mutex;
  std::vector<std::thread> threads;
  for (int buyer = 0; buyer < buyers; ++buyer) {
    threads.emplace_back([&] {
      std::vector<double> own;
      for (int i = 0; i < bookings_a_buyer; ++i) {
        std::unique_lock lock(mutex);
        const bench::BookingNumbers numbers = house.next(house.booked);
        lock.unlock();
        const auto begun = std::chrono::steady_clock::now();
        house.book(numbers);
        const auto took = std::chrono::steady_clock::now() - begun;
        own.push_back(std::chrono::duration<double, std::milli>(took).count());
      }
      const std::lock_guard guard(mutex);
      latencies.insert(latencies.end(), own.begin(), own.end());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::sort(latencies.begin(), latencies.end());
  return latencies;
}

/// The arguments are the bookings stored, and the group limit.
void by_many(benchmark::State& state) {
  bench::BookingHouse& house = bench::BookingHouse::with_stored(state.range(0));
  house.world().open(static_cast<int>(state.range(1)));
  for (int i = 0; i < bookings_warm; ++i) house.book(house.next(house.booked));
  const Statistics before = house.world().desk().statistics();
  const double cpu = bench::process_cpu_seconds();
  std::vector<double> latencies;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<double> more = sell_to_all(house);
    state.SetIterationTime(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    latencies.insert(latencies.end(), more.begin(), more.end());
  }
  std::sort(latencies.begin(), latencies.end());
  const Statistics after = house.world().desk().statistics();
  const auto bookings = static_cast<double>(state.iterations() * buyers * bookings_a_buyer);
  tell(state, bench::process_cpu_seconds() - cpu, after.wal_frames - before.wal_frames, bookings);
  state.counters["group"] = bookings / static_cast<double>(after.commits - before.commits);
  state.counters["p50_ms"] = latencies[latencies.size() / 2];
  state.counters["p99_ms"] = latencies[latencies.size() * 99 / 100];
  state.counters["fsync_p50_us"] = bench::fsync_median_us(house.world().folder());
  house.world().close();
}
BENCHMARK(by_many)
    ->Name("booking of two seats, 32 buyers, stored and group limit")
    ->Args({1'000, 32})
    ->Args({100'000, 1})
    ->Args({100'000, 32})
    ->Args({1'000'000, 32})
    ->Iterations(2)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
