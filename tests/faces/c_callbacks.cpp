#include "faces/c_face.hpp"

#include <chrono>
#include <thread>

using namespace frontdesk::testing;

namespace {

constexpr std::string_view a_client = R"({"first_name": "Olena"})";

void count(void* user) { ++*static_cast<std::atomic<int>*>(user); }

}  // namespace

TEST_CASE("clock, randomness and log come from the host", "[E9][E17]") {
  struct Host {
    std::int64_t seconds = 1'900'000'000;
    int random_calls = 0;
    std::size_t random_bytes = 0;
  } user;
  TemporaryFolder folder;
  frontdesk_open_options options = FRONTDESK_OPEN_OPTIONS_INIT;
  options.clock = [](void* host) { return static_cast<Host*>(host)->seconds; };
  options.clock_user = &user;
  options.random = [](void* host, void* bytes, std::size_t length) {
    auto* counted = static_cast<Host*>(host);
    ++counted->random_calls;
    counted->random_bytes += length;
    for (std::size_t i = 0; i < length; ++i) {
      static_cast<unsigned char*>(bytes)[i] = static_cast<unsigned char>(counted->random_calls + i);
    }
  };
  options.random_user = &user;
  options.log = [](void*, frontdesk_log_level, const char* line) { CHECK(line != nullptr); };
  frontdesk_desk* desk = nullptr;
  CReply opened;
  REQUIRE(frontdesk_open(folder.file("host.db").c_str(), &options, &desk, &opened.text,
                         &opened.length) == FRONTDESK_OK);
  CHECK(user.random_bytes > 0);
  frontdesk_caller* host = nullptr;
  REQUIRE(frontdesk_host(desk, &host) == FRONTDESK_OK);
  CReply created;
  CHECK(CDesk::call(host, "people.create_client", a_client, created) == FRONTDESK_OK);
  CHECK(created.word("registered_at") == "2030-03-17T17:46:40Z");
  frontdesk_caller_close(host);
  frontdesk_close(desk);
}

TEST_CASE("progress reaches the host, who may stop a job", "[E2][E17]") {
  CDesk desk;
  const CCaller host = desk.host();
  std::atomic<int> steps = 0;
  frontdesk_call_options options = FRONTDESK_CALL_OPTIONS_INIT;
  options.progress = [](void* user, std::int64_t, std::int64_t) {
    count(user);
    return 0;
  };
  options.progress_user = &steps;
  CReply done;
  CHECK(CDesk::call(host.get(), "upkeep.tick", "{}", done, &options) == FRONTDESK_OK);
  CHECK(steps > 0);

  std::string rows = "first_name\n";
  for (int i = 0; i < 3000; ++i) rows += "Olena\n";
  boost::json::object request{{"csv", rows}};
  options.progress = [](void*, std::int64_t, std::int64_t) { return 1; };
  CReply stopped;
  const frontdesk_status status =
      CDesk::call(host.get(), "people.import", boost::json::serialize(request), stopped, &options);
  if (status != FRONTDESK_OK) {  // a fast machine imports all of it in one step
    CHECK(status == FRONTDESK_CANCELLED);
    CHECK(stopped.word("reason") == "job_stopped");
  }
}

TEST_CASE("a commit with events wakes, a read and a refusal do not", "[E7]") {
  CDesk desk;
  const CCaller host = desk.host();
  std::atomic<int> wakes = 0;
  REQUIRE(frontdesk_on_events(desk.get(), count, &wakes) == FRONTDESK_OK);
  CReply created;
  CHECK(CDesk::call(host.get(), "people.create_client", a_client, created) == FRONTDESK_OK);
  CHECK(wakes == 1);
  CReply read;
  CHECK(CDesk::call(host.get(), "people.clients", "{}", read) == FRONTDESK_OK);
  CReply refused;
  CHECK(CDesk::call(host.get(), "people.create_client", "{}", refused) == FRONTDESK_INVALID);
  CHECK(wakes == 1);
  REQUIRE(frontdesk_on_events(desk.get(), nullptr, nullptr) == FRONTDESK_OK);
  CReply another;
  CHECK(CDesk::call(host.get(), "people.create_client", a_client, another) == FRONTDESK_OK);
  CHECK(wakes == 1);
}

TEST_CASE("once a wake-up is replaced, the one before is not running any more", "[E7][E11]") {
  CDesk desk;
  const CCaller host = desk.host();
  struct Guarded {
    std::atomic<bool> is_gone = false;
    std::atomic<bool> was_late = false;
    std::atomic<int> inside = 0;
    std::atomic<bool> were_two = false;
  } guarded;
  const auto wake = [](void* user) {
    auto* state = static_cast<Guarded*>(user);
    if (state->is_gone) state->was_late = true;
    if (++state->inside > 1) state->were_two = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (state->is_gone) state->was_late = true;
    --state->inside;
  };
  REQUIRE(frontdesk_on_events(desk.get(), wake, &guarded) == FRONTDESK_OK);
  std::atomic<int> failures = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      for (int n = 0; n < 20; ++n) {
        CReply reply;
        if (CDesk::call(host.get(), "people.create_client", a_client, reply) != FRONTDESK_OK) {
          ++failures;
        }
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  REQUIRE(frontdesk_on_events(desk.get(), nullptr, nullptr) == FRONTDESK_OK);
  guarded.is_gone = true;
  for (std::thread& writer : writers) writer.join();
  CHECK(failures == 0);
  CHECK_FALSE(guarded.was_late);
  CHECK_FALSE(guarded.were_two);
}
