#include <sqlite3.h>
#include <catch2/catch.hpp>

#include "support.hpp"

#include <fstream>
#include <iterator>
#include <thread>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

std::vector<events::Event> all_events(const Caller& caller, std::int64_t limit = 7) {
  std::vector<events::Event> all;
  std::int64_t cursor = 0;
  while (true) {
    events::Feed feed = caller.run(events::Since{.cursor = cursor, .topics = {}, .limit = limit});
    all.insert(all.end(), feed.items.begin(), feed.items.end());
    cursor = feed.next;
    if (feed.is_end) return all;
  }
}

people::CreateClient newcomer(const std::string& name) {
  people::CreateClient request;
  request.first_name = name;
  return request;
}

/// Changes the closed file behind the library's back.
void tamper(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("events come in commit order, nothing missed, nothing twice", "[E7]") {
  TestDesk desk;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&desk, writer] {
      for (int i = 0; i < 25; ++i)
        desk.host().run(newcomer("N" + std::to_string(writer * 100 + i)));
    });
  }
  std::vector<std::int64_t> seen;
  std::int64_t cursor = 0;
  for (int reading = 0; reading < 1000 && seen.size() < 100; ++reading) {
    events::Feed feed = desk.host().run(
        events::Since{.cursor = cursor, .topics = {"people.client_created"}, .limit = 10});
    for (const events::Event& event : feed.items) seen.push_back(event.sequence);
    cursor = feed.next;
    if (feed.items.empty()) std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(seen.size() == 100);
  CHECK(std::is_sorted(seen.begin(), seen.end()));
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("an event tells time, topic, subjects and facts, but nothing personal", "[E7][P9]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer("Oleksandra");
  auto events = all_events(desk.host());
  REQUIRE_FALSE(events.empty());
  bool registered = false;
  for (const events::Event& event : events) {
    CHECK(event.payload.find("Oleksandra") == std::string::npos);
    CHECK(event.payload.find(customer.email) == std::string::npos);
    if (event.topic != "people.client_registered") continue;
    registered = true;
    CHECK(event.client == customer.client);
    CHECK(event.at == desk.clock.now());
  }
  CHECK(registered);
}

TEST_CASE("everyone sees only what they may", "[E7][A9]") {
  TestDesk desk;
  TestDesk::Customer olena = desk.customer("Olena");
  TestDesk::Customer taras = desk.customer("Taras");
  bool saw_own = false;
  for (const events::Event& event : all_events(olena.caller)) {
    CHECK(event.client != taras.client);
    CHECK(event.account != taras.account);
    saw_own = saw_own || event.client == olena.client;
  }
  CHECK(saw_own);
  CHECK(refusal([&] { desk.anonymous().run(events::Since{}); }).code() == Code::unauthenticated);
}

TEST_CASE("the feed is filtered by topic and says when a cursor is too old", "[E7]") {
  TestDesk desk;
  desk.customer();
  auto only = desk.host().run(events::Since{.cursor = 0, .topics = {"access.*"}});
  CHECK_FALSE(only.items.empty());
  for (const events::Event& event : only.items) CHECK(event.topic.substr(0, 7) == "access.");
  desk.clock += std::chrono::days{91};
  desk.host().run(upkeep::Tick{});
  desk.host().run(newcomer("Olena"));
  Error old = refusal([&] { desk.host().run(events::Since{.cursor = 1}); });
  CHECK(old.code() == Code::expired);
  CHECK(old.reason() == "cursor_too_old");
  Error ahead = refusal([&] { desk.host().run(events::Since{.cursor = 1'000'000}); });
  CHECK(ahead.reason() == "cursor_ahead");
  CHECK_FALSE(desk.host().run(events::Since{}).items.empty());
}

TEST_CASE("a listener is woken after the commit", "[E7]") {
  TestDesk desk;
  int woken = 0;
  desk.desk().on_events([&] {
    ++woken;
    CHECK(desk.host()
              .run(events::Since{.cursor = 0, .topics = {"people.client_created"}})
              .items.size() == 1);
  });
  desk.host().run(newcomer("Olena"));
  CHECK(woken == 1);
  desk.host().preview(newcomer("Taras"));
  CHECK(woken == 1);
  desk.desk().on_events({});
  desk.host().run(newcomer("Taras"));
  CHECK(woken == 1);
}

TEST_CASE("the audit log tells who, when, from where, what and how it ended", "[E8]") {
  TestDesk desk;
  Caller admin = desk.admin();
  CallOptions options;
  options.origin = "198.51.100.4";
  options.correlation = "request 17";
  people::CreateClient request = newcomer("Olena");
  request.phone = "+380671234567";
  people::Client client = admin.run(request, options);
  auto entries = desk.host().run(audit::Entries{.operation_name = "people.create_client"});
  REQUIRE(entries.items.size() == 1);
  const audit::Entry& entry = entries.items[0];
  CHECK(entry.who == "account");
  CHECK(entry.who_id == admin.run(access::Whoami{}).account->id.value);
  CHECK(entry.at == desk.clock.now());
  CHECK(entry.outcome == "ok");
  CHECK(entry.client == client.id);
  CHECK(entry.origin == std::optional<std::string>("198.51.100.4"));
  CHECK(entry.correlation == std::optional<std::string>("request 17"));
  REQUIRE(entry.request);
  CHECK(entry.request->find("Olena") == std::string::npos);
  CHECK(entry.request->find("0671234567") == std::string::npos);
  CHECK(entry.request->find("\"first_name\":\"~") != std::string::npos);
}

TEST_CASE("secrets never reach the audit log or the file", "[E8][A2]") {
  TestDesk desk;
  desk.customer();
  std::string path = desk.path();
  for (const audit::Entry& entry : desk.host().run(audit::Entries{.limit = 500}).items) {
    if (entry.request) CHECK(entry.request->find(TestDesk::password) == std::string::npos);
  }
  CHECK(bytes_of(path).find(TestDesk::password) == std::string::npos);
  CHECK(bytes_of(path + "-wal").find(TestDesk::password) == std::string::npos);
}

TEST_CASE("tampering with the audit log shows", "[E8]") {
  TestDesk desk;
  for (int i = 0; i < 5; ++i) desk.host().run(newcomer("N" + std::to_string(i)));
  CHECK(desk.host().run(audit::Verify{}).is_whole);
  std::string change =
      GENERATE(std::string("UPDATE audit SET operation = 'people.update' WHERE sequence = 4"),
               std::string("UPDATE audit SET outcome = 'denied' WHERE sequence = 4"),
               std::string("UPDATE audit SET at = at + 1 WHERE sequence = 4"),
               std::string("UPDATE audit SET principal = 99 WHERE sequence = 4"),
               std::string("UPDATE audit SET request = '{}' WHERE sequence = 4"),
               std::string("UPDATE audit SET origin = 'x' WHERE sequence = 4"),
               std::string("UPDATE audit SET client = 7 WHERE sequence = 4"),
               std::string("DELETE FROM audit WHERE sequence = 4"),
               std::string("DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)"),
               std::string("UPDATE audit SET seal = (SELECT seal FROM audit WHERE sequence = 3)"
                           " WHERE sequence = 4"));
  INFO(change);
  OpenOptions options = desk.options();
  std::string path = desk.path();
  std::string copy = path + ".copy";
  desk.reopen();
  {
    Desk closing = Desk::open(copy, options);
  }
  std::filesystem::remove(copy);
  {
    // A clean close leaves all in the one file.
    testing::TemporaryFolder folder;
    desk.host().run(newcomer("last"));
    desk.reopen();
    std::filesystem::copy_file(path, folder.file("copy.db"));
    std::filesystem::copy_file(path + "-wal", folder.file("copy.db-wal"));
    tamper(folder.file("copy.db"), change);
    Desk opened = Desk::open(folder.file("copy.db"), options);
    audit::Verified verified = opened.host().run(audit::Verify{});
    CHECK_FALSE(verified.is_whole);
    REQUIRE_FALSE(verified.problems.empty());
    CHECK(verified.problems[0].part == "audit");
  }
}

TEST_CASE("the host's key seals the file, and can be rotated", "[E8]") {
  HostKey first{"2026-01", std::string(32, 'a')};
  HostKey second{"2026-02", std::string(32, 'b')};
  TestDesk desk([&](OpenOptions& options) { options.keys = {first}; });
  desk.host().run(newcomer("Olena"));
  testing::TemporaryFolder folder;
  std::string path = desk.path();
  OpenOptions options = desk.options();

  options.keys = {};
  CHECK(refusal([&] { Desk::open(path, options); }).reason() == "host_key_required");
  options.keys = {second};
  CHECK(refusal([&] { Desk::open(path, options); }).reason() == "host_key_wrong");
  options.keys = {second, first};
  {
    Desk rotated = Desk::open(path, options);
    CHECK(rotated.host().run(audit::Verify{}).is_whole);
  }
  options.keys = {second};
  Desk again = Desk::open(path, options);
  CHECK(again.host().run(audit::Verify{}).is_whole);
}
