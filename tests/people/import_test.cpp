#include "people_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;
using namespace std::chrono_literals;

namespace {

constexpr const char* clients_csv =
    "external_ref,first_name,last_name,email,phone,birth_date,sex,city,address,language,notes,"
    "emergency_name,emergency_phone,emergency_relation,registered_on,tags,attributes.locker\n"
    "K-17,Олена,Коваль,Olena@mail.example,067 123 45 67,1988-03-14,female,Київ,,uk,,,,,,"
    "VIP;ранок,\n"
    "K-18,Айгүл,Сәрсенова,,+7 701 123 45 67,07.09.1990,Ж,Алматы,,kk,\"спина, \"\"нижня\"\"\","
    "Нұрлан,+77015556677,husband,2024-09-01,,17\n";

constexpr const char* children_csv =
    "guardian_ref,guardian_email,guardian_phone,external_ref,first_name,last_name,birth_date,"
    "sex,phone,email,language,notes,allergies,pick_up,tags,attributes.locker\n"
    "K-17,,,K-17-1,Марія,,14.05.2019,female,,,uk,,nuts,"
    "\"Ганна Коваль|067 765 43 21|grandmother;Петро Коваль\",,\n"
    ",OLENA@mail.example,,K-17-2,Іван,Коваль,2021-01-02,ч,,,,,,,,\n"
    ",,+77011234567,,Әсел,Сәрсенова,03/04/2018,қыз,,,kk,,,,,\n";

people::Import import_of(const std::string& csv, CentreId centre = {},
                         people::ImportKind kind = people::ImportKind::clients) {
  people::Import request;
  request.csv = csv;
  request.kind = kind;
  request.centre = centre;
  request.country_calling_code = "380";
  return request;
}

std::vector<std::string> told_of(const people::Imported& imported) {
  std::vector<std::string> errors;
  for (const people::RowError& error : imported.errors) {
    CHECK(error.message != "error." + error.reason);
    errors.push_back(std::to_string(error.line) + " " + error.column + " " + error.reason);
  }
  return errors;
}

using Errors = std::vector<std::string>;

}  // namespace

TEST_CASE("clients and children are imported", "[P10]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  Caller partner = desk.staff("Partner", centre);
  people::Imported clients = partner.run(import_of(clients_csv, centre));
  CHECK(told_of(clients).empty());
  CHECK(clients.rows == 2);
  CHECK(clients.added == 2);

  Page<people::Client> page = partner.run(people::Clients{.order = people::ClientOrder::newest});
  REQUIRE(page.items.size() == 2);
  const people::Client& olena = page.items[0];
  CHECK(olena.external_ref == "K-17");
  CHECK(olena.email == "olena@mail.example");
  CHECK(olena.phone == "+380671234567");
  CHECK(olena.birth_date == day(1988, 3, 14));
  CHECK(olena.sex == people::Sex::female);
  CHECK(olena.city == "Київ");
  CHECK(olena.language == "uk");
  CHECK(olena.registered_at == desk.clock.now());
  const people::Client& aigul = page.items[1];
  CHECK(aigul.birth_date == day(1990, 9, 7));
  CHECK(aigul.sex == people::Sex::female);
  CHECK(aigul.notes == "спина, \"нижня\"");
  CHECK(aigul.emergency_contact->phone == "+77015556677");
  CHECK(aigul.emergency_contact->relation == "husband");
  CHECK(aigul.attributes.at("locker") == "17");
  CHECK(aigul.registered_at == Instant{std::chrono::sys_days{day(2024, 9, 1)}});
  CHECK(partner.run(people::Tags{.client = olena.id}).centres[0].tags ==
        std::vector<std::string>{"VIP", "ранок"});

  people::Imported children =
      partner.run(import_of(children_csv, centre, people::ImportKind::children));
  CHECK(told_of(children).empty());
  CHECK(children.added == 3);
  std::vector<people::Relative> dependants =
      partner.run(people::Family{.client = olena.id}).dependants;
  REQUIRE(dependants.size() == 2);
  people::Client maria = partner.run(people::GetClient{.client = dependants[0].client}).client;
  CHECK(maria.last_name == "Коваль");
  CHECK(maria.allergies == "nuts");
  REQUIRE(maria.pick_up.size() == 2);
  CHECK(maria.pick_up[0].phone == "+380677654321");
  CHECK(maria.pick_up[0].relation == "grandmother");
  CHECK(maria.pick_up[1].name == "Петро Коваль");
  CHECK(dependants[1].birth_date == day(2021, 1, 2));
  CHECK(partner.run(people::Family{.client = aigul.id}).dependants[0].birth_date ==
        day(2018, 4, 3));

  auto told_events = events_of(partner, "people.clients_imported");
  REQUIRE(told_events.size() == 2);
  CHECK(told_events[0].centre == centre);
}

TEST_CASE("importing again adds nothing twice", "[P10]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  Caller host = desk.host();
  host.run(import_of(clients_csv, centre));
  host.run(import_of(children_csv, centre, people::ImportKind::children));
  people::Imported clients = host.run(import_of(clients_csv, centre));
  CHECK(clients.added == 0);
  CHECK(clients.already_present == 2);
  people::Imported children =
      host.run(import_of(children_csv, centre, people::ImportKind::children));
  CHECK(told_of(children).empty());
  CHECK(children.added == 0);
  CHECK(children.already_present == 3);
  CHECK(host.run(people::Clients{}).items.size() == 5);

  // Whoever registered before the business moved in is known by phone or address and name.
  people::Imported known = host.run(import_of(
      "first_name,last_name,phone\nКОВАЛЬ,Олена,+380 67 123 45 67\n", desk.centre("Two")));
  CHECK(known.already_present == 1);
  // The same phone under another name is somebody else.
  people::Imported other = host.run(import_of("first_name,phone\nТарас,0671234567\n"));
  CHECK(told_of(other) == Errors{"2 phone phone_taken"});
}

TEST_CASE("a registered client takes the key of an imported row", "[P10]") {
  TestDesk desk;
  auto customer = desk.customer("Olena");
  desk.host().run(import_of("external_ref,first_name,last_name,email\nK-1,Olena,Koval," +
                            customer.email + "\n"));
  CHECK(desk.host().run(people::GetClient{.client = customer.client}).client.external_ref == "K-1");
  people::Imported children = desk.host().run(
      import_of("guardian_ref,first_name\nK-1,Марія\n", {}, people::ImportKind::children));
  CHECK(children.added == 1);
  CHECK(customer.caller.run(people::Family{.client = customer.client}).dependants.size() == 1);
}

TEST_CASE("a child may stand in the file once for each guardian", "[P10]") {
  TestDesk desk;
  Caller host = desk.host();
  host.run(import_of("external_ref,first_name\nM,Olena\nF,Taras\n"));
  people::Imported children =
      host.run(import_of("guardian_ref,external_ref,first_name\nM,C,Марія\nF,C,Марія\n", {},
                         people::ImportKind::children));
  CHECK(children.added == 1);
  CHECK(children.already_present == 1);
  ClientId child = host.run(people::Clients{.external_ref = "C"}).items[0].id;
  CHECK(host.run(people::Family{.client = child}).guardians.size() == 2);
}

TEST_CASE("a bad row is left out and told, the others are kept", "[P10]") {
  TestDesk desk;
  Caller host = desk.host();
  const std::string csv =
      std::string() +
      "external_ref,first_name,last_name,phone,email,birth_date,sex,language,registered_on,tags,"
      "emergency_name,emergency_phone\n"
      "1,Good,One,,,,,,,,,\n"
      "2,,Nameless,,,,,,,,,\n"
      "3,Phone,,12,,,,,,,,\n"
      "4,Email,,,nobody,,,,,,,\n"
      "5,Date,,,,31.02.2019,,,,,,\n"
      "6,Future,,,,2031-01-01,,,,,,\n"
      "7,Sex,,,,,yes,,,,,\n"
      "8,Language,,,,,,??,,,,\n"
      "9,Registered,,,,,,,2031-01-01,,,\n"
      "10,Tags,,,,,,,,VIP,,\n"
      "11,Emergency,,,,,,,,,Mother,\n"
      "12,Long,,,,,,,,,,,more\n"
      "13,\"Quote\" here,,,,,,,,,,\n"
      "14," +
      std::string(101, 'x') + ",,,,,,,,,,\n" +
      "15,Twice,,0671112233,,,,,,,,\n"
      "16,Again,,+380671112233,,,,,,,,\n"
      "17,Last,One,,,,,,,,,\n";
  people::Imported imported = host.run(import_of(csv));
  CHECK(told_of(imported) == Errors{
                                 "3 first_name field_missing",
                                 "4 phone phone_malformed",
                                 "5 email email_malformed",
                                 "6 birth_date date_malformed",
                                 "7 birth_date birth_date_in_future",
                                 "8 sex sex_unknown",
                                 "9 language language_malformed",
                                 "10 registered_on date_in_future",
                                 "11 tags centre_needed",
                                 "12 emergency_phone field_missing",
                                 "13  row_too_long",
                                 "14  csv_malformed",
                                 "15 first_name length_out_of_range",
                                 "17 phone phone_taken",
                             });
  CHECK(imported.rows == 17);
  CHECK(imported.added == 3);
  CHECK(imported.refused == 14);
  CHECK(full_names(host.run(people::Clients{})) ==
        std::vector<std::string>{"Good One", "Last One", "Twice"});

  // The sentences come in the language of the call.
  people::Imported ukrainian =
      host.preview(import_of("first_name,sex\nX,yes\n"), {.language = "uk"});
  CHECK(ukrainian.errors[0].message.find("статі") != std::string::npos);
}

TEST_CASE("a preview tells the same and keeps nothing", "[P10][E3]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  people::Imported planned =
      desk.host().preview(import_of(std::string(clients_csv) + "K-19,,,,,,,,,,,,,,,,\n", centre));
  CHECK(planned.added == 2);
  CHECK(planned.refused == 1);
  CHECK(desk.host().run(people::Clients{}).items.empty());
  CHECK(events_of(desk.host(), "people.clients_imported").empty());
}

TEST_CASE("columns are named, mapped and checked", "[P10]") {
  TestDesk desk;
  Caller host = desk.host();
  auto refused = [&](const people::Import& request) { return told([&] { host.run(request); }); };
  Error misspelt = refusal([&] { host.run(import_of("first_nmae,last_name\nA,B\n")); });
  CHECK(misspelt.reason() == "column_misspelt");
  CHECK(std::get<std::string>(misspelt.details().at("nearest")) == "first_name");
  CHECK(refused(import_of("first_name,shoe_size_in_inches\nA,B\n")) ==
        "invalid/column_unknown at csv");
  CHECK(refused(import_of("first_name,FIRST_NAME\nA,B\n")) == "invalid/column_repeated at csv");
  CHECK(refused(import_of("last_name\nB\n")) == "invalid/column_missing at csv");
  CHECK(refused(import_of("first_name\nA\n", {}, people::ImportKind::children)) ==
        "invalid/column_missing at csv");
  CHECK(refused(import_of("")) == "invalid/csv_empty at csv");
  CHECK(refused(import_of("\"first_name\n")) == "invalid/csv_malformed");
  CHECK(refused(import_of("first_name\n\xFF\xFE")) == "invalid/utf8_invalid at csv");
  people::Import request = import_of("first_name\nA\n");
  request.country_calling_code = "UA";
  CHECK(refused(request) == "invalid/calling_code_malformed at country_calling_code");

  request = import_of("\xEF\xBB\xBFІм'я;Прізвище;Телефон;\nОлена;Коваль;067 123 45 67;\n");
  request.mapping = {{"first_name", "ім'я"}, {"last_name", "ПРІЗВИЩЕ"}, {"phone", "Телефон"}};
  CHECK(host.run(request).added == 1);
  CHECK(host.run(people::Clients{}).items[0].phone == "+380671234567");
  request.mapping["given_name"] = "x";
  CHECK(refused(request) == "invalid/column_unknown at mapping");
  request.mapping = {{"first_name", "ім'я"}, {"last_name", "Прізвище"}, {"phone", "Телефони"}};
  CHECK(refused(request) == "invalid/column_missing at mapping");
}

TEST_CASE("children need a guardian who is there", "[P10][P2]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  Caller partner = desk.staff("Partner", centre);
  people::Client foreign = desk.host().run(
      people::CreateClient{.first_name = "Foreign", .phone = "+380671234567", .external_ref = "F"});
  partner.run(import_of("external_ref,first_name,birth_date\nY,Young,2015-01-01\n", centre));
  people::Imported imported =
      partner.run(import_of("guardian_ref,guardian_phone,first_name\n"
                            "nobody,,A\n"
                            "F,,B\n"
                            ",067 123 45 67,C\n"
                            ",,D\n"
                            "Y,,E\n",
                            centre, people::ImportKind::children));
  CHECK(told_of(imported) == Errors{
                                 "2 guardian_ref guardian_not_found",
                                 "3 guardian_ref guardian_not_found",
                                 "4 guardian_phone guardian_not_found",
                                 "5 guardian_phone field_missing",
                                 "6 guardian guardian_too_young",
                             });
  // Knowing a phone does not make a stranger a client of the partner's.
  people::Imported clients = partner.run(import_of(
      "external_ref,first_name,phone\nF,Foreign,067 123 45 67\n,Foreign,067 123 45 67\n", centre));
  CHECK(told_of(clients) == Errors{"2 external_ref external_ref_taken", "3 phone phone_taken"});
  CHECK(told([&] { partner.run(people::GetClient{.client = foreign.id}); }) ==
        "not_found/client_not_found at client");
}

TEST_CASE("who may import", "[P10][A9]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  Caller partner = desk.staff("Partner", centre);
  CHECK(told([&] { partner.run(import_of("first_name\nA\n")); }) == "denied/permission_denied");
  CHECK(told([&] { partner.run(import_of("first_name\nA\n", desk.centre("Two"))); }) ==
        "not_found/centre_not_found at centre");
  CHECK(told([&] { desk.customer().caller.run(import_of("first_name\nA\n", centre)); }) ==
        "denied/permission_denied");
}

TEST_CASE("a long import goes on in steps and where it was stopped", "[P10][E2]") {
  TestDesk desk;
  std::string csv = "external_ref,first_name,notes\n";
  for (int i = 0; i < 3000; ++i) {
    csv += std::to_string(i) + ",Name" + std::to_string(i) + ",\"two\nlines\"\n";
  }
  int steps = 0;
  CallOptions options;
  options.idempotency_key = "monday";
  options.progress = [&](std::int64_t done, std::int64_t total) {
    CHECK(total == static_cast<std::int64_t>(csv.size()));
    CHECK(done <= total);
    return ++steps < 2;
  };
  try {
    desk.host().run(import_of(csv), options);
  } catch (const Error& error) {
    CHECK(error.code() == Code::cancelled);
  }
  std::int64_t first =
      static_cast<std::int64_t>(desk.host().run(people::Clients{.limit = 500}).items.size());
  CHECK(first > 0);
  desk.reopen();
  options.progress = {};
  people::Imported imported = desk.host().run(import_of(csv), options);
  CHECK(told_of(imported).empty());
  CHECK(imported.added == 3000);
  CHECK(imported.already_present == 0);
}
