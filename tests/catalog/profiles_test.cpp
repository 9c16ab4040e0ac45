#include "support.hpp"

#include "catalog/profiles.hpp"
#include "engine/lists.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

std::int64_t waiver_required(TestDesk& desk, CentreId centre) {
  for (const auto& setting : desk.host().run(upkeep::Settings{.centre = centre}).items) {
    if (setting.name == "people.waiver_required") return setting.value;
  }
  FAIL("no such setting");
  return -1;
}

}  // namespace

TEST_CASE("presets name settings that a centre may have, with values in range", "[C1]") {
  for (const catalog::Preset& preset : catalog::presets()) {
    INFO(preset.setting);
    const storage::Setting* found = nullptr;
    for (const storage::Setting* setting : engine::settings()) {
      if (setting->name == preset.setting) found = setting;
    }
    REQUIRE(found != nullptr);
    CHECK(found->per_centre);
    CHECK(preset.value >= found->lowest);
    CHECK(preset.value <= found->highest);
  }
}

TEST_CASE("a profile is a preset of settings for one centre", "[C1]") {
  TestDesk desk;
  CentreId kids = desk.centre("Alpha");
  CentreId other = desk.centre("Beta");
  CHECK(waiver_required(desk, kids) == 0);

  catalog::AppliedProfile applied =
      desk.host().run(catalog::ApplyProfile{.centre = kids, .profile = catalog::Profile::kids});
  CHECK(applied.centre.profile == catalog::Profile::kids);
  CHECK(applied.centre.version == 2);
  REQUIRE_FALSE(applied.settings.empty());
  CHECK(applied.settings[0].name == "people.waiver_required");
  CHECK(applied.settings[0].value == 1);
  CHECK(waiver_required(desk, kids) == 1);
  CHECK(waiver_required(desk, other) == 0);

  // It is a preset and no more: a setting may be changed afterwards, and the next profile sets its
  // own.
  desk.host().run(
      upkeep::ChangeSetting{.name = "people.waiver_required", .centre = kids, .value = 0});
  CHECK(waiver_required(desk, kids) == 0);
  CHECK(desk.host().run(catalog::GetCentre{.centre = kids}).profile == catalog::Profile::kids);
  desk.host().run(catalog::ApplyProfile{.centre = kids, .profile = catalog::Profile::cinema});
  CHECK(desk.host().run(catalog::GetCentre{.centre = kids}).profile == catalog::Profile::cinema);
}

TEST_CASE("a centre may be entered with its profile", "[C1]") {
  TestDesk desk;
  catalog::Centre made = desk.host().run(catalog::CreateCentre{.name = "Alpha",
                                                               .city = "Kyiv",
                                                               .zone = "Europe/Kyiv",
                                                               .currency = "UAH",
                                                               .profile = catalog::Profile::kids});
  CHECK(made.profile == catalog::Profile::kids);
  CHECK(desk.host().run(catalog::GetCentre{.centre = made.id}).profile == catalog::Profile::kids);
  CHECK(waiver_required(desk, made.id) == 1);
}

TEST_CASE("a profile is applied by who manages the centre, while it is in use", "[C1][A9]") {
  TestDesk desk;
  CentreId own = desk.centre("Alpha");
  CentreId foreign = desk.centre("Beta");
  Caller partner = desk.staff("Partner", own);
  partner.run(catalog::ApplyProfile{.centre = own, .profile = catalog::Profile::studio});
  CHECK(refusal([&] { partner.run(catalog::ApplyProfile{.centre = foreign}); }).reason() ==
        "centre_not_found");
  desk.host().run(catalog::ArchiveCentre{.centre = own});
  CHECK(refusal([&] { desk.host().run(catalog::ApplyProfile{.centre = own}); }).reason() ==
        "centre_archived");
  CHECK(refusal([&] {
          desk.host().call("catalog.apply_profile", R"({"centre": 2, "profile": "zoo"})");
        }).reason() == "enum_unknown");
}
