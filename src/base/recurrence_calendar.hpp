/// Years as bit masks: which days of a year a rule allows. A calendar year is one of 14 kinds (the
/// weekday of 1 January, leap or not), so that the masks of all years are worked out beforehand.
#pragma once

#include <frontdesk/recurrence.hpp>

#include <array>
#include <bit>

namespace frontdesk::inline v1 {
namespace recurrence::inner {

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
/// Calendar date of a day, and its year alone.
inline Date date_of(Count day) {
  return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day)));
}
inline int year_of(Count day) { return static_cast<int>(date_of(day).year()); }

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
  Years(bool by_week, int week_start) : by_week_(by_week), week_start_(week_start) {}

  bool by_week() const { return by_week_; }
  int week_start() const { return week_start_; }
  /// Weeks of a year depend on the leap days around it too, hence 28 kinds.
  int kinds() const { return by_week_ ? 28 : 14; }
  Year at(int number) const {
    if (by_week_) return week_year_at(number);
    const Count january = first_day_of(number);
    const bool leap = is_leap(number);
    return {number, weekday_of(january) + (leap ? 7 : 0), january, year_length(leap)};
  }
  int number_of(Count day) const;
  /// First day of a week-year, counted from its 1 January on the given weekday: -3 to 3.
  int week_offset(int weekday) const {
    const int after = (weekday - week_start_ + 7) % 7;
    return after <= 3 ? -after : 7 - after;
  }
  /// Days of that week-year: 364 or 371.
  int weeks_length(int weekday, bool leap) const {
    const int days = year_length(leap);
    return days + week_offset((weekday + days) % 7) - week_offset(weekday);
  }

 private:
  Year week_year_at(int number) const;
  Count week_year_begin(int number) const {
    const Count january = first_day_of(number);
    return january + week_offset(weekday_of(january));
  }

  bool by_week_ = false;
  int week_start_ = 0;
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

}  // namespace recurrence::inner
}  // namespace frontdesk::inline v1
