// Reading of rules: each failure tells what and where.
#include "base/recurrence_rule.hpp"

#include "base/zones.hpp"

#include <frontdesk/error.hpp>

#include <algorithm>

namespace frontdesk::inline v1::recurrence {
namespace {

using inner::list_parts;
using inner::ListPart;

constexpr std::size_t length_max = 65'536;
constexpr std::size_t shown_max = 40;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Fit to stand in a message, whatever was sent.
std::string shown(std::string_view text) {
  std::string out(text.substr(0, shown_max));
  for (char& c : out) {
    if (c < ' ' || c > '~') c = '?';
  }
  return text.size() > shown_max ? out + "..." : out;
}

/// The rule on one line in upper case, which still knows where each character stood.
class Line {
 public:
  explicit Line(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    line_.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::size_t end = i + (text[i] == '\r' ? 1 : 0);
      if (end + 1 < text.size() && text[end] == '\n' &&
          (text[end + 1] == ' ' || text[end + 1] == '\t')) {
        i = end + 1;  // a folded line goes on
        folds_.push_back({line_.size(), i + 1});
        continue;
      }
      line_ += upper(text[i]);
    }
  }

  std::string_view text() const { return line_; }
  std::int64_t position(std::size_t index) const {
    std::size_t position = index;
    for (const Fold& fold : folds_) {
      if (fold.index > index) break;
      position = fold.position + (index - fold.index);
    }
    return static_cast<std::int64_t>(position) + 1;
  }

 private:
  struct Fold {
    std::size_t index;
    std::size_t position;
  };
  std::string line_{};
  std::vector<Fold> folds_{};
};

class Parser {
 public:
  explicit Parser(std::string_view text) : line_(text) {}

  Rule parse();

 private:
  void parse_part(std::string_view part);
  void parse_value(std::string_view name, std::string_view value);
  void parse_list(const ListPart& part, std::string_view value);
  void parse_days(std::string_view value);
  RuleDay parse_day(std::string_view part, std::string_view text);
  std::int64_t parse_amount(std::string_view name, std::string_view value, std::int64_t maximum);
  Moment parse_until(std::string_view value);
  void check_conflicts();

  [[noreturn]] void refuse(std::string_view reason, std::string_view at,
                           Details details = {}) const {
    const auto index = static_cast<std::size_t>(at.data() - line_.text().data());
    details.emplace("position", line_.position(index));
    throw Error(Code::invalid, reason, "rule", std::move(details));
  }
  [[noreturn]] void refuse_value(std::string_view reason, std::string_view part,
                                 std::string_view value) const {
    refuse(reason, value, {{"part", std::string(part)}, {"value", shown(value)}});
  }
  [[noreturn]] void refuse_range(std::string_view part, std::string_view value,
                                 std::string range) const {
    refuse("rule_number_out_of_range", value,
           {{"part", std::string(part)}, {"value", shown(value)}, {"range", std::move(range)}});
  }

  /// A number with an optional sign; one that is too large is only known to be.
  std::int64_t parse_number(std::string_view part, std::string_view text, bool with_sign) const;

  Line line_;
  Rule rule_{};
  struct Seen {
    std::string_view name;
    std::string_view value;
  };
  std::vector<Seen> seen_{};
  std::string_view first_ordinal_{};
};

/// Calls `use` with each piece between separators.
template <class Use>
void split(std::string_view text, char separator, Use use) {
  while (true) {
    const std::size_t end = text.find(separator);
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

Rule Parser::parse() {
  std::string_view text = line_.text();
  constexpr std::string_view prefix = "RRULE:";
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  if (text.empty()) refuse("rule_empty", text);
  split(text, ';', [this](std::string_view part) { parse_part(part); });
  const bool has_frequency =
      std::any_of(seen_.begin(), seen_.end(), [](const Seen& seen) { return seen.name == "FREQ"; });
  if (!has_frequency) refuse("rule_frequency_missing", text);
  check_conflicts();
  return std::move(rule_);
}

void Parser::parse_part(std::string_view part) {
  const std::size_t equals = part.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    refuse("rule_part_malformed", part, {{"value", shown(part)}});
  }
  const std::string_view name = part.substr(0, equals);
  const std::string_view value = part.substr(equals + 1);
  for (const Seen& seen : seen_) {
    if (seen.name == name) refuse("rule_part_repeated", part, {{"part", shown(name)}});
  }
  seen_.push_back({name, value});
  parse_value(name, value);
}

void Parser::parse_value(std::string_view name, std::string_view value) {
  for (const ListPart& part : list_parts) {
    if (part.name == name) return parse_list(part, value);
  }
  if (name == "BYDAY") {
    parse_days(value);
  } else if (name == "FREQ") {
    const auto found =
        std::find(std::begin(inner::frequency_names), std::end(inner::frequency_names), value);
    if (found == std::end(inner::frequency_names)) {
      refuse_value("rule_frequency_unknown", name, value);
    }
    rule_.frequency = static_cast<Frequency>(found - std::begin(inner::frequency_names));
  } else if (name == "INTERVAL") {
    rule_.interval = parse_amount(name, value, interval_max);
  } else if (name == "COUNT") {
    rule_.count = parse_amount(name, value, count_max);
  } else if (name == "UNTIL") {
    rule_.until = parse_until(value);
  } else if (name == "WKST") {
    const RuleDay day = parse_day(name, value);
    if (day.ordinal != 0) refuse_value("rule_weekday_unknown", name, value);
    rule_.week_start = day.weekday;
  } else {
    refuse("rule_part_unknown", name, {{"part", shown(name)}});
  }
}

std::int64_t Parser::parse_number(std::string_view part, std::string_view text,
                                  bool with_sign) const {
  const bool is_signed = with_sign && !text.empty() && (text[0] == '+' || text[0] == '-');
  const std::string_view digits = text.substr(is_signed ? 1 : 0);
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) {
    refuse_value("rule_number_malformed", part, text);
  }
  constexpr std::int64_t too_large = 1'000'000'000'000;
  std::int64_t number = 0;
  for (const char c : digits) number = std::min(number * 10 + (c - '0'), too_large);
  return text[0] == '-' ? -number : number;
}

std::int64_t Parser::parse_amount(std::string_view name, std::string_view value,
                                  std::int64_t maximum) {
  const std::int64_t number = parse_number(name, value, false);
  if (number < 1 || number > maximum) refuse_range(name, value, "1.." + std::to_string(maximum));
  return number;
}

void Parser::parse_list(const ListPart& part, std::string_view value) {
  std::vector<int>& list = rule_.*part.list;
  split(value, ',', [&](std::string_view text) {
    const std::int64_t number = parse_number(part.name, text, part.from_end);
    if (!part.allows(number)) {
      const std::string low = std::to_string(part.minimum);
      const std::string high = std::to_string(part.maximum);
      refuse_range(part.name, text,
                   low + ".." + high + (part.from_end ? ", -" + high + "..-" + low : ""));
    }
    list.push_back(static_cast<int>(number));
  });
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

RuleDay Parser::parse_day(std::string_view part, std::string_view text) {
  const std::size_t letters = text.size() < 2 ? 0 : text.size() - 2;
  const auto found = std::find(std::begin(inner::weekday_names), std::end(inner::weekday_names),
                               text.substr(letters));
  if (found == std::end(inner::weekday_names)) {
    refuse_value("rule_weekday_unknown", part, text);
  }
  const auto index = static_cast<unsigned>(found - std::begin(inner::weekday_names));
  RuleDay day{std::chrono::weekday(index + 1), 0};
  if (letters > 0) {
    const std::string_view number = text.substr(0, letters);
    const std::int64_t ordinal = parse_number(part, number, true);
    if (ordinal == 0 || ordinal > inner::ordinal_max || ordinal < -inner::ordinal_max) {
      const std::string most = std::to_string(inner::ordinal_max);
      refuse_range(part, number, "1.." + most + ", -" + most + "..-1");
    }
    day.ordinal = static_cast<int>(ordinal);
    if (first_ordinal_.data() == nullptr) first_ordinal_ = text;
  }
  return day;
}

void Parser::parse_days(std::string_view value) {
  std::vector<RuleDay>& days = rule_.by_day;
  split(value, ',', [&](std::string_view text) { days.push_back(parse_day("BYDAY", text)); });
  std::sort(days.begin(), days.end(), inner::stands_before);
  days.erase(std::unique(days.begin(), days.end()), days.end());
}

/// `20261120`, `20261120T093000` or `20261120T093000Z`
Moment Parser::parse_until(std::string_view value) {
  const auto piece = [&value](std::size_t begin, std::size_t length) {
    return value.size() > begin ? std::string(value.substr(begin, length)) : std::string();
  };
  const std::string day = piece(0, 4) + "-" + piece(4, 2) + "-" + piece(6, 2);
  if (value.size() == 8) {
    if (const auto date = zones::parse_date(day)) return *date;
  } else if (value.size() == 15 || value.size() == 16) {
    const std::string time =
        day + piece(8, 1) + piece(9, 2) + ":" + piece(11, 2) + ":" + piece(13, 2) + piece(15, 1);
    if (const auto local = zones::parse_local(time)) return *local;
    if (const auto instant = zones::parse_instant(time)) return *instant;
  }
  refuse_value("rule_until_malformed", "UNTIL", value);
}

void Parser::check_conflicts() {
  const std::optional<inner::Conflict> conflict = inner::conflict_of(rule_);
  if (!conflict) return;
  const auto frequency = static_cast<std::size_t>(rule_.frequency);
  Details details{{"part", std::string(conflict->part)},
                  {"frequency", std::string(inner::frequency_names[frequency])}};
  std::string_view at;
  for (const Seen& seen : seen_) {
    if (seen.name == conflict->part) at = seen.name;
    // Of two that exclude each other, the second is where the rule goes wrong.
    if (conflict->reason == "rule_count_and_until" && seen.name == "UNTIL") at = seen.name;
  }
  if (conflict->reason == "rule_ordinal_not_allowed") {
    at = first_ordinal_;
    details.emplace("value", shown(at));
  }
  refuse(conflict->reason, at, std::move(details));
}

}  // namespace

Rule parse(std::string_view text) {
  if (text.size() > length_max) {
    throw Error(Code::invalid, "rule_too_long", "rule",
                {{"length_max", static_cast<std::int64_t>(length_max)}});
  }
  return Parser(text).parse();
}

}  // namespace frontdesk::inline v1::recurrence
