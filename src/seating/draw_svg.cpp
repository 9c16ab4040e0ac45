#include <algorithm>
#include <array>

#include "base/texts.hpp"
#include "seating/drawing.hpp"

namespace frontdesk::seating {
namespace {

// Colours that also differ in grey and for those who cannot tell red from green.
constexpr std::array<const char*, 5> state_colours{"#cfe8cf", "#f2c14e", "#5b6b8c", "#3b3b3b",
                                                   "#b79ad0"};
constexpr std::array<const char*, 8> category_colours{"#9cc5e8", "#f2b5a7", "#c9dca0", "#d9bfe6",
                                                      "#f5d98b", "#a8ded8", "#e3c4a8", "#c3c7d1"};
constexpr std::array<const char*, 5> state_texts{"seating.free", "seating.held", "seating.booked",
                                                 "seating.blocked", "seating.reserved"};
constexpr std::int64_t half = 5;
constexpr std::int64_t margin = 15;
constexpr std::int64_t legend_line = 12;

std::string number(std::int64_t value) { return std::to_string(value); }

std::string escaped(std::string_view text) {
  std::string safe;
  for (char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

class Picture {
 public:
  Picture(const Map& map, const States* states, std::string_view language)
      : map_(map), states_(states), language_(language) {}

  std::string draw() {
    measure();
    for (const AreaInfo& area : map_.areas) draw_area(area);
    for (const MapRow& row : map_.rows) {
      if (row.is_table) draw_table(row);
      if (!row.is_table) draw_row_labels(row);
    }
    for (std::size_t i = 0; i < map_.seats.size(); ++i) draw_seat(i);
    draw_stage();
    draw_section_names();
    draw_legend();
    return head() + body_ + "</svg>\n";
  }

 private:
  void measure() {
    grow(map_.stage.x - 40, map_.stage.y - 8);
    grow(map_.stage.x + 40, map_.stage.y + 8);
    for (const SeatInfo& seat : map_.seats) {
      grow(seat.x - half - 12, seat.y - half - 10);
      grow(seat.x + half + 12, seat.y + half);
    }
    for (const AreaInfo& area : map_.areas) {
      grow(area.x, area.y - 8);
      grow(area.x + area.width, area.y + area.depth);
    }
    right_ = std::max(right_, left_ + 120);
  }
  void grow(std::int64_t x, std::int64_t y) {
    left_ = std::min(left_, x);
    right_ = std::max(right_, x);
    top_ = std::min(top_, y);
    bottom_ = std::max(bottom_, y);
  }

  std::string head() const {
    const std::int64_t width = right_ - left_ + 2 * margin;
    const std::int64_t height = bottom_ - top_ + 2 * margin;
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"" +
           number(left_ - margin) + " " + number(top_ - margin) + " " + number(width) + " " +
           number(height) + "\" width=\"" + number(width * 3) + "\" height=\"" +
           number(height * 3) +
           "\" font-family=\"sans-serif\" text-anchor=\"middle\">\n"
           "<style>.s{stroke:#444;stroke-width:.4}.n{font-size:4px;fill:#222}"
           ".w{font-size:3px}.d{fill:#fff}.l{font-size:6px;fill:#333}"
           ".t{font-size:8px;font-weight:bold;fill:#222}"
           ".k{font-size:6px;fill:#222;text-anchor:start}</style>\n"
           "<rect x=\"" +
           number(left_ - margin) + "\" y=\"" + number(top_ - margin) + "\" width=\"" +
           number(width) + "\" height=\"" + number(height) + "\" fill=\"#fff\"/>\n";
  }

  void box(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height,
           std::string_view attributes) {
    body_ += "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) +
             "\" height=\"" + number(height) + "\" " + std::string(attributes) + "/>";
  }
  void words(std::int64_t x, std::int64_t y, std::string_view style, std::string_view text) {
    body_ += "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" class=\"" + std::string(style) +
             "\">" + escaped(text) + "</text>\n";
  }

  std::string colour_of(std::size_t place_index, std::size_t category) const {
    if (states_ != nullptr) return state_colours[(*states_)[place_index]];
    return category_colours[category % category_colours.size()];
  }
  bool is_dark(std::size_t place_index) const {
    if (states_ == nullptr) return false;
    const auto state = static_cast<PlaceState>((*states_)[place_index]);
    return state == PlaceState::booked || state == PlaceState::blocked;
  }

  void draw_seat(std::size_t index) {
    const SeatInfo& seat = map_.seats[index];
    body_ += "<g><title>" + escaped(title_of(index)) + "</title>";
    const char* corners = seat.accessible ? " rx=\"4\"" : " rx=\"1.5\"";
    box(seat.x - 4, seat.y - 4, 8, 8,
        "class=\"s\" fill=\"" + colour_of(index, map_.category[index]) + "\"" + corners);
    std::string style = is_dark(index) ? "n d" : "n";
    std::string text = seat.number;
    if (seat.accessible || seat.companion) {
      text.insert(0, seat.accessible ? "♿" : "+");
      style += " w";
    }
    words(seat.x, seat.y + 2, style, text);
    body_.insert(body_.size() - 1, "</g>");
  }

  std::string title_of(std::size_t index) const {
    const SeatInfo& seat = map_.seats[index];
    std::string title = seat.label + ", " + seat.category;
    if (states_ != nullptr) title += ", " + text(state_texts[(*states_)[index]]);
    return title;
  }

  void draw_row_labels(const MapRow& row) {
    const SeatInfo& first = map_.seats[row.first];
    const SeatInfo& last = map_.seats[row.last];
    words(first.x - 11, first.y + 2, "l", row.label);
    words(last.x + 11, last.y + 2, "l", row.label);
  }

  void draw_table(const MapRow& row) {
    std::int64_t left = map_.seats[row.first].x;
    std::int64_t right = left;
    for (std::size_t i = row.first; i <= row.last; ++i) right = std::max(right, map_.seats[i].x);
    const std::int64_t top = map_.seats[row.first].y;
    box(left - half, top + half, right - left + 2 * half, 2 * half,
        "class=\"s\" fill=\"#e9dcc3\" rx=\"3\"");
    words((left + right) / 2, top + 12, "l", row.label);
  }

  void draw_area(const AreaInfo& area) {
    box(area.x, area.y, area.width, area.depth, "class=\"s\" fill=\"#eef1f5\" rx=\"4\"");
    std::string count = number(area.places);
    if (states_ != nullptr) {
      const std::int64_t taken = taken_in(area, *states_);
      const std::int64_t share = taken * area.width / area.places;
      if (share > 0) {
        box(area.x, area.y + area.depth - 6, share, 6,
            std::string("fill=\"") + state_colours[2] + "\"");
      }
      count = number(taken) + " / " + count;
    }
    const std::int64_t middle = area.x + area.width / 2;
    words(middle, area.y + area.depth / 2 - 2, "t", area.name);
    words(middle, area.y + area.depth / 2 + 8, "l", count);
  }

  void draw_stage() {
    if (map_.plan.stage.empty()) return;
    box(map_.stage.x - 40, map_.stage.y - 7, 80, 14, "class=\"s\" fill=\"#ddd\" rx=\"2\"");
    words(map_.stage.x, map_.stage.y + 3, "t", map_.plan.stage);
  }

  void draw_section_names() {
    const std::string* last = nullptr;
    for (const MapRow& row : map_.rows) {
      const SeatInfo& seat = map_.seats[row.first];
      if (seat.section.empty() || (last != nullptr && *last == seat.section)) continue;
      last = &seat.section;
      const SeatInfo& end = map_.seats[row.last];
      words((seat.x + end.x) / 2, std::min(seat.y, end.y) - 8, "t", seat.section);
    }
  }

  void draw_legend() {
    std::int64_t y = bottom_ + legend_line;
    if (states_ == nullptr) {
      for (std::size_t i = 0; i < map_.categories.size(); ++i) {
        draw_key(y, category_colours[i % category_colours.size()], map_.categories[i],
                 count_category(i));
      }
    } else {
      for (std::size_t state = 0; state < state_texts.size(); ++state) {
        const auto count =
            std::count(states_->begin(), states_->end(), static_cast<unsigned char>(state));
        draw_key(y, state_colours[state], text(state_texts[state]), count);
      }
    }
    bottom_ = y;
  }

  void draw_key(std::int64_t& y, const char* colour, const std::string& name, std::int64_t count) {
    if (count == 0) return;
    box(left_, y - 6, 8, 8, std::string("class=\"s\" rx=\"1.5\" fill=\"") + colour + "\"");
    words(left_ + 12, y, "k", name + ": " + number(count));
    y += legend_line;
  }

  std::int64_t count_category(std::size_t category) const {
    std::int64_t count = std::count(map_.category.begin(), map_.category.end(), category);
    for (std::size_t i = 0; i < map_.areas.size(); ++i) {
      if (map_.area_category[i] == category) count += map_.areas[i].places;
    }
    return count;
  }

  std::string text(const char* name) const { return texts::get(language_, name); }

  const Map& map_;
  const States* states_;
  std::string language_;
  std::string body_{};
  std::int64_t left_ = 4'000'000;
  std::int64_t right_ = -4'000'000;
  std::int64_t top_ = 4'000'000;
  std::int64_t bottom_ = -4'000'000;
};

}  // namespace

std::int64_t taken_in(const AreaInfo& area, const States& states) {
  const auto first = states.begin() + area.first_place - 1;
  return area.places -
         std::count(first, first + area.places, static_cast<unsigned char>(PlaceState::free));
}

std::string draw_svg(const Map& map, const States* states, std::string_view language) {
  return Picture(map, states, language).draw();
}

}  // namespace frontdesk::seating
