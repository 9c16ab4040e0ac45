#include "faults/scenarios.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>

namespace frontdesk::faults {
namespace {

namespace fs = std::filesystem;

/// The file that all but the first scenario start from, made once.
struct Template {
  testing::TemporaryFolder folder{};
  std::string path = folder.file("template.db");
  CentreId centre{};
  ClientId goner{};

  Template() {
    Run run(path);
    run.open();
    run.act(look([this](const Caller& host) {
      catalog::CreateCentre create;
      create.name = "Sunrise";
      create.city = "Kyiv";
      create.zone = "Europe/Kyiv";
      create.currency = "UAH";
      centre = host.run(create).id;
      people::CreateClient client;
      client.first_name = "Goner";
      client.centre = centre;
      goner = host.run(client).id;
    }));
    run.act(import_clients("Old", 40));
    run.close();
  }
};

const Template& ready() {
  static const Template instance;
  return instance;
}

/// A fault that strikes once may cost the first opening, not the second.
bool open_at_last(Run& run) { return run.open() || run.open(); }

void look_around(Run& run) {
  run.act(look([](const Caller& host) {
    host.run(people::Clients{});
    host.run(events::Since{});
  }));
}

void play_new_file(Run& run) {
  if (!open_at_last(run)) return;
  run.act(create_client("First"));
  look_around(run);
}

void play_small_writes(Run& run) {
  if (!open_at_last(run)) return;
  for (int i = 0; i < 8; ++i) {
    run.act(create_client("Small" + std::to_string(i)));
    if (i % 3 == 0) look_around(run);
  }
}

/// A family whose notes do not fit into the memory that SQLite is given, so that pages reach the
/// log before the commit.
void play_batch(Run& run) {
  constexpr std::int64_t little_memory = 400'000;
  if (!open_at_last(run)) return;
  run.act(create_family("Kovalenko", 3, 2, ready().centre));
  const std::int64_t before = sqlite3_soft_heap_limit64(little_memory);
  run.act(create_family("Shevchenko", 2, 60, ready().centre));
  sqlite3_soft_heap_limit64(before);
  run.act(create_family("Bondar", 2, 1, ready().centre));
}

void play_jobs(Run& run) {
  if (!open_at_last(run)) return;
  run.act(import_clients("New", 30));
  run.act(erase("Goner", ready().goner));
  run.act(tick());
  run.act(create_client("Last"));
}

void play_threads(Run& run) {
  constexpr int writers = 3;
  if (!open_at_last(run)) return;
  std::vector<std::vector<Deed>> threads(writers + 1);
  for (int thread = 0; thread < writers; ++thread) {
    for (int i = 0; i < 4; ++i) {
      const std::string name = "Thread" + std::to_string(thread) + "-" + std::to_string(i);
      threads[static_cast<std::size_t>(thread)].push_back(create_client(name));
    }
    threads.back().push_back(look([](const Caller& host) { host.run(people::Clients{}); }));
  }
  run.act_at_once(std::move(threads));
  run.close();
  if (!open_at_last(run)) return;
  run.act(create_family("Afterwards", 1, 1, ready().centre));
}

constexpr Scenario all[] = {
    {"a new file", true, false, play_new_file}, {"small writes", false, false, play_small_writes},
    {"batches", false, false, play_batch},      {"jobs", false, false, play_jobs},
    {"threads", false, true, play_threads},
};

}  // namespace

std::span<const Scenario> scenarios() { return all; }

void prepare(const Scenario& scenario, const std::string& path) {
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(path + suffix);
  if (!scenario.starts_empty) fs::copy_file(ready().path, path);
}

void must_work(Run& run) {
  const auto works = [&run](const std::string& name) {
    if (!run.is_open() && !run.open()) return false;
    run.act(create_client(name));
    return run.deeds.back().answer == Answer::done;
  };
  // The fault may strike only now.
  const bool has_struck = run.errors > 0;
  if (works("Survivor") || (!has_struck && works("Second survivor"))) return;
  run.problems.emplace_back("the desk does not work after the fault");
}

bool is_long_dose() {
  static const bool is_long =
      std::getenv("FRONTDESK_LONG") != nullptr || std::getenv("FRONTDESK_FAULTS") != nullptr;
  return is_long;
}

std::vector<long> sample(long last, std::size_t count, unsigned seed) {
  std::set<long> numbers;
  if (const char* range = std::getenv("FRONTDESK_FAULTS")) {
    char* end = nullptr;
    const long from = std::strtol(range, &end, 10);
    const long until = *end == '-' ? std::strtol(end + 1, nullptr, 10) : from;
    for (long number = from; number <= std::min(until, last); ++number) numbers.insert(number);
  } else if (is_long_dose() || last <= static_cast<long>(count)) {
    for (long number = 1; number <= last; ++number) numbers.insert(number);
  } else {
    // One from each of as many equal parts.
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < count; ++i) {
      const long from = last * static_cast<long>(i) / static_cast<long>(count);
      const long until = last * static_cast<long>(i + 1) / static_cast<long>(count);
      numbers.insert(from + 1 + static_cast<long>(random() % static_cast<unsigned>(until - from)));
    }
  }
  return {numbers.begin(), numbers.end()};
}

}  // namespace frontdesk::faults
