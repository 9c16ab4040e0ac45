// recurrence: what a rule of iCalendar comes to, one occurrence a line.
#include "commands.hpp"

#include <frontdesk/error.hpp>
#include <frontdesk/recurrence.hpp>

#include <charconv>
#include <iostream>

namespace frontdesk::command {
namespace {

namespace rec = frontdesk::recurrence;

constexpr std::size_t flush_bytes = 65'536;

struct Arguments {
  std::string start{};
  std::string zone{};
  std::string rule{};
  std::string from{};
  std::string to{};
  std::size_t limit = std::numeric_limits<std::size_t>::max();
  std::vector<std::string> removed{};
  std::vector<std::string> added{};
  std::string words{};
  bool has_rule = false;
  bool is_batch = false;
};

/// Whatever was given, a message stays on its line.
std::string on_one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = '?';
  }
  return text;
}

/// `2024-01-05T18:00:00`, with `Z` for UTC; or a date alone. As iCalendar writes them, too.
rec::Moment moment_of(std::string_view text) {
  std::string compact;
  for (const char c : text) {
    if (c != '-' && c != ':') compact += c;
  }
  try {
    return *rec::parse("FREQ=DAILY;UNTIL=" + compact).until;
  } catch (const Error&) {
    throw UsageError("“" + on_one_line(std::string(text)) +
                     "” is no time; write 2024-01-05T18:00:00, with Z for UTC, or 2024-01-05");
  }
}

LocalTime midnight(Date date) { return LocalTime(std::chrono::sys_days(date).time_since_epoch()); }

LocalTime start_of(const std::string& text) {
  const rec::Moment moment = moment_of(text);
  if (const auto* date = std::get_if<Date>(&moment)) return midnight(*date);
  if (const auto* local = std::get_if<LocalTime>(&moment)) return *local;
  throw UsageError("the start is a wall-clock time, without Z");
}

/// The instant of a bound; wall-clock times are those of the zone.
Instant bound_of(const std::string& text, const std::string& zone) {
  rec::Moment moment = moment_of(text);
  if (const auto* instant = std::get_if<Instant>(&moment)) return *instant;
  if (const auto* date = std::get_if<Date>(&moment)) moment = midnight(*date);
  const rec::Recurrence once(rec::Pattern{.start = std::get<LocalTime>(moment), .zone = zone});
  return once.all().begin()->instant;
}

std::vector<rec::Moment> moments_of(const std::vector<std::string>& texts) {
  std::vector<rec::Moment> moments;
  moments.reserve(texts.size());
  for (const std::string& text : texts) moments.push_back(moment_of(text));
  return moments;
}

void put(std::string& out, char* end, int digits, int number) {
  for (int i = 0; i < digits; ++i, number /= 10) *--end = static_cast<char>('0' + number % 10);
  out.append(end, static_cast<std::size_t>(digits));
}

/// `2024-01-08T16:00:00`
void put_time(std::string& out, std::chrono::seconds count) {
  const auto days = std::chrono::floor<std::chrono::days>(count);
  const std::chrono::year_month_day date{std::chrono::sys_days(days)};
  const std::chrono::hh_mm_ss clock(count - days);
  char digits[4];
  put(out, digits + 4, 4, static_cast<int>(date.year()));
  put(out += '-', digits + 2, 2, static_cast<int>(static_cast<unsigned>(date.month())));
  put(out += '-', digits + 2, 2, static_cast<int>(static_cast<unsigned>(date.day())));
  put(out += 'T', digits + 2, 2, static_cast<int>(clock.hours().count()));
  put(out += ':', digits + 2, 2, static_cast<int>(clock.minutes().count()));
  put(out += ':', digits + 2, 2, static_cast<int>(clock.seconds().count()));
}

/// UTC in a zone, wall-clock time without one.
void put_occurrence(std::string& out, const rec::Occurrence& occurrence, bool has_zone) {
  if (has_zone) {
    put_time(out, occurrence.instant.time_since_epoch());
    out += 'Z';
  } else {
    put_time(out, occurrence.local.time_since_epoch());
  }
}

void flush(std::string& out) {
  std::cout << out;
  out.clear();
}

int list(const Arguments& given, const rec::Pattern& pattern) {
  const bool has_zone = !given.zone.empty();
  const rec::Recurrence recurrence(pattern);
  rec::Occurrences occurrences =
      given.from.empty() ? recurrence.all() : recurrence.from(bound_of(given.from, given.zone));
  const Instant to = given.to.empty() ? Instant::max() : bound_of(given.to, given.zone);
  std::size_t left = given.limit;
  std::string out;
  if (left == 0) return 0;
  for (const rec::Occurrence& occurrence : occurrences) {
    if (occurrence.instant >= to || !std::cout) break;
    put_occurrence(out, occurrence, has_zone);
    out += '\n';
    if (out.size() > flush_bytes) flush(out);
    if (--left == 0) break;
  }
  flush(out);
  return 0;
}

/// The text up to the next tab, which is taken off.
std::string take_cell(std::string_view& line) {
  const std::size_t end = std::min(line.find('\t'), line.size());
  std::string cell(line.substr(0, end));
  line.remove_prefix(std::min(end + 1, line.size()));
  return cell;
}

/// Occurrences of one line of a batch, or throws what is wrong with it.
void put_line(std::string& out, std::string_view line, const std::string& zone) {
  const LocalTime start = start_of(take_cell(line));
  const std::string rule = take_cell(line);
  const std::string limit_text = take_cell(line);
  std::size_t limit = 0;
  const char* end = limit_text.data() + limit_text.size();
  const auto read = std::from_chars(limit_text.data(), end, limit);
  if (read.ec != std::errc() || read.ptr != end) {
    throw UsageError("the limit “" + on_one_line(limit_text) + "” is no number");
  }
  if (!line.empty()) throw UsageError("a line has four cells: id, start, rule, limit");
  const rec::Recurrence recurrence(
      rec::Pattern{.start = start, .zone = zone, .rule = rec::parse(rule)});
  if (limit == 0) return;
  bool is_first = true;
  for (const rec::Occurrence& occurrence : recurrence.all()) {
    if (!is_first) out += ' ';
    is_first = false;
    put_occurrence(out, occurrence, !zone.empty());
    if (--limit == 0) break;
    if (out.size() > flush_bytes) flush(out);
  }
}

std::string told(const Error& error, const Options& options) {
  return on_one_line(error.in_language(options.call.language).message()) + " (" + error.reason() +
         ")";
}

int run_batch(const Arguments& given, const Options& options) {
  // A zone that is wrong is wrong for all lines.
  const rec::Recurrence zone_check(rec::Pattern{.start = LocalTime(), .zone = given.zone});
  std::string out;
  for (std::string line; std::cout && std::getline(std::cin, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    std::string_view cells = line;
    out += take_cell(cells) + '\t';
    try {
      put_line(out, cells, given.zone);
    } catch (const Error& error) {
      out += "ERR " + told(error, options);
    } catch (const UsageError& error) {
      out += std::string("ERR ") + error.what();
    }
    out += '\n';
    if (out.size() > flush_bytes) flush(out);
  }
  flush(out);
  return 0;
}

int run(const Arguments& given, const Options& options) {
  try {
    if (given.is_batch) return run_batch(given, options);
    if (given.start.empty() || !given.has_rule) {
      throw UsageError("recurrence needs --start and --rule, or --batch");
    }
    const rec::Pattern pattern{.start = start_of(given.start),
                               .zone = given.zone,
                               .rule = rec::parse(given.rule),
                               .added = moments_of(given.added),
                               .removed = moments_of(given.removed)};
    if (given.words.empty()) return list(given, pattern);
    std::cout << rec::describe(pattern, given.words) << '\n';
    return 0;
  } catch (const Error& error) {
    throw UsageError(told(error, options));
  }
}

}  // namespace

Command add_recurrence(CLI::App& app, Options& options) {
  auto given = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "recurrence", "Print when something happens that repeats by a rule of iCalendar");
  command->add_option("--start", given->start, "First wall-clock time: 2024-01-05T18:00:00");
  command->add_option("--zone", given->zone,
                      "Zone of wall-clock times; occurrences are then printed in UTC");
  CLI::Option* rule =
      command->add_option("--rule", given->rule, "The rule: FREQ=WEEKLY;BYDAY=MO,WE");
  command->add_option("--from", given->from, "Nothing before this time");
  command->add_option("--to", given->to, "Only before this time");
  command->add_option("--limit", given->limit, "At most so many")->check(CLI::NonNegativeNumber);
  command->add_option("--exdate", given->removed, "Not at this time, or not on this day")
      ->delimiter(',');
  command->add_option("--rdate", given->added, "At this time too")->delimiter(',');
  command->add_option("--words", given->words, "Tell the rule in words of a language: en, uk");
  command->add_flag("--batch", given->is_batch,
                    "Read lines of id, start, rule and limit, separated by tabs");
  return {command, [given, rule, &options] {
            given->has_rule = rule->count() > 0;
            return run(*given, options);
          }};
}

}  // namespace frontdesk::command
