// A capacity below the places of the map: who counts against it, and what is told of it.
#include "seating_support.hpp"

using namespace frontdesk;
using testing::at;
using testing::Cinema;
using testing::number;
using testing::refusal;

namespace {

/// A show with five places in a hall of twenty-four seats.
struct Capped : Cinema {
  Capped() { show = show_at(at(2026, 3, 4, 18), 5); }

  void block(std::vector<std::string> seats) const {
    seating::Block request{.session = show, .choice = {}, .reason = "Broken"};
    request.choice.seats = std::move(seats);
    host().run(request);
  }
  void reserve(std::vector<std::string> seats) const {
    seating::ReserveForChannel request{.session = show};
    request.choice.seats = std::move(seats);
    host().run(request);
  }
  std::int64_t free(seating::Channel channel = seating::Channel::online) const {
    return *places(channel).free;
  }
  std::int64_t free_in_calendar() const {
    schedule::Calendar request;
    request.view = schedule::View::window;
    request.date = testing::on(2026, 3, 1);
    request.until = testing::on(2026, 6, 1);
    request.centre = centre;
    for (const auto& item : host().run(request).items) {
      if (item.session == show) return *item.free;
    }
    return -1;
  }
  /// The session is as it may be, and can be changed.
  void check_sound() const {
    CHECK(problems().empty());
    schedule::UpdateSession update{.session = show};
    update.colour = "#ff0000";
    CHECK_NOTHROW(host().run(update));
    CHECK(free_in_calendar() == free());
  }
};

}  // namespace

TEST_CASE("what is set aside for a channel counts against the capacity for the other", "[B3][H3]") {
  Capped hall;
  hall.reserve({"A-1", "A-2", "A-3"});
  CHECK(hall.free() == 2);
  CHECK(hall.free(seating::Channel::box_office) == 5);
  seating::Hold others = hall.wish({"B-1", "B-2", "B-3", "B-4", "B-5"});
  CHECK(number(refusal([&] { hall.host().run(others); }), "free") == 2);
  others.channel = seating::Channel::box_office;
  hall.host().run(others);
  CHECK(hall.free() == 0);
  CHECK(hall.free(seating::Channel::box_office) == 0);
  hall.check_sound();
}

TEST_CASE("a broken seat takes nobody's place while the capacity leaves seats over", "[B3][H3]") {
  Capped hall;
  const auto held = hall.hold({"A-1", "A-2", "A-3", "A-4", "A-5"});
  hall.block({"C-8"});
  seating::Block two{.session = hall.show, .choice = {.count = 2}, .reason = "Broken"};
  CHECK_NOTHROW(hall.host().run(two));
  CHECK(hall.free() == 0);
  hall.check_sound();
  CHECK(refusal([&] { hall.hold({"B-1", "B-2"}); }).reason() == "no_place_left");
  const Error promise = refusal([&] { hall.reserve({"B-7", "B-8"}); });
  CHECK(promise.reason() == "no_place_left");
  CHECK(number(promise, "free") == 0);

  hall.host().run(seating::ReleaseHold{.token = held.token});
  CHECK(hall.free() == 5);
  CHECK_NOTHROW(hall.hold({"A-4", "A-5", "A-6", "A-7", "A-8"}));
  hall.check_sound();
}

TEST_CASE("blocked seats beyond those left over are places less", "[B3][H3]") {
  Capped hall;
  hall.block({"A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "A-7", "A-8", "B-1", "B-2",
              "B-3", "B-4", "B-5", "B-6", "B-7", "B-8", "C-1", "C-2", "C-7", "C-8"});
  CHECK(hall.free() == 4);
  hall.check_sound();
  CHECK(number(refusal([&] { hall.host().run(hall.wish(5)); }), "free") == 4);
  CHECK_NOTHROW(hall.host().run(hall.wish(4)));
  CHECK(hall.free() == 0);
  hall.check_sound();
}

TEST_CASE("no part of a hall has more left than the session", "[B3]") {
  Capped hall;
  for (const auto& category : hall.places().categories) CHECK(category.free == 5);
  hall.hold({"A-1", "A-2", "A-3", "A-4", "A-5"});
  for (const auto& category : hall.places().categories) CHECK(category.free == 0);
}

TEST_CASE("what is left for a wish is told of that wish", "[B3][H5]") {
  Cinema cinema;
  seating::BestAvailable best{.session = cinema.show, .count = 9, .category = "premium"};
  CHECK(number(refusal([&] { cinema.host().run(best); }), "free") == 8);
  best.category.clear();
  best.accessible = true;
  cinema.hold({"C-1", "C-2"});
  cinema.hold({"C-7", "C-8"});
  best.count = 2;
  CHECK(number(refusal([&] { cinema.host().run(best); }), "free") == 0);
}
