#include "outbox_steps.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;
using namespace std::chrono_literals;

TEST_CASE("a message is claimed, sent, delivered", "[N3]") {
  Outbox outbox;
  outbox.queue_reset();
  outbox.desk.clock += 30s;
  notices::ClaimedMessages claimed = outbox.claim();
  REQUIRE(claimed.messages.size() == 1);
  const notices::ClaimedMessage& message = claimed.messages[0];
  CHECK(message.purpose == "reset_password");
  CHECK(message.channel == "email");
  CHECK(message.address == outbox.olena.email);
  CHECK(message.subject == "Reset your password");
  CHECK(message.body.find("To set a new password, use this token:") != std::string::npos);
  CHECK(message.attempts == 1);
  CHECK(message.expires_at == message.created_at + 1h);
  CHECK(claimed.lease_until == outbox.desk.clock.now() + 120s);
  CHECK(outbox.message(message.id).status == MessageStatus::claimed);
  CHECK(outbox.claim().messages.empty());  // leased to one claim at a time

  notices::Message sent = outbox.acknowledge(claimed, DeliveryOutcome::sent);
  CHECK(sent.status == MessageStatus::sent);
  CHECK(sent.sent_at == outbox.desk.clock.now());
  CHECK_FALSE(sent.lease_until);
  CHECK(outbox.claim().messages.empty());
  outbox.desk.clock += 10min;  // the lease does not matter any more
  notices::Message delivered = outbox.acknowledge(claimed, DeliveryOutcome::delivered);
  CHECK(delivered.status == MessageStatus::delivered);
  CHECK(delivered.finished_at == outbox.desk.clock.now());
  CHECK(delivered.sent_at == sent.sent_at);
  outbox.desk.clock += 24h;
  CHECK(outbox.claim().messages.empty());
}

TEST_CASE("what was reported once is not reported otherwise", "[N3]") {
  Outbox outbox;
  outbox.queue_reset();
  notices::ClaimedMessages claimed = outbox.claim();
  notices::Message delivered = outbox.acknowledge(claimed, DeliveryOutcome::delivered);
  CHECK(outbox.acknowledge(claimed, DeliveryOutcome::delivered).version == delivered.version);
  Error other = refusal([&] { outbox.acknowledge(claimed, DeliveryOutcome::failed); });
  CHECK(other.code() == Code::conflict);
  CHECK(other.reason() == "already_acknowledged");
  CHECK(other.message() == "This claim reported the message as delivered already.");
  CHECK(outbox.message(delivered.id).status == MessageStatus::delivered);

  outbox.desk.clock += 2min;
  outbox.queue_reset();
  notices::ClaimedMessages second = outbox.claim();
  outbox.acknowledge(second, DeliveryOutcome::sent);
  notices::Message again = outbox.acknowledge(second, DeliveryOutcome::sent);
  CHECK(again.status == MessageStatus::sent);
  CHECK(outbox.acknowledge(second, DeliveryOutcome::failed).status == MessageStatus::pending);
  CHECK(refusal([&] { outbox.acknowledge(second, DeliveryOutcome::sent); }).reason() ==
        "already_acknowledged");
}

TEST_CASE("only the claim that holds a message acknowledges it", "[N3]") {
  Outbox outbox;
  outbox.queue_reset();
  notices::ClaimedMessages first = outbox.claim(60);
  notices::ClaimedMessages forged = first;
  forged.claim = "made-up";
  Error foreign = refusal([&] { outbox.acknowledge(forged, DeliveryOutcome::sent); });
  CHECK(foreign.code() == Code::conflict);
  CHECK(foreign.reason() == "claim_foreign");
  CHECK(foreign.field() == "claim");

  outbox.desk.clock += 60s;
  CHECK(refusal([&] { outbox.acknowledge(first, DeliveryOutcome::sent); }).reason() ==
        "claim_lapsed");
  outbox.tick();  // the same once the tick has released it
  CHECK(outbox.message(first.messages[0].id).status == MessageStatus::pending);
  CHECK(refusal([&] { outbox.acknowledge(first, DeliveryOutcome::sent); }).reason() ==
        "claim_lapsed");

  notices::ClaimedMessages second = outbox.claim();
  REQUIRE(second.messages.size() == 1);
  CHECK(second.messages[0].attempts == 2);
  CHECK(second.messages[0].body == first.messages[0].body);
  CHECK(refusal([&] { outbox.acknowledge(first, DeliveryOutcome::sent); }).reason() ==
        "claim_foreign");
  CHECK(outbox.acknowledge(second, DeliveryOutcome::sent).status == MessageStatus::sent);

  CHECK(refusal([&] {
          outbox.desk.host().run(notices::Acknowledge{
              .message = MessageId{99}, .claim = "x", .outcome = DeliveryOutcome::sent});
        }).reason() == "message_not_found");
}

TEST_CASE("a lapsed lease makes a message claimable without any tick", "[N3]") {
  Outbox outbox;
  outbox.queue_reset();
  outbox.claim(5);
  outbox.desk.clock += 4s;
  CHECK(outbox.claim().messages.empty());
  outbox.desk.clock += 1s;
  CHECK(outbox.claim().messages.size() == 1);
}

TEST_CASE("a failed message is tried again after growing waits, then fails for good", "[N3]") {
  Outbox outbox;
  outbox.desk.host().run(notices::Claim{});
  // A notice without a code lasts a week, long enough for all attempts.
  outbox.olena.caller.run(access::ChangePassword{.old_password = TestDesk::password,
                                                 .new_password = "another fine password"});
  std::vector<std::chrono::minutes> waits{1min, 5min, 15min, 60min, 240min, 720min, 1440min};
  MessageId id{};
  for (std::chrono::minutes wait : waits) {
    notices::ClaimedMessages claimed = outbox.claim();
    REQUIRE(claimed.messages.size() == 1);
    id = claimed.messages[0].id;
    CHECK(claimed.messages[0].purpose == "password_changed");
    notices::Message failed =
        outbox.acknowledge(claimed, DeliveryOutcome::failed, "550 mailbox full");
    CHECK(failed.status == MessageStatus::pending);
    CHECK(failed.not_before == outbox.desk.clock.now() + wait);
    CHECK(failed.last_error == "550 mailbox full");
    outbox.desk.clock += wait - 1s;
    CHECK(outbox.claim().messages.empty());
    outbox.desk.clock += 1s;
  }
  notices::Message last =
      outbox.acknowledge(outbox.claim(), DeliveryOutcome::failed, "550 mailbox full");
  CHECK(last.status == MessageStatus::failed);
  CHECK(last.attempts == 8);
  CHECK(last.finished_at == outbox.desk.clock.now());
  outbox.desk.clock += 48h;
  CHECK(outbox.claim().messages.empty());
  bool told = false;
  for (const events::Event& event : outbox.desk.host().run(events::Since{.limit = 1000}).items) {
    told = told || event.topic == "notices.message_failed";
  }
  CHECK(told);
}

TEST_CASE("attempts and waits are settings", "[N3]") {
  Outbox outbox;
  Caller host = outbox.desk.host();
  host.run(upkeep::ChangeSetting{.name = "notices.attempts_max", .value = 2});
  host.run(upkeep::ChangeSetting{.name = "notices.retry_seconds", .value = 10});
  outbox.queue_reset();
  outbox.acknowledge(outbox.claim(), DeliveryOutcome::failed);
  outbox.desk.clock += 10s;
  notices::ClaimedMessages second = outbox.claim(60);
  REQUIRE(second.messages.size() == 1);
  // An attempt whose host was never heard of counts like a failed one.
  outbox.desk.clock += 60s;
  CHECK(outbox.claim().messages.empty());
  outbox.tick();
  CHECK(outbox.message(second.messages[0].id).status == MessageStatus::failed);
}

TEST_CASE("claims take what they ask for, codes first", "[N3]") {
  Outbox outbox;
  outbox.queue_reset();
  CHECK(outbox.desk.host().run(notices::Claim{.channels = {"sms"}}).messages.empty());
  TestDesk::Customer ihor = outbox.desk.customer("Ihor");  // a second message
  notices::ClaimedMessages one =
      outbox.desk.host().run(notices::Claim{.limit = 1, .channels = {"sms", "email"}});
  REQUIRE(one.messages.size() == 1);
  CHECK(one.messages[0].address == outbox.olena.email);
  notices::ClaimedMessages rest = outbox.claim();
  REQUIRE(rest.messages.size() == 1);
  CHECK(rest.messages[0].address == ihor.email);
  CHECK(refusal([&] { outbox.desk.host().run(notices::Claim{.limit = 0}); }).reason() ==
        "out_of_range");
  CHECK(refusal([&] { outbox.claim(1); }).reason() == "out_of_range");
}

TEST_CASE("a preview claims nothing", "[N3][E3]") {
  Outbox outbox;
  outbox.queue_reset();
  outbox.desk.host().preview(notices::Claim{});
  CHECK(outbox.claim().messages.size() == 1);
}

TEST_CASE("who may deliver and who may watch", "[N3][A9]") {
  Outbox outbox;
  outbox.queue_reset();
  TestDesk& desk = outbox.desk;
  notices::ClaimedMessages claimed = outbox.claim();
  MessageId id = claimed.messages.at(0).id;
  for (const char* role : {"Moderator", "Salesman", "Trainer", "Partner"}) {
    Caller caller = desk.staff(role);
    INFO(role);
    CHECK(refusal([&] { caller.run(notices::Claim{}); }).code() == Code::denied);
    CHECK(refusal([&] {
            caller.run(notices::Acknowledge{.message = id, .claim = claimed.claim});
          }).code() == Code::denied);
  }
  CHECK(refusal([&] { desk.anonymous().run(notices::Claim{}); }).code() == Code::unauthenticated);
  // Messages are the platform's: an Admin of one centre does not deliver them.
  CHECK(refusal([&] { desk.staff("Admin", desk.centre()).run(notices::Claim{}); }).code() ==
        Code::denied);

  access::NewApiKey key = desk.host().run(access::CreateApiKey{
      .name = "mailer", .permissions = {{"notices.deliver", access::Scope::any}}});
  Caller mailer = desk.desk().caller(key.secret);
  CHECK_NOTHROW(mailer.run(notices::Acknowledge{.message = id, .claim = claimed.claim}));
  CHECK_NOTHROW(mailer.run(notices::Claim{}));
  CHECK(refusal([&] { mailer.run(notices::Messages{}); }).code() == Code::denied);
}

TEST_CASE("lists of messages tell no text and mask the address", "[N3][E12]") {
  Outbox outbox;
  outbox.queue_reset();
  notices::Message message = outbox.desk.host().run(notices::Messages{.limit = 1}).items.at(0);
  CHECK(message.purpose == "reset_password");
  CHECK(message.status == MessageStatus::pending);
  CHECK(message.account == outbox.olena.account);
  CHECK(message.client == outbox.olena.client);
  CHECK(message.address == "c***@mail.example");
  CHECK(outbox.message(message.id).address == "c***@mail.example");
  std::string token;
  {
    notices::ClaimedMessages claimed = outbox.claim();
    token = claimed.messages.at(0).body;
  }
  std::string listed = outbox.desk.host().call("notices.messages", R"({"limit": 500})");
  CHECK(listed.find("body") == std::string::npos);
  CHECK(listed.find(outbox.olena.email) == std::string::npos);

  // A customer sees their own, a stranger's is not there.
  TestDesk::Customer ihor = outbox.desk.customer("Ihor");
  CHECK_FALSE(outbox.olena.caller.run(notices::Messages{}).items.empty());
  for (const notices::Message& own : ihor.caller.run(notices::Messages{}).items) {
    CHECK(own.client == ihor.client);
  }
  Error stranger = refusal([&] { ihor.caller.run(notices::GetMessage{.message = message.id}); });
  Error missing =
      refusal([&] { ihor.caller.run(notices::GetMessage{.message = MessageId{9999}}); });
  CHECK(stranger.reason() == "message_not_found");
  CHECK(stranger.message() == missing.message());
  CHECK(outbox.olena.caller.run(notices::GetMessage{.message = message.id}).id == message.id);

  Caller host = outbox.desk.host();
  CHECK(host.run(notices::Messages{.status = MessageStatus::failed}).items.empty());
  CHECK(host.run(notices::Messages{.channel = "sms"}).items.empty());
  CHECK(host.run(notices::Messages{.purpose = "reset_password"}).items.size() == 1);
  CHECK(host.run(notices::Messages{.account = ihor.account}).items.size() ==
        host.run(notices::Messages{.client = ihor.client}).items.size());
}
