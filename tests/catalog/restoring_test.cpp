#include "support.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

TEST_CASE("an archived centre is taken back, inactive at first", "[C1][C9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  Error in_use = refusal([&] { host.run(catalog::RestoreCentre{.centre = centre}); });
  CHECK(in_use.code() == Code::conflict);
  CHECK(in_use.reason() == "centre_in_use");
  CHECK(in_use.message() == "The centre is not archived.");
  host.run(catalog::ArchiveCentre{.centre = centre});
  CHECK(refusal([&] {
          host.run(catalog::RestoreCentre{.centre = centre, .version = 1});
        }).reason() == "version_outdated");
  catalog::Centre restored = host.run(catalog::RestoreCentre{.centre = centre, .version = 2});
  CHECK_FALSE(restored.archived_at);
  CHECK_FALSE(restored.active);
  CHECK(restored.version == 3);
  CHECK(desk.anonymous().run(catalog::Centres{}).items.empty());
  host.run(catalog::UpdateCentre{.centre = centre, .active = true});
  CHECK(desk.anonymous().run(catalog::Centres{}).items.size() == 1);
  CHECK(refusal([&] {
          desk.staff("Partner", desk.centre("Beta")).run(catalog::RestoreCentre{.centre = centre});
        }).reason() == "centre_not_found");
}

TEST_CASE("an archived section is taken back while its name is free", "[C1][C9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  SectionId section = host.run(catalog::CreateSection{.centre = centre, .name = "Ballet"}).id;
  CHECK(refusal([&] { host.run(catalog::RestoreSection{.section = section}); }).reason() ==
        "section_in_use");
  host.run(catalog::ArchiveSection{.section = section});
  SectionId other = host.run(catalog::CreateSection{.centre = centre, .name = "BALLET"}).id;
  CHECK(refusal([&] { host.run(catalog::RestoreSection{.section = section}); }).reason() ==
        "section_name_taken");
  host.run(catalog::ArchiveSection{.section = other});
  CHECK(refusal([&] {
          host.run(catalog::RestoreSection{.section = section, .version = 1});
        }).reason() == "version_outdated");
  CHECK(host.run(catalog::RestoreSection{.section = section}).version == 3);
  host.run(catalog::ArchiveSection{.section = section});
  host.run(catalog::ArchiveCentre{.centre = centre});
  CHECK(refusal([&] { host.run(catalog::RestoreSection{.section = section}); }).reason() ==
        "centre_archived");
  Caller partner = desk.staff("Partner", desk.centre("Beta"));
  CHECK(refusal([&] { partner.run(catalog::RestoreSection{.section = section}); }).reason() ==
        "section_not_found");
}

TEST_CASE("what refers to the archived stays whole", "[C9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  SectionId section = host.run(catalog::CreateSection{.centre = centre, .name = "S"}).id;
  CategoryId category = host.run(catalog::CreateCategory{.name = "Sport"}).id;
  ActivityId activity =
      host.run(catalog::CreateActivity{
                   .centre = centre, .section = section, .name = "A", .categories = {category}})
          .id;
  host.run(catalog::ArchiveSection{.section = section});
  host.run(catalog::ArchiveCategory{.category = category});
  catalog::Activity changed = host.run(catalog::UpdateActivity{.activity = activity, .name = "B"});
  CHECK(changed.section == section);
  CHECK(changed.categories == std::vector<CategoryId>{category});
  CHECK(host.run(catalog::Activities{.category = category}).items.size() == 1);
  CHECK(host.run(upkeep::Check{}).problems.empty());
}
