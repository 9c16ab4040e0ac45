#include "storage/feed.hpp"

#include "transactions.hpp"

#include <catch2/catch.hpp>

namespace frontdesk::storage::testing {
namespace {

struct Visited {
  static const EventKind kind;
  ClientId client{};
  CentreId centre{};
  AccountId account{};
  std::string name{};
  std::string code{};
  std::int64_t visits = 0;
  std::optional<ClientId> guest{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Visited::client>("Who."),
        field<&Visited::centre>("Where."),
        field<&Visited::account>("By whom."),
        field<&Visited::name>("The name.").personal(),
        field<&Visited::code>("The code.").secret(),
        field<&Visited::visits>("How often."),
        field<&Visited::guest>("With whom."),
    };
    return table;
  }
};
constinit const EventKind Visited::kind{"test.visited", "Somebody came.", "people.view"};

/// Fields of the subjects' names that are no ids are no subjects.
struct Renamed {
  static const EventKind kind;
  std::string client{};
  std::optional<CentreId> centre{};

  static Fields fields() {
    static constexpr Field table[] = {field<&Renamed::client>(""), field<&Renamed::centre>("")};
    return table;
  }
};
constinit const EventKind Renamed::kind{"test.renamed", "Renamed."};

template <Event T>
void append(Transaction& tx, T event) {
  append_event(tx, {&T::kind, &type_of<T>(), std::make_shared<T>(std::move(event))});
}

std::vector<std::int64_t> sequences(HandDesk& desk) {
  std::vector<std::int64_t> all;
  desk.read([&](Transaction& tx) {
    Cursor rows = tx.query("SELECT sequence FROM events ORDER BY sequence");
    while (rows.next()) all.push_back(rows.integer(0));
  });
  return all;
}

struct Purged {
  bool is_done = false;
  std::int64_t deleted = 0;
};

Purged purge(HandDesk& desk, std::int64_t limit) {
  Purged purged;
  desk.write([&](Transaction& tx) { purged.is_done = purge_events(tx, limit, purged.deleted); });
  return purged;
}

}  // namespace

TEST_CASE("an event names its subjects by its fields", "[storage][E7]") {
  Visited visited{{1}, {2}, {3}, "Olena", "123", 5, ClientId{9}};
  Subjects subjects = subjects_of(type_of<Visited>(), &visited);
  CHECK(subjects.client == ClientId{1});
  CHECK(subjects.centre == CentreId{2});
  CHECK(subjects.account == AccountId{3});
  Renamed renamed{"7", CentreId{7}};
  subjects = subjects_of(type_of<Renamed>(), &renamed);
  CHECK_FALSE(subjects.client);
  CHECK_FALSE(subjects.centre);
}

TEST_CASE("an event becomes a row without what is personal or secret", "[storage][E7][P9]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  desk.write([](Transaction& tx) {
    append(tx, Visited{{1}, {}, {3}, "Olena", "123", 5, ClientId{9}});
    append(tx, Renamed{"x", {}});
  });
  desk.read([&](Transaction& tx) {
    Cursor row = tx.query(
        "SELECT sequence, at, topic, client, centre, account, payload FROM events"
        " ORDER BY sequence");
    REQUIRE(row.next());
    CHECK(row.integer(0) == 1);
    CHECK(row.instant(1) == desk.now);
    CHECK(row.text(2) == "test.visited");
    CHECK(row.integer(3) == 1);
    CHECK(row.null(4));
    CHECK(row.integer(5) == 3);
    CHECK(row.text(6) == R"({"client":1,"account":3,"visits":5,"guest":9})");
    REQUIRE(row.next());
    CHECK(row.integer(0) == 2);
    CHECK(row.null(3));
    CHECK(row.text(6) == R"({"client":"x"})");
    CHECK_FALSE(row.next());
  });
}

TEST_CASE("events that are past their time go, some at a time, but never the newest",
          "[storage][E7]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  auto add = [&](int events) {
    desk.write([&](Transaction& tx) {
      for (int i = 0; i < events; ++i) append(tx, Visited{});
    });
  };
  Purged none = purge(desk, 5);
  CHECK(none.is_done);
  add(7);
  desk.now += std::chrono::days{1};
  add(3);
  none = purge(desk, 5);
  CHECK(none.is_done);
  CHECK(none.deleted == 0);

  desk.now +=
      std::chrono::days{89};  // those of the first day are 90 days old now, and not yet older
  CHECK(purge(desk, 5).deleted == 0);
  desk.now += Duration{1};
  Purged some = purge(desk, 5);
  CHECK_FALSE(some.is_done);
  CHECK(some.deleted == 5);
  some = purge(desk, 5);
  CHECK(some.is_done);
  CHECK(some.deleted == 2);
  CHECK(sequences(desk) == std::vector<std::int64_t>{8, 9, 10});

  desk.now += std::chrono::days{1'000};
  CHECK(purge(desk, 100).deleted == 2);
  CHECK(sequences(desk) == std::vector<std::int64_t>{10});
  CHECK(purge(desk, 100).is_done);
  add(1);
  CHECK(sequences(desk) == std::vector<std::int64_t>{10, 11});
}

TEST_CASE("how long events stay is a setting", "[storage][E7]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  desk.write([](Transaction& tx) {
    append(tx, Visited{});
    append(tx, Visited{});
    tx.touch(Topic::settings);
    tx.execute("INSERT INTO settings (name, centre, value) VALUES ($1, 0, 2)",
               events_retention_days.name);
  });
  desk.now += std::chrono::days{2};
  CHECK(purge(desk, 5).deleted == 0);
  desk.now += Duration{1};
  CHECK(purge(desk, 5).deleted == 1);
}

}  // namespace frontdesk::storage::testing
