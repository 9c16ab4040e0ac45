#include "base/recurrence_plan.hpp"

#include "base/recurrence_cursor.hpp"

#include <algorithm>
#include <numeric>

namespace frontdesk::inline v1::recurrence::inner {
namespace {

/// More cycles of 400 years than time has.
constexpr Count never_repeats = 50;

constexpr int iso_weekday(std::chrono::weekday weekday) {
  return static_cast<int>(weekday.iso_encoding()) - 1;
}

/// The values as bits; `otherwise` where there are none.
std::uint64_t bits_of(const std::vector<int>& values, std::uint64_t otherwise) {
  if (values.empty()) return otherwise;
  std::uint64_t bits = 0;
  for (const int value : values) bits |= std::uint64_t{1} << value;
  return bits;
}

/// Seconds 0 to 59; a leap second, which these times do not have, falls on the one before.
std::uint64_t seconds_of(const Rule& rule, std::uint64_t otherwise) {
  const std::uint64_t bits = bits_of(rule.by_second, otherwise);
  return (bits | ((bits >> 60U) & 1U) << 59U) & ((std::uint64_t{1} << 60U) - 1);
}

/// Every combination of hours, minutes and seconds, as seconds.
std::vector<int> combined(std::uint64_t hours, std::uint64_t minutes, std::uint64_t seconds) {
  std::vector<int> offsets;
  offsets.reserve(std::popcount(hours) * std::popcount(minutes) * std::popcount(seconds));
  for (; hours != 0; hours &= hours - 1) {
    const int hour = std::countr_zero(hours);
    for (std::uint64_t left = minutes; left != 0; left &= left - 1) {
      const int minute = std::countr_zero(left);
      for (std::uint64_t last = seconds; last != 0; last &= last - 1) {
        offsets.push_back(hour * 3600 + minute * 60 + std::countr_zero(last));
      }
    }
  }
  return offsets;
}

std::vector<int> at_positions(const std::vector<int>& all, const std::vector<int>& positions) {
  std::vector<int> chosen;
  const auto total = static_cast<int>(all.size());
  for (const int position : positions) {
    const int place = position > 0 ? position - 1 : total + position;
    if (place >= 0 && place < total) chosen.push_back(all[place]);
  }
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

/// Splits set positions over days of `times` each into positions of days for each time.
std::vector<Layer> layers_of(const std::vector<int>& positions, const std::vector<int>& times) {
  const auto total = static_cast<int>(times.size());
  std::vector<Layer> layers;
  for (int index = 0; index < total; ++index) {
    Layer layer{times[index], {}};
    for (const int position : positions) {
      const int from_end = -position - 1;
      if (position > 0 && (position - 1) % total == index) {
        layer.positions.push_back((position - 1) / total + 1);
      } else if (position < 0 && total - 1 - from_end % total == index) {
        layer.positions.push_back(-(from_end / total) - 1);
      }
    }
    if (!layer.positions.empty()) layers.push_back(std::move(layer));
  }
  return layers;
}

/// What the start gives where the rule leaves the day open (RFC 5545 §3.3.10).
void add_days_of_start(const Rule& rule, Count day, DayFilter& filter) {
  const Date date = date_of(day);
  const bool has_day = !rule.by_day.empty();
  const bool has_month_day = !rule.by_month_day.empty();
  const bool has_year_day = !rule.by_year_day.empty();
  const auto take_month_day = [&] {
    filter.month_days = 1U << (static_cast<unsigned>(date.day()) - 1);
  };
  const auto take_weekday = [&] { filter.weekdays = 1U << static_cast<unsigned>(weekday_of(day)); };
  if (has_day || has_month_day || has_year_day) return;
  if (rule.frequency == Frequency::weekly || !rule.by_week.empty()) {
    take_weekday();
  } else if (rule.frequency == Frequency::monthly) {
    take_month_day();
  } else if (rule.frequency == Frequency::yearly) {
    take_month_day();
    if (rule.by_month.empty()) filter.months = 1U << (static_cast<unsigned>(date.month()) - 1);
  }
}

DayFilter filter_of(const Rule& rule, Count day) {
  DayFilter filter;
  if (!rule.by_month.empty()) {
    filter.months = static_cast<unsigned>(bits_of(rule.by_month, 0) >> 1U);
  }
  for (const int month_day : rule.by_month_day) {
    if (month_day > 0) filter.month_days |= 1U << static_cast<unsigned>(month_day - 1);
    if (month_day < 0) filter.month_days_from_end |= 1U << static_cast<unsigned>(-month_day - 1);
  }
  for (const int week : rule.by_week) {
    if (week > 0) filter.weeks |= std::uint64_t{1} << static_cast<unsigned>(week);
    if (week < 0) filter.weeks_from_end |= std::uint64_t{1} << static_cast<unsigned>(-week);
  }
  filter.year_days = rule.by_year_day;
  if (!rule.by_day.empty()) filter.weekdays = 0;
  for (const RuleDay& each : rule.by_day) {
    if (each.ordinal == 0) {
      filter.weekdays |= 1U << static_cast<unsigned>(iso_weekday(each.weekday));
    } else {
      filter.ordinals.push_back(each);
    }
  }
  filter.ordinals_within_month = rule.frequency == Frequency::monthly || !rule.by_month.empty();
  add_days_of_start(rule, day, filter);
  return filter;
}

/// How many periods are allowed on each day until the days repeat.
std::vector<std::uint32_t> count_periods(const DayTimes& times) {
  if (times.periods == 1 || times.step > times.periods) return {};
  const Count days = times.step / std::gcd(times.step, Count{times.periods});
  std::vector<std::uint32_t> counts(static_cast<std::size_t>(days));
  for (Count day = 0; day < days; ++day) {
    const Count phase = times.phase(day);
    std::uint32_t& count = counts[static_cast<std::size_t>(day)];
    if (!times.filtered) {
      if (phase < times.periods) {
        count = static_cast<std::uint32_t>((times.periods - 1 - phase) / times.step + 1);
      }
      continue;
    }
    for (int period = times.next_period(0, phase); period >= 0;
         period = period + 1 < times.periods ? times.next_period(period + 1, phase) : -1) {
      ++count;
    }
  }
  return counts;
}

DayTimes times_of(const Rule& rule, Count start) {
  constexpr std::uint64_t all = ~std::uint64_t{0};
  const Count second = floor_rest(start, day_seconds);
  const auto own = [](Count value) { return std::uint64_t{1} << static_cast<unsigned>(value); };
  DayTimes times;
  if (rule.frequency >= Frequency::daily) {
    times.offsets = combined(bits_of(rule.by_hour, own(second / 3600)),
                             bits_of(rule.by_minute, own(second / 60 % 60)),
                             seconds_of(rule, own(second % 60)));
    return times;
  }
  times.step = rule.interval;
  times.hours = bits_of(rule.by_hour, all);
  if (rule.frequency == Frequency::hourly) {
    times.period_seconds = 3600;
    times.offsets = combined(1, bits_of(rule.by_minute, own(second / 60 % 60)),
                             seconds_of(rule, own(second % 60)));
  } else {
    times.minutes = bits_of(rule.by_minute, all);
    times.period_seconds = rule.frequency == Frequency::minutely ? 60 : 1;
    if (rule.frequency == Frequency::minutely) {
      times.offsets = combined(1, 1, seconds_of(rule, own(second % 60)));
    } else {
      if (!rule.by_second.empty()) times.seconds = seconds_of(rule, 0);
      times.offsets = {0};
    }
  }
  times.periods = static_cast<int>(day_seconds / times.period_seconds);
  times.origin = floor_divide(start, times.period_seconds);
  times.filtered = (times.hours & times.minutes & times.seconds) != all;
  return times;
}

}  // namespace

Plan::Plan(const Rule& rule, Count start_time) : start(start_time), period(rule.frequency) {
  const Count day = floor_divide(start, day_seconds);
  const bool by_week = period == Frequency::weekly || !rule.by_week.empty();
  years = Years(by_week, iso_weekday(rule.week_start));
  first_year = years.number_of(day);
  times = times_of(rule, start);
  masks = masks_of(filter_of(rule, day), years);
  if (!rule.by_set_position.empty()) {
    if (period <= Frequency::daily) {
      times.offsets = at_positions(times.offsets, rule.by_set_position);
    } else {
      layers = layers_of(rule.by_set_position, times.offsets);
    }
  }
  if (layers.size() == 1 && times.offsets.size() == 1) {
    for (int kind = 0; kind < years.kinds(); ++kind) {
      masks[kind] =
          inner::at_positions(masks[kind], layers[0].positions, period, example_year(years, kind));
    }
    layers.clear();
  }
  times.counts = count_periods(times);
  prepare_stride(rule);
  const bool has_days =
      std::any_of(masks.begin(), masks.end(), [](const DayMask& mask) { return mask.any(); });
  const bool has_times =
      !times.offsets.empty() &&
      (times.counts.empty() || std::any_of(times.counts.begin(), times.counts.end(),
                                           [](std::uint32_t count) { return count > 0; }));
  if (!has_days || !has_times) last = std::numeric_limits<Count>::min();
  if (rule.count) end_with_count(*rule.count);
}

void Plan::prepare_stride(const Rule& rule) {
  const Count day = floor_divide(start, day_seconds);
  const Count step = rule.interval;
  if (step == 1) return;
  switch (period) {
    case Frequency::yearly:
      year_step = static_cast<int>(std::min(step, Count{20'000}));
      return;
    case Frequency::monthly: {
      const Date date = date_of(day);
      const Count month = Count{first_year} * 12 + static_cast<unsigned>(date.month()) - 1;
      stride = {Stride::Unit::month, step, month, 1};
      if (12 % step != 0) return;
      // The same months every year: as good as BYMONTH.
      for (int kind = 0; kind < years.kinds(); ++kind) {
        const Year year = example_year(years, kind);
        masks[kind] &= stride.mask(year, floor_rest(month, step));
      }
      stride = {};
      return;
    }
    case Frequency::weekly:
      stride = {Stride::Unit::week, step, floor_divide(day + 3 - years.week_start(), 7), 1};
      return;
    case Frequency::daily:
      stride = {Stride::Unit::day, step, day, 1};
      return;
    default:
      if (step > times.periods) stride = {Stride::Unit::day, step, times.origin, times.periods};
  }
}

Count Stride::phase(const Year& year) const {
  switch (unit) {
    case Unit::month:
      return floor_rest(origin - Count{year.number} * 12, step);
    case Unit::week:
      return floor_rest(origin - floor_divide(year.first_day + 3, 7), step);
    case Unit::day:
      return floor_rest(origin - year.first_day * per_day, step);
    case Unit::none:
      break;
  }
  return 0;
}

DayMask Stride::mask(const Year& year, Count phase) const {
  DayMask mask;
  switch (unit) {
    case Unit::month: {
      const bool leap = year.length == 366;
      for (auto month = static_cast<std::uint64_t>(phase); month < 12; month += step) {
        const auto index = static_cast<int>(month);
        mask.set_range(month_begin(index, leap), month_begin(index + 1, leap));
      }
      break;
    }
    case Unit::week:
      for (Count week = phase; week * 7 < year.length; week += step) {
        mask.set_range(static_cast<int>(week) * 7, static_cast<int>(week) * 7 + 7);
      }
      break;
    case Unit::day:
      for (Count index = phase; index < year.length * per_day; index += step) {
        mask.set(static_cast<int>(index / per_day));
      }
      break;
    case Unit::none:
      break;
  }
  return mask;
}

/// Years after which the days that the plan visits repeat themselves.
Count Plan::repeat_years() const {
  Count units = 1;  // of the stride, in the 400 years after which the calendar repeats itself
  switch (stride.unit) {
    case Stride::Unit::none:
      break;
    case Stride::Unit::month:
      units = cycle_years * 12;
      break;
    case Stride::Unit::week:
      units = cycle_days / 7;
      break;
    case Stride::Unit::day:
      units = cycle_days * stride.per_day;
      break;
  }
  const Count step = stride.unit == Stride::Unit::none ? 1 : stride.step;
  const Count cycles = step / std::gcd(step, units);
  if (cycles > never_repeats) return never_repeats * cycle_years;
  return std::lcm(cycles * cycle_years, Count{year_step});
}

/// How many years from `number` on can be passed over by whole repeats without taking all of
/// `count`, which is taken off by what they hold.
int Plan::leap_over(YearDays& days, int number, int last_year, Count& count) const {
  const bool alike = times.periods == 1 || times.counts.size() == 1;
  const Count repeat = repeat_years();
  const Count left = last_year - number;
  if (!alike || 2 * repeat > left) return 0;
  Count held = 0;
  for (int year = number; year < number + repeat; year += year_step) {
    days.enter(year);
    held += days.count();
    if (held >= count) return 0;
  }
  if (held == 0) return 0;
  const Count repeats = std::min((count - 1) / held, left / repeat);
  count -= repeats * held;
  return static_cast<int>(repeats * repeat);
}

/// Turns COUNT into the time of the last occurrence, so that no window ever counts. Whole years
/// and days are counted without going through their occurrences.
void Plan::end_with_count(Count count) {
  constexpr Count few = 32;
  Cursor cursor(*this);
  cursor.seek(start, last);
  Count local = 0;
  Count day = 0;
  for (Count passed = 0;; ++passed) {
    if (!cursor.next(local)) return;
    const Count here = floor_divide(local, day_seconds);
    if (passed >= few && here != day) {
      count -= passed;
      day = here;
      break;
    }
    day = here;
    if (passed + 1 == count) {
      last = local;
      return;
    }
  }
  YearDays days(*this);
  const int last_year = years.number_of(floor_divide(last, day_seconds));
  bool may_leap = true;
  for (int number = years.number_of(day); number <= last_year; number += year_step) {
    days.enter(number);
    if (may_leap && day < days.year().first_day) {
      may_leap = false;
      const int leap = leap_over(days, number, last_year, count);
      number += leap;
      days.enter(number);
    }
    const Year& year = days.year();
    const int begin = static_cast<int>(std::max(day - year.first_day, Count{0}));
    const Count whole = begin == 0 ? days.count() : 0;
    if (begin == 0 && whole < count) {
      count -= whole;
      continue;
    }
    days.load(number);
    const int left = days.mask().count(begin, DayMask::size);
    for (int place = 0; place < left; ++place) {
      const int index = days.mask().nth(begin, place);
      const Count there = days.count(index);
      if (there < count) {
        count -= there;
        continue;
      }
      cursor.seek((year.first_day + index) * day_seconds, last);
      while (count-- > 0 && cursor.next(local)) last = local;
      return;
    }
  }
}

}  // namespace frontdesk::inline v1::recurrence::inner
