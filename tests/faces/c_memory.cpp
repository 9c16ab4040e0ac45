#include "faces/c_face.hpp"
#include "faces/failing_new.hpp"

using namespace frontdesk::testing;

namespace {

/// Calls again and again, with one allocation more before memory runs out, until a call does not
/// notice. Each other one has to end in a status, with a whole reply or none.
template <class Call, class Look>
void exhaust(const Call& call, const Look& look) {
  for (long first = 1;; ++first) {
    REQUIRE(first < 100'000);
    CReply reply;
    frontdesk_status status = FRONTDESK_OK;
    bool has_failed = false;
    {
      FailingNew failing(first);
      status = call(reply);
      has_failed = failing.has_failed();
    }
    if (!has_failed) {
      INFO(reply.text);
      CHECK(status == FRONTDESK_OK);
      return;
    }
    INFO("allocation " << first << ": " << frontdesk_status_name(status));
    look(status);
    if (reply.text == nullptr) {
      CHECK((status == FRONTDESK_NO_MEMORY || status == FRONTDESK_OUTCOME_UNKNOWN));
    } else {
      CHECK(boost::json::parse(std::string_view(reply.text, reply.length)).is_object());
    }
  }
}

void nothing_to_see(frontdesk_status) {}

}  // namespace

TEST_CASE("a read that runs out of memory says so and nothing else happens", "[E15]") {
  CDesk desk;
  const CCaller host = desk.host();
  exhaust([&](CReply& reply) { return CDesk::call(host.get(), "access.whoami", "{}", reply); },
          nothing_to_see);
}

TEST_CASE("describing runs out of memory without harm", "[E14][E15]") {
  exhaust(
      [](CReply& reply) {
        return frontdesk_operation("people.update_client", &reply.text, &reply.length);
      },
      nothing_to_see);
}

TEST_CASE("a write that runs out of memory is not done, or says that it may be", "[E2][E15]") {
  CDesk desk;
  const CCaller host = desk.host();
  std::int64_t cursor = 0;
  const auto clients_created = [&] {
    CReply reply;
    const char* topics[] = {"people.client_created"};
    REQUIRE(frontdesk_events_since(host.get(), cursor, topics, 1, 0, &cursor, &reply.text,
                                   &reply.length) == FRONTDESK_OK);
    return reply.object().at("items").as_array().size();
  };
  const auto create = [&](CReply& reply) {
    return frontdesk_call(host.get(), "people.create_client", R"({"first_name": "Olena"})",
                          FRONTDESK_TEXT, nullptr, &reply.text, &reply.length);
  };
  exhaust(create, [&](frontdesk_status status) {
    const std::size_t created = clients_created();
    if (status == FRONTDESK_NO_MEMORY) CHECK(created == 0);
    if (status == FRONTDESK_OK) CHECK(created == 1);
    CHECK((status == FRONTDESK_OK || status == FRONTDESK_NO_MEMORY ||
           status == FRONTDESK_OUTCOME_UNKNOWN));
  });
  CReply checked;
  REQUIRE(CDesk::call(host.get(), "upkeep.check", "{}", checked) == FRONTDESK_OK);
  CHECK(checked.object().at("problems").as_array().empty());
  CReply verified;
  REQUIRE(CDesk::call(host.get(), "audit.verify", "{}", verified) == FRONTDESK_OK);
  CHECK(verified.object().at("is_whole").as_bool());
}

TEST_CASE("an error that finds no memory for its reply is a status alone", "[E15]") {
  CDesk desk;
  const CCaller host = desk.host();
  CReply reply;
  frontdesk_status status = FRONTDESK_OK;
  {
    FailingNew failing(1);  // only around the call: the test's own checks need memory
    status = CDesk::call(host.get(), "no.such", "{}", reply);
  }
  CHECK(status == FRONTDESK_NO_MEMORY);
  CHECK(reply.text == nullptr);
  CHECK(reply.length == 0);
}
