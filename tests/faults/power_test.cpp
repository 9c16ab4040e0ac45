#include <catch2/catch.hpp>

#include "faults/failing_memory.hpp"
#include "faults/power_loss.hpp"
#include "faults/scenarios.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

using namespace frontdesk;
using namespace frontdesk::faults;

namespace {

std::string read_bytes(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

struct Recording {
  Files before{};
  std::vector<Change> changes{};
  std::vector<Deed> deeds{};
};

Recording record_play(const Scenario& scenario, const std::string& path) {
  Recording recording;
  prepare(scenario, path);
  if (!scenario.starts_empty) recording.before[path] = read_bytes(path);
  Run run(path);
  record();
  scenario.play(run);
  run.close();
  recording.changes = stop_recording();
  recording.deeds = run.deeds;
  CAPTURE(run.problems);
  CHECK(run.errors == 0);
  CHECK(run.problems.empty());
  return recording;
}

/// The moments just before and just after each sync.
std::vector<std::size_t> moments_of(const std::vector<Change>& changes) {
  std::vector<std::size_t> moments;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].kind != Change::Kind::sync) continue;
    moments.push_back(i);
    moments.push_back(i + 1);
  }
  moments.push_back(changes.size());
  return moments;
}

std::vector<std::string> lose_power_at(const Recording& recording, std::size_t moment,
                                       Unsynced unsynced, unsigned seed, const std::string& path) {
  const std::span<const Change> changes(recording.changes.data(), moment);
  const Files left = after_power_loss(recording.before, changes, unsynced, seed);
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::filesystem::remove(path + suffix);
  }
  for (const auto& [name, bytes] : left) {
    std::ofstream(name, std::ios::binary).write(bytes.data(), std::ssize(bytes));
  }
  std::vector<std::int64_t> marks;
  for (const Change& change : changes) {
    if (change.kind == Change::Kind::mark) marks.push_back(change.offset);
  }
  Run run(path);
  run.judge_as_of(path, deeds_as_of(recording.deeds, marks));
  return run.problems;
}

void lose_power_in(const Scenario& scenario, unsigned seed) {
  install_memory();
  install_vfs();
  testing::TemporaryFolder folder;
  const std::string path = folder.file("power.db");
  const Recording recording = record_play(scenario, path);
  const std::vector<std::size_t> moments = moments_of(recording.changes);
  REQUIRE(moments.size() > 4);
  const unsigned tears = is_long_dose() ? 10 : 1;
  int files = 0;
  for (const long number : sample(std::ssize(moments), 8, seed)) {
    const std::size_t moment = moments[static_cast<std::size_t>(number - 1)];
    for (unsigned way = 0; way < 2 + tears; ++way) {
      const Unsynced unsynced =
          way == 0 ? Unsynced::dropped : (way == 1 ? Unsynced::kept : Unsynced::torn);
      const unsigned tear = seed * 1'000 + static_cast<unsigned>(moment) * 20 + way;
      const std::vector<std::string> problems =
          lose_power_at(recording, moment, unsynced, tear, path);
      CAPTURE(scenario.name, moment, recording.changes.size(), way, tear, problems);
      CHECK(problems.empty());
      ++files;
    }
  }
  if (!is_long_dose()) return;
  std::cout << "losses of power, " << scenario.name << ": " << moments.size() / 2 << " syncs, "
            << files << " files\n";
}

}  // namespace

TEST_CASE("power may fail while a file is made", "[E2][E6][E10]") {
  lose_power_in(scenarios()[0], 1);
}

TEST_CASE("power may fail during small writes", "[E2][E6]") { lose_power_in(scenarios()[1], 2); }

TEST_CASE("power may fail during batches", "[E2][E6]") { lose_power_in(scenarios()[2], 3); }

TEST_CASE("power may fail during jobs", "[E2][E6]") { lose_power_in(scenarios()[3], 4); }

TEST_CASE("power may fail while threads share commits", "[E6][E11]") {
  lose_power_in(scenarios()[4], 5);
}
