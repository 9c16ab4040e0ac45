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
  void draw_section(std::size_t section) {
    const std::string& name = map_.plan.sections[section].name;
    if (!name.empty()) page_ += "\n" + name + "\n";
    // Lines of the section from the stage backwards, by the depth at which its seats stand.
    std::map<std::int64_t, std::vector<std::size_t>> lines;
    for (const MapRow& row : map_.rows) {
      if (row.section != section) continue;
      for (std::size_t i = row.first; i <= row.last; ++i) {
        const std::int64_t y = map_.seats[i].y;
        lines[y >= 0 ? in_seats(y) : -in_seats(-y)].push_back(i);
      }
    }
    std::optional<std::int64_t> before;
    for (const auto& [y, seats] : lines) {
      if (before && y - *before > 1) page_ += "\n";
      before = y;
      draw_line(seats);
    }
    for (const AreaInfo& area : map_.areas) {
      if (area.section == name) draw_area(area);
    }
  }

  void draw_line(const std::vector<std::size_t>& seats) {
    const SeatInfo& first = map_.seats[seats.front()];
    const std::string& label = first.row.empty() ? first.table : first.row;
    std::string line = label.substr(0, label.size());
    const std::size_t used = text::length(label);
    if (used < indent_) line.append(indent_ - used, ' ');
    std::string cells;
    for (std::size_t index : seats) {
      const std::int64_t column = in_seats(map_.seats[index].x - left_);
      if (column > width_max) continue;
      const auto cell = static_cast<std::size_t>(column);
      if (cells.size() <= cell) cells.resize(cell + 1, ' ');
      cells[cell] = sign_of(index);
    }
    page_ += line + cells + "\n";
  }

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
