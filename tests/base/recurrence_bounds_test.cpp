// Nothing takes for ever: rules that hardly or never occur, huge numbers, far windows, in bounded
// time.
#include "base/zones.hpp"

#include <frontdesk/error.hpp>
#include <frontdesk/recurrence.hpp>

#include <catch2/catch.hpp>

#include <random>

using namespace frontdesk;
using namespace frontdesk::recurrence;
using Clock = std::chrono::steady_clock;

namespace {

LocalTime local(const std::string& text) { return zones::parse_local(text).value(); }
Instant at(const std::string& text) { return zones::parse_instant(text).value(); }

Pattern pattern_of(const std::string& rule, const std::string& zone = "Europe/Kyiv") {
  return {.start = local("2024-01-05T18:00:00"), .zone = zone, .rule = parse(rule)};
}

std::vector<int> any_numbers(std::mt19937_64& random, int low, int high) {
  std::vector<int> values;
  for (auto left = random() % 4 + 1; left > 0; --left) {
    values.push_back(std::uniform_int_distribution<int>(low, high)(random));
  }
  return values;
}

/// Rules that seldom fit anything.
recurrence::Rule odd_rule(std::mt19937_64& random) {
  const auto chance = [&random](unsigned percent) { return random() % 100 < percent; };
  recurrence::Rule rule;
  rule.frequency = static_cast<Frequency>(random() % 7);
  const std::int64_t intervals[] = {1, 7, 60, 59, 86'399, 86'401, 999'983, 1'000'000'000};
  rule.interval = intervals[random() % 8];
  if (chance(60)) rule.by_month = any_numbers(random, 1, 12);
  if (chance(60)) rule.by_month_day = any_numbers(random, 28, 31);
  if (chance(40)) rule.by_year_day = any_numbers(random, 1, 366);
  if (chance(40)) rule.by_week = any_numbers(random, 50, 53);
  if (chance(40)) {
    rule.by_day = {{std::chrono::weekday(static_cast<unsigned>(random() % 7)), 0}};
    if (chance(50)) rule.by_day.front().ordinal = static_cast<int>(random() % 107) - 53;
  }
  if (chance(40)) rule.by_hour = any_numbers(random, 0, 23);
  if (chance(40)) rule.by_minute = any_numbers(random, 0, 59);
  if (chance(40)) rule.by_second = any_numbers(random, 0, 60);
  if (chance(40)) rule.by_set_position = any_numbers(random, 1, 366);
  if (chance(40)) rule.count = static_cast<std::int64_t>(random() % 1'000'000'000) + 1;
  return rule;
}

}  // namespace

TEST_CASE("what never occurs ends at once", "[base][recurrence][S1]") {
  for (const std::string rule :
       {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2",
        "FREQ=MONTHLY;BYDAY=6MO", "FREQ=YEARLY;BYMONTH=3;BYDAY=6MO",
        "FREQ=SECONDLY;INTERVAL=60;BYSECOND=1", "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=30",
        "FREQ=HOURLY;INTERVAL=2;BYHOUR=1,3", "FREQ=SECONDLY;BYSECOND=1;BYSETPOS=2",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6"}) {
    for (const std::string more : {"", ";COUNT=1000000000"}) {
      INFO(rule << more);
      const Clock::time_point begin = Clock::now();
      const Recurrence recurrence(pattern_of(rule + more));
      Occurrences all = recurrence.all();
      CHECK(all.begin() == all.end());
      CHECK(Clock::now() - begin < std::chrono::milliseconds(100));
    }
  }
}

TEST_CASE("what seldom occurs is found", "[base][recurrence][S1]") {
  const auto first = [](const std::string& rule) {
    Occurrences all = Recurrence(pattern_of(rule, "")).all();
    return all.begin() == all.end() ? "never" : zones::print(all.begin()->local);
  };
  // A leap day on a Monday, once in 28 years.
  CHECK(first("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO") == "2044-02-29T18:00:00");
  CHECK(first("FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29") == "2024-02-29T18:00:00");
  CHECK(first("FREQ=YEARLY;INTERVAL=3;BYWEEKNO=53;BYDAY=MO") == "2048-12-28T18:00:00");
  CHECK(first("FREQ=SECONDLY;INTERVAL=86401;BYHOUR=12;BYMINUTE=0;BYSECOND=0") ==
        "2201-06-07T12:00:00");
  CHECK(first("FREQ=HOURLY;INTERVAL=25;BYHOUR=17;BYMONTH=2;BYMONTHDAY=29") ==
        "2040-02-29T17:00:00");
}

TEST_CASE("huge counts are no work", "[base][recurrence][S1]") {
  for (const std::string rule :
       {"FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=DAILY", "FREQ=YEARLY", "FREQ=SECONDLY;INTERVAL=7",
        "FREQ=MINUTELY;INTERVAL=7;BYHOUR=9;BYDAY=MO", "FREQ=MONTHLY;INTERVAL=7;BYDAY=FR",
        "FREQ=SECONDLY;INTERVAL=86399;BYMINUTE=3",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU;BYHOUR=1,2,3;BYSETPOS=2,5,-1",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10;BYMINUTE=1,2,3,4,5,6,7,8,9"}) {
    INFO(rule);
    const Clock::time_point begin = Clock::now();
    const Recurrence recurrence(pattern_of(rule + ";COUNT=1000000000"));
    CHECK(recurrence.between(at("2030-01-01T00:00:00Z"), Instant::max(), 10).size() == 10);
    CHECK(Clock::now() - begin < std::chrono::seconds(1));
  }
}

TEST_CASE("COUNT ends where counting ends", "[base][recurrence][S1]") {
  // Far counts against a walk.
  for (const std::string rule :
       {"FREQ=DAILY;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;INTERVAL=5;BYDAY=FR",
        "FREQ=WEEKLY;INTERVAL=2;BYMONTH=3,4;BYDAY=MO,TU", "FREQ=HOURLY;INTERVAL=5;BYDAY=MO",
        "FREQ=MINUTELY;INTERVAL=7;BYHOUR=9,10;BYMONTHDAY=13", "FREQ=YEARLY;BYWEEKNO=53,1;BYDAY=SU",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYHOUR=8,9;BYSETPOS=1,4,-1", "FREQ=DAILY;INTERVAL=400",
        "FREQ=HOURLY;INTERVAL=31;BYMINUTE=0,10", "FREQ=SECONDLY;INTERVAL=86399;BYHOUR=3"}) {
    const std::vector<Occurrence> endless =
        Recurrence(pattern_of(rule)).between(Instant::min(), Instant::max(), 5'000);
    for (const std::size_t count : {1UL, 2UL, 32UL, 33UL, 34UL, 100UL, 999UL, 4'321UL}) {
      INFO(rule << ' ' << count);
      const Recurrence counted(pattern_of(rule + ";COUNT=" + std::to_string(count)));
      const std::vector<Occurrence> found = counted.between(Instant::min(), Instant::max());
      CHECK(found.size() == std::min(count, endless.size()));
      CHECK((found.empty() || found.back() == endless[found.size() - 1]));
    }
  }
}

TEST_CASE("far windows are as near as near ones", "[base][recurrence][S1]") {
  for (const std::string rule :
       {"FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=SECONDLY", "FREQ=MONTHLY;INTERVAL=7;BYDAY=MO;BYSETPOS=-1"}) {
    INFO(rule);
    const Recurrence recurrence(pattern_of(rule));
    Occurrence found[3];
    const Clock::time_point begin = Clock::now();
    for (int i = 0; i < 100; ++i) {
      const Instant from = at("4024-01-01T00:00:00Z") + std::chrono::days(i);
      CHECK(recurrence.between(from, Instant::max(), std::span(found)) == 3);
      CHECK(found[0].instant >= from);
    }
    CHECK(Clock::now() - begin < std::chrono::milliseconds(100));
  }
}

TEST_CASE("no rule takes long", "[base][recurrence][S1]") {
  std::mt19937_64 random(5);
  for (int i = 0; i < 300; ++i) {
    Pattern pattern = pattern_of("FREQ=DAILY");
    pattern.rule = odd_rule(random);
    const Clock::time_point begin = Clock::now();
    try {
      const Recurrence recurrence(pattern);
      const auto found = recurrence.between(at("2024-01-01T00:00:00Z"), Instant::max(), 3);
      CHECK(found.size() <= 3);
      recurrence.between(at("8024-01-01T00:00:00Z"), Instant::max(), 3);
    } catch (const Error& error) {
      CHECK(error.reason().starts_with("rule_"));
    }
    const std::chrono::duration<double> taken = Clock::now() - begin;
    INFO(print(*pattern.rule) << ' ' << taken.count());
    CHECK(taken.count() < 2.0);
  }
}
