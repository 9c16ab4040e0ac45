/// What parsing, checking and printing of rules have in common: the parts and their values.
#pragma once

#include <frontdesk/recurrence.hpp>

#include <array>

namespace frontdesk::inline v1::recurrence::inner {

inline constexpr std::string_view frequency_names[] = {"SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                                       "WEEKLY",   "MONTHLY",  "YEARLY"};
/// By std::chrono::weekday::iso_encoding() - 1.
inline constexpr std::string_view weekday_names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

inline constexpr int ordinal_max = 53;

/// A part whose value is a list of numbers.
struct ListPart {
  std::string_view name;
  int minimum;
  int maximum;
  bool from_end;  ///< Takes negative numbers too, but not 0.
  std::vector<int> Rule::* list;

  bool allows(std::int64_t value) const {
    return (value >= minimum && value <= maximum) ||
           (from_end && value <= -minimum && value >= -maximum);
  }
};

/// In the order in which they are printed; BYDAY stands after the first three.
inline constexpr std::array<ListPart, 8> list_parts = {{
    {"BYSECOND", 0, 60, false, &Rule::by_second},
    {"BYMINUTE", 0, 59, false, &Rule::by_minute},
    {"BYHOUR", 0, 23, false, &Rule::by_hour},
    {"BYMONTHDAY", 1, 31, true, &Rule::by_month_day},
    {"BYYEARDAY", 1, 366, true, &Rule::by_year_day},
    {"BYWEEKNO", 1, 53, true, &Rule::by_week},
    {"BYMONTH", 1, 12, false, &Rule::by_month},
    {"BYSETPOS", 1, 366, true, &Rule::by_set_position},
}};

/// Why parts that are right by themselves do not go together.
struct Conflict {
  std::string_view reason;
  std::string_view part;
};
std::optional<Conflict> conflict_of(const Rule& rule);

/// The order of BYDAY values.
bool stands_before(const RuleDay& one, const RuleDay& other);
std::string text_of(const RuleDay& day);

}  // namespace frontdesk::inline v1::recurrence::inner
