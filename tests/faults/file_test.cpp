#include <catch2/catch.hpp>

#include "faults/failing_memory.hpp"
#include "faults/faulty_vfs.hpp"
#include "faults/scenarios.hpp"

#include <sqlite3.h>

#include <iostream>
#include <map>

using namespace frontdesk;
using namespace frontdesk::faults;

namespace {

/// How a kind of call can fail.
struct Way {
  Call call;
  int status;
};

constexpr Way ways[] = {
    {Call::open, SQLITE_CANTOPEN},       {Call::remove, SQLITE_IOERR_DELETE},
    {Call::access, SQLITE_IOERR_ACCESS}, {Call::read, SQLITE_IOERR_READ},
    {Call::write, SQLITE_IOERR_WRITE},   {Call::write, SQLITE_FULL},
    {Call::sync, SQLITE_IOERR_FSYNC},    {Call::truncate, SQLITE_IOERR_TRUNCATE},
    {Call::size, SQLITE_IOERR_FSTAT},    {Call::lock, SQLITE_IOERR_LOCK},
    {Call::lock, SQLITE_BUSY},           {Call::shared_map, SQLITE_IOERR_SHMMAP},
    {Call::shared_map, SQLITE_BUSY},     {Call::shared_lock, SQLITE_IOERR_SHMLOCK},
    {Call::shared_lock, SQLITE_BUSY},
};

bool tells(const Error& error, const Fault& fault) {
  const std::string& reason = error.reason();
  if (reason == "commit_uncertain") return error.code() == Code::outcome_unknown;
  if (fault.status == SQLITE_BUSY) return error.code() == Code::busy && reason == "file_busy";
  if (error.code() != Code::storage) return false;
  if (fault.status == SQLITE_FULL) return reason == "disk_full";
  if (fault.call == Call::open) return reason == "file_denied" || reason == "disk_error";
  return reason == "disk_error";
}

/// Plays a scenario with one fault; the number of errors met. What is wrong ends in `problems`.
int play_with(const Scenario& scenario, const Fault& fault, const std::string& path,
              std::vector<std::string>& problems) {
  prepare(scenario, path);
  Run run(path);
  run.is_expected = [&fault](const Error& error) { return tells(error, fault); };
  inject(fault);
  scenario.play(run);
  if (!fault.for_good) {
    if (!scenario.has_threads && run.errors > 1) {
      run.problems.emplace_back("a single fault led to several errors");
    }
    must_work(run);
  }
  run.close();
  lift();
  run.judge();
  problems = std::move(run.problems);
  return run.errors;
}

Calls count_of(const Scenario& scenario, const std::string& path) {
  prepare(scenario, path);
  Run run(path);
  count_calls();
  scenario.play(run);
  run.close();
  const Calls calls = calls_made();
  run.judge();
  CAPTURE(scenario.name, run.problems);
  CHECK(run.errors == 0);
  CHECK(run.problems.empty());
  return calls;
}

/// In a short dose one of a kind of fault, once for good and once not by turns.
std::vector<Fault> faults_of(const Calls& calls, unsigned seed) {
  std::vector<Fault> faults;
  unsigned turn = seed;
  for (const Way& way : ways) {
    const long last = calls[static_cast<std::size_t>(way.call)];
    if (last == 0) continue;
    for (const long number : sample(last, 1, turn)) {
      if (is_long_dose() || turn % 2 == 0) faults.push_back({way.call, way.status, number, false});
      if (is_long_dose() || turn % 2 == 1) faults.push_back({way.call, way.status, number, true});
    }
    ++turn;
  }
  return faults;
}

void fail_in(const Scenario& scenario, unsigned seed) {
  testing::TemporaryFolder folder;
  const std::string path = folder.file("faulty.db");
  count_of(scenario, path);  // what is done once in a process is done
  const Calls calls = count_of(scenario, path);
  std::map<std::string_view, int> points;
  int errors = 0;
  for (const Fault& fault : faults_of(calls, seed)) {
    std::vector<std::string> problems;
    errors += play_with(scenario, fault, path, problems);
    ++points[name(fault.call)];
    CAPTURE(scenario.name, to_text(fault), problems);
    CHECK(problems.empty());
  }
  if (!is_long_dose()) return;
  std::cout << "faults of the file, " << scenario.name << ":";
  for (const auto& [call, count] : points) std::cout << " " << call << " " << count;
  std::cout << "; errors told: " << errors << "\n";
}

}  // namespace

TEST_CASE("any call to the file system may fail while a file is made", "[E2][E6][E10]") {
  install_memory();
  install_vfs();
  fail_in(scenarios()[0], 1);
}

TEST_CASE("any call to the file system may fail during small writes", "[E2][E6]") {
  install_memory();
  install_vfs();
  fail_in(scenarios()[1], 2);
}

TEST_CASE("any call to the file system may fail during batches", "[E2][E6]") {
  install_memory();
  install_vfs();
  fail_in(scenarios()[2], 3);
}

TEST_CASE("any call to the file system may fail during jobs", "[E2][E6]") {
  install_memory();
  install_vfs();
  fail_in(scenarios()[3], 4);
}

TEST_CASE("any call to the file system may fail while threads share commits", "[E6][E11]") {
  install_memory();
  install_vfs();
  fail_in(scenarios()[4], 5);
}
