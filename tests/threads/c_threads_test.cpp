#include <catch2/catch.hpp>

#include "faces/c_face.hpp"
#include "team.hpp"

using namespace frontdesk;
using frontdesk::testing::CDesk;
using frontdesk::testing::CReply;
using frontdesk::testing::threads::Team;

namespace {

/// Not CHECK: this runs on any thread.
void expect_ok(frontdesk_status status, const CReply& reply) {
  if (status == FRONTDESK_OK) return;
  throw std::runtime_error(reply.text == nullptr ? frontdesk_status_name(status) : reply.text);
}

void call(const frontdesk_caller* caller, const char* name, const std::string& request) {
  CReply reply;
  expect_ok(CDesk::call(caller, name, request, reply), reply);
}

testing::CCaller host_of(const frontdesk_desk* desk) {
  frontdesk_caller* caller = nullptr;
  expect_ok(frontdesk_host(desk, &caller), CReply());
  return testing::CCaller(caller);
}

void sign_in(const frontdesk_desk* desk) {
  frontdesk_caller* caller = nullptr;
  CReply reply;
  expect_ok(frontdesk_sign_in(desk, "olena@studio.example", "correct horse battery", FRONTDESK_TEXT,
                              nullptr, &caller, &reply.text, &reply.length),
            reply);
  testing::CCaller closed(caller);
  call(caller, "access.whoami", "{}");
}

/// With the same clock: time never runs backwards for a file, so a later one would end the
/// sessions.
void open_another(CDesk& desk) {
  frontdesk_open_options options = FRONTDESK_OPEN_OPTIONS_INIT;
  options.clock = [](void* user) {
    return static_cast<testing::ManualClock*>(user)->seconds.load();
  };
  options.clock_user = &desk.clock;
  frontdesk_desk* other = nullptr;
  CReply reply;
  expect_ok(frontdesk_open(desk.path().c_str(), &options, &other, &reply.text, &reply.length),
            reply);
  call(host_of(other).get(), "people.create_client", R"({"first_name": "Hanna"})");
  frontdesk_close(other);
}

void read_registry() {
  CReply list;
  expect_ok(frontdesk_operations(&list.text, &list.length), list);
  CReply one;
  expect_ok(frontdesk_operation("people.create_client", &one.text, &one.length), one);
  CReply misspelt;
  if (frontdesk_operation("people.creat_client", &misspelt.text, &misspelt.length) !=
      FRONTDESK_NOT_FOUND) {
    throw std::runtime_error("found");
  }
}

}  // namespace

TEST_CASE("any function of the C face runs on any thread", "[threads][E11]") {
  CDesk desk;
  const testing::CCaller host = desk.host();
  call(desk.anonymous().get(), "people.register",
       R"({"email": "olena@studio.example", "password": "correct horse battery",
           "first_name": "Olena"})");
  Team team;
  std::atomic<int> wakes{0};
  for (int writer = 0; writer < 2; ++writer) {
    team.add("writer",
             [&](int) { call(host.get(), "people.create_client", R"({"first_name": "Ivan"})"); });
  }
  team.add("batcher", [&](int) {
    CReply reply;
    const std::string list = R"([{"operation": "people.create_client",
        "request": {"first_name": "Hanna"}}, {"operation": "people.update_client",
        "request": {"client": {"$ref": "0.id"}, "notes": "x"}}])";
    expect_ok(
        frontdesk_batch(host.get(), list.data(), list.size(), nullptr, &reply.text, &reply.length),
        reply);
  });
  team.add("previewer", [&](int) {
    CReply reply;
    expect_ok(frontdesk_preview(host_of(desk.get()).get(), "people.create_client",
                                R"({"first_name": "Nobody"})", FRONTDESK_TEXT, nullptr, &reply.text,
                                &reply.length),
              reply);
  });
  team.add("visitor", [&](int) { sign_in(desk.get()); });
  team.add("opener", [&](int) { open_another(desk); });
  team.add("listener", [&](int round) {
    auto wake = [](void* user) { ++*static_cast<std::atomic<int>*>(user); };
    frontdesk_on_events(desk.get(), round % 3 == 2 ? nullptr : +wake, &wakes);
    CReply reply;
    std::int64_t next = 0;
    expect_ok(
        frontdesk_events_since(host.get(), 0, nullptr, 0, 1000, &next, &reply.text, &reply.length),
        reply);
    frontdesk_statistics figures = FRONTDESK_STATISTICS_INIT;
    frontdesk_get_statistics(desk.get(), &figures);
  });
  team.add("reader of the registry", [](int) { read_registry(); });
  CHECK(team.join() == std::vector<std::string>());
  CReply checked;
  REQUIRE(CDesk::call(host.get(), "upkeep.check", "{}", checked) == FRONTDESK_OK);
  CHECK(checked.object().at("problems").as_array().empty());
}
