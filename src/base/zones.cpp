#include "base/zones.hpp"

#include <frontdesk/error.hpp>

#include <date/tz.h>

#include <cstdint>
#include <limits>
#include <new>

namespace frontdesk::zones {
namespace {

using Count = std::int64_t;  // seconds since 1970, of an instant or of a local time
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr Count day_seconds = 86'400;
constexpr Count count_never = std::numeric_limits<Count>::max();
constexpr Count days_of(year_month_day day) { return sys_days(day).time_since_epoch().count(); }
constexpr Count count_min = days_of(year(0) / 1 / 1) * day_seconds;
constexpr Count count_max = (days_of(year(9999) / 12 / 31) + 1) * day_seconds - 1;

void check_range(Count count) {
  if (count < count_min || count > count_max) throw Error(Code::invalid, "time_out_of_range");
}

void check_date(Date date) {
  if (!date.ok() || date.year() < year(0) || date.year() > year(9999)) {
    throw Error(Code::invalid, "date_invalid");
  }
}

Count floor_days(Count count) {
  return count >= 0 ? count / day_seconds : -((-count + day_seconds - 1) / day_seconds);
}

year_month_day day_at(Count days) { return year_month_day(sys_days(std::chrono::days(days))); }

/// A zone as this thread last used it.
struct Rules {
  std::string name{};
  const date::time_zone* zone = nullptr;
  int last_year = 0;              ///< the last one the table covers, where daylight saving goes on
  Count table_end = count_never;  ///< end of that year
  // The stretch between two changes that was asked for last.
  Count begin = 0;
  Count end = 0;
  Count offset = 0;
};

void keep_stretch(Rules& rules, const date::sys_info& info) {
  rules.begin = info.begin.time_since_epoch().count();
  rules.end = info.end.time_since_epoch().count();
  rules.offset = info.offset.count();
}

void load_stretch(Rules& rules, Count count) {
  keep_stretch(rules, rules.zone->get_info(Instant(std::chrono::seconds(count))));
}

Rules loaded(std::string_view name) {
  // `localtime` is whatever this machine is set to, which a file must not depend on.
  if (name.empty() || name == "localtime") return {};
  try {
    date::get_tzdb();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    throw Error(Code::unsupported, "zones_missing");
  }
  Rules rules;
  try {
    rules.zone = date::locate_zone(name);
    load_stretch(rules, count_max);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    return {};
  }
  rules.name = name;
  // Debian's tables end with 2037 or later. A zone that changes its clocks up to that year goes on
  // doing so; one whose last change is older has a fixed offset.
  const int last_year = static_cast<int>(day_at(floor_days(rules.begin)).year());
  if (last_year >= 2037) {
    rules.last_year = last_year;
    rules.table_end = days_of(year(last_year + 1) / 1 / 1) * day_seconds;
  }
  return rules;
}

/// Null where there is no such zone. Finding one anew costs a search, so the last stays at hand.
Rules* find(std::string_view name) {
  thread_local Rules current;
  if (current.zone == nullptr || current.name != name) {
    Rules found = loaded(name);
    if (found.zone == nullptr) return nullptr;
    current = std::move(found);
  }
  return &current;
}

Rules& rules_of(std::string_view name) {
  Rules* rules = find(name);
  if (rules == nullptr) {
    throw Error(Code::invalid, "zone_unknown", {}, {{"zone", std::string(name)}});
  }
  return *rules;
}

/// Seconds from a time beyond the table to its stand-in within it. From March on, rules speak of
/// the nth or last weekday of a month, so the stand-in is the latest year whose months begin on the
/// same weekdays; 29 February goes with 1 March, so that leap years need no other years than the
/// rest. The latest, because the further back, the likelier are rules that hold no more. In January
/// and February no zone changes its clocks, and the last year serves as it is.
Count to_table(const Rules& rules, Count count) {
  const Count days = floor_days(count);
  const year_month_day day = day_at(days);
  const bool leap_day = day.month() == std::chrono::February && day.day() == std::chrono::day(29);
  const int first_month = leap_day || day.month() >= std::chrono::March ? 3 : 1;
  const auto first_day = [first_month](year of) { return days_of(of / first_month / 1); };
  const Count wanted = first_day(day.year());
  year stand_in(rules.last_year);
  while (first_month == 3 && (wanted - first_day(stand_in)) % 7 != 0) --stand_in;
  return (first_day(stand_in) - wanted) * day_seconds;
}

Count shift_of(const Rules& rules, Count count) {
  return count < rules.table_end ? 0 : to_table(rules, count);
}

Count offset_at(Rules& rules, Count instant) {
  instant += shift_of(rules, instant);
  if (instant < rules.begin || instant >= rules.end) load_stretch(rules, instant);
  return rules.offset;
}

date::local_info local_info(const Rules& rules, Count local) {
  return rules.zone->get_info(date::local_seconds(std::chrono::seconds(local)));
}

// Printing and parsing.

void put(char* target, int digits, int number) {
  for (int i = digits; i-- > 0; number /= 10) target[i] = static_cast<char>('0' + number % 10);
}

void put_date(char* target, Date date) {
  put(target, 4, static_cast<int>(date.year()));
  target[4] = '-';
  put(target + 5, 2, static_cast<int>(static_cast<unsigned>(date.month())));
  target[7] = '-';
  put(target + 8, 2, static_cast<int>(static_cast<unsigned>(date.day())));
}

/// `2026-11-20T09:30:00`
void put_time(char* target, Count count) {
  check_range(count);
  const Count days = floor_days(count);
  const int second = static_cast<int>(count - days * day_seconds);
  put_date(target, day_at(days));
  target[10] = 'T';
  put(target + 11, 2, second / 3600);
  target[13] = ':';
  put(target + 14, 2, second / 60 % 60);
  target[16] = ':';
  put(target + 17, 2, second % 60);
}

/// A number of exactly so many digits; negative where the text is anything else.
int number(std::string_view text) {
  int result = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    result = result * 10 + (c - '0');
  }
  return result;
}

/// Seconds of `09:30` or `09:30:00` within the day; negative for anything else.
Count clock_time(std::string_view text) {
  const int hour = number(text.substr(0, 2));
  const int minute = number(text.substr(3, 2));
  const int second = text.size() == 8 ? number(text.substr(6, 2)) : 0;
  const bool good = (text.size() == 5 || (text.size() == 8 && text[5] == ':')) && text[2] == ':' &&
                    hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 &&
                    second < 60;
  return good ? Count{hour} * 3600 + minute * 60 + second : -1;
}

std::optional<Count> parse_time(std::string_view text) {
  if (text.size() != 19 || text[10] != 'T') return std::nullopt;
  const std::optional<Date> date = parse_date(text.substr(0, 10));
  const Count second = clock_time(text.substr(11));
  if (!date || second < 0) return std::nullopt;
  return days_of(*date) * day_seconds + second;
}

}  // namespace

bool known(std::string_view zone) { return find(zone) != nullptr; }

LocalTime to_local(Instant instant, std::string_view zone) {
  const Count count = instant.time_since_epoch().count();
  check_range(count);
  return LocalTime(std::chrono::seconds(count + offset_at(rules_of(zone), count)));
}

Instant to_instant(LocalTime local, std::string_view zone) {
  const Count count = local.time_since_epoch().count();
  check_range(count);
  Rules& rules = rules_of(zone);
  const Count near = count + shift_of(rules, count);
  // More than a day from any change no offset is in doubt.
  if (near - day_seconds >= rules.begin && near + day_seconds < rules.end) {
    return Instant(std::chrono::seconds(count - rules.offset));
  }
  // The offset before the change serves a gap and an hour that comes twice alike (RFC 5545 §3.3.5).
  const date::local_info info = local_info(rules, near);
  if (info.result == date::local_info::unique) keep_stretch(rules, info.first);
  return Instant(std::chrono::seconds(count - info.first.offset.count()));
}

Date local_date(Instant instant, std::string_view zone) {
  return day_at(floor_days(to_local(instant, zone).time_since_epoch().count()));
}

Instant start_of_day(Date day, std::string_view zone) {
  check_date(day);
  const Count midnight = days_of(day) * day_seconds;
  Rules& rules = rules_of(zone);
  const Count shift = shift_of(rules, midnight);
  const date::local_info info = local_info(rules, midnight + shift);
  if (info.result == date::local_info::nonexistent) {
    return Instant(info.first.end.time_since_epoch() - std::chrono::seconds(shift));
  }
  return Instant(std::chrono::seconds(midnight - info.first.offset.count()));
}

int age(Date birth, Date on) {
  const int years = static_cast<int>(on.year()) - static_cast<int>(birth.year());
  const auto day_of_year = [](Date date) {
    return std::pair(static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  };
  return day_of_year(on) < day_of_year(birth) ? years - 1 : years;
}

std::string print(Instant instant) {
  std::string text(20, 'Z');
  put_time(text.data(), instant.time_since_epoch().count());
  return text;
}

std::string print(LocalTime local) {
  std::string text(19, ' ');
  put_time(text.data(), local.time_since_epoch().count());
  return text;
}

std::string print(Date date) {
  check_date(date);
  std::string text(10, ' ');
  put_date(text.data(), date);
  return text;
}

std::optional<Instant> parse_instant(std::string_view text) {
  const std::optional<Count> local = parse_time(text.substr(0, 19));
  if (!local) return std::nullopt;
  const std::string_view zone = text.substr(19);
  if (zone == "Z") return Instant(std::chrono::seconds(*local));
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const Count offset = clock_time(zone.substr(1));
  if (offset < 0) return std::nullopt;
  const Count count = zone[0] == '+' ? *local - offset : *local + offset;
  if (count < count_min || count > count_max) return std::nullopt;
  return Instant(std::chrono::seconds(count));
}

std::optional<LocalTime> parse_local(std::string_view text) {
  const std::optional<Count> count = parse_time(text);
  if (!count) return std::nullopt;
  return LocalTime(std::chrono::seconds(*count));
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int years = number(text.substr(0, 4));
  const int month = number(text.substr(5, 2));
  const int day = number(text.substr(8, 2));
  if (years < 0 || month < 0 || day < 0) return std::nullopt;
  const Date date = year(years) / month / day;
  if (!date.ok()) return std::nullopt;
  return date;
}

}  // namespace frontdesk::zones
