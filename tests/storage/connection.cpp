#include "storage/connection.hpp"

#include "scratch.hpp"
#include "storage/statement.hpp"

#include <sqlite3.h>
#include <catch2/catch.hpp>

namespace frontdesk::storage::testing {

using scratch::error_of;

namespace {

std::int64_t number(Connection& connection, std::string_view sql) {
  Cursor cursor = connection.query(sql);
  return cursor.next() ? cursor.integer(0) : -1;
}

std::string word(Connection& connection, std::string_view sql) {
  Cursor cursor = connection.query(sql);
  return cursor.next() ? std::string(cursor.text(0)) : "none";
}

}  // namespace

TEST_CASE("dollar parameters become numbered ones outside of texts and names", "[storage][E6]") {
  CHECK(number_parameters("SELECT $1, $12") == "SELECT ?1, ?12");
  CHECK(number_parameters("a=$1AND b=$2") == "a=$1AND b=?2");
  CHECK(number_parameters("'$1' || $1") == "'$1' || ?1");
  CHECK(number_parameters("'it''s $1' || $2") == "'it''s $1' || ?2");
  CHECK(number_parameters("\"a$1\"\"$2\" = $3") == "\"a$1\"\"$2\" = ?3");
  CHECK(number_parameters("`$1` [$2] $3") == "`$1` [$2] ?3");
  CHECK(number_parameters("-- $1\n$2 /* $3 */ $4") == "-- $1\n?2 /* $3 */ ?4");
  CHECK(number_parameters("a$1 = $1") == "a$1 = ?1");
  CHECK(number_parameters("$name ($1)") == "$name (?1)");
  CHECK(number_parameters("'open $1") == "'open $1");
  CHECK(number_parameters("/* open $1") == "/* open $1");
  CHECK(number_parameters("5-$1/$2") == "5-?1/?2");
}

TEST_CASE("a statement is prepared once, whatever address its text has", "[storage][E6]") {
  Connection connection({}, OpenMode::memory);
  connection.script("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT) STRICT");
  const std::size_t before = connection.prepared();
  for (int i = 0; i < 100; ++i) {
    const std::string text = "INSERT INTO item (name) VALUES ($1)";
    CHECK(connection.execute(text, "name") == 1);
  }
  CHECK(connection.prepared() == before + 1);
  CHECK(number(connection, "SELECT count(*) FROM item") == 100);

  SECTION("and survives a change of the schema") {
    connection.script("ALTER TABLE item ADD COLUMN note TEXT");
    CHECK(connection.execute("INSERT INTO item (name) VALUES ($1)", "name") == 1);
    CHECK(connection.prepared() == before + 2);
  }
  SECTION("and another text at the same address is another statement") {
    std::string text = "SELECT 1";
    CHECK(number(connection, text) == 1);
    text[7] = '2';
    CHECK(number(connection, text) == 2);
  }
  SECTION("and thousands of texts do not pile up without end") {
    for (int i = 0; i < 5'000; ++i) number(connection, "SELECT " + std::to_string(i));
    CHECK(number(connection, "SELECT 4999") == 4999);
    CHECK(connection.execute("INSERT INTO item (name) VALUES ($1)", "name") == 1);
  }
}

TEST_CASE("a query may run inside itself", "[storage][E6]") {
  Connection connection({}, OpenMode::memory);
  connection.script(
      "CREATE TABLE item (id INTEGER PRIMARY KEY); INSERT INTO item VALUES (1),(2),(3)");
  constexpr std::string_view sql = "SELECT id FROM item WHERE id >= $1 ORDER BY id";
  std::vector<std::int64_t> seen;
  Cursor outer = connection.query(sql, 1);
  while (outer.next()) {
    Cursor inner = connection.query(sql, outer.integer(0));
    while (inner.next()) seen.push_back(outer.integer(0) * 10 + inner.integer(0));
  }
  CHECK(seen == std::vector<std::int64_t>{11, 12, 13, 22, 23, 33});
  CHECK_FALSE(outer.next());
  CHECK_FALSE(outer.next());
}

TEST_CASE("values come back as they were bound", "[storage][E6]") {
  Connection connection({}, OpenMode::memory);
  const std::string with_zero("a\0b", 3);
  Cursor cursor = connection.query("SELECT $1, $2, $3, $4, $5, $6, $7", -5, with_zero,
                                   Blob{with_zero}, std::nullopt, "", Blob{}, ClientId{});
  REQUIRE(cursor.next());
  CHECK(cursor.columns() == 7);
  CHECK(cursor.integer(0) == -5);
  CHECK(cursor.text(1) == with_zero);
  CHECK(cursor.text(2) == with_zero);
  CHECK(cursor.null(3));
  CHECK(cursor.text(3).empty());
  CHECK_FALSE(cursor.null(4));
  CHECK_FALSE(cursor.null(5));
  CHECK(cursor.null(6));
  CHECK_FALSE(cursor.next());
  CHECK(error_of([&] { connection.query("SELECT $1, $2", 1); }) == "internal/storage_defect");
  CHECK(error_of([&] { connection.query("SELECT 1; SELECT 2"); }) == "internal/storage_defect");
  CHECK(error_of([&] { connection.query("  "); }) == "internal/storage_defect");
}

TEST_CASE("a writing statement that returns rows is run to its end at once", "[storage][E2]") {
  Connection connection({}, OpenMode::memory);
  connection.script(
      "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
      "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL"
      " REFERENCES parent ON DELETE CASCADE, name TEXT);"
      "INSERT INTO parent VALUES (1)");
  constexpr std::string_view insert =
      "INSERT INTO child (parent, name) VALUES ($1, $2), ($1, NULL) RETURNING id, name";
  {
    Cursor cursor = connection.query(insert, 1, "Olena");
    REQUIRE(cursor.next());
    CHECK(cursor.integer(0) == 1);
    CHECK(cursor.text(1) == "Olena");
    REQUIRE(cursor.next());
    CHECK(cursor.integer(0) == 2);
    CHECK(cursor.null(1));
    CHECK_FALSE(cursor.next());
    CHECK_FALSE(cursor.next());
  }
  // The first row alone would look like success.
  Cursor orphan = connection.query(insert, 7, "Nobody");
  CHECK(error_of([&] { orphan.next(); }) == "internal/storage_defect");
  CHECK_FALSE(orphan.next());
  CHECK(number(connection, "SELECT count(*) FROM child") == 2);
  CHECK(connection.execute("DELETE FROM parent WHERE id = $1", 1) == 1);
  CHECK(number(connection, "SELECT count(*) FROM child") == 0);
  CHECK(connection.execute("DELETE FROM parent WHERE id = $1", 1) == 0);
}

TEST_CASE("SQLite's errors become ours", "[storage][E16]") {
  const scratch::Folder folder;
  Connection connection(folder.file(), OpenMode::read_write);
  connection.script(
      "PRAGMA journal_mode=WAL;"
      "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE, size INTEGER"
      " NOT NULL CHECK (size > 0)) STRICT; INSERT INTO item VALUES (1, 'a', 1)");
  constexpr std::string_view insert = "INSERT INTO item (name, size) VALUES ($1, $2)";
  CHECK(error_of([&] { connection.execute(insert, "a", 1); }) == "conflict/constraint");
  CHECK(error_of([&] { connection.execute(insert, "b", 0); }) == "conflict/constraint");
  CHECK(error_of([&] { connection.execute(insert, "b", std::nullopt); }) ==
        "internal/storage_defect");
  CHECK(error_of([&] { connection.query("SELECT nothing"); }) == "internal/storage_defect");
  CHECK(error_of([&] { connection.query("SELECT \"text\""); }) == "internal/storage_defect");

  SECTION("a foreign writer") {
    Connection foreign(folder.file(), OpenMode::read_write);
    foreign.script("BEGIN IMMEDIATE");
    connection.set_busy_timeout(std::chrono::milliseconds(20));
    CHECK(error_of([&] { connection.execute("BEGIN IMMEDIATE"); }) == "busy/file_busy");
    foreign.script("ROLLBACK");
    CHECK(error_of([&] { connection.execute("BEGIN IMMEDIATE"); }) == "none");
  }
  SECTION("a connection for reading") {
    Connection reader(folder.file(), OpenMode::read_only);
    CHECK(error_of([&] { reader.execute(insert, "b", 1); }) == "read_only/file_read_only");
  }
  SECTION("a full disk") {
    connection.script("PRAGMA max_page_count=8");
    connection.script("BEGIN");
    const std::string text(1'000, 'x');
    const auto fill = [&] {
      for (int i = 0; i < 100; ++i) connection.execute(insert, text + std::to_string(i), 1);
    };
    CHECK(error_of(fill) == "storage/disk_full");
  }
  SECTION("a deadline") {
    constexpr std::string_view endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    connection.set_deadline(scratch::soon(30));
    CHECK(error_of([&] { number(connection, endless); }) == "cancelled/deadline_passed");
    connection.set_deadline(std::nullopt);
    CHECK(number(connection, "SELECT count(*) FROM item") == 1);
  }
  SECTION("what is not there") {
    CHECK(error_of([&] {
            Connection(folder.file("none.db"), OpenMode::read_only).script("BEGIN");
          }) == "storage/file_denied");
  }
}

TEST_CASE("a connection is set up for files that may come from anywhere", "[storage][E6]") {
  const scratch::Folder folder;
  Connection connection(folder.file(), OpenMode::read_write);
  connection.script(
      "PRAGMA journal_mode=WAL; CREATE TABLE item (id INTEGER PRIMARY KEY);"
      "CREATE VIEW every_item AS SELECT * FROM item;"
      "CREATE TRIGGER again AFTER INSERT ON item BEGIN DELETE FROM item; END");
  CHECK(number(connection, "PRAGMA page_size") == 2048);
  CHECK(number(connection, "PRAGMA synchronous") == 2);
  CHECK(number(connection, "PRAGMA foreign_keys") == 1);
  CHECK(number(connection, "PRAGMA trusted_schema") == 0);
  CHECK(number(connection, "PRAGMA secure_delete") == 1);
  CHECK(number(connection, "PRAGMA temp_store") == 2);
  CHECK(number(connection, "PRAGMA cell_size_check") == 1);
  CHECK(number(connection, "PRAGMA mmap_size") <= 0);
  CHECK(word(connection, "PRAGMA journal_mode") == "wal");
  connection.execute("INSERT INTO item VALUES (1)");
  CHECK(number(connection, "SELECT count(*) FROM item") == 1);
  CHECK(error_of([&] { connection.query("SELECT * FROM every_item"); }) ==
        "internal/storage_defect");
  CHECK(error_of([&] {
          connection.script("PRAGMA writable_schema=ON; DELETE FROM sqlite_schema");
        }) == "internal/storage_defect");

  CHECK(connection.wal_frames() > 0);
  CHECK(connection.pages_written() >= connection.wal_frames());
  Connection reader(folder.file(), OpenMode::read_only);
  CHECK(number(reader, "SELECT count(*) FROM item") == 1);
  const std::uint32_t before = reader.data_version();
  CHECK(number(reader, "SELECT count(*) FROM item") == 1);
  CHECK(reader.data_version() == before);
  connection.execute("INSERT INTO item VALUES (2)");
  CHECK(number(reader, "SELECT count(*) FROM item") == 2);
  CHECK(reader.data_version() != before);
  {
    Cursor open = reader.query("SELECT id FROM item");
    open.next();
    CHECK_FALSE(connection.checkpoint(true));
  }
  CHECK(connection.checkpoint(true));
  CHECK(connection.wal_frames() == 0);
  CHECK(scratch::absent_or_empty(folder.file() + "-wal"));
}

TEST_CASE("a path is taken letter by letter", "[storage][E10]") {
  const scratch::Folder folder;
  for (const char* name : {"a?mode=memory&x", "b#c", "d%41e", "f g", "студія.db"}) {
    const std::string path = folder.file(name);
    {
      Connection(path, OpenMode::read_write).script("CREATE TABLE item (id INTEGER PRIMARY KEY)");
    }
    CHECK(std::filesystem::exists(path));
    Connection immutable(path, OpenMode::immutable);
    CHECK(number(immutable, "SELECT count(*) FROM item") == 0);
    CHECK(error_of([&] { immutable.execute("DELETE FROM item"); }) == "read_only/file_read_only");
  }
}

}  // namespace frontdesk::storage::testing
