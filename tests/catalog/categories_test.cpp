#include "support.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

using Names = std::vector<std::string>;

Names names(const Page<catalog::Category>& page) {
  Names found;
  for (const catalog::Category& category : page.items) {
    found.push_back(std::string(static_cast<std::size_t>(category.depth), '.') + category.name);
  }
  return found;
}

CategoryId category(TestDesk& desk, const std::string& name, CategoryId parent = {},
                    std::optional<std::int64_t> position = {}) {
  return desk.host()
      .run(catalog::CreateCategory{.parent = parent, .name = name, .position = position})
      .id;
}

}  // namespace

TEST_CASE("categories are a tree in order", "[C3][E12]") {
  TestDesk desk;
  CategoryId sport = category(desk, "Sport");
  CategoryId film = category(desk, "Кіно");
  CategoryId swim = category(desk, "Swimming", sport);
  category(desk, "Football", sport, 1);
  CategoryId comedy = category(desk, "Комедія", film);  // a genre
  category(desk, "Music", {}, 2);
  category(desk, "Diving", swim, 99);

  Caller anyone = desk.anonymous();
  CHECK(names(anyone.run(catalog::Categories{})) ==
        Names{"Sport", ".Football", ".Swimming", "..Diving", "Music", "Кіно", ".Комедія"});
  CHECK(names(anyone.run(catalog::Categories{.parent = sport})) == Names{".Football", ".Swimming"});
  CHECK(names(anyone.run(catalog::Categories{.within = sport})) ==
        Names{"Sport", ".Football", ".Swimming", "..Diving"});
  CHECK(names(anyone.run(catalog::Categories{.top = true})) == Names{"Sport", "Music", "Кіно"});
  CHECK(names(anyone.run(catalog::Categories{.search = "КОМ"})) == Names{".Комедія"});

  catalog::Categories page{.limit = 4};
  Page<catalog::Category> first = anyone.run(page);
  REQUIRE(first.next);
  page.cursor = first.next;
  CHECK(names(anyone.run(page)) == Names{"Music", "Кіно", ".Комедія"});

  catalog::Category changed = desk.host().run(catalog::UpdateCategory{
      .category = comedy, .version = 1, .name = "Comedy", .external_ref = "K-1"});
  CHECK(changed.version == 2);
  CHECK(changed.parent == film);
  CHECK(names(anyone.run(catalog::Categories{.external_ref = "K-1"})) == Names{".Comedy"});
}

TEST_CASE("a category moves with all below it, and never below itself", "[C3]") {
  TestDesk desk;
  CategoryId a = category(desk, "A");
  CategoryId b = category(desk, "B");
  CategoryId c = category(desk, "C", a);
  category(desk, "D", c);
  Caller host = desk.host();

  catalog::Category moved =
      host.run(catalog::MoveCategory{.category = c, .version = 1, .parent = b});
  CHECK(moved.version == 2);
  CHECK(moved.parent == b);
  CHECK(moved.position == 1);
  CHECK(moved.depth == 1);
  CHECK(names(host.run(catalog::Categories{})) == Names{"A", "B", ".C", "..D"});
  host.run(catalog::MoveCategory{.category = c, .position = 1});
  CHECK(names(host.run(catalog::Categories{})) == Names{"C", ".D", "A", "B"});
  host.run(catalog::MoveCategory{.category = a, .position = 3});
  CHECK(names(host.run(catalog::Categories{})) == Names{"C", ".D", "B", "A"});

  auto refused = [&](const catalog::MoveCategory& request) {
    return refusal([&] { host.run(request); });
  };
  CategoryId d = host.run(catalog::Categories{.parent = c}).items.at(0).id;
  Error cycle = refused({.category = c, .parent = d});
  CHECK(cycle.code() == Code::conflict);
  CHECK(cycle.reason() == "category_cycle");
  CHECK(cycle.message() == "A category cannot stand below itself. Choose another parent.");
  CHECK(refused({.category = c, .parent = c}).reason() == "category_cycle");
  CHECK(refused({.category = CategoryId{99}}).reason() == "category_not_found");
  Error no_parent = refused({.category = c, .parent = CategoryId{99}});
  CHECK(no_parent.reason() == "category_not_found");
  CHECK(no_parent.field() == "parent");
  CHECK(refused({.category = c, .version = 1, .parent = a}).reason() == "version_outdated");
  category(desk, "c", a);
  CHECK(refused({.category = c, .parent = a}).reason() == "category_name_taken");
  CHECK(host.run(upkeep::Check{}).problems.empty());
}

TEST_CASE("the tree is no deeper than the setting allows", "[C3]") {
  TestDesk desk;
  desk.host().run(upkeep::ChangeSetting{.name = "catalog.category_levels_max", .value = 3});
  CategoryId one = category(desk, "1");
  CategoryId two = category(desk, "2", one);
  CategoryId three = category(desk, "3", two);
  Error deep = refusal([&] { category(desk, "4", three); });
  CHECK(deep.reason() == "category_too_deep");
  CHECK(deep.message() == "The tree of categories has at most 3 levels. Choose a higher place.");
  CategoryId other = category(desk, "other");
  category(desk, "below", other);
  CHECK(refusal([&] {
          desk.host().run(catalog::MoveCategory{.category = other, .parent = two});
        }).reason() == "category_too_deep");
  CHECK(desk.host().run(catalog::MoveCategory{.category = other, .parent = one}).depth == 1);
}

TEST_CASE("categories that cannot be are refused", "[C3][E13]") {
  TestDesk desk;
  CategoryId sport = category(desk, "Sport");
  desk.host().run(catalog::CreateCategory{.parent = sport, .name = "Swim", .external_ref = "K-1"});
  auto refused = [&](const catalog::CreateCategory& request) {
    return refusal([&] { desk.host().run(request); });
  };
  Error taken = refused({.name = "SPORT"});
  CHECK(taken.reason() == "category_name_taken");
  CHECK(taken.message() == "There is a category of this name in the same place already.");
  CHECK(category(desk, "Swim"));  // in another place
  CHECK(refused({.name = "X", .external_ref = "K-1"}).reason() == "external_ref_taken");
  CHECK(refused({.name = " "}).reason() == "field_missing");
  CHECK(refused({.name = "X", .position = 0}).reason() == "out_of_range");
  CHECK(refused({.parent = CategoryId{99}, .name = "X"}).reason() == "category_not_found");
  CHECK(refusal([&] {
          desk.host().run(catalog::UpdateCategory{.category = sport, .version = 8, .name = "X"});
        }).reason() == "version_outdated");
  CHECK(refusal([&] {
          desk.host().run(catalog::UpdateCategory{.category = sport, .name = std::nullopt});
        }).reason() == "field_missing");
}

TEST_CASE("a category is archived once none stands below it", "[C3][C9]") {
  TestDesk desk;
  CategoryId sport = category(desk, "Sport");
  CategoryId music = category(desk, "Music");
  CategoryId swim = category(desk, "Swim", sport);
  Caller host = desk.host();
  Error children = refusal([&] { host.run(catalog::ArchiveCategory{.category = sport}); });
  CHECK(children.reason() == "category_has_children");
  host.run(catalog::ArchiveCategory{.category = swim, .version = 1});
  CHECK(host.run(catalog::ArchiveCategory{.category = sport}).archived_at == desk.clock.now());
  CHECK(refusal([&] { host.run(catalog::ArchiveCategory{.category = sport}); }).reason() ==
        "category_archived");
  CHECK(refusal([&] {
          host.run(catalog::UpdateCategory{.category = sport, .name = "X"});
        }).reason() == "category_archived");
  CHECK(refusal([&] { host.run(catalog::MoveCategory{.category = sport}); }).reason() ==
        "category_archived");
  CHECK(refusal([&] { category(desk, "New", sport); }).reason() == "category_archived");

  CHECK(names(desk.anonymous().run(catalog::Categories{})) == Names{"Music"});
  CHECK(host.run(catalog::Categories{}).items.at(0).position == 1);
  CHECK(desk.anonymous().run(catalog::Categories{.archived = true}).items.empty());
  CHECK(host.run(catalog::Categories{.archived = true}).items.size() == 2);

  CHECK(refusal([&] { host.run(catalog::RestoreCategory{.category = swim}); }).reason() ==
        "category_archived");
  CHECK(refusal([&] { host.run(catalog::RestoreCategory{.category = music}); }).reason() ==
        "category_in_use");
  CategoryId other = category(desk, "Sport", {}, 1);
  CHECK(refusal([&] { host.run(catalog::RestoreCategory{.category = sport}); }).reason() ==
        "category_name_taken");
  host.run(catalog::ArchiveCategory{.category = other});
  CHECK(host.run(catalog::RestoreCategory{.category = sport}).position == 2);
  host.run(catalog::RestoreCategory{.category = swim});
  CHECK(names(host.run(catalog::Categories{})) == Names{"Music", "Sport", ".Swim"});
  CHECK(host.run(upkeep::Check{}).problems.empty());
}

TEST_CASE("categories are of the whole platform", "[C3][A9]") {
  TestDesk desk;
  Caller partner = desk.staff("Partner", desk.centre("Alpha"));
  CHECK(refusal([&] { partner.run(catalog::CreateCategory{.name = "X"}); }).reason() ==
        "permission_denied");
  CategoryId sport = desk.admin().run(catalog::CreateCategory{.name = "Sport"}).id;
  CHECK(refusal([&] { partner.run(catalog::ArchiveCategory{.category = sport}); }).reason() ==
        "permission_denied");
  CHECK(partner.run(catalog::Categories{}).items.size() == 1);
}

TEST_CASE("age groups are named ranges of whole years", "[C4]") {
  TestDesk desk;
  Caller host = desk.host();
  catalog::AgeGroup small =
      host.run(catalog::CreateAgeGroup{.name = " 4–7 ", .min_age = 4, .max_age = 7});
  CHECK(small.name == "4–7");
  CHECK(small.version == 1);
  host.run(catalog::CreateAgeGroup{.name = "18+", .min_age = 18, .external_ref = "A-1"});
  host.run(catalog::CreateAgeGroup{.name = "0–3", .max_age = 3});
  auto listed = [&](const catalog::AgeGroups& request) {
    std::vector<std::string> found;
    for (const auto& group : desk.anonymous().run(request).items) found.push_back(group.name);
    return found;
  };
  using Names = std::vector<std::string>;
  CHECK(listed({}) == Names{"0–3", "4–7", "18+"});
  CHECK(listed({.age = 7}) == Names{"4–7"});
  CHECK(listed({.age = 99}) == Names{"18+"});
  CHECK(listed({.age = 8}).empty());
  CHECK(listed({.external_ref = "A-1"}) == Names{"18+"});
  Page<catalog::AgeGroup> first = host.run(catalog::AgeGroups{.limit = 2});
  REQUIRE(first.next);
  CHECK(listed({.cursor = first.next, .limit = 2}) == Names{"18+"});

  auto refused = [&](const catalog::CreateAgeGroup& request) {
    return refusal([&] { host.run(request); });
  };
  CHECK(refused({.name = "4–7"}).reason() == "age_group_name_taken");
  CHECK(refused({.name = "X", .min_age = 8, .max_age = 7}).reason() == "ages_reversed");
  CHECK(refused({.name = "X", .min_age = -1}).reason() == "out_of_range");
  CHECK(refused({.name = "X", .max_age = 151}).reason() == "out_of_range");
  CHECK(refused({.name = " "}).reason() == "field_missing");
  CHECK(refused({.name = "X", .external_ref = "A-1"}).reason() == "external_ref_taken");

  CHECK(host.run(catalog::UpdateAgeGroup{
                     .age_group = small.id, .version = 1, .name = "4–8", .max_age = 8})
            .max_age == 8);
  CHECK(refusal([&] {
          host.run(catalog::UpdateAgeGroup{.age_group = small.id, .version = 1, .max_age = 9});
        }).reason() == "version_outdated");
  CHECK(refusal([&] {
          host.run(catalog::UpdateAgeGroup{.age_group = small.id, .min_age = 9});
        }).reason() == "ages_reversed");
  CHECK(refusal([&] {
          host.run(catalog::UpdateAgeGroup{.age_group = AgeGroupId{99}, .min_age = 9});
        }).reason() == "age_group_not_found");
  CHECK(refusal([&] {
          desk.staff("Partner", desk.centre("Alpha")).run(catalog::CreateAgeGroup{.name = "X"});
        }).reason() == "permission_denied");
}

TEST_CASE("an age group is archived and taken back", "[C4][C9]") {
  TestDesk desk;
  Caller host = desk.host();
  AgeGroupId group =
      host.run(catalog::CreateAgeGroup{.name = "4–7", .min_age = 4, .max_age = 7}).id;
  CHECK(refusal([&] { host.run(catalog::RestoreAgeGroup{.age_group = group}); }).reason() ==
        "age_group_in_use");
  host.run(catalog::ArchiveAgeGroup{.age_group = group});
  CHECK(refusal([&] { host.run(catalog::ArchiveAgeGroup{.age_group = group}); }).reason() ==
        "age_group_archived");
  CHECK(refusal([&] {
          host.run(catalog::UpdateAgeGroup{.age_group = group, .max_age = 9});
        }).reason() == "age_group_archived");
  CHECK(desk.anonymous().run(catalog::AgeGroups{}).items.empty());
  CHECK(desk.anonymous().run(catalog::AgeGroups{.archived = true}).items.empty());
  CHECK(host.run(catalog::AgeGroups{.archived = true}).items.size() == 1);
  AgeGroupId other = host.run(catalog::CreateAgeGroup{.name = "4–7"}).id;
  CHECK(refusal([&] { host.run(catalog::RestoreAgeGroup{.age_group = group}); }).reason() ==
        "age_group_name_taken");
  host.run(catalog::ArchiveAgeGroup{.age_group = other});
  CHECK(host.run(catalog::RestoreAgeGroup{.age_group = group}).version == 3);
}
