// Terms and limits on the calendar: examples of SPEC, and properties over all zones and the years
// 2000 to 2100 (SPEC V2, V5).
#include "club.hpp"

#include "base/zones.hpp"
#include "plans/calendar.hpp"

#include <date/tz.h>
#include <random>

using namespace frontdesk;
using namespace frontdesk::plans;
using testing::on;

namespace {

constexpr int first_year = 2000;
constexpr int last_year = 2100;

/// The last day by walking: the day before the same day of a later month, where there is one.
Date walked(Date start, int months) {
  int year = static_cast<int>(start.year());
  unsigned month = static_cast<unsigned>(start.month());
  for (int i = 0; i < months; ++i) {
    if (++month > 12) {
      month = 1;
      ++year;
    }
  }
  const Date same = std::chrono::year{year} / std::chrono::month{month} / start.day();
  if (same.ok()) return plus_days(same, -1);
  Date last = std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{31};
  while (!last.ok()) last = last.year() / last.month() / (last.day() - std::chrono::days{1});
  return last;
}

bool is_last_of_month(Date day) { return plus_days(day, 1).day() == std::chrono::day{1}; }

}  // namespace

TEST_CASE("a month ends the day before the same day, or with a shorter month", "[V2]") {
  CHECK(last_of_months(on(2026, 3, 25), 1) == on(2026, 4, 24));
  CHECK(last_of_months(on(2026, 1, 31), 1) == on(2026, 2, 28));
  CHECK(last_of_months(on(2028, 1, 31), 1) == on(2028, 2, 29));
  CHECK(last_of_months(on(2026, 1, 30), 1) == on(2026, 2, 28));
  CHECK(last_of_months(on(2026, 1, 29), 1) == on(2026, 2, 28));
  CHECK(last_of_months(on(2026, 1, 28), 1) == on(2026, 2, 27));
  CHECK(last_of_months(on(2026, 2, 1), 1) == on(2026, 2, 28));
  CHECK(last_of_months(on(2024, 2, 29), 12) == on(2025, 2, 28));
  CHECK(last_of_months(on(2026, 12, 31), 2) == on(2027, 2, 28));
  CHECK(last_of_months(on(2026, 8, 31), 1) == on(2026, 9, 30));
  Terms ten;
  ten.days = 10;
  CHECK(last_of_term(on(2026, 2, 25), ten) == on(2026, 3, 6));
}

TEST_CASE("for every day of a century terms are right, ordered and whole", "[V2]") {
  const Date end = on(last_year, 12, 31);
  for (int months : {1, 2, 3, 6, 12, 25}) {
    Date before = last_of_months(on(first_year - 1, 12, 31), months);
    std::int64_t wrong = 0;
    for (Date day = on(first_year, 1, 1); day <= end; day = plus_days(day, 1)) {
      const Date last = last_of_months(day, months);
      const bool is_right = last.ok() && last == walked(day, months) && last >= day;
      const bool is_ordered = last >= before;  // who starts later never ends earlier
      const std::int64_t length = days_between(day, last) + 1;
      const bool is_whole = length >= 28 * months && length <= 31 * months;
      if (!is_right || !is_ordered || !is_whole) ++wrong;
      before = last;
    }
    INFO(months << " months");
    CHECK(wrong == 0);
  }
}

TEST_CASE("a week runs from Monday to Monday", "[V5]") {
  CHECK(week_of(on(2026, 3, 2)) == Days{on(2026, 3, 2), on(2026, 3, 9)});
  CHECK(week_of(on(2026, 3, 8)) == Days{on(2026, 3, 2), on(2026, 3, 9)});
  CHECK(week_of(on(2026, 1, 1)) == Days{on(2025, 12, 29), on(2026, 1, 5)});
}

TEST_CASE("months of a limit are those of the calendar, or from the first day", "[V5]") {
  const Date start = on(2026, 1, 31);
  CHECK(month_of(on(2026, 2, 10), MonthBasis::calendar, start) ==
        Days{on(2026, 2, 1), on(2026, 3, 1)});
  CHECK(month_of(on(2026, 12, 31), MonthBasis::calendar, start) ==
        Days{on(2026, 12, 1), on(2027, 1, 1)});
  CHECK(month_of(on(2026, 1, 31), MonthBasis::anniversary, start) ==
        Days{on(2026, 1, 31), on(2026, 3, 1)});
  CHECK(month_of(on(2026, 3, 30), MonthBasis::anniversary, start) ==
        Days{on(2026, 3, 1), on(2026, 3, 31)});
  CHECK(month_of(on(2026, 3, 31), MonthBasis::anniversary, start) ==
        Days{on(2026, 3, 31), on(2026, 5, 1)});
}

TEST_CASE("months from any first day follow each other without gap or overlap", "[V5]") {
  std::mt19937 random(6);
  std::int64_t wrong = 0;
  for (int round = 0; round < 300; ++round) {
    const Date start =
        plus_days(on(first_year, 1, 1), static_cast<std::int64_t>(random() % 36'000));
    Date expected = start;
    for (Date day = start; days_between(start, day) < 800; day = plus_days(day, 1)) {
      const Days month = month_of(day, MonthBasis::anniversary, start);
      if (!month.has(day)) ++wrong;
      if (month.first != expected && month.first != day) ++wrong;
      if (month.first == day) expected = day;
      // The first month is a term of one month: limits and terms agree.
      if (month.first == start && plus_days(month.end, -1) != last_of_months(start, 1)) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("days are local in every zone and year: one ends where the next begins", "[V2]") {
  std::mt19937 random(12);
  std::int64_t wrong = 0;
  std::int64_t zones_seen = 0;
  for (const auto& zone : date::get_tzdb().zones) {
    if (!zones::known(zone.name())) continue;
    ++zones_seen;
    for (int year = first_year; year <= last_year; year += 4) {
      const int of_year = year + static_cast<int>(random() % 4);
      const Date start = plus_days(on(of_year, 1, 1), static_cast<std::int64_t>(random() % 365));
      const Date last = last_of_months(start, 1 + static_cast<int>(random() % 12));
      const Instant begins = zones::start_of_day(start, zone.name());
      const Instant ends = zones::start_of_day(plus_days(last, 1), zone.name());
      // The last second is still the last day, the moment itself is not; skipped days aside.
      const bool is_right =
          zones::local_date(ends - std::chrono::seconds{1}, zone.name()) <= last &&
          zones::local_date(ends, zone.name()) > last &&
          zones::local_date(begins, zone.name()) >= start && begins < ends;
      if (!is_right) ++wrong;
    }
  }
  CHECK(zones_seen > 300);
  CHECK(wrong == 0);
}

TEST_CASE("the last day of a month is reached only by starts that ask for it", "[V2]") {
  for (Date day = on(2026, 1, 1); day <= on(2028, 12, 31); day = plus_days(day, 1)) {
    const Date last = last_of_months(day, 1);
    if (last.month() == day.month()) CHECK((day.day() == std::chrono::day{1}));
    if (is_last_of_month(last)) {
      const bool asks =
          day.day() == std::chrono::day{1} || unsigned(day.day()) > unsigned(last.day());
      CHECK(asks);
    }
  }
}
