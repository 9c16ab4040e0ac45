#include <catch2/catch.hpp>

#include "support.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fstream>
#include <thread>

using namespace frontdesk;
using testing::refusal;
using testing::TemporaryFolder;
using testing::TestDesk;

namespace {

people::CreateClient newcomer(const std::string& name) {
  people::CreateClient request;
  request.first_name = name;
  return request;
}

}  // namespace

TEST_CASE("the same inputs give the same run", "[E9]") {
  auto play = [] {
    TestDesk desk;
    std::string told = desk.customer("Olena").email;
    desk.clock += std::chrono::minutes{5};
    desk.host().run(newcomer("Taras"));
    for (const audit::Entry& entry : desk.host().run(audit::Entries{.limit = 500}).items) {
      told += entry.operation + std::to_string(entry.at.time_since_epoch().count()) +
              entry.request.value_or("");
    }
    return told + desk.token("customer1@mail.example");
  };
  CHECK(play() == play());
}

TEST_CASE("the clock never runs backwards for a file", "[E9]") {
  TestDesk desk;
  Instant then = desk.clock.now();
  desk.host().run(newcomer("Olena"));
  desk.clock += std::chrono::hours{-5};
  people::Client later = desk.host().run(newcomer("Taras"));
  CHECK(later.registered_at == then);
  desk.reopen();
  CHECK(desk.host().run(newcomer("Ivan")).registered_at == then);
}

TEST_CASE("files that are none of ours are refused, each with its reason", "[E10]") {
  TemporaryFolder folder;
  auto open = [&](const std::string& name, bool create = true) {
    return refusal([&] {
      OpenOptions options;
      options.create = create;
      Desk::open(folder.file(name), options);
    });
  };
  std::ofstream(folder.file("text.db")) << std::string(5000, 'x');
  CHECK(open("text.db").reason() == "not_a_frontdesk_file");
  CHECK(open("missing.db", false).reason() == "file_missing");
  CHECK(open("missing.db", false).code() == Code::not_found);
  CHECK(open("no/folder/here.db").code() == Code::storage);
  std::filesystem::create_directory(folder.file("folder.db"));
  CHECK(open("folder.db").code() == Code::storage);
}

TEST_CASE("a file opened for reading answers and refuses to change", "[E10]") {
  TestDesk desk;
  people::Client client = desk.host().run(newcomer("Olena"));
  OpenOptions options = desk.options();
  options.read_only = true;
  Desk reader = Desk::open(desk.path(), options);
  CHECK(reader.host().run(people::GetClient{.client = client.id}).client.first_name == "Olena");
  Error error = refusal([&] { reader.host().run(newcomer("Taras")); });
  CHECK(error.code() == Code::read_only);
  CHECK(error.reason() == "file_read_only");
  CHECK(refusal([&] { reader.host().run(upkeep::Tick{}); }).code() == Code::read_only);
  desk.host().run(newcomer("Ivan"));
  CHECK(reader.host().run(people::Clients{}).items.size() == 2);
}

TEST_CASE("threads share one desk", "[E11][E6]") {
  TestDesk desk;
  std::vector<std::thread> threads;
  std::atomic<int> failures{0};
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 30; ++i) {
        try {
          people::Client made = desk.host().run(newcomer("T" + std::to_string(thread)));
          if (desk.host().run(people::GetClient{.client = made.id}).client.id != made.id)
            ++failures;
        } catch (const Error&) {
          ++failures;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(failures == 0);
  CHECK(desk.host().run(people::Clients{.limit = 500}).items.size() == 240);
  CHECK(desk.host().run(audit::Verify{}).is_whole);
  Statistics statistics = desk.desk().statistics();
  CHECK(statistics.operations_committed >= 240);
  CHECK(statistics.commits <= statistics.operations_committed + 10);
}

TEST_CASE("several processes share one file", "[E11][E6]") {
  TestDesk desk;
  std::string path = desk.path();
  desk.close();  // a child may not open what its parent had open when it was forked
  std::vector<pid_t> children;
  for (int child = 0; child < 3; ++child) {
    pid_t pid = ::fork();
    if (pid == 0) {
      int failures = 0;
      try {
        Desk own = Desk::open(path);
        for (int i = 0; i < 20; ++i) own.host().run(newcomer("P" + std::to_string(child)));
      } catch (const Error&) {
        ++failures;
      }
      ::_exit(failures);
    }
    children.push_back(pid);
  }
  desk.reopen();
  for (int i = 0; i < 20; ++i) desk.host().run(newcomer("parent"));
  for (pid_t pid : children) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
  }
  CHECK(desk.host().run(people::Clients{.limit = 500}).items.size() == 80);
  CHECK(desk.host().run(audit::Verify{}).is_whole);
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
}

TEST_CASE("caches of one process follow the changes of another", "[E11][A7]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  CHECK(refusal([&] { customer.caller.run(audit::Entries{}); }).code() == Code::denied);
  Desk other = Desk::open(desk.path(), desk.options());
  access::CreateRole auditor;
  auditor.name = "Auditor";
  auditor.permissions = {{"audit.view", access::Scope::any}};
  RoleId role = other.host().run(auditor).id;
  other.host().run(access::GrantRole{.account = customer.account, .role = role});
  CHECK_NOTHROW(customer.caller.run(audit::Entries{}));
}

TEST_CASE("a forked child is refused and leaves the parent's file alone", "[E11]") {
  TestDesk desk;
  desk.host().run(newcomer("Olena"));
  pid_t pid = ::fork();
  if (pid == 0) {
    int status = 1;
    try {
      desk.host().run(newcomer("child"));
    } catch (const Error& error) {
      status = error.reason() == "forked" ? 0 : 2;
    }
    ::_exit(status);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  CHECK(WEXITSTATUS(status) == 0);
  desk.host().run(newcomer("Taras"));
  CHECK(desk.host().run(people::Clients{}).items.size() == 2);
}

TEST_CASE("lists page stably while records are inserted", "[E12]") {
  TestDesk desk;
  for (int i = 0; i < 9; ++i)
    desk.host().run(newcomer(std::string(1, static_cast<char>('A' + 2 * i))));
  std::vector<std::string> names;
  std::optional<std::string> cursor;
  do {
    auto page = desk.host().run(people::Clients{.cursor = cursor, .limit = 2});
    for (const people::Client& client : page.items) names.push_back(client.first_name);
    cursor = page.next;
    desk.host().run(newcomer("AA"));  // sorts before everything still to come
  } while (cursor);
  CHECK(names == std::vector<std::string>{"A", "C", "E", "G", "I", "K", "M", "O", "Q"});
}

TEST_CASE("a cursor fits only its own list", "[E12]") {
  TestDesk desk;
  for (int i = 0; i < 3; ++i) desk.host().run(newcomer("N" + std::to_string(i)));
  auto page = desk.host().run(people::Clients{.limit = 1});
  REQUIRE(page.next);
  CHECK(refusal([&] {
          desk.host().run(people::Clients{.city = "Kyiv", .cursor = page.next});
        }).reason() == "cursor_foreign");
  CHECK(refusal([&] { desk.host().run(people::Clients{.cursor = "nonsense!"}); }).reason() ==
        "cursor_malformed");
  CHECK(refusal([&] { desk.host().run(people::Clients{.limit = 0}); }).reason() == "out_of_range");
  CHECK(refusal([&] { desk.host().run(people::Clients{.limit = 501}); }).reason() ==
        "out_of_range");
}

TEST_CASE("the library prints nothing", "[E17]") {
  TemporaryFolder folder;
  std::string path = folder.file("printed");
  int printed = ::open(path.c_str(), O_CREAT | O_RDWR, 0600);
  int output = ::dup(STDOUT_FILENO);
  int errors = ::dup(STDERR_FILENO);
  ::dup2(printed, STDOUT_FILENO);
  ::dup2(printed, STDERR_FILENO);
  Code code{};
  {
    TestDesk desk;
    desk.host().run(newcomer("Olena"));
    code = refusal([&] { desk.anonymous().run(people::Clients{}); }).code();
    desk.host().run(upkeep::Tick{});
  }
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  for (int file : {printed, output, errors}) ::close(file);
  CHECK(code == Code::unauthenticated);
  CHECK(std::filesystem::file_size(path) == 0);
}

TEST_CASE("options out of range are refused by name", "[E16]") {
  TemporaryFolder folder;
  OpenOptions options;
  options.group_limit = 0;
  CHECK(refusal([&] { Desk::open(folder.file("a.db"), options); }).field() == "group_limit");
  options = {};
  options.keys = {{"short", "secret"}};
  CHECK(refusal([&] { Desk::open(folder.file("a.db"), options); }).field() == "keys");
}

TEST_CASE("settings hold for the file or for a centre", "[C1]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  upkeep::ChangeSetting change{.name = "people.waiver_required", .centre = centre, .value = 1};
  CHECK(desk.host().run(change).value == 1);
  auto value_of = [&](CentreId at) {
    for (const auto& setting : desk.host().run(upkeep::Settings{.centre = at}).items) {
      if (setting.name == "people.waiver_required") return setting.value;
    }
    return std::int64_t{-1};
  };
  CHECK(value_of(centre) == 1);
  CHECK(value_of({}) == 0);
  change.value.reset();
  desk.host().run(change);
  CHECK(value_of(centre) == 0);
  upkeep::ChangeSetting wrong{.name = "people.waiver_requird", .value = 1};
  CHECK(refusal([&] { desk.host().run(wrong); }).reason() == "setting_misspelt");
  wrong = {.name = "access.session_idle_seconds", .value = -5};
  CHECK(refusal([&] { desk.host().run(wrong); }).reason() == "out_of_range");
  wrong = {.name = "access.session_idle_seconds", .centre = centre, .value = 600};
  CHECK(refusal([&] { desk.host().run(wrong); }).reason() == "setting_not_per_centre");
}
