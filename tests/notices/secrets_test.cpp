#include "outbox_steps.hpp"

#include "notices/lists.hpp"
#include "notices/outbox.hpp"
#include "storage/connection.hpp"

#include <fstream>
#include <sstream>

using namespace frontdesk;
using namespace frontdesk::testing;
using namespace std::chrono_literals;

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

/// True if the file or its log holds the text.
bool file_holds(TestDesk& desk, const std::string& text) {
  return bytes_of(desk.path()).find(text) != std::string::npos ||
         bytes_of(desk.path() + "-wal").find(text) != std::string::npos;
}

/// How many messages still keep their sealed text; read beside the desk, in a quiet moment.
std::int64_t kept_texts(TestDesk& desk) {
  storage::Connection connection(desk.path(), storage::OpenMode::read_only);
  storage::Cursor row = connection.query("SELECT count(*) FROM outbox WHERE content IS NOT NULL");
  REQUIRE(row.next());
  return row.integer(0);
}

std::string token_in(const notices::ClaimedMessage& message) {
  std::size_t start = message.body.find("\n\n") + 2;
  return message.body.substr(start, message.body.find('\n', start) - start);
}

}  // namespace

TEST_CASE("a code never stands in the file in clear", "[N3][A5]") {
  Outbox outbox;
  outbox.queue_reset();
  notices::ClaimedMessages claimed = outbox.claim();
  std::string token = token_in(claimed.messages.at(0));
  CHECK(token.size() == 43);
  CHECK_FALSE(file_holds(outbox.desk, token));
  CHECK_FALSE(file_holds(outbox.desk, claimed.claim));
  CHECK_FALSE(file_holds(outbox.desk, "To set a new password"));
  outbox.desk.anonymous().run(
      access::ResetPassword{.token = token, .password = "another fine password"});
}

TEST_CASE("the text goes once a message is delivered, has failed or is past its time", "[N3]") {
  Outbox outbox;
  TestDesk& desk = outbox.desk;
  CHECK(kept_texts(desk) == 0);

  SECTION("delivered") {
    outbox.queue_reset();
    CHECK(kept_texts(desk) == 1);
    notices::ClaimedMessages claimed = outbox.claim();
    outbox.acknowledge(claimed, DeliveryOutcome::sent);
    CHECK(kept_texts(desk) == 1);  // it may bounce and be sent again
    outbox.acknowledge(claimed, DeliveryOutcome::delivered);
    CHECK(kept_texts(desk) == 0);
  }
  SECTION("failed for good") {
    desk.host().run(upkeep::ChangeSetting{.name = "notices.attempts_max", .value = 1});
    outbox.queue_reset();
    CHECK(outbox.acknowledge(outbox.claim(), DeliveryOutcome::failed).status ==
          MessageStatus::failed);
    CHECK(kept_texts(desk) == 0);
  }
  SECTION("failed with no time left for another attempt") {
    outbox.queue_reset();
    desk.clock += 59min + 30s;
    CHECK(outbox.acknowledge(outbox.claim(), DeliveryOutcome::failed).status ==
          MessageStatus::failed);
    CHECK(kept_texts(desk) == 0);
  }
  SECTION("expired") {
    outbox.queue_reset();
    desk.clock += 1h;
    CHECK(outbox.claim().messages.empty());  // never handed out after its time
    outbox.tick();
    CHECK(kept_texts(desk) == 0);
    notices::Message message = desk.host().run(notices::Messages{.limit = 1}).items.at(0);
    CHECK(message.status == MessageStatus::expired);
    CHECK(message.finished_at == desk.clock.now());
  }
  SECTION("sent and never heard of again") {
    outbox.queue_reset();
    outbox.acknowledge(outbox.claim(), DeliveryOutcome::sent);
    desk.clock += 1h;
    outbox.tick();
    CHECK(kept_texts(desk) == 0);
    CHECK(desk.host().run(notices::Messages{.limit = 1}).items.at(0).status == MessageStatus::sent);
  }
  outbox.tick();
  for (const upkeep::Problem& problem : desk.host().run(upkeep::Check{}).problems) {
    FAIL_CHECK(problem.part << " " << problem.place << " " << problem.problem);
  }
}

TEST_CASE("a message being delivered as it expires is left to its host", "[N3]") {
  Outbox outbox;
  outbox.queue_reset();
  outbox.desk.clock += 59min;
  notices::ClaimedMessages claimed = outbox.claim(300);
  outbox.desk.clock += 2min;
  outbox.tick();
  CHECK(outbox.acknowledge(claimed, DeliveryOutcome::sent).status == MessageStatus::sent);
}

TEST_CASE("a new token voids the message with the older one", "[N3][A5]") {
  Outbox outbox;
  outbox.queue_reset();
  outbox.desk.clock += 2min;
  outbox.queue_reset();
  notices::ClaimedMessages claimed = outbox.claim();
  REQUIRE(claimed.messages.size() == 1);
  CHECK(claimed.messages[0].created_at == outbox.desk.clock.now());
  CHECK_NOTHROW(outbox.desk.anonymous().run(access::ResetPassword{
      .token = token_in(claimed.messages[0]), .password = "another fine password"}));
}

TEST_CASE("every message that waits is told, and no event tells its secret", "[N3][E7]") {
  Outbox outbox;
  std::int64_t before = outbox.desk.host().run(events::Since{.limit = 1000}).next;
  outbox.queue_reset();
  events::Feed feed = outbox.desk.host().run(events::Since{.cursor = before, .limit = 1000});
  std::string token = token_in(outbox.claim().messages.at(0));
  bool queued = false;
  for (const events::Event& event : feed.items) {
    queued = queued || event.topic == "notices.message_queued";
    CHECK(event.payload.find(token) == std::string::npos);
    CHECK(event.payload.find(outbox.olena.email) == std::string::npos);
  }
  CHECK(queued);
}

TEST_CASE("an erased person leaves no address behind", "[N3][P9]") {
  Outbox outbox;
  outbox.queue_reset();
  outbox.desk.host().run(people::Erase{.client = outbox.olena.client});
  CHECK(outbox.claim().messages.empty());
  CHECK(kept_texts(outbox.desk) == 0);
  for (const notices::Message& message :
       outbox.desk.host().run(notices::Messages{.client = outbox.olena.client}).items) {
    CHECK(message.address.empty());
    CHECK_FALSE(message.last_error);
  }
}
