#include <catch2/catch.hpp>

#include "storage/file.hpp"
#include "support.hpp"
#include "witness.hpp"

#include <cstdlib>
#include <iostream>
#include <random>
#include <thread>

using namespace frontdesk;
using namespace frontdesk::testing::crash;
using frontdesk::testing::TemporaryFolder;

namespace {

bool is_long() { return std::getenv("FRONTDESK_LONG") != nullptr; }

/// FRONTDESK_SEED gives another run; where exactly a kill falls is for the machine to decide.
std::uint64_t seed_of_run() {
  const char* given = std::getenv("FRONTDESK_SEED");
  return given == nullptr ? 20'260'302 : std::strtoull(given, nullptr, 10);
}

/// A log so small that every few commits are followed by a checkpoint.
OpenOptions with_small_log() {
  OpenOptions options;
  options.wal_bytes_max = 64 * 1024;
  return options;
}

void sleep_up_to(std::mt19937_64& random, std::chrono::microseconds most) {
  auto part = random() % static_cast<std::uint64_t>(most.count() + 1);
  std::this_thread::sleep_for(std::chrono::microseconds(part));
}

void make_file(const std::string& path) {
  Desk desk = Desk::open(path, with_small_log());
  // Argon2 at its real cost would leave no time to be killed in.
  desk.host().run(upkeep::ChangeSetting{.name = "access.password_passes", .value = 1});
  desk.host().run(upkeep::ChangeSetting{.name = "access.password_memory_bytes", .value = 8192});
  put_on_class(desk);
}

void write_until_killed(const std::string& path, const Teller& teller, std::int32_t round,
                        std::uint64_t seed, bool has_class) {
  Desk desk = Desk::open(path, with_small_log());
  teller.tell(Phase::opened);
  write_for_ever(desk, teller, round, seed, has_class);
}

/// Most kills fall among commits; one in ten falls while the file is opened, which after the kill
/// before means while its log is recovered.
void kill_somewhere(Victim& victim, std::mt19937_64& random) {
  if (random() % 10 == 0) {
    sleep_up_to(random, std::chrono::milliseconds(8));
  } else {
    for (std::uint64_t messages = random() % 24 + 1; messages > 0; --messages) victim.hear();
    sleep_up_to(random, std::chrono::milliseconds(3));
  }
  CHECK(victim.kill());
}

void report(const char* moment, const Witness& witness, int kills) {
  if (!is_long()) return;
  std::cout << kills << " kills " << moment << ": " << witness.acknowledged()
            << " operations acknowledged, " << witness.interrupted() << " interrupted, of which "
            << witness.interrupted_yet_done() << " were committed all the same\n";
}

}  // namespace

TEST_CASE("whatever was acknowledged before a kill is there, and nothing is half there",
          "[crash][B3][M1][E2][E4][E5][E6]") {
  const int kills = is_long() ? 10'000 : 300;
  constexpr int kills_a_file = 40;
  constexpr int kills_a_check = 10;
  const std::uint64_t seed = seed_of_run();
  std::mt19937_64 random(seed);
  std::unique_ptr<TemporaryFolder> folder;
  Witness witness;
  for (int round = 0; round < kills; ++round) {
    INFO("seed " << seed << ", round " << round);
    if (round % kills_a_file == 0) {
      folder = std::make_unique<TemporaryFolder>();
      make_file(folder->file("desk.db"));
      witness.turn_to_new_file();
    }
    const std::string path = folder->file("desk.db");
    Victim victim([&, draw = random()](const Teller& teller) {
      write_until_killed(path, teller, round, draw, true);
    });
    kill_somewhere(victim, random);
    Desk desk = Desk::open(path, with_small_log());
    REQUIRE(witness.examine(desk, victim.heard()) == std::vector<std::string>());
    bool is_last_of_file = (round + 1) % kills_a_file == 0 || round + 1 == kills;
    if (is_last_of_file || round % kills_a_check == 0) {
      REQUIRE(Witness::examine_all(desk) == std::vector<std::string>());
    }
  }
  // A run whose victims never came to write would prove nothing.
  CHECK(witness.acknowledged() > 3 * kills);
  CHECK(witness.interrupted() > kills / 2);
  CHECK(witness.booked() > kills / 2);
  report("among commits", witness, kills);
}

TEST_CASE("a new file whose maker is killed is whole or can be made again", "[crash][E2][E10]") {
  const int kills = is_long() ? 1'000 : 40;
  std::mt19937_64 random(seed_of_run());
  Witness witness;
  auto most = std::chrono::microseconds(0);
  for (int round = 0; round < kills; ++round) {
    INFO("round " << round);
    TemporaryFolder folder;
    const std::string path = folder.file("desk.db");
    Victim victim([&, draw = random()](const Teller& teller) {
      write_until_killed(path, teller, round, draw, false);
    });
    if (round == 0) {
      auto start = std::chrono::steady_clock::now();
      victim.hear();
      auto taken = std::chrono::steady_clock::now() - start;
      most = std::chrono::duration_cast<std::chrono::microseconds>(taken);
    }
    sleep_up_to(random, most + most / 4);
    CHECK(victim.kill());
    Desk desk = Desk::open(path, with_small_log());
    witness.turn_to_new_file();
    REQUIRE(witness.examine(desk, victim.heard()) == std::vector<std::string>());
    REQUIRE(Witness::examine_all(desk) == std::vector<std::string>());
  }
  report("of makers", witness, kills);
}

TEST_CASE("an older file is migrated whole or not at all when its migrator is killed",
          "[crash][E2][E10]") {
  const int kills = is_long() ? 1'000 : 40;
  std::mt19937_64 random(seed_of_run() + 1);
  Witness witness;
  auto all = storage::migrations();
  for (int round = 0; round < kills; ++round) {
    INFO("round " << round);
    TemporaryFolder folder;
    const std::string path = folder.file("desk.db");
    {
      auto end = all.begin() + 1 + static_cast<std::ptrdiff_t>(random() % (all.size() - 1));
      const std::vector<std::string_view> known(all.begin(), end);
      storage::FileOptions older;
      older.migrations = known;
      storage::File file(path, older);
    }
    Victim victim([&](const Teller& teller) {
      Desk desk = Desk::open(path, with_small_log());
      teller.tell(Phase::opened);
      write_for_ever(desk, teller, round, 0);
    });
    sleep_up_to(random, std::chrono::milliseconds(8));
    CHECK(victim.kill());
    Desk desk = Desk::open(path, with_small_log());
    witness.turn_to_new_file();
    REQUIRE(witness.examine(desk, victim.heard()) == std::vector<std::string>());
    REQUIRE(Witness::examine_all(desk) == std::vector<std::string>());
  }
  report("of migrators", witness, kills);
}

TEST_CASE("a kill while the file is closed loses nothing", "[crash][E6]") {
  const int kills = is_long() ? 2'000 : 40;
  std::mt19937_64 random(seed_of_run() + 2);
  TemporaryFolder folder;
  const std::string path = folder.file("desk.db");
  make_file(path);
  Witness witness;
  for (int round = 0; round < kills; ++round) {
    INFO("round " << round);
    // The standard log: everything is still in it when the close begins to copy it.
    Victim victim([&](const Teller& teller) {
      {
        Desk desk = Desk::open(path);
        for (std::int32_t i = 0; i < 6; ++i) {
          static constexpr Work works[] = {Work::family, Work::create, Work::book};
          const Work work = works[i % 3];
          teller.carry_out(desk, Order{work, round, 0, i, 0});
        }
        teller.tell(Phase::closing);
      }
      teller.tell(Phase::closed);
      std::this_thread::sleep_for(std::chrono::seconds(60));
    });
    while (!victim.has_said(Phase::closing) && victim.hear()) {
    }
    sleep_up_to(random, std::chrono::milliseconds(4));
    CHECK(victim.kill());
    Desk desk = Desk::open(path);
    REQUIRE(witness.examine(desk, victim.heard()) == std::vector<std::string>());
    if (round % 10 == 0 || round + 1 == kills) {
      REQUIRE(Witness::examine_all(desk) == std::vector<std::string>());
    }
  }
  CHECK(witness.interrupted() == 0);
  CHECK(witness.acknowledged() == 6 * kills);
  report("of closers", witness, kills);
}
