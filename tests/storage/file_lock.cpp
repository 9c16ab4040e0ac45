#include "storage/file_lock.hpp"

#include "scratch.hpp"

#include <sys/mman.h>
#include <catch2/catch.hpp>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using frontdesk::storage::FileLock;
using scratch::soon;
using namespace std::chrono_literals;

namespace {

constexpr int processes = 4;
constexpr int rounds = 100;

/// Who had the lock, one after the other; lives in memory that the processes share.
struct Journal {
  std::atomic<int> ready;
  std::atomic<int> inside;
  std::atomic<int> overlaps;
  int length;
  unsigned char order[processes * rounds];
};

class SharedJournal {
 public:
  SharedJournal()
      : journal_(static_cast<Journal*>(::mmap(nullptr, sizeof(Journal), PROT_READ | PROT_WRITE,
                                              MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {}
  ~SharedJournal() { ::munmap(journal_, sizeof(Journal)); }
  Journal& operator*() const { return *journal_; }

 private:
  Journal* journal_;
};

int take_turns(const std::string& path, Journal& journal, int self) {
  FileLock lock(path);
  ++journal.ready;
  while (journal.ready < processes) std::this_thread::yield();
  for (int i = 0; i < rounds; ++i) {
    if (!lock.acquire(soon())) return 1;
    if (++journal.inside != 1) ++journal.overlaps;
    journal.order[journal.length++] = static_cast<unsigned char>(self);
    std::this_thread::sleep_for(1ms);
    --journal.inside;
    lock.release();
  }
  return 0;
}

/// The most turns that others had between two turns of one process, while all still wanted some.
int longest_wait(const Journal& journal) {
  int longest = 0;
  int last[processes];
  int left[processes];
  std::fill_n(last, processes, 0);
  std::fill_n(left, processes, rounds);
  for (int i = 0; i < journal.length; ++i) {
    const int self = journal.order[i];
    longest = std::max(longest, i - last[self]);
    last[self] = i;
    if (--left[self] == 0) break;
  }
  for (const int turn : last)
    longest = std::max(longest, *std::max_element(last, last + processes) - turn);
  return longest;
}

}  // namespace

TEST_CASE("a lock is one for all who open it and ends at its deadline", "[storage][E11]") {
  const scratch::Folder folder;
  FileLock first(folder.file());
  FileLock second(folder.file());
  REQUIRE(first.acquire(soon()));
  CHECK(first.held());

  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(second.acquire(start + 50ms));
  const auto waited = std::chrono::steady_clock::now() - start;
  CHECK(waited >= 50ms);
  CHECK(waited < 5s);
  CHECK_FALSE(second.held());
  CHECK_FALSE(second.acquire(start));

  SECTION("the request that was given up does not keep the lock") {
    first.release();
    CHECK(first.acquire(soon()));
    first.release();
    CHECK(first.acquire(soon()));
  }
  SECTION("the next request takes the place of the one given up") {
    first.release();
    CHECK(second.acquire(soon()));
    CHECK(second.held());
    CHECK_FALSE(first.acquire(soon(20)));
    second.release();
    CHECK(first.acquire(soon()));
  }
  SECTION("a lock may go away while its thread waits") {
    auto third = std::make_unique<FileLock>(folder.file());
    CHECK_FALSE(third->acquire(soon(20)));
    third.reset();
    first.release();
    CHECK(second.acquire(soon()));
  }
  SECTION("a waiter is woken") {
    std::thread releaser([&] {
      std::this_thread::sleep_for(30ms);
      first.release();
    });
    CHECK(second.acquire(soon()));
    releaser.join();
  }
  SECTION("a lock that goes away lets go") {
    auto holder = std::make_unique<FileLock>(folder.file("other"));
    FileLock other(folder.file("other"));
    CHECK(holder->acquire(soon()));
    holder.reset();
    CHECK(other.acquire(soon()));
  }
}

TEST_CASE("a lock that cannot be made is an error", "[storage][E11]") {
  const scratch::Folder folder;
  CHECK(scratch::error_of([&] { FileLock(folder.file("none/studio.db")); }) == "storage/lock_file");
}

TEST_CASE("processes get the lock in turn", "[storage][E11]") {
  const scratch::Folder folder;
  const SharedJournal shared;
  Journal& journal = *shared;
  std::vector<pid_t> children;
  children.reserve(processes);
  for (int self = 0; self < processes; ++self) {
    children.push_back(
        scratch::in_child([&, self] { return take_turns(folder.file(), journal, self); }));
  }
  for (const pid_t child : children) CHECK(scratch::result_of(child) == 0);
  CHECK(journal.overlaps == 0);
  CHECK(journal.length == processes * rounds);
  CHECK(longest_wait(journal) < 60);
}

TEST_CASE("a process that dies lets go of the lock", "[storage][E11]") {
  const scratch::Folder folder;
  const pid_t child = scratch::in_child([&] {
    FileLock lock(folder.file());
    return lock.acquire(soon()) ? 0 : 1;
  });
  CHECK(scratch::result_of(child) == 0);
  FileLock lock(folder.file());
  CHECK(lock.acquire(soon(2'000)));
}
