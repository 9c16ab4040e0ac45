/// What a call's options and the host's own functions may bring, and how long a call waits.
#include <catch2/catch.hpp>

#include "support.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace frontdesk;
using namespace std::chrono_literals;
using testing::refusal;
using testing::TestDesk;

namespace {

people::CreateClient newcomer(const std::string& name) {
  people::CreateClient request;
  request.first_name = name;
  return request;
}

std::string many_rows(int rows) {
  std::string csv = "first_name\n";
  for (int row = 0; row < rows; ++row) csv += "Olena\n";
  return csv;
}

/// A write that lasts until it is let go: it asks for randomness, and gets it then.
class SlowWrite {
 public:
  static void prepare(OpenOptions& options, SlowWrite& slow) {
    options.random = [&slow, next = options.random](std::span<std::byte> bytes) {
      if (std::this_thread::get_id() == slow.thread_.load()) slow.stay();
      next(bytes);
    };
  }
  void begin(const Desk& desk) {
    worker_ = std::thread([this, &desk] {
      thread_ = std::this_thread::get_id();
      desk.host().run(newcomer("Slow"));
    });
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_inside_; });
  }
  void end() {
    {
      std::lock_guard guard(mutex_);
      may_go_ = true;
    }
    changed_.notify_all();
    worker_.join();
  }

 private:
  void stay() {
    std::unique_lock lock(mutex_);
    is_inside_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return may_go_; });
  }

  std::atomic<std::thread::id> thread_{};
  std::thread worker_{};
  std::mutex mutex_{};
  std::condition_variable changed_{};
  bool is_inside_ = false;
  bool may_go_ = false;
};

}  // namespace

TEST_CASE("a clock outside of the years it can tell is refused before anything is written",
          "[E9]") {
  TestDesk desk;
  desk.host().run(newcomer("Olena"));
  Instant before = desk.clock.now();
  const std::int64_t seconds = before.time_since_epoch().count();
  for (std::int64_t wrong : {seconds * 1'000, std::int64_t{-1}, std::int64_t{-70'000'000'000},
                             std::int64_t{221'845'392'000}}) {
    desk.clock += std::chrono::seconds{wrong - desk.clock.now().time_since_epoch().count()};
    for (const Error& error : {refusal([&] { desk.host().run(newcomer("Never")); }),
                               refusal([&] { desk.host().run(people::Clients{}); }),
                               refusal([&] { desk.host().run(upkeep::Tick{}); })}) {
      CHECK(error.code() == Code::invalid);
      CHECK(error.reason() == "clock_out_of_range");
      CHECK(error.message().find("1970 to 8999") != std::string::npos);
    }
  }
  desk.clock += before - desk.clock.now();
  desk.reopen();
  CHECK(desk.host().run(people::Clients{}).items.size() == 1);
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
  CHECK(desk.host().run(newcomer("Taras")).registered_at == before);
}

TEST_CASE("where a call comes from is text, or the audit log could not be told in JSON", "[E8]") {
  TestDesk desk;
  for (auto option : {&CallOptions::origin, &CallOptions::correlation}) {
    CallOptions options;
    options.*option = "caf\xe9";
    Error error = refusal([&] { desk.host().run(newcomer("Olena"), options); });
    CHECK(error.reason() == "utf8_invalid");
    CHECK(error.field() ==
          (option == &CallOptions::origin ? "options.origin" : "options.correlation"));
    options.*option = std::string("a\0b", 3);
    CHECK(refusal([&] { desk.host().run(people::Clients{}, options); }).reason() == "text_has_nul");
    options.*option = "café";
    desk.host().run(newcomer("Olena"), options);
  }
  CHECK(desk.host().call("audit.entries", "{}").find("café") != std::string::npos);
}

TEST_CASE("an exception of the progress comes out of the call, and the job has stopped there",
          "[E2][E9]") {
  TestDesk desk;
  people::Import request;
  request.csv = many_rows(20'000);
  CallOptions options;
  options.idempotency_key = "import";
  struct Mine {};
  options.progress = [](std::int64_t, std::int64_t) -> bool { throw Mine{}; };
  CHECK_THROWS_AS(desk.host().run(request, options), Mine);
  CHECK(desk.host().run(upkeep::Jobs{.is_finished = false}).items.size() == 1);
  options.progress = {};
  CHECK(desk.host().run(request, options).added == 20'000);
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
}

TEST_CASE("events that a refusal leaves wake the listener", "[E7][A4]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  int wakes = 0;
  desk.desk().on_events([&wakes] { ++wakes; });
  access::SignIn wrong;
  wrong.login = customer.email;
  wrong.password = "wrong wrong wrong";
  auto events = [&] {
    return desk.host().run(events::Since{.cursor = 0, .topics = {}, .limit = 1000}).items.size();
  };
  std::size_t before = events();
  for (int i = 0; i < 12 && events() == before; ++i) {
    CHECK_FALSE(desk.anonymous().try_run(wrong));
    desk.clock += 1h;
  }
  REQUIRE(events() > before);
  CHECK(wakes == 1);
}

TEST_CASE("a deadline below zero is refused, one beyond all time is none", "[E9]") {
  TestDesk desk(
      [](OpenOptions& options) { options.busy_timeout = std::chrono::milliseconds::max(); });
  CallOptions options;
  options.deadline = -1ms;
  Error error = refusal([&] { desk.host().run(newcomer("Olena"), options); });
  CHECK(error.reason() == "out_of_range");
  CHECK(error.field() == "options.deadline");
  CHECK(refusal([&] { desk.host().run(people::Clients{}, options); }).reason() == "out_of_range");
  for (auto deadline :
       {std::chrono::milliseconds::max(), std::chrono::milliseconds{300h * 24 * 366}}) {
    options.deadline = deadline;
    desk.host().run(newcomer("Olena"), options);
    desk.host().run(people::Clients{}, options);
  }
  desk.host().run(newcomer("Olena"));
}

TEST_CASE("a write behind a slow one of the same desk ends with its deadline", "[E6][E9]") {
  SlowWrite slow;
  TestDesk desk([&slow](OpenOptions& options) {
    options.busy_timeout = 300ms;
    SlowWrite::prepare(options, slow);
  });
  slow.begin(desk.desk());
  CallOptions options;
  options.deadline = 50ms;
  Error late = refusal([&] { desk.host().run(newcomer("Late"), options); });
  CHECK(late.code() == Code::cancelled);
  CHECK(late.reason() == "deadline_passed");
  Error busy = refusal([&] { desk.host().run(newcomer("Late")); });
  CHECK(busy.code() == Code::busy);
  std::thread patient([&] {
    CallOptions longer;
    longer.deadline = 60s;
    desk.host().run(newcomer("Patient"), longer);
  });
  slow.end();
  patient.join();
  CHECK(desk.host().run(people::Clients{.search = "Late"}).items.empty());
  CHECK(desk.host().run(people::Clients{.search = "Patient"}).items.size() == 1);
  CHECK(desk.host().run(people::Clients{.search = "Slow"}).items.size() == 1);
}

TEST_CASE("a write behind another desk's ends with its deadline", "[E6][E9]") {
  SlowWrite slow;
  TestDesk desk([&slow](OpenOptions& options) { SlowWrite::prepare(options, slow); });
  Desk other = Desk::open(desk.path(), {.busy_timeout = 300ms});
  slow.begin(desk.desk());
  CallOptions options;
  options.deadline = 50ms;
  CHECK(refusal([&] { other.host().run(newcomer("Late"), options); }).reason() ==
        "deadline_passed");
  CHECK(refusal([&] { other.host().run(newcomer("Late")); }).reason() == "file_busy");
  slow.end();
  other.host().run(newcomer("Later"), options);
}
