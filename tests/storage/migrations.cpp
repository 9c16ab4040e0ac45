#include "storage/migrations.hpp"

#include "scratch.hpp"
#include "storage/file.hpp"
#include "storage/opening.hpp"
#include "storage/schema_digest.hpp"

#include <sys/stat.h>
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

namespace frontdesk::storage::testing {

using scratch::error_of;

namespace {

constexpr std::string_view steps[] = {
    "CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;",
    "CREATE TABLE seat (id INTEGER PRIMARY KEY, room INTEGER NOT NULL REFERENCES room) STRICT;"
    "CREATE INDEX seat_by_room ON seat (room);",
    // A table is changed by making it anew, while rows refer to it.
    "CREATE TABLE new_room (id INTEGER PRIMARY KEY, name TEXT NOT NULL, places INTEGER) STRICT;"
    "INSERT INTO new_room SELECT id, name, 10 FROM room;"
    "DROP TABLE room;"
    "ALTER TABLE new_room RENAME TO room;",
};

Migrations first(std::size_t count) { return Migrations(steps).first(count); }

std::int64_t number(Connection& connection, std::string_view sql) {
  Cursor cursor = connection.query(sql);
  return cursor.next() ? cursor.integer(0) : -1;
}

std::string bytes_of(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

std::int64_t detail(const Error& error, std::string_view name) {
  return std::get<std::int64_t>(error.details().find(name)->second);
}

void open_for_reading(const std::string& path) { File(path, {.read_only = true}); }
void open_for_writing(const std::string& path) { File(path, {}); }

}  // namespace

TEST_CASE("a file is brought forward by what it lacks", "[storage][E10]") {
  const scratch::Folder folder;
  {
    const auto made = open_writer(folder.file(), true, first(2));
    CHECK(number(*made, "PRAGMA user_version") == 2);
    CHECK(number(*made, "PRAGMA application_id") == 0x46444B31);
    CHECK(number(*made, "PRAGMA page_size") == 2048);
    made->script("INSERT INTO room VALUES (1, 'Hall'); INSERT INTO seat VALUES (1, 1), (2, 1)");
  }
  CHECK(error_of([&] { open_read_only(folder.file(), true, first(3)); }) ==
        "read_only/file_needs_migration");
  {
    const auto forward = open_writer(folder.file(), false, first(3));
    CHECK(number(*forward, "PRAGMA user_version") == 3);
    CHECK(number(*forward, "SELECT places FROM room") == 10);
    CHECK(number(*forward, "SELECT count(*) FROM seat") == 2);
    CHECK(number(*forward, "PRAGMA foreign_keys") == 1);
    CHECK(error_of([&] { forward->execute("INSERT INTO seat VALUES (3, 9)"); }) ==
          "internal/storage_defect");
  }
  const auto again = open_writer(folder.file(), false, first(3));
  CHECK(number(*again, "SELECT count(*) FROM room") == 1);
}

TEST_CASE("a migration that fails changes nothing", "[storage][E10]") {
  const scratch::Folder folder;
  const auto made = open_writer(folder.file(), true, first(1));
  made->script("INSERT INTO room VALUES (1, 'Hall')");
  const auto attempt = [&](std::string_view step) {
    const std::string_view list[] = {steps[0], step};
    return error_of([&] { migrate(*made, 1, list); });
  };
  CHECK(attempt("CREATE TABLE half (id INTEGER PRIMARY KEY); SELECT nonsense") ==
        "internal/storage_defect");
  CHECK(attempt("CREATE TABLE half (id INTEGER PRIMARY KEY, room INTEGER REFERENCES room);"
                "INSERT INTO half VALUES (1, 7)") == "internal/storage_defect");
  CHECK_FALSE(made->in_transaction());
  CHECK(number(*made, "PRAGMA user_version") == 1);
  CHECK(number(*made, "SELECT count(*) FROM sqlite_schema") == 1);
  CHECK(number(*made, "PRAGMA foreign_keys") == 1);
  CHECK(attempt("COMMIT; CREATE TABLE half (id INTEGER PRIMARY KEY)") == "internal/storage_defect");
}

TEST_CASE("a file of a newer program is refused", "[storage][E10]") {
  const scratch::Folder folder;
  open_for_writing(folder.file());
  const auto known = static_cast<std::int64_t>(migrations().size());
  {
    Connection newer(folder.file(), OpenMode::read_write);
    newer.script("PRAGMA user_version=" + std::to_string(known + 3));
  }
  for (const bool read_only : {false, true}) {
    try {
      const File file(folder.file(), {.read_only = read_only});
      FAIL("opened");
    } catch (const Error& error) {
      CHECK(error.code() == Code::unsupported);
      CHECK(error.reason() == "file_newer");
      CHECK(detail(error, "version") == known + 3);
      CHECK(detail(error, "known") == known);
    }
  }
}

TEST_CASE("a file that is migrated while it is open is left alone from then on", "[storage][E10]") {
  const scratch::Folder folder;
  File file(folder.file(), {});
  {
    Connection newer(folder.file(), OpenMode::read_write);
    newer.script("PRAGMA user_version=99");
  }
  CHECK(error_of([&] { file.begin_write(scratch::soon()); }) == "unsupported/file_newer");
  CHECK(error_of([&] { file.read(scratch::soon()); }) == "unsupported/file_newer");
  {
    Connection newer(folder.file(), OpenMode::read_write);
    newer.script("PRAGMA user_version=" + std::to_string(migrations().size()));
  }
  CHECK(error_of([&] { file.begin_write(scratch::soon()); }) == "none");
  file.rollback();
}

TEST_CASE("what is no file of ours is refused and left as it was", "[storage][E10]") {
  const scratch::Folder folder;
  const std::string path = folder.file();
  SECTION("a text") { scratch::write_file(path, "a letter to the studio\n"); }
  SECTION("a long text") { scratch::write_file(path, std::string(9'000, 'x')); }
  SECTION("a database of another program") {
    Connection other(path, OpenMode::read_write);
    other.script("PRAGMA application_id=7; CREATE TABLE item (id INTEGER PRIMARY KEY)");
  }
  SECTION("a database of a program without a number") {
    Connection other(path, OpenMode::read_write);
    other.script("CREATE TABLE item (id INTEGER PRIMARY KEY)");
  }
  const std::string before = bytes_of(path);
  CHECK(error_of([&] { open_for_writing(path); }) == "storage/not_a_frontdesk_file");
  CHECK(error_of([&] { open_for_reading(path); }) == "storage/not_a_frontdesk_file");
  CHECK(bytes_of(path) == before);
}

TEST_CASE("places where no file can be are told apart", "[storage][E10]") {
  const scratch::Folder folder;
  const auto open = [](const std::string& path, FileOptions options = {}) {
    return error_of([&] { File(path, options); });
  };
  CHECK(open(folder.file(), {.create = false}) == "not_found/file_missing");
  CHECK(open(folder.file(), {.read_only = true}) == "not_found/file_missing");
  CHECK(open("") == "not_found/file_missing");
  CHECK(open(folder.file("none/studio.db")) == "storage/folder_missing");
  CHECK(open(folder.path()) == "storage/not_a_frontdesk_file");
  CHECK(std::filesystem::is_empty(folder.path()));
  ::mkfifo(folder.file("pipe").c_str(), 0600);
  CHECK(open(folder.file("pipe")) == "storage/not_a_frontdesk_file");

  scratch::write_file(folder.file("empty.db"), "");
  CHECK(open(folder.file("empty.db"), {.read_only = true}) == "storage/not_a_frontdesk_file");
  CHECK(open(folder.file("empty.db"), {.create = false}) == "storage/not_a_frontdesk_file");
  CHECK(open(folder.file("empty.db")) == "none");
  CHECK(open(folder.file("empty.db"), {.create = false}) == "none");
}

TEST_CASE("links lead to the locks of the file itself", "[storage][E11]") {
  const scratch::Folder folder;
  std::filesystem::create_directory(folder.file("real"));
  std::filesystem::create_symlink("real/studio.db", folder.file("link.db"));
  File through_link(folder.file("link.db"), {});
  CHECK(std::filesystem::path(through_link.path()).filename() == "studio.db");
  File direct(folder.file("real/../real/studio.db"), {});
  CHECK(direct.path() == through_link.path());
  direct.begin_write(scratch::soon());
  CHECK(error_of([&] { through_link.begin_write(scratch::soon(20)); }) == "busy/file_busy");
  direct.rollback();
}

TEST_CASE("a schema that was tampered with is refused", "[storage][E10]") {
  const scratch::Folder folder;
  open_for_writing(folder.file());
  const char* change = nullptr;
  SECTION("a table more") { change = "CREATE TABLE extra (id INTEGER PRIMARY KEY)"; }
  SECTION("a trigger") {
    change =
        "CREATE TABLE extra (id INTEGER PRIMARY KEY);"
        "CREATE TRIGGER spy AFTER INSERT ON extra BEGIN DELETE FROM extra; END";
  }
  SECTION("a view") { change = "CREATE VIEW extra AS SELECT 1 AS one"; }
  {
    Connection foreign(folder.file(), OpenMode::read_write);
    foreign.script(change);
  }
  CHECK(error_of([&] { open_for_writing(folder.file()); }) == "storage/schema_changed");
  CHECK(error_of([&] { open_for_reading(folder.file()); }) == "storage/schema_changed");
}

TEST_CASE("statistics do not count as a change of the schema", "[storage][E10]") {
  const scratch::Folder folder;
  {
    open_writer(folder.file(), true, first(2))->script("ANALYZE");
  }
  CHECK(error_of([&] { open_writer(folder.file(), true, first(2)); }) == "none");
}

TEST_CASE("the digest of the schema is the one written down", "[storage][E10]") {
  INFO(
      "after a change of the migrations, src/storage/schema_digest.hpp takes the digest on the"
      " left");
  CHECK(crypto::hex(crypto::view(digest_of(migrations()))) == recorded_schema_digest);
}

}  // namespace frontdesk::storage::testing
