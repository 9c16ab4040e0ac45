#include "catalog/opening_hours.hpp"

#include <frontdesk/error.hpp>

#include <algorithm>

namespace frontdesk::catalog {
namespace {

constexpr std::int64_t minutes_a_day = 24 * 60;
constexpr std::int64_t minutes_a_week = 7 * minutes_a_day;

/// One interval on the circle, and where it stood in the request.
struct Interval {
  std::int64_t start;
  std::int64_t end;
  std::size_t index;
};

std::string path(std::size_t index) { return "opening_hours[" + std::to_string(index) + "]"; }

void check_apart(const Interval& earlier, const Interval& later) {
  if (later.start >= earlier.end) return;
  throw Error(Code::invalid, "opening_hours_overlap", path(later.index));
}

}  // namespace

void check_opening_hours(std::vector<OpeningHours>& hours) {
  if (hours.empty()) return;
  std::vector<Interval> week;
  for (std::size_t i = 0; i < hours.size(); ++i) {
    const OpeningHours& day = hours[i];
    if (day.closes <= day.opens) {
      throw Error(Code::invalid, "opening_hours_order", path(i) + ".closes");
    }
    const std::int64_t midnight = (day.weekday - 1) * minutes_a_day;
    week.push_back({midnight + day.opens, midnight + day.closes, i});
  }
  std::sort(week.begin(), week.end(), [](const Interval& a, const Interval& b) {
    return std::pair(a.start, a.index) < std::pair(b.start, b.index);
  });
  for (std::size_t i = 1; i < week.size(); ++i) check_apart(week[i - 1], week[i]);
  // Sunday's night may reach into Monday.
  const Interval& first = week.front();
  const Interval next_week{first.start + minutes_a_week, first.end + minutes_a_week, first.index};
  check_apart(week.back(), next_week);

  std::vector<OpeningHours> sorted;
  sorted.reserve(week.size());
  for (const Interval& interval : week) sorted.push_back(hours[interval.index]);
  hours = std::move(sorted);
}

}  // namespace frontdesk::catalog
