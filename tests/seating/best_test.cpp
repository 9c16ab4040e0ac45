// The best places available, rule by rule, and against a plain model of the first two rules.
#include "seating/best.hpp"

#include <rapidcheck.h>

#include "seating_support.hpp"

using namespace frontdesk;
using seating::Fit;
using testing::Cinema;
using testing::Labels;
using testing::labels_of;

namespace {

constexpr auto taken = static_cast<unsigned char>(seating::PlaceState::booked);
constexpr auto open = static_cast<unsigned char>(seating::PlaceState::free);

/// A hall of which only some places are free.
struct Hall {
  std::shared_ptr<const seating::Map> map;
  seating::States states;

  explicit Hall(const std::string& text)
      : map(seating::build_map(text)), states(static_cast<std::size_t>(map->places())) {}

  Hall& take(const Labels& labels) {
    for (const std::string& label : labels) states[map->labels.at(label)] = taken;
    return *this;
  }
  Labels best(std::int64_t count, Fit fit, const std::string& category = "",
              bool accessible = false) const {
    seating::Wish wish{.count = count, .accessible = accessible};
    if (!category.empty()) wish.category = map->category_index(category);
    seating::Pick pick = seating::best_places(*map, states, wish);
    CHECK(pick.fit == fit);
    Labels labels;
    for (std::int64_t place : pick.places) {
      labels.push_back(seating::label_of({.id = {}, .map = map, .capacity = {}}, place));
    }
    return labels;
  }
};

}  // namespace

TEST_CASE("side by side, nearest to the focal point", "[H5]") {
  Hall hall("category S s\nfocus 45 10\nrow A: 10S\nrow B: 10S\nrow C: 10S\n");
  CHECK(hall.best(2, Fit::together) == Labels{"B-5", "B-6"});
  CHECK(hall.best(4, Fit::together) == Labels{"B-4", "B-5", "B-6", "B-7"});
  CHECK(hall.best(1, Fit::together) == Labels{"B-5"});  // of two alike the lower place
  hall.take({"B-5", "B-6"});
  CHECK(hall.best(2, Fit::together) == Labels{"A-5", "A-6"});
}

TEST_CASE("a standing area beside the seats does not move the stage from before them", "[H5][H1]") {
  Hall hall("category S s\nrow A: 8S\nrow B: 8S\narea Pit: 60S\n");
  CHECK(hall.best(2, Fit::together) == Labels{"A-4", "A-5"});
}

TEST_CASE("a row is not left with a single seat while there is another way", "[H5][H6]") {
  Hall hall("category S s\nfocus 0 0\nrow A: 5S\nrow B: 20_ 4S\n");
  // would leave A-5, B is far away but whole.
  CHECK(hall.best(4, Fit::together) == Labels{"B-1", "B-2", "B-3", "B-4"});
  CHECK(hall.best(3, Fit::together) == Labels{"A-1", "A-2", "A-3"});
  hall.take({"B-2"});
  CHECK(hall.best(4, Fit::leaves_single) == Labels{"A-1", "A-2", "A-3", "A-4"});
}

TEST_CASE("a gap and a table keep people apart", "[H5]") {
  Hall hall("category S s\nfocus 0 0\nrow A: 2S _ 2S\nrow B: 10_ 4S\ntable T: 4S\n");
  CHECK(hall.best(4, Fit::together) == Labels{"B-1", "B-2", "B-3", "B-4"});
}

TEST_CASE("then near rows, of which as few as can be", "[H5]") {
  Hall hall("category S s\nfocus 0 0\nrow A: 2S\nrow B: S\nrow C: 2S\nrow D: 2S\n");
  CHECK(hall.best(4, Fit::near_rows) == Labels{"C-1", "C-2", "D-1", "D-2"});
  CHECK(hall.best(3, Fit::near_rows) == Labels{"A-1", "A-2", "B-1"});
  CHECK(hall.best(7, Fit::near_rows).size() == 7);
}

TEST_CASE("then other sections, then tables, then the standing area", "[H5]") {
  Hall hall(
      "category S s\nfocus 0 0\n"
      "section L\nrow A: 2S\nsection R\nrow A: 2S\n"
      "section Floor\ntable T: 5S\ntable U: 6S\narea Pit: 20S\n");
  CHECK(hall.best(3, Fit::sections) == Labels{"L A-1", "L A-2", "R A-1"});
  CHECK(hall.best(5, Fit::table) ==
        Labels{"Floor T-1", "Floor T-2", "Floor T-3", "Floor T-4", "Floor T-5"});
  CHECK(hall.best(6, Fit::table)[0] == "Floor U-1");
  CHECK(hall.best(8, Fit::tables).size() == 8);
  CHECK(hall.best(12, Fit::area)[0] == "Pit-1");
  CHECK(hall.best(35, Fit::scattered).size() == 35);
  CHECK(hall.best(36, Fit::together).empty());
}

TEST_CASE("accessible seats are kept for those who ask, and then come with a companion's", "[H5]") {
  Hall hall("category S s\nfocus 0 0\nrow A: Sa Sc 2S\nrow B: 10_ 4S\n");
  CHECK(hall.best(2, Fit::together) == Labels{"A-3", "A-4"});
  CHECK(hall.best(3, Fit::leaves_single) == Labels{"B-1", "B-2", "B-3"});
  CHECK(hall.best(4, Fit::together) == Labels{"B-1", "B-2", "B-3", "B-4"});
  CHECK(hall.best(2, Fit::together, "", true) == Labels{"A-1", "A-2"});
  CHECK(hall.best(1, Fit::together, "", true) == Labels{"A-1"});
  hall.take({"A-1"});
  CHECK(hall.best(1, Fit::together, "", true).empty());
}

TEST_CASE("only seats of the category that is asked for", "[H5]") {
  Hall hall("category S s\ncategory V vip\nfocus 0 0\nrow A: 4S\nrow B: 3V\narea F: 5V\n");
  CHECK(hall.best(2, Fit::leaves_single, "vip") == Labels{"B-1", "B-2"});
  CHECK(hall.best(3, Fit::together, "vip") == Labels{"B-1", "B-2", "B-3"});
  CHECK(hall.best(4, Fit::area, "vip")[0] == "F-1");
  CHECK(hall.best(8, Fit::scattered, "vip").size() == 8);
  CHECK(hall.best(9, Fit::together, "vip").empty());
}

TEST_CASE("the best seats side by side are those that a plain search finds", "[H5]") {
  CHECK(rc::check([] {
    const int rows = *rc::gen::inRange(1, 6);
    std::string text = "category S s\nfocus " + std::to_string(*rc::gen::inRange(-20, 120)) + " " +
                       std::to_string(*rc::gen::inRange(-20, 80)) + "\n";
    for (int row = 0; row < rows; ++row) {
      text += "row " + std::to_string(row) + ":";
      for (int i = *rc::gen::inRange(1, 12); i >= 0; --i) {
        text += *rc::gen::element(" S", " S", " S", " S", " _", " Sa");
      }
      text += " S\n";
    }
    Hall hall(text);
    for (unsigned char& state : hall.states) state = *rc::gen::element(open, open, taken);
    const auto count = static_cast<std::size_t>(*rc::gen::inRange(1, 5));

    const seating::Map& map = *hall.map;
    auto is_free = [&](std::size_t i) {
      return hall.states[i] == open && !map.seats[i].accessible;
    };
    std::optional<std::tuple<bool, std::int64_t, std::size_t>> wanted;
    for (std::size_t first = 0; first + count <= map.seats.size(); ++first) {
      bool fits = map.segment[first] == map.segment[first + count - 1];
      std::int64_t distance = 0;
      for (std::size_t i = first; i < first + count; ++i) {
        fits = fits && is_free(i);
        distance += map.distance[i];
      }
      if (!fits) continue;
      // The row as it would be: does any free seat stand alone that did not before?
      bool leaves = false;
      const seating::Segment& segment = map.segments[map.segment[first]];
      auto alone = [&](std::size_t i, bool after) {
        auto free = [&](std::size_t j) {
          return is_free(j) && (!after || j < first || j >= first + count);
        };
        return free(i) && (i == segment.first || !free(i - 1)) &&
               (i == segment.last || !free(i + 1));
      };
      for (std::size_t i = segment.first; i <= segment.last; ++i) {
        leaves = leaves || (alone(i, true) && !alone(i, false));
      }
      const std::tuple candidate{leaves, distance, first};
      if (!wanted || candidate < *wanted) wanted = candidate;
    }
    const seating::Wish wish{.count = static_cast<std::int64_t>(count)};
    seating::Pick pick = seating::best_places(map, hall.states, wish);
    if (!wanted) {
      RC_ASSERT(pick.places.empty() || pick.fit == Fit::near_rows);
      return;
    }
    RC_ASSERT(pick.places.size() == count);
    RC_ASSERT(pick.fit == (std::get<0>(*wanted) ? Fit::leaves_single : Fit::together));
    RC_ASSERT(pick.places[0] == static_cast<std::int64_t>(std::get<2>(*wanted)) + 1);
    // What is left alone is what the rule of single seats finds.
    RC_ASSERT(seating::single_seats(map, hall.states, pick.places).empty() != std::get<0>(*wanted));
  }));
}

TEST_CASE("the best are told to everyone and taken by a hold", "[H5][H4]") {
  Cinema cinema(testing::shipped_map("cinema"));
  seating::BestAvailable ask{.session = cinema.show, .count = 4};
  auto best = cinema.desk.anonymous().run(ask);
  CHECK(best.fit == Fit::together);
  CHECK(labels_of(best.places) == Labels{"H-11", "H-12", "H-13", "H-14"});
  CHECK(cinema.places().free == 260);
  auto held = cinema.desk.anonymous().run(cinema.wish(4));
  CHECK(labels_of(held.places) == labels_of(best.places));
  CHECK(labels_of(cinema.desk.anonymous().run(ask).places) != labels_of(best.places));
  ask.category = "vip";
  CHECK(cinema.host().run(ask).places.at(0).category == "vip");
  ask.category = "gold";
  CHECK(testing::refusal([&] { cinema.host().run(ask); }).reason() == "seat_category_not_found");
  ask.category.clear();
  ask.accessible = true;
  ask.count = 2;
  auto accessible = cinema.host().run(ask).places;
  CHECK(std::count_if(accessible.begin(), accessible.end(),
                      [](const auto& place) { return place.accessible; }) == 1);
  ask.count = 300;
  CHECK(testing::refusal([&] { cinema.host().run(ask); }).code() == Code::sold_out);
}

TEST_CASE("an accessible seat in another row of the section is still near", "[H5]") {
  Hall hall("category S s\nrow A: Sa\nrow B: S\nrow C: 4S\n");
  CHECK(hall.best(3, Fit::near_rows, "", true) == Labels{"A-1", "B-1", "C-2"});
}

TEST_CASE("who asks for an accessible seat for two gets the companion's beside it", "[H5]") {
  Hall hall("category S s\nfocus 0 0\nrow A: 4S Sa Sc 2S\n");
  CHECK(hall.best(2, Fit::together, "", true) == Labels{"A-5", "A-6"});
}
