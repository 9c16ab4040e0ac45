#include "access_support.hpp"
#include "storage/connection.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

constexpr const char* email = "olena@studio.example";

std::string stored_hash(TestDesk& desk, AccountId account) {
  storage::Connection file(desk.path(), storage::OpenMode::read_only);
  storage::Cursor row =
      file.query("SELECT password_hash FROM credentials WHERE account = $1", account);
  return row.next() ? std::string(row.text(0)) : std::string{};
}

void request_reset(TestDesk& desk, const std::string& address) {
  desk.anonymous().run(access::RequestPasswordReset{.email = address});
}

void reset(TestDesk& desk, const std::string& token, const std::string& password) {
  desk.anonymous().run(access::ResetPassword{.token = token, .password = password});
}

}  // namespace

TEST_CASE("passwords are kept as Argon2id", "[A2]") {
  TestDesk desk;
  AccountId first = make_account(desk, email);
  AccountId second = make_account(desk, "maria@studio.example");
  CHECK(stored_hash(desk, first).starts_with("argon2id$1$8192$"));
  CHECK(stored_hash(desk, first) != stored_hash(desk, second));  // salted
}

TEST_CASE("Argon2id has the interactive cost unless set otherwise", "[A2]") {
  TestDesk desk;
  std::map<std::string, std::int64_t> values;
  for (const auto& setting : desk.host().run(upkeep::Settings{}).items) {
    if (setting.name.starts_with("access.password")) values[setting.name] = setting.standard;
  }
  CHECK(values["access.password_passes"] == 2);
  CHECK(values["access.password_memory_bytes"] == 64 * 1024 * 1024);
}

TEST_CASE("weak passwords are refused", "[A2]") {
  TestDesk desk;
  struct Case {
    std::string password;
    std::string reason;
  };
  const Case cases[] = {
      {"short", "password_too_short"},
      {"123456789", "password_too_short"},
      {"пароль123", "password_too_short"},  // nine characters, though more bytes
      {"password1234", "password_common"},
      {"1234567890", "password_common"},
      {"Olena@Studio.Example", "password_is_email"},
      {"olenakovalenko", "password_is_email"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.password);
    access::CreateAccount create;
    create.email = one.reason == "password_is_email" && one.password[0] == 'o'
                       ? "olenakovalenko@studio.example"
                       : email;
    create.password = one.password;
    Error error = refusal([&] { desk.host().run(create); });
    CHECK(error.reason() == one.reason);
    CHECK(error.code() == Code::invalid);
    CHECK(error.field() == "password");
    CHECK(error.message().find(one.password) == std::string::npos);
  }
  access::CreateAccount create;
  create.email = email;
  create.password = "пароль моєї кішки";
  CHECK(desk.host().run(create).id);
}

TEST_CASE("the same rules hold wherever a password is set", "[A2]") {
  TestDesk desk;
  make_account(desk, email);
  Caller caller = desk.desk().caller(sign_in(desk, email).token);
  CHECK(refusal([&] {
          caller.run(
              access::ChangePassword{.old_password = TestDesk::password, .new_password = "short"});
        }).reason() == "password_too_short");
  CHECK(refusal([&] {
          people::Register request;
          request.email = "maria@mail.example";
          request.password = "password1234";
          request.first_name = "Maria";
          desk.anonymous().run(request);
        }).reason() == "password_common");
  desk.messages();
  request_reset(desk, email);
  std::string token = desk.secret_sent_to(email);
  CHECK(refusal([&] { reset(desk, token, email); }).reason() == "password_is_email");
  reset(desk, token, other_password);  // a refused password does not use the token up
}

// --- change ---

TEST_CASE("changing a password needs the old one", "[A2]") {
  TestDesk desk;
  make_account(desk, email);
  Caller caller = desk.desk().caller(sign_in(desk, email).token);
  desk.messages();
  access::ChangePassword request{.old_password = "not the old one", .new_password = other_password};
  Error error = refusal([&] { caller.run(request); });
  CHECK(error.reason() == "password_wrong");
  CHECK(error.code() == Code::denied);
  CHECK(error.field() == "old_password");
  request.old_password = TestDesk::password;
  caller.run(request);
  CHECK(sign_in(desk, email, other_password).account);
  check_refused([&] { sign_in(desk, email); }, Code::unauthenticated, "sign_in_failed");
  CHECK(desk.messages().size() == 1);  // its holder is told
}

TEST_CASE("guessing the old password is slowed down", "[A2][A4]") {
  TestDesk desk;
  make_account(desk, email);
  Caller caller = desk.desk().caller(sign_in(desk, email).token);
  access::ChangePassword request{.old_password = "not the old one", .new_password = other_password};
  for (int i = 0; i < 5; ++i) {
    check_refused([&] { caller.run(request); }, Code::denied, "password_wrong");
  }
  request.old_password = TestDesk::password;
  check_refused([&] { caller.run(request); }, Code::rate_limited, "too_many_attempts");
  desk.clock += 30s;
  caller.run(request);
}

TEST_CASE("a password cannot be changed by the host or by nobody", "[A2]") {
  TestDesk desk;
  access::ChangePassword request{.old_password = TestDesk::password,
                                 .new_password = other_password};
  check_refused([&] { desk.host().run(request); }, Code::denied, "session_required");
  check_refused([&] { desk.anonymous().run(request); }, Code::unauthenticated, "sign_in_required");
}

// --- reset ---

TEST_CASE("a password is reset by a token that works once, for an hour", "[A2]") {
  TestDesk desk;
  make_account(desk, email);
  Caller caller = desk.desk().caller(sign_in(desk, email).token);
  desk.messages();
  request_reset(desk, "OLENA@studio.example");
  std::string token = desk.secret_sent_to(email);
  REQUIRE(token.size() == 43);

  SECTION("once") {
    reset(desk, token, other_password);
    CHECK(sign_in(desk, email, other_password).account);
    check_refused([&] { caller.run(access::Whoami{}); }, Code::unauthenticated, "token_invalid");
    check_refused([&] { reset(desk, token, "yet another password"); }, Code::unauthenticated,
                  "link_invalid");
  }
  SECTION("until a second before the hour is over") {
    desk.clock += 1h - 1s;
    reset(desk, token, other_password);
  }
  SECTION("not after an hour") {
    desk.clock += 1h;
    check_refused([&] { reset(desk, token, other_password); }, Code::expired, "link_expired");
  }
  SECTION("not once a newer one was sent") {
    desk.clock += 1min;
    request_reset(desk, email);
    std::string newer = desk.secret_sent_to(email);
    check_refused([&] { reset(desk, token, other_password); }, Code::unauthenticated,
                  "link_invalid");
    reset(desk, newer, other_password);
  }
  SECTION("not for another purpose") {
    check_refused([&] { desk.anonymous().run(access::VerifyEmail{.token = token}); },
                  Code::unauthenticated, "link_invalid");
    check_refused([&] { desk.anonymous().run(access::ConfirmEmailChange{.token = token}); },
                  Code::unauthenticated, "link_invalid");
    check_refused(
        [&] {
          desk.anonymous().run(
              access::AcceptInvitation{.token = token, .password = other_password});
        },
        Code::unauthenticated, "link_invalid");
    check_refused([&] { desk.desk().caller(token).run(access::Whoami{}); }, Code::unauthenticated,
                  "token_invalid");
  }
  SECTION("not once the password was changed otherwise") {
    caller.run(
        access::ChangePassword{.old_password = TestDesk::password, .new_password = other_password});
    check_refused([&] { reset(desk, token, "yet another password"); }, Code::unauthenticated,
                  "link_invalid");
  }
  SECTION("not in a preview") {
    check_refused(
        [&] {
          desk.anonymous().preview(
              access::ResetPassword{.token = token, .password = other_password});
        },
        Code::unsupported, "not_in_preview");
  }
}

TEST_CASE("asking for a reset never tells whether an account exists", "[A2]") {
  TestDesk desk;
  AccountId suspended = make_account(desk, "maria@studio.example");
  desk.host().run(access::SuspendAccount{.account = suspended});
  make_account(desk, email);
  desk.messages();
  // Known, unknown, suspended, no address at all, and more often than messages are sent: no
  // refusal.
  for (int i = 0; i < 8; ++i) {
    for (const char* address :
         {email, "nobody@studio.example", "maria@studio.example", "nonsense"}) {
      request_reset(desk, address);
    }
  }
  auto messages = desk.messages();
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].address == email);
}

TEST_CASE("resets are sent at most once a minute and five times an hour", "[A2]") {
  TestDesk desk;
  make_account(desk, email);
  desk.messages();
  std::size_t sent = 0;
  for (int i = 0; i < 60; ++i) {
    request_reset(desk, email);
    sent += desk.messages().size();
    desk.clock += 30s;
  }
  CHECK(sent == 5);
}

TEST_CASE("a reset ends the delays that failures caused", "[A2][A4]") {
  TestDesk desk;
  make_account(desk, email);
  desk.messages();
  for (int i = 0; i < 5; ++i) refusal([&] { sign_in(desk, email, "forgotten by now"); });
  desk.messages();
  request_reset(desk, email);
  reset(desk, desk.secret_sent_to(email), other_password);
  CHECK(sign_in(desk, email, other_password).account);
}

TEST_CASE("a reset proves the address but not a second factor", "[A2][A3][A5]") {
  TestDesk desk;
  AccountId account = make_account(desk, email);
  grant(desk, account, access::admin_role);
  desk.messages();
  request_reset(desk, email);
  reset(desk, desk.secret_sent_to(email), other_password);
  CHECK(desk.host().run(access::GetAccount{.account = account}).email_verified_at ==
        desk.clock.now());
  CHECK(sign_in(desk, email, other_password).challenge);
}

// --- invitation ---

TEST_CASE("an invited account sets its first password", "[A1][A2]") {
  TestDesk desk;
  access::Account account = desk.host().run(access::CreateAccount{.email = email, .name = "Olena"});
  std::string token = desk.secret_sent_to(email);
  check_refused([&] { sign_in(desk, email, ""); }, Code::invalid, "length_out_of_range");
  check_refused([&] { sign_in(desk, email); }, Code::unauthenticated, "sign_in_failed");
  desk.anonymous().run(access::AcceptInvitation{.token = token, .password = TestDesk::password});
  CHECK(sign_in(desk, email).account == account.id);
  CHECK(desk.host().run(access::GetAccount{.account = account.id}).email_verified_at);
  check_refused(
      [&] {
        desk.anonymous().run(access::AcceptInvitation{.token = token, .password = other_password});
      },
      Code::unauthenticated, "link_invalid");
  check_refused([&] { desk.host().run(access::SendInvitation{.account = account.id}); },
                Code::conflict, "account_has_password");
}

TEST_CASE("an invitation lasts a week and can be sent again", "[A2]") {
  TestDesk desk;
  access::Account account = desk.host().run(access::CreateAccount{.email = email});
  std::string token = desk.secret_sent_to(email);
  check_refused([&] { desk.host().run(access::SendInvitation{.account = account.id}); },
                Code::rate_limited, "code_too_soon");
  desk.clock += 7 * 24h;
  check_refused(
      [&] {
        desk.anonymous().run(
            access::AcceptInvitation{.token = token, .password = TestDesk::password});
      },
      Code::expired, "link_expired");
  desk.host().run(access::SendInvitation{.account = account.id});
  desk.anonymous().run(access::AcceptInvitation{.token = desk.secret_sent_to(email),
                                                .password = TestDesk::password});
  CHECK(sign_in(desk, email).account);
}
