#include <catch2/catch.hpp>

#include "simulation.hpp"
#include "support.hpp"

#include <cstdlib>

using namespace frontdesk;

TEST_CASE("desk and model agree on short seeds", "[simulation][A7][A9][E4][E5][E8]") {
  int seeds = std::getenv("FRONTDESK_LONG") != nullptr ? 1'000 : 4;
  for (int seed = 1; seed <= seeds; ++seed) {
    testing::TemporaryFolder folder;
    simulation::Simulation simulation(static_cast<std::uint64_t>(seed), folder.file("desk.db"));
    REQUIRE_NOTHROW(simulation.run(500));
  }
}
