#include "plans/calendar.hpp"

#include <algorithm>

namespace frontdesk::plans {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

std::int64_t number_of(Date day) { return sys_days{day}.time_since_epoch().count(); }

std::optional<std::int64_t> number_of(const std::optional<Date>& day) {
  if (!day) return std::nullopt;
  return number_of(*day);
}

Date date_of(std::int64_t number) { return Date{sys_days{days{number}}}; }

Date plus_days(Date day, std::int64_t count) { return Date{sys_days{day} + days{count}}; }

std::int64_t days_between(Date from, Date until) {
  return (sys_days{until} - sys_days{from}).count();
}

Date last_of_months(Date start, std::int64_t count) {
  const Date same_day = start + months{count};
  if (same_day.ok()) return plus_days(same_day, -1);
  return Date{same_day.year() / same_day.month() / std::chrono::last};
}

Date last_of_term(Date start, const Terms& terms) {
  if (terms.days) return plus_days(start, *terms.days - 1);
  return last_of_months(start, terms.months.value_or(1));
}

Date first_of_term(Date last, const Terms& terms) {
  const Date end = plus_days(last, 1);
  if (terms.days) return plus_days(end, -*terms.days);
  const Date start = end - months{terms.months.value_or(1)};
  return start.ok() ? start : Date{start.year() / start.month() / std::chrono::last};
}

Days week_of(Date day) {
  const std::chrono::weekday weekday{sys_days{day}};
  const Date monday = plus_days(day, -static_cast<std::int64_t>(weekday.iso_encoding() - 1));
  return {monday, plus_days(monday, 7)};
}

Days month_of(Date day, MonthBasis basis, Date start) {
  if (basis == MonthBasis::calendar) {
    const Date first = day.year() / day.month() / std::chrono::day{1};
    return {first, first + months{1}};
  }
  // Month k ends where a term of k months would, so that months and terms never disagree.
  std::int64_t k = 12 * (static_cast<int>(day.year()) - static_cast<int>(start.year())) +
                   static_cast<unsigned>(day.month()) - static_cast<unsigned>(start.month());
  k = std::max<std::int64_t>(k - 1, 0);
  while (last_of_months(start, k + 1) < day) ++k;
  const Date first = k == 0 ? start : plus_days(last_of_months(start, k), 1);
  return {first, plus_days(last_of_months(start, k + 1), 1)};
}

}  // namespace frontdesk::plans
