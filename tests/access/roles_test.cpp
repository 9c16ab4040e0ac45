#include "role_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

TEST_CASE("six roles ship ready", "[A7]") {
  TestDesk desk;
  auto roles = desk.host().run(access::Roles{}).items;
  std::vector<std::string> names;
  for (const auto& role : roles) {
    names.push_back(role.name);
    CHECK(role.ready);
    CHECK_FALSE(role.permissions.empty());
  }
  CHECK(names == std::vector<std::string>{"Admin", "Moderator", "Salesman", "Customer", "Partner",
                                          "Trainer"});
  auto permissions = desk.host().run(access::Permissions{}).permissions;
  CHECK(roles[0].permissions.size() == permissions.size());  // Admin holds all
  for (const auto& one : roles[0].permissions) CHECK(one.scope == Scope::any);
  for (const auto& one : roles[3].permissions) CHECK(one.scope == Scope::own);  // Customer
}

TEST_CASE("every permission of a rule exists and every permission is explained", "[A7][E1]") {
  TestDesk desk;
  std::vector<std::string> names;
  for (const auto& one : desk.host().run(access::Permissions{}).permissions) {
    names.push_back(one.name);
    CHECK_FALSE(one.doc.empty());
  }
  CHECK(std::is_sorted(names.begin(), names.end()));
  for (const Operation* operation : operations()) {
    if (operation->rule.audience != Audience::permission) continue;
    CAPTURE(operation->name);
    CHECK(std::find(names.begin(), names.end(), operation->rule.permission) != names.end());
  }
}

TEST_CASE("a role held for one centre reaches that centre, held for all it reaches all", "[A7]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  Caller one = desk.staff("Moderator", centre);
  CHECK(held(one, "people.view").centres == std::vector{centre});
  CHECK_FALSE(held(one, "people.view").any);
  Caller all = desk.staff("Moderator");
  CHECK(held(all, "people.view").any);
  Caller admin_of_one = desk.staff("Admin", centre);
  CHECK(held(admin_of_one, "audit.view").centres == std::vector{centre});
  Caller trainer = desk.staff("Trainer", centre);
  CHECK(held(trainer, "people.view").assigned);
  CHECK(held(trainer, "people.view").centres.empty());
  CHECK(held(desk.customer().caller, "people.view").own);
}

TEST_CASE("roles of several centres add up", "[A7]") {
  TestDesk desk;
  CentreId first = desk.centre("First");
  CentreId second = desk.centre("Second");
  CentreId third = desk.centre("Third");
  AccountId account = make_account(desk, "partner@studio.example");
  grant(desk, account, access::partner_role, first);
  grant(desk, account, access::partner_role, second);
  Caller caller = desk.desk().caller(sign_in(desk, "partner@studio.example").token);
  CHECK(held(caller, "catalog.manage").centres == std::vector{first, second});
  caller.run(catalog::UpdateCentre{.centre = second, .city = "Lviv"});
  check_refused([&] { caller.run(catalog::UpdateCentre{.centre = third, .city = "Lviv"}); },
                Code::not_found, "centre_not_found");
}

TEST_CASE("a role may expire", "[A7]") {
  TestDesk desk;
  AccountId account = make_account(desk, "temp@studio.example");
  Instant end = desk.clock.now() + 24h;
  access::RoleGrant temporary = grant(desk, account, access::salesman_role, {}, end);
  Caller caller = desk.desk().caller(sign_in(desk, "temp@studio.example").token);
  CHECK(held(caller, "people.view").any);
  desk.clock += 24h - 1s;
  CHECK(held(caller, "people.view").any);
  desk.clock += 1s;  // with no tick and no write in between
  CHECK_FALSE(held(caller, "people.view").any);
  CHECK(role_names(caller).empty());
  check_refused([&] { caller.run(people::Clients{}); }, Code::denied, "permission_denied");

  check_refused([&] { grant(desk, account, access::trainer_role, {}, desk.clock.now()); },
                Code::invalid, "end_in_past");
  // It can be given again, and a live one can be given another end.
  access::RoleGrant again = grant(desk, account, access::salesman_role);
  CHECK(again.id != temporary.id);
  Instant later = desk.clock.now() + 1h;
  again = desk.host().run(
      access::UpdateRoleGrant{.grant = again.id, .version = 1, .expires_at = later});
  CHECK(again.expires_at == later);
  CHECK(again.version == 2);
  desk.clock += 1h;
  CHECK(role_names(caller).empty());
  again = desk.host().run(access::UpdateRoleGrant{.grant = again.id, .expires_at = std::nullopt});
  CHECK(role_names(caller) == std::vector<std::string>{"Salesman"});
}

TEST_CASE("custom roles are composed, changed and archived", "[A7]") {
  TestDesk desk;
  access::Role role = desk.host().run(access::CreateRole{
      .name = "Accountant",
      .description = "Reads",
      .permissions = {{"people.view", Scope::centre}, {"people.note", Scope::any}}});
  CHECK(role.version == 1);
  CHECK_FALSE(role.ready);
  CHECK(desk.host().run(access::GetRole{.role = role.id}).permissions == role.permissions);
  Caller caller = holder(desk, "accountant@studio.example", role.id);
  CHECK(held(caller, "people.view").any);
  CHECK(held(caller, "people.edit").permission.empty());

  role = desk.host().run(access::UpdateRole{
      .role = role.id,
      .version = 1,
      .name = "Bookkeeper",
      .permissions = std::vector<access::ScopedPermission>{{"people.edit", Scope::any}}});
  CHECK(role.version == 2);
  CHECK(role.name == "Bookkeeper");
  CHECK(held(caller, "people.view").permission.empty());
  CHECK(held(caller, "people.edit").any);

  check_refused([&] { desk.host().run(access::UpdateRole{.role = role.id, .version = 1}); },
                Code::conflict, "version_outdated");
  check_refused([&] { desk.host().run(access::ArchiveRole{.role = role.id}); }, Code::conflict,
                "role_in_use");
  auto grants = desk.host().run(access::RoleGrants{.role = role.id}).items;
  desk.host().run(access::RevokeRole{.grant = grants.at(0).id});
  CHECK(desk.host().run(access::ArchiveRole{.role = role.id}).archived_at);
  CHECK(desk.host().run(access::Roles{}).items.size() == 6);
  CHECK(desk.host().run(access::Roles{.archived = true}).items.size() == 7);
  AccountId account = make_account(desk, "other@studio.example");
  check_refused([&] { grant(desk, account, role.id); }, Code::conflict, "role_archived");
}

TEST_CASE("a role is refused that names what there is not", "[A7]") {
  TestDesk desk;
  make_role(desk, "Accountant", {});
  check_refused([&] { make_role(desk, "ACCOUNTANT", {}); }, Code::conflict, "role_name_taken");
  check_refused([&] { make_role(desk, "admin", {}); }, Code::conflict, "role_name_taken");
  check_refused([&] { make_role(desk, "  ", {}); }, Code::invalid, "field_missing");
  Error error = refusal(
      [&] { make_role(desk, "X", {{"people.view", Scope::any}, {"people.veiw", Scope::any}}); });
  CHECK(error.reason() == "permission_unknown");
  CHECK(error.field() == "permissions[1].permission");
  CHECK(std::get<std::string>(error.details().at("nearest")) == "people.view");
  check_refused(
      [&] { make_role(desk, "X", {{"people.view", Scope::any}, {"people.view", Scope::own}}); },
      Code::invalid, "permission_twice");
  check_refused([&] { desk.host().run(access::GetRole{.role = RoleId{99}}); }, Code::not_found,
                "role_not_found");
}

TEST_CASE("of a ready role only the second-factor mark can be changed", "[A7]") {
  TestDesk desk;
  desk.host().run(access::UpdateRole{.role = access::salesman_role, .second_factor = true});
  CHECK(desk.host().run(access::GetRole{.role = access::salesman_role}).second_factor);
  check_refused(
      [&] { desk.host().run(access::UpdateRole{.role = access::salesman_role, .name = "X"}); },
      Code::conflict, "role_ready");
  check_refused(
      [&] {
        desk.host().run(access::UpdateRole{
            .role = access::customer_role,
            .permissions = std::vector<access::ScopedPermission>{{"people.view", Scope::any}}});
      },
      Code::conflict, "role_ready");
  check_refused([&] { desk.host().run(access::ArchiveRole{.role = access::trainer_role}); },
                Code::conflict, "role_ready");
}

TEST_CASE("a role is held once for a centre", "[A7]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  AccountId account = make_account(desk, "x@studio.example");
  grant(desk, account, access::trainer_role, centre);
  check_refused([&] { grant(desk, account, access::trainer_role, centre); }, Code::conflict,
                "role_held");
  grant(desk, account, access::trainer_role);
  check_refused([&] { grant(desk, account, access::trainer_role); }, Code::conflict, "role_held");
}

// --- revocation counts at once ---

TEST_CASE("what is taken away is gone at the next call, also in another process", "[A7][E11]") {
  TestDesk desk;
  AccountId account = make_account(desk, "x@studio.example");
  access::RoleGrant given = grant(desk, account, access::salesman_role);
  std::string token = sign_in(desk, "x@studio.example").token;
  Desk other = Desk::open(desk.path(), desk.options());
  CHECK(held(other.caller(token), "people.view").any);
  desk.host().run(access::RevokeRole{.grant = given.id, .version = 1});
  check_refused([&] { other.caller(token).run(people::Clients{}); }, Code::denied,
                "permission_denied");
  check_refused([&] { desk.desk().caller(token).run(people::Clients{}); }, Code::denied,
                "permission_denied");
}

TEST_CASE("a role taken in a batch does not work later in it", "[A7][E5]") {
  TestDesk desk;
  AccountId account = make_account(desk, "boss2@studio.example");
  access::RoleGrant given = grant(desk, account, access::admin_role);
  desk.admin();
  Caller boss = desk.desk().caller(desk.token("boss2@studio.example"));
  Batch batch;
  batch.add(access::RevokeRole{.grant = given.id});
  batch.add(access::CreateRole{.name = "Too late"});
  check_refused([&] { boss.run(batch); }, Code::denied, "permission_denied");
  CHECK(role_names(boss) == std::vector<std::string>{"Admin"});  // all or nothing
}
