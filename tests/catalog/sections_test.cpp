#include "support.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

std::vector<std::string> names(const Page<catalog::Section>& page) {
  std::vector<std::string> found;
  for (const catalog::Section& section : page.items) found.push_back(section.name);
  return found;
}

}  // namespace

TEST_CASE("a centre has sections", "[C1]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  CentreId other = desk.centre("Beta");
  catalog::Section made = desk.host().run(catalog::CreateSection{
      .centre = centre, .name = " Плавання ", .description = "Басейн", .external_ref = "S-1"});
  CHECK(made.version == 1);
  CHECK(made.name == "Плавання");
  desk.host().run(catalog::CreateSection{.centre = centre, .name = "Балет"});
  desk.host().run(
      catalog::CreateSection{.centre = other, .name = "Плавання"});  // of another centre

  using Names = std::vector<std::string>;
  CHECK(names(desk.anonymous().run(catalog::Sections{.centre = centre})) ==
        Names{"Балет", "Плавання"});
  CHECK(desk.anonymous().run(catalog::Sections{}).items.size() == 3);
  CHECK(names(desk.anonymous().run(catalog::Sections{.search = "ПЛАВ"})).size() == 2);

  catalog::Section changed = desk.host().run(catalog::UpdateSection{
      .section = made.id, .version = 1, .name = "Стрибки у воду", .description = std::nullopt});
  CHECK(changed.version == 2);
  CHECK_FALSE(changed.description);
  CHECK(changed.external_ref == "S-1");
  CHECK(names(desk.anonymous().run(catalog::Sections{.centre = centre, .search = "вод"})) ==
        Names{"Стрибки у воду"});

  catalog::Sections page{.limit = 2};
  Page<catalog::Section> first = desk.anonymous().run(page);
  REQUIRE(first.next);
  page.cursor = first.next;
  CHECK(names(desk.anonymous().run(page)) == Names{"Плавання"});
}

TEST_CASE("sections that cannot be are refused", "[C1][E13]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  SectionId section =
      desk.host()
          .run(catalog::CreateSection{.centre = centre, .name = "Ballet", .external_ref = "S-1"})
          .id;
  auto refused = [&](const catalog::CreateSection& request) {
    return refusal([&] { desk.host().run(request); });
  };
  Error taken = refused({.centre = centre, .name = "BALLET"});
  CHECK(taken.code() == Code::conflict);
  CHECK(taken.reason() == "section_name_taken");
  CHECK(taken.field() == "name");
  CHECK(refused({.centre = centre, .name = "Opera", .external_ref = "S-1"}).reason() ==
        "external_ref_taken");
  CHECK(refused({.centre = centre, .name = "  "}).reason() == "field_missing");
  CHECK(refused({.centre = CentreId{99}, .name = "Opera"}).reason() == "centre_not_found");
  CHECK(refusal([&] {
          desk.host().run(catalog::UpdateSection{.section = section, .version = 7, .name = "X"});
        }).reason() == "version_outdated");
  CHECK(refusal([&] {
          desk.host().run(catalog::UpdateSection{.section = section, .name = std::nullopt});
        }).reason() == "field_missing");
  // Its own name is not taken by another.
  CHECK(desk.host().run(catalog::UpdateSection{.section = section, .name = "ballet"}).name ==
        "ballet");

  desk.host().run(catalog::ArchiveCentre{.centre = centre});
  CHECK(refused({.centre = centre, .name = "Opera"}).reason() == "centre_archived");
  CHECK(desk.anonymous().run(catalog::Sections{}).items.empty());
}

TEST_CASE("an archived section makes room for its name", "[C1][C9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  SectionId section =
      desk.host().run(catalog::CreateSection{.centre = centre, .name = "Ballet"}).id;
  catalog::Section archived = desk.host().run(catalog::ArchiveSection{.section = section});
  CHECK(archived.archived_at == desk.clock.now());
  CHECK(refusal([&] { desk.host().run(catalog::ArchiveSection{.section = section}); }).reason() ==
        "section_archived");
  CHECK(refusal([&] {
          desk.host().run(catalog::UpdateSection{.section = section, .name = "Opera"});
        }).reason() == "section_archived");
  desk.host().run(catalog::CreateSection{.centre = centre, .name = "Ballet"});
  CHECK(desk.anonymous().run(catalog::Sections{}).items.size() == 1);
  CHECK(desk.host().run(catalog::Sections{.archived = true}).items.size() == 1);
  CHECK(desk.anonymous().run(catalog::Sections{.archived = true}).items.empty());
}

TEST_CASE("sections are changed by who manages their centre", "[C1][A9]") {
  TestDesk desk;
  CentreId own = desk.centre("Alpha");
  CentreId foreign = desk.centre("Beta");
  Caller partner = desk.staff("Partner", own);
  SectionId mine = partner.run(catalog::CreateSection{.centre = own, .name = "Ballet"}).id;
  SectionId theirs = desk.host().run(catalog::CreateSection{.centre = foreign, .name = "Opera"}).id;

  CHECK(partner.run(catalog::UpdateSection{.section = mine, .name = "Dance"}).version == 2);
  CHECK(refusal([&] {
          partner.run(catalog::CreateSection{.centre = foreign, .name = "Dance"});
        }).reason() == "centre_not_found");
  Error stranger =
      refusal([&] { partner.run(catalog::UpdateSection{.section = theirs, .name = "Dance"}); });
  Error missing = refusal(
      [&] { partner.run(catalog::UpdateSection{.section = SectionId{999}, .name = "Dance"}); });
  CHECK(stranger.code() == Code::not_found);
  CHECK(stranger.reason() == "section_not_found");
  CHECK(stranger.message() == missing.message());
  CHECK(refusal([&] { partner.run(catalog::ArchiveSection{.section = theirs}); }).reason() ==
        "section_not_found");
  CHECK(refusal([&] {
          desk.customer().caller.run(catalog::ArchiveSection{.section = mine});
        }).code() == Code::denied);

  // Of an inactive centre only who manages it sees them.
  partner.run(catalog::UpdateCentre{.centre = own, .active = false});
  CHECK(names(desk.anonymous().run(catalog::Sections{})) == std::vector<std::string>{"Opera"});
  CHECK(partner.run(catalog::Sections{}).items.size() == 2);
}
