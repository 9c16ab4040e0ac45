#include "base/recurrence_calendar.hpp"

namespace frontdesk::inline v1::recurrence::inner {
namespace {

constexpr std::uint64_t ones = ~std::uint64_t{0};

/// The bits of word `word` that stand for days in [begin, end).
std::uint64_t range_bits(int word, int begin, int end) {
  const int low = std::max(begin - word * 64, 0);
  const int high = std::min(end - word * 64, 64);
  if (low >= high) return 0;
  return (ones << low) & (ones >> (64 - high));
}

/// A set of weekdays repeated through a year that begins on `weekday`.
DayMask repeated(unsigned weekdays, int weekday, int length) {
  constexpr std::uint64_t every_week = 0x8102040810204081;  // bits 0, 7, 14 … 63
  DayMask mask;
  for (int word = 0; word < 6; ++word) {
    const int first = (weekday + word) % 7;  // 64 days are nine weeks and one day
    const unsigned turned = ((weekdays >> first) | (weekdays << (7 - first))) & 0x7FU;
    mask.words[word] = (turned * every_week) & range_bits(word, 0, length);
  }
  return mask;
}

void add_ordinals(const DayFilter& filter, int begin, int end, int weekday, DayMask& mask) {
  for (const RuleDay& day : filter.ordinals) {
    const int wanted = static_cast<int>(day.weekday.iso_encoding()) - 1;
    const int begin_weekday = (weekday + begin) % 7;
    const int first = begin + (wanted - begin_weekday + 7) % 7;
    const int found = day.ordinal > 0 ? first + 7 * (day.ordinal - 1)
                                      : first + ((end - 1 - first) / 7 + 1 + day.ordinal) * 7;
    if (found >= begin && found < end) mask.set(found);
  }
}

DayMask month_days(const DayFilter& filter, bool leap) {
  DayMask mask;
  for (int month = 0; month < 12; ++month) {
    if (((filter.months >> month) & 1U) == 0) continue;
    const int begin = month_begin(month, leap);
    const int length = month_begin(month + 1, leap) - begin;
    if (filter.month_days == 0 && filter.month_days_from_end == 0) {
      mask.set_range(begin, begin + length);
      continue;
    }
    std::uint64_t days = filter.month_days;
    for (int back = 0; back < length; ++back) {
      if (((filter.month_days_from_end >> back) & 1U) != 0) {
        days |= std::uint64_t{1} << (length - 1 - back);
      }
    }
    days &= (std::uint64_t{1} << length) - 1;
    mask.words[begin / 64] |= days << (begin % 64);
    if (begin % 64 + length > 64) mask.words[begin / 64 + 1] |= days >> (64 - begin % 64);
  }
  return mask;
}

/// The allowed days of a calendar year; BYWEEKNO is left to the week-year.
DayMask calendar_mask(const DayFilter& filter, int weekday, bool leap) {
  const int length = year_length(leap);
  DayMask mask = month_days(filter, leap);
  DayMask by_day = repeated(filter.weekdays, weekday, length);
  if (!filter.ordinals.empty() && filter.ordinals_within_month) {
    for (int month = 0; month < 12; ++month) {
      add_ordinals(filter, month_begin(month, leap), month_begin(month + 1, leap), weekday, by_day);
    }
  } else if (!filter.ordinals.empty()) {
    add_ordinals(filter, 0, length, weekday, by_day);
  }
  mask &= by_day;
  if (!filter.year_days.empty()) {
    DayMask by_year_day;
    for (const int day : filter.year_days) {
      const int index = day > 0 ? day - 1 : length + day;
      if (index >= 0 && index < length) by_year_day.set(index);
    }
    mask &= by_year_day;
  }
  return mask;
}

void keep_weeks(const DayFilter& filter, int weeks, DayMask& mask) {
  if (filter.weeks == 0 && filter.weeks_from_end == 0) return;
  DayMask wanted;
  for (int week = 1; week <= weeks; ++week) {
    const std::uint64_t bits =
        (filter.weeks >> week) | (filter.weeks_from_end >> (weeks + 1 - week));
    if ((bits & 1U) != 0) wanted.set_range((week - 1) * 7, week * 7);
  }
  mask &= wanted;
}

/// A week-year's days out of the calendar years that it lies in.
DayMask week_year_mask(const std::vector<DayMask>& calendar, const DayFilter& filter,
                       const Years& years, int kind) {
  const Year year = example_year(years, kind);
  const int weekday = kind % 7;
  const bool leap = kind / 7 == this_year;
  const bool last_leap = kind / 7 == last_year;
  const bool next_leap = kind / 7 == next_year;
  const int last_weekday = (weekday + 7 * 53 - year_length(last_leap)) % 7;
  const int next_weekday = (weekday + year_length(leap)) % 7;
  const DayMask& last = calendar[last_weekday + (last_leap ? 7 : 0)];
  const DayMask& next = calendar[next_weekday + (next_leap ? 7 : 0)];
  const int offset = years.week_offset(weekday);  // of day 0 from 1 January
  DayMask mask = calendar[weekday + (leap ? 7 : 0)].shifted(-offset);
  for (int day = 0; day < -offset; ++day) {
    if (last.test(year_length(last_leap) + offset + day)) mask.set(day);
  }
  const int next_begin = year_length(leap) - offset;
  for (int day = next_begin; day < year.length; ++day) {
    if (next.test(day - next_begin)) mask.set(day);
  }
  for (int word = 0; word < 6; ++word) mask.words[word] &= range_bits(word, 0, year.length);
  keep_weeks(filter, year.length / 7, mask);
  return mask;
}

}  // namespace

void DayMask::set_range(int begin, int end) {
  for (int word = begin / 64; word < 6 && word * 64 < end; ++word) {
    words[word] |= range_bits(word, begin, end);
  }
}

int DayMask::count() const {
  int total = 0;
  for (const std::uint64_t word : words) total += std::popcount(word);
  return total;
}

int DayMask::count(int begin, int end) const {
  int total = 0;
  for (int word = begin / 64; word < 6 && word * 64 < end; ++word) {
    total += std::popcount(words[word] & range_bits(word, begin, end));
  }
  return total;
}

int DayMask::nth(int begin, int place) const {
  for (int word = begin / 64; word < 6; ++word) {
    std::uint64_t bits = words[word] & range_bits(word, begin, size);
    const int here = std::popcount(bits);
    if (place >= here) {
      place -= here;
      continue;
    }
    for (; place > 0; --place) bits &= bits - 1;
    return word * 64 + std::countr_zero(bits);
  }
  return size;
}

DayMask DayMask::shifted(int days) const {
  DayMask result;
  for (int word = 0; word < 6; ++word) {
    if (days > 0) {
      result.words[word] = words[word] << days;
      if (word > 0) result.words[word] |= words[word - 1] >> (64 - days);
    } else if (days < 0) {
      result.words[word] = words[word] >> -days;
      if (word < 5) result.words[word] |= words[word + 1] << (64 + days);
    } else {
      result.words[word] = words[word];
    }
  }
  return result;
}

DayMask& DayMask::operator&=(const DayMask& other) {
  for (int word = 0; word < 6; ++word) words[word] &= other.words[word];
  return *this;
}

DayMask& DayMask::operator|=(const DayMask& other) {
  for (int word = 0; word < 6; ++word) words[word] |= other.words[word];
  return *this;
}

Years::Years(bool by_week, int week_start) : by_week_(by_week), week_start_(week_start) {
  const auto offset_on = [week_start](int weekday) {
    const int after = (weekday - week_start + 7) % 7;
    return after <= 3 ? -after : 7 - after;
  };
  for (int weekday = 0; weekday < 7; ++weekday) {
    const auto own = static_cast<std::size_t>(weekday);
    offsets_[own] = static_cast<std::int8_t>(offset_on(weekday));
    for (const bool leap : {false, true}) {
      const int days = year_length(leap);
      lengths_[own + (leap ? 7 : 0)] =
          static_cast<std::int16_t>(days + offset_on((weekday + days) % 7) - offset_on(weekday));
    }
  }
}

int Years::number_of(Count day) const {
  const int year = year_of(day);
  if (!by_week_) return year;
  if (day < week_year_begin(year)) return year - 1;
  return day < week_year_begin(year + 1) ? year : year + 1;
}

Year example_year(const Years& years, int kind) {
  const int weekday = kind % 7;
  if (!years.by_week()) return {0, kind, 0, year_length(kind >= 7)};
  return {0, kind, 0, years.weeks_length(weekday, kind / 7 == this_year)};
}

std::vector<DayMask> masks_of(const DayFilter& filter, const Years& years) {
  std::vector<DayMask> calendar(14);
  for (int kind = 0; kind < 14; ++kind) {
    calendar[kind] = calendar_mask(filter, kind % 7, kind >= 7);
  }
  if (!years.by_week()) return calendar;
  std::vector<DayMask> masks(Years::kinds_max);
  for (int kind = 0; kind < Years::kinds_max; ++kind) {
    masks[kind] = week_year_mask(calendar, filter, years, kind);
  }
  return masks;
}

DayMask at_positions(const DayMask& days, const std::vector<int>& positions, Frequency period,
                     const Year& year) {
  DayMask result;
  const auto choose = [&](int begin, int end) {
    const int total = days.count(begin, end);
    for (const int position : positions) {
      const int place = position > 0 ? position - 1 : total + position;
      if (place >= 0 && place < total) result.set(days.nth(begin, place));
    }
  };
  if (period == Frequency::yearly) {
    choose(0, year.length);
  } else if (period == Frequency::weekly) {
    for (int day = 0; day < year.length; day += 7) choose(day, day + 7);
  } else {
    const bool leap = year.length == 366;
    for (int month = 0; month < 12; ++month) {
      choose(month_begin(month, leap), month_begin(month + 1, leap));
    }
  }
  return result;
}

}  // namespace frontdesk::inline v1::recurrence::inner
