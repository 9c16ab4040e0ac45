#include "base/recurrence_model.hpp"

#include "base/zones.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace std::chrono;

namespace frontdesk::inline v1::recurrence::model {
namespace {

bool contains(const std::vector<int>& values, int value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// A value counted from the begin and from the end.
bool either(const std::vector<int>& values, int number, int count) {
  return values.empty() || contains(values, number) || contains(values, number - count - 1);
}

int days_in(year_month_day date) {
  return static_cast<int>(static_cast<unsigned>((date.year() / date.month() / last).day()));
}

/// A day with everything that a rule can ask about it.
struct Facts {
  year_month_day date;
  int year, month, day, year_day, year_days, week_year, week, weeks;
  weekday of_week;
  long week_index;  ///< Weeks since some week.
};

sys_days week_begin(sys_days day, weekday week_start) { return day - (weekday(day) - week_start); }

/// The calendar year that most of a week lies in.
int year_of_week(sys_days begin) {
  return static_cast<int>(year_month_day(begin + days(3)).year());
}

Facts facts_of(sys_days day, weekday week_start) {
  Facts facts{};
  facts.date = year_month_day(day);
  facts.year = static_cast<int>(facts.date.year());
  facts.month = static_cast<int>(static_cast<unsigned>(facts.date.month()));
  facts.day = static_cast<int>(static_cast<unsigned>(facts.date.day()));
  facts.year_days = facts.date.year().is_leap() ? 366 : 365;
  facts.year_day = static_cast<int>((day - sys_days(facts.date.year() / 1 / 1)).count()) + 1;
  facts.of_week = weekday(day);
  const sys_days begin = week_begin(day, week_start);
  facts.week_year = year_of_week(begin);
  facts.week_index = begin.time_since_epoch().count() / 7 + (begin < sys_days() ? -1 : 0);
  for (sys_days other = begin; year_of_week(other) == facts.week_year; other -= days(7)) {
    ++facts.week;
  }
  facts.weeks = facts.week - 1;
  for (sys_days other = begin; year_of_week(other) == facts.week_year; other += days(7)) {
    ++facts.weeks;
  }
  return facts;
}

bool is_weekday(const Rule& rule, const Facts& facts) {
  const bool in_month = rule.frequency == Frequency::monthly || !rule.by_month.empty();
  const int number = in_month ? facts.day : facts.year_day;
  const int count = in_month ? days_in(facts.date) : facts.year_days;
  return std::any_of(rule.by_day.begin(), rule.by_day.end(), [&](const RuleDay& each) {
    if (each.weekday != facts.of_week) return false;
    const int ordinal = (number - 1) / 7 + 1;
    const int from_end = -((count - number) / 7 + 1);
    return each.ordinal == 0 || each.ordinal == ordinal || each.ordinal == from_end;
  });
}

bool is_day(const Rule& rule, const Facts& facts, const Facts& start) {
  if (!rule.by_month.empty() && !contains(rule.by_month, facts.month)) return false;
  if (!either(rule.by_week, facts.week, facts.weeks)) return false;
  if (!either(rule.by_year_day, facts.year_day, facts.year_days)) return false;
  if (!either(rule.by_month_day, facts.day, days_in(facts.date))) return false;
  if (!rule.by_day.empty()) return is_weekday(rule, facts);
  if (!rule.by_month_day.empty() || !rule.by_year_day.empty()) return true;
  if (!rule.by_week.empty() || rule.frequency == Frequency::weekly) {
    return facts.of_week == start.of_week;
  }
  if (rule.frequency == Frequency::monthly) return facts.day == start.day;
  if (rule.frequency == Frequency::yearly) {
    return facts.day == start.day && (!rule.by_month.empty() || facts.month == start.month);
  }
  return true;
}

std::int64_t period_of(const Rule& rule, const Facts& facts, sys_seconds time) {
  switch (rule.frequency) {
    case Frequency::yearly:
      return rule.by_week.empty() ? facts.year : facts.week_year;
    case Frequency::monthly:
      return facts.year * 12 + facts.month;
    case Frequency::weekly:
      return facts.week_index;
    case Frequency::daily:
      return floor<days>(time).time_since_epoch().count();
    case Frequency::hourly:
      return floor<hours>(time).time_since_epoch().count();
    case Frequency::minutely:
      return floor<minutes>(time).time_since_epoch().count();
    case Frequency::secondly:
      break;
  }
  return time.time_since_epoch().count();
}

/// Whether a unit of the time of day is as asked, where `expands` is the coarsest frequency that
/// leaves it free.
bool is_unit(const std::vector<int>& values, int value, int of_start, bool is_free) {
  if (!values.empty()) return contains(values, value);
  return is_free || value == of_start;
}

void add_times(const Rule& rule, const Facts& facts, sys_days day, sys_seconds start,
               std::map<std::int64_t, std::vector<sys_seconds>>& periods) {
  const hh_mm_ss clock(start - floor<days>(start));
  std::vector<int> by_second = rule.by_second;
  if (contains(by_second, 60)) by_second.push_back(59);
  for (int hour = 0; hour < 24; ++hour) {
    if (!is_unit(rule.by_hour, hour, static_cast<int>(clock.hours().count()),
                 rule.frequency <= Frequency::hourly)) {
      continue;
    }
    for (int minute = 0; minute < 60; ++minute) {
      if (!is_unit(rule.by_minute, minute, static_cast<int>(clock.minutes().count()),
                   rule.frequency <= Frequency::minutely)) {
        continue;
      }
      for (int second = 0; second < 60; ++second) {
        if (!is_unit(by_second, second, static_cast<int>(clock.seconds().count()),
                     rule.frequency == Frequency::secondly)) {
          continue;
        }
        const sys_seconds time = day + hours(hour) + minutes(minute) + seconds(second);
        periods[period_of(rule, facts, time)].push_back(time);
      }
    }
  }
}

std::vector<sys_seconds> at_positions(const Rule& rule, const std::vector<sys_seconds>& times) {
  if (rule.by_set_position.empty()) return times;
  std::vector<sys_seconds> chosen;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (either(rule.by_set_position, static_cast<int>(i) + 1, static_cast<int>(times.size()))) {
      chosen.push_back(times[i]);
    }
  }
  return chosen;
}

bool is_after_until(const Rule& rule, sys_seconds time) {
  if (!rule.until) return false;
  if (const auto* date = std::get_if<Date>(&*rule.until)) return floor<days>(time) > *date;
  if (const auto* local = std::get_if<LocalTime>(&*rule.until)) {
    return time.time_since_epoch() > local->time_since_epoch();
  }
  return false;  // a moment is compared with moments
}

}  // namespace

std::vector<LocalTime> expand(const Rule& rule, LocalTime start, LocalTime end) {
  const sys_seconds begin(start.time_since_epoch());
  const sys_seconds stop(end.time_since_epoch());
  const Facts first = facts_of(floor<days>(begin), rule.week_start);
  const std::int64_t first_period = period_of(rule, first, begin);
  // Whole periods, so that positions in them are counted right.
  const days margin(rule.frequency == Frequency::yearly   ? 380
                    : rule.frequency >= Frequency::weekly ? 40
                                                          : 0);
  std::map<std::int64_t, std::vector<sys_seconds>> periods;
  for (sys_days day = floor<days>(begin) - margin; day < stop + margin; day += days(1)) {
    const Facts facts = facts_of(day, rule.week_start);
    if (is_day(rule, facts, first)) add_times(rule, facts, day, begin, periods);
  }
  std::vector<LocalTime> result;
  std::int64_t left = rule.count.value_or(std::numeric_limits<std::int64_t>::max());
  for (const auto& [period, times] : periods) {
    if (period < first_period || (period - first_period) % rule.interval != 0) continue;
    for (const sys_seconds time : at_positions(rule, times)) {
      if (time < begin || is_after_until(rule, time)) continue;
      if (time >= stop || left-- <= 0) return result;
      result.emplace_back(time.time_since_epoch());
    }
  }
  return result;
}

std::vector<Instant> expand(const Pattern& pattern, LocalTime end) {
  const auto instant_of = [&pattern](LocalTime local) {
    return pattern.zone.empty() ? Instant(local.time_since_epoch())
                                : zones::to_instant(local, pattern.zone);
  };
  const auto resolve = [&](const Moment& moment) {
    if (const auto* instant = std::get_if<Instant>(&moment)) return *instant;
    if (const auto* local = std::get_if<LocalTime>(&moment)) return instant_of(*local);
    const auto day = sys_days(std::get<Date>(moment)).time_since_epoch();
    return instant_of(LocalTime(day + pattern.start.time_since_epoch() -
                                floor<days>(pattern.start).time_since_epoch()));
  };
  const auto is_removed = [&](Instant instant, LocalTime local) {
    return std::any_of(pattern.removed.begin(), pattern.removed.end(), [&](const Moment& moment) {
      if (const auto* date = std::get_if<Date>(&moment)) {
        return floor<days>(local).time_since_epoch() == sys_days(*date).time_since_epoch();
      }
      return resolve(moment) == instant;
    });
  };
  std::set<Instant> result;
  if (pattern.rule) {
    for (const LocalTime local : expand(*pattern.rule, pattern.start, end)) {
      const Instant instant = instant_of(local);
      const auto* until =
          pattern.rule->until ? std::get_if<Instant>(&*pattern.rule->until) : nullptr;
      if (until != nullptr && instant > *until) continue;
      if (!is_removed(instant, local)) result.insert(instant);
    }
  } else if (!is_removed(instant_of(pattern.start), pattern.start)) {
    result.insert(instant_of(pattern.start));
  }
  for (const Moment& moment : pattern.added) {
    const Instant instant = resolve(moment);
    const LocalTime local = pattern.zone.empty() ? LocalTime(instant.time_since_epoch())
                                                 : zones::to_local(instant, pattern.zone);
    if (!is_removed(instant, local)) result.insert(instant);
  }
  return {result.begin(), result.end()};
}

}  // namespace frontdesk::inline v1::recurrence::model
