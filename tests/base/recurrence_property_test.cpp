// Random rules against the plain model, in zones and without.
#include "base/recurrence_model.hpp"
#include "base/zones.hpp"

#include <frontdesk/error.hpp>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace frontdesk;
using namespace frontdesk::recurrence;
using namespace std::chrono;

namespace {

using Random = std::mt19937_64;

int number(Random& random, int low, int high) {
  return std::uniform_int_distribution<int>(low, high)(random);
}
bool chance(Random& random, int percent) { return number(random, 1, 100) <= percent; }

std::vector<int> numbers(Random& random, int low, int high, bool from_end, int count_max) {
  std::vector<int> values;
  for (int left = number(random, 1, count_max); left > 0; --left) {
    const int value = number(random, low, high);
    values.push_back(from_end && chance(random, 40) ? -value : value);
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

std::vector<RuleDay> weekdays(Random& random, bool with_ordinals, int ordinal_max) {
  std::vector<RuleDay> days;
  for (int left = number(random, 1, 4); left > 0; --left) {
    const int ordinal = with_ordinals && chance(random, 60) ? number(random, 1, ordinal_max) : 0;
    days.push_back({weekday(static_cast<unsigned>(number(random, 0, 6))),
                    chance(random, 40) ? -ordinal : ordinal});
  }
  std::sort(days.begin(), days.end(), [](const RuleDay& one, const RuleDay& other) {
    return std::pair(one.ordinal, one.weekday.iso_encoding()) <
           std::pair(other.ordinal, other.weekday.iso_encoding());
  });
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

void add_times(Random& random, recurrence::Rule& rule) {
  if (chance(random, 30)) rule.by_hour = numbers(random, 0, 23, false, 4);
  if (chance(random, 30)) rule.by_minute = numbers(random, 0, 59, false, 4);
  if (chance(random, 20)) rule.by_second = numbers(random, 0, 60, false, 3);
}

/// Any rule that is valid.
recurrence::Rule any_rule(Random& random) {
  recurrence::Rule rule;
  rule.frequency = static_cast<Frequency>(number(random, 0, 6));
  const bool yearly = rule.frequency == Frequency::yearly;
  const bool short_period = rule.frequency < Frequency::daily;
  if (chance(random, 60)) rule.interval = number(random, 1, chance(random, 20) ? 5000 : 13);
  if (chance(random, 40)) rule.by_month = numbers(random, 1, 12, false, 6);
  if (rule.frequency != Frequency::weekly && chance(random, 30)) {
    rule.by_month_day = numbers(random, 1, 31, true, 8);
  }
  if ((yearly || short_period) && chance(random, 20)) {
    rule.by_year_day = numbers(random, 1, 366, true, 60);
  }
  if (yearly && chance(random, 30)) rule.by_week = numbers(random, 1, 53, true, 8);
  if (chance(random, 50)) {
    const bool monthly = rule.frequency == Frequency::monthly || !rule.by_month.empty();
    rule.by_day =
        weekdays(random, rule.frequency == Frequency::monthly || (yearly && rule.by_week.empty()),
                 monthly ? 5 : 53);
  }
  add_times(random, rule);
  if (chance(random, 30)) rule.by_set_position = numbers(random, 1, 12, true, 3);
  if (chance(random, 30)) rule.week_start = weekday(static_cast<unsigned>(number(random, 0, 6)));
  if (chance(random, 30)) rule.count = number(random, 1, chance(random, 50) ? 5 : 300);
  try {
    validate(rule);
  } catch (const Error&) {
    rule.by_set_position.clear();
  }
  return rule;
}

LocalTime any_time(Random& random) {
  const auto day = local_days(year(number(random, 1960, 2060)) / number(random, 1, 12) / 1);
  return day + days(number(random, 0, 30)) + hours(number(random, 0, 23)) +
         minutes(number(random, 0, 59)) + seconds(chance(random, 80) ? 0 : number(random, 0, 59));
}

/// How far the model can follow a rule in the time of a test.
days reach(const recurrence::Rule& rule) {
  switch (rule.frequency) {
    case Frequency::yearly:
      return days(4000);
    case Frequency::monthly:
    case Frequency::weekly:
      return days(1500);
    case Frequency::daily:
      return days(800);
    default:
      return days(rule.interval > 100 ? 100 : 4);
  }
}

std::string text_of(const std::vector<Instant>& instants) {
  std::string text;
  for (const Instant instant : instants) text += zones::print(instant) + ' ';
  return text;
}

std::vector<Instant> instants_of(const std::vector<Occurrence>& occurrences) {
  std::vector<Instant> instants;
  for (const Occurrence& occurrence : occurrences) instants.push_back(occurrence.instant);
  return instants;
}

constexpr Instant beginning(seconds(-62'167'219'200));

Instant moment(LocalTime local, const std::string& zone) {
  return zone.empty() ? Instant(local.time_since_epoch()) : zones::to_instant(local, zone);
}

constexpr const char* zone_names[] = {
    "",        "Europe/Kyiv",  "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
    "Etc/UTC", "Pacific/Apia", "Asia/Kathmandu",   "America/St_Johns"};

/// Days about which clocks were or will be changed, in one zone or another.
constexpr const char* days_of_change[] = {"2024-03-30", "2024-10-26", "2011-12-29", "2026-03-07",
                                          "2025-02-28", "2044-03-26", "2037-10-24", "2099-10-30"};

Moment any_moment(Random& random, LocalTime near) {
  const LocalTime local = near + hours(number(random, -20, 900));
  if (chance(random, 30)) return Date(floor<days>(sys_seconds(local.time_since_epoch())));
  if (chance(random, 30)) return Instant(local.time_since_epoch());
  return local;
}

/// A pattern in a zone, often around a change of clocks.
Pattern any_pattern(Random& random) {
  Pattern pattern{.start = any_time(random), .zone = zone_names[number(random, 0, 8)]};
  if (chance(random, 60)) {
    const Date day = zones::parse_date(days_of_change[number(random, 0, 7)]).value();
    pattern.start = local_days(day) + hours(number(random, 0, 40)) + minutes(30);
  }
  if (chance(random, 90)) {
    pattern.rule = any_rule(random);
    if (chance(random, 40)) {
      pattern.rule->count.reset();
      pattern.rule->until = any_moment(random, pattern.start);
    }
  }
  if (chance(random, 40)) {
    pattern.added = {any_moment(random, pattern.start), any_moment(random, pattern.start)};
  }
  if (chance(random, 40)) {
    pattern.removed = {any_moment(random, pattern.start), any_moment(random, pattern.start)};
    for (const LocalTime local :
         pattern.rule ? model::expand(*pattern.rule, pattern.start, pattern.start + days(3))
                      : std::vector<LocalTime>()) {
      if (chance(random, 20) && pattern.removed.size() < 50) pattern.removed.emplace_back(local);
    }
  }
  return pattern;
}

days reach(const Pattern& pattern) { return pattern.rule ? reach(*pattern.rule) : days(800); }

std::string text_of(const Pattern& pattern) {
  return zones::print(pattern.start) + ' ' + pattern.zone + ' ' +
         (pattern.rule ? print(*pattern.rule) : "no rule");
}

}  // namespace

TEST_CASE("rules give what a plain reading of them gives", "[base][recurrence][S1]") {
  CHECK(rc::check("expansion = model", [](std::uint64_t seed) {
    Random random(seed);
    const Pattern pattern{.start = any_time(random), .rule = any_rule(random)};
    const LocalTime end = pattern.start + reach(pattern);
    const std::vector<Instant> expected = model::expand(pattern, end);
    const std::vector<Instant> given =
        instants_of(Recurrence(pattern).between(beginning, moment(end, {})));
    RC_CLASSIFY(expected.empty(), "nothing occurs");
    RC_LOG() << text_of(pattern) << '\n';
    if (given != expected) RC_LOG() << text_of(given) << "\n" << text_of(expected) << '\n';
    RC_ASSERT(given == expected);
  }));
}

TEST_CASE("patterns keep the wall clock of their zone", "[base][recurrence][S1][S2]") {
  CHECK(rc::check("expansion in a zone = model", [](std::uint64_t seed) {
    Random random(seed);
    const Pattern pattern = any_pattern(random);
    const LocalTime end = pattern.start + reach(pattern);
    // Beyond this moment the model may lack times that a gap moves.
    const Instant stop = moment(end, pattern.zone) - days(2);
    std::vector<Instant> expected = model::expand(pattern, end);
    expected.erase(std::lower_bound(expected.begin(), expected.end(), stop), expected.end());
    const std::vector<Instant> given = instants_of(Recurrence(pattern).between(beginning, stop));
    RC_LOG() << text_of(pattern) << '\n';
    if (given != expected) RC_LOG() << text_of(given) << "\n" << text_of(expected) << '\n';
    RC_ASSERT(given == expected);
  }));
}

TEST_CASE("a window is a piece of the whole", "[base][recurrence][S1][S2]") {
  CHECK(rc::check("windows, iteration and single moments agree", [](std::uint64_t seed) {
    Random random(seed);
    const Pattern pattern = any_pattern(random);
    const Recurrence recurrence(pattern);
    const Instant stop = moment(pattern.start, pattern.zone) + reach(pattern);
    const std::vector<Occurrence> all = recurrence.between(beginning, stop);
    RC_LOG() << text_of(pattern) << '\n';
    // Moments at, before and after occurrences, and any.
    std::vector<Instant> cuts;
    for (int i = 0; i < 6; ++i) {
      cuts.push_back(stop - seconds(number(random, 0, 86'400 * 1000)));
      if (all.empty()) continue;
      const auto& near = all[static_cast<std::size_t>(number(random, 0, 1 << 30)) % all.size()];
      cuts.push_back(near.instant + seconds(number(random, -1, 1)));
    }
    std::sort(cuts.begin(), cuts.end());
    std::vector<Occurrence> joined = recurrence.between(beginning, cuts.front());
    for (std::size_t i = 1; i < cuts.size(); ++i) {
      for (const Occurrence& each : recurrence.between(cuts[i - 1], cuts[i])) {
        joined.push_back(each);
      }
    }
    for (const Occurrence& each : recurrence.from(cuts.back())) {
      if (each.instant >= stop) break;
      joined.push_back(each);
    }
    RC_ASSERT(joined == all);
    for (const Instant cut : cuts) {
      const bool occurs = std::any_of(
          all.begin(), all.end(), [cut](const Occurrence& each) { return each.instant == cut; });
      RC_ASSERT(cut >= stop || recurrence.contains(cut) == occurs);
    }
    for (const Occurrence& each : all) {
      if (pattern.rule && pattern.added.empty()) {
        RC_ASSERT(moment(each.local, pattern.zone) == each.instant);
      }
    }
    std::vector<Occurrence> few(3);
    few.resize(recurrence.between(cuts.front(), cuts.back(), std::span(few)));
    RC_ASSERT(few == recurrence.between(cuts.front(), cuts.back(), 3));
  }));
}

TEST_CASE("a printed rule reads as the rule", "[base][recurrence][S1]") {
  CHECK(rc::check("parse(print(rule)) = rule", [](std::uint64_t seed) {
    Random random(seed);
    const Pattern pattern = any_pattern(random);
    if (!pattern.rule) return;
    const std::string text = print(*pattern.rule);
    RC_LOG() << text << '\n';
    RC_ASSERT(parse(text) == *pattern.rule);
    RC_ASSERT(print(parse(text)) == text);
    RC_ASSERT(parse("rrule:" + text) == *pattern.rule);
    // Folded anywhere.
    std::string folded;
    for (const char c : text) {
      if (chance(random, 10)) folded += chance(random, 50) ? "\r\n " : "\n\t";
      folded += c;
    }
    RC_ASSERT(parse(folded) == *pattern.rule);
  }));
}
