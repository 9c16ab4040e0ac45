// Checking and printing of rules.
#include "base/recurrence_rule.hpp"

#include "base/zones.hpp"

#include <frontdesk/error.hpp>

#include <algorithm>

namespace frontdesk::inline v1::recurrence {
namespace inner {

std::optional<Conflict> conflict_of(const Rule& rule) {
  const bool is_yearly = rule.frequency == Frequency::yearly;
  const bool takes_year_days = is_yearly || rule.frequency < Frequency::daily;
  const bool has_ordinals = std::any_of(rule.by_day.begin(), rule.by_day.end(),
                                        [](const RuleDay& day) { return day.ordinal != 0; });
  const bool takes_ordinals =
      rule.frequency == Frequency::monthly || (is_yearly && rule.by_week.empty());
  if (rule.count && rule.until) return Conflict{"rule_count_and_until", "COUNT"};
  if (rule.frequency == Frequency::weekly && !rule.by_month_day.empty()) {
    return Conflict{"rule_part_not_allowed", "BYMONTHDAY"};
  }
  if (!takes_year_days && !rule.by_year_day.empty()) {
    return Conflict{"rule_part_not_allowed", "BYYEARDAY"};
  }
  if (!is_yearly && !rule.by_week.empty()) return Conflict{"rule_part_not_allowed", "BYWEEKNO"};
  if (has_ordinals && !takes_ordinals) return Conflict{"rule_ordinal_not_allowed", "BYDAY"};
  if (!rule.by_set_position.empty()) {
    const bool has_others =
        !rule.by_day.empty() ||
        std::any_of(list_parts.begin(), list_parts.end() - 1,
                    [&rule](const ListPart& part) { return !(rule.*part.list).empty(); });
    if (!has_others) return Conflict{"rule_set_position_alone", "BYSETPOS"};
  }
  return std::nullopt;
}

bool stands_before(const RuleDay& one, const RuleDay& other) {
  if (one.ordinal != other.ordinal) return one.ordinal < other.ordinal;
  return one.weekday.iso_encoding() < other.weekday.iso_encoding();
}

std::string text_of(const RuleDay& day) {
  std::string text = day.ordinal == 0 ? std::string() : std::to_string(day.ordinal);
  const unsigned index = day.weekday.iso_encoding() - 1;
  return text += index < 7 ? weekday_names[index] : std::string_view("?");
}

}  // namespace inner

namespace {

using inner::list_parts;
using inner::ListPart;

bool is_in_range(const Rule& rule) {
  const auto frequency = static_cast<unsigned>(rule.frequency);
  if (frequency >= std::size(inner::frequency_names)) return false;
  if (rule.interval < 1 || rule.interval > interval_max) return false;
  if (rule.count && (*rule.count < 1 || *rule.count > count_max)) return false;
  if (!rule.week_start.ok()) return false;
  for (const ListPart& part : list_parts) {
    for (const int value : rule.*part.list) {
      if (!part.allows(value)) return false;
    }
  }
  return std::all_of(rule.by_day.begin(), rule.by_day.end(), [](const RuleDay& day) {
    return day.weekday.ok() && day.ordinal >= -inner::ordinal_max &&
           day.ordinal <= inner::ordinal_max;
  });
}

/// `20261120T093000Z`
std::string compact(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '-' || c == ':'; }),
             text.end());
  return text;
}

void print_numbers(const ListPart& part, const Rule& rule, std::string& out) {
  std::vector<int> values = rule.*part.list;
  if (values.empty()) return;
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  out += ';';
  out += part.name;
  char separator = '=';
  for (const int value : values) {
    out += separator + std::to_string(value);
    separator = ',';
  }
}

void print_days(const Rule& rule, std::string& out) {
  std::vector<RuleDay> days = rule.by_day;
  if (days.empty()) return;
  std::sort(days.begin(), days.end(), inner::stands_before);
  days.erase(std::unique(days.begin(), days.end()), days.end());
  out += ";BYDAY";
  char separator = '=';
  for (const RuleDay& day : days) {
    out += separator + inner::text_of(day);
    separator = ',';
  }
}

}  // namespace

void validate(const Rule& rule) {
  if (is_in_range(rule) && !inner::conflict_of(rule)) return;
  parse(print(rule));
  throw Error(Code::invalid, "rule_part_malformed", {}, {{"value", print(rule)}});
}

std::string print(const Rule& rule) {
  const auto frequency = static_cast<unsigned>(rule.frequency);
  std::string out = "FREQ=";
  out += frequency < std::size(inner::frequency_names) ? inner::frequency_names[frequency]
                                                       : std::string_view("?");
  if (rule.until) {
    out += ";UNTIL=";
    out +=
        compact(std::visit([](const auto& moment) { return zones::print(moment); }, *rule.until));
  }
  if (rule.count) out += ";COUNT=" + std::to_string(*rule.count);
  if (rule.interval != 1) out += ";INTERVAL=" + std::to_string(rule.interval);
  for (std::size_t i = 0; i < list_parts.size(); ++i) {
    if (i == 3) print_days(rule, out);
    print_numbers(list_parts[i], rule, out);
  }
  if (rule.week_start != std::chrono::Monday) {
    out += ";WKST=" + inner::text_of({rule.week_start, 0});
  }
  return out;
}

}  // namespace frontdesk::inline v1::recurrence
