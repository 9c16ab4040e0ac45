/// Recurrence beside its floor: the same dates by hand, with nothing that a rule could ask for, and
/// a table of the zone's changes. Items are occurrences, so that items_per_second tells their cost.
#include <frontdesk/recurrence.hpp>

#include <benchmark/benchmark.h>

#include <date/tz.h>

#include <array>

using namespace frontdesk;
using namespace std::chrono;

namespace {

constexpr std::size_t occurrences_counted = 1'000;  // about 3 years of days, 20 of weeks

recurrence::Pattern pattern_of(const char* rule) {
  return {.start = local_days(2024y / 1 / 5) + 18h,
          .zone = "Europe/Kyiv",
          .rule = recurrence::parse(rule)};
}

/// The time of an iteration, an occurrence each.
void per_occurrence(benchmark::State& state, std::size_t each) {
  const auto total = static_cast<double>(state.iterations()) * static_cast<double>(each);
  state.counters["ns_each"] =
      benchmark::Counter(total * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void iterate(benchmark::State& state, const char* rule) {
  const recurrence::Recurrence recurrence(pattern_of(rule));
  for (auto _ : state) {
    std::size_t left = occurrences_counted;
    for (const recurrence::Occurrence& occurrence : recurrence.all()) {
      benchmark::DoNotOptimize(occurrence.instant);
      if (--left == 0) break;
    }
  }
  per_occurrence(state, occurrences_counted);
}
BENCHMARK_CAPTURE(iterate, daily, "FREQ=DAILY")->Name("recurrence, daily");
BENCHMARK_CAPTURE(iterate, weekly, "FREQ=WEEKLY;BYDAY=MO,WE,FR")->Name("recurrence, weekly");
BENCHMARK_CAPTURE(iterate, fortnightly, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR")
    ->Name("recurrence, every 2 weeks");
BENCHMARK_CAPTURE(iterate, monthly, "FREQ=MONTHLY")->Name("recurrence, monthly");
BENCHMARK_CAPTURE(iterate, last_friday, "FREQ=MONTHLY;BYDAY=-1FR")->Name("recurrence, last Friday");
BENCHMARK_CAPTURE(iterate, last_work_day, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")
    ->Name("recurrence, last work day");
BENCHMARK_CAPTURE(iterate, friday_13, "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13")
    ->Name("recurrence, Friday the 13th");
BENCHMARK_CAPTURE(iterate, yearly, "FREQ=YEARLY")->Name("recurrence, yearly");
BENCHMARK_CAPTURE(iterate, week_20, "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO")
    ->Name("recurrence, week 20");
BENCHMARK_CAPTURE(iterate, minutely, "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11")
    ->Name("recurrence, every 20 minutes of the morning");

/// The changes of a zone, as a program that knows no better would keep them.
struct Changes {
  struct Change {
    std::int64_t local;
    std::int64_t offset;
  };
  std::vector<Change> all;

  explicit Changes(const char* name) {
    const date::time_zone* zone = date::locate_zone(name);
    sys_seconds at = sys_days(2024y / 1 / 1);
    while (at < sys_days(2037y / 1 / 1)) {
      const date::sys_info info = zone->get_info(at);
      all.push_back({(info.begin + info.offset).time_since_epoch().count(), info.offset.count()});
      at = info.end;
    }
    all.push_back({std::numeric_limits<std::int64_t>::max(), 0});
  }
};

/// Walks along the changes as times grow.
struct Walk {
  explicit Walk(const Changes& changes) : change(changes.all.data()) {}
  std::int64_t instant(std::int64_t local) {
    while (local >= change[1].local) ++change;
    return local - change->offset;
  }
  const Changes::Change* change;
};

constexpr std::int64_t start_by_hand = 1'704'477'600;  // 2024-01-05T18:00:00

void daily_by_hand(benchmark::State& state) {
  const Changes changes("Europe/Kyiv");
  for (auto _ : state) {
    Walk walk(changes);
    std::int64_t local = start_by_hand;
    for (std::size_t i = 0; i < occurrences_counted; ++i, local += 86'400) {
      benchmark::DoNotOptimize(walk.instant(local));
    }
  }
  per_occurrence(state, occurrences_counted);
}
BENCHMARK(daily_by_hand)->Name("recurrence by hand, daily");

void weekly_by_hand(benchmark::State& state) {
  const Changes changes("Europe/Kyiv");
  constexpr std::array<std::int64_t, 3> steps = {3, 2, 2};  // Friday, Monday, Wednesday
  for (auto _ : state) {
    Walk walk(changes);
    std::int64_t local = start_by_hand;
    for (std::size_t i = 0; i < occurrences_counted; ++i) {
      benchmark::DoNotOptimize(walk.instant(local));
      local += steps[i % 3] * 86'400;
    }
  }
  per_occurrence(state, occurrences_counted);
}
BENCHMARK(weekly_by_hand)->Name("recurrence by hand, weekly");

template <class DayOf>
void months_by_hand(benchmark::State& state, DayOf day_of) {
  const Changes changes("Europe/Kyiv");
  constexpr std::size_t months_counted = 120;
  std::size_t found = 0;
  for (auto _ : state) {
    Walk walk(changes);
    year_month month = 2024y / 1;
    found = 0;
    for (std::size_t i = 0; i < months_counted; ++i, month += months(1)) {
      const std::optional<sys_days> day = day_of(month);
      if (!day) continue;
      benchmark::DoNotOptimize(walk.instant((*day + 18h).time_since_epoch() / 1s));
      ++found;
    }
  }
  per_occurrence(state, found);
}

void last_friday_by_hand(benchmark::State& state) {
  months_by_hand(state,
                 [](year_month month) { return std::optional(sys_days(month / Friday[last])); });
}
BENCHMARK(last_friday_by_hand)->Name("recurrence by hand, last Friday");

void friday_13_by_hand(benchmark::State& state) {
  months_by_hand(state, [](year_month month) {
    const sys_days day = month / 13;
    return weekday(day) == Friday ? std::optional(day) : std::nullopt;
  });
}
BENCHMARK(friday_13_by_hand)->Name("recurrence by hand, Friday the 13th");

/// Three months that begin so many years after the start.
void window(benchmark::State& state, const char* rule) {
  const recurrence::Recurrence recurrence(pattern_of(rule));
  const Instant from = sys_days(year(2024 + static_cast<int>(state.range(0))) / 4 / 1);
  const Instant to = sys_days(year(2024 + static_cast<int>(state.range(0))) / 7 / 1);
  std::array<recurrence::Occurrence, 200> target;
  std::size_t found = 0;
  for (auto _ : state) {
    found = recurrence.between(from, to, std::span(target));
    benchmark::DoNotOptimize(target);
  }
  state.counters["found"] = static_cast<double>(found);
}
#define WINDOW(name, rule) \
  BENCHMARK_CAPTURE(window, name, rule)->Name("recurrence window, " #name)->Arg(20)->Arg(2000)
WINDOW(weekly, "FREQ=WEEKLY;BYDAY=MO,WE,FR");
WINDOW(daily, "FREQ=DAILY");
WINDOW(last_friday, "FREQ=MONTHLY;BYDAY=-1FR");
WINDOW(friday_13, "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13");
WINDOW(counted, "FREQ=WEEKLY;INTERVAL=2;BYMONTH=3,4,5;BYDAY=MO,WE,FR;COUNT=100000");

/// From the text of a rule to the same window: what a series stored as text costs.
void window_of_text(benchmark::State& state, const char* rule) {
  const Instant from = sys_days(year(2024 + static_cast<int>(state.range(0))) / 4 / 1);
  const Instant to = sys_days(year(2024 + static_cast<int>(state.range(0))) / 7 / 1);
  std::array<recurrence::Occurrence, 200> target;
  for (auto _ : state) {
    const recurrence::Recurrence recurrence(pattern_of(rule));
    benchmark::DoNotOptimize(recurrence.between(from, to, std::span(target)));
  }
}
#define WINDOW_OF_TEXT(name, rule)                 \
  BENCHMARK_CAPTURE(window_of_text, name, rule)    \
      ->Name("recurrence text and window, " #name) \
      ->Arg(20)                                    \
      ->Arg(2000)
WINDOW_OF_TEXT(weekly, "FREQ=WEEKLY;BYDAY=MO,WE,FR");
WINDOW_OF_TEXT(last_friday, "FREQ=MONTHLY;BYDAY=-1FR");
WINDOW_OF_TEXT(counted, "FREQ=WEEKLY;INTERVAL=2;BYMONTH=3,4,5;BYDAY=MO,WE,FR;COUNT=100000");
WINDOW_OF_TEXT(counted_days, "FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU;COUNT=100000");

}  // namespace
