/// A rule and its start worked out for expansion: masks of days for every kind of year, times of
/// day, and how the interval strides through them.
#pragma once

#include "base/recurrence_calendar.hpp"

namespace frontdesk::inline v1::recurrence::inner {

/// What INTERVAL lets through within a year, where that is not the same every year.
struct Stride {
  enum class Unit { none, month, week, day };
  Unit unit = Unit::none;
  Count step = 1;
  Count origin = 0;   ///< Number of the period that the start is in.
  Count per_day = 1;  ///< Periods in a day, for `day`.

  /// Which of the year's periods is the first one visited, from 0 to step - 1.
  Count phase(const Year& year) const;
  /// The days of visited periods.
  DayMask mask(const Year& year, Count phase) const;
};

/// Times of day. Periods shorter than a day stride through it; each gives the same offsets.
struct DayTimes {
  Count period_seconds = day_seconds;
  int periods = 1;  ///< In a day.
  Count step = 1;
  Count origin = 0;  ///< Number of the period that the start is in.
  std::uint64_t hours = ~std::uint64_t{0};
  std::uint64_t minutes = ~std::uint64_t{0};
  std::uint64_t seconds = ~std::uint64_t{0};
  bool filtered = false;       ///< Some hours, minutes or seconds are not allowed.
  std::vector<int> offsets{};  ///< Seconds within a period, sorted.
  /// How many periods of a day are allowed. Days repeat after so many as there are counts.
  std::vector<std::uint32_t> counts{};

  /// The first visited period of a day; may lie beyond the day.
  Count phase(Count day) const {
    return periods == 1 ? 0 : floor_rest(origin - day * periods, step);
  }
  /// The first allowed period at or after `period`, or -1.
  int next_period(int period, Count phase) const;
  /// Allowed periods of a day that the stride visits.
  Count count(Count day) const;
};

/// Set positions over several days of several times each come down to certain days for each of
/// certain times.
struct Layer {
  int offset = 0;
  std::vector<int> positions{};
};

class YearDays;

class Plan {
 public:
  /// The rule has to be valid.
  Plan(const Rule& rule, Count start);

  Count start = 0;
  /// Nothing occurs after it; before the start if nothing does at all.
  Count last = local_max;
  Years years{};
  int year_step = 1;
  int first_year = 0;
  std::vector<DayMask> masks{};
  std::vector<Layer> layers{};  ///< None: every allowed day has all times.
  Frequency period = Frequency::yearly;
  Stride stride{};
  DayTimes times{};

 private:
  void prepare_stride(const Rule& rule);
  void end_with_count(Count count);
  Count repeat_years() const;
  int leap_over(YearDays& days, int number, int last_year, Count& count) const;
};

/// The days of one year that a plan visits.
class YearDays {
 public:
  explicit YearDays(const Plan& plan) : plan_(&plan) {}

  /// Goes to a year without working out its days.
  void enter(int number);
  const Year& year() const { return year_; }
  /// Goes to a year and works out its days.
  void load(int number);
  const DayMask& mask() const { return *mask_; }
  /// The times of a day that is in the mask; valid until the next call.
  std::span<const int> offsets(int day);
  /// Occurrences in the whole year that was entered, which need not be loaded.
  Count count();
  /// Occurrences on a day that is in the mask.
  Count count(int day);

 private:
  void find_days();
  Count count_anew();

  const Plan* plan_;
  Year year_{};
  Count phase_ = 0;
  const DayMask* mask_ = nullptr;
  DayMask own_mask_{};
  std::vector<DayMask> layer_masks_{};
  std::vector<int> layer_offsets_{};
  std::vector<std::int32_t> known_counts_{};  ///< By kind of year and phase.
};

}  // namespace frontdesk::inline v1::recurrence::inner
