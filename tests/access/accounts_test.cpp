#include <algorithm>

#include "access_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

std::vector<std::string> names_of(const Page<access::Account>& page) {
  std::vector<std::string> names;
  for (const access::Account& account : page.items) names.push_back(account.name);
  return names;
}

/// Everything a caller can tell from a refusal.
std::string told(const std::function<void()>& action) {
  Error error = refusal(action);
  return std::string(code_name(error.code())) + "/" + error.reason() + "/" + error.message() + "/" +
         error.field() + "/" + std::to_string(error.details().size());
}

}  // namespace

TEST_CASE("accounts are found by part of name, address or login", "[A1][E12][E18]") {
  TestDesk desk;
  desk.host().run(access::CreateAccount{
      .email = "o.koval@studio.example", .login = "desk.1", .name = "Олена Коваль"});
  desk.host().run(access::CreateAccount{.email = "ivan@studio.example", .name = "Іван Бойко"});
  desk.host().run(access::CreateAccount{.email = "aliya@studio.kz", .name = "Әлия"});
  auto search = [&](const std::string& text) {
    return names_of(desk.host().run(access::Accounts{.search = text}));
  };
  CHECK(search("КОВАЛЬ") == std::vector<std::string>{"Олена Коваль"});
  CHECK(search("desk.1") == std::vector<std::string>{"Олена Коваль"});
  CHECK(search("STUDIO.example").size() == 2);
  CHECK(search("ә") == std::vector<std::string>{"Әлия"});
  CHECK(search("100%").empty());
  CHECK(search("%").empty());
}

TEST_CASE("accounts come in order of their names, page by page", "[A1][E12]") {
  TestDesk desk;
  int number = 0;
  for (const char* name : {"Яна", "Андрій", "Їжак", "іван", "Zoe", "adam"}) {
    std::string email = "a" + std::to_string(++number) + "@studio.example";
    desk.host().run(access::CreateAccount{.email = email, .name = name});
  }
  std::vector<std::string> all;
  std::optional<std::string> cursor;
  do {
    auto page = desk.host().run(access::Accounts{.cursor = cursor, .limit = 2});
    for (const auto& name : names_of(page)) all.push_back(name);
    cursor = page.next;
  } while (cursor);
  CHECK(all == std::vector<std::string>{"adam", "Zoe", "Андрій", "іван", "Їжак", "Яна"});
}

TEST_CASE("accounts are filtered by status, role and centre", "[A7][E12]") {
  TestDesk desk;
  CentreId centre = desk.centre();
  AccountId home = make_account(desk, "home@studio.example", centre);
  AccountId works = make_account(desk, "works@studio.example");
  grant(desk, works, access::trainer_role, centre);
  AccountId away = make_account(desk, "away@studio.example");
  desk.host().run(access::SuspendAccount{.account = away});
  auto list = [&](const access::Accounts& request) {
    std::vector<AccountId> ids;
    for (const auto& account : desk.host().run(request).items) ids.push_back(account.id);
    std::sort(ids.begin(), ids.end());
    return ids;
  };
  CHECK(list({.status = access::AccountStatus::suspended}) == std::vector{away});
  CHECK(list({.role = access::trainer_role}) == std::vector{works});
  CHECK(list({.centre = centre}) == std::vector{home, works});
}

TEST_CASE("each sees the accounts that their scope reaches", "[A7][A9]") {
  TestDesk desk;
  CentreId mine = desk.centre("Mine");
  CentreId theirs = desk.centre("Theirs");
  AccountId home = make_account(desk, "home@studio.example", mine);
  AccountId works = make_account(desk, "works@studio.example");
  grant(desk, works, access::trainer_role, mine);
  AccountId foreign = make_account(desk, "foreign@studio.example", theirs);
  Caller partner = desk.staff("Partner", mine);
  TestDesk::Customer customer = desk.customer();
  AccountId own = account_of(partner);

  auto seen = [](const Caller& caller) {
    std::vector<AccountId> ids;
    for (const auto& account : caller.run(access::Accounts{}).items) ids.push_back(account.id);
    std::sort(ids.begin(), ids.end());
    return ids;
  };
  CHECK(seen(partner) == std::vector{home, works, own});
  CHECK(seen(customer.caller) == std::vector{customer.account});
  CHECK(seen(desk.admin()).size() == 6);
  for (AccountId id : {home, works, own}) {
    CHECK(partner.run(access::GetAccount{.account = id}).id == id);
  }
  // A stranger's id gives what a missing one gives.
  for (const Caller& caller : {partner, customer.caller}) {
    CHECK(told([&] { caller.run(access::GetAccount{.account = foreign}); }) ==
          told([&] { caller.run(access::GetAccount{.account = AccountId{999}}); }));
    CHECK(told([&] { caller.run(access::UpdateAccount{.account = foreign, .name = "X"}); }) ==
          told([&] { caller.run(access::UpdateAccount{.account = AccountId{999}, .name = "X"}); }));
  }
  check_refused([&] { customer.caller.run(access::GetAccount{.account = foreign}); },
                Code::not_found, "account_not_found");
  check_refused([&] { desk.host().run(access::GetAccount{.account = AccountId{999}}); },
                Code::not_found, "account_not_found");
}

TEST_CASE("everybody changes their own name, language and login", "[A7][E13]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  access::Account account = customer.caller.run(access::UpdateAccount{.account = customer.account,
                                                                      .version = 1,
                                                                      .login = "olena",
                                                                      .name = " Olena ",
                                                                      .language = "uk"});
  CHECK(account.version == 2);
  CHECK(account.name == "Olena");
  CHECK(account.login == "olena");
  CHECK(desk.host().run(access::GetAccount{.account = customer.account}).language == "uk");
  // The language counts at the next call.
  Error error = refusal([&] { customer.caller.run(audit::Entries{}); });
  CHECK(error.message().find("дозв") != std::string::npos);

  Error outdated = refusal([&] {
    customer.caller.run(
        access::UpdateAccount{.account = customer.account, .version = 1, .name = "X"});
  });
  CHECK(outdated.reason() == "version_outdated");
  CHECK(std::get<std::int64_t>(outdated.details().at("current")) == 2);

  account = customer.caller.run(
      access::UpdateAccount{.account = customer.account, .login = std::nullopt});
  CHECK_FALSE(account.login);
  CHECK(account.name == "Olena");
  check_refused([&] { sign_in(desk, "olena"); }, Code::unauthenticated, "sign_in_failed");
}

TEST_CASE("a home centre is given by who manages accounts there", "[A7][A8]") {
  TestDesk desk;
  CentreId mine = desk.centre("Mine");
  CentreId theirs = desk.centre("Theirs");
  Caller partner = desk.staff("Partner", mine);
  TestDesk::Customer customer = desk.customer();
  check_refused(
      [&] {
        customer.caller.run(access::UpdateAccount{.account = customer.account, .centre = mine});
      },
      Code::not_found, "centre_not_found");
  AccountId worker = partner.run(access::CreateAccount{.email = "w@x.example", .centre = mine}).id;
  check_refused([&] { partner.run(access::UpdateAccount{.account = worker, .centre = theirs}); },
                Code::not_found, "centre_not_found");
  check_refused([&] { partner.run(access::CreateAccount{.email = "v@x.example"}); }, Code::denied,
                "permission_denied");
  check_refused(
      [&] { partner.run(access::CreateAccount{.email = "v@x.example", .centre = theirs}); },
      Code::not_found, "centre_not_found");
  CHECK(desk.host().run(access::UpdateAccount{.account = worker, .centre = theirs}).centre ==
        theirs);
  check_refused([&] { partner.run(access::GetAccount{.account = worker}); }, Code::not_found,
                "account_not_found");
}

TEST_CASE("a suspended account is out at once and may come back", "[A6][A7]") {
  TestDesk desk;
  AccountId account = make_account(desk, "olena@studio.example");
  Caller caller = desk.desk().caller(sign_in(desk, "olena@studio.example").token);
  access::Account suspended =
      desk.host().run(access::SuspendAccount{.account = account, .version = 1});
  CHECK(suspended.status == access::AccountStatus::suspended);
  CHECK(suspended.version == 2);
  check_refused([&] { caller.run(access::Whoami{}); }, Code::unauthenticated, "token_invalid");
  check_refused([&] { desk.host().run(access::SuspendAccount{.account = account}); },
                Code::conflict, "account_not_active");
  desk.host().run(access::ReinstateAccount{.account = account});
  check_refused([&] { desk.host().run(access::ReinstateAccount{.account = account}); },
                Code::conflict, "account_not_suspended");
  check_refused([&] { caller.run(access::Whoami{}); }, Code::unauthenticated, "token_invalid");
  CHECK(sign_in(desk, "olena@studio.example").account == account);
}

TEST_CASE("whoami tells what a caller is and may do", "[A7]") {
  TestDesk desk;
  access::Identity nobody = desk.anonymous().run(access::Whoami{});
  CHECK(nobody.kind == access::CallerKind::anonymous);
  CHECK_FALSE(nobody.account);
  CHECK(nobody.permissions.empty());
  access::Identity host = desk.host().run(access::Whoami{});
  CHECK(host.kind == access::CallerKind::host);
  CHECK(host.permissions.size() == desk.host().run(access::Permissions{}).permissions.size());
  for (const auto& one : host.permissions) CHECK(one.any);
  TestDesk::Customer customer = desk.customer();
  access::Identity me = customer.caller.run(access::Whoami{});
  CHECK(me.account->client == customer.client);
  CHECK(me.roles.at(0).role == access::customer_role);
}

TEST_CASE("role grants are listed as far as accounts are seen", "[A7][A9]") {
  TestDesk desk;
  CentreId mine = desk.centre("Mine");
  AccountId worker = make_account(desk, "w@studio.example");
  access::RoleGrant here = grant(desk, worker, access::trainer_role, mine);
  grant(desk, worker, access::trainer_role, desk.centre("Theirs"));
  Caller partner = desk.staff("Partner", mine);
  TestDesk::Customer customer = desk.customer();
  auto seen = partner.run(access::RoleGrants{.account = worker}).items;
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].id == here.id);
  CHECK(customer.caller.run(access::RoleGrants{}).items.size() == 1);
  CHECK(desk.host().run(access::RoleGrants{.account = worker}).items.size() == 2);
  desk.host().run(access::RevokeRole{.grant = here.id});
  CHECK(desk.host().run(access::RoleGrants{.account = worker}).items.size() == 1);
  CHECK(desk.host().run(access::RoleGrants{.account = worker, .revoked = true}).items.size() == 2);
}

TEST_CASE("security events reach those who may see the account", "[E7][A9]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  TestDesk::Customer stranger = desk.customer("Maria");
  auto topics = [](const Caller& caller, AccountId account) {
    std::vector<std::string> seen;
    for (const auto& event :
         caller.run(events::Since{.topics = {"access.*"}, .limit = 1000}).items) {
      if (event.account == account) seen.push_back(event.topic);
    }
    return seen;
  };
  CHECK(topics(customer.caller, customer.account) ==
        std::vector<std::string>{"access.account_created", "access.role_granted",
                                 "access.signed_in"});
  CHECK(topics(stranger.caller, customer.account).empty());
  // Codes are for the outbox alone; their secrets are in no event.
  for (const auto& event :
       desk.host().run(events::Since{.topics = {"access.code_issued"}, .limit = 1000}).items) {
    CHECK(event.payload.find("secret") == std::string::npos);
    CHECK(event.payload.find('@') == std::string::npos);
  }
}
