#include <catch2/catch.hpp>

#include "support.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <thread>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

people::CreateClient newcomer(const std::string& name) {
  people::CreateClient request;
  request.first_name = name;
  return request;
}

/// Files of this process cannot grow beyond `bytes` while it lives: what a full disk looks like to
/// SQLite.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::uint64_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

/// A batch far larger than the room that is left.
Batch huge_batch(ClientId client, CentreId centre) {
  Batch batch;
  for (int i = 0; i < 900; ++i) {
    people::AddNote note;
    note.client = client;
    note.centre = centre;
    note.text = std::string(2000, 'x');
    batch.add(note);
  }
  return batch;
}

std::string many_rows(int rows) {
  std::string csv = "external_ref,first_name\n";
  for (int i = 0; i < rows; ++i)
    csv += "R" + std::to_string(i) + ",Name" + std::to_string(i) + "\n";
  return csv;
}

}  // namespace

TEST_CASE("an acknowledged write survives a kill, and nothing half-done is left", "[E6][E2]") {
  testing::TemporaryFolder folder;
  std::string path = folder.file("killed.db");
  {
    Desk::open(path);
  }
  for (int round = 0; round < 8; ++round) {
    int acknowledged[2];
    REQUIRE(::pipe(acknowledged) == 0);
    pid_t pid = ::fork();
    if (pid == 0) {
      Desk desk = Desk::open(path);
      for (;;) {
        Batch family;
        auto guardian = family.add(newcomer("Guardian"));
        people::AddDependant child;
        child.guardian = guardian.id(&people::Client::id);
        child.first_name = "Child";
        family.add(child);
        desk.host().run(family);
        std::int64_t id = guardian.result().id.value;
        if (::write(acknowledged[1], &id, sizeof id) != sizeof id) ::_exit(1);
      }
    }
    ::close(acknowledged[1]);
    std::vector<std::int64_t> ids;
    std::int64_t id = 0;
    const std::size_t wanted = static_cast<std::size_t>(round) + 3;
    while (ids.size() < wanted && ::read(acknowledged[0], &id, sizeof id) == sizeof id) {
      ids.push_back(id);
    }
    std::this_thread::sleep_for(std::chrono::microseconds{137 * round});
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    while (::read(acknowledged[0], &id, sizeof id) == sizeof id) ids.push_back(id);
    ::close(acknowledged[0]);

    Desk desk = Desk::open(path);
    for (std::int64_t known : ids) {
      CHECK(desk.host().run(people::Family{.client = ClientId{known}}).dependants.size() == 1);
    }
    CHECK(desk.host().run(audit::Verify{}).is_whole);
    CHECK(desk.host().run(upkeep::Check{}).problems.empty());
  }
}

TEST_CASE("a disk that fills up refuses one write, loses none, and the next succeed", "[E2][E6]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  people::CreateClient request = newcomer("Olena");
  request.centre = centre;
  ClientId client = desk.host().run(request).id;
  std::string log = desk.path() + "-wal";
  {
    FileSizeLimit limit(std::filesystem::file_size(log) + 400'000);
    Batch batch = huge_batch(client, centre);
    Error error = refusal([&] { desk.host().run(batch); });
    CHECK(error.code() == Code::storage);
    CHECK_NOTHROW(desk.host().run(newcomer("Small")));
  }
  CHECK(desk.host().run(people::Notes{.client = client}).items.empty());
  CHECK(desk.host().run(people::Clients{.search = "Small"}).items.size() == 1);
  CHECK(desk.host().run(audit::Verify{}).is_whole);
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
}

TEST_CASE("a denial that the full disk cannot keep reaches the host's log", "[E8][E17]") {
  std::string log;
  TestDesk desk([&](OpenOptions& options) {
    options.log = [&log](LogLevel, std::string_view line) { log += line; };
  });
  Caller customer = desk.customer().caller;
  {
    FileSizeLimit limit(std::filesystem::file_size(desk.path() + "-wal"));
    Error error = refusal([&] { customer.run(upkeep::Check{}); });
    CHECK(error.code() == Code::denied);
  }
  CHECK(log.find("a denial could not be logged") != std::string::npos);
}

TEST_CASE("a group is replayed without the one that was too much", "[E6]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  people::CreateClient request = newcomer("Olena");
  request.centre = centre;
  ClientId client = desk.host().run(request).id;
  std::atomic<int> succeeded{0};
  std::atomic<int> refused{0};
  {
    // Room for twenty small writes even if each is a group of its own, not for a huge batch.
    FileSizeLimit limit(std::filesystem::file_size(desk.path() + "-wal") + 1'600'000);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 6; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 4; ++i) {
          try {
            if (thread == 0) {
              Batch batch = huge_batch(client, centre);
              desk.host().run(batch);
            } else {
              desk.host().run(newcomer("Small"));
            }
            ++succeeded;
          } catch (const Error& error) {
            if (error.code() == Code::storage && thread == 0) ++refused;
          }
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  CHECK(succeeded == 20);
  CHECK(refused == 4);
  CHECK(desk.host().run(people::Clients{.search = "Small", .limit = 500}).items.size() == 20);
  CHECK(desk.host().run(audit::Verify{}).is_whole);
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
}

TEST_CASE("a job goes on where it stopped when it is called again with its key", "[E2]") {
  TestDesk desk;
  people::Import request;
  request.csv = many_rows(30'000);
  CallOptions options;
  options.idempotency_key = "import of March";
  int calls = 0;
  options.progress = [&calls](std::int64_t, std::int64_t) {
    ++calls;
    return false;
  };
  Error stopped = refusal([&] { desk.host().run(request, options); });
  CHECK(stopped.code() == Code::cancelled);
  CHECK(stopped.reason() == "job_stopped");
  auto jobs = desk.host().run(upkeep::Jobs{.is_finished = false});
  REQUIRE(jobs.items.size() == 1);
  CHECK(jobs.items[0].operation == "people.import");

  desk.reopen();
  options.progress = {};
  people::Imported done = desk.host().run(request, options);
  CHECK(done.rows == 30'000);
  CHECK(done.added == 30'000);
  CHECK(done.already_present == 0);
  CHECK(desk.host().run(upkeep::Jobs{.is_finished = false}).items.empty());

  SECTION("a finished one gives its result again") {
    CHECK(desk.host().run(request, options).added == 30'000);
  }
  SECTION("another request under its key is a conflict") {
    request.csv = many_rows(1);
    CHECK(refusal([&] { desk.host().run(request, options); }).reason() == "idempotency_key_reused");
  }
}

TEST_CASE("calls of one job with one key that run side by side do the work once", "[E2][E4]") {
  TestDesk desk;
  people::Import request;
  request.csv = many_rows(20'000);
  CallOptions options;
  options.idempotency_key = "import of May";
  std::atomic<bool> begin{false};
  std::vector<people::Imported> results(3);
  std::vector<std::thread> threads;
  for (people::Imported& result : results) {
    threads.emplace_back([&] {
      while (!begin) std::this_thread::yield();
      result = desk.host().run(request, options);
    });
  }
  begin = true;
  for (std::thread& thread : threads) thread.join();
  for (const people::Imported& result : results) {
    CHECK(result.rows == 20'000);
    CHECK(result.added == 20'000);
    CHECK(result.already_present == 0);
  }
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
  // The beginning and the end, however many called.
  CHECK(desk.host().run(audit::Entries{.operation_name = "people.import"}).items.size() == 2);
}

TEST_CASE("a call takes a job over from another that is under way", "[E2][E4]") {
  TestDesk desk;
  people::Import request;
  request.csv = many_rows(20'000);
  CallOptions options;
  options.idempotency_key = "import of June";
  people::Imported other;
  CallOptions first = options;
  first.progress = [&](std::int64_t, std::int64_t) {
    if (other.rows == 0) other = desk.host().run(request, options);
    return true;
  };
  people::Imported result = desk.host().run(request, first);
  CHECK(other.added == 20'000);
  CHECK(result.added == 20'000);
  CHECK(result.already_present == 0);
}

TEST_CASE("a key stands for a write or for a job, not for both", "[E4]") {
  TestDesk desk;
  people::Import import;
  import.csv = many_rows(1);
  CallOptions options;
  options.idempotency_key = "one key";
  SECTION("a write first") {
    desk.host().run(newcomer("Olena"), options);
    CHECK(refusal([&] { desk.host().run(import, options); }).reason() == "idempotency_key_reused");
    desk.clock += std::chrono::hours{25};
    CHECK(desk.host().run(import, options).rows == 1);
  }
  SECTION("a job first") {
    desk.host().run(import, options);
    CHECK(refusal([&] { desk.host().run(newcomer("Olena"), options); }).reason() ==
          "idempotency_key_reused");
    desk.clock += std::chrono::hours{25};
    desk.host().run(newcomer("Olena"), options);
    CHECK(refusal([&] { desk.host().run(import, options); }).reason() == "idempotency_key_reused");
  }
  SECTION("a job's key is free again after a day") {
    desk.host().run(import, options);
    import.csv = many_rows(2);
    CHECK(refusal([&] { desk.host().run(import, options); }).reason() == "idempotency_key_reused");
    desk.clock += std::chrono::hours{25};
    CHECK(desk.host().run(import, options).rows == 2);
  }
}

TEST_CASE("a stopped job is forgotten 30 days after its last step", "[E2][E4]") {
  TestDesk desk;
  people::Import request;
  request.csv = many_rows(3'000);
  CallOptions options;
  options.idempotency_key = "import of March";
  options.progress = [](std::int64_t, std::int64_t) { return false; };
  CHECK(refusal([&] { desk.host().run(request, options); }).reason() == "job_stopped");
  desk.clock += std::chrono::days{29};
  desk.host().run(upkeep::Tick{});
  CHECK(desk.host().run(upkeep::Jobs{.is_finished = false}).items.size() == 1);
  desk.clock += std::chrono::days{1};
  desk.host().run(upkeep::Tick{});
  CHECK(desk.host().run(upkeep::Jobs{}).items.empty());
}

TEST_CASE("the preview of a job is its plan and changes nothing", "[E3][E2]") {
  TestDesk desk;
  people::Import request;
  request.csv = many_rows(700);
  people::Imported plan = desk.host().preview(request);
  CHECK(plan.added == 700);
  CHECK(desk.host().run(people::Clients{}).items.empty());
}

TEST_CASE("a job lets other writers in between its steps", "[E2][E6]") {
  TestDesk desk;
  people::Import request;
  request.csv = many_rows(60'000);
  CallOptions options;
  constexpr std::size_t writes_max = 20;  // a slow machine takes hundreds of steps
  std::size_t steps = 0;
  options.progress = [&](std::int64_t, std::int64_t) {
    // Would never return if the import kept the lock from step to step.
    if (steps++ < writes_max) std::thread([&] { desk.host().run(newcomer("Between")); }).join();
    return true;
  };
  desk.host().run(request, options);
  CHECK(steps > 3);
  people::Clients between{.search = "Between", .limit = 500};
  CHECK(desk.host().run(between).items.size() == std::min(steps, writes_max));
}
