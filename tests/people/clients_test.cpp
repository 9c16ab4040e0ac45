#include "people_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;
using namespace std::chrono_literals;

namespace {

people::Register olena() {
  return {.email = "Olena.Koval@Mail.example",
          .password = TestDesk::password,
          .first_name = "  Олена ",
          .last_name = "Коваль",
          .phone = "+380 (67) 123-45-67",
          .city = "Київ",
          .address = "вул. Саксаганського, 5",
          .sex = people::Sex::female,
          .birth_date = day(1988, 3, 14),
          .language = "uk"};
}

}  // namespace

TEST_CASE("registering makes a client and an account, always a customer", "[P1][A1]") {
  TestDesk desk;
  people::Registered made = desk.anonymous().run(olena());
  CHECK(made.version == 1);

  people::ClientView view = desk.host().run(people::GetClient{.client = made.client});
  CHECK(view.account == made.account);
  CHECK(view.client.first_name == "Олена");
  CHECK(view.client.last_name == "Коваль");
  CHECK(view.client.email == "olena.koval@mail.example");
  CHECK(view.client.phone == "+380671234567");
  CHECK(view.client.city == "Київ");
  CHECK(view.client.address == "вул. Саксаганського, 5");
  CHECK(view.client.sex == people::Sex::female);
  CHECK(view.client.birth_date == day(1988, 3, 14));
  CHECK(view.client.language == "uk");
  CHECK(view.client.registered_at == desk.clock.now());

  Caller herself = desk.desk().caller(desk.token("olena.koval@mail.example"));
  access::Identity identity = herself.run(access::Whoami{});
  CHECK(identity.account->client == made.client);
  REQUIRE(identity.roles.size() == 1);
  CHECK(identity.roles[0].role == access::customer_role);

  Error misspelt = refusal([&] {
    desk.anonymous().call("people.register",
                          R"({"email": "x@mail.example", "password": "long enough secret",
      "first_name": "X", "role": "Admin"})");
  });
  CHECK(misspelt.code() == Code::invalid);
  CHECK(misspelt.field() == "role");
}

TEST_CASE("registering asks for the address to be confirmed", "[P1][A3]") {
  TestDesk desk;
  desk.anonymous().run(olena());
  auto messages = desk.messages();
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].purpose == "verify_email");
  CHECK(messages[0].language == "uk");
}

TEST_CASE("what registering refuses", "[P1][A1][A2]") {
  TestDesk desk;
  desk.anonymous().run(olena());
  auto refused = [&](auto change) {
    people::Register request = olena();
    request.email = "other@mail.example";
    request.phone.reset();
    change(request);
    return told([&] { desk.anonymous().run(request); });
  };
  CHECK(refused([](auto& r) { r.password = "short"; }) == "invalid/password_too_short at password");
  CHECK(refused([](auto& r) { r.first_name = " \t "; }) == "invalid/field_missing at first_name");
  CHECK(refused([](auto& r) { r.phone = "call me"; }) == "invalid/phone_malformed at phone");
  CHECK(refused([](auto& r) { r.phone = "067 123 45 67"; }) == "invalid/phone_malformed at phone");
  CHECK(refused([](auto& r) { r.email = "no address"; }) == "invalid/email_malformed at email");
  CHECK(refused([](auto& r) { r.birth_date = day(2026, 3, 4); }) ==
        "invalid/birth_date_in_future at birth_date");
  CHECK(refused([](auto& r) { r.birth_date = day(188, 3, 14); }) ==
        "invalid/birth_date_too_early at birth_date");
  CHECK(refused([](auto& r) { r.language = "ukrainian!"; }) ==
        "invalid/language_malformed at language");
  CHECK(refused([](auto& r) { r.email = "OLENA.KOVAL@mail.EXAMPLE"; }) ==
        "conflict/email_taken at email");
  CHECK(refused([](auto& r) { r.phone = "+380671234567"; }) == "conflict/phone_taken at phone");
  CHECK(refused([](auto& r) {
          r.consents = {{.kind = "terms", .text_version = "1"},
                        {.kind = "Photos of Olena", .text_version = "1"}};
        }) == "invalid/consent_kind_malformed at consents[1].kind");
  CHECK(refused([](auto& r) { r.first_name = std::string(101, 'a'); }) ==
        "invalid/length_out_of_range at first_name");
  // A refused registration leaves nothing behind.
  CHECK(desk.host().run(people::Clients{}).items.size() == 1);
  CHECK(desk.host().run(access::Accounts{}).items.size() == 1);
}

TEST_CASE("staff enter clients without an account", "[P1]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  desk.host().run(
      upkeep::ChangeSetting{.name = "people.country_calling_code", .centre = centre, .value = 380});
  Caller partner = desk.staff("Partner", centre);
  people::Client made = partner.run(people::CreateClient{
      .centre = centre,
      .first_name = "Айгүл",
      .last_name = "Сәрсенова",
      .email = "aigul@mail.example",
      .phone = "067 765 43 21",
      .notes = "Не може стрибати.",
      .emergency_contact =
          people::EmergencyContact{
              .name = "Нұрлан", .phone = "+7 701 123 45 67", .relation = "husband"},
      .picture = "aigul.jpg",
      .language = "kk",
      .attributes = {{"locker", "17"}},
      .external_ref = "K-17"});
  people::ClientView view = partner.run(people::GetClient{.client = made.id});
  CHECK(view.client.phone == "+380677654321");
  CHECK(view.client.notes == "Не може стрибати.");
  CHECK(view.client.emergency_contact->phone == "+77011234567");
  CHECK(view.client.picture == "aigul.jpg");
  CHECK(view.client.attributes.at("locker") == "17");
  CHECK(view.client.external_ref == "K-17");
  CHECK_FALSE(view.account);
  CHECK(view.centres == std::vector<CentreId>{centre});

  auto refused = [&](const people::CreateClient& request) {
    return told([&] { desk.host().run(request); });
  };
  CHECK(refused({.first_name = "X", .external_ref = "K-17"}) ==
        "conflict/external_ref_taken at external_ref");
  CHECK(refused({.first_name = "X", .email = "AIGUL@mail.example"}) ==
        "conflict/email_taken at email");
  CHECK(refused({.first_name = "X", .attributes = {{std::string(51, 'n'), "v"}}})
            .starts_with("invalid/attribute_too_long at attributes."));
  CHECK(refused({.first_name = "X", .attributes = {{"n", std::string(1001, 'v')}}}) ==
        "invalid/attribute_too_long at attributes.n");
  std::map<std::string, std::string> many;
  for (int i = 0; i < 51; ++i) many["n" + std::to_string(i)] = "v";
  CHECK(refused({.first_name = "X", .attributes = many}) ==
        "invalid/size_out_of_range at attributes");
  CHECK(refused({.first_name = "X",
                 .emergency_contact = people::EmergencyContact{.name = "Y", .phone = "soon"}}) ==
        "invalid/phone_malformed at emergency_contact.phone");
  CHECK(told([&] { partner.run(people::CreateClient{.first_name = "X"}); }) ==
        "denied/permission_denied");
  CHECK(told([&] { partner.run(people::CreateClient{.centre = {77}, .first_name = "X"}); }) ==
        "not_found/centre_not_found at centre");
  CHECK(told([&] { desk.customer().caller.run(people::CreateClient{.first_name = "X"}); }) ==
        "denied/permission_denied");
}

TEST_CASE("an invitation gives a client an account", "[P1][A1]") {
  TestDesk desk;
  people::Client client =
      desk.host().run(people::CreateClient{.first_name = "Тарас", .email = "taras@mail.example"});
  people::Registered invited = desk.host().run(people::InviteClient{.client = client.id});
  std::string token = desk.secret_sent_to("taras@mail.example");
  desk.anonymous().run(access::AcceptInvitation{.token = token, .password = TestDesk::password});
  Caller himself = desk.desk().caller(desk.token("taras@mail.example"));
  CHECK(himself.run(access::Whoami{}).account->id == invited.account);
  CHECK(himself.run(people::GetClient{.client = client.id}).client.first_name == "Тарас");

  CHECK(told([&] { desk.host().run(people::InviteClient{.client = client.id}); }) ==
        "conflict/client_has_account at client");
  ClientId silent = client_of(desk, "Anna");
  CHECK(told([&] { desk.host().run(people::InviteClient{.client = silent}); }) ==
        "conflict/email_needed at client");
}

TEST_CASE("an update changes what it names and nothing else", "[P1][E13]") {
  TestDesk desk;
  ClientId id = desk.anonymous().run(olena()).client;
  Caller host = desk.host();
  people::Client changed = host.run(
      people::UpdateClient{.client = id,
                           .version = 1,
                           .last_name = "Шевченко",
                           .address = std::nullopt,
                           .notes = "Жіночий тренер",
                           .attributes = std::map<std::string, std::string>{{"locker", "3"}},
                           .external_ref = "O-1"});
  CHECK(changed.version == 2);
  CHECK(changed.last_name == "Шевченко");
  CHECK_FALSE(changed.address);
  CHECK(changed.city == "Київ");
  CHECK(changed.notes == "Жіночий тренер");

  auto event = events_of(host, "people.client_updated").back();
  CHECK(event.client == id);
  CHECK(event.payload.find("last_name") != std::string::npos);
  CHECK(event.payload.find("Шевченко") == std::string::npos);

  Error outdated =
      refusal([&] { host.run(people::UpdateClient{.client = id, .version = 1, .city = "Львів"}); });
  CHECK(outdated.reason() == "version_outdated");
  CHECK(std::get<std::int64_t>(outdated.details().at("current")) == 2);

  // Nothing changed: no version, no event.
  std::size_t before = events_of(host, "people.client_updated").size();
  CHECK(host.run(people::UpdateClient{.client = id, .city = "Київ"}).version == 2);
  CHECK(events_of(host, "people.client_updated").size() == before);

  CHECK(told([&] { host.run(people::UpdateClient{.client = id, .first_name = std::nullopt}); }) ==
        "invalid/field_missing at first_name");
  CHECK(told([&] { host.run(people::UpdateClient{.client = id, .email = "new@mail.example"}); }) ==
        "conflict/email_belongs_to_account at email");
  CHECK(told([&] { host.run(people::UpdateClient{.client = {999}, .city = "Львів"}); }) ==
        "not_found/client_not_found at client");
}

TEST_CASE("customers change their own data, but not what the host keeps", "[P1][A9]") {
  TestDesk desk;
  auto one = desk.customer("Olena");
  auto other = desk.customer("Taras");
  people::Client changed =
      one.caller.run(people::UpdateClient{.client = one.client, .phone = "+380671112233"});
  CHECK(changed.phone == "+380671112233");
  CHECK(told([&] {
          one.caller.run(people::UpdateClient{.client = one.client, .external_ref = "mine"});
        }) == "denied/staff_only_field at external_ref");
  CHECK(told([&] {
          one.caller.run(people::UpdateClient{
              .client = one.client, .attributes = std::map<std::string, std::string>{{"a", "b"}}});
        }) == "denied/staff_only_field at attributes");
  // A stranger looks like nobody at all.
  std::string foreign = told([&] { one.caller.run(people::GetClient{.client = other.client}); });
  CHECK(foreign == "not_found/client_not_found at client");
  CHECK(foreign == told([&] { one.caller.run(people::GetClient{.client = {99'999}}); }));
  CHECK(told([&] {
          one.caller.run(people::UpdateClient{.client = other.client, .city = "Дніпро"});
        }) == "not_found/client_not_found at client");
  CHECK(told([&] { one.caller.run(people::ArchiveClient{.client = one.client}); }) ==
        "denied/permission_denied");
}

TEST_CASE("the confirmed address of an account is the address of its client", "[P1][A3]") {
  TestDesk desk;
  auto customer = desk.customer();
  customer.caller.run(
      access::ChangeEmail{.email = "New@mail.example", .password = TestDesk::password});
  auto address = [&] {
    return desk.host().run(people::GetClient{.client = customer.client}).client.email;
  };
  CHECK(address() == customer.email);
  desk.anonymous().run(
      access::ConfirmEmailChange{.token = desk.secret_sent_to("New@mail.example")});
  CHECK(address() == "new@mail.example");
}

TEST_CASE("an archived client is out of use until restored", "[P1]") {
  TestDesk desk;
  Caller host = desk.host();
  people::Client client =
      host.run(people::CreateClient{.first_name = "Олена", .phone = "+380671234567"});
  people::Client archived = host.run(people::ArchiveClient{.client = client.id, .version = 1});
  CHECK(archived.archived_at == desk.clock.now());
  CHECK(host.run(people::Clients{}).items.empty());
  CHECK(host.run(people::Clients{.archived = true}).items.size() == 1);
  CHECK(told([&] { host.run(people::UpdateClient{.client = client.id, .city = "Київ"}); }) ==
        "conflict/client_archived at client");
  CHECK(told([&] { host.run(people::ArchiveClient{.client = client.id}); }) ==
        "conflict/client_archived at client");

  // Its phone is free meanwhile, so restoring may come too late.
  people::Client second =
      host.run(people::CreateClient{.first_name = "Ольга", .phone = "+380671234567"});
  CHECK(told([&] { host.run(people::RestoreClient{.client = client.id}); }) ==
        "conflict/phone_taken at phone");
  host.run(people::UpdateClient{.client = second.id, .phone = std::nullopt});
  people::Client restored = host.run(people::RestoreClient{.client = client.id, .version = 2});
  CHECK_FALSE(restored.archived_at);
  CHECK(told([&] { host.run(people::RestoreClient{.client = client.id}); }) ==
        "conflict/client_in_use at client");
  CHECK(events_of(host, "people.client_archived").size() == 1);
  CHECK(events_of(host, "people.client_restored").size() == 1);
}

TEST_CASE("age is whole years on the day asked for", "[P3]") {
  TestDesk desk;
  Caller host = desk.host();
  ClientId leapling =
      host.run(people::CreateClient{.first_name = "Leap", .birth_date = day(2020, 2, 29)}).id;
  auto age = [&](std::optional<Date> on) {
    return host.run(people::GetClient{.client = leapling, .on = on}).age;
  };
  CHECK(age(day(2020, 2, 29)) == 0);
  CHECK(age(day(2025, 2, 28)) == 4);
  CHECK(age(day(2025, 3, 1)) == 5);
  CHECK(age(day(2028, 2, 28)) == 7);
  CHECK(age(day(2028, 2, 29)) == 8);
  CHECK(age(std::nullopt) == 6);  // the clock stands on 2026-03-02
  CHECK_FALSE(host.run(people::GetClient{.client = client_of(desk, "X")}).age);
}

TEST_CASE("personal data is neither in events nor in the audit log", "[P9][E8]") {
  TestDesk desk;
  desk.anonymous().run(olena());
  for (const events::Event& event : desk.host().run(events::Since{.limit = 1000}).items) {
    CHECK(event.payload.find("Коваль") == std::string::npos);
    CHECK(event.payload.find("mail.example") == std::string::npos);
    CHECK(event.payload.find("671234567") == std::string::npos);
  }
  for (const audit::Entry& entry : desk.host().run(audit::Entries{.limit = 500}).items) {
    std::string request = entry.request.value_or("");
    CHECK(request.find("Коваль") == std::string::npos);
    CHECK(request.find("mail.example") == std::string::npos);
    CHECK(request.find("671234567") == std::string::npos);
    CHECK(request.find(TestDesk::password) == std::string::npos);
  }
}
