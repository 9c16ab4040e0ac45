#include <catch2/catch.hpp>

#include "support.hpp"

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

std::int64_t count_clients(TestDesk& desk) {
  return static_cast<std::int64_t>(desk.host().run(people::Clients{.limit = 500}).items.size());
}

people::CreateClient newcomer(const std::string& name) {
  people::CreateClient request;
  request.first_name = name;
  return request;
}

std::int64_t last_event(TestDesk& desk) {
  std::int64_t cursor = 0;
  while (true) {
    events::Feed feed =
        desk.host().run(events::Since{.cursor = cursor, .topics = {}, .limit = 1000});
    cursor = feed.next;
    if (feed.is_end) return cursor;
  }
}

}  // namespace

TEST_CASE("an operation that is refused leaves nothing behind", "[E2]") {
  TestDesk desk;
  people::CreateClient request = newcomer("Aigerim");
  request.phone = "+77011234567";
  desk.host().run(request);
  std::int64_t clients = count_clients(desk);
  std::int64_t events = last_event(desk);
  Error error = refusal([&] { desk.host().run(request); });
  CHECK(error.code() == Code::conflict);
  CHECK(error.reason() == "phone_taken");
  CHECK(count_clients(desk) == clients);
  CHECK(last_event(desk) == events);
}

TEST_CASE("a denial is all that a denied operation leaves", "[E2][E8]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  std::int64_t clients = count_clients(desk);
  Error error = refusal([&] { customer.caller.run(newcomer("Mallory")); });
  CHECK(error.code() == Code::denied);
  CHECK(count_clients(desk) == clients);
  auto denials = desk.host().run(audit::Entries{.outcome = "permission_denied"});
  REQUIRE(denials.items.size() == 1);
  CHECK(denials.items[0].operation == "people.create_client");
  CHECK(denials.items[0].who == "account");
  CHECK(denials.items[0].who_id == customer.account.value);
}

TEST_CASE("a denied read is logged too", "[E8]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  CallOptions options;
  options.origin = "192.0.2.7";
  refusal([&] { customer.caller.run(audit::Entries{}, options); });
  auto denials = desk.host().run(audit::Entries{.operation_name = "audit.entries"});
  REQUIRE(denials.items.size() == 1);
  CHECK(denials.items[0].outcome == "permission_denied");
  CHECK(denials.items[0].origin == std::optional<std::string>("192.0.2.7"));
}

TEST_CASE("a preview gives the result and changes nothing", "[E3]") {
  TestDesk desk;
  std::int64_t clients = count_clients(desk);
  std::int64_t events = last_event(desk);
  auto audit_rows = desk.host().run(audit::Verify{}).rows;
  people::Client planned = desk.host().preview(newcomer("Oksana"));
  CHECK(planned.first_name == "Oksana");
  CHECK(planned.id);
  CHECK(count_clients(desk) == clients);
  CHECK(last_event(desk) == events);
  CHECK(desk.host().run(audit::Verify{}).rows == audit_rows);
  Error error = refusal([&] { desk.host().preview(people::GetClient{.client = planned.id}); });
  CHECK(error.code() == Code::not_found);
}

TEST_CASE("a preview is refused as the operation would be", "[E3]") {
  TestDesk desk;
  people::CreateClient request = newcomer("Aigerim");
  request.phone = "12";
  CHECK(refusal([&] { desk.host().preview(request); }).reason() == "phone_malformed");
  TestDesk::Customer customer = desk.customer();
  CHECK(refusal([&] { customer.caller.preview(newcomer("X")); }).code() == Code::denied);
}

TEST_CASE("a key makes a repeated write the same write", "[E4]") {
  TestDesk desk;
  CallOptions options;
  options.idempotency_key = "import-7";
  people::Client first = desk.host().run(newcomer("Maria"), options);
  std::int64_t clients = count_clients(desk);
  desk.clock += std::chrono::hours{23};
  people::Client again = desk.host().run(newcomer("Maria"), options);
  CHECK(again.id == first.id);
  CHECK(again.registered_at == first.registered_at);
  CHECK(count_clients(desk) == clients);

  SECTION("another request under the key is a conflict") {
    Error error = refusal([&] { desk.host().run(newcomer("Anna"), options); });
    CHECK(error.code() == Code::conflict);
    CHECK(error.reason() == "idempotency_key_reused");
    CHECK(count_clients(desk) == clients);
  }
  SECTION("another operation under the key is a conflict") {
    Error error =
        refusal([&] { desk.host().run(people::ArchiveClient{.client = first.id}, options); });
    CHECK(error.reason() == "idempotency_key_reused");
  }
  SECTION("after 24 hours the key is free again") {
    desk.clock += std::chrono::hours{1} + std::chrono::seconds{1};
    desk.host().run(upkeep::Tick{});
    people::Client later = desk.host().run(newcomer("Maria"), options);
    CHECK(later.id != first.id);
  }
  SECTION("it outlives a restart") {
    desk.reopen();
    CHECK(desk.host().run(newcomer("Maria"), options).id == first.id);
  }
  SECTION("another caller's key is another key") {
    Caller admin = desk.admin();
    CHECK(admin.run(newcomer("Maria"), options).id != first.id);
  }
  SECTION("a refusal is not kept") {
    options.idempotency_key = "import-8";
    people::CreateClient wrong = newcomer("Petro");
    wrong.phone = "1";
    CHECK(refusal([&] { desk.host().run(wrong, options); }).reason() == "phone_malformed");
    CHECK(desk.host().run(newcomer("Petro"), options).first_name == "Petro");
  }
  SECTION("a key too long is refused") {
    options.idempotency_key = std::string(201, 'k');
    CHECK(refusal([&] { desk.host().run(newcomer("Petro"), options); }).field() ==
          "options.idempotency_key");
  }
}

TEST_CASE("replaying asks for permission again", "[E4]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  Caller moderator = desk.staff("Moderator", centre);
  CallOptions options;
  options.idempotency_key = "once";
  people::CreateClient request = newcomer("Maria");
  request.centre = centre;
  moderator.run(request, options);
  AccountId account = moderator.run(access::Whoami{}).account->id;
  for (const auto& grant : desk.host().run(access::RoleGrants{.account = account}).items) {
    desk.host().run(access::RevokeRole{.grant = grant.id});
  }
  CHECK(refusal([&] { moderator.run(request, options); }).code() == Code::denied);
}

TEST_CASE("a batch is all or nothing, and later steps refer to earlier results", "[E5]") {
  TestDesk desk;
  std::int64_t clients = count_clients(desk);

  SECTION("typed handles stand for ids not yet known") {
    Batch batch;
    auto mother = batch.add(newcomer("Olena"));
    people::AddDependant child;
    child.guardian = mother.id(&people::Client::id);
    child.first_name = "Maria";
    auto daughter = batch.add(child);
    desk.host().run(batch);
    CHECK(mother.result().first_name == "Olena");
    auto family = desk.host().run(people::Family{.client = mother.result().id});
    REQUIRE(family.dependants.size() == 1);
    CHECK(family.dependants[0].client == daughter.result().id);
  }
  SECTION("one refused step undoes all") {
    Batch batch;
    batch.add(newcomer("Olena"));
    batch.add(people::ArchiveClient{.client = ClientId{999'999}});
    Error error = refusal([&] { desk.host().run(batch); });
    CHECK(error.reason() == "client_not_found");
    CHECK(count_clients(desk) == clients);
  }
  SECTION("in JSON") {
    std::string reply = desk.host().batch(
        R"([{"operation": "people.create_client", "request": {"first_name": "Olena"}},
            {"operation": "people.add_dependant",
             "request": {"guardian": {"$ref": "0.id"}, "first_name": "Maria"}}])");
    CHECK(reply.find("\"Maria\"") != std::string::npos);
    CHECK(count_clients(desk) == clients + 2);
  }
  SECTION("a reference that leads nowhere names its place") {
    Error error = refusal([&] {
      desk.host().batch(
          R"([{"operation": "people.create_client", "request": {"first_name": "Olena"}},
              {"operation": "people.archive_client",
               "request": {"client": {"$ref": "0.nothing"}}}])");
    });
    CHECK(error.code() == Code::invalid);
    CHECK(error.reason() == "batch_reference_unknown");
    CHECK(error.field() == "[1].request.client");
    CHECK(count_clients(desk) == clients);
  }
  SECTION("a step's own error names the step") {
    Error error = refusal([&] {
      desk.host().batch(
          R"([{"operation": "people.create_client", "request": {"frist_name": "Olena"}}])");
    });
    CHECK(error.field() == "[0].request.frist_name");
    CHECK(error.reason() == "field_misspelt");
  }
  SECTION("one key for the whole batch") {
    CallOptions options;
    options.idempotency_key = "family-1";
    const char* list =
        R"([{"operation": "people.create_client", "request": {"first_name": "Olena"}},
                           {"operation": "people.add_dependant",
                            "request": {"guardian": {"$ref": "0.id"}, "first_name": "Maria"}}])";
    std::string first = desk.host().batch(list, options);
    CHECK(desk.host().batch(list, options) == first);
    CHECK(count_clients(desk) == clients + 2);
  }
  SECTION("a job has no place in a batch") {
    Batch batch;
    batch.add(upkeep::Tick{});
    CHECK(refusal([&] { desk.host().run(batch); }).reason() == "job_in_batch");
  }
}

TEST_CASE("every error of a batch names the step at fault", "[E5][E9]") {
  TestDesk desk;
  people::CreateClient taken = newcomer("Olena");
  taken.phone = "+380671234567";
  desk.host().run(taken);
  const std::string first = R"([{"operation": "people.create_client",)"
                            R"( "request": {"first_name": "Taras"}}, )";
  auto field = [&](const std::string& second, const Caller& caller) {
    return refusal([&] { caller.batch(first + second + "]"); }).field();
  };
  const Caller host = desk.host();
  CHECK(field(R"({"operation": "people.create_clent"})", host) == "[1].operation");
  CHECK(field(R"({"operation": "upkeep.tick"})", host) == "[1]");
  // By the handler, of a field and of none.
  CHECK(field(R"({"operation": "people.create_client",
                  "request": {"first_name": "O", "phone": "+380671234567"}})",
              host) == "[1].request.phone");
  CHECK(field(R"({"operation": "people.create_client",
                  "request": {"first_name": "O", "centre": {"$ref": "0.id"}}})",
              host) == "[1].request.centre");
  // After the references are resolved.
  CHECK(field(R"({"operation": "people.create_client",
                  "request": {"first_name": {"$ref": "0.id"}}})",
              host) == "[1].request.first_name");
  CHECK(refusal([&] {
          desk.anonymous().batch(first + R"({"operation": "access.whoami"}])");
        }).field() == "[0]");

  Batch typed;
  typed.add(newcomer("Taras"));
  typed.add(newcomer(""));
  CHECK(refusal([&] { host.run(typed); }).field() == "[1].request.first_name");
  Batch refused;
  refused.add(newcomer("Taras"));
  refused.add(taken);
  CHECK(refusal([&] { host.run(refused); }).field() == "[1].request.phone");
  // A call that is no batch names its own fields only, and so does a token.
  CHECK(refusal([&] { host.run(taken); }).field() == "phone");
  CHECK(refusal([&] {
          desk.desk().caller("fds_nonsense").batch(first + R"({"operation":
                      "access.whoami"}])");
        })
            .field()
            .empty());
}

TEST_CASE("each step of a batch is put down to whom it was about", "[E8][E5][P9]") {
  TestDesk desk;
  const std::int64_t before = last_event(desk);
  Batch batch;
  auto olena = batch.add(newcomer("Olena"));
  auto maria = batch.add(newcomer("Maria"));
  batch.add(upkeep::ChangeSetting{.name = "events.retention_days", .value = 100});
  desk.host().run(batch);
  CHECK(last_event(desk) == before + 3);

  auto entries = desk.host().run(audit::Entries{}).items;  // newest first
  REQUIRE(entries.size() >= 3);
  CHECK(entries[0].operation == "upkeep.change_setting");
  CHECK_FALSE(entries[0].client);
  CHECK(entries[1].client == maria.result().id);
  CHECK(entries[2].client == olena.result().id);

  desk.host().run(people::Erase{.client = maria.result().id});
  entries = desk.host().run(audit::Entries{.operation_name = "people.create_client"}).items;
  REQUIRE(entries.size() == 2);
  CHECK_FALSE(entries[0].request);
  CHECK(entries[1].request);
  CHECK(desk.host().run(audit::Verify{}).problems.empty());
}

TEST_CASE("a refused step of a batch is put down to nobody of the steps before it", "[E8][E5]") {
  TestDesk desk;
  Caller moderator = desk.staff("Moderator", desk.centre());
  Batch batch;
  batch.add(newcomer("Olena"));
  batch.add(upkeep::ChangeSetting{.name = "events.retention_days", .value = 100});
  CHECK(refusal([&] { moderator.run(batch); }).code() == Code::denied);
  const auto entry = desk.host().run(audit::Entries{}).items.at(0);
  CHECK(entry.outcome == "permission_denied");
  CHECK_FALSE(entry.client);
}

TEST_CASE("the kept answer of a batch goes with each whom it tells of", "[E4][E5][P9]") {
  TestDesk desk;
  Batch batch;
  auto olena = batch.add(newcomer("Olena"));
  auto maria = batch.add(newcomer("Maria"));
  CallOptions options;
  options.idempotency_key = "both";
  desk.host().run(batch, options);
  const ClientId first = olena.result().id;
  desk.host().run(batch, options);
  REQUIRE(olena.result().id == first);

  SECTION("the first") { desk.host().run(people::Erase{.client = first}); }
  SECTION("the last") { desk.host().run(people::Erase{.client = maria.result().id}); }
  desk.host().run(batch, options);
  CHECK(olena.result().id != first);
}

TEST_CASE("an update that names an outdated version is a conflict that tells the current",
          "[E13]") {
  TestDesk desk;
  people::Client client = desk.host().run(newcomer("Olena"));
  people::UpdateClient update;
  update.client = client.id;
  update.version = client.version;
  update.city = "Lviv";
  people::Client changed = desk.host().run(update);
  CHECK(changed.version == client.version + 1);
  Error error = refusal([&] { desk.host().run(update); });
  CHECK(error.code() == Code::conflict);
  CHECK(error.reason() == "version_outdated");
  CHECK(std::get<std::int64_t>(error.details().at("current")) == changed.version);
  CHECK(error.message().find(std::to_string(changed.version)) != std::string::npos);
}

TEST_CASE("errors name the field, the reason and the facts", "[E16]") {
  TestDesk desk;
  Caller host = desk.host();
  auto called = [&](const char* json) {
    return refusal([&] { host.call("people.create_client", json); });
  };

  Error misspelt = called(R"({"frist_name": "Olena"})");
  CHECK(misspelt.code() == Code::invalid);
  CHECK(misspelt.reason() == "field_misspelt");
  CHECK(misspelt.field() == "frist_name");
  CHECK(std::get<std::string>(misspelt.details().at("nearest")) == "first_name");
  CHECK(misspelt.message().find("first_name") != std::string::npos);

  CHECK(called(R"({})").reason() == "field_missing");
  CHECK(called(R"({})").field() == "first_name");
  CHECK(called(R"({"first_name": 7})").reason() == "type_mismatch");
  CHECK(called(R"({"first_name": ""})").reason() == "length_out_of_range");
  CHECK(called(R"({"first_name": "A", "sex": "femal"})").reason() == "enum_unknown");
  CHECK(called(R"({"first_name": "A", "birth_date": "2020-02-30"})").reason() == "value_malformed");
  CHECK(called(R"({"first_name": "A", "emergency_contact": {"name": "B", "fone": "1"}})").field() ==
        "emergency_contact.fone");
  CHECK(called(R"({"first_name": "A", "centre": 0})").reason() == "out_of_range");
  CHECK(called(R"({"first_name": "A", "centre": 99999999999999999999})").code() == Code::invalid);
  CHECK(called("{\"first_name\": \"\xff\xfe\"}").code() == Code::invalid);
  CHECK(called(R"({"first_name": "A")").reason() == "json_malformed");
  CHECK(called("[]").reason() == "type_mismatch");
  CHECK(called(R"({"first_name": "A\u0000B"})").reason() == "text_has_nul");
  CHECK(called((std::string(100, '[') + std::string(100, ']')).c_str()).reason() ==
        "json_malformed");

  Error operation = refusal([&] { host.call("people.create_clien", "{}"); });
  CHECK(operation.reason() == "operation_misspelt");
  CHECK(std::get<std::string>(operation.details().at("nearest")) == "people.create_client");

  people::CreateClient utf8 = newcomer("\xc3\x28");
  CHECK(refusal([&] { host.run(utf8); }).reason() == "utf8_invalid");
}

TEST_CASE("messages come in the language of the call, else of the caller", "[E18][E16]") {
  TestDesk desk;
  CallOptions options;
  options.language = "uk";
  Error error =
      refusal([&] { desk.host().run(people::GetClient{.client = ClientId{77}}, options); });
  CHECK(error.reason() == "client_not_found");
  bool is_cyrillic = error.message().find('\xd0') != std::string::npos;
  CHECK(is_cyrillic);
}

TEST_CASE("a host adds a language without code", "[E18]") {
  TestDesk desk([](OpenOptions& options) {
    options.texts["kk"] = R"({"error.client_not_found": "Мұндай клиент жоқ."})";
  });
  CallOptions options;
  options.language = "kk-KZ";
  Error error =
      refusal([&] { desk.host().run(people::GetClient{.client = ClientId{77}}, options); });
  CHECK(error.message() == "Мұндай клиент жоқ.");
}

TEST_CASE("a call whose deadline passed is cancelled or busy, never half done", "[E2]") {
  TestDesk desk;
  CallOptions options;
  options.deadline = std::chrono::milliseconds{1};
  try {
    desk.host().run(newcomer("Olena"), options);
  } catch (const Error& error) {
    CHECK((error.code() == Code::busy || error.code() == Code::cancelled));
  }
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
}
