#include "role_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

TEST_CASE("nobody grants more than they hold, in scope and centre", "[A8]") {
  TestDesk desk;
  CentreId mine = desk.centre("Mine");
  CentreId theirs = desk.centre("Theirs");
  Caller partner = desk.staff("Partner", mine);
  AccountId worker =
      partner
          .run(access::CreateAccount{
              .email = "worker@studio.example", .password = TestDesk::password, .centre = mine})
          .id;
  // What the partner holds at the centre may be passed on there.
  access::RoleGrant trainer = partner.run(
      access::GrantRole{.account = worker, .role = access::trainer_role, .centre = mine});
  partner.run(access::GrantRole{.account = worker, .role = access::salesman_role, .centre = mine});
  // For all centres, for another centre, or more than the partner may: not.
  check_refused(
      [&] { partner.run(access::GrantRole{.account = worker, .role = access::trainer_role}); },
      Code::denied, "permission_denied");
  check_refused(
      [&] {
        partner.run(
            access::GrantRole{.account = worker, .role = access::trainer_role, .centre = theirs});
      },
      Code::not_found, "centre_not_found");
  check_exceeds(
      [&] {
        partner.run(
            access::GrantRole{.account = worker, .role = access::admin_role, .centre = mine});
      },
      {"audit.view"});
  check_exceeds(
      [&] {
        partner.run(
            access::GrantRole{.account = worker, .role = access::moderator_role, .centre = mine});
      },
      {"people.merge"});
  // What was granted may be taken back by who could grant it.
  CHECK(partner.run(access::RevokeRole{.grant = trainer.id}).revoked_at == desk.clock.now());
  check_refused([&] { partner.run(access::RevokeRole{.grant = trainer.id}); }, Code::not_found,
                "role_grant_not_found");
}

TEST_CASE("a lesser scope cannot grant a greater one", "[A8]") {
  TestDesk desk;
  RoleId clerk = make_role(desk, "Clerk",
                           {{"access.grant_roles", Scope::any}, {"people.view", Scope::assigned}});
  RoleId assigned = make_role(desk, "Assigned", {{"people.view", Scope::assigned}});
  RoleId own = make_role(desk, "Own", {{"people.view", Scope::own}});
  RoleId wide = make_role(desk, "Wide", {{"people.view", Scope::centre}});
  CentreId centre = desk.centre();
  Caller caller = holder(desk, "clerk@studio.example", clerk);
  AccountId other = make_account(desk, "other@studio.example");
  caller.run(access::GrantRole{.account = other, .role = assigned});
  caller.run(access::GrantRole{.account = other, .role = own});
  check_exceeds([&] { caller.run(access::GrantRole{.account = other, .role = wide}); },
                {"people.view"});
  check_exceeds(
      [&] { caller.run(access::GrantRole{.account = other, .role = wide, .centre = centre}); },
      {"people.view"});
}

TEST_CASE("nobody puts into a role what they do not hold for all centres", "[A8]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  RoleId maker =
      make_role(desk, "Maker", {{"access.manage_roles", Scope::any}, {"people.view", Scope::any}});
  Caller caller = holder(desk, "maker@studio.example", maker);
  auto create = [&](const Caller& who, const char* name, const char* permission) {
    return who.run(access::CreateRole{.name = name, .permissions = {{permission, Scope::own}}});
  };
  RoleId made = create(caller, "Viewer", "people.view").id;
  check_exceeds([&] { create(caller, "Editor", "people.edit"); }, {"people.edit"});
  check_exceeds(
      [&] {
        caller.run(access::UpdateRole{
            .role = made,
            .permissions = std::vector<access::ScopedPermission>{{"people.edit", Scope::own}}});
      },
      {"people.edit"});
  // Nor may they change a role that holds more than they do, not even its mark.
  check_exceeds(
      [&] { caller.run(access::UpdateRole{.role = access::admin_role, .second_factor = false}); },
      {"audit.view"});
  // Who manages roles for one centre manages none: roles are the whole platform's.
  Caller of_one = holder(desk, "maker2@studio.example", maker, centre);
  check_refused([&] { create(of_one, "Wide", "people.view"); }, Code::denied, "permission_denied");
}

TEST_CASE("who manages accounts cannot take over one that may do more", "[A8]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  Caller partner = desk.staff("Partner", centre);
  AccountId admin = make_account(desk, "boss@studio.example", centre);
  grant(desk, admin, access::admin_role);
  check_refused([&] { partner.run(access::UpdateAccount{.account = admin, .login = "mine"}); },
                Code::denied, "account_holds_more");
  check_refused([&] { partner.run(access::SuspendAccount{.account = admin}); }, Code::denied,
                "account_holds_more");
  check_refused([&] { partner.run(access::SendInvitation{.account = admin}); }, Code::denied,
                "account_holds_more");
  check_refused([&] { partner.run(access::ResetSecondFactor{.account = admin}); }, Code::denied,
                "account_holds_more");
  check_refused([&] { partner.run(access::RevokeAllSessions{.account = admin}); }, Code::denied,
                "account_holds_more");
}

// --- A8: the last Admin ---

TEST_CASE("the last Admin cannot be removed, demoted, suspended or made to expire", "[A8]") {
  TestDesk desk;
  AccountId account = make_account(desk, "boss@studio.example");
  access::RoleGrant last = grant(desk, account, access::admin_role);
  Caller boss = desk.desk().caller(desk.token("boss@studio.example"));
  Instant later = desk.clock.now() + 24h;
  auto check_kept = [&](const Caller& caller) {
    check_refused([&] { caller.run(access::RevokeRole{.grant = last.id}); }, Code::conflict,
                  "last_admin");
    check_refused(
        [&] { caller.run(access::UpdateRoleGrant{.grant = last.id, .expires_at = later}); },
        Code::conflict, "last_admin");
    check_refused([&] { caller.run(access::SuspendAccount{.account = account}); }, Code::conflict,
                  "last_admin");
  };
  check_kept(boss);
  check_kept(desk.host());

  SECTION("others that do not count") {
    AccountId of_one = make_account(desk, "one@studio.example");
    grant(desk, of_one, access::admin_role, desk.centre());
    access::Account invited =
        desk.host().run(access::CreateAccount{.email = "invited@studio.example"});
    grant(desk, invited.id, access::admin_role);
    AccountId suspended = make_account(desk, "suspended@studio.example");
    grant(desk, suspended, access::admin_role);
    desk.host().run(access::SuspendAccount{.account = suspended});
    AccountId passing = make_account(desk, "passing@studio.example");
    grant(desk, passing, access::admin_role, {}, later);
    check_kept(boss);
  }
  SECTION("another one frees the first") {
    AccountId other = make_account(desk, "other@studio.example");
    access::RoleGrant second = grant(desk, other, access::admin_role);
    bool by_suspension = GENERATE(true, false);
    if (by_suspension) {
      boss.run(access::SuspendAccount{.account = account});
    } else {
      boss.run(access::RevokeRole{.grant = last.id});
    }
    check_refused([&] { desk.host().run(access::RevokeRole{.grant = second.id}); }, Code::conflict,
                  "last_admin");
  }
}

TEST_CASE("an Admin cannot be erased or merged away as the last one", "[A8][P7][P9]") {
  TestDesk desk;
  TestDesk::Customer boss = desk.customer();
  grant(desk, boss.account, access::admin_role);
  check_refused([&] { desk.host().run(people::Erase{.client = boss.client}); }, Code::conflict,
                "last_admin");
  TestDesk::Customer other = desk.customer();
  check_refused(
      [&] { desk.host().run(people::Merge{.keep = other.client, .duplicate = boss.client}); },
      Code::conflict, "last_admin");
}
