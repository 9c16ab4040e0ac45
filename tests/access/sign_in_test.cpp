#include <ctime>
#include <limits>
#include <thread>

#include "access_support.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

std::int64_t retry_after(const Error& error) {
  return std::get<std::int64_t>(error.details().at("retry_after_seconds"));
}

}  // namespace

TEST_CASE("sign-in by address or login gives a session", "[A4]") {
  TestDesk desk;
  AccountId account = make_account(desk, "Olena@Studio.Example");
  access::UpdateAccount update;
  update.account = account;
  update.login = "Olena.K";
  desk.host().run(update);

  for (const char* login : {"olena@studio.example", "OLENA@studio.example", "olena.k", "OLENA.K"}) {
    access::SignInResult entry = sign_in(desk, login);
    CHECK(entry.account == account);
    CHECK_FALSE(entry.challenge);
    CHECK(entry.token.starts_with("fds_"));
    CHECK(entry.token.size() >= 4 + 43);  // 256 bits
    access::Identity me = desk.desk().caller(entry.token).run(access::Whoami{});
    CHECK(me.kind == access::CallerKind::account);
    CHECK(me.account->id == account);
    CHECK(me.session == entry.session);
    CHECK(me.account->last_sign_in_at == desk.clock.now());
  }
}

TEST_CASE("wrong user and wrong password are told alike", "[A4]") {
  TestDesk desk;
  make_account(desk, "olena@studio.example");
  Error wrong_password = refusal([&] { sign_in(desk, "olena@studio.example", other_password); });
  Error wrong_user = refusal([&] { sign_in(desk, "nobody@studio.example"); });
  Error wrong_login = refusal([&] { sign_in(desk, "nobody"); });
  for (const Error& error : {wrong_password, wrong_user, wrong_login}) {
    CHECK(error.code() == Code::unauthenticated);
    CHECK(error.reason() == "sign_in_failed");
    CHECK(error.message() == wrong_password.message());
    CHECK(error.details() == wrong_password.details());
    CHECK(error.field() == wrong_password.field());
  }
}

TEST_CASE("wrong user and wrong password take the same time", "[A4]") {
  TestDesk desk;
  // Dear enough to stand out of the noise: leaving the hash out for unknown names would show.
  desk.host().run(upkeep::ChangeSetting{.name = "access.password_memory_bytes", .value = 8 << 20});
  desk.host().run(upkeep::ChangeSetting{.name = "access.sign_in_failures", .value = 100});
  make_account(desk, "olena@studio.example");
  auto time_of = [&](const std::string& login) {
    std::clock_t least = std::numeric_limits<std::clock_t>::max();
    for (int i = 0; i < 7; ++i) {
      std::clock_t start = std::clock();  // of the processor: other work does not disturb it
      refusal([&] { sign_in(desk, login, other_password); });
      least = std::min(least, std::clock() - start);
    }
    return static_cast<double>(least);
  };
  double known = time_of("olena@studio.example");
  double unknown = time_of("nobody@studio.example");
  CHECK(unknown > 0.5 * known);
  CHECK(unknown < 2.0 * known);
}

TEST_CASE("after five failures a name waits, longer each time", "[A4]") {
  TestDesk desk;
  bool exists = GENERATE(true, false);
  const std::string login = "olena@studio.example";
  if (exists) make_account(desk, login);
  for (int i = 0; i < 5; ++i) {
    check_refused([&] { sign_in(desk, login, other_password); }, Code::unauthenticated,
                  "sign_in_failed");
  }
  std::int64_t before = 0;
  for (int i = 0; i < 4; ++i) {
    Error waits = refusal([&] { sign_in(desk, login); });  // even the right password
    CHECK(waits.code() == Code::rate_limited);
    CHECK(waits.reason() == "too_many_attempts");
    std::int64_t delay = retry_after(waits);
    CHECK(waits.message().find(std::to_string(delay)) != std::string::npos);
    CHECK(delay == (before == 0 ? 30 : 2 * before));
    before = delay;
    desk.clock += Duration{delay - 1};
    CHECK(retry_after(refusal([&] { sign_in(desk, login); })) == 1);
    desk.clock += 1s;
    check_refused([&] { sign_in(desk, login, other_password); }, Code::unauthenticated,
                  "sign_in_failed");
  }
  if (!exists) return;
  desk.clock += 15min;
  CHECK(sign_in(desk, login).account);
  // A good sign-in starts the count anew.
  for (int i = 0; i < 4; ++i) refusal([&] { sign_in(desk, login, other_password); });
  CHECK(sign_in(desk, login).account);
}

TEST_CASE("delays have a limit and failures are forgotten", "[A4]") {
  TestDesk desk;
  const std::string login = "nobody@studio.example";
  for (int i = 0; i < 20; ++i) {
    refusal([&] { sign_in(desk, login); });
    desk.clock += 15min;
  }
  refusal([&] { sign_in(desk, login); });
  CHECK(retry_after(refusal([&] { sign_in(desk, login); })) == 15 * 60);
  desk.clock += 6h;
  for (int i = 0; i < 5; ++i) {
    check_refused([&] { sign_in(desk, login); }, Code::unauthenticated, "sign_in_failed");
  }
}

TEST_CASE("an origin waits whatever names it tries", "[A4]") {
  TestDesk desk;
  make_account(desk, "olena@studio.example");
  CallOptions bad_place;
  bad_place.origin = "203.0.113.7";
  for (int i = 0; i < 5; ++i) {
    check_refused(
        [&] {
          sign_in(desk, "nobody" + std::to_string(i) + "@studio.example", other_password,
                  bad_place);
        },
        Code::unauthenticated, "sign_in_failed");
  }
  check_refused([&] { sign_in(desk, "olena@studio.example", TestDesk::password, bad_place); },
                Code::rate_limited, "too_many_attempts");
  CallOptions good_place;
  good_place.origin = "203.0.113.8";
  CHECK(sign_in(desk, "olena@studio.example", TestDesk::password, good_place).account);
  CHECK(sign_in(desk, "olena@studio.example").account);  // the host tells no origin
}

TEST_CASE("an origin's failures grow its delay, then are forgotten", "[A4]") {
  TestDesk desk;
  CallOptions place;
  place.origin = "203.0.113.7";
  int number = 0;
  auto fail = [&] {
    std::string login = "nobody" + std::to_string(++number) + "@studio.example";
    return refusal([&] { sign_in(desk, login, other_password, place); });
  };
  for (int i = 0; i < 5; ++i) fail();
  CHECK(retry_after(fail()) == 30);
  desk.clock += 30s;
  fail();
  CHECK(retry_after(fail()) == 60);
  desk.clock += 15min;
  for (int i = 0; i < 5; ++i) CHECK(fail().reason() == "sign_in_failed");
  CHECK(retry_after(fail()) == 30);
}

TEST_CASE("names count as one however they are typed", "[A4]") {
  TestDesk desk;
  make_account(desk, "olena@studio.example");
  for (int i = 0; i < 5; ++i) {
    std::string typed = i % 2 == 0 ? "OLENA@studio.example" : " olena@Studio.example ";
    refusal([&] { sign_in(desk, typed, other_password); });
  }
  check_refused([&] { sign_in(desk, "olena@studio.example"); }, Code::rate_limited,
                "too_many_attempts");
}

TEST_CASE("attempts made at the same moment are each counted", "[A4]") {
  TestDesk desk;
  make_account(desk, "olena@studio.example");
  std::atomic<int> failed{0};
  std::atomic<int> limited{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&] {
      try {
        access::SignIn request;
        request.login = "olena@studio.example";
        request.password = other_password;
        desk.anonymous().run(request);
      } catch (const Error& error) {
        (error.reason() == "sign_in_failed" ? failed : limited)++;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(failed == 5);
  CHECK(limited == 7);
}

TEST_CASE("the holder learns when delays begin, once", "[A4]") {
  TestDesk desk;
  make_account(desk, "olena@studio.example");
  desk.messages();
  for (int i = 0; i < 5; ++i) {
    refusal([&] { sign_in(desk, "olena@studio.example", other_password); });
  }
  auto messages = desk.messages();
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].address == "olena@studio.example");
  desk.clock += 1min;
  refusal([&] { sign_in(desk, "olena@studio.example", other_password); });
  CHECK(desk.messages().empty());
}

TEST_CASE("a preview answers nothing about a secret", "[A4][E3]") {
  TestDesk desk;
  make_account(desk, "olena@studio.example");
  access::SignIn request;
  request.login = "olena@studio.example";
  for (const char* password : {TestDesk::password, other_password}) {
    request.password = password;
    check_refused([&] { desk.anonymous().preview(request); }, Code::unsupported, "not_in_preview");
  }
}

TEST_CASE("a failed sign-in is logged as denied and leaves nothing else", "[A4][E2][E8]") {
  TestDesk desk;
  make_account(desk, "olena@studio.example");
  refusal([&] { sign_in(desk, "olena@studio.example", other_password); });
  auto records = desk.host().run(audit::Entries{.limit = 1}).items;
  REQUIRE(records.size() == 1);
  CHECK(records[0].operation == "access.sign_in");
  CHECK(records[0].outcome == "sign_in_failed");
  CHECK(records[0].request.value_or("").find(other_password) == std::string::npos);
}

TEST_CASE("a suspended account is told so only to who knows the password", "[A4]") {
  TestDesk desk;
  AccountId account = make_account(desk, "olena@studio.example");
  access::SuspendAccount suspend;
  suspend.account = account;
  desk.host().run(suspend);
  check_refused([&] { sign_in(desk, "olena@studio.example", other_password); },
                Code::unauthenticated, "sign_in_failed");
  check_refused([&] { sign_in(desk, "olena@studio.example"); }, Code::denied, "account_suspended");
}

TEST_CASE("a hash of another cost is renewed at sign-in", "[A2]") {
  TestDesk desk;
  make_account(desk, "olena@studio.example");
  desk.host().run(upkeep::ChangeSetting{.name = "access.password_memory_bytes", .value = 16384});
  CHECK(sign_in(desk, "olena@studio.example").account);
  CHECK(sign_in(desk, "olena@studio.example").account);
  check_refused([&] { sign_in(desk, "olena@studio.example", other_password); },
                Code::unauthenticated, "sign_in_failed");
}

TEST_CASE("a key answers nothing about a password", "[A4][E4]") {
  TestDesk desk;
  make_account(desk, "olena@studio.example");
  CallOptions options;
  options.idempotency_key = "the first sign-in";
  access::SignIn request;
  request.login = "olena@studio.example";
  request.password = TestDesk::password;
  const std::string token = desk.anonymous().run(request, options).token;
  CHECK(desk.anonymous().run(request, options).token != token);
  request.password = "wrong wrong wrong";
  std::string reason;
  for (int i = 0; i < 20 && reason != "too_many_attempts"; ++i) {
    reason = desk.anonymous().try_run(request, options).error().reason();
    CHECK((reason == "sign_in_failed" || reason == "too_many_attempts"));
  }
  CHECK(reason == "too_many_attempts");
  request.password = TestDesk::password;
  CHECK(desk.anonymous().try_run(request, options).error().reason() == "too_many_attempts");
}

TEST_CASE("what one who is not signed in asked for is no conflict for another", "[E4]") {
  TestDesk desk;
  CallOptions options;
  options.idempotency_key = "1";
  access::RequestPasswordReset mine{.email = "olena@mail.example"};
  desk.anonymous().run(mine, options);
  desk.anonymous().run(access::RequestPasswordReset{.email = "taras@mail.example"}, options);
  // A caller who is known has their own keys, and is told.
  people::CreateClient client;
  client.first_name = "Olena";
  desk.host().run(client, options);
  client.first_name = "Taras";
  check_refused([&] { desk.host().run(client, options); }, Code::conflict,
                "idempotency_key_reused");
}
