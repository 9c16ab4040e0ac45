#include <catch2/catch.hpp>

#include "hostile/victim.hpp"
#include "support.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <random>

using namespace frontdesk;
using namespace frontdesk::hostile;

namespace {

std::string random_bytes(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

/// A whole file whose changes still stand in its log: a copy of an open one.
struct Torn {
  std::string database{};
  std::string log{};
};

Torn open_file_bytes(const std::string& first_name) {
  testing::TestDesk desk;
  people::CreateClient create;
  create.first_name = first_name;
  desk.host().run(create);
  return {read_bytes(desk.path()), read_bytes(desk.path() + "-wal")};
}

void set_number(const std::string& path, const std::string& pragma) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, ("PRAGMA " + pragma).c_str(), nullptr, nullptr, nullptr) ==
        SQLITE_OK);
  sqlite3_close(database);
}

}  // namespace

TEST_CASE("what is no file of ours is refused by name", "[E10]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("place.db");
  std::string reason = "not_a_frontdesk_file";
  SECTION("a folder") { std::filesystem::create_directory(path); }
  SECTION("a pipe") { REQUIRE(::mkfifo(path.c_str(), 0600) == 0); }
  SECTION("text") { write_bytes(path, std::string(10'000, 'a')); }
  SECTION("a little text") { write_bytes(path, "SQLite"); }
  SECTION("random bytes") { write_bytes(path, random_bytes(100'000, 1)); }
  SECTION("the header alone") {
    write_bytes(path, valid_bytes().substr(0, 100));
    reason = "file_damaged";
  }
  SECTION("a link to a folder") { std::filesystem::create_directory_symlink(folder.path(), path); }
  const Treatment treatment = treat(path, "place");
  CHECK_FALSE(treatment.was_opened);
  CHECK(treatment.refusal == Code::storage);
  CHECK(treatment.reason == reason);
  CHECK(treatment.defects.empty());
}

TEST_CASE("an empty file is a new one", "[E10]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("empty.db");
  write_bytes(path, "");
  const Treatment treatment = treat(path, "empty");
  CHECK(treatment.was_opened);
  CHECK(treatment.defects.empty());
}

TEST_CASE("versions and marks of others are refused", "[E10]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("version.db");
  write_bytes(path, valid_bytes());
  struct Variant {
    const char* pragma;
    Code code;
    const char* reason;
  };
  const Variant variant = GENERATE(values<Variant>({
      {"user_version = 1000000", Code::unsupported, "file_newer"},
      {"user_version = 2147483647", Code::unsupported, "file_newer"},
      {"user_version = -1", Code::storage, "file_damaged"},
      {"user_version = -2147483648", Code::storage, "file_damaged"},
      {"application_id = 0", Code::storage, "not_a_frontdesk_file"},
      {"application_id = 1", Code::storage, "not_a_frontdesk_file"},
      {"application_id = -1", Code::storage, "not_a_frontdesk_file"},
  }));
  set_number(path, variant.pragma);
  const Treatment treatment = treat(path, variant.pragma);
  CAPTURE(variant.pragma, treatment.defects);
  CHECK_FALSE(treatment.was_opened);
  CHECK(treatment.refusal == variant.code);
  CHECK(treatment.reason == variant.reason);
}

TEST_CASE("an older version that is not one is refused, not migrated into ruins", "[E10]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("version.db");
  for (const char* pragma : {"user_version = 0", "user_version = 1", "user_version = 3"}) {
    write_bytes(path, valid_bytes());
    set_number(path, pragma);
    const Treatment treatment = treat(path, pragma);
    CAPTURE(pragma, treatment.reason, treatment.defects);
    CHECK_FALSE(treatment.was_opened);
    CHECK(treatment.refusal == Code::storage);
    CHECK(treatment.defects.empty());
  }
}

TEST_CASE("a log that is not the file's own harms nothing", "[E2][E10]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("log.db");
  const Torn one = open_file_bytes("One");
  const Torn other = open_file_bytes("Other");
  std::string log = one.log;
  SECTION("of another file") { log = other.log; }
  SECTION("garbage") { log = random_bytes(50'000, 2); }
  SECTION("cut off") { log.resize(log.size() / 2 + 7); }
  SECTION("its header garbage") { log.replace(0, 32, random_bytes(32, 3)); }
  SECTION("a frame garbage") { log.replace(32 + 24 + 100, 200, random_bytes(200, 4)); }
  SECTION("frames twice") { log += one.log.substr(32); }
  write_bytes(path, one.database);
  write_bytes(path + "-wal", log);
  write_bytes(path + "-shm", random_bytes(32'768, 5));
  const Treatment treatment = treat(path, "log");
  CAPTURE(treatment.reason, treatment.defects);
  CHECK(treatment.defects.empty());
  if (!treatment.was_opened) CHECK(treatment.refusal == Code::storage);
}

TEST_CASE("a garbage index of the log is made anew", "[E2]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("index.db");
  const Torn one = open_file_bytes("One");
  for (unsigned seed = 0; seed < (is_long_dose() ? 200U : 5U); ++seed) {
    write_bytes(path, one.database);
    write_bytes(path + "-wal", one.log);
    write_bytes(path + "-shm", random_bytes(seed % 2 == 0 ? 32'768 : 1'000, seed));
    const Treatment treatment = treat(path, "index " + std::to_string(seed));
    CAPTURE(seed, treatment.reason, treatment.defects);
    CHECK(treatment.was_opened);
    CHECK(treatment.defects.empty());
  }
}

TEST_CASE("random damage to the log loses changes, never the file", "[E2]") {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("log.db");
  const Torn one = open_file_bytes("One");
  Tally tally;
  for (unsigned seed = 0; seed < (is_long_dose() ? 1'000U : 15U); ++seed) {
    std::mt19937 random(seed);
    std::string log = one.log;
    for (int left = 1 + static_cast<int>(random() % 5); left > 0; --left) {
      char& byte = log[random() % log.size()];
      byte = static_cast<char>(byte ^ (1 << random() % 8));
    }
    std::filesystem::remove(path + "-shm");
    write_bytes(path, one.database);
    write_bytes(path + "-wal", log);
    const Treatment treatment = treat(path, "log, seed " + std::to_string(seed));
    tally.add(treatment);
    CAPTURE(seed, treatment.reason, treatment.defects);
    CHECK(treatment.defects.empty());
  }
  tally.print("damaged logs");
}
