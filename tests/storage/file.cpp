#include "storage/file.hpp"

#include "entries.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <csignal>
#include <thread>
#include <vector>

#include <sys/resource.h>

namespace frontdesk::storage::testing {

using scratch::error_of;
using scratch::soon;

TEST_CASE("a commit is seen by the next reader and a rollback by nobody", "[storage][E2]") {
  const scratch::Folder folder;
  File file(folder.file(), options());
  write_one(file, 1, 1);
  CHECK(count(file) == 1);
  file.begin_write(soon());
  file.writer().execute(insert, 1, 2, "x");
  CHECK(count(file) == 1);
  CHECK(error_of([&] { file.begin_write(soon()); }) == "internal/storage_defect");
  file.rollback();
  file.rollback();
  CHECK(count(file) == 1);

  const ReaderLease old = file.read(soon());
  write_one(file, 1, 3);
  CHECK(number(old.connection(), "SELECT count(*) FROM entry") == 1);
  CHECK(count(file) == 2);
  CHECK(file.statistics().commits == 2);
  CHECK(file.statistics().wal_frames >= 2);
}

TEST_CASE("readers are lent, kept and limited", "[storage][E11]") {
  const scratch::Folder folder;
  FileOptions two_readers = options();
  two_readers.readers_max = 2;
  File file(folder.file(), two_readers);
  const Connection* known = &file.read(soon()).connection();
  {
    const ReaderLease first = file.read(soon());
    ReaderLease second = file.read(soon());
    CHECK(&first.connection() == known);
    CHECK(error_of([&] { file.read(soon(20)); }) == "busy/readers_exhausted");
    const ReaderLease moved = std::move(second);
  }
  const ReaderLease again = file.read(soon());
  CHECK(again.connection().in_transaction());

  std::atomic<int> done = 0;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round)
        done += file.read(soon()).connection().in_transaction();
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(done == 800);
}

TEST_CASE("a second writer waits for the first until its deadline", "[storage][E11]") {
  const scratch::Folder folder;
  File first(folder.file(), options());
  File second(folder.file(), options());
  first.begin_write(soon());
  CHECK(error_of([&] { second.begin_write(soon(30)); }) == "busy/file_busy");
  CHECK(error_of([&] { second.rewrite(soon(30)); }) == "busy/file_busy");
  FileOptions impatient = options();
  impatient.open_timeout = std::chrono::milliseconds(30);
  CHECK(error_of([&] { File(folder.file(), impatient); }) == "busy/file_busy");
  first.rollback();
  CHECK(error_of([&] { second.begin_write(soon()); }) == "none");
  second.rollback();
}

TEST_CASE("a foreign writer is waited for, and the lock is let go", "[storage][E11]") {
  const scratch::Folder folder;
  File file(folder.file(), options());
  Connection foreign(folder.file(), OpenMode::read_write);
  foreign.script("BEGIN IMMEDIATE");
  CHECK(error_of([&] { file.begin_write(soon(30)); }) == "busy/file_busy");
  foreign.script("ROLLBACK");
  CHECK(error_of([&] { file.begin_write(soon()); }) == "none");
  file.rollback();
}

TEST_CASE("the log is copied and cut as it grows", "[storage][E6]") {
  const scratch::Folder folder;
  const std::string log = folder.file() + "-wal";
  File file(folder.file(), options(128 * 1024));
  for (int i = 0; i < 60; ++i) write_one(file, 1, i, 3'000);
  CHECK(file.statistics().checkpoints > 0);
  CHECK(std::filesystem::file_size(log) < 128 * 1024);

  {
    // A reader holds an old snapshot: the log grows, and attempts to copy it stay rare.
    const ReaderLease old = file.read(soon());
    const std::int64_t before = file.statistics().checkpoints;
    for (int i = 0; i < 100; ++i) write_one(file, 2, i, 3'000);
    CHECK(std::filesystem::file_size(log) > 128 * 1024);
    CHECK(file.statistics().checkpoints - before < 50);
    CHECK_FALSE(file.rewrite(soon()));
  }
  for (int i = 0; i < 40; ++i) write_one(file, 3, i, 3'000);
  CHECK(file.statistics().truncations > 0);
  CHECK(std::filesystem::file_size(log) < 256 * 1024);
  CHECK(file.rewrite(soon()));
  CHECK(std::filesystem::file_size(log) == 0);
  CHECK(count(file) == 200);
  CHECK(integrity(file) == "ok");
}

TEST_CASE("the last close leaves the file alone in its folder", "[storage][E6]") {
  const scratch::Folder folder;
  auto first = std::make_unique<File>(folder.file(), options());
  auto second = std::make_unique<File>(folder.file(), options());
  write_one(*second, 1, 1);
  first.reset();
  CHECK(count(*second) == 1);
  write_one(*second, 1, 2);
  second.reset();
  CHECK_FALSE(std::filesystem::exists(folder.file() + "-wal"));
  CHECK_FALSE(std::filesystem::exists(folder.file() + "-shm"));
  Connection bare(folder.file(), OpenMode::immutable);
  CHECK(number(bare, "SELECT count(*) FROM entry") == 2);
}

TEST_CASE("a close in the middle of a write takes the write back", "[storage][E2]") {
  const scratch::Folder folder;
  {
    File file(folder.file(), options());
    file.begin_write(soon());
    file.writer().execute(insert, 1, 1, "x");
  }
  Connection bare(folder.file(), OpenMode::immutable);
  CHECK(number(bare, "SELECT count(*) FROM entry") == 0);
}

TEST_CASE("a full disk takes the transaction back and leaves the file in order", "[storage][E2]") {
  const scratch::Folder folder;
  File file(folder.file(), options());
  write_one(file, 1, 1);
  file.writer().script("PRAGMA max_page_count=60");
  file.begin_write(soon());
  const auto fill = [&] {
    for (int i = 0; i < 200; ++i) file.writer().execute(insert, 2, i, std::string(1'500, 'x'));
  };
  CHECK(error_of(fill) == "storage/disk_full");
  if (file.writer().in_transaction()) {
    file.rollback();
  } else {
    CHECK(error_of([&] { file.commit(); }) == "storage/disk_error");
  }
  write_one(file, 1, 2);
  CHECK(count(file) == 2);
  CHECK(integrity(file) == "ok");
}

TEST_CASE("a commit whose write the disk refuses is told so, and the lock is let go",
          "[storage][E6]") {
  const scratch::Folder folder;
  const pid_t child = scratch::in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    File file(folder.file(), options());
    write_one(file, 1, 1);
    const rlimit before{RLIM_INFINITY, RLIM_INFINITY};
    const rlimit little{std::filesystem::file_size(folder.file() + "-wal"), RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &little);
    const std::string error = error_of([&] { write_one(file, 1, 2); });
    ::setrlimit(RLIMIT_FSIZE, &before);
    if (error != "storage/disk_error") return 1;
    write_one(file, 1, 3);
    return count(file) == 2 && integrity(file) == "ok" ? 0 : 2;
  });
  CHECK(scratch::result_of(child) == 0);
}

TEST_CASE("a file with two names is refused through either", "[storage][E11]") {
  const scratch::Folder folder;
  {
    const File file(folder.file(), options());
  }
  std::filesystem::create_hard_link(folder.file(), folder.file("second.db"));
  std::filesystem::create_symlink("second.db", folder.file("link.db"));
  for (const char* name : {"studio.db", "second.db", "link.db"}) {
    const std::string path = name == std::string("studio.db") ? folder.file() : folder.file(name);
    CHECK(error_of([&] { File(path, options()); }) == "storage/file_linked");
    CHECK(error_of([&] { File(path, {.read_only = true}); }) == "storage/file_linked");
  }
  std::filesystem::remove(folder.file("second.db"));
  {
    const File file(folder.file(), options());
  }
}

TEST_CASE("a forked child is refused and does its parent no harm", "[storage][E11]") {
  const scratch::Folder folder;
  auto file = std::make_unique<File>(folder.file(), options());
  const ReaderLease lease = file->read(soon());
  file->begin_write(soon());
  file->writer().execute(insert, 1, 1, "x");
  const pid_t child = scratch::in_child([&] {
    const std::string forked = "unsupported/forked";
    if (error_of([&] { file->begin_write(soon()); }) != forked) return 1;
    if (error_of([&] { file->read(soon()); }) != forked) return 2;
    if (error_of([&] { file->commit(); }) != forked) return 3;
    if (error_of([&] { file->rewrite(soon()); }) != forked) return 4;
    // A connection of the child's own would share what SQLite remembers of the parent's locks.
    if (error_of([&] { File(folder.file(), options()); }) != forked) return 5;
    if (error_of([&] { File(folder.file("other.db"), options()); }) != "none") return 6;
    file->rollback();
    file.reset();
    return 0;
  });
  CHECK(scratch::result_of(child) == 0);
  CHECK_FALSE(FileLock(file->path()).acquire(soon(20)));
  file->commit();
  CHECK(count(*file) == 1);
}

TEST_CASE("an existing file opens quickly", "[storage][E10]") {
  const scratch::Folder folder;
  {
    File(folder.file(), options());
  }
  auto best = std::chrono::steady_clock::duration::max();
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const File file(folder.file(), options());
    best = std::min(best, std::chrono::steady_clock::now() - start);
  }
  CHECK(best < std::chrono::milliseconds(5));
}

}  // namespace frontdesk::storage::testing
