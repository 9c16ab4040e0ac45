#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "base/texts.hpp"
#include "seating/drawing.hpp"
#include "seating/plan.hpp"

namespace frontdesk::seating {
namespace {

constexpr char state_signs[] = {'.', 'h', 'X', '#', 'r'};
constexpr const char* state_texts[] = {"seating.free", "seating.held", "seating.booked",
                                       "seating.blocked", "seating.reserved"};
constexpr std::int64_t width_max = 400;  ///< characters; what stands farther right is left out

/// The next number of seats' widths below or at the coordinate.
std::int64_t in_seats(std::int64_t distance) { return (distance + pitch / 2) / pitch; }

class Page {
 public:
  Page(const Map& map, const States* states, std::string_view language)
      : map_(map), states_(states), language_(language) {}

  std::string draw() {
    left_ = std::numeric_limits<std::int64_t>::max();
    for (const SeatInfo& seat : map_.seats) left_ = std::min(left_, seat.x);
    for (const MapRow& row : map_.rows) {
      if (!row.is_table) indent_ = std::max(indent_, text::length(row.label) + 1);
    }
    if (!map_.plan.stage.empty()) page_ += "[" + map_.plan.stage + "]\n";
    for (std::size_t section = 0; section < map_.plan.sections.size(); ++section) {
      draw_section(section);
    }
    draw_legend();
    return std::move(page_);
  }

 private:
  /// One line of the picture: seats, and the names of tables between theirs; a character a cell.
  struct Line {
    std::string label{};
    std::vector<std::string> cells{};

    void put(std::int64_t column, std::string character) {
      if (column > width_max) return;
      const auto cell = static_cast<std::size_t>(column);
      if (cells.size() <= cell) cells.resize(cell + 1, " ");
      cells[cell] = std::move(character);
    }
  };
  using Lines = std::map<std::int64_t, Line>;  ///< by the depth at which they stand

  void draw_section(std::size_t section) {
    const std::string& name = map_.plan.sections[section].name;
    if (!name.empty()) page_ += "\n" + name + "\n";
    Lines lines;
    for (const MapRow& row : map_.rows) {
      if (row.section == section) add_row(row, lines);
    }
    std::optional<std::int64_t> before;
    for (const auto& [depth, line] : lines) {
      if (before && depth - *before > 1) page_ += "\n";
      before = depth;
      page_ += line.label;
      const std::size_t used = text::length(line.label);
      if (used < indent_) page_.append(indent_ - used, ' ');
      for (const std::string& cell : line.cells) page_ += cell;
      page_ += "\n";
    }
    for (const AreaInfo& area : map_.areas) {
      if (area.section == name) draw_area(area);
    }
  }

  void add_row(const MapRow& row, Lines& lines) const {
    for (std::size_t i = row.first; i <= row.last; ++i) {
      const SeatInfo& seat = map_.seats[i];
      Line& line = lines[depth_of(seat.y)];
      if (!row.is_table && line.label.empty()) line.label = row.label;
      line.put(in_seats(seat.x - left_), std::string(1, sign_of(i)));
    }
    if (!row.is_table) return;
    const SeatInfo& first = map_.seats[row.first];
    put_name(row.label, in_seats(first.x - left_), (row.last - row.first + 2) / 2,
             lines[depth_of(first.y + pitch)]);
  }

  /// As much of the name as has room between the table's seats.
  static void put_name(std::string_view name, std::int64_t column, std::size_t width, Line& line) {
    for (std::size_t used = 0; used < width && !name.empty(); ++used) {
      std::size_t end = 1;
      while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) ++end;
      line.put(column++, std::string(name.substr(0, end)));
      name.remove_prefix(end);
    }
  }

  static std::int64_t depth_of(std::int64_t y) { return y >= 0 ? in_seats(y) : -in_seats(-y); }

  char sign_of(std::size_t index) const {
    if (states_ != nullptr) return state_signs[(*states_)[index]];
    const SeatInfo& seat = map_.seats[index];
    if (seat.accessible) return 'a';
    if (seat.companion) return 'c';
    return map_.plan.categories[map_.category[index]].letter[0];
  }

  void draw_area(const AreaInfo& area) {
    page_ += "(" + area.name + ": ";
    if (states_ != nullptr) page_ += std::to_string(taken_in(area, *states_)) + " / ";
    page_ += std::to_string(area.places) + ")\n";
  }

  void draw_legend() {
    page_ += "\n";
    if (states_ == nullptr) {
      for (const MapCategory& category : map_.plan.categories) {
        page_ += category.letter + " " + category.code + "\n";
      }
      return;
    }
    for (std::size_t state = 0; state < std::size(state_signs); ++state) {
      const auto count =
          std::count(states_->begin(), states_->end(), static_cast<unsigned char>(state));
      if (count == 0) continue;
      page_ += std::string(1, state_signs[state]) + " " +
               texts::get(language_, state_texts[state]) + ": " + std::to_string(count) + "\n";
    }
  }

  const Map& map_;
  const States* states_;
  std::string language_;
  std::string page_{};
  std::int64_t left_ = 0;
  std::size_t indent_ = 0;
};

}  // namespace

std::string draw_text(const Map& map, const States* states, std::string_view language) {
  return Page(map, states, language).draw();
}

}  // namespace frontdesk::seating
