#include "base/icalendar.hpp"

#include <frontdesk/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace frontdesk::icalendar {
namespace {

constexpr std::size_t line_octets_max = 75;

// What a calendar may ask of its reader. Real ones stay far below.
constexpr std::size_t text_max = 8'000'000;
constexpr std::size_t line_max = 1'000'000;
constexpr std::size_t components_max = 20'000;
constexpr std::size_t parameters_max = 100;
constexpr std::size_t depth_max = 8;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

[[noreturn]] void malformed(std::size_t line) {
  throw Error(Code::invalid, "calendar_malformed", "text",
              {{"line", static_cast<std::int64_t>(line)}});
}

[[noreturn]] void too_much(const char* reason, std::size_t line, std::size_t most) {
  throw Error(
      Code::invalid, reason, "text",
      {{"line", static_cast<std::int64_t>(line)}, {"most", static_cast<std::int64_t>(most)}});
}

/// Where the next of `wanted` stands outside of quotes.
std::size_t find_unquoted(std::string_view text, std::string_view wanted) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') is_quoted = !is_quoted;
    if (!is_quoted && wanted.find(text[i]) != std::string_view::npos) return i;
  }
  return std::string_view::npos;
}

Line line_of(std::size_t number, std::string_view text) {
  Line line;
  std::size_t end = find_unquoted(text, ";:");
  if (end == std::string_view::npos || end == 0) malformed(number);
  line.name = upper(text.substr(0, end));
  while (text[end] == ';') {
    text.remove_prefix(end + 1);
    end = find_unquoted(text, ";:");
    const std::size_t equals = text.find('=');
    if (end == std::string_view::npos || equals >= end) malformed(number);
    std::string_view value = text.substr(equals + 1, end - equals - 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    line.parameters[upper(text.substr(0, equals))] = value;
    if (line.parameters.size() > parameters_max) malformed(number);
  }
  line.value = text.substr(end + 1);
  return line;
}

bool take_number(std::string_view& text, std::size_t digits, int& number) {
  if (text.size() < digits) return false;
  const char* end = text.data() + digits;
  auto result = std::from_chars(text.data(), end, number);
  text.remove_prefix(digits);
  return result.ec == std::errc{} && result.ptr == end && number >= 0;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

/// Takes content lines one after the other, so that a refusal comes before the rest is read.
class Reader {
 public:
  std::vector<Component> read(std::string_view text) {
    std::size_t number = 0;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      take_piece(++number, text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    take_line();
    if (!open_.empty()) {
      throw Error(Code::invalid, "calendar_cut_off", "text",
                  {{"line", static_cast<std::int64_t>(begins_.back())}});
    }
    if (closed_.empty() || closed_.back().name != "VCALENDAR") malformed(1);
    return std::move(closed_);
  }

 private:
  /// One line of the text, which may go on with the one before.
  void take_piece(std::size_t number, std::string_view piece) {
    if (piece.ends_with('\r')) piece.remove_suffix(1);
    if (piece.empty()) return;
    if (piece.front() == ' ' || piece.front() == '\t') {
      if (line_.empty()) malformed(number);
      line_ += piece.substr(1);
    } else {
      take_line();
      number_ = number;
      line_ = piece;
    }
    if (line_.size() > line_max) too_much("calendar_line_too_long", number_, line_max);
  }

  void take_line() {
    if (line_.empty()) return;
    Line line = line_of(number_, line_);
    line_.clear();
    if (line.name == "BEGIN") {
      if (open_.size() == depth_max) too_much("calendar_too_deep", number_, depth_max);
      open_.push_back({upper(line.value), {}});
      begins_.push_back(number_);
    } else if (line.name == "END") {
      close(upper(line.value));
    } else if (open_.empty()) {
      malformed(number_);
    } else {
      open_.back().lines.push_back(std::move(line));
    }
  }

  void close(const std::string& name) {
    if (open_.empty() || open_.back().name != name) malformed(number_);
    if (closed_.size() == components_max) {
      too_much("calendar_too_many_parts", number_, components_max);
    }
    closed_.push_back(std::move(open_.back()));
    open_.pop_back();
    begins_.pop_back();
  }

  std::size_t number_ = 0;
  std::string line_{};  ///< Content line as far as it was read.
  std::vector<Component> open_{};
  std::vector<std::size_t> begins_{};  ///< Line on which each open component began.
  std::vector<Component> closed_{};
};

}  // namespace

const Line* Component::find(std::string_view wanted) const {
  for (const Line& line : lines) {
    if (line.name == wanted) return &line;
  }
  return nullptr;
}

void Writer::line(std::string_view name, std::string_view value) {
  std::string whole = std::string(name) + ":" + std::string(value);
  std::string_view rest = whole;
  std::size_t room = line_octets_max;
  while (rest.size() > room) {
    std::size_t end = room;
    while (end > 0 && continues_character(rest[end])) --end;
    if (end == 0) end = room;  // no UTF-8 at all
    content_ += rest.substr(0, end);
    content_ += "\r\n ";
    rest.remove_prefix(end);
    room = line_octets_max - 1;  // the space counts
  }
  content_ += rest;
  content_ += "\r\n";
}

void Writer::text(std::string_view name, std::string_view value) { line(name, escape(value)); }

std::string escape(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      result += "\\n";
      continue;
    }
    if (c == '\\' || c == ',' || c == ';') result += '\\';
    result += c;
  }
  return result;
}

std::string unescape(std::string_view value) {
  std::string result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      result += value[i];
      continue;
    }
    ++i;
    result += value[i] == 'n' || value[i] == 'N' ? '\n' : value[i];
  }
  return result;
}

std::vector<Component> parse(std::string_view text) {
  if (text.size() > text_max) too_much("calendar_too_large", 1, text_max);
  return Reader().read(text);
}

std::vector<Line> split(const Line& line) {
  std::vector<Line> values;
  std::string_view rest = line.value;
  while (true) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    values.push_back({line.name, line.parameters, std::string(rest.substr(0, end))});
    if (end == rest.size()) return values;
    rest.remove_prefix(end + 1);
  }
}

Time time_of(const Line& line) {
  auto refuse = [&] {
    throw Error(Code::invalid, "calendar_time_malformed", "text", {{"value", line.value}});
  };
  std::string_view text = line.value;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (!take_number(text, 4, year) || !take_number(text, 2, month) || !take_number(text, 2, day)) {
    refuse();
  }
  std::chrono::year_month_day date{std::chrono::year{year},
                                   std::chrono::month{static_cast<unsigned>(month)},
                                   std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) refuse();
  Time time;
  time.local = LocalTime{std::chrono::local_days{date}};
  if (auto zone = line.parameters.find("TZID"); zone != line.parameters.end()) {
    time.zone = zone->second;
  }
  if (text.empty()) {
    time.is_date = true;
    return time;
  }
  if (!take(text, 'T') || !take_number(text, 2, hour) || !take_number(text, 2, minute) ||
      !take_number(text, 2, second) || hour > 23 || minute > 59 || second > 60) {
    refuse();
  }
  time.local += std::chrono::hours{hour} + std::chrono::minutes{minute} +
                std::chrono::seconds{std::min(second, 59)};
  if (take(text, 'Z')) time.zone = "UTC";
  if (!text.empty()) refuse();
  return time;
}

std::optional<Duration> duration_of(std::string_view value) {
  take(value, '+');
  if (!take(value, 'P') || value.empty()) return std::nullopt;
  Duration total{};
  bool is_time = false;
  while (!value.empty()) {
    if (take(value, 'T')) {
      is_time = true;
      continue;
    }
    std::int64_t number = 0;
    auto result = std::from_chars(value.data(), value.data() + value.size(), number);
    if (result.ec != std::errc{} || result.ptr == value.data() + value.size() || number < 0 ||
        number > 1'000'000) {
      return std::nullopt;
    }
    value.remove_prefix(static_cast<std::size_t>(result.ptr - value.data()));
    const char unit = value.front();
    value.remove_prefix(1);
    if (!is_time && unit == 'W') {
      total += std::chrono::days{7 * number};
    } else if (!is_time && unit == 'D') {
      total += std::chrono::days{number};
    } else if (is_time && unit == 'H') {
      total += std::chrono::hours{number};
    } else if (is_time && unit == 'M') {
      total += std::chrono::minutes{number};
    } else if (is_time && unit == 'S') {
      total += std::chrono::seconds{number};
    } else {
      return std::nullopt;
    }
  }
  return total;
}

std::string print(LocalTime local) {
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{local - day};
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string print(Instant instant) { return print(LocalTime{instant.time_since_epoch()}) + "Z"; }

}  // namespace frontdesk::icalendar
