#include "scratch.hpp"
#include "storage/file.hpp"
#include "storage/opening.hpp"

#include <sys/stat.h>
#include <catch2/catch.hpp>

namespace frontdesk::storage::testing {

using scratch::error_of;
using scratch::soon;

namespace {

constexpr uid_t nobody = 65534;

std::int64_t tables(const File& given) {
  auto& file = const_cast<File&>(given);
  const ReaderLease lease = file.read(soon());
  Cursor cursor = lease.connection().query("SELECT count(*) FROM sqlite_schema");
  return cursor.next() ? cursor.integer(0) : -1;
}

/// Writes without ever closing, as a process does that is killed.
void write_and_die(const std::string& path) {
  const pid_t child = scratch::in_child([&] {
    File file(path, {});
    file.begin_write(soon());
    file.writer().execute("PRAGMA user_version=" + std::to_string(migrations().size()));
    file.commit();
    ::_exit(0);
    return 1;
  });
  CHECK(scratch::result_of(child) == 0);
}

/// Runs in a child that is not root, for whom the bits of a folder count.
int as_nobody(const std::function<int()>& action) {
  return scratch::result_of(scratch::in_child([&] {
    if (::geteuid() == 0 && (::setgid(nobody) != 0 || ::setuid(nobody) != 0)) return 98;
    return action();
  }));
}

/// 0 if the file opens and reads, 2 if it has to be recovered first.
int read_as_nobody(const std::string& path) {
  return as_nobody([&] {
    try {
      const File file(path, {.read_only = true});
      return tables(file) >= 0 ? 0 : 1;
    } catch (const Error& error) {
      return error.reason() == "file_needs_recovery" ? 2 : 3;
    }
  });
}

}  // namespace

TEST_CASE("a file opened for reading sees what is written and writes nothing", "[storage][E10]") {
  const scratch::Folder folder;
  File writer(folder.file(), {});
  File reader(folder.file(), {.read_only = true});
  CHECK(reader.read_only());
  CHECK(error_of([&] { reader.begin_write(soon()); }) == "read_only/file_read_only");
  CHECK(error_of([&] { reader.rewrite(soon()); }) == "read_only/file_read_only");
  const std::int64_t before = tables(reader);
  writer.begin_write(soon());
  writer.writer().execute("CREATE TABLE extra (id INTEGER PRIMARY KEY)");
  writer.commit();
  CHECK(tables(reader) == before + 1);
  CHECK(error_of([&] { reader.read(soon()).connection().execute("DELETE FROM extra"); }) ==
        "read_only/file_read_only");
}

TEST_CASE("a log left by a crash is read from a folder that can be written", "[storage][E10]") {
  const scratch::Folder folder;
  write_and_die(folder.file());
  CHECK_FALSE(scratch::absent_or_empty(folder.file() + "-wal"));
  const File reader(folder.file(), {.read_only = true});
  CHECK(tables(reader) >= 0);
}

TEST_CASE("a file closed cleanly is read in a folder that cannot be written", "[storage][E10]") {
  const scratch::Folder folder;
  {
    File(folder.file(), {});
  }
  CHECK_FALSE(std::filesystem::exists(folder.file() + "-wal"));
  const Migrations list = migrations();
  const ReadOnlyFile file = open_read_only(folder.file(), false, list);
  CHECK(file.mode == OpenMode::immutable);
  CHECK_FALSE(std::filesystem::exists(folder.file() + "-shm"));

  SECTION("with an empty log") {
    scratch::write_file(folder.file() + "-wal", "");
    CHECK(open_read_only(folder.file(), false, list).mode == OpenMode::immutable);
  }
  SECTION("but not with a log that a crash has left") {
    scratch::write_file(folder.file() + "-wal", "something");
    CHECK(error_of([&] { open_read_only(folder.file(), false, list); }) ==
          "read_only/file_needs_recovery");
  }
  SECTION("with the changes of somebody who is writing") {
    const File other(folder.file(), {});
    CHECK(open_read_only(folder.file(), false, list).mode == OpenMode::read_only);
  }
}

TEST_CASE("permissions of a real read-only folder", "[storage][E10]") {
  const scratch::Folder folder;
  const std::string shelf = folder.file("shelf");
  std::filesystem::create_directory(shelf);
  {
    File(shelf + "/clean.db", {});
  }
  std::filesystem::copy_file(shelf + "/clean.db", shelf + "/copied.db");
  write_and_die(shelf + "/crashed.db");
  ::chmod(folder.path().c_str(), 0755);
  ::chmod((shelf + "/crashed.db-shm").c_str(), 0644);
  ::chmod(shelf.c_str(), 0555);

  CHECK(read_as_nobody(shelf + "/clean.db") == 0);
  CHECK(read_as_nobody(shelf + "/copied.db") == 0);
  CHECK_FALSE(std::filesystem::exists(shelf + "/copied.db-lock"));
  CHECK(read_as_nobody(shelf + "/crashed.db") == 2);
  CHECK(as_nobody([&] {
          return error_of([&] { File(shelf + "/clean.db", {}); }) == "storage/file_denied" ? 0 : 1;
        }) == 0);
  CHECK(as_nobody([&] {
          return error_of([&] { File(shelf + "/new.db", {}); }) == "storage/file_denied" ? 0 : 1;
        }) == 0);
  ::chmod(shelf.c_str(), 0755);
}

TEST_CASE("a reader who may not write the file leaves nothing in its folder that locks others out",
          "[storage][E10]") {
  const scratch::Folder folder;
  {
    const File file(folder.file(), {});
  }
  ::chmod(folder.path().c_str(), 0777);
  ::chmod(folder.file().c_str(), 0644);
  CHECK(read_as_nobody(folder.file()) == 0);
  CHECK_FALSE(std::filesystem::exists(folder.file() + "-wal"));
  CHECK_FALSE(std::filesystem::exists(folder.file() + "-shm"));
  File(folder.file(), {}).begin_write(soon());
}

}  // namespace frontdesk::storage::testing
