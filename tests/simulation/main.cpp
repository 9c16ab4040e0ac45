/// Runs the simulation: simulate --seed N --steps N. Exit code 1 and the seed where model and desk
/// disagree.
#include "simulation.hpp"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>

int main(int count, char** arguments) {
  std::uint64_t seed = 1;
  int steps = 10'000;
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::strcmp(arguments[i], "--seed") == 0)
      seed = std::strtoull(arguments[i + 1], nullptr, 10);
    if (std::strcmp(arguments[i], "--steps") == 0)
      steps = static_cast<int>(std::strtol(arguments[i + 1], nullptr, 10));
  }
  std::string name =
      (std::filesystem::temp_directory_path() / "frontdesk-simulation-XXXXXX").string();
  std::filesystem::path folder = ::mkdtemp(name.data());
  int status = 0;
  try {
    frontdesk::simulation::Simulation simulation(seed, folder / "desk.db");
    simulation.run(steps);
    std::cout << "seed " << seed << ", " << steps << " steps: model and desk agree\n";
    for (const auto& [step, times] : simulation.counts())
      std::cout << "  " << times << " × " << step << "\n";
  } catch (const std::exception& disagreement) {
    std::cout << disagreement.what() << "\n";
    status = 1;
  }
  std::filesystem::remove_all(folder);
  return status;
}
