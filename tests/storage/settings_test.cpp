#include "storage/settings.hpp"

#include "transactions.hpp"

#include <catch2/catch.hpp>

#include <thread>

namespace frontdesk::storage::testing {

using scratch::error_of;
using scratch::soon;

namespace {

constexpr Setting limit{"test.limit", "A limit.", 10, 0, 100, true};
constexpr Setting other{"test.other", "Another.", 1};

void set(Transaction& tx, const Setting& setting, std::int64_t value, CentreId centre = {}) {
  tx.touch(Topic::settings);
  tx.execute(
      "INSERT INTO settings (name, centre, value) VALUES ($1, $2, $3)"
      " ON CONFLICT (name, centre) DO UPDATE SET value = excluded.value",
      setting.name, centre.value, value);
}

std::int64_t read(HandDesk& desk, const Setting& setting, CentreId centre = {}) {
  std::int64_t value = -1;
  desk.read([&](Transaction& tx) { value = number(tx, setting, centre); });
  return value;
}

}  // namespace

TEST_CASE("a setting is the centre's own, else the file's, else the default",
          "[storage][settings]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  CHECK(read(desk, limit) == 10);
  CHECK(read(desk, limit, {3}) == 10);
  desk.write([](Transaction& tx) { set(tx, limit, 30, {3}); });
  CHECK(read(desk, limit) == 10);
  CHECK(read(desk, limit, {3}) == 30);
  desk.write([](Transaction& tx) { set(tx, limit, 20); });
  CHECK(read(desk, limit) == 20);
  CHECK(read(desk, limit, {3}) == 30);
  CHECK(read(desk, limit, {4}) == 20);
  CHECK(read(desk, other) == 1);
  desk.write([](Transaction& tx) { set(tx, limit, 0, {3}); });
  CHECK(read(desk, limit, {3}) == 0);
  desk.read([](Transaction& tx) {
    CHECK(enabled(tx, other));
    CHECK_FALSE(enabled(tx, limit, {3}));
  });
}

TEST_CASE("settings are read once for each version of their topic", "[storage][settings]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  desk.write([](Transaction& tx) { set(tx, limit, 20); });
  CHECK(read(desk, limit) == 20);
  // Behind the back of the topic: nobody looks.
  desk.write([](Transaction& tx) { tx.execute("UPDATE settings SET value = 21"); });
  CHECK(read(desk, limit) == 20);
  // Another topic has nothing to do with it.
  desk.write([](Transaction& tx) { tx.touch(Topic::texts); });
  CHECK(read(desk, limit) == 20);
  desk.write([](Transaction& tx) { tx.touch(Topic::settings); });
  CHECK(read(desk, limit) == 21);
}

TEST_CASE("a change is seen inside its transaction and outside when it is committed",
          "[storage][settings]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  desk.write([](Transaction& tx) { set(tx, limit, 20); });
  desk.write([&](Transaction& tx) {
    CHECK(number(tx, limit) == 20);
    set(tx, limit, 40);
    CHECK(number(tx, limit) == 40);
    CHECK(read(desk, limit) == 20);
    set(tx, limit, 50, {2});
    CHECK(number(tx, limit, {2}) == 50);
  });
  CHECK(read(desk, limit) == 40);
  CHECK(read(desk, limit, {2}) == 50);
}

TEST_CASE("a change that is rolled back leaves no trace", "[storage][settings]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  desk.write([](Transaction& tx) { set(tx, limit, 20); });
  CHECK(error_of([&] {
          desk.write([](Transaction& tx) {
            set(tx, limit, 60);
            CHECK(number(tx, limit) == 60);
            throw Error(Code::conflict, "never_mind");
          });
        }) == "conflict/never_mind");
  CHECK(read(desk, limit) == 20);
  desk.write([](Transaction& tx) {
    CHECK(number(tx, limit) == 20);
    set(tx, limit, 70);
  });
  CHECK(read(desk, limit) == 70);
}

TEST_CASE("each snapshot has the settings of its own time", "[storage][settings]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  desk.write([](Transaction& tx) { set(tx, limit, 20); });
  const ReaderLease old = desk.file().read(soon());
  auto old_value = [&] {
    std::int64_t value = -1;
    desk.read_from(old, [&](Transaction& tx) { value = number(tx, limit); });
    return value;
  };
  CHECK(old_value() == 20);
  desk.write([](Transaction& tx) { set(tx, limit, 30); });
  for (int i = 0; i < 3; ++i) {
    CHECK(read(desk, limit) == 30);
    CHECK(old_value() == 20);
  }
}

TEST_CASE("what another process changed is seen", "[storage][settings][E11]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  HandDesk other_desk(folder.file());
  CHECK(read(desk, limit) == 10);
  other_desk.write([](Transaction& tx) { set(tx, limit, 80); });
  CHECK(read(desk, limit) == 80);
  desk.write([](Transaction& tx) {
    CHECK(number(tx, limit) == 80);
    set(tx, limit, 81);
  });
  CHECK(read(other_desk, limit) == 81);
}

TEST_CASE("settings that could not be read count as unknown", "[storage][settings]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  desk.write([](Transaction& tx) {
    set(tx, limit, 20);
    for (std::int64_t centre = 1; centre < 5'000; ++centre) set(tx, other, centre, {centre});
  });
  const ReaderLease old = desk.file().read(soon());
  auto old_value = [&](CentreId centre) {
    std::int64_t value = -1;
    desk.read_from(old, [&](Transaction& tx) { value = number(tx, other, centre); });
    return value;
  };
  CHECK(old_value({4'999}) == 4'999);
  desk.write([](Transaction& tx) { set(tx, limit, 30); });
  {
    const ReaderLease late = desk.file().read(soon());
    late.connection().set_deadline(std::chrono::steady_clock::now());
    CHECK(error_of([&] { desk.read_from(late, [](Transaction& tx) { number(tx, limit); }); }) ==
          "cancelled/deadline_passed");
    late.connection().set_deadline(std::nullopt);
  }
  CHECK(old_value({4'999}) == 4'999);
  CHECK(read(desk, limit) == 30);
}

TEST_CASE("threads read settings while they change", "[storage][settings][E11]") {
  const scratch::Folder folder;
  HandDesk desk(folder.file());
  desk.write([](Transaction& tx) {
    set(tx, limit, 0);
    set(tx, other, 0);
  });
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 3; ++thread) {
    threads.emplace_back([&] {
      std::int64_t last = 0;
      while (!done) {
        desk.read([&](Transaction& tx) {
          std::int64_t first = number(tx, limit);
          std::int64_t second = number(tx, other);  // changes with the first
          if (first != second || first < last) ++wrong;
          last = first;
        });
      }
    });
  }
  for (std::int64_t i = 1; i <= 100; ++i) {
    desk.write([i](Transaction& tx) {
      set(tx, limit, i);
      set(tx, other, i);
    });
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(read(desk, limit) == 100);
}

}  // namespace frontdesk::storage::testing
