#include "access_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

constexpr const char* email = "olena@studio.example";

void check_ended(const Caller& caller) {
  check_refused([&] { caller.run(access::Whoami{}); }, Code::unauthenticated, "token_invalid");
}

void check_lapsed(const Caller& caller) {
  check_refused([&] { caller.run(access::Whoami{}); }, Code::unauthenticated, "token_expired");
}

/// A write that commits, and with it what is flushed.
void write_something(TestDesk& desk) { desk.host().run(upkeep::Tick{}); }

}  // namespace

TEST_CASE("only a right token is worth anything", "[A6]") {
  TestDesk desk;
  make_account(desk, email);
  std::string token = sign_in(desk, email).token;
  CHECK(desk.desk().caller(token).run(access::Whoami{}).account->email == email);
  std::string changed = token;
  changed.back() = changed.back() == 'A' ? 'B' : 'A';
  std::string one_letter_less = token.substr(0, token.size() - 1);
  for (const std::string& bad :
       {changed, one_letter_less, token + "A", std::string("fds_"),
        std::string("fdk_") + token.substr(4), std::string(""), std::string("nonsense"),
        std::string("a.b.c"), std::string("..")}) {
    CAPTURE(bad);
    check_ended(desk.desk().caller(bad));
  }
}

TEST_CASE("a session ends when it is idle for too long", "[A6]") {
  TestDesk desk;
  make_account(desk, email);
  Caller caller = desk.desk().caller(sign_in(desk, email).token);
  SECTION("fourteen days") {
    desk.clock += 14 * 24h - 1s;
    caller.run(access::Whoami{});
    desk.clock += 14 * 24h - 1s;
    caller.run(access::Whoami{});  // each use begins them anew, although reads write nothing
    desk.clock += 14 * 24h;
    check_lapsed(caller);
    check_lapsed(caller);
  }
  SECTION("as the setting says") {
    desk.host().run(upkeep::ChangeSetting{.name = "access.session_idle_seconds", .value = 30 * 60});
    for (int i = 0; i < 10; ++i) {
      desk.clock += 29min;
      caller.run(access::Whoami{});
    }
    desk.clock += 30min;
    check_lapsed(caller);
  }
}

TEST_CASE("a session ends at its time however much it is used", "[A6]") {
  TestDesk desk;
  make_account(desk, email);
  access::SignInResult entry = sign_in(desk, email);
  Caller caller = desk.desk().caller(entry.token);
  CHECK(entry.expires_at == desk.clock.now() + 90 * 24h);
  for (int day = 0; day < 89; ++day) {
    desk.clock += 24h;
    caller.run(access::Whoami{});
  }
  desk.clock += 24h - 1s;
  caller.run(access::Whoami{});
  desk.clock += 1s;
  check_lapsed(caller);
}

TEST_CASE("the last use survives a restart, right to about a minute", "[A6]") {
  TestDesk desk;
  desk.host().run(upkeep::ChangeSetting{.name = "access.session_idle_seconds", .value = 30 * 60});
  make_account(desk, email);
  std::string token = sign_in(desk, email).token;
  desk.clock += 29min;
  desk.desk().caller(token).run(access::Whoami{});
  write_something(desk);
  desk.reopen();
  desk.clock += 28min;
  Caller caller = desk.desk().caller(token);
  caller.run(access::Whoami{});
  desk.reopen();  // nothing was written since: the use is lost, so the session lapses early, never
                  // late
  desk.clock += 28min;
  check_lapsed(desk.desk().caller(token));
}

TEST_CASE("the last use by another process counts", "[A6][E11]") {
  TestDesk desk;
  desk.host().run(upkeep::ChangeSetting{.name = "access.session_idle_seconds", .value = 30 * 60});
  make_account(desk, email);
  std::string token = sign_in(desk, email).token;
  Desk other = Desk::open(desk.path(), desk.options());
  other.caller(token).run(access::Whoami{});  // remembers the row as it is now
  for (int i = 0; i < 3; ++i) {
    desk.clock += 20min;
    desk.desk().caller(token).run(access::Whoami{});
    write_something(desk);
  }
  CHECK(other.caller(token).run(access::Whoami{}).account->email == email);
}

TEST_CASE("a revocation counts at once, also in another process", "[A6][E11]") {
  TestDesk desk;
  AccountId account = make_account(desk, email);
  std::string token = sign_in(desk, email).token;
  Desk other = Desk::open(desk.path(), desk.options());
  other.caller(token).run(access::Whoami{});
  desk.host().run(access::RevokeAllSessions{.account = account});
  check_ended(other.caller(token));
  check_ended(desk.desk().caller(token));
}

TEST_CASE("sessions are listed and ended one by one or all", "[A6]") {
  TestDesk desk;
  make_account(desk, email);
  CallOptions phone;
  phone.origin = "198.51.100.4";
  access::SignInResult first = sign_in(desk, email);
  desk.clock += 1min;
  access::SignInResult second = desk.anonymous().run(
      access::SignIn{.login = email, .password = TestDesk::password, .device = "Phone"}, phone);
  Caller caller = desk.desk().caller(first.token);
  Caller phone_caller = desk.desk().caller(second.token);

  auto sessions = caller.run(access::Sessions{}).items;
  REQUIRE(sessions.size() == 2);
  CHECK(sessions[0].id == second.session);
  CHECK(sessions[0].device == "Phone");
  CHECK(sessions[0].origin == "198.51.100.4");
  CHECK(sessions[0].created_at == desk.clock.now());
  CHECK_FALSE(sessions[0].second_factor);
  CHECK(sessions[1].id == first.session);
  auto page = caller.run(access::Sessions{.limit = 1});
  REQUIRE(page.next);
  CHECK(caller.run(access::Sessions{.cursor = page.next, .limit = 1}).items[0].id == first.session);

  SECTION("one") {
    caller.run(access::RevokeSession{.session = second.session});
    check_ended(phone_caller);
    CHECK(caller.run(access::Sessions{}).items.size() == 1);
    check_refused([&] { caller.run(access::RevokeSession{.session = second.session}); },
                  Code::not_found, "sign_in_session_not_found");
  }
  SECTION("all") {
    CHECK(caller.run(access::RevokeAllSessions{}).revoked == 2);
    check_ended(caller);
    check_ended(phone_caller);
  }
  SECTION("signing out ends the own one") {
    phone_caller.run(access::SignOut{});
    check_ended(phone_caller);
    CHECK(caller.run(access::Sessions{}).items.size() == 1);
  }
}

TEST_CASE("sessions of others look as if there were none", "[A6][A9]") {
  TestDesk desk;
  AccountId account = make_account(desk, email);
  access::SignInResult entry = sign_in(desk, email);
  TestDesk::Customer stranger = desk.customer();
  auto told = [](const Error& error) {
    return std::string(code_name(error.code())) + error.reason() + error.message() + error.field();
  };
  CHECK(told(refusal([&] {
          stranger.caller.run(access::RevokeSession{.session = entry.session});
        })) == told(refusal([&] {
          stranger.caller.run(access::RevokeSession{.session = SignInSessionId{999}});
        })));
  CHECK(told(refusal([&] { stranger.caller.run(access::Sessions{.account = account}); })) ==
        told(refusal([&] { stranger.caller.run(access::Sessions{.account = AccountId{999}}); })));
  CHECK(told(refusal([&] {
          stranger.caller.run(access::RevokeAllSessions{.account = account});
        })) == told(refusal([&] {
          stranger.caller.run(access::RevokeAllSessions{.account = AccountId{999}});
        })));

  Caller admin = desk.admin();
  CHECK(admin.run(access::Sessions{.account = account}).items.size() == 1);
  admin.run(access::RevokeSession{.session = entry.session});
  check_ended(desk.desk().caller(entry.token));
}

TEST_CASE("who has no session cannot list or end their own", "[A6]") {
  TestDesk desk;
  check_refused([&] { desk.host().run(access::Sessions{}); }, Code::denied, "session_required");
  check_refused([&] { desk.host().run(access::SignOut{}); }, Code::denied, "session_required");
  check_refused([&] { desk.anonymous().run(access::SignOut{}); }, Code::unauthenticated,
                "sign_in_required");
}

TEST_CASE("all sessions end when the password changes; the caller gets a new one", "[A6][A2]") {
  TestDesk desk;
  make_account(desk, email);
  Caller first = desk.desk().caller(sign_in(desk, email).token);
  Caller second = desk.desk().caller(sign_in(desk, email).token);
  access::SignInResult entry = first.run(
      access::ChangePassword{.old_password = TestDesk::password, .new_password = other_password});
  check_ended(first);
  check_ended(second);
  CHECK(desk.desk().caller(entry.token).run(access::Sessions{}).items.size() == 1);
}

TEST_CASE("expired sessions are purged by the tick", "[A6][U1]") {
  TestDesk desk;
  AccountId account = make_account(desk, email);
  sign_in(desk, email);
  desk.clock += 91 * 24h;
  CHECK(desk.host().run(access::Sessions{.account = account}).items.size() == 1);
  desk.host().run(upkeep::Tick{});
  CHECK(desk.host().run(access::Sessions{.account = account}).items.empty());
}
