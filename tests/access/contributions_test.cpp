#include "access_support.hpp"
#include "storage/connection.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

std::int64_t rows(TestDesk& desk, const std::string& table) {
  storage::Connection file(desk.path(), storage::OpenMode::read_only);
  storage::Cursor row = file.query("SELECT count(*) FROM " + table);
  return row.next() ? row.integer(0) : -1;
}

/// The file must be closed to everyone else while it is damaged on purpose.
void damage(TestDesk& desk, const std::string& sql) {
  storage::Connection file(desk.path(), storage::OpenMode::read_write);
  file.script(sql);
}

std::vector<std::string> problems(TestDesk& desk) {
  std::vector<std::string> found;
  for (const auto& problem : desk.host().run(upkeep::Check{}).problems) {
    if (problem.part == "access") found.push_back(problem.place + ": " + problem.problem);
  }
  return found;
}

}  // namespace

TEST_CASE("the tick deletes what lapsed and nothing that lives", "[A4][A5][A6][U1]") {
  TestDesk desk;
  AccountId admin = make_account(desk, "boss@studio.example");
  grant(desk, admin, access::admin_role);
  desk.desk().caller(desk.token("boss@studio.example")).run(access::IssueTokens{});
  sign_in(desk, "boss@studio.example");  // a challenge
  desk.anonymous().run(access::RequestPasswordReset{.email = "boss@studio.example"});
  refusal([&] { sign_in(desk, "nobody@studio.example"); });
  desk.host().run(upkeep::Tick{});
  const std::vector<std::string> tables{"sign_in_sessions", "refresh_tokens", "challenges",
                                        "one_time_tokens",  "attempts",       "code_sends"};
  for (const std::string& table : tables) {
    CAPTURE(table);
    CHECK(rows(desk, table) > 0);
  }
  desk.clock += 100 * 24h;
  desk.host().run(upkeep::Tick{});
  for (const std::string& table : tables) {
    CAPTURE(table);
    CHECK(rows(desk, table) == 0);
  }
}

TEST_CASE("a desk in use has nothing to find", "[U6]") {
  TestDesk desk;
  desk.admin();
  desk.customer();
  desk.staff("Partner", desk.centre());
  CHECK(problems(desk).empty());
}

TEST_CASE("the check finds what handlers would never leave", "[U6][A6][A7]") {
  TestDesk desk;
  AccountId account = make_account(desk, "x@studio.example");
  access::SignInResult entry = sign_in(desk, "x@studio.example");
  grant(desk, account, access::trainer_role);
  damage(desk, "UPDATE accounts SET status = 2");
  CHECK(problems(desk) ==
        std::vector<std::string>{"session " + std::to_string(entry.session.value) +
                                 ": its account cannot sign in"});
  damage(desk,
         "UPDATE accounts SET status = 1;"
         "INSERT INTO role_grants (version, account, role, active, granted_at)"
         " SELECT 1, account, role, 1, 0 FROM role_grants");
  CHECK(problems(desk) ==
        std::vector<std::string>{"role_grant 2: the account holds the same role there twice"});
}

TEST_CASE("a person's export tells of account, sessions and roles", "[P9]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  std::string json = customer.caller.run(people::Export{.client = customer.client}).json;
  CHECK(json.find(customer.email) != std::string::npos);
  CHECK(json.find("\"sessions\":[{") != std::string::npos);
  CHECK(json.find("\"roles\":[{") != std::string::npos);
  CHECK(json.find("argon2id") == std::string::npos);
}

TEST_CASE("merging moves the account where the kept client has none", "[P7]") {
  TestDesk desk;
  ClientId keep = desk.host().run(people::CreateClient{.first_name = "Olena"}).id;
  TestDesk::Customer duplicate = desk.customer();
  desk.host().run(people::Merge{.keep = keep, .duplicate = duplicate.client});
  CHECK(desk.host().run(access::GetAccount{.account = duplicate.account}).client == keep);
  // Who is signed in goes on as the kept client.
  CHECK(duplicate.caller.run(people::GetClient{.client = keep}).client.id == keep);
}

TEST_CASE("merging suspends the second account", "[P7]") {
  TestDesk desk;
  TestDesk::Customer keep = desk.customer();
  TestDesk::Customer duplicate = desk.customer();
  desk.host().run(people::Merge{.keep = keep.client, .duplicate = duplicate.client});
  CHECK(desk.host().run(access::GetAccount{.account = duplicate.account}).status ==
        access::AccountStatus::suspended);
  check_refused([&] { duplicate.caller.run(access::Whoami{}); }, Code::unauthenticated,
                "token_invalid");
  CHECK(keep.caller.run(access::Whoami{}).account->id == keep.account);
  CHECK(problems(desk).empty());
}

TEST_CASE("merging moves family, centres and assignments", "[P7][A9]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  TestDesk::Customer keep = desk.customer();
  TestDesk::Customer duplicate = desk.customer();
  ClientId child =
      duplicate.caller.run(people::AddDependant{.guardian = duplicate.client, .first_name = "Ivan"})
          .id;
  Caller trainer = desk.staff("Trainer", centre);
  desk.host().run(
      people::AssignTrainer{.client = duplicate.client, .account = account_of(trainer)});
  desk.host().run(people::Merge{.keep = keep.client, .duplicate = duplicate.client});
  CHECK(keep.caller.run(people::GetClient{.client = child}).client.id == child);
  CHECK(trainer.run(people::GetClient{.client = keep.client}).client.id == keep.client);
  CHECK(problems(desk).empty());
}

TEST_CASE("an erased person cannot sign in and leaves no credentials", "[P9]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  customer.caller.run(
      access::UpdateAccount{.account = customer.account, .login = "olena.k", .name = "Olena K"});
  desk.host().run(people::Erase{.client = customer.client});
  access::Account account = desk.host().run(access::GetAccount{.account = customer.account});
  CHECK(account.status == access::AccountStatus::erased);
  CHECK_FALSE(account.email);
  CHECK_FALSE(account.login);
  CHECK(account.name.empty());
  check_refused([&] { customer.caller.run(access::Whoami{}); }, Code::unauthenticated,
                "token_invalid");
  check_refused([&] { sign_in(desk, customer.email); }, Code::unauthenticated, "sign_in_failed");
  check_refused([&] { sign_in(desk, "olena.k"); }, Code::unauthenticated, "sign_in_failed");
  CHECK(desk.host().run(access::RoleGrants{.account = customer.account}).items.empty());
  check_refused([&] { grant(desk, customer.account, access::trainer_role); }, Code::conflict,
                "account_not_active");
  check_refused([&] { desk.host().run(access::ReinstateAccount{.account = customer.account}); },
                Code::conflict, "account_not_suspended");
  check_refused(
      [&] { desk.host().run(access::UpdateAccount{.account = customer.account, .name = "X"}); },
      Code::conflict, "account_not_active");
  CHECK(problems(desk).empty());
  // The address is free again.
  CHECK(make_account(desk, customer.email));
}
