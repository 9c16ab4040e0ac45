/// What buyers ask of a hall. The targets stand in docs/performance.md.
#include <benchmark/benchmark.h>

#include <frontdesk/frontdesk.hpp>

#include "seating/best.hpp"
#include "world.hpp"

using namespace frontdesk;

namespace {

/// A session in a hall of 25 rows of 40 seats with an aisle, of which every other pair is taken.
struct Hall {
  bench::World world{64, true};
  SessionId session{};

  static std::string text() {
    std::string map = "category S standard\ncategory P premium\nstage Stage\nfocus 200 100\n";
    for (int row = 0; row < 25; ++row) {
      const char* letter = row < 8 ? "P" : "S";
      map += "row " + std::to_string(row + 1) + ": 20" + letter + " _ 20" + letter + "\n";
    }
    return map;
  }

  Hall() {
    Caller host = world.desk().host();
    RoomId room =
        host.run(catalog::CreateRoom{.centre = world.centre(), .name = "Hall", .capacity = 1000})
            .id;
    seating::CreateMap create{.centre = world.centre(), .name = "Hall"};
    create.text = text();
    host.run(seating::GiveMap{.room = room, .map = host.run(create).id});
    catalog::CreateActivity film{.centre = world.centre(), .name = "Film"};
    film.duration_minutes = 90;
    schedule::NewSession show{.activity = host.run(film).id, .centre = world.centre()};
    show.start = LocalTime{std::chrono::local_days{std::chrono::year{2040} / 3 / 5}};
    show.room = room;
    session = host.run(schedule::CreateSessions{.sessions = {show}}).sessions.at(0).id;
    seating::Block block{.session = session, .choice = {}, .reason = "half"};
    for (int row = 1; row <= 25; ++row) {
      for (int seat = 1; seat <= 40; ++seat) {
        if (((seat - 1) / 2 + row) % 2 != 0) continue;
        block.choice.seats.push_back(std::to_string(row) + "-" + std::to_string(seat));
      }
    }
    host.run(block);
  }
};

void availability(benchmark::State& state) {
  Hall hall;
  Caller buyer = hall.world.desk().anonymous();
  const seating::Availability request{.session = hall.session, .seats = true};
  for (auto _ : state) benchmark::DoNotOptimize(buyer.run(request));
}
BENCHMARK(availability)->Name("seating.availability of 1,000 seats, each told");

void counted_availability(benchmark::State& state) {
  Hall hall;
  Caller buyer = hall.world.desk().anonymous();
  const seating::Availability request{.session = hall.session};
  for (auto _ : state) benchmark::DoNotOptimize(buyer.run(request));
}
BENCHMARK(counted_availability)->Name("seating.availability of 1,000 seats, counted");

void best_available(benchmark::State& state) {
  Hall hall;
  Caller buyer = hall.world.desk().anonymous();
  const seating::BestAvailable request{.session = hall.session, .count = state.range(0)};
  for (auto _ : state) benchmark::DoNotOptimize(buyer.run(request));
}
BENCHMARK(best_available)
    ->Name("seating.best_available among 1,000 half-sold seats, for")
    ->Arg(2)
    ->Arg(4);

/// With permission, audit and event, in a commit of its own each.
void hold_and_release(benchmark::State& state) {
  Hall hall;
  Caller buyer = hall.world.desk().anonymous();
  seating::Hold request{.session = hall.session, .choice = {.seats = {"1-1", "1-2"}}};
  for (auto _ : state) {
    buyer.run(seating::ReleaseHold{.token = buyer.run(request).token});
  }
}
BENCHMARK(hold_and_release)->Name("seating.hold of two seats, and its release");

void read_map(benchmark::State& state) {
  const std::string text = Hall::text();
  for (auto _ : state) benchmark::DoNotOptimize(seating::build_map(text));
}
BENCHMARK(read_map)->Name("reading a map of 1,000 seats");

}  // namespace
