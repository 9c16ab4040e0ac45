/// The text form of iCalendar (RFC 5545 §3.1, §3.3): content lines, folding and escaping. What the
/// lines mean is for those who use them.
#pragma once

#include <frontdesk/types.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::icalendar {

/// `DTSTART;TZID=Europe/Kyiv:20260907T180000`: names in upper case, the value as it stands.
struct Line {
  std::string name{};
  std::map<std::string, std::string> parameters{};
  std::string value{};
};

/// A component such as VEVENT, with its own lines only; those of components inside of it are
/// theirs.
struct Component {
  std::string name{};
  std::vector<Line> lines{};

  /// The first line of that name, or null.
  const Line* find(std::string_view wanted) const;
};

/// Writes content lines, folded after 75 octets but never inside of a character.
class Writer {
 public:
  void line(std::string_view name, std::string_view value);
  /// The same for a text, which is escaped.
  void text(std::string_view name, std::string_view value);
  const std::string& content() const { return content_; }

 private:
  std::string content_;
};

/// Text as a value: backslash, comma, semicolon and line breaks escaped; and back again.
std::string escape(std::string_view text);
std::string unescape(std::string_view value);

/// All components of a stream, in the order in which they end. Throws Error{invalid} with the
/// detail `line` and the reason calendar_malformed, calendar_cut_off (a component has no end), or
/// for what is too much for a reader (with the detail `most`) calendar_too_large,
/// calendar_line_too_long, calendar_too_many_parts or calendar_too_deep.
std::vector<Component> parse(std::string_view text);
/// A line for each value of a list such as EXDATE's, with the same parameters.
std::vector<Line> split(const Line& line);

/// What a DTSTART or DTEND says.
struct Time {
  bool is_date = false;  ///< a whole day
  LocalTime local{};     ///< wall-clock time; of a moment in UTC that time
  std::string zone{};    ///< `UTC`, the TZID, or empty: the reader's own zone
};
/// Throws Error{invalid, "calendar_time_malformed"}.
Time time_of(const Line& line);
/// `P1D`, `PT1H30M`, `P2W`; none for anything else.
std::optional<Duration> duration_of(std::string_view value);

/// `20260907T180000`.
std::string print(LocalTime local);
/// `20260907T150000Z`.
std::string print(Instant instant);

}  // namespace frontdesk::icalendar
