#include "schedule/shifting.hpp"

#include "schedule/expansion.hpp"

#include <algorithm>

namespace frontdesk::schedule {
namespace {

using recurrence::Frequency;
using recurrence::Rule;
using recurrence::RuleDay;

[[noreturn]] void cannot_shift() { throw Error(Code::conflict, "rule_cannot_shift", "start"); }

std::chrono::days days_between(LocalTime from, LocalTime to) {
  return std::chrono::floor<std::chrono::days>(to) - std::chrono::floor<std::chrono::days>(from);
}

bool has_days_of_dates(const Rule& rule) {
  return !rule.by_month.empty() || !rule.by_month_day.empty() || !rule.by_year_day.empty() ||
         !rule.by_week.empty();
}

bool has_ordinals(const Rule& rule) {
  return std::any_of(rule.by_day.begin(), rule.by_day.end(),
                     [](const RuleDay& day) { return day.ordinal != 0; });
}

/// Every day up to the 28th has a counterpart in each month.
bool is_in_every_month(LocalTime time) {
  std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
  return static_cast<unsigned>(date.day()) <= 28;
}

std::chrono::year_month month_of(LocalTime time) {
  std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
  return date.year() / date.month();
}

void shift_days(Rule& rule, LocalTime start, Duration delta, std::chrono::days days) {
  if (has_days_of_dates(rule) || has_ordinals(rule)) cannot_shift();
  const bool is_monthly =
      rule.frequency == Frequency::monthly || rule.frequency == Frequency::yearly;
  if (is_monthly) {
    // Without days of its own the rule takes the day of the month from its start.
    if (!rule.by_day.empty() || !is_in_every_month(start) || !is_in_every_month(start + delta) ||
        month_of(start) != month_of(start + delta)) {
      cannot_shift();
    }
    return;
  }
  for (RuleDay& day : rule.by_day) day.weekday += days;
  // Weeks begin later as well, so that every second week stays the same one.
  rule.week_start += days;
}

}  // namespace

recurrence::Rule shifted(const Rule& given, LocalTime start, Duration delta) {
  Rule rule = given;
  const std::chrono::days days = days_between(start, start + delta);
  const bool time_changes = delta != days;
  const bool has_times =
      !rule.by_hour.empty() || !rule.by_minute.empty() || !rule.by_second.empty();
  if (has_times && time_changes) cannot_shift();
  if (days.count() != 0) shift_days(rule, start, delta, days);
  if (rule.until) {
    if (const auto* date = std::get_if<Date>(&*rule.until)) {
      rule.until = recurrence::Moment{Date{std::chrono::sys_days{*date} + days}};
    } else if (const auto* local = std::get_if<LocalTime>(&*rule.until)) {
      rule.until = recurrence::Moment{*local + delta};
    } else {
      rule.until = recurrence::Moment{std::get<Instant>(*rule.until) + delta};
    }
  }
  return recurrence::parse(recurrence::print(rule));
}

Series continued(const Series& series, LocalTime first, Duration delta) {
  Series next = series;
  recurrence::Pattern pattern = pattern_of(series);
  pattern.added.clear();
  pattern.removed.clear();
  pattern.zone.clear();  // wall-clock time, whatever the zone does
  const Instant first_instant{first.time_since_epoch()};
  std::optional<LocalTime> start;
  if (pattern.rule) {
    recurrence::Recurrence recurrence(pattern);
    recurrence::Occurrences rest = recurrence.from(first_instant);
    if (rest.begin() != rest.end()) start = rest.begin()->local;
    if (start && pattern.rule->count) {
      const Instant begin{series.start.time_since_epoch()};
      const auto before = recurrence.between(begin, first_instant).size();
      *pattern.rule->count -= static_cast<std::int64_t>(before);
    }
    if (start) {
      next.rule = recurrence::print(shifted(*pattern.rule, *start, delta));
    } else {
      next.rule.reset();
    }
  } else if (series.start >= first) {
    start = series.start;
  }
  auto rest_of = [&](std::vector<LocalTime>& times) {
    std::erase_if(times, [first](LocalTime time) { return time < first; });
    for (LocalTime& time : times) time += delta;
  };
  rest_of(next.added);
  rest_of(next.removed);
  if (!start && !next.added.empty()) {
    start = next.added.front() - delta;
    next.added.erase(next.added.begin());
  }
  next.start = start.value_or(first) + delta;
  next.scheduled_until = std::max(series.scheduled_until, first) + delta;
  return next;
}

}  // namespace frontdesk::schedule
