#include "access_support.hpp"
#include "base/crypto.hpp"

using namespace frontdesk;
using namespace frontdesk::testing;

namespace {

constexpr const char* email = "olena@studio.example";

struct SignedIn {
  TestDesk desk{};
  access::SignInResult entry{};
  Caller caller;
  access::Tokens tokens{};

  SignedIn() : caller(desk.anonymous()) {
    make_account(desk, email);
    entry = sign_in(desk, email);
    caller = desk.desk().caller(entry.token);
    tokens = caller.run(access::IssueTokens{});
  }
  access::Tokens refresh(const std::string& token) {
    return desk.anonymous().run(access::RefreshTokens{.refresh_token = token});
  }
  void check_works(const std::string& token) {
    CHECK(desk.desk().caller(token).run(access::Whoami{}).session == entry.session);
  }
  void check_bad(const std::string& token, const std::string& reason = "token_invalid") {
    check_refused([&] { desk.desk().caller(token).run(access::Whoami{}); }, Code::unauthenticated,
                  reason);
  }
};

std::vector<std::string> parts_of(const std::string& token) {
  std::size_t first = token.find('.');
  std::size_t last = token.rfind('.');
  return {token.substr(0, first), token.substr(first + 1, last - first - 1),
          token.substr(last + 1)};
}

}  // namespace

TEST_CASE("an access token stands for its session for thirty minutes", "[A6]") {
  SignedIn test;
  auto parts = parts_of(test.tokens.access_token);
  CHECK(crypto::from_base64url(parts[0]) == R"({"alg":"HS256","typ":"JWT"})");
  std::string claims = crypto::from_base64url(parts[1]).value();
  for (const char* claim : {"\"sub\":\"", "\"sid\":\"", "\"iat\":", "\"exp\":", "\"jti\":\""}) {
    CHECK(claims.find(claim) != std::string::npos);
  }
  CHECK(test.tokens.access_expires_at == test.desk.clock.now() + 30min);
  CHECK(test.tokens.refresh_expires_at == test.desk.clock.now() + 24h);
  test.check_works(test.tokens.access_token);
  test.desk.clock += 30min - 1s;
  test.check_works(test.tokens.access_token);
  test.desk.clock += 1s;
  test.check_bad(test.tokens.access_token, "token_expired");
}

TEST_CASE("a changed access token is worth nothing", "[A6]") {
  SignedIn test;
  auto parts = parts_of(test.tokens.access_token);
  std::string claims = crypto::from_base64url(parts[1]).value();
  std::string later = claims;
  later.replace(later.find("\"exp\":") + 6, 1, "9");
  std::string none = crypto::base64url(R"({"alg":"none","typ":"JWT"})");
  test.check_bad(parts[0] + "." + crypto::base64url(later) + "." + parts[2]);
  test.check_bad(none + "." + parts[1] + ".");
  test.check_bad(none + "." + parts[1] + "." + parts[2]);
  test.check_bad(parts[0] + "." + parts[1] + ".");
  test.check_bad(parts[0] + "." + parts[1] + "." + parts[2] + "A");
  test.check_bad(
      parts[0] + "." + parts[1] + "." +
      crypto::base64url(crypto::view(crypto::hmac_sha256("", parts[0] + "." + parts[1]))));
}

TEST_CASE("tokens of one file are worth nothing in another", "[A6]") {
  SignedIn test;
  TestDesk other([](OpenOptions& options) { options.random = nullptr; });
  make_account(other, email);
  CHECK(sign_in(other, email).session == test.entry.session);
  for (const std::string& token : {test.entry.token, test.tokens.access_token}) {
    check_refused([&] { other.desk().caller(token).run(access::Whoami{}); }, Code::unauthenticated,
                  "token_invalid");
  }
}

TEST_CASE("an access token ends with its session", "[A6]") {
  SignedIn test;
  test.check_works(test.tokens.access_token);
  test.caller.run(access::SignOut{});
  test.check_bad(test.tokens.access_token);
  check_refused([&] { test.refresh(test.tokens.refresh_token); }, Code::unauthenticated,
                "token_invalid");
}

TEST_CASE("neither token outlives the session", "[A6]") {
  SignedIn test;
  test.desk.host().run(
      upkeep::ChangeSetting{.name = "access.refresh_token_seconds", .value = 30 * 24 * 3600});
  test.desk.clock += 13 * 24h;
  test.caller.run(access::Whoami{});
  for (int i = 0; i < 6; ++i) {
    test.desk.clock += 12 * 24h;
    test.caller.run(access::Whoami{});
  }
  test.desk.clock += 5 * 24h - 10min;
  access::Tokens tokens = test.caller.run(access::IssueTokens{});
  CHECK(tokens.access_expires_at == test.entry.expires_at);
  CHECK(tokens.refresh_expires_at == test.entry.expires_at);
}

TEST_CASE("refresh tokens rotate", "[A6]") {
  SignedIn test;
  access::Tokens tokens = test.tokens;
  for (int i = 0; i < 5; ++i) {
    test.desk.clock += 23h;
    access::Tokens next = test.refresh(tokens.refresh_token);
    CHECK(next.refresh_token != tokens.refresh_token);
    test.check_works(next.access_token);
    tokens = next;
  }
  test.desk.clock += 24h;
  check_refused([&] { test.refresh(tokens.refresh_token); }, Code::unauthenticated,
                "token_expired");
}

TEST_CASE("a refresh token that comes back ends its session", "[A6]") {
  SignedIn test;
  access::Tokens next = test.refresh(test.tokens.refresh_token);
  check_refused([&] { test.refresh(test.tokens.refresh_token); }, Code::unauthenticated,
                "token_reused");
  check_refused([&] { test.refresh(next.refresh_token); }, Code::unauthenticated, "token_invalid");
  test.check_bad(next.access_token);
  test.check_bad(test.entry.token);
}

TEST_CASE("a session has one pair of tokens at a time", "[A6]") {
  SignedIn test;
  check_refused([&] { test.caller.run(access::IssueTokens{}); }, Code::conflict, "tokens_issued");
  // An access token that was stolen must not buy a longer life.
  Caller thief = test.desk.desk().caller(test.tokens.access_token);
  check_refused([&] { thief.run(access::IssueTokens{}); }, Code::conflict, "tokens_issued");
  test.desk.clock += 24h;
  CHECK_FALSE(test.caller.run(access::IssueTokens{}).access_token.empty());
}

TEST_CASE("refreshing keeps a session from being idle", "[A6]") {
  SignedIn test;
  test.desk.host().run(
      upkeep::ChangeSetting{.name = "access.session_idle_seconds", .value = 30 * 60});
  access::Tokens tokens = test.tokens;
  for (int i = 0; i < 4; ++i) {
    test.desk.clock += 29min;
    tokens = test.refresh(tokens.refresh_token);
  }
  test.desk.clock += 30min;
  check_refused([&] { test.refresh(tokens.refresh_token); }, Code::unauthenticated,
                "token_expired");
}

TEST_CASE("tokens are for people who signed in", "[A6]") {
  SignedIn test;
  check_refused([&] { test.desk.host().run(access::IssueTokens{}); }, Code::denied,
                "session_required");
  check_refused([&] { test.refresh("nonsense"); }, Code::unauthenticated, "token_invalid");
}

TEST_CASE("tokens are neither given nor bought in a preview", "[A6][E3]") {
  SignedIn test;
  check_refused(
      [&] {
        test.desk.anonymous().preview(
            access::RefreshTokens{.refresh_token = test.tokens.refresh_token});
      },
      Code::unsupported, "not_in_preview");
  test.desk.clock += 24h;  // the pair can no longer be refreshed
  check_refused([&] { test.caller.preview(access::IssueTokens{}); }, Code::unsupported,
                "not_in_preview");
}
