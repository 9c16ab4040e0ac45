// Random maps through print and parse; random holds against a plain model.
#include "seating/maps.hpp"

#include <rapidcheck.h>

#include "seating_support.hpp"

#include <map>
#include <random>

using namespace frontdesk;
using testing::Cinema;

namespace {

using Random = std::mt19937_64;

std::int64_t number(Random& random, std::int64_t low, std::int64_t high) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}
bool chance(Random& random, int percent) { return number(random, 1, 100) <= percent; }

std::string name(Random& random) {
  static const char* const names[] = {"A",       "Stalls", "Ложа 1", "a:b",      "x \"y\"",
                                      "back\\s", "# 1",    "-",      "ряд \t x", "1"};
  std::string text = names[number(random, 0, 7)];
  return text + std::to_string(number(random, 0, 999'999));
}

std::optional<seating::MapPoint> point(Random& random, int percent) {
  if (!chance(random, percent)) return std::nullopt;
  return seating::MapPoint{number(random, -900'000, 900'000), number(random, -900'000, 900'000)};
}

seating::MapPlan random_plan(Random& random) {
  seating::MapPlan plan;
  const auto categories = number(random, 1, 4);
  for (std::int64_t i = 0; i < categories; ++i) {
    plan.categories.push_back({std::string(1, static_cast<char>('A' + i)),
                               (chance(random, 30) ? "c:" : "c") + std::to_string(i)});
  }
  if (chance(random, 60)) plan.stage = name(random);
  plan.stage_at = point(random, 30);
  plan.focus = point(random, 30);
  const auto sections = number(random, 1, 3);
  for (std::int64_t i = 0; i < sections; ++i) {
    seating::MapSection section;
    if (i > 0 || chance(random, 50)) section.name = name(random) + std::to_string(i);
    section.at = point(random, 30);
    for (std::int64_t left = number(random, 1, 5); left > 0; --left) {
      seating::MapBlock block;
      block.part = static_cast<seating::MapPart>(number(random, 0, 2));
      block.label = name(random) + "." + std::to_string(left + 10 * i);
      block.space_before = chance(random, 20) ? number(random, 1, 9) : 0;
      block.at = point(random, 20);
      // Now and then an option that is another part's: it is refused, or comes back.
      auto has_option = [&](seating::MapPart part) {
        return chance(random, block.part == part ? 30 : 2);
      };
      if (has_option(seating::MapPart::row)) {
        block.step = seating::MapPoint{number(random, 5, 20), 3};
      }
      if (chance(random, block.part == seating::MapPart::area ? 2 : 30)) {
        block.by = number(random, -3, 120);
      }
      if (has_option(seating::MapPart::area)) {
        block.size = seating::MapPoint{number(random, 10, 500), number(random, 10, 500)};
      }
      const auto runs = block.part == seating::MapPart::area ? 1 : number(random, 1, 6);
      for (std::int64_t k = 0; k < runs; ++k) {
        seating::SeatRun run;
        run.count = number(random, 1, 12);
        const bool is_gap = block.part == seating::MapPart::row && k > 0 && chance(random, 30);
        if (!is_gap) {
          run.category =
              plan.categories[static_cast<std::size_t>(number(random, 0, categories - 1))].code;
          if (block.part != seating::MapPart::area) {
            run.accessible = chance(random, 10);
            if (chance(random, 10)) run.number = 1000 * (k + 1);
          }
        }
        block.seats.push_back(run);
      }
      section.blocks.push_back(block);
    }
    plan.sections.push_back(section);
  }
  return plan;
}

}  // namespace

TEST_CASE("what is printed of a map is read as the same map", "[H1]") {
  int built = 0;
  CHECK(rc::check([&](std::uint64_t seed) {
    Random random(seed);
    const seating::MapPlan plan = random_plan(random);
    std::shared_ptr<const seating::Map> map;
    try {
      map = seating::build_map(plan);
    } catch (const Error& error) {
      // Points were thrown at random, so seats may well lie on each other.
      RC_ASSERT(error.code() == Code::invalid);
      return;
    }
    ++built;
    const std::string text = seating::print_plan(map->plan);
    RC_ASSERT(seating::parse_plan(text) == map->plan);
    RC_ASSERT(seating::print_plan(seating::parse_plan(text)) == text);
    const auto again = seating::build_map(text);
    RC_ASSERT(again->places() == map->places());
    for (std::size_t i = 0; i < map->seats.size(); ++i) {
      RC_ASSERT(again->seats[i].label == map->seats[i].label);
      RC_ASSERT(again->seats[i].x == map->seats[i].x);
      RC_ASSERT(map->labels.at(map->seats[i].label) == i);
    }
  }));
  CHECK(built > 30);
}

TEST_CASE("holds, releases and time agree with a plain model", "[H3][H4][H8][B3]") {
  const std::uint64_t seed = GENERATE(range(1, 4));
  Random random(seed);
  Cinema cinema;
  cinema.set("seating.single_seat_rule", 0);
  struct Live {
    std::string token;
    std::vector<std::string> seats;
    Instant ends;
  };
  std::vector<Live> live;
  std::vector<std::string> labels;
  for (const auto& seat : cinema.places().seats) labels.push_back(seat.label);
  auto taken = [&] {
    std::map<std::string, std::size_t> seats;
    for (std::size_t i = 0; i < live.size(); ++i) {
      if (live[i].ends <= cinema.desk.clock.now()) continue;
      for (const std::string& seat : live[i].seats) {
        CHECK(seats.emplace(seat, i).second);  // nobody shares a seat
      }
    }
    return seats;
  };
  for (int step = 0; step < 60; ++step) {
    const auto before = taken();
    if (chance(random, 55)) {
      std::vector<std::string> wanted;
      for (std::int64_t left = number(random, 1, 4); left > 0; --left) {
        const auto& label = labels[static_cast<std::size_t>(
            number(random, 0, static_cast<std::int64_t>(labels.size()) - 1))];
        if (std::find(wanted.begin(), wanted.end(), label) == wanted.end()) wanted.push_back(label);
      }
      const bool is_free = std::none_of(wanted.begin(), wanted.end(),
                                        [&](const auto& seat) { return before.contains(seat); });
      auto held = cinema.host().try_run(cinema.wish(wanted));
      CHECK(static_cast<bool>(held) == is_free);
      if (static_cast<bool>(held)) live.push_back({held->token, wanted, held->expires_at});
    } else if (!live.empty() && chance(random, 60)) {
      const auto index =
          static_cast<std::size_t>(number(random, 0, static_cast<std::int64_t>(live.size()) - 1));
      const bool is_live = live[index].ends > cinema.desk.clock.now();
      auto done = cinema.host().try_run(seating::ReleaseHold{.token = live[index].token});
      CHECK(static_cast<bool>(done) == is_live);
      live[index].ends = Instant{};
    } else if (chance(random, 80)) {
      cinema.desk.clock += std::chrono::minutes{number(random, 1, 9)};
    } else {
      cinema.host().run(upkeep::Tick{});
    }
    const auto after = taken();
    const auto places = cinema.places();
    CHECK(places.free == 24 - static_cast<std::int64_t>(after.size()));
    for (const auto& seat : places.seats) {
      CHECK((seat.state == seating::PlaceState::held) == after.contains(seat.label));
    }
  }
  CHECK(cinema.problems().empty());
}
