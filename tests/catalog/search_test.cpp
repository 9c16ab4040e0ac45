#include "support.hpp"

#include "storage/connection.hpp"
#include "storage/desk_state.hpp"
#include "storage/list.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

using Names = std::vector<std::string>;

Names names(const Page<catalog::Activity>& page) {
  Names found;
  for (const catalog::Activity& activity : page.items) found.push_back(activity.name);
  return found;
}

Date day(int year, unsigned month, unsigned number) {
  return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{number}};
}

}  // namespace

TEST_CASE("text is found whatever the case, the best match first", "[C7][E18]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  auto add = [&](const std::string& name, const std::string& description = "-") {
    host.run(catalog::CreateActivity{.centre = centre, .name = name, .description = description});
  };
  add("Аквааеробіка", "Плавання для всіх");
  add("Раннє плавання");
  add("Плавання");
  add("Плавання для малюків");
  add("Школа дельфінів, плавання й ігри");
  add("Без зв'язку");
  host.run(catalog::CreateActivity{
      .centre = centre,
      .name = "Тіні",
      .details = catalog::ActivityDetails{.director = "Параджанов", .cast = {"Миколайчук"}}});

  auto found = [&](const std::string& text) {
    return names(desk.anonymous().run(catalog::Activities{.search = text}));
  };
  CHECK(found("ПЛАВАННЯ") == Names{"Плавання", "Плавання для малюків", "Раннє плавання",
                                   "Школа дельфінів, плавання й ігри", "Аквааеробіка"});
  CHECK(found("малюків плавання") == Names{"Плавання для малюків"});
  CHECK(found("параджанов") == Names{"Тіні"});
  CHECK(found("МИКОЛАЙЧУК") == Names{"Тіні"});
  CHECK(found("немає такого").empty());
  CHECK(found("100%").empty());
  CHECK(found("_").empty());

  // Pages hold together under the rank.
  catalog::Activities page{.search = "плавання", .limit = 2};
  Names all;
  do {
    Page<catalog::Activity> part = desk.anonymous().run(page);
    for (const std::string& name : names(part)) all.push_back(name);
    page.cursor = part.next;
  } while (page.cursor);
  CHECK(all == found("плавання"));
  Error foreign = refusal([&] {
    std::optional<std::string> cursor =
        desk.anonymous().run(catalog::Activities{.search = "плавання", .limit = 2}).next;
    desk.anonymous().run(catalog::Activities{.search = "тіні", .cursor = cursor});
  });
  CHECK(foreign.reason() == "cursor_foreign");
  CHECK(refusal([&] {
          desk.anonymous().run(catalog::Activities{.cursor = "no cursor"});
        }).reason() == "cursor_malformed");
}

TEST_CASE("activities are found by where and what they are", "[C7]") {
  TestDesk desk;
  Caller host = desk.host();
  CentreId kyiv = desk.centre("Alpha");
  CentreId lviv =
      host.run(catalog::CreateCentre{
                   .name = "Beta", .city = "Львів", .zone = "Europe/Kyiv", .currency = "UAH"})
          .id;
  SectionId section = host.run(catalog::CreateSection{.centre = kyiv, .name = "S"}).id;
  CategoryId sport = host.run(catalog::CreateCategory{.name = "Sport"}).id;
  CategoryId water = host.run(catalog::CreateCategory{.parent = sport, .name = "Water"}).id;
  CategoryId music = host.run(catalog::CreateCategory{.name = "Music"}).id;
  AgeGroupId small =
      host.run(catalog::CreateAgeGroup{.name = "4–7", .min_age = 4, .max_age = 7}).id;
  host.run(catalog::CreateActivity{
      .centre = kyiv, .section = section, .name = "Football", .categories = {sport}});
  host.run(catalog::CreateActivity{
      .centre = lviv, .name = "Swimming", .categories = {water, music}, .age_group = small});
  host.run(catalog::CreateActivity{.centre = lviv,
                                   .kind = catalog::ActivityKind::film,
                                   .name = "Opera",
                                   .categories = {music},
                                   .min_age = 12,
                                   .external_ref = "O-1"});
  auto found = [&](const catalog::Activities& request) {
    return names(desk.anonymous().run(request));
  };
  CHECK(found({}) == Names{"Football", "Opera", "Swimming"});
  CHECK(found({.category = sport}) == Names{"Football", "Swimming"});
  CHECK(found({.category = water}) == Names{"Swimming"});
  CHECK(found({.category = music}) == Names{"Opera", "Swimming"});
  CHECK(found({.centre = kyiv}) == Names{"Football"});
  CHECK(found({.section = section}) == Names{"Football"});
  CHECK(found({.city = "ЛЬВІВ"}) == Names{"Opera", "Swimming"});
  CHECK(found({.kind = catalog::ActivityKind::film}) == Names{"Opera"});
  CHECK(found({.age_group = small}) == Names{"Swimming"});
  CHECK(found({.age = 7}) == Names{"Football", "Swimming"});
  CHECK(found({.age = 12}) == Names{"Football", "Opera"});
  CHECK(found({.age = 0}) == Names{"Football"});
  CHECK(found({.external_ref = "O-1"}) == Names{"Opera"});
  CHECK(found({.category = music, .city = "Львів", .age = 5}) == Names{"Swimming"});

  // Born on 3 March 2018: seven on the day before that in 2026, which is today.
  CHECK(found({.birth_date = day(2018, 3, 3)}) == Names{"Football", "Swimming"});
  CHECK(found({.birth_date = day(2018, 3, 2)}) == Names{"Football"});
  CHECK(refusal([&] { found({.age = 3, .birth_date = day(2018, 3, 3)}); }).reason() ==
        "age_or_birth_date");
  CHECK(refusal([&] { found({.birth_date = day(2027, 1, 1)}); }).reason() ==
        "birth_date_in_future");
  // An inactive centre takes what it offers along.
  host.run(catalog::UpdateCentre{.centre = lviv, .active = false});
  CHECK(found({}) == Names{"Football"});
}

TEST_CASE("activities are ordered by name, age of the entry, release or reviews", "[C7]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  auto add = [&](const std::string& name, std::optional<Date> release) {
    host.run(catalog::CreateActivity{.centre = centre, .name = name, .release_date = release});
  };
  add("Бета", day(1950, 1, 1));
  add("Альфа", day(2026, 5, 1));
  add("Gamma", std::nullopt);
  auto found = [&](catalog::ActivityOrder order) {
    catalog::Activities page{.order = order, .limit = 2};
    Page<catalog::Activity> first = desk.anonymous().run(page);
    page.cursor = first.next;
    Names all = names(first);
    for (const std::string& name : names(desk.anonymous().run(page))) all.push_back(name);
    return all;
  };
  CHECK(found(catalog::ActivityOrder::best) == Names{"Gamma", "Альфа", "Бета"});
  CHECK(found(catalog::ActivityOrder::name) == Names{"Gamma", "Альфа", "Бета"});
  CHECK(found(catalog::ActivityOrder::newest) == Names{"Gamma", "Альфа", "Бета"});
  CHECK(found(catalog::ActivityOrder::release) == Names{"Альфа", "Бета", "Gamma"});
  CHECK(found(catalog::ActivityOrder::rating) == Names{"Gamma", "Альфа", "Бета"});
}

namespace {

/// Stands for the area that knows of sessions.
void only_the_second(storage::Transaction&, storage::List& list, const void* request) {
  const auto& asked = *static_cast<const catalog::Activities*>(request);
  list.where("id = $", asked.free_places.value_or(2));
}
constexpr storage::Narrowing narrowings[] = {{"catalog.activities", only_the_second}};

}  // namespace

TEST_CASE("dates and free places are narrowed by the area that knows of sessions", "[C7]") {
  testing::TemporaryFolder folder;
  std::string path = folder.file("desk.db");
  {
    Desk desk = Desk::open(path);
    CentreId centre =
        desk.host()
            .run(catalog::CreateCentre{
                .name = "Alpha", .city = "Kyiv", .zone = "Europe/Kyiv", .currency = "UAH"})
            .id;
    desk.host().run(catalog::CreateActivity{.centre = centre, .name = "A", .max_age = 7});
    desk.host().run(catalog::CreateActivity{.centre = centre, .name = "B", .max_age = 7});
  }
  storage::DeskState desk{};
  storage::TopicVersions topics{};
  storage::Connection connection(path, storage::OpenMode::read_only);
  storage::Transaction transaction(connection, desk, topics);
  auto run = [&](const catalog::Activities& request) {
    Page<catalog::Activity> page;
    catalog::Activities::operation.handle(transaction, &request, &page, nullptr);
    return names(page);
  };
  // Nothing plans sessions, so there are none on any day.
  CHECK(run({.date = day(2026, 3, 2)}).empty());
  CHECK(run({.free_places = 1}).empty());
  desk.hooks.narrowings = narrowings;
  CHECK(run({.date = day(2026, 3, 2)}) == Names{"B"});
  CHECK(run({.free_places = 1}) == Names{"A"});
  // The age is that on the day asked for.
  CHECK(run({.birth_date = day(2018, 3, 3), .date = day(2026, 3, 2)}) == Names{"B"});
  CHECK(run({.birth_date = day(2018, 3, 2), .date = day(2026, 3, 2)}).empty());
}
