#include "access_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

constexpr const char* email = "olena@studio.example";
constexpr const char* new_email = "Olena@New.Example";

struct Holder {
  TestDesk desk{};
  AccountId account{};
  Caller caller;

  Holder() : caller(desk.anonymous()) {
    account = make_account(desk, email);
    caller = desk.desk().caller(sign_in(desk, email).token);
  }
  access::Account now() { return desk.host().run(access::GetAccount{.account = account}); }
  void verify(const std::string& token) {
    desk.anonymous().run(access::VerifyEmail{.token = token});
  }
  void ask_change(const std::string& address = new_email) {
    caller.run(access::ChangeEmail{.email = address, .password = TestDesk::password});
  }
  void confirm(const std::string& token) {
    desk.anonymous().run(access::ConfirmEmailChange{.token = token});
  }
};

}  // namespace

TEST_CASE("an address is proven by the token sent to it, within a day", "[A3]") {
  Holder test;
  CHECK_FALSE(test.now().email_verified_at);
  std::string token = test.desk.secret_sent_to(email);
  SECTION("once") {
    test.desk.clock += 24h - 1s;
    test.verify(token);
    CHECK(test.now().email_verified_at == test.desk.clock.now());
    check_refused([&] { test.verify(token); }, Code::unauthenticated, "link_invalid");
    check_refused([&] { test.caller.run(access::RequestEmailVerification{}); }, Code::conflict,
                  "email_verified");
  }
  SECTION("not later") {
    test.desk.clock += 24h;
    check_refused([&] { test.verify(token); }, Code::expired, "link_expired");
    CHECK_FALSE(test.now().email_verified_at);
  }
  SECTION("a newer token voids the older") {
    test.desk.clock += 1min;
    test.caller.run(access::RequestEmailVerification{});
    std::string newer = test.desk.secret_sent_to(email);
    check_refused([&] { test.verify(token); }, Code::unauthenticated, "link_invalid");
    test.verify(newer);
  }
  SECTION("at most once a minute") {
    check_refused([&] { test.caller.run(access::RequestEmailVerification{}); }, Code::rate_limited,
                  "code_too_soon");
  }
}

TEST_CASE("who registers is sent a token to prove the address", "[A1][A3]") {
  TestDesk desk;
  people::Register request;
  request.email = "maria@mail.example";
  request.password = TestDesk::password;
  request.first_name = "Maria";
  AccountId account = desk.anonymous().run(request).account;
  desk.anonymous().run(access::VerifyEmail{.token = desk.secret_sent_to("maria@mail.example")});
  CHECK(desk.host().run(access::GetAccount{.account = account}).email_verified_at);
}

TEST_CASE("a changed address counts only once confirmed", "[A3]") {
  Holder test;
  test.desk.messages();
  test.ask_change();
  CHECK(test.now().email == email);
  check_refused([&] { sign_in(test.desk, new_email); }, Code::unauthenticated, "sign_in_failed");
  std::string token = test.desk.secret_sent_to(new_email);
  test.desk.messages();
  test.confirm(token);
  CHECK(test.now().email == new_email);
  CHECK(test.now().email_verified_at == test.desk.clock.now());
  CHECK(sign_in(test.desk, "olena@new.example").account == test.account);
  check_refused([&] { sign_in(test.desk, email); }, Code::unauthenticated, "sign_in_failed");
  check_refused([&] { test.confirm(token); }, Code::unauthenticated, "link_invalid");
  auto notices = test.desk.messages();
  REQUIRE(notices.size() == 1);  // the address before is told
  CHECK(notices[0].address == email);
}

TEST_CASE("changing an address needs the password and an address", "[A3]") {
  Holder test;
  access::ChangeEmail request{.email = new_email, .password = other_password};
  check_refused([&] { test.caller.run(request); }, Code::denied, "password_wrong");
  request = {.email = "nonsense", .password = TestDesk::password};
  check_refused([&] { test.caller.run(request); }, Code::invalid, "email_malformed");
  test.ask_change();
  check_refused([&] { test.ask_change(); }, Code::rate_limited, "code_too_soon");
}

TEST_CASE("an address change lapses after a day", "[A3]") {
  Holder test;
  test.ask_change();
  std::string token = test.desk.secret_sent_to(new_email);
  test.desk.clock += 24h;
  check_refused([&] { test.confirm(token); }, Code::expired, "link_expired");
}

TEST_CASE("what was sent to the address before proves nothing once it changed", "[A3][A2]") {
  Holder test;
  std::string verification = test.desk.secret_sent_to(email);
  test.desk.anonymous().run(access::RequestPasswordReset{.email = email});
  std::string reset = test.desk.secret_sent_to(email);
  test.ask_change();
  test.confirm(test.desk.secret_sent_to(new_email));
  check_refused([&] { test.verify(verification); }, Code::unauthenticated, "link_invalid");
  check_refused(
      [&] {
        test.desk.anonymous().run(
            access::ResetPassword{.token = reset, .password = other_password});
      },
      Code::unauthenticated, "link_invalid");
}

TEST_CASE("asking for an address that is taken tells nothing to the caller", "[A2][A3]") {
  Holder test;
  make_account(test.desk, "maria@studio.example");
  test.desk.messages();
  test.ask_change("Maria@studio.example");  // the same answer as for one that is free
  auto messages = test.desk.messages();
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].address == "maria@studio.example");
  CHECK(test.now().email == email);
}

TEST_CASE("an address taken in the meantime cannot be confirmed", "[A3]") {
  Holder test;
  test.ask_change();
  std::string token = test.desk.secret_sent_to(new_email);
  make_account(test.desk, "olena@new.example");
  check_refused([&] { test.confirm(token); }, Code::conflict, "email_taken");
}

TEST_CASE("a token for an address is not tried in a preview", "[A2][E3]") {
  TestDesk desk;
  check_refused([&] { desk.anonymous().preview(access::VerifyEmail{.token = "nonsense"}); },
                Code::unsupported, "not_in_preview");
  check_refused([&] { desk.anonymous().preview(access::ConfirmEmailChange{.token = "nonsense"}); },
                Code::unsupported, "not_in_preview");
  check_refused([&] { desk.anonymous().preview(access::ResendCode{.challenge = "nonsense"}); },
                Code::unsupported, "not_in_preview");
}
