/// Reads a seat map's text. docs/seat-maps.md tells the language.
#include "base/text.hpp"
#include "seating/plan.hpp"

#include <charconv>

namespace frontdesk::seating {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // editors put it before a text

bool is_space(char c) { return c == ' ' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

/// One line of the text, read from left to right.
class Line {
 public:
  Line(std::string_view text, std::int64_t number) : text_(text), number_(number) {}

  Spot spot() const { return {number_, column_of(at_)}; }
  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  bool at_end() {
    skip_spaces();
    return at_ == text_.size() || text_[at_] == '#';
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char wanted) {
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }
  char take_any() { return text_[at_++]; }
  [[noreturn]] void expected(const char* what) const {
    throw Error(Code::invalid, "map_malformed", "text",
                {{"line", number_}, {"column", column_of(at_)}, {"expected", std::string(what)}});
  }
  /// A word, or a name in quotation marks.
  std::string word(const char* what) {
    skip_spaces();
    if (take('"')) return quoted();
    const std::size_t start = at_;
    while (at_ < text_.size() && !ends_word(text_[at_])) ++at_;
    if (at_ == start) expected(what);
    return std::string(text_.substr(start, at_ - start));
  }
  std::int64_t number(const char* what) {
    skip_spaces();
    std::int64_t value = 0;
    const char* begin = text_.data() + at_;
    auto [end, problem] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (problem != std::errc{} || value > far_away || value < -far_away) expected(what);
    at_ += static_cast<std::size_t>(end - begin);
    if (at_ < text_.size() && is_digit(text_[at_])) expected(what);
    return value;
  }
  MapPoint point(const char* what) {
    MapPoint point;
    point.x = number(what);
    if (!is_space(peek())) expected(what);
    point.y = number(what);
    return point;
  }

 private:
  static bool ends_word(char c) { return is_space(c) || c == ':' || c == '"' || c == '#'; }
  std::string quoted() {
    std::string name;
    while (true) {
      if (at_ == text_.size()) expected("a closing quotation mark");
      char c = text_[at_++];
      if (c == '"') return name;
      if (c == '\\') {
        if (peek() != '"' && peek() != '\\') expected("a quotation mark or backslash");
        c = text_[at_++];
      }
      name += c;
    }
  }
  /// Columns count characters, not bytes.
  std::int64_t column_of(std::size_t offset) const {
    std::int64_t column = 1;
    for (std::size_t i = 0; i < offset; ++i) {
      if ((static_cast<unsigned char>(text_[i]) & 0xC0) != 0x80) ++column;
    }
    return column;
  }

  std::string_view text_;
  std::int64_t number_;
  std::size_t at_ = 0;
};

class PlanReader {
 public:
  ParsedPlan read(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::int64_t number = 0;
    while (!text.empty()) {
      std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view content = text.substr(0, end);
      if (content.ends_with('\r')) content.remove_suffix(1);
      Line line(content, ++number);
      if (!line.at_end()) statement(line);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (space_ > 0) space_line_->expected("a row, table or area after the space");
    return std::move(parsed_);
  }

 private:
  void statement(Line& line) {
    const Spot start = line.spot();
    Line again = line;
    const std::string keyword = line.word("a keyword");
    if (keyword == "category") {
      category(line, start);
    } else if (keyword == "stage") {
      stage(line);
    } else if (keyword == "focus") {
      if (parsed_.plan.focus) again.expected("only one focus");
      parsed_.plan.focus = line.point("two numbers");
    } else if (keyword == "section") {
      if (space_ > 0) again.expected("a row, table or area after the space");
      section(line, start);
    } else if (keyword == "space") {
      space(line, again);
    } else if (keyword == "row") {
      block(line, MapPart::row, start);
    } else if (keyword == "table") {
      block(line, MapPart::table, start);
    } else if (keyword == "area") {
      block(line, MapPart::area, start);
    } else {
      again.expected("category, stage, focus, section, space, row, table or area");
    }
    if (!line.at_end()) line.expected("the end of the line");
  }

  void category(Line& line, const Spot& start) {
    line.skip_spaces();
    if (!is_letter(line.peek())) line.expected("a capital letter");
    MapCategory category;
    category.letter = line.take_any();
    if (!is_space(line.peek())) line.expected("a space");
    category.code = line.word("the category's code");
    parsed_.plan.categories.push_back(std::move(category));
    parsed_.spots.categories.push_back(start);
  }

  void stage(Line& line) {
    if (has_stage_) line.expected("only one stage");
    has_stage_ = true;
    parsed_.plan.stage = line.word("the stage's name");
    if (line.at_end()) return;
    if (line.word("at") != "at") line.expected("at");
    parsed_.plan.stage_at = line.point("two numbers");
  }

  void section(Line& line, const Spot& start) {
    MapSection section;
    section.name = line.word("the section's name");
    if (!line.at_end()) {
      if (line.word("at") != "at") line.expected("at");
      section.at = line.point("two numbers");
    }
    parsed_.plan.sections.push_back(std::move(section));
    parsed_.spots.sections.push_back({start, {}});
  }

  void space(Line& line, const Line& start) {
    if (space_ > 0) start.expected("only one space");
    space_ = 1;
    if (!line.at_end()) space_ = line.number("a number of rows");
    if (space_ < 1 || space_ > space_max) start.expected("a space of 1 to 100 rows");
    space_line_ = start;
  }

  void block(Line& line, MapPart part, const Spot& start) {
    if (parsed_.plan.sections.empty()) {
      parsed_.plan.sections.emplace_back();
      parsed_.spots.sections.push_back({start, {}});
    }
    MapBlock block;
    block.part = part;
    block.space_before = std::exchange(space_, 0);
    block.label = line.word("a label");
    while (!line.at_end() && line.peek() != ':') option(line, block);
    if (!line.take(':')) line.expected("a colon");
    BlockSpots spots{start, {}};
    while (!line.at_end()) run(line, block, spots);
    parsed_.plan.sections.back().blocks.push_back(std::move(block));
    parsed_.spots.sections.back().blocks.push_back(std::move(spots));
  }

  void option(Line& line, MapBlock& block) {
    const Line start = line;
    const std::string name = line.word("an option or a colon");
    if (name == "at") {
      block.at = line.point("two numbers");
    } else if (name == "step" && block.part == MapPart::row) {
      block.step = line.point("two numbers");
    } else if (name == "size" && block.part == MapPart::area) {
      block.size = line.point("two numbers");
    } else if (name == "by" && block.part != MapPart::area) {
      block.by = line.number("a number");
      if (block.by < -by_max || block.by > by_max) start.expected("a number from -100 to 100");
    } else {
      start.expected(block.part == MapPart::row     ? "at, step, by or a colon"
                     : block.part == MapPart::table ? "at, by or a colon"
                                                    : "at, size or a colon");
    }
  }

  /// `=101`, `12S`, `Sa`, `2_`.
  void run(Line& line, MapBlock& block, BlockSpots& spots) {
    const Line start = line;
    SeatRun run;
    if (line.take('=')) {
      run.number = line.number("a seat's number");
      line.skip_spaces();
    }
    if (is_digit(line.peek())) run.count = line.number("a number of seats");
    if (run.count < 1) start.expected("at least one seat");
    if (line.peek() == '_' || line.peek() == '.') {
      if (run.number) start.expected("a seat after its number");
      line.take_any();
    } else if (is_letter(line.peek())) {
      run.category = code_of(line);
      if (line.take('a')) run.accessible = true;
      if (!run.accessible && line.take('c')) run.companion = true;
    } else {
      line.expected("a category's letter or a gap");
    }
    const bool goes_on = !block.seats.empty() && !run.number &&
                         block.seats.back().category == run.category &&
                         block.seats.back().accessible == run.accessible &&
                         block.seats.back().companion == run.companion;
    if (goes_on) {
      block.seats.back().count += run.count;
      if (block.seats.back().count > places_max) start.expected("fewer seats");
      return;
    }
    block.seats.push_back(std::move(run));
    spots.runs.push_back(start.spot());
  }

  std::string code_of(Line& line) {
    const Line start = line;
    const char letter = line.take_any();
    for (const MapCategory& category : parsed_.plan.categories) {
      if (category.letter[0] == letter) return category.code;
    }
    const Spot spot = start.spot();
    throw Error(
        Code::invalid, "map_category_unknown", "text",
        {{"line", spot.line}, {"column", spot.column}, {"category", std::string(1, letter)}});
  }

  ParsedPlan parsed_{};
  bool has_stage_ = false;
  std::int64_t space_ = 0;
  std::optional<Line> space_line_{};
};

/// A name as it stands in the text: in quotation marks unless it is a plain word.
std::string written(std::string_view name) {
  const bool is_plain = !name.empty() && name.find_first_of(" \t:\"#\\") == std::string_view::npos;
  if (is_plain) return std::string(name);
  std::string text = "\"";
  for (char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::string written(const char* keyword, const std::optional<MapPoint>& point) {
  if (!point) return {};
  return std::string(keyword) + " " + std::to_string(point->x) + " " + std::to_string(point->y);
}

std::string written(const MapPlan& plan, const SeatRun& run) {
  std::string text;
  if (run.number) text += "=" + std::to_string(*run.number) + " ";
  if (run.count != 1) text += std::to_string(run.count);
  if (run.category.empty()) return text + "_";
  for (const MapCategory& category : plan.categories) {
    if (category.code == run.category) text += category.letter;
  }
  if (run.accessible) text += 'a';
  if (run.companion) text += 'c';
  return text;
}

std::string written(const MapPlan& plan, const MapBlock& block) {
  static constexpr const char* keywords[] = {"row ", "table ", "area "};
  std::string text;
  if (block.space_before > 0) text += "space " + std::to_string(block.space_before) + "\n";
  text += keywords[static_cast<int>(block.part)] + written(block.label);
  text += written(" at", block.at) + written(" step", block.step) + written(" size", block.size);
  if (block.by != 1) text += " by " + std::to_string(block.by);
  text += ":";
  for (const SeatRun& run : block.seats) text += " " + written(plan, run);
  return text + "\n";
}

}  // namespace

ParsedPlan read_plan(std::string_view text) { return PlanReader().read(text); }

MapPlan parse_plan(std::string_view text) { return read_plan(text).plan; }

std::string print_plan(const MapPlan& plan) {
  std::string text;
  for (const MapCategory& category : plan.categories) {
    text += "category " + category.letter + " " + written(category.code) + "\n";
  }
  if (!plan.stage.empty() || plan.stage_at) {
    text += "stage " + written(plan.stage) + written(" at", plan.stage_at) + "\n";
  }
  if (plan.focus) text += written("focus", plan.focus) + "\n";
  for (const MapSection& section : plan.sections) {
    const bool needs_head =
        !section.name.empty() || section.at || &section != &plan.sections.front();
    if (needs_head) {
      text += "\nsection " + written(section.name) + written(" at", section.at) + "\n";
    }
    for (const MapBlock& block : section.blocks) text += written(plan, block);
  }
  return text;
}

void join_runs(MapPlan& plan) {
  for (MapSection& section : plan.sections) {
    for (MapBlock& block : section.blocks) {
      std::vector<SeatRun> joined;
      for (SeatRun& run : block.seats) {
        const bool goes_on =
            !joined.empty() && !run.number && joined.back().category == run.category &&
            joined.back().accessible == run.accessible && joined.back().companion == run.companion;
        if (goes_on) {
          joined.back().count += run.count;
        } else {
          joined.push_back(std::move(run));
        }
      }
      block.seats = std::move(joined);
    }
  }
}

}  // namespace frontdesk::seating
