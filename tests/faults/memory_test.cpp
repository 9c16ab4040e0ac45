#include <catch2/catch.hpp>

#include <frontdesk/frontdesk.h>

#include "faults/failing_memory.hpp"
#include "faults/faulty_vfs.hpp"
#include "faults/scenarios.hpp"

#include <iostream>

using namespace frontdesk;
using namespace frontdesk::faults;

namespace {

bool tells_of_memory(const Error& error) {
  if (error.code() == Code::outcome_unknown) return error.reason() == "commit_uncertain";
  return error.code() == Code::no_memory && error.reason() == "no_memory";
}

/// Plays a scenario in which one allocation fails, or it and all after it.
std::vector<std::string> play_with(const Scenario& scenario, long number, bool for_good,
                                   const std::string& path) {
  prepare(scenario, path);
  Run run(path);
  run.is_expected = tells_of_memory;
  fail_allocation(number, for_good);
  scenario.play(run);
  if (!for_good) {
    if (!scenario.has_threads && run.errors > 1) {
      run.problems.emplace_back("a single fault led to several errors");
    }
    must_work(run);
  }
  run.close();
  spare_allocations();
  run.judge();
  return run.problems;
}

long count_of(const Scenario& scenario, const std::string& path) {
  prepare(scenario, path);
  Run run(path);
  count_allocations();
  scenario.play(run);
  run.close();
  const long count = allocations_made();
  run.judge();
  CAPTURE(scenario.name, run.problems);
  CHECK(run.errors == 0);
  CHECK(run.problems.empty());
  return count;
}

void fail_in(const Scenario& scenario, unsigned seed) {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("memory.db");
  count_of(scenario, path);  // what is made once in a process is made
  const long last = count_of(scenario, path);
  REQUIRE(last > 100);
  int runs = 0;
  for (const long number : sample(last, 24, seed)) {
    for (const bool for_good : {false, true}) {
      if (!is_long_dose() && for_good == (number % 2 == 0)) continue;
      const std::vector<std::string> problems = play_with(scenario, number, for_good, path);
      CAPTURE(scenario.name, number, for_good, problems);
      CHECK(problems.empty());
      ++runs;
    }
  }
  if (!is_long_dose()) return;
  std::cout << "faults of memory, " << scenario.name << ": " << last << " allocations, " << runs
            << " runs\n";
}

}  // namespace

TEST_CASE("any allocation may fail while a file is made", "[E2][E6][E10]") {
  install_memory();
  install_vfs();
  fail_in(scenarios()[0], 1);
}

TEST_CASE("any allocation may fail during small writes", "[E2][E6]") {
  install_memory();
  install_vfs();
  fail_in(scenarios()[1], 2);
}

TEST_CASE("any allocation may fail during batches", "[E2][E6]") {
  install_memory();
  install_vfs();
  fail_in(scenarios()[2], 3);
}

TEST_CASE("any allocation may fail during jobs", "[E2][E6]") {
  install_memory();
  install_vfs();
  fail_in(scenarios()[3], 4);
}

TEST_CASE("any allocation may fail while threads share commits", "[E6][E11]") {
  install_memory();
  install_vfs();
  fail_in(scenarios()[4], 5);
}

namespace {

/// The same through C: what was answered to each step.
class CRun {
 public:
  CRun(std::string path, Run& run) : path_(std::move(path)), run_(run) {}

  /// The number of steps that failed.
  int play() {
    frontdesk_desk* desk = nullptr;
    frontdesk_caller* host = nullptr;
    step([&](char** reply, std::size_t* length) {
      return frontdesk_open(path_.c_str(), nullptr, &desk, reply, length);
    });
    if (desk != nullptr) {
      step([&](char**, std::size_t*) { return frontdesk_host(desk, &host); });
    }
    if (host != nullptr) {
      create(host, "C1");
      step([&](char** reply, std::size_t* length) {
        return frontdesk_events_since(host, 0, nullptr, 0, 100, nullptr, reply, length);
      });
      step([&](char** reply, std::size_t* length) {
        return frontdesk_call(host, "people.clients", "{}", FRONTDESK_TEXT, nullptr, reply, length);
      });
      step([&](char** reply, std::size_t* length) { return frontdesk_operations(reply, length); });
      create(host, "C2");
    }
    const Exposed exposed;
    frontdesk_caller_close(host);
    frontdesk_close(desk);
    return failures_;
  }

 private:
  template <class Action>
  frontdesk_status step(const Action& action) {
    char* reply = nullptr;
    std::size_t length = 0;
    frontdesk_status status = FRONTDESK_OK;
    {
      const Exposed exposed;
      status = action(&reply, &length);
    }
    frontdesk_free(reply);
    if (status == FRONTDESK_OK) return status;
    ++failures_;
    if (status != FRONTDESK_NO_MEMORY && status != FRONTDESK_OUTCOME_UNKNOWN) {
      run_.problems.push_back(std::string("status ") + frontdesk_status_name(status));
    }
    return status;
  }

  void create(frontdesk_caller* host, const std::string& name) {
    Deed deed = create_client(name);
    frontdesk_call_options options = FRONTDESK_CALL_OPTIONS_INIT;
    options.idempotency_key = deed.key.c_str();
    const std::string request = R"({"first_name": ")" + name +
                                R"(", "last_name": "Koval", "external_ref": ")" + name + R"("})";
    const frontdesk_status status = step([&](char** reply, std::size_t* length) {
      return frontdesk_call(host, "people.create_client", request.data(), request.size(), &options,
                            reply, length);
    });
    deed.answer = Answer::refused;
    if (status == FRONTDESK_OK) deed.answer = Answer::done;
    if (status == FRONTDESK_OUTCOME_UNKNOWN) deed.answer = Answer::unknown;
    run_.deeds.push_back(std::move(deed));
  }

  std::string path_;
  Run& run_;
  int failures_ = 0;
};

}  // namespace

TEST_CASE("any allocation may fail under the C face", "[E2][E15]") {
  install_memory();
  install_vfs();
  testing::TemporaryFolder folder;
  const std::string path = folder.file("c.db");
  const Scenario& scenario = scenarios()[1];
  for (int i = 0; i < 2; ++i) {  // what is made once in a process is made by the first
    prepare(scenario, path);
    Run run(path);
    count_allocations();
    CHECK(CRun(path, run).play() == 0);
  }
  const long last = allocations_made();
  for (const long number : sample(last, 24, 6)) {
    for (const bool for_good : {false, true}) {
      if (!is_long_dose() && for_good == (number % 2 == 0)) continue;
      prepare(scenario, path);
      Run run(path);
      fail_allocation(number, for_good);
      const int failures = CRun(path, run).play();
      spare_allocations();
      run.judge();
      CAPTURE(number, for_good, run.problems);
      CHECK(run.problems.empty());
      if (!for_good) CHECK(failures <= 1);
    }
  }
  if (is_long_dose()) std::cout << "faults of memory, C: " << last << " allocations\n";
}
