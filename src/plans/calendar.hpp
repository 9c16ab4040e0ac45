/// Terms and limits on the calendar (SPEC V2, V5). Pure; days are local to a centre.
#pragma once

#include <frontdesk/plans.hpp>

namespace frontdesk::plans {

/// Days of a half-open interval.
struct Days {
  Date first{};
  Date end{};

  bool operator==(const Days&) const = default;
  bool has(Date day) const { return first <= day && day < end; }
};

/// Days since 1970, as they are stored.
std::int64_t number_of(Date day);
std::optional<std::int64_t> number_of(const std::optional<Date>& day);
Date date_of(std::int64_t number);

Date plus_days(Date day, std::int64_t count);
std::int64_t days_between(Date from, Date until);

/// The last of `months` months from `start` on: the day before the same day of the month in which
/// they end, or that month's last day where it has no such day. 25 March + 1 month = 24 April;
/// 31 January + 1 month = the last of February.
Date last_of_months(Date start, std::int64_t count);
/// The last day of a term by the terms' days or months.
Date last_of_term(Date start, const Terms& terms);
/// The first day of the term that ends on `last`, or a little before it where no term ends then.
Date first_of_term(Date last, const Terms& terms);

/// Monday to Monday.
Days week_of(Date day);
/// The month that a limit counts for: of the calendar, or from the day the subscription started.
Days month_of(Date day, MonthBasis basis, Date start);

}  // namespace frontdesk::plans
