#include "people_support.hpp"

#include <rapidcheck.h>

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

/// People with names as they come in Kyiv, Almaty and London.
void fill(TestDesk& desk) {
  struct Person {
    const char* first;
    const char* last;
    const char* phone;
    const char* email;
  };
  for (const Person& person : {
           Person{"Олена", "Коваль", "+380671234567", "olena@mail.example"},
           Person{"Ївга", "Щербак", "+380501112233", "yivha@mail.example"},
           Person{"Георгій", "Ґудзь", "+380632223344", "gudz@post.example"},
           Person{"Д’артаньян", "Зайченко", "+380931231212", "musketeer@mail.example"},
           Person{"Айгүл", "Сәрсенова", "+77011234567", "aigul@mail.example"},
           Person{"Әсел", "Қанатқызы", "+77024445566", "asel@post.example"},
           Person{"Ұлжан", "Өмірбек", "+77035556677", "ulzhan@mail.example"},
           Person{"José", "Núñez", "+447911123456", "jose@mail.example"},
           Person{"Siobhán", "O'Brien", "+442071838750", "siobhan@post.example"},
       }) {
    people::CreateClient request;
    request.first_name = person.first;
    request.last_name = person.last;
    request.phone = person.phone;
    request.email = person.email;
    desk.host().run(request);
  }
}

std::vector<std::string> found(TestDesk& desk, const std::string& search) {
  return full_names(desk.host().run(people::Clients{.search = search}));
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("search finds parts of names, whatever the case", "[P7][E18]") {
  TestDesk desk;
  fill(desk);
  struct Row {
    const char* search;
    Names names;
  };
  for (const Row& row : {
           Row{"коваль", {"Олена Коваль"}},
           Row{"КОВАЛЬ", {"Олена Коваль"}},
           Row{"лен вал", {"Олена Коваль"}},
           Row{"Коваль Олена", {"Олена Коваль"}},
           Row{"ЇВГА", {"Ївга Щербак"}},
           Row{"ґудзь", {"Георгій Ґудзь"}},
           Row{"ГЕОРГІЙ", {"Георгій Ґудзь"}},
           Row{"д'артаньян", {"Д’артаньян Зайченко"}},
           Row{"СӘРСЕН", {"Айгүл Сәрсенова"}},
           Row{"қанатҚЫЗЫ", {"Әсел Қанатқызы"}},
           Row{"ӨМІР", {"Ұлжан Өмірбек"}},
           Row{"ұлЖАН", {"Ұлжан Өмірбек"}},
           Row{"jose nunez", {"José Núñez"}},
           Row{"JOSÉ", {"José Núñez"}},
           Row{"siobhan", {"Siobhán O'Brien"}},
           Row{"коваль щербак", {}},
           Row{"%", {}},
           Row{"_", {}},
       }) {
    CAPTURE(row.search);
    CHECK(found(desk, row.search) == row.names);
  }
  // Ї and Й are letters, not accents of others.
  CHECK(found(desk, "івга").empty());
}

TEST_CASE("search finds parts of phones and addresses", "[P7]") {
  TestDesk desk;
  fill(desk);
  CHECK(found(desk, "067 123") == Names{"Олена Коваль"});
  CHECK(found(desk, "+380 (67) 123-45-67") == Names{"Олена Коваль"});
  CHECK(found(desk, "0671234567") == Names{"Олена Коваль"});
  CHECK(found(desk, "07911 123456") == Names{"José Núñez"});
  CHECK(found(desk, "ASEL@post") == Names{"Әсел Қанатқызы"});
  CHECK(found(desk, "post.example").size() == 3);
  CHECK(found(desk, "олена 067 123") == Names{"Олена Коваль"});
  CHECK(found(desk, "олена 067") == Names{"Олена Коваль"});
  CHECK(found(desk, "олена 050").empty());
}

TEST_CASE("whatever part of a name is looked for, its client is found", "[P7][E18]") {
  TestDesk desk;
  fill(desk);
  std::vector<people::Client> clients = desk.host().run(people::Clients{}).items;
  bool holds = rc::check("a part of a name finds it", [&] {
    const people::Client& client = *rc::gen::elementOf(clients);
    std::string name = *rc::gen::element(client.first_name, client.last_name);
    // Cut at the borders of code points.
    std::vector<std::size_t> borders;
    for (std::size_t i = 0; i <= name.size(); ++i) {
      if (i == name.size() || (name[i] & 0xC0) != 0x80) borders.push_back(i);
    }
    std::size_t start = *rc::gen::inRange<std::size_t>(0, borders.size() - 1);
    std::size_t end = *rc::gen::inRange<std::size_t>(start + 1, borders.size());
    std::string part = name.substr(borders[start], borders[end] - borders[start]);
    std::vector<ClientId> ids = ids_of(desk.host().run(people::Clients{.search = part}));
    RC_ASSERT(std::find(ids.begin(), ids.end(), client.id) != ids.end());
  });
  CHECK(holds);
}

TEST_CASE("lists are in the order of the dictionary", "[P7][E12][E18]") {
  TestDesk desk;
  for (const char* name : {"Яна", "ганна", "Ґалина", "Їжак", "Іван", "Зоя", "Єва", "Ева", "Анна"}) {
    client_of(desk, name);
  }
  CHECK(full_names(desk.host().run(people::Clients{})) ==
        Names{"Анна", "ганна", "Ґалина", "Ева", "Єва", "Зоя", "Іван", "Їжак", "Яна"});
}

TEST_CASE("clients are filtered and paged", "[P7][E12]") {
  TestDesk desk;
  Caller host = desk.host();
  CentreId centre = desk.centre();
  auto add = [&](const char* name, Date birth, people::Sex sex, const char* city, CentreId where) {
    return host
        .run(people::CreateClient{
            .centre = where, .first_name = name, .city = city, .sex = sex, .birth_date = birth})
        .id;
  };
  ClientId anna = add("Anna", day(2020, 2, 29), people::Sex::female, "Київ", centre);
  ClientId bohdan = add("Bohdan", day(2021, 6, 1), people::Sex::male, "КИЇВ", {});
  ClientId clara = add("Clara", day(1990, 1, 1), people::Sex::female, "Алматы", centre);
  using Ids = std::vector<ClientId>;
  auto ids = [&](const people::Clients& request) { return ids_of(host.run(request)); };
  CHECK(ids({.centre = centre}) == Ids{anna, clara});
  CHECK(ids({.city = "київ"}) == Ids{anna, bohdan});
  CHECK(ids({.sex = people::Sex::female}) == Ids{anna, clara});
  CHECK(ids({.order = people::ClientOrder::newest}) == Ids{clara, bohdan, anna});
  // On 28 February 2026 Anna is still 5, on 1 March 6.
  CHECK(ids({.age_least = 6, .age_most = 7, .on = day(2026, 2, 28)}).empty());
  CHECK(ids({.age_least = 6, .age_most = 7, .on = day(2026, 3, 1)}) == Ids{anna});
  CHECK(ids({.age_most = 5, .on = day(2026, 2, 28)}) == Ids{anna, bohdan});
  CHECK(ids({.age_least = 4, .on = day(2024, 2, 29)}) == Ids{anna, clara});
  CHECK(ids({.age_least = 18}) == Ids{clara});
  CHECK(ids({.has_account = true}).empty());
  ClientId olena = desk.customer("Olena").client;
  CHECK(ids({.has_account = true}) == Ids{olena});
  CHECK(ids({.has_account = false}) == Ids{anna, bohdan, clara});

  people::Clients page{.limit = 3};
  Page<people::Client> first = host.run(page);
  CHECK(ids_of(first) == Ids{anna, bohdan, clara});
  REQUIRE(first.next);
  client_of(desk, "Aaron");  // before the cursor: the second page does not mind
  page.cursor = first.next;
  Page<people::Client> second = host.run(page);
  CHECK(ids_of(second) == Ids{olena});
  CHECK_FALSE(second.next);
  page.cursor = "nonsense";
  CHECK(told([&] { host.run(page); }) == "invalid/cursor_malformed at cursor");
  page.cursor = first.next;
  page.city = "Київ";
  CHECK(told([&] { host.run(page); }) == "invalid/cursor_foreign at cursor");
}

TEST_CASE("a list shows only whom the caller may see", "[P7][P8][A9]") {
  TestDesk desk;
  CentreId one = desk.centre("One");
  CentreId two = desk.centre("Two");
  ClientId here = client_of(desk, "Here", "", one);
  client_of(desk, "There", "", two);
  Caller partner = desk.staff("Partner", one);
  CHECK(ids_of(partner.run(people::Clients{})) == std::vector<ClientId>{here});
  CHECK(ids_of(partner.run(people::Clients{.centre = one})) == std::vector<ClientId>{here});
  CHECK(told([&] { partner.run(people::Clients{.centre = two}); }) ==
        "not_found/centre_not_found at centre");
  CHECK(told([&] { desk.anonymous().run(people::Clients{}); }) ==
        "unauthenticated/sign_in_required");
}
