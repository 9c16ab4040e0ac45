#include "role_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

TEST_CASE("whoever registers is a Customer and nothing else", "[A1]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  CHECK(role_names(customer.caller) == std::vector<std::string>{"Customer"});
  // No request can carry a role: the field is unknown.
  Error error = refusal([&] {
    desk.anonymous().call("people.register",
                          R"({"email": "x@mail.example", "password": "correct horse battery",
                              "first_name": "X", "role": 1})");
  });
  CHECK(error.reason() == "field_unknown");
  CHECK(error.field() == "role");
}

TEST_CASE("an address registers once, whatever its case", "[A1]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  std::string shouted = customer.email;
  for (char& letter : shouted) letter = static_cast<char>(std::toupper(letter));
  people::Register request;
  request.email = shouted;
  request.password = TestDesk::password;
  request.first_name = "Olena";
  check_refused([&] { desk.anonymous().run(request); }, Code::conflict, "email_taken");
  check_refused([&] { make_account(desk, shouted); }, Code::conflict, "email_taken");
}

TEST_CASE("only the host makes the first Admin", "[A1][A8]") {
  TestDesk desk;
  TestDesk::Customer customer = desk.customer();
  access::GrantRole request{.account = customer.account, .role = access::admin_role};
  check_refused([&] { desk.anonymous().run(request); }, Code::unauthenticated, "sign_in_required");
  check_refused([&] { customer.caller.run(request); }, Code::denied, "permission_denied");
  for (const char* role : {"Moderator", "Salesman", "Trainer"}) {
    Caller staff = desk.staff(role);
    check_refused([&] { staff.run(request); }, Code::denied, "permission_denied");
  }
  Caller partner = desk.staff("Partner");
  check_exceeds([&] { partner.run(request); }, {"access.manage_roles", "audit.view"});
  desk.host().run(request);
  CHECK(desk.desk().caller(desk.token(customer.email)).run(access::Whoami{}).roles.size() == 2);
}

TEST_CASE("accounts of staff are created by host and Admin, with no role", "[A1]") {
  TestDesk desk;
  access::CreateAccount request{.email = "trainer@studio.example", .password = TestDesk::password};
  TestDesk::Customer customer = desk.customer();
  check_refused([&] { customer.caller.run(request); }, Code::denied, "permission_denied");
  check_refused([&] { desk.anonymous().run(request); }, Code::unauthenticated, "sign_in_required");
  desk.admin().run(request);
  Caller caller = desk.desk().caller(sign_in(desk, request.email).token);
  CHECK(role_names(caller).empty());
  CHECK(caller.run(access::Whoami{}).permissions.empty());
  check_refused([&] { caller.run(access::Accounts{}); }, Code::denied, "permission_denied");
}

TEST_CASE("a client without an account gets one as a Customer", "[A1]") {
  TestDesk desk;
  ClientId client = desk.host().run(people::CreateClient{.first_name = "Maria"}).id;
  access::CreateAccount request{.email = "maria@mail.example", .client = client};
  access::Account account = desk.host().run(request);
  CHECK(account.client == client);
  request.email = "other@mail.example";
  check_refused([&] { desk.host().run(request); }, Code::conflict, "client_has_account");
  request.client = ClientId{999};
  check_refused([&] { desk.host().run(request); }, Code::not_found, "client_not_found");
  desk.anonymous().run(access::AcceptInvitation{.token = desk.secret_sent_to("maria@mail.example"),
                                                .password = TestDesk::password});
  Caller caller = desk.desk().caller(sign_in(desk, "maria@mail.example").token);
  CHECK(role_names(caller) == std::vector<std::string>{"Customer"});
}

TEST_CASE("logins are unique, and cannot be taken for an address", "[A1]") {
  TestDesk desk;
  access::CreateAccount request{.email = "a@studio.example", .login = "Front.Desk"};
  desk.host().run(request);
  request = {.email = "b@studio.example", .login = "front.desk"};
  check_refused([&] { desk.host().run(request); }, Code::conflict, "login_taken");
  for (const char* bad : {"a@studio.example", "ab", "with space", "Олена"}) {
    request.login = bad;
    check_refused([&] { desk.host().run(request); }, Code::invalid, "login_malformed");
  }
}
