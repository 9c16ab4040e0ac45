#include "people_support.hpp"

#include <boost/json.hpp>

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

/// Everything that lies beside the database, too.
std::string all_bytes(const TestDesk& desk) {
  std::string bytes;
  std::filesystem::path folder = std::filesystem::path(desk.path()).parent_path();
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    bytes += bytes_of(entry.path().string());
  }
  return bytes;
}

/// Those of the words that occur in the bytes.
std::vector<std::string> found_in(const std::string& bytes, std::vector<std::string> words) {
  std::erase_if(words,
                [&](const std::string& word) { return bytes.find(word) == std::string::npos; });
  return words;
}

}  // namespace

TEST_CASE("consents are a history that is only added to", "[P9]") {
  TestDesk desk;
  people::Register request;
  request.email = "olena@mail.example";
  request.password = TestDesk::password;
  request.first_name = "Olena";
  request.consents = {{.kind = "terms", .text_version = "2026-01"}};
  people::Registered made = desk.anonymous().run(request);
  Caller herself = desk.desk().caller(desk.token("olena@mail.example"));
  desk.clock += 1h;
  herself.run(people::RecordConsent{
      .client = made.client, .kind = "photos", .text_version = "1", .given = true});
  desk.clock += 1h;
  people::Consent withdrawn = herself.run(people::RecordConsent{
      .client = made.client, .kind = "photos", .text_version = "1", .given = false});
  CHECK(withdrawn.recorded_by == made.account);

  Page<people::Consent> history = herself.run(people::Consents{.client = made.client});
  REQUIRE(history.items.size() == 3);
  CHECK_FALSE(history.items[0].given);
  CHECK(history.items[1].given);
  CHECK(history.items[2].kind == "terms");
  CHECK(herself.run(people::Consents{.client = made.client, .kind = "photos"}).items.size() == 2);
  CHECK(events_of(herself, "people.consent_recorded").size() == 3);
  CHECK(told([&] {
          herself.run(people::RecordConsent{
              .client = made.client, .kind = "My Photos", .text_version = "1"});
        }) == "invalid/consent_kind_malformed at kind");
  CHECK(told([&] {
          desk.customer().caller.run(
              people::RecordConsent{.client = made.client, .kind = "photos", .text_version = "1"});
        }) == "not_found/client_not_found at client");
}

TEST_CASE("a person's data of all areas is exported as JSON", "[P9]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  auto customer = desk.customer("Olena");
  customer.caller.run(people::UpdateClient{.client = customer.client, .city = "Київ"});
  customer.caller.run(people::AddDependant{.guardian = customer.client, .first_name = "Марія"});
  customer.caller.run(
      people::RecordConsent{.client = customer.client, .kind = "photos", .text_version = "1"});
  customer.caller.run(people::AddFavourite{.client = customer.client, .subject = centre.value});
  Caller host = desk.host();
  host.run(people::AddNote{.client = customer.client, .centre = centre, .text = "Left knee."});
  host.run(people::SetTags{.client = customer.client, .centre = centre, .tags = {"VIP"}});
  host.run(people::BarClient{.client = customer.client, .centre = centre, .reason = "Debt."});

  people::PersonExport data = customer.caller.run(people::Export{.client = customer.client});
  CHECK(data.exported_at == desk.clock.now());
  boost::json::object json = boost::json::parse(data.json).as_object();
  CHECK(json.at("client").as_int64() == customer.client.value);
  boost::json::object people = json.at("people").as_object();
  CHECK(people.at("client").at("city").as_string() == "Київ");
  CHECK(people.at("family").at("dependants").at(0).at("first_name").as_string() == "Марія");
  CHECK(people.at("consents").as_array().size() == 1);
  CHECK(people.at("favourites").as_array().size() == 1);
  CHECK(people.at("notes").at(0).at("text").as_string() == "Left knee.");
  CHECK(people.at("tags").at(0).at("tags").at(0).as_string() == "VIP");
  CHECK(people.at("bars").at(0).at("reason").as_string() == "Debt.");
  CHECK(json.at("access").at("account").at("email").as_string() ==
        std::string_view(customer.email));

  CHECK(told([&] { desk.customer().caller.run(people::Export{.client = customer.client}); }) ==
        "not_found/client_not_found at client");
}

TEST_CASE("of an erased person nothing is left in the file", "[P9]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  Caller host = desk.host();
  people::Register request;
  request.email = "Zlatoslava@Unusual.example";
  request.password = TestDesk::password;
  request.first_name = "Zlatoslava";
  request.last_name = "Перебийніс";
  request.phone = "+380931239876";
  request.city = "Кобеляки";
  request.address = "вул. Незвичайна, 421";
  request.birth_date = day(1977, 7, 7);
  people::Registered made = desk.anonymous().run(request, {.origin = "origin-of-zlatoslava"});
  Caller herself = desk.desk().caller(desk.token(request.email));
  herself.run(people::UpdateClient{
      .client = made.client,
      .last_name = "Нетудихата",
      .notes = "алергія на каштани",
      .emergency_contact = people::EmergencyContact{.name = "Qvitoslav", .phone = "+380931110000"},
      .picture = "zlatoslava-portrait.jpg"});
  host.run(people::UpdateClient{
      .client = made.client,
      .attributes = std::map<std::string, std::string>{{"nickname", "Zozulya-attribute"}},
      .external_ref = "ref-of-zlatoslava"});
  host.run(
      people::AddNote{.client = made.client, .centre = centre, .text = "Note about Zlatochka."});
  host.run(people::SetTags{.client = made.client, .centre = centre, .tags = {"Zlata-tag"}});
  host.run(
      people::BarClient{.client = made.client, .centre = centre, .reason = "Zlatka never paid."});
  herself.run(people::RecordConsent{.client = made.client, .kind = "photos", .text_version = "1"});
  ClientId child = herself
                       .run(people::AddDependant{.guardian = made.client,
                                                 .first_name = "Хризантема",
                                                 .pick_up = {{.name = "Babusya-Unusual"}}})
                       .id;
  desk.messages();
  host.run(people::Export{.client = made.client});

  const std::vector<std::string> words = {
      "Zlatoslava",       "zlatoslava",   "Перебийніс",   "перебийніс",
      "Нетудихата",       "нетудихата",   "380931239876", "931239876",
      "Кобеляки",         "кобеляки",     "Незвичайна",   "каштани",
      "Qvitoslav",        "380931110000", "Zozulya",      "Zlatochka",
      "Zlata-tag",        "zlata-tag",    "Zlatka",       "Unusual",
      "unusual",          "Хризантема",   "хризантема",   "origin-of-zlatoslava",
      "ref-of-zlatoslava"};
  CHECK(found_in(all_bytes(desk), words).size() > 15);

  CHECK(told([&] { herself.run(people::Erase{.client = made.client}); }) ==
        "conflict/dependants_left at with_dependants");
  people::Erase erase{.client = made.client, .with_dependants = true};
  people::Erased planned = herself.preview(erase);
  CHECK(planned.clients.size() == 2);
  CHECK(host.run(people::GetClient{.client = made.client}).client.first_name == "Zlatoslava");

  people::Erased erased = herself.run(erase);
  CHECK(erased.clients == std::vector<ClientId>{child, made.client});
  CHECK(found_in(all_bytes(desk), words) == std::vector<std::string>{});

  people::ClientView view = host.run(people::GetClient{.client = made.client});
  CHECK(view.client.first_name == "Erased");
  CHECK(view.client.last_name.empty());
  CHECK(view.client.erased_at == desk.clock.now());
  CHECK_FALSE(view.client.email);
  CHECK_FALSE(view.client.birth_date);
  CHECK(host.run(people::Clients{.search = "erased"}).items.empty());
  CHECK(host.run(people::Consents{.client = made.client}).items.size() == 1);
  CHECK(host.run(people::Notes{.client = made.client, .archived = true}).items[0].text.empty());
  CHECK(refusal([&] { herself.run(people::Clients{}); }).code() == Code::unauthenticated);
  CHECK(refusal([&] { desk.token(request.email); }).code() == Code::unauthenticated);
  CHECK(events_of(host, "people.client_erased").size() == 2);
  // The log of deeds stands without what told of the person.
  CHECK(host.run(audit::Verify{}).is_whole);
  CHECK(host.run(upkeep::Check{}).problems.empty());

  // The address and phone may be used again.
  request.first_name = "Somebody";
  desk.anonymous().run(request);

  CHECK(told([&] { host.run(people::UpdateClient{.client = made.client, .city = "Київ"}); }) ==
        "conflict/client_erased at client");
  CHECK(told([&] { host.run(people::RestoreClient{.client = made.client}); }) ==
        "conflict/client_erased at client");
  CHECK(told([&] { host.run(people::Erase{.client = made.client}); }) ==
        "conflict/client_erased at client");
}

TEST_CASE("where an erased person called from is not told either", "[P9][E8]") {
  TestDesk desk;
  CallOptions from_home{.origin = "home-of-zlatoslava"};
  people::Register request;
  request.email = "zlatoslava@mail.example";
  request.password = TestDesk::password;
  request.first_name = "Zlatoslava";
  ClientId client = desk.anonymous().run(request, from_home).client;
  Caller herself = desk.desk().caller(
      desk.anonymous()
          .run(access::SignIn{.login = request.email, .password = TestDesk::password}, from_home)
          .token);
  herself.run(people::UpdateClient{.client = client, .city = "Kyiv"}, from_home);
  refusal([&] { herself.run(people::GetClient{.client = {99'999}}, from_home); });
  herself.run(people::Erase{.client = client}, from_home);
  CHECK(found_in(all_bytes(desk), {"home-of-zlatoslava"}) == std::vector<std::string>{});
  CHECK(desk.host().run(audit::Verify{}).is_whole);
}

TEST_CASE("erasing takes merged duplicates along and leaves guarded children", "[P9]") {
  TestDesk desk;
  Caller host = desk.host();
  ClientId keep = client_of(desk, "Olena", "Unmistakable");
  ClientId duplicate = client_of(desk, "Olenka", "Unmistakable-Twin");
  ClientId father = client_of(desk, "Taras");
  ClientId child = host.run(people::AddDependant{.guardian = keep, .first_name = "Марія"}).id;
  host.run(people::AddGuardian{.client = child, .guardian = father});
  host.run(people::Merge{.keep = keep, .duplicate = duplicate});
  CHECK(told([&] { host.run(people::Erase{.client = duplicate}); }) ==
        "conflict/client_merged at client");
  people::Erased erased = host.run(people::Erase{.client = keep});
  CHECK(erased.clients == std::vector<ClientId>{duplicate, keep});
  CHECK(host.run(people::GetClient{.client = child}).client.first_name == "Марія");
  CHECK(host.run(people::Family{.client = child}).guardians.size() == 1);

  Error left = refusal([&] { host.run(people::Erase{.client = father}); });
  CHECK(left.reason() == "dependants_left");
  CHECK(std::get<std::vector<std::int64_t>>(left.details().at("dependants")) ==
        std::vector<std::int64_t>{child.value});
  CHECK(told([&] { desk.customer().caller.run(people::Erase{.client = father}); }) ==
        "not_found/client_not_found at client");
  CHECK(told([&] { desk.staff("Moderator").run(people::Erase{.client = father}); }) ==
        "denied/permission_denied");
}

TEST_CASE("erasing leaves nothing among the rows of many others either", "[P9]") {
  TestDesk desk;
  Caller host = desk.host();
  // Rows that grow move between pages; what they leave behind there must go, too.
  std::string csv = "external_ref,first_name,last_name,notes\n";
  for (int i = 0; i < 600; ++i) {
    std::string mark = std::to_string(100'000 + i);
    csv += "ref" + mark + ",First" + mark + ",Last" + mark + ",Note" + mark +
           std::string(static_cast<std::size_t>(i * 37 % 300), 'x') + "\n";
  }
  CHECK(host.run(people::Import{.csv = csv}).added == 600);
  for (int i = 0; i < 600; i += 2) {
    host.run(
        people::UpdateClient{.client = {i + 1},
                             .notes = "Note" + std::to_string(100'000 + i) +
                                      std::string(static_cast<std::size_t>(i * 91 % 700), 'y')});
  }
  std::vector<std::string> words;
  for (int i = 0; i < 600; i += 5) {
    host.run(people::Erase{.client = {i + 1}});
    std::string mark = std::to_string(100'000 + i);
    for (const char* word : {"ref", "First", "first", "Last", "last", "Note"}) {
      words.push_back(word + mark);
    }
  }
  CHECK(found_in(all_bytes(desk), words) == std::vector<std::string>{});
}
