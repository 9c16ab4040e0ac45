#include "support.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

struct World {
  TestDesk desk{};
  Caller host = desk.host();
  CentreId centre = desk.centre("Alpha");
  CentreId other = desk.centre("Beta");
  SectionId dance = section(centre, "Dance");
  SectionId sport = section(centre, "Sport");
  SectionId foreign = section(other, "Dance");
  ActivityId ballet = activity(dance, "Ballet");
  ActivityId football = activity(sport, "Football");
  ActivityId loose = activity({}, "Open day");

  SectionId section(CentreId of, const std::string& name) {
    return host.run(catalog::CreateSection{.centre = of, .name = name}).id;
  }
  ActivityId activity(SectionId of, const std::string& name) {
    return host
        .run(
            catalog::CreateActivity{.centre = centre, .section = of, .name = name, .active = false})
        .id;
  }
  /// Somebody who is a partner for one section only.
  TestDesk::Customer partner_of(SectionId of) {
    TestDesk::Customer person = desk.customer();
    for (const auto& grant : host.run(access::RoleGrants{.account = person.account}).items) {
      host.run(access::RevokeRole{.grant = grant.id});
    }
    host.run(access::GrantRole{
        .account = person.account, .role = access::partner_role, .centre = centre, .section = of});
    return person;
  }
};

}  // namespace

TEST_CASE("a role for a section reaches the section's activities and no more", "[C1][A7][A9]") {
  World world;
  Caller partner = world.partner_of(world.dance).caller;
  CHECK(partner.run(catalog::UpdateActivity{.activity = world.ballet, .name = "Dance"}).version ==
        2);
  ActivityId own = partner
                       .run(catalog::CreateActivity{
                           .centre = world.centre, .section = world.dance, .name = "Tango"})
                       .id;
  partner.run(catalog::ArchiveActivity{.activity = own});
  partner.run(catalog::RestoreActivity{.activity = own});
  auto refused = [&](const std::function<void()>& action) { return refusal(action).reason(); };
  for (ActivityId activity : {world.football, world.loose, ActivityId{999}}) {
    CHECK(refused([&] {
            partner.run(catalog::UpdateActivity{.activity = activity, .name = "X"});
          }) == "activity_not_found");
  }
  CHECK(refused([&] {
          partner.run(catalog::CreateActivity{.centre = world.centre, .name = "X"});
        }) == "centre_not_found");
  CHECK(refused([&] {
          partner.run(
              catalog::CreateActivity{.centre = world.other, .section = world.dance, .name = "X"});
        }) == "section_not_found");
  // Nor may an activity leave the section.
  CHECK(refused([&] {
          partner.run(catalog::UpdateActivity{.activity = world.ballet, .section = world.sport});
        }) == "section_not_found");
  CHECK(refused([&] {
          partner.run(catalog::UpdateActivity{.activity = world.ballet, .section = std::nullopt});
        }) == "section_not_found");
  CHECK(refused([&] {
          partner.run(catalog::CreateRoom{.centre = world.centre, .name = "X", .capacity = 1});
        }) == "centre_not_found");
  CHECK(refused([&] {
          partner.run(catalog::UpdateSection{.section = world.dance, .name = "X"});
        }) == "section_not_found");
  CHECK(refused([&] { partner.run(catalog::UpdateCentre{.centre = world.centre, .name = "X"}); }) ==
        "centre_not_found");
  CHECK(partner.run(people::Clients{}).items.empty());

  // Lists: what is not active is seen within the section only.
  Page<catalog::Activity> seen = partner.run(catalog::Activities{});
  REQUIRE(seen.items.size() == 2);
  for (const catalog::Activity& activity : seen.items) CHECK(activity.section == world.dance);
  CHECK(partner.run(catalog::GetActivity{.activity = world.ballet}).name == "Dance");
  CHECK(refused([&] { partner.run(catalog::GetActivity{.activity = world.football}); }) ==
        "activity_not_found");
}

TEST_CASE("a role for a section is told, kept apart and given with care", "[C1][A7][A8]") {
  World world;
  TestDesk::Customer person = world.partner_of(world.dance);
  access::Identity identity = person.caller.run(access::Whoami{});
  REQUIRE(identity.roles.size() == 1);
  CHECK(identity.roles[0].section == world.dance);
  for (const access::HeldPermission& held : identity.permissions) {
    INFO(held.permission);
    CHECK(held.centres.empty());
    CHECK_FALSE(held.any);
  }
  access::GrantRole request{.account = person.account,
                            .role = access::partner_role,
                            .centre = world.centre,
                            .section = world.dance};
  auto refused = [&] { return refusal([&] { world.host.run(request); }).reason(); };
  CHECK(refused() == "role_held");
  request.section = world.foreign;
  CHECK(refused() == "section_not_found");
  request.centre = {};
  CHECK(refused() == "section_not_found");
  request = {.account = person.account,
             .role = access::partner_role,
             .centre = world.centre,
             .section = world.sport};
  CHECK(world.host.run(request).section == world.sport);
  world.host.run(catalog::ArchiveSection{.section = world.sport});
  request.role = access::trainer_role;
  CHECK(refused() == "section_archived");

  // Who holds a section cannot give the centre; who holds the centre can give a section.
  CHECK(refusal([&] {
          person.caller.run(access::GrantRole{.account = person.account,
                                              .role = access::trainer_role,
                                              .centre = world.centre,
                                              .section = world.dance});
        }).code() == Code::not_found);
  Caller partner = world.desk.staff("Partner", world.centre);
  AccountId salesman = world.desk.staff("Salesman", world.centre).run(access::Whoami{}).account->id;
  CHECK(partner
            .run(access::GrantRole{.account = salesman,
                                   .role = access::partner_role,
                                   .centre = world.centre,
                                   .section = world.dance})
            .section == world.dance);
}

TEST_CASE("a trainer of a section leads its activities only", "[C1][C5]") {
  World world;
  TestDesk::Customer person = world.desk.customer("Oksana");
  world.host.run(access::GrantRole{.account = person.account,
                                   .role = access::trainer_role,
                                   .centre = world.centre,
                                   .section = world.dance});
  std::vector<AccountId> trainers{person.account};
  CHECK(world.host.run(catalog::UpdateActivity{.activity = world.ballet, .trainers = trainers})
            .trainers == trainers);
  CHECK(refusal([&] {
          world.host.run(catalog::UpdateActivity{.activity = world.football, .trainers = trainers});
        }).reason() == "trainer_not_found");
}
