/// Years as bit masks: which days of a year a rule allows. A calendar year is one of 14 kinds (the
/// weekday of 1 January, leap or not), so that the masks of all years are worked out beforehand.
#pragma once

#include <frontdesk/recurrence.hpp>

#include <array>
#include <bit>

namespace frontdesk::inline v1::recurrence::inner {

/// Seconds since 1970 of a local time or an instant, or days since 1970.
using Count = std::int64_t;

inline constexpr Count day_seconds = 86'400;
inline constexpr Count local_max = 253'402'300'799;  ///< The last second of year 9999.
inline constexpr Count local_min = -62'167'219'200;  ///< The first of year 0.

constexpr Count floor_divide(Count number, Count by) {
  const Count quotient = number / by;
  return number % by < 0 ? quotient - 1 : quotient;
}
/// What is left of it, from 0 to by - 1.
constexpr Count floor_rest(Count number, Count by) {
  const Count rest = number % by;
  return rest < 0 ? rest + by : rest;
}

constexpr bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
constexpr int year_length(bool leap) { return leap ? 366 : 365; }
/// Days from 1970 to 1 January; for years from -399.
constexpr Count first_day_of(int year) {
  const Count before = year + 399;
  return before * 365 + before / 4 - before / 100 + before / 400 - 865'259;
}
/// Monday is 0.
constexpr int weekday_of(Count day) { return static_cast<int>(floor_rest(day + 3, 7)); }
/// The calendar repeats itself every 400 years, weekdays included.
inline constexpr int cycle_years = 400;
inline constexpr Count cycle_days = 146'097;

/// Which year near a year has a leap day, if any; weeks that belong to it depend on them.
enum LeapDay : unsigned char { none, this_year, last_year, next_year };

/// A year of the first cycle.
struct CycleYear {
  std::int32_t january = 0;  ///< Days from 1970 to its 1 January.
  std::uint8_t weekday = 0;  ///< Of 1 January.
  LeapDay leap_day = none;
};
/// One more than a cycle, so that each has a year after it.
inline constexpr auto cycle = [] {
  std::array<CycleYear, cycle_years + 1> years{};
  for (int year = 0; year <= cycle_years; ++year) {
    const Count january = first_day_of(year);
    const LeapDay leap_day = is_leap(year)       ? this_year
                             : is_leap(year - 1) ? last_year
                             : is_leap(year + 1) ? next_year
                                                 : none;
    years[static_cast<std::size_t>(year)] = {static_cast<std::int32_t>(january),
                                             static_cast<std::uint8_t>(weekday_of(january)),
                                             leap_day};
  }
  return years;
}();
inline CycleYear cycle_year(int year) {
  return cycle[static_cast<std::size_t>(floor_rest(year, cycle_years))];
}
/// 1 January of a year in days since 1970.
inline Count january_of(int year) {
  return cycle_year(year).january + floor_divide(year, cycle_years) * cycle_days;
}

/// Calendar date of a day, and its year alone.
inline Date date_of(Count day) {
  return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day)));
}
inline int year_of(Count day) {
  const Count from = day - cycle.front().january;
  const auto passed = static_cast<int>(floor_divide(from, cycle_days));
  const Count rest = floor_rest(from, cycle_days) + cycle.front().january;
  auto year = static_cast<int>((rest - cycle.front().january) / 366);  // one too low at most
  if (rest >= cycle[static_cast<std::size_t>(year) + 1].january) ++year;
  return passed * cycle_years + year;
}

/// Days of the year before the month (0 to 12).
constexpr int month_begin(int month, bool leap) {
  constexpr int begins[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
  return begins[month] + (leap && month >= 2 ? 1 : 0);
}

/// Days of one year, counted from its first; room for a week-year of 371.
struct DayMask {
  static constexpr int size = 384;
  std::array<std::uint64_t, 6> words{};

  void set(int day) { words[day / 64U] |= std::uint64_t{1} << (day % 64U); }
  bool test(int day) const { return ((words[day / 64U] >> (day % 64U)) & 1U) != 0; }
  /// All days in [begin, end).
  void set_range(int begin, int end);
  bool any() const { return used_words() != 0; }
  /// Which words are not empty, as bits.
  unsigned used_words() const {
    unsigned used = 0;
    for (unsigned word = 0; word < 6; ++word) used |= (words[word] != 0 ? 1U : 0U) << word;
    return used;
  }
  int count() const;
  int count(int begin, int end) const;
  /// The day at a place (from 0) among those from `begin` on; there has to be one.
  int nth(int begin, int place) const;
  /// Every day moved by up to 63, what falls off is lost.
  DayMask shifted(int days) const;

  DayMask& operator&=(const DayMask& other);
  DayMask& operator|=(const DayMask& other);
};

/// A year in which days are numbered from its first.
struct Year {
  int number = 0;
  int kind = 0;
  Count first_day = 0;
  int length = 0;
};

/// How the days of time are cut into years: into calendar years, or into years of whole weeks,
/// where week 1 is the first with four days in the calendar year.
class Years {
 public:
  static constexpr int kinds_max = 28;

  Years() = default;
  Years(bool by_week, int week_start);

  bool by_week() const { return by_week_; }
  int week_start() const { return week_start_; }
  /// Weeks of a year depend on the leap days around it too, hence 28 kinds.
  int kinds() const { return by_week_ ? 28 : 14; }
  Year at(int number) const {
    const CycleYear year = cycle_year(number);
    const Count january = year.january + floor_divide(number, cycle_years) * cycle_days;
    const bool leap = year.leap_day == this_year;
    const int state = by_week_ ? static_cast<int>(year.leap_day) : static_cast<int>(leap);
    const int kind = year.weekday + 7 * state;
    if (!by_week_) return {number, kind, january, year_length(leap)};
    return {number, kind, january + week_offset(year.weekday), weeks_length(year.weekday, leap)};
  }
  int number_of(Count day) const;
  /// First day of a week-year, counted from its 1 January on the given weekday: -3 to 3.
  int week_offset(int weekday) const { return offsets_[static_cast<std::size_t>(weekday)]; }
  /// Days of that week-year: 364 or 371.
  int weeks_length(int weekday, bool leap) const {
    return lengths_[static_cast<std::size_t>(weekday) + (leap ? 7U : 0U)];
  }

 private:
  Count week_year_begin(int number) const {
    return january_of(number) + week_offset(cycle_year(number).weekday);
  }

  bool by_week_ = false;
  int week_start_ = 0;
  std::array<std::int8_t, 7> offsets_{};    ///< By weekday of 1 January.
  std::array<std::int16_t, 14> lengths_{};  ///< By that weekday, then those of leap years.
};

/// The days that the BY parts of a rule allow, as bits.
struct DayFilter {
  unsigned months = 0xFFF;                ///< Bit 0 is January.
  std::uint32_t month_days = 0;           ///< Bit 0 is the first; none at all means every day.
  std::uint32_t month_days_from_end = 0;  ///< Bit 0 is the last.
  unsigned weekdays = 0x7F;               ///< Bit 0 is Monday.
  std::vector<RuleDay> ordinals{};        ///< Besides the weekdays.
  bool ordinals_within_month = false;     ///< Else within the year.
  std::vector<int> year_days{};           ///< None means every day.
  std::uint64_t weeks = 0;                ///< Bit 1 is week 1; none at all means every week.
  std::uint64_t weeks_from_end = 0;       ///< Bit 1 is the last.
  std::vector<int> set_positions{};       ///< Of the days of a period; none means all.
  Frequency period = Frequency::yearly;   ///< Of the set positions.
};

/// The allowed days of every kind of year, without set positions.
std::vector<DayMask> masks_of(const DayFilter& filter, const Years& years);
/// Of a year's days those at the given positions of each month, week or year.
DayMask at_positions(const DayMask& days, const std::vector<int>& positions, Frequency period,
                     const Year& year);
/// A year of each kind, to work out masks for. Its number says nothing.
Year example_year(const Years& years, int kind);

}  // namespace frontdesk::inline v1::recurrence::inner
