// Patterns in words. The grammar of a language stands in its texts: forms of words for each place,
// their gender, a rule for plurals, and how clauses make a sentence (SPEC E18).
#include "base/recurrence_zone.hpp"
#include "base/texts.hpp"
#include "base/zones.hpp"

#include <frontdesk/recurrence.hpp>

#include <algorithm>

namespace frontdesk::inline v1::recurrence {
namespace {

using inner::Count;
using inner::floor_divide;
using inner::floor_rest;

constexpr std::string_view units[] = {"second", "minute", "hour", "day", "week", "month", "year"};
constexpr std::size_t times_listed_max = 12;

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

/// Takes up to `separator` from the front.
std::string_view take(std::string_view& text, std::string_view separator) {
  const std::size_t end = text.find(separator);
  const std::string_view piece = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + separator.size());
  return piece;
}

Count number_of(std::string_view text) {
  Count number = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  }
  return number;
}

/// `n % 100 != 12..14`
bool holds(std::string_view condition, Count number) {
  const bool is_negated = condition.find("!=") != std::string_view::npos;
  std::string_view range = condition;
  const std::string_view left = take(range, is_negated ? "!=" : "=");
  if (const std::size_t percent = left.find('%'); percent != std::string_view::npos) {
    number %= std::max(number_of(left.substr(percent)), Count{1});
  }
  const Count low = number_of(take(range, ".."));
  const Count high = range.empty() ? low : number_of(range);
  return (number >= low && number <= high) != is_negated;
}

/// The category of a number by a rule such as `one: n = 1; few: n % 10 = 2..4 and n % 100 != 12`.
std::string plural_category(std::string_view rules, Count number) {
  while (!rules.empty()) {
    std::string_view conditions = take(rules, ";");
    const std::string_view category = take(conditions, ":");
    bool fits = true;
    while (!conditions.empty()) fits = holds(take(conditions, " and "), number) && fits;
    if (fits) return trimmed(category);
  }
  return "many";
}

using List = std::vector<std::string>;

class Words {
 public:
  Words(const Pattern& pattern, std::string_view language)
      : pattern_(pattern),
        language_(language),
        start_(pattern.start.time_since_epoch().count()),
        start_date_(inner::date_of(floor_divide(start_, inner::day_seconds))) {}

  std::string once() const {
    return get("once", {{"date", date_of_year(start_date_)}, {"times", times({})}});
  }

  std::string sentence() const {
    const Rule& rule = *pattern_.rule;
    std::string text = get("sentence", {{"every", every(rule)},
                                        {"days", days(rule)},
                                        {"months", months(rule)},
                                        {"times", times(rule)}});
    // Clauses that say nothing leave their spaces.
    const auto twice = [](char one, char other) { return one == ' ' && other == ' '; };
    text.erase(std::unique(text.begin(), text.end(), twice), text.end());
    text = trimmed(text);
    if (weekdays_limit(rule)) {
      add_clause(text, get("if_weekday", {{"list", weekday_list(rule, "name")}}));
    }
    add_clause(text, set_positions(rule));
    add_clause(text, end(rule));
    return text;
  }

 private:
  std::string get(const std::string& key, const texts::Arguments& arguments = {}) const {
    return texts::get(language_, "recurrence." + key, arguments);
  }
  void add_clause(std::string& text, const std::string& clause) const {
    if (!clause.empty()) text = get("clause", {{"sentence", text}, {"clause", clause}});
  }
  std::string plural(const std::string& key, Count number) const {
    return get(key + '.' + plural_category(get("plural"), number), {{"number", number}});
  }
  std::string listed(const List& list) const {
    std::string text = list.empty() ? std::string() : list.front();
    for (std::size_t i = 1; i < list.size(); ++i) {
      const bool is_last = i + 1 == list.size();
      text = get(is_last ? "list.last" : "list.more", {{"first", text}, {"last", list[i]}});
    }
    return text;
  }
  std::string date_of_year(Date date) const {
    return get("date_of_year", {{"day", std::int64_t{static_cast<unsigned>(date.day())}},
                                {"month", month("date", date.month())},
                                {"year", std::int64_t{static_cast<int>(date.year())}}});
  }
  std::string month(const std::string& form, std::chrono::month of) const {
    return get("month." + form + '.' + std::to_string(static_cast<unsigned>(of)));
  }
  std::string weekday(const std::string& form, std::chrono::weekday of) const {
    return get("weekday." + form + '.' + std::to_string(of.iso_encoding()));
  }

  /// Plain weekdays of every week or day say how often by themselves.
  static bool weekdays_are_period(const Rule& rule) {
    return rule.interval == 1 && (rule.frequency == Frequency::weekly ||
                                  (rule.frequency == Frequency::daily &&
                                   rule.by_month_day.empty() && !rule.by_day.empty()));
  }
  /// Weekdays beside days of the month or year only narrow those down.
  static bool weekdays_limit(const Rule& rule) {
    return !rule.by_day.empty() && !(rule.by_month_day.empty() && rule.by_year_day.empty()) &&
           std::all_of(rule.by_day.begin(), rule.by_day.end(),
                       [](const RuleDay& day) { return day.ordinal == 0; });
  }

  std::string every(const Rule& rule) const;
  std::string days(const Rule& rule) const;
  std::string months(const Rule& rule) const;
  std::string times(const Rule& rule) const;
  std::string set_positions(const Rule& rule) const;
  std::string end(const Rule& rule) const;
  std::string weekday_list(const Rule& rule, const std::string& form) const;
  std::string ordinal(const RuleDay& day) const;
  std::string counted(const std::string& key, std::vector<int> numbers) const;
  std::string parts_of_day(const Rule& rule) const;

  const Pattern& pattern_;
  std::string_view language_;
  Count start_;
  Date start_date_;
};

std::string Words::every(const Rule& rule) const {
  if (weekdays_are_period(rule)) {
    return get("every_weekday", {{"list", weekday_list(rule, "each")}});
  }
  const std::string unit(units[static_cast<std::size_t>(rule.frequency)]);
  return rule.interval == 1 ? get("every." + unit) : plural("every_number." + unit, rule.interval);
}

std::string Words::ordinal(const RuleDay& day) const {
  const texts::Arguments arguments{{"day", weekday("name", day.weekday)},
                                   {"number", std::int64_t{std::abs(day.ordinal)}}};
  if (day.ordinal >= -2 && day.ordinal <= 5) {
    const std::string gender = weekday("gender", day.weekday);
    return get("ordinal." + std::to_string(day.ordinal) + '.' + gender, arguments);
  }
  return get(day.ordinal > 0 ? "ordinal.more" : "ordinal.from_end", arguments);
}

std::string Words::weekday_list(const Rule& rule, const std::string& form) const {
  List list;
  std::vector<RuleDay> of_rule = rule.by_day;
  // As people tell them: first, second, last, and by the weekday.
  std::stable_sort(of_rule.begin(), of_rule.end(), [](const RuleDay& one, const RuleDay& other) {
    return std::pair(one.ordinal < 0, one.ordinal) < std::pair(other.ordinal < 0, other.ordinal);
  });
  for (const RuleDay& day : of_rule) {
    list.push_back(day.ordinal == 0 ? weekday(form, day.weekday) : ordinal(day));
  }
  if (list.empty()) list.push_back(weekday(form, std::chrono::weekday(start_date_)));
  return listed(list);
}

/// `day 1, day 15 and the last day`
std::string Words::counted(const std::string& key, std::vector<int> numbers) const {
  if (numbers.empty()) return {};
  std::stable_sort(numbers.begin(), numbers.end(), [](int one, int other) {
    return std::pair(one < 0, std::abs(one)) < std::pair(other < 0, std::abs(other));
  });
  List list;
  for (const int number : numbers) {
    const std::string form = number > 0 ? "number" : number == -1 ? "last" : "from_end";
    list.push_back(get(key + '.' + form, {{"number", std::int64_t{std::abs(number)}}}));
  }
  return get(key + ".list", {{"list", listed(list)}});
}

std::string Words::days(const Rule& rule) const {
  std::string text;
  const auto add = [&text](const std::string& clause) {
    if (!clause.empty()) text += (text.empty() ? "" : " ") + clause;
  };
  const bool is_open = rule.by_month_day.empty() && rule.by_year_day.empty();
  const bool takes_weekday = rule.frequency == Frequency::weekly || !rule.by_week.empty();
  add(counted("month_day", rule.by_month_day));
  add(counted("year_day", rule.by_year_day));
  if (!weekdays_are_period(rule) && !weekdays_limit(rule) &&
      (!rule.by_day.empty() || (takes_weekday && is_open))) {
    const std::string on = get("on_weekday", {{"list", weekday_list(rule, "on")}});
    const bool of_year = rule.frequency == Frequency::yearly && rule.by_month.empty() &&
                         std::any_of(rule.by_day.begin(), rule.by_day.end(),
                                     [](const RuleDay& day) { return day.ordinal != 0; });
    add(of_year ? get("of_year", {{"text", on}}) : on);
  }
  add(counted("week", rule.by_week));
  if (!text.empty() || !is_open || rule.frequency < Frequency::monthly) return text;
  // The day of the start.
  if (rule.frequency == Frequency::yearly && rule.by_month.empty()) {
    const auto day = std::int64_t{static_cast<unsigned>(start_date_.day())};
    const std::string date =
        get("date", {{"day", day}, {"month", month("date", start_date_.month())}});
    return get("on_date", {{"date", date}});
  }
  return counted("month_day", {static_cast<int>(static_cast<unsigned>(start_date_.day()))});
}

std::string Words::months(const Rule& rule) const {
  if (rule.by_month.empty()) return {};
  List list;
  for (const int number : rule.by_month) {
    list.push_back(month("in", std::chrono::month(static_cast<unsigned>(number))));
  }
  return get("in_month", {{"list", listed(list)}});
}

/// `in the hours 9 and 10`, for what strides through the day.
std::string Words::parts_of_day(const Rule& rule) const {
  std::string text;
  const auto add = [&](const std::string& key, const std::vector<int>& numbers) {
    if (numbers.empty()) return;
    List list;
    for (const int number : numbers) list.push_back(std::to_string(number));
    text += (text.empty() ? "" : " ") + get(key, {{"list", listed(list)}});
  };
  add("in_hour", rule.by_hour);
  add("in_minute", rule.by_minute);
  add("in_second", rule.by_second);
  return text;
}

std::string Words::times(const Rule& rule) const {
  const auto second = static_cast<int>(floor_rest(start_, inner::day_seconds));
  const auto own = [](const std::vector<int>& values, int of_start) {
    return values.empty() ? std::vector<int>{of_start} : values;
  };
  const std::vector<int> hours = own(rule.by_hour, second / 3600);
  const std::vector<int> minutes = own(rule.by_minute, second / 60 % 60);
  const std::vector<int> seconds = own(rule.by_second, second % 60);
  if (rule.frequency < Frequency::daily ||
      hours.size() * minutes.size() * seconds.size() > times_listed_max) {
    return parts_of_day(rule);
  }
  const auto two_digits = [](int number) {
    return std::string(number < 10 ? "0" : "") + std::to_string(number);
  };
  List list;
  for (const int hour : hours) {
    for (const int minute : minutes) {
      for (const int each : seconds) {
        list.push_back(two_digits(hour) + ':' + two_digits(minute));
        if (each != 0) list.back() += ':' + two_digits(each);
      }
    }
  }
  return get("at_time", {{"list", listed(list)}});
}

std::string Words::set_positions(const Rule& rule) const {
  if (rule.by_set_position.empty()) return {};
  const std::string unit(units[static_cast<std::size_t>(rule.frequency)]);
  List list;
  for (const int number : rule.by_set_position) {
    const std::string form = number > 0 ? "number" : number == -1 ? "last" : "from_end";
    list.push_back(get("position." + form, {{"number", std::int64_t{std::abs(number)}}}));
  }
  return get("only." + unit, {{"list", listed(list)}});
}

std::string Words::end(const Rule& rule) const {
  if (rule.count) return plural("times", *rule.count);
  if (!rule.until) return {};
  Date day;
  if (const auto* date = std::get_if<Date>(&*rule.until)) {
    day = *date;
  } else if (const auto* local = std::get_if<LocalTime>(&*rule.until)) {
    day = inner::date_of(floor_divide(local->time_since_epoch().count(), inner::day_seconds));
  } else {
    const Count instant = std::get<Instant>(*rule.until).time_since_epoch().count();
    const Count shown = inner::ZoneTable::of(pattern_.zone).to_local(instant);
    day = inner::date_of(floor_divide(shown, inner::day_seconds));
  }
  return get("until", {{"date", date_of_year(day)}});
}

}  // namespace

std::string describe(const Pattern& pattern, std::string_view language) {
  const Recurrence checked(pattern);
  const Words words(pattern, language);
  return pattern.rule ? words.sentence() : words.once();
}

}  // namespace frontdesk::inline v1::recurrence
