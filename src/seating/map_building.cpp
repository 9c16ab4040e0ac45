/// From a plan to a hall: labels, places, points; and what is wrong with a plan.
#include "base/text.hpp"
#include "catalog/ticket_types.hpp"
#include "seating/plan.hpp"

#include <algorithm>
#include <unordered_set>

namespace frontdesk::seating {
namespace {

constexpr std::size_t label_length_max = 40;
constexpr std::size_t name_length_max = 60;
constexpr std::int64_t section_space = 2 * pitch;
constexpr std::int64_t table_depth = 4 * pitch;  ///< from one line of tables to the next
constexpr std::int64_t table_space = 15;
constexpr std::int64_t tables_width = 40 * pitch;  ///< tables stand side by side up to here
constexpr MapPoint area_size{20 * pitch, 4 * pitch};

struct Box {
  std::int64_t left = far_away * 2;
  std::int64_t right = -far_away * 2;
  std::int64_t top = far_away * 2;
  std::int64_t bottom = -far_away * 2;

  void add(std::int64_t x, std::int64_t y) {
    left = std::min(left, x);
    right = std::max(right, x);
    top = std::min(top, y);
    bottom = std::max(bottom, y);
  }
};

class Builder {
 public:
  Builder(MapPlan plan, const Spots* spots) : site_(spots), map_(std::make_shared<Map>()) {
    map_->plan = std::move(plan);
  }

  std::shared_ptr<const Map> build() {
    check_categories();
    check_points();
    count_places();
    check_names();
    for (section_ = 0; section_ < map_->plan.sections.size(); ++section_) lay_section();
    check_companions();
    check_overlaps();
    number_areas();
    set_points();
    index();
    return map_;
  }

 private:
  const MapSection& section() const { return map_->plan.sections[section_]; }
  const MapBlock& block() const { return section().blocks[block_]; }

  void check_categories() {
    std::vector<MapCategory>& categories = map_->plan.categories;
    if (categories.empty()) site_.refuse("map_without_category");
    for (std::size_t i = 0; i < categories.size(); ++i) {
      const MapCategory& category = categories[i];
      const char letter = category.letter.empty() ? '\0' : category.letter[0];
      if (category.letter.size() != 1 || letter < 'A' || letter > 'Z') {
        site_.refuse_category("map_letter_invalid", i, {{"letter", category.letter}});
      }
      if (!is_category_code(category.code)) {
        site_.refuse_category("map_category_malformed", i, {{"category", category.code}});
      }
      for (std::size_t j = 0; j < i; ++j) {
        if (categories[j].letter == category.letter || categories[j].code == category.code) {
          site_.refuse_category("map_category_twice", i, {{"category", category.code}});
        }
      }
      map_->categories.push_back(category.code);
    }
  }

  static bool is_category_code(const std::string& code) {
    try {
      return catalog::seat_category_code(code, {}) == code;
    } catch (const Error&) {
      return false;
    }
  }

  /// Before anything is made of them, so that no text makes more than the limit.
  void count_places() {
    std::int64_t seats = 0;
    std::int64_t places = 0;
    std::int64_t areas = 0;
    if (map_->plan.sections.size() > sections_max) {
      site_.refuse_section("map_too_many_sections", sections_max, {{"limit", sections_max}});
    }
    for (section_ = 0; section_ < map_->plan.sections.size(); ++section_) {
      if (section().blocks.empty()) site_.refuse_section("map_section_empty", section_);
      for (block_ = 0; block_ < section().blocks.size(); ++block_) {
        const std::int64_t count = count_block();
        places += count;
        if (block().part == MapPart::area) {
          ++areas;
        } else {
          seats += count;
        }
        if (areas > areas_max) {
          site_.refuse_block("map_too_many_areas", section_, block_, {{"limit", areas_max}});
        }
        if (seats > seats_max) {
          site_.refuse_block("map_too_many_seats", section_, block_, {{"limit", seats_max}});
        }
        if (places > places_max) {
          site_.refuse_block("map_too_many_places", section_, block_, {{"limit", places_max}});
        }
      }
    }
    if (places == 0) site_.refuse("map_empty");
    map_->seats.reserve(static_cast<std::size_t>(seats));
  }

  /// What the text could not say is not taken as data either.
  void check_points() const {
    const MapPlan& plan = map_->plan;
    if (is_far(plan.stage_at)) site_.refuse("map_out_of_bounds", {{"label", std::string("stage")}});
    if (is_far(plan.focus)) site_.refuse("map_out_of_bounds", {{"label", std::string("focus")}});
    for (std::size_t i = 0; i < plan.sections.size(); ++i) {
      if (!is_far(plan.sections[i].at)) continue;
      site_.refuse_section("map_out_of_bounds", i, {{"label", plan.sections[i].name}});
    }
  }

  void check_options() const {
    const char* foreign = nullptr;
    if (block().step && block().part != MapPart::row) foreign = "step";
    if (block().size && block().part != MapPart::area) foreign = "size";
    if (block().by != 1 && block().part == MapPart::area) foreign = "by";
    if (foreign != nullptr) {
      site_.refuse_block("map_option_misplaced", section_, block_,
                         {{"label", block().label}, {"option", std::string(foreign)}});
    }
    if (block().by < -by_max || block().by > by_max) refuse_block("map_by_invalid");
    if (block().space_before < 0 || block().space_before > space_max) {
      refuse_block("map_space_invalid");
    }
    if (is_far(block().at) || is_far(block().step) || is_far(block().size)) {
      refuse_block("map_out_of_bounds");
    }
  }

  static bool is_far(std::int64_t value) { return value < -far_away || value > far_away; }
  static bool is_far(const std::optional<MapPoint>& point) {
    return point && (is_far(point->x) || is_far(point->y));
  }

  std::int64_t count_block() const {
    check_options();
    std::int64_t count = 0;
    for (std::size_t i = 0; i < block().seats.size(); ++i) {
      const SeatRun& run = block().seats[i];
      const bool is_gap = run.category.empty();
      if (run.count < 1 || run.count > places_max) refuse_run("map_count_invalid", i);
      if (is_gap && (run.accessible || run.companion || run.number))
        refuse_run("map_gap_flagged", i);
      if (is_gap && block().part != MapPart::row) refuse_run("map_gap_outside_row", i);
      if (run.accessible && run.companion) refuse_run("map_seat_both", i);
      if (!is_gap && map_->category_index(run.category) == Map::none) {
        site_.refuse_run("map_category_unknown", section_, block_, i, {{"category", run.category}});
      }
      if (!is_gap) count += run.count;
    }
    if (count == 0)
      refuse_block(block().part == MapPart::row ? "map_row_empty" : "map_block_empty");
    if (block().part == MapPart::area) check_area();
    return count;
  }

  void check_area() const {
    const SeatRun& run = block().seats.front();
    if (block().seats.size() != 1 || run.accessible || run.companion || run.number) {
      refuse_block("map_area_malformed");
    }
    if (block().size && (block().size->x < pitch || block().size->y < pitch)) {
      refuse_block("map_area_too_small");
    }
  }

  void check_names() {
    if (!is_name(map_->plan.stage, name_length_max)) site_.refuse("map_name_malformed");
    std::unordered_set<std::string_view> names;
    std::unordered_set<std::string_view> areas;
    for (section_ = 0; section_ < map_->plan.sections.size(); ++section_) {
      if (!is_name(section().name, name_length_max))
        site_.refuse_section("map_name_malformed", section_);
      if (!names.insert(section().name).second) {
        site_.refuse_section("map_section_twice", section_, {{"section", section().name}});
      }
      for (block_ = 0; block_ < section().blocks.size(); ++block_) {
        if (block().label.empty() || !is_name(block().label, label_length_max)) {
          refuse_block("map_name_malformed");
        }
        if (block().part == MapPart::area && !areas.insert(block().label).second) {
          site_.refuse_block("map_area_twice", section_, block_, {{"area", block().label}});
        }
      }
    }
  }

  static bool is_name(std::string_view name, std::size_t length_max) {
    return text::length(name) <= length_max && !text::has_control_characters(name) &&
           name.find_first_of("\t\r\n") == std::string_view::npos &&
           name.find("\xEF\xBF\xBE") == std::string_view::npos &&  // no letters: no picture has
           name.find("\xEF\xBF\xBF") == std::string_view::npos;    // U+FFFE and U+FFFF
  }

  // --- where things stand ---

  void lay_section() {
    if (section().at) {
      left_ = section().at->x;
      y_ = section().at->y;
    } else {
      left_ = 0;
      y_ = section_ == 0 ? 0 : bottom_ + section_space;
    }
    table_x_.reset();
    tables_bottom_ = y_;
    for (block_ = 0; block_ < section().blocks.size(); ++block_) {
      if (block().part != MapPart::table || block().space_before > 0) end_tables();
      y_ += block().space_before * pitch;
      if (block().part == MapPart::row) lay_row();
      if (block().part == MapPart::table) lay_table();
      if (block().part == MapPart::area) lay_area();
      bottom_ = std::max(bottom_, y_);
    }
    end_tables();
    bottom_ = std::max(bottom_, y_);
  }

  void end_tables() {
    if (table_x_) y_ += table_depth;
    table_x_.reset();
    y_ = std::max(y_, tables_bottom_);
  }

  void lay_row() {
    const MapPoint start = block().at.value_or(MapPoint{left_, y_});
    const MapPoint step = block().step.value_or(MapPoint{pitch, 0});
    open_row(false);
    std::int64_t column = 0;
    for (std::size_t i = 0; i < block().seats.size(); ++i) {
      const SeatRun& run = block().seats[i];
      if (run.category.empty()) {
        close_segment();
        column += run.count;
        continue;
      }
      for (std::int64_t k = 0; k < run.count; ++k, ++column) {
        add_seat(i, k, {start.x + column * step.x, start.y + column * step.y});
      }
    }
    close_row();
    y_ = std::max(y_, lowest_) + pitch;
  }

  /// Half of the seats along each side.
  void lay_table() {
    std::int64_t count = 0;
    for (const SeatRun& run : block().seats) count += run.count;
    const std::int64_t upper = (count + 1) / 2;
    const std::int64_t width = upper * pitch;
    if (table_x_ && *table_x_ + width > left_ + tables_width) end_tables();
    MapPoint start{table_x_.value_or(left_), y_};
    if (block().at) start = *block().at;
    open_row(true);
    std::int64_t seat = 0;
    for (std::size_t i = 0; i < block().seats.size(); ++i) {
      for (std::int64_t k = 0; k < block().seats[i].count; ++k, ++seat) {
        const bool is_upper = seat < upper;
        add_seat(i, k,
                 {start.x + (is_upper ? seat : seat - upper) * pitch,
                  start.y + (is_upper ? 0 : 2 * pitch)});
      }
    }
    close_row();
    if (!block().at) {
      table_x_ = start.x + width + table_space;
    } else {
      tables_bottom_ = std::max(tables_bottom_, start.y + table_depth);
    }
  }

  void lay_area() {
    const MapPoint start = block().at.value_or(MapPoint{left_ - pitch / 2, y_ - pitch / 2});
    const MapPoint size = block().size.value_or(area_size);
    const SeatRun& run = block().seats.front();
    map_->areas.push_back({.section = section().name,
                           .name = block().label,
                           .category = run.category,
                           .first_place = 0,
                           .places = run.count,
                           .x = start.x,
                           .y = start.y,
                           .width = size.x,
                           .depth = size.y});
    map_->area_category.push_back(map_->category_index(run.category));
    check_near(start.x, start.y);
    check_near(start.x + size.x, start.y + size.y);
    box_.add(start.x, start.y);
    box_.add(start.x + size.x, start.y + size.y);
    y_ = std::max(y_, start.y + size.y + pitch / 2);
  }

  void open_row(bool is_table) {
    map_->rows.push_back({section_, block().label, is_table, map_->seats.size(), 0});
    segment_open_ = false;
    next_number_ = 1;
    lowest_ = y_;
  }
  void close_segment() { segment_open_ = false; }
  void close_row() { map_->rows.back().last = map_->seats.size() - 1; }

  void add_seat(std::size_t run_index, std::int64_t index_in_run, const MapPoint& point) {
    const SeatRun& run = block().seats[run_index];
    if (index_in_run == 0 && run.number) next_number_ = *run.number;
    if (next_number_ < 0 || next_number_ > far_away) refuse_run("map_number_invalid", run_index);
    check_near(point.x, point.y);
    const std::size_t index = map_->seats.size();
    if (!segment_open_) map_->segments.push_back({index, index, map_->rows.size() - 1});
    segment_open_ = true;
    map_->segments.back().last = index;
    SeatInfo seat;
    seat.place = static_cast<std::int64_t>(index) + 1;
    seat.section = section().name;
    (block().part == MapPart::table ? seat.table : seat.row) = block().label;
    seat.number = std::to_string(next_number_);
    if (!seat.section.empty()) seat.label = seat.section + " ";
    seat.label += block().label + "-" + seat.number;
    seat.category = run.category;
    seat.accessible = run.accessible;
    seat.companion = run.companion;
    seat.x = point.x;
    seat.y = point.y;
    if (!labels_.insert(seat.label).second) {
      site_.refuse_run("map_label_twice", section_, block_, run_index, {{"label", seat.label}});
    }
    box_.add(point.x - pitch / 2, point.y - pitch / 2);
    box_.add(point.x + pitch / 2, point.y + pitch / 2);
    lowest_ = std::max(lowest_, point.y);
    map_->category.push_back(map_->category_index(run.category));
    map_->segment.push_back(map_->segments.size() - 1);
    origins_.push_back({section_, block_, run_index});
    map_->seats.push_back(std::move(seat));
    next_number_ += block().by;
  }

  void check_near(std::int64_t x, std::int64_t y) const {
    if (is_far(x) || is_far(y)) refuse_block("map_out_of_bounds");
  }

  // --- what stands wrongly ---

  /// Somebody's companion sits beside them, or beside another of their companions.
  void check_companions() const {
    for (const Segment& segment : map_->segments) {
      const bool is_table = map_->rows[segment.row].is_table;
      for (std::size_t i = segment.first; i <= segment.last; ++i) {
        if (!map_->seats[i].companion) continue;
        if (is_table ? has_accessible(segment) : is_beside_accessible(segment, i)) continue;
        refuse_seat("map_companion_alone", i, {{"label", map_->seats[i].label}});
      }
    }
  }

  bool has_accessible(const Segment& segment) const {
    for (std::size_t i = segment.first; i <= segment.last; ++i) {
      if (map_->seats[i].accessible) return true;
    }
    return false;
  }

  bool is_beside_accessible(const Segment& segment, std::size_t seat) const {
    std::size_t left = seat;
    while (left > segment.first && map_->seats[left].companion) --left;
    std::size_t right = seat;
    while (right < segment.last && map_->seats[right].companion) ++right;
    return map_->seats[left].accessible || map_->seats[right].accessible;
  }

  /// Two seats overlap where less than half a seat is between their middles.
  void check_overlaps() const {
    constexpr std::int64_t cell = pitch / 2;
    constexpr std::int64_t columns = 4 * far_away;
    auto key = [](std::int64_t x, std::int64_t y) { return y * columns + x; };
    std::unordered_map<std::int64_t, std::size_t> cells;
    cells.reserve(map_->seats.size() * 2);
    for (std::size_t i = 0; i < map_->seats.size(); ++i) {
      const SeatInfo& seat = map_->seats[i];
      const std::int64_t x = (seat.x + far_away) / cell;
      const std::int64_t y = (seat.y + far_away) / cell;
      for (std::int64_t near = 0; near < 9; ++near) {
        auto found = cells.find(key(x + near % 3 - 1, y + near / 3 - 1));
        if (found == cells.end()) continue;
        const SeatInfo& other = map_->seats[found->second];
        if (std::abs(other.x - seat.x) >= cell || std::abs(other.y - seat.y) >= cell) continue;
        refuse_seat("map_seats_overlap", i, {{"label", seat.label}, {"other", other.label}});
      }
      cells[key(x, y)] = i;
    }
  }

  // --- what follows ---

  void number_areas() {
    auto next = static_cast<std::int64_t>(map_->seats.size()) + 1;
    for (AreaInfo& area : map_->areas) {
      area.first_place = next;
      next += area.places;
    }
  }

  /// Where nobody says otherwise the stage is before the middle of the seats: a standing area
  /// beside them must not make the outermost the best.
  std::int64_t middle() const {
    if (map_->seats.empty()) return (box_.left + box_.right) / 2;
    const auto [first, last] =
        std::minmax_element(map_->seats.begin(), map_->seats.end(),
                            [](const SeatInfo& a, const SeatInfo& b) { return a.x < b.x; });
    return (first->x + last->x) / 2;
  }

  void set_points() {
    map_->stage = map_->plan.stage_at.value_or(MapPoint{middle(), box_.top - 2 * pitch});
    map_->focus = map_->plan.focus.value_or(map_->stage);
    for (const SeatInfo& seat : map_->seats) {
      const std::int64_t x = seat.x - map_->focus.x;
      const std::int64_t y = seat.y - map_->focus.y;
      map_->distance.push_back(x * x + y * y);
    }
  }

  void index() {
    for (std::size_t i = 0; i < map_->seats.size(); ++i) {
      const SeatInfo& seat = map_->seats[i];
      std::string_view label = seat.label;
      map_->labels.emplace(label, i);
      if (!seat.section.empty()) label.remove_prefix(seat.section.size() + 1);
      auto [known, is_new] = map_->short_labels.emplace(label, i);
      if (!is_new) known->second = Map::ambiguous;
    }
  }

  [[noreturn]] void refuse_block(std::string_view reason) const {
    site_.refuse_block(reason, section_, block_, {{"label", block().label}});
  }
  [[noreturn]] void refuse_run(std::string_view reason, std::size_t run) const {
    site_.refuse_run(reason, section_, block_, run, {{"label", block().label}});
  }
  [[noreturn]] void refuse_seat(std::string_view reason, std::size_t seat, Details details) const {
    const Origin& origin = origins_[seat];
    site_.refuse_run(reason, origin.section, origin.block, origin.run, std::move(details));
  }

  struct Origin {
    std::size_t section;
    std::size_t block;
    std::size_t run;
  };

  Site site_;
  std::shared_ptr<Map> map_;
  std::size_t section_ = 0;
  std::size_t block_ = 0;
  std::int64_t left_ = 0;
  std::int64_t y_ = 0;
  std::int64_t bottom_ = 0;
  std::optional<std::int64_t> table_x_{};
  std::int64_t tables_bottom_ = 0;  ///< of those that stand where they were put
  std::int64_t lowest_ = 0;
  std::int64_t next_number_ = 1;
  bool segment_open_ = false;
  Box box_{};
  std::vector<Origin> origins_{};
  std::unordered_set<std::string> labels_{};
};

}  // namespace

std::shared_ptr<const Map> build_map(std::string_view text) {
  ParsedPlan parsed = read_plan(text);
  return Builder(std::move(parsed.plan), &parsed.spots).build();
}

std::shared_ptr<const Map> build_map(const MapPlan& plan) {
  std::shared_ptr<const Map> map = Builder(plan, nullptr).build();
  MapPlan joined = plan;
  join_runs(joined);
  return joined == plan ? map : Builder(std::move(joined), nullptr).build();
}

}  // namespace frontdesk::seating
