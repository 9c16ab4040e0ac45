#include <catch2/catch.hpp>

#include "support.hpp"
#include "team.hpp"

#include <algorithm>
#include <condition_variable>

using namespace frontdesk;
using frontdesk::testing::TestDesk;
using frontdesk::testing::threads::rounds;
using frontdesk::testing::threads::Team;

namespace {

/// For a further desk: the injected randomness is serialised by one desk, not between two.
OpenOptions options_of(const TestDesk& desk) {
  OpenOptions options = desk.options();
  options.random = {};
  return options;
}

ClientId enter(const Caller& caller, const std::string& name) {
  people::CreateClient request;
  request.first_name = name;
  return caller.run(request).id;
}

void add_writers(Team& team, const Desk& desk) {
  team.add("writer", [&desk](int round) {
    CallOptions options;
    options.idempotency_key = "writer " + std::to_string(round / 2);
    people::CreateClient request;
    request.first_name = "Key " + std::to_string(round / 2);
    desk.host().run(request, options);
  });
  team.add("updater", [&desk, own = std::make_shared<ClientId>()](int round) {
    if (round == 0) *own = enter(desk.host(), "Updated");
    people::UpdateClient request;
    request.client = *own;
    request.version = round + 1;
    request.notes = "round " + std::to_string(round);
    desk.host().run(request);
  });
  team.add("batcher", [&desk](int) {
    Batch batch;
    people::CreateClient guardian;
    guardian.first_name = "Guardian";
    auto made = batch.add(guardian);
    people::AddDependant child;
    child.guardian = made.id(&people::Client::id);
    child.first_name = "Child";
    batch.add(child);
    desk.host().run(batch);
  });
  team.add("previewer", [&desk](int) {
    people::CreateClient request;
    request.first_name = "Nobody";
    desk.host().preview(request);
  });
  team.add("importer", [&desk](int round) {
    people::Import request;
    request.csv = "external_ref,first_name\n";
    for (int row = 0; row < 5; ++row) {
      request.csv += std::to_string(round) + "/" + std::to_string(row) + ",Imported\n";
    }
    CallOptions options;
    options.idempotency_key = "import " + std::to_string(round);
    options.progress = [](std::int64_t, std::int64_t) { return true; };
    if (desk.host().run(request, options).added != 5) throw std::runtime_error("rows are missing");
    desk.host().run(upkeep::Tick{});
  });
}

void add_readers(Team& team, const Desk& desk) {
  team.add("reader", [&desk](int) {
    desk.host().run(people::Clients{.search = "child"});
    desk.host().run(audit::Entries{});
    desk.statistics();
  });
  team.add("checker", [&desk](int) {
    if (!desk.host().run(audit::Verify{}).is_whole) throw std::runtime_error("half a commit");
    if (!desk.host().run(upkeep::Check{}).problems.empty()) throw std::runtime_error("a problem");
  });
  team.add("trespasser", [&desk](int round) {
    CallOptions options;
    options.language = round % 2 == 0 ? "uk" : "en";
    auto outcome = desk.anonymous().try_run(upkeep::Check{}, options);
    if (outcome || outcome.error().message().empty()) throw std::runtime_error("not refused");
  });
}

/// Signing in hashes, on a snapshot and outside of the queue, and fills the cache of callers.
void add_visitors(Team& team, const Desk& desk, const std::vector<std::string>& logins) {
  for (const std::string& login : logins) {
    team.add("visitor", [&desk, login](int) {
      access::SignIn request;
      request.login = login;
      request.password = TestDesk::password;
      Caller caller = desk.caller(desk.anonymous().run(request).token);
      if (!caller.run(access::Whoami{}).account) throw std::runtime_error("not signed in");
      caller.run(access::SignOut{});
      if (caller.try_run(access::Whoami{})) throw std::runtime_error("still signed in");
    });
  }
  team.add("changer of settings", [&desk](int round) {
    desk.host().run(
        upkeep::ChangeSetting{.name = "access.session_idle_seconds", .value = 3'600 + round});
    desk.host().run(upkeep::Settings{});
  });
}

void add_openers(Team& team, const std::string& path, const OpenOptions& options) {
  team.add("opener", [path, options](int round) {
    OpenOptions own = options;
    own.texts = {{"uk", R"({"error.sold_out_again": "Знову немає місць."})"}};
    own.read_only = round % 3 == 0;
    Desk other = Desk::open(path, own);
    other.host().run(people::Clients{});
    if (!own.read_only) enter(other.host(), "Through another");
  });
}

/// Waits for wake-ups as a host would, and reads what is new.
void add_listener(Team& team, const Desk& desk) {
  struct Bell {
    std::mutex mutex{};
    std::condition_variable rung{};
    int rings = 0;
  };
  auto bell = std::make_shared<Bell>();
  desk.on_events([bell] {
    std::lock_guard guard(bell->mutex);
    ++bell->rings;
    bell->rung.notify_all();
  });
  team.add("listener", [&desk, bell, cursor = std::int64_t{0}](int) mutable {
    std::unique_lock lock(bell->mutex);
    bell->rung.wait_for(lock, std::chrono::milliseconds(20), [&] { return bell->rings > 0; });
    bell->rings = 0;
    lock.unlock();
    events::Feed feed = desk.host().run(events::Since{.cursor = cursor, .limit = 1000});
    for (const events::Event& event : feed.items) {
      if (event.sequence <= cursor) throw std::runtime_error("an event came twice");
      cursor = event.sequence;
    }
  });
}

std::vector<std::string> logins_of(TestDesk& desk, int count) {
  std::vector<std::string> logins;
  for (int i = 0; i < count; ++i) logins.push_back(desk.customer().email);
  return logins;
}

void check_end(const TestDesk& desk, const std::vector<std::string>& problems) {
  CHECK(problems == std::vector<std::string>());
  CHECK(desk.host().run(audit::Verify{}).is_whole);
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
  people::Clients imported{.search = "imported", .limit = 500};
  CHECK(desk.host().run(imported).items.size() ==
        static_cast<std::size_t>(std::min(rounds() * 5, 500)));
  people::Clients keyed{.search = "key", .limit = 500};
  CHECK(desk.host().run(keyed).items.size() == static_cast<std::size_t>(rounds() + 1) / 2);
}

}  // namespace

TEST_CASE("many threads share one desk", "[threads][E2][E6][E11]") {
  TestDesk desk;
  Team team;
  const auto logins = logins_of(desk, 3);
  const Desk& shared = desk.desk();
  add_writers(team, shared);
  add_readers(team, shared);
  add_visitors(team, shared, logins);
  add_listener(team, shared);
  add_openers(team, desk.path(), options_of(desk));
  check_end(desk, team.join());
}

TEST_CASE("threads share two desks of one file in one process", "[threads][E6][E11]") {
  TestDesk desk([](OpenOptions& options) { options.wal_bytes_max = 64 * 1024; });
  Team team;
  const auto logins = logins_of(desk, 2);
  const Desk& first = desk.desk();
  const Desk second = Desk::open(desk.path(), options_of(desk));
  add_writers(team, first);
  add_readers(team, first);
  add_listener(team, first);
  add_readers(team, second);
  add_visitors(team, second, logins);
  add_listener(team, second);
  team.add("writer through the second", [&](int) { enter(second.host(), "Second"); });
  check_end(desk, team.join());
}

TEST_CASE("a listener is replaced while others write", "[threads][E7][E11]") {
  TestDesk desk;
  Team team;
  std::atomic<int> wakes{0};
  const Desk& shared = desk.desk();
  for (int writer = 0; writer < 2; ++writer) {
    team.add("writer", [&shared](int) { enter(shared.host(), "Olena"); });
  }
  team.add("replacer", [&shared, &wakes](int round) {
    shared.on_events(round % 2 == 0 ? std::function<void()>([&wakes] { ++wakes; })
                                    : std::function<void()>());
  });
  team.add("clock", [&desk](int) { desk.clock += Duration{1}; });
  CHECK(team.join() == std::vector<std::string>());
  shared.on_events([&wakes] { ++wakes; });
  const int before = wakes;
  enter(shared.host(), "Last");
  CHECK(wakes == before + 1);
}

TEST_CASE("the last caller on some thread closes the file", "[threads][E11]") {
  TestDesk desk;
  const std::string path = desk.path();
  const OpenOptions options = options_of(desk);
  desk.close();
  Team team;
  for (int thread = 0; thread < 4; ++thread) {
    team.add("visitor", [&path, &options](int) {
      std::optional<Caller> host;
      {
        host = Desk::open(path, options).host();
      }
      std::thread([&host] {
        enter(*host, "Last");
        host.reset();
      }).join();
    });
  }
  CHECK(team.join() == std::vector<std::string>());
  desk.reopen();
  CHECK(desk.host().run(audit::Verify{}).is_whole);
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
}
