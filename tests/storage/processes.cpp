#include "entries.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <memory>
#include <thread>
#include <vector>

namespace frontdesk::storage::testing {

namespace {

constexpr std::int64_t small_log = 64 * 1024;
constexpr int processes = 4;
constexpr int commits = 60;
constexpr std::size_t entry_bytes = 1'500;

/// True if one snapshot holds together: the total counts the entries, and no writer's numbers have
/// a gap.
bool consistent(File& file) {
  const ReaderLease lease = file.read(scratch::soon());
  Connection& connection = lease.connection();
  return number(connection, "SELECT count(*) FROM entry") ==
             number(connection, "SELECT entries FROM total") &&
         number(connection,
                "SELECT count(*) FROM (SELECT max(number) AS last, count(*) AS entries FROM entry"
                " GROUP BY writer) WHERE last <> entries") == 0;
}

int write_many(const std::string& path, int writer) {
  File file(path, options(small_log));
  for (int entry = 1; entry <= commits; ++entry) {
    write_one(file, writer, entry, entry_bytes);
    if (!consistent(file)) return 1;
  }
  return file.statistics().checkpoints > 0 ? 0 : 2;
}

/// Writes until it is killed, and tells each commit once it stands.
int write_and_tell(const std::string& path, int writer, int pipe) {
  File file(path, options(small_log));
  const std::int64_t first = number(file, "SELECT coalesce(max(number), 0) FROM entry") + 1;
  for (std::int64_t entry = first;; ++entry) {
    write_one(file, writer, entry, entry_bytes);
    if (::write(pipe, &entry, sizeof entry) != sizeof entry) return 1;
  }
}

}  // namespace

TEST_CASE("processes write and checkpoint one file, and nothing is lost", "[storage][E6][E11]") {
  const scratch::Folder folder;
  std::vector<pid_t> children;
  children.reserve(processes);
  for (int writer = 0; writer < processes; ++writer) {
    children.push_back(
        scratch::in_child([&, writer] { return write_many(folder.file(), writer); }));
  }
  for (const pid_t child : children) CHECK(scratch::result_of(child) == 0);
  CHECK(scratch::absent_or_empty(folder.file() + "-wal"));
  File file(folder.file(), options());
  CHECK(count(file) == processes * commits);
  CHECK(consistent(file));
  CHECK(integrity(file) == "ok");
}

TEST_CASE("two files of one process write side by side", "[storage][E11]") {
  const scratch::Folder folder;
  std::vector<std::thread> threads;
  std::vector<int> results(2, -1);
  std::vector<std::unique_ptr<File>> files;
  threads.reserve(2);
  files.reserve(2);
  for (int i = 0; i < 2; ++i) {
    files.push_back(std::make_unique<File>(folder.file(), options(small_log)));
  }
  for (int writer = 0; writer < 2; ++writer) {
    threads.emplace_back([&, writer] {
      const auto index = static_cast<std::size_t>(writer);
      try {
        for (int entry = 1; entry <= commits; ++entry) {
          write_one(*files[index], writer, entry, entry_bytes);
        }
        results[index] = consistent(*files[index]) ? 0 : 1;
      } catch (const frontdesk::Error&) {
        results[index] = 2;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(results == std::vector<int>{0, 0});
  // Opening and closing more of them must not drop the locks of those that are open.
  for (int i = 0; i < 5; ++i) File(folder.file(), options());
  Connection foreign(folder.file(), OpenMode::read_write);
  files[0]->begin_write(scratch::soon());
  foreign.set_busy_timeout(std::chrono::milliseconds(10));
  CHECK(scratch::error_of([&] { foreign.script("BEGIN IMMEDIATE"); }) == "busy/file_busy");
  files[0]->rollback();
  files.clear();
  File file(folder.file(), options());
  CHECK(count(file) == 2 * commits);
  CHECK(integrity(file) == "ok");
}

TEST_CASE("what a killed process was told to be committed is there", "[storage][E6]") {
  const scratch::Folder folder;
  for (int round = 0; round < 8; ++round) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    const pid_t child = scratch::in_child([&] {
      ::close(pipe[0]);
      return write_and_tell(folder.file(), 1, pipe[1]);
    });
    ::close(pipe[1]);
    std::int64_t acknowledged = 0;
    std::int64_t entry = 0;
    const auto end = scratch::soon(60 + 17 * round);
    while (std::chrono::steady_clock::now() < end || acknowledged == 0) {
      if (::read(pipe[0], &entry, sizeof entry) != sizeof entry) break;
      acknowledged = entry;
    }
    ::kill(child, SIGKILL);
    CHECK(scratch::result_of(child) == 128 + SIGKILL);
    while (::read(pipe[0], &entry, sizeof entry) == sizeof entry) acknowledged = entry;
    ::close(pipe[0]);

    File file(folder.file(), options(small_log));
    CHECK(count(file) >= acknowledged);
    CHECK(acknowledged > 0);
    CHECK(consistent(file));
    CHECK(integrity(file) == "ok");
  }
}

}  // namespace frontdesk::storage::testing
