#include <catch2/catch.hpp>

#include "hostile/victim.hpp"
#include "support.hpp"

#include <sqlite3.h>

#include <random>
#include <regex>

using namespace frontdesk;
using namespace frontdesk::hostile;

namespace {

/// A connection that checks nothing it need not check.
class Raw {
 public:
  explicit Raw(const std::string& path) {
    REQUIRE(sqlite3_open(path.c_str(), &database_) == SQLITE_OK);
    sqlite3_exec(database_, "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON", nullptr,
                 nullptr, nullptr);
  }
  ~Raw() { sqlite3_close(database_); }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  /// False where not even this connection can do it.
  bool run(const std::string& sql) {
    return sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
  }
  std::vector<std::vector<std::string>> rows(const std::string& sql) {
    std::vector<std::vector<std::string>> found;
    const auto keep = [](void* to, int columns, char** values, char**) {
      std::vector<std::string> row;
      for (int i = 0; i < columns; ++i) row.emplace_back(values[i] ? values[i] : "");
      static_cast<std::vector<std::vector<std::string>>*>(to)->push_back(std::move(row));
      return 0;
    };
    sqlite3_exec(database_, sql.c_str(), keep, &found, nullptr);
    return found;
  }

 private:
  sqlite3* database_ = nullptr;
};

std::vector<std::string> hostile_values(const std::string& type) {
  if (type == "INTEGER") {
    return {"NULL",
            "-1",
            "0",
            "1",
            "7",
            "255",
            "4294967296",
            "9223372036854775807",
            "-9223372036854775807 - 1"};
  }
  if (type == "BLOB" || type == "ANY") {
    return {"NULL", "x''", "x'00'", "x'4bff'", "randomblob(32)", "zeroblob(300000)"};
  }
  return {"NULL",
          "''",
          "'null'",
          "'[]'",
          "'{}'",
          "'{\"a\":'",
          "'[[[[[[[[1]]]]]]]]'",
          "CAST(x'fffe80' AS TEXT)",
          "CAST(x'610062' AS TEXT)",
          "CAST(zeroblob(300000) AS TEXT)",
          "replace(hex(zeroblob(150000)), '00', 'ж')"};
}

std::vector<std::string> tables(Raw& raw) {
  std::vector<std::string> names;
  for (auto& row : raw.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"
                            " AND name NOT LIKE 'sqlite%' ORDER BY name")) {
    names.push_back('"' + row[0] + '"');
  }
  return names;
}

/// One statement for each column and value, and some for whole tables.
std::vector<std::string> damages() {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("columns.db");
  write_bytes(path, valid_bytes());
  Raw raw(path);
  std::vector<std::string> all;
  for (const std::string& table : tables(raw)) {
    all.push_back("DELETE FROM " + table);
    for (const auto& column : raw.rows("SELECT name, type FROM pragma_table_info(" + table + ")")) {
      for (const std::string& value : hostile_values(column[1])) {
        all.push_back("UPDATE OR IGNORE " + table + " SET \"" + column[0] + "\" = " + value);
      }
    }
  }
  return all;
}

/// Some damages, in another order than that of the tables; in a long dose all of them, or those
/// whose numbers FRONTDESK_DAMAGES gives: 0-999.
std::vector<std::string> dose(std::vector<std::string> all) {
  REQUIRE(all.size() > 10'000);
  std::shuffle(all.begin(), all.end(), std::mt19937(11));  // NOLINT: the same in every run
  std::size_t from = 0;
  std::size_t until = is_long_dose() ? all.size() : 40;
  if (const char* range = std::getenv("FRONTDESK_DAMAGES")) {
    char* end = nullptr;
    from = std::strtoul(range, &end, 10);
    until = *end == '-' ? std::strtoul(end + 1, nullptr, 10) + 1 : from + 1;
  }
  until = std::min(until, all.size());
  from = std::min(from, until);
  return {all.begin() + static_cast<std::ptrdiff_t>(from),
          all.begin() + static_cast<std::ptrdiff_t>(until)};
}

}  // namespace

TEST_CASE("the victim has something of everything", "[E2]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("whole.db");
  write_bytes(path, valid_bytes());
  Raw raw(path);
  for (const std::string& table : tables(raw)) {
    CAPTURE(table);
    CHECK_FALSE(raw.rows("SELECT 1 FROM " + table + " LIMIT 1").empty());
  }
}

TEST_CASE("rows that nobody could have written end in results or errors", "[E2]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("rows.db");
  const std::vector<std::string> all = dose(damages());
  Tally tally;
  for (const std::string& damage : all) {
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(path + suffix);
    write_bytes(path, valid_bytes());
    if (!Raw(path).run(damage)) continue;
    CAPTURE(damage);  // before it is tried: a crash tells of it
    const Treatment treatment = treat(path, damage, Reach::everything);
    tally.add(treatment);
    CAPTURE(treatment.defects);
    CHECK(treatment.defects.empty());
  }
  tally.print("damaged rows");
}

TEST_CASE("requests with numbers beyond all counting leave the file whole", "[E2]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("requests.db");
  write_bytes(path, valid_bytes());
  const Desk desk = Desk::open(path);
  const Caller host = desk.host();
  for (const char* number : {"9223372036854775807", "1000000000000000001", "999999999999999"}) {
    for (const Operation* operation : operations()) {
      const std::string request =
          std::regex_replace(std::string(operation->example), std::regex("([:\\[,] )-?[0-9]+"),
                             "$01" + std::string(number));
      try {
        host.call(operation->name, request);
      } catch (const Error& error) {
        CAPTURE(operation->name, request, error.reason());
        CHECK(error.code() != Code::internal);
        CHECK(error.code() != Code::storage);
      }
    }
  }
  CHECK(host.run(audit::Verify{}).is_whole);
  CHECK(host.run(upkeep::Check{}).problems.empty());
  CHECK_NOTHROW(host.run(audit::Entries{.limit = 500}));
  CHECK_NOTHROW(host.run(events::Since{.limit = 1'000}));
}

TEST_CASE("a changed schema is refused", "[E10]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("schema.db");
  const char* change = GENERATE(
      "CREATE TABLE extra (id INTEGER)", "DROP TABLE favourites", "CREATE VIEW seen AS SELECT 1",
      "DROP INDEX clients_by_name", "ALTER TABLE clients ADD COLUMN extra TEXT",
      "CREATE TRIGGER evil AFTER INSERT ON clients BEGIN DELETE FROM audit; END",
      "PRAGMA writable_schema=ON;"
      "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'clients'",
      "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'audit'",
      "PRAGMA writable_schema=ON; DELETE FROM sqlite_schema WHERE name = 'audit'",
      "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'nonsense' WHERE name = 'audit'",
      "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET type = 'view' WHERE name = 'audit'");
  write_bytes(path, valid_bytes());
  REQUIRE(Raw(path).run(change));
  const Treatment treatment = treat(path, change);
  CAPTURE(change, treatment.reason, treatment.defects);
  CHECK(treatment.defects.empty());
  CHECK_FALSE(treatment.was_opened);
  CHECK(treatment.refusal == Code::storage);
}

TEST_CASE("a changed audit log shows", "[E8]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("audit.db");
  const char* change = GENERATE(
      "DELETE FROM audit WHERE sequence = 5",
      "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)",
      "UPDATE audit SET outcome = 'denied' WHERE sequence = 4",
      "UPDATE audit SET request = '{}' WHERE sequence = 4",
      "UPDATE audit SET seal = x'' WHERE sequence = 4",
      "UPDATE audit SET seal = (SELECT seal FROM audit WHERE sequence = 2) WHERE sequence = 3",
      "UPDATE audit SET sequence = sequence + 1000 WHERE sequence > 5",
      "UPDATE audit SET sequence = -3 WHERE sequence = 1", "DELETE FROM audit");
  write_bytes(path, valid_bytes());
  REQUIRE(Raw(path).run(change));
  CAPTURE(change);
  {
    const Desk desk = Desk::open(path);
    const audit::Verified verified = desk.host().run(audit::Verify{});
    CHECK_FALSE(verified.is_whole);
    CHECK_FALSE(verified.problems.empty());
  }
  const Treatment treatment = treat(path, change);
  CHECK(treatment.defects.empty());
}
