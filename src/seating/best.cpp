#include "seating/best.hpp"

#include <algorithm>
#include <numeric>

namespace frontdesk::seating {
namespace {

constexpr auto free_state = static_cast<unsigned char>(PlaceState::free);

/// The seats of a hall as one group looks at them.
class Search {
 public:
  Search(const Map& map, const States& states, const Wish& wish)
      : map_(map), states_(states), wish_(wish), count_(static_cast<std::size_t>(wish.count)) {}

  Pick pick() {
    Pick pick;
    look_side_by_side();
    if (tidy_.is_found()) return side_by_side(tidy_, Fit::together);
    if (loose_.is_found()) return side_by_side(loose_, Fit::leaves_single);
    if (look_in_near_rows(pick) || look_in_sections(pick) || look_at_tables(pick) ||
        look_in_areas(pick)) {
      return pick;
    }
    scatter(pick);
    return pick;
  }

  std::int64_t count_fitting() const {
    std::int64_t count = 0;
    bool has_accessible = false;
    for (std::size_t seat = 0; seat < map_.seats.size(); ++seat) {
      if (!fits(seat)) continue;
      ++count;
      has_accessible = has_accessible || map_.seats[seat].accessible;
    }
    if (wish_.accessible && !has_accessible) return 0;
    for (std::size_t i = 0; i < map_.areas.size(); ++i) {
      if (!takes_area(i)) continue;
      const auto first = states_.begin() + map_.areas[i].first_place - 1;
      count += std::count(first, first + map_.areas[i].places, free_state);
    }
    return count;
  }

  bool has_tidy() {
    look_side_by_side();
    return tidy_.is_found();
  }

 private:
  /// Places side by side: fewest accessible seats used, with a companion's, then nearest.
  struct Window {
    std::int64_t accessible = -1;
    std::int64_t companions = 0;
    std::int64_t distance = 0;
    std::size_t first = 0;

    bool is_found() const { return accessible >= 0; }
    bool is_better_than(const Window& other) const {
      if (!other.is_found()) return true;
      return std::tuple(accessible, companions == 0, distance, first) <
             std::tuple(other.accessible, other.companions == 0, other.distance, other.first);
    }
  };

  bool is_free(std::size_t seat) const { return states_[seat] == free_state; }
  bool is_special(std::size_t seat) const {
    return map_.seats[seat].accessible || map_.seats[seat].companion;
  }
  bool fits(std::size_t seat) const {
    if (!is_free(seat)) return false;
    if (wish_.category != Map::none && map_.category[seat] != wish_.category) return false;
    return wish_.accessible || !is_special(seat);
  }
  /// One that is to be sold with others: accessible seats may stand alone.
  bool is_plain_free(std::size_t seat) const { return is_free(seat) && !is_special(seat); }

  bool leaves_single(const Segment& segment, std::size_t first, std::size_t last) const {
    const bool leaves_left = !is_special(first) && first > segment.first &&
                             is_plain_free(first - 1) &&
                             (first - 1 == segment.first || !is_plain_free(first - 2));
    const bool leaves_right = !is_special(last) && last < segment.last && is_plain_free(last + 1) &&
                              (last + 1 == segment.last || !is_plain_free(last + 2));
    return leaves_left || leaves_right;
  }

  void look_side_by_side() {
    for (const Segment& segment : map_.segments) {
      if (map_.rows[segment.row].is_table) continue;
      if (segment.last - segment.first + 1 < count_) continue;
      look_in(segment);
    }
  }

  void look_in(const Segment& segment) {
    std::size_t length = 0;  // of what fits, up to and with the seat
    Window window;
    window.accessible = 0;
    for (std::size_t seat = segment.first; seat <= segment.last; ++seat) {
      if (!fits(seat)) {
        length = 0;
        window = {0, 0, 0, 0};
        continue;
      }
      ++length;
      window.accessible += map_.seats[seat].accessible ? 1 : 0;
      window.companions += map_.seats[seat].companion ? 1 : 0;
      window.distance += map_.distance[seat];
      if (length > count_) {
        window.accessible -= map_.seats[seat - count_].accessible ? 1 : 0;
        window.companions -= map_.seats[seat - count_].companion ? 1 : 0;
        window.distance -= map_.distance[seat - count_];
      }
      if (length < count_ || (wish_.accessible && window.accessible == 0)) continue;
      window.first = seat + 1 - count_;
      Window& best = leaves_single(segment, window.first, seat) ? loose_ : tidy_;
      if (window.is_better_than(best)) best = window;
    }
  }

  Pick side_by_side(const Window& window, Fit fit) const {
    Pick pick{std::vector<std::int64_t>(count_), fit};
    std::iota(pick.places.begin(), pick.places.end(), static_cast<std::int64_t>(window.first) + 1);
    return pick;
  }

  // --- apart from each other ---

  std::vector<std::size_t> fitting(const MapRow& row) const {
    std::vector<std::size_t> seats;
    for (std::size_t seat = row.first; seat <= row.last; ++seat) {
      if (fits(seat)) seats.push_back(seat);
    }
    return seats;
  }

  bool is_nearer(std::size_t a, std::size_t b) const {
    return std::tie(map_.distance[a], a) < std::tie(map_.distance[b], b);
  }

  /// The nearest of the seats, one accessible among them where that is asked. False if there are
  /// too few.
  bool nearest(std::vector<std::size_t>& seats) const {
    if (seats.size() < count_) return false;
    auto by_distance = [this](std::size_t a, std::size_t b) { return is_nearer(a, b); };
    std::sort(seats.begin(), seats.end(), by_distance);
    if (wish_.accessible) {
      auto accessible = std::find_if(seats.begin(), seats.end(), [this](std::size_t seat) {
        return map_.seats[seat].accessible;
      });
      if (accessible == seats.end()) return false;
      std::rotate(seats.begin(), accessible, accessible + 1);
    }
    seats.resize(count_);
    return true;
  }

  std::int64_t sum(const std::vector<std::size_t>& seats) const {
    std::int64_t distance = 0;
    for (std::size_t seat : seats) distance += map_.distance[seat];
    return distance;
  }

  static void keep(Pick& pick, const std::vector<std::size_t>& seats, Fit fit) {
    pick.fit = fit;
    pick.places.clear();
    for (std::size_t seat : seats) pick.places.push_back(static_cast<std::int64_t>(seat) + 1);
    std::sort(pick.places.begin(), pick.places.end());
  }

  std::size_t accessible_among(const std::vector<std::size_t>& seats) const {
    return static_cast<std::size_t>(
        std::count_if(seats.begin(), seats.end(),
                      [this](std::size_t seat) { return map_.seats[seat].accessible; }));
  }

  /// Rows of one section, as few as possible from the first to the last of them.
  bool look_in_near_rows(Pick& pick) const {
    std::vector<std::vector<std::size_t>> free(map_.rows.size());
    for (std::size_t row = 0; row < map_.rows.size(); ++row) {
      if (!map_.rows[row].is_table) free[row] = fitting(map_.rows[row]);
    }
    std::size_t best_span = map_.rows.size();
    std::int64_t best_distance = 0;
    std::size_t first = 0;
    std::size_t within = 0;
    std::size_t accessible = 0;  // within; the last of them is not left out where one is asked for
    auto leave_first = [&] {
      within -= free[first].size();
      accessible -= accessible_among(free[first++]);
    };
    for (std::size_t last = 0; last < map_.rows.size(); ++last) {
      while (map_.rows[first].section != map_.rows[last].section) leave_first();
      within += free[last].size();
      accessible += accessible_among(free[last]);
      while (first < last && within - free[first].size() >= count_ &&
             (!wish_.accessible || accessible > accessible_among(free[first]))) {
        leave_first();
      }
      if (within < count_ || last - first > best_span) continue;
      std::vector<std::size_t> seats;
      for (std::size_t row = first; row <= last; ++row) {
        seats.insert(seats.end(), free[row].begin(), free[row].end());
      }
      if (!nearest(seats)) continue;
      const std::int64_t distance = sum(seats);
      if (last - first == best_span && distance >= best_distance && !pick.places.empty()) continue;
      best_span = last - first;
      best_distance = distance;
      keep(pick, seats, Fit::near_rows);
    }
    return !pick.places.empty();
  }

  std::vector<std::size_t> all_fitting(bool at_tables) const {
    std::vector<std::size_t> seats;
    for (const MapRow& row : map_.rows) {
      if (row.is_table != at_tables) continue;
      const std::vector<std::size_t> more = fitting(row);
      seats.insert(seats.end(), more.begin(), more.end());
    }
    return seats;
  }

  bool look_in_sections(Pick& pick) const {
    std::vector<std::size_t> seats = all_fitting(false);
    if (!nearest(seats)) return false;
    keep(pick, seats, Fit::sections);
    return true;
  }

  /// One table for all, else several.
  bool look_at_tables(Pick& pick) const {
    std::int64_t best = 0;
    for (const MapRow& row : map_.rows) {
      if (!row.is_table) continue;
      std::vector<std::size_t> seats = fitting(row);
      if (!nearest(seats)) continue;
      const std::int64_t distance = sum(seats);
      if (!pick.places.empty() && distance >= best) continue;
      best = distance;
      keep(pick, seats, Fit::table);
    }
    if (!pick.places.empty()) return true;
    std::vector<std::size_t> seats = all_fitting(true);
    if (!nearest(seats)) return false;
    keep(pick, seats, Fit::tables);
    return true;
  }

  void add_of_area(const AreaInfo& area, std::vector<std::int64_t>& places) const {
    for (std::int64_t place = area.first_place; place <= *range_of(area).last; ++place) {
      if (places.size() == count_) return;
      if (is_free(static_cast<std::size_t>(place - 1))) places.push_back(place);
    }
  }

  bool takes_area(std::size_t area) const {
    return wish_.category == Map::none || map_.area_category[area] == wish_.category;
  }

  bool look_in_areas(Pick& pick) const {
    if (wish_.accessible) return false;
    for (std::size_t i = 0; i < map_.areas.size(); ++i) {
      if (!takes_area(i)) continue;
      std::vector<std::int64_t> places;
      add_of_area(map_.areas[i], places);
      if (places.size() < count_) continue;
      pick = {std::move(places), Fit::area};
      return true;
    }
    return false;
  }

  /// Whatever there is: rows, then tables, then areas.
  void scatter(Pick& pick) const {
    std::vector<std::int64_t> places;
    bool has_accessible = false;
    for (bool at_tables : {false, true}) {
      std::vector<std::size_t> seats = all_fitting(at_tables);
      std::sort(seats.begin(), seats.end(),
                [this](std::size_t a, std::size_t b) { return is_nearer(a, b); });
      for (std::size_t seat : seats) {
        if (places.size() == count_) break;
        has_accessible = has_accessible || map_.seats[seat].accessible;
        places.push_back(static_cast<std::int64_t>(seat) + 1);
      }
    }
    for (std::size_t i = 0; i < map_.areas.size(); ++i) {
      if (takes_area(i)) add_of_area(map_.areas[i], places);
    }
    if (places.size() < count_ || (wish_.accessible && !has_accessible)) return;
    std::sort(places.begin(), places.end());
    pick = {std::move(places), Fit::scattered};
  }

  const Map& map_;
  const States& states_;
  const Wish& wish_;
  std::size_t count_;
  Window tidy_{};
  Window loose_{};
};

}  // namespace

Pick best_places(const Map& map, const States& states, const Wish& wish) {
  return Search(map, states, wish).pick();
}

std::int64_t count_fitting(const Map& map, const States& states, const Wish& wish) {
  return Search(map, states, wish).count_fitting();
}

bool fits_without_single(const Map& map, const States& states, std::int64_t count) {
  const Wish wish{.count = count, .category = Map::none, .accessible = false};
  return Search(map, states, wish).has_tidy();
}

std::vector<std::size_t> single_seats(const Map& map, const States& states,
                                      std::span<const std::int64_t> places) {
  auto is_chosen = [&](std::size_t seat) {
    return std::find(places.begin(), places.end(), static_cast<std::int64_t>(seat) + 1) !=
           places.end();
  };
  auto is_special = [&](std::size_t seat) {
    return map.seats[seat].accessible || map.seats[seat].companion;
  };
  auto is_left = [&](std::size_t seat) {
    return states[seat] == free_state && !is_special(seat) && !is_chosen(seat);
  };
  std::vector<std::size_t> found;
  for (std::int64_t place : places) {
    const auto seat = static_cast<std::size_t>(place - 1);
    if (seat >= map.seats.size() || is_special(seat)) continue;
    const Segment& segment = map.segments[map.segment[seat]];
    if (map.rows[segment.row].is_table) continue;
    if (seat > segment.first && is_left(seat - 1) &&
        (seat - 1 == segment.first || !is_left(seat - 2))) {
      found.push_back(seat - 1);
    }
    if (seat < segment.last && is_left(seat + 1) &&
        (seat + 1 == segment.last || !is_left(seat + 2))) {
      found.push_back(seat + 1);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace frontdesk::seating
