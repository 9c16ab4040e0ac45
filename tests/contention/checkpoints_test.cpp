#include <catch2/catch.hpp>

#include "crowd.hpp"
#include "support.hpp"

#include <iostream>
#include <random>
#include <thread>

using namespace frontdesk;
using namespace frontdesk::testing::contention;
using frontdesk::testing::TemporaryFolder;

namespace {

/// The smallest log there is: every few commits are followed by a checkpoint, and it is cut and
/// begun anew all the time.
OpenOptions with_small_log() {
  OpenOptions options;
  options.wal_bytes_max = 64 * 1024;
  return options;
}

/// Clients with notes of many sizes, so that commits differ in the pages they write.
void write_one(const Desk& desk, Board& board, std::mt19937_64& random) {
  Batch batch;
  people::CreateClient request;
  request.first_name = "Olena";
  request.notes = std::string(1 + random() % 4'000, 'x');
  auto client = batch.add(request);
  people::AddDependant child;
  child.guardian = client.id(&people::Client::id);
  child.first_name = "Maria";
  batch.add(child);
  desk.host().run(batch);
  board.note({client.result().id.value, 0, 0});
}

void come_and_go(const std::string& path, Board& board, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  wait_for_start(board);
  while (!board.should_stop) {
    Desk desk = Desk::open(path, with_small_log());
    ++board.openings;
    for (std::uint64_t writes = random() % 8; writes > 0; --writes) write_one(desk, board, random);
  }
}

void stay_and_write(const std::string& path, Board& board, std::uint64_t seed) {
  Desk desk = Desk::open(path, with_small_log());
  wait_for_start(board);
  auto write = [&](std::uint64_t draw) {
    std::mt19937_64 random(draw);
    try {
      while (!board.should_stop) write_one(desk, board, random);
    } catch (const Error& error) {
      board.note_error(error.reason());
    }
  };
  std::thread second(write, seed + 100);
  write(seed);
  second.join();
}

/// Its snapshots stand in the way of the checkpoints for a while each.
void read_on(const std::string& path, Board& board, bool read_only) {
  OpenOptions options = with_small_log();
  options.read_only = read_only;
  wait_for_start(board);
  while (!board.should_stop) {
    Desk desk = Desk::open(path, options);
    ++board.openings;
    for (int i = 0; i < 4 && !board.should_stop; ++i) {
      for (const upkeep::Problem& problem : desk.host().run(upkeep::Check{}).problems) {
        board.note_error("a reader saw " + problem.place + ": " + problem.problem);
      }
      if (!desk.host().run(audit::Verify{}).is_whole)
        board.note_error("a reader saw half a commit");
      ++board.reads;
    }
  }
}

/// One file, until it is a few megabytes large. The number of commits.
int stress(std::uint64_t seed, std::chrono::milliseconds time) {
  TemporaryFolder folder;
  const std::string path = folder.file("desk.db");
  {
    Desk::open(path);
  }
  Crowd crowd;
  Board& board = crowd.board();
  for (std::uint64_t i = 0; i < 3; ++i) {
    crowd.add([&, i](Board& shared) { come_and_go(path, shared, seed + i); });
  }
  crowd.add([&](Board& shared) { stay_and_write(path, shared, seed + 10); });
  crowd.add([&](Board& shared) { read_on(path, shared, false); });
  crowd.add([&](Board& shared) { read_on(path, shared, true); });
  crowd.start(6);
  std::this_thread::sleep_for(time);
  board.should_stop = true;
  CHECK(crowd.join());
  CHECK(std::string(board.first_error) == "");
  CHECK(board.errors == 0);
  CHECK(board.openings > 0);
  CHECK(board.reads > 0);

  Desk desk = Desk::open(path);
  // The first thing checked is the file itself, by PRAGMA integrity_check.
  auto checked = desk.host().run(upkeep::Check{});
  REQUIRE(checked.problems.empty());
  CHECK(checked.parts.front() == "file");
  auto verified = desk.host().run(audit::Verify{});
  CHECK(verified.is_whole);
  CHECK(verified.rows == 2 * board.length);
  REQUIRE(board.length <= Board::capacity);
  for (int i = 0; i < board.length; ++i) {
    auto family = desk.host().run(people::Family{.client = ClientId{board.writes[i].client}});
    REQUIRE(family.dependants.size() == 1);
  }
  return board.length;
}

}  // namespace

TEST_CASE("writers and checkpoints of several processes leave the file in order",
          "[contention][E2][E6][E11]") {
  const int rounds = is_long() ? 300 : 4;
  int commits = 0;
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round);
    commits += stress(static_cast<std::uint64_t>(round) * 1'000, std::chrono::milliseconds(1'500));
  }
  CHECK(commits > 50 * rounds);
  if (is_long()) std::cout << rounds << " rounds, " << commits << " writes\n";
}
