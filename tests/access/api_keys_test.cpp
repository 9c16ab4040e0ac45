#include "access_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

using access::Scope;

access::NewApiKey make_key(const Caller& caller, std::vector<access::ScopedPermission> permissions,
                           CentreId centre = {}, std::optional<Instant> expires_at = std::nullopt) {
  return caller.run(access::CreateApiKey{.name = "Integration",
                                         .permissions = std::move(permissions),
                                         .centre = centre,
                                         .expires_at = expires_at});
}

void check_bad(TestDesk& desk, const std::string& secret,
               const std::string& reason = "token_invalid") {
  check_refused([&] { desk.desk().caller(secret).run(access::Whoami{}); }, Code::unauthenticated,
                reason);
}

}  // namespace

TEST_CASE("an API key calls for its owner within its permissions", "[A11]") {
  TestDesk desk;
  Caller admin = desk.admin();
  access::NewApiKey made = make_key(admin, {{"people.view", Scope::any}});
  CHECK(made.secret.starts_with("fdk_"));
  CHECK(made.secret.size() == 4 + 43);
  CHECK(made.key.account == account_of(admin));
  Caller program = desk.desk().caller(made.secret);
  access::Identity identity = program.run(access::Whoami{});
  CHECK(identity.kind == access::CallerKind::api_key);
  CHECK(identity.api_key == made.key.id);
  CHECK(identity.permissions.size() == 1);
  program.run(people::Clients{});
  Error error = refusal([&] { program.run(people::CreateClient{.first_name = "X"}); });
  CHECK(error.reason() == "permission_denied");
  CHECK(std::get<std::string>(error.details().at("permission")) == "people.create");
}

TEST_CASE("the secret is shown once and kept hashed", "[A11]") {
  TestDesk desk;
  Caller admin = desk.admin();
  access::NewApiKey made = make_key(admin, {{"people.view", Scope::any}});
  std::string listed = admin.call("access.api_keys", "{}");
  CHECK(listed.find(made.secret) == std::string::npos);
  CHECK(listed.find("Integration") != std::string::npos);
  check_bad(desk, made.secret + "A");
  check_bad(desk, made.secret.substr(0, made.secret.size() - 1));
}

TEST_CASE("a key names only what its maker holds", "[A11][A8]") {
  TestDesk desk;
  CentreId mine = desk.centre("Mine");
  CentreId theirs = desk.centre("Theirs");
  Caller partner = desk.staff("Partner", mine);
  make_key(partner, {{"people.view", Scope::centre}}, mine);
  Error error = refusal([&] { make_key(partner, {{"audit.view", Scope::any}}, mine); });
  CHECK(error.code() == Code::denied);
  CHECK(error.reason() == "grant_exceeds_own");
  CHECK(std::get<std::vector<std::string>>(error.details().at("permissions")) ==
        std::vector<std::string>{"audit.view"});
  check_refused([&] { make_key(partner, {{"people.view", Scope::centre}}, theirs); },
                Code::not_found, "centre_not_found");
  check_refused([&] { make_key(partner, {{"people.view", Scope::centre}}); }, Code::denied,
                "permission_denied");
  // Not even the scopes that others would get from a lesser one: the key acts for the partner.
  check_refused([&] { make_key(partner, {{"people.view", Scope::assigned}}, mine); }, Code::denied,
                "grant_exceeds_own");
  check_refused([&] { make_key(partner, {{"people.veiw", Scope::centre}}, mine); }, Code::invalid,
                "permission_unknown");
  check_refused([&] { make_key(desk.customer().caller, {{"people.view", Scope::own}}); },
                Code::denied, "permission_denied");
}

TEST_CASE("a key never goes further than its owner goes now", "[A11]") {
  TestDesk desk;
  AccountId owner = make_account(desk, "boss@studio.example");
  access::RoleGrant given = grant(desk, owner, access::admin_role);
  desk.admin();
  Caller boss = desk.desk().caller(desk.token("boss@studio.example"));
  CentreId centre = desk.centre();
  Caller program = desk.desk().caller(make_key(boss, {{"people.view", Scope::any}}).secret);
  program.run(people::Clients{});
  desk.host().run(access::RevokeRole{.grant = given.id});
  check_refused([&] { program.run(people::Clients{}); }, Code::denied, "permission_denied");
  grant(desk, owner, access::moderator_role, centre);
  access::Identity identity = program.run(access::Whoami{});
  REQUIRE(identity.permissions.size() == 1);
  CHECK(identity.permissions[0].centres == std::vector{centre});
  CHECK_FALSE(identity.permissions[0].any);
  desk.host().run(access::SuspendAccount{.account = owner});
  check_refused([&] { program.run(access::Whoami{}); }, Code::unauthenticated, "token_invalid");
}

TEST_CASE("a key for one centre stays there", "[A11]") {
  TestDesk desk;
  CentreId centre = desk.centre("One");
  CentreId other = desk.centre("Other");
  Caller program =
      desk.desk().caller(make_key(desk.admin(), {{"catalog.manage", Scope::any}}, centre).secret);
  program.run(catalog::UpdateCentre{.centre = centre, .city = "Lviv"});
  check_refused([&] { program.run(catalog::UpdateCentre{.centre = other, .city = "Lviv"}); },
                Code::not_found, "centre_not_found");
}

TEST_CASE("a key is taken back at once", "[A11]") {
  TestDesk desk;
  Caller admin = desk.admin();
  access::NewApiKey made = make_key(admin, {{"people.view", Scope::any}});
  Caller program = desk.desk().caller(made.secret);
  program.run(access::Whoami{});
  access::ApiKey revoked = admin.run(access::RevokeApiKey{.api_key = made.key.id});
  CHECK(revoked.revoked_at == desk.clock.now());
  CHECK(revoked.version == 2);
  check_bad(desk, made.secret);
  check_refused([&] { admin.run(access::RevokeApiKey{.api_key = made.key.id}); }, Code::conflict,
                "api_key_revoked");
  CHECK(admin.run(access::ApiKeys{}).items.empty());
  CHECK(admin.run(access::ApiKeys{.revoked = true}).items.size() == 1);
}

TEST_CASE("a key may expire", "[A11]") {
  TestDesk desk;
  Caller admin = desk.admin();
  access::NewApiKey made =
      make_key(admin, {{"people.view", Scope::any}}, {}, desk.clock.now() + 1h);
  desk.clock += 1h - 1s;
  desk.desk().caller(made.secret).run(access::Whoami{});
  desk.clock += 1s;
  check_bad(desk, made.secret, "token_expired");
  check_refused([&] { make_key(admin, {{"people.view", Scope::any}}, {}, desk.clock.now()); },
                Code::invalid, "end_in_past");
}

TEST_CASE("the last use of a key is known to about a minute", "[A11]") {
  TestDesk desk;
  Caller admin = desk.admin();
  access::NewApiKey made = make_key(admin, {{"people.view", Scope::any}});
  auto last_used = [&] { return admin.run(access::ApiKeys{}).items.at(0).last_used_at; };
  CHECK_FALSE(last_used());
  desk.clock += 1h;
  Instant used = desk.clock.now();
  desk.desk().caller(made.secret).run(access::Whoami{});
  desk.clock += 1min;
  desk.host().run(upkeep::Tick{});
  REQUIRE(last_used());
  CHECK(*last_used() == used);
}

TEST_CASE("keys of other centres look as if there were none", "[A11][A9]") {
  TestDesk desk;
  CentreId mine = desk.centre("Mine");
  Caller partner = desk.staff("Partner", mine);
  access::NewApiKey of_admin = make_key(desk.admin(), {{"people.view", Scope::any}});
  access::NewApiKey of_mine = make_key(partner, {{"people.view", Scope::centre}}, mine);
  auto told = [&](ApiKeyId key) {
    Error error = refusal([&] { partner.run(access::RevokeApiKey{.api_key = key}); });
    return error.reason() + error.message() + error.field();
  };
  CHECK(told(of_admin.key.id) == told(ApiKeyId{999}));
  auto seen = partner.run(access::ApiKeys{}).items;
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].id == of_mine.key.id);
}

TEST_CASE("keys do what concerns a person's sign-in as little as the host does", "[A11]") {
  TestDesk desk;
  Caller admin = desk.admin();
  Caller program = desk.desk().caller(
      make_key(admin, {{"access.manage_api_keys", Scope::any}, {"people.view", Scope::any}})
          .secret);
  check_refused([&] { make_key(program, {{"people.view", Scope::any}}); }, Code::denied,
                "session_required");
  check_refused(
      [&] {
        program.run(access::ChangePassword{.old_password = TestDesk::password,
                                           .new_password = other_password});
      },
      Code::denied, "session_required");
  check_refused([&] { program.run(access::IssueTokens{}); }, Code::denied, "session_required");
  check_refused([&] { program.run(access::Sessions{}); }, Code::denied, "session_required");
  check_refused([&] { program.run(access::SignOut{}); }, Code::denied, "session_required");
}

TEST_CASE("the host makes keys that belong to no account", "[A11]") {
  TestDesk desk;
  access::NewApiKey made = make_key(desk.host(), {{"notices.deliver", Scope::any}});
  CHECK_FALSE(made.key.account);
  Caller courier = desk.desk().caller(made.secret);
  courier.run(notices::Claim{});
  access::Identity identity = courier.run(access::Whoami{});
  CHECK(identity.kind == access::CallerKind::api_key);
  CHECK_FALSE(identity.account);
  check_refused([&] { courier.run(people::Clients{}); }, Code::denied, "permission_denied");
}
