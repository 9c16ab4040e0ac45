/// What the tests of this area share.
#pragma once

#include "support.hpp"

#include <catch2/catch.hpp>

namespace frontdesk::testing {

using namespace std::chrono_literals;

inline constexpr const char* other_password = "another battery staple";

/// An account of staff with a password and no role.
inline AccountId make_account(TestDesk& desk, const std::string& email, CentreId centre = {}) {
  access::CreateAccount create;
  create.email = email;
  create.password = TestDesk::password;
  create.name = email.substr(0, email.find('@'));
  create.centre = centre;
  return desk.host().run(create).id;
}

inline access::RoleGrant grant(TestDesk& desk, AccountId account, RoleId role, CentreId centre = {},
                               std::optional<Instant> expires_at = std::nullopt) {
  access::GrantRole request;
  request.account = account;
  request.role = role;
  request.centre = centre;
  request.expires_at = expires_at;
  return desk.host().run(request);
}

inline access::SignInResult sign_in(TestDesk& desk, const std::string& login,
                                    const std::string& password = TestDesk::password,
                                    const CallOptions& options = {}) {
  access::SignIn request;
  request.login = login;
  request.password = password;
  return desk.anonymous().run(request, options);
}

inline access::SignInResult answer(TestDesk& desk, const access::SignInResult& entry,
                                   const std::string& code) {
  REQUIRE(entry.challenge);
  access::AnswerChallenge request;
  request.challenge = entry.challenge->token;
  request.code = code;
  return desk.anonymous().run(request);
}

inline AccountId account_of(const Caller& caller) {
  return caller.run(access::Whoami{}).account.value().id;
}

/// The refusal's reason, with its code checked.
inline void check_refused(const std::function<void()>& action, Code code,
                          const std::string& reason) {
  Error error = refusal(action);
  CHECK(error.reason() == reason);
  CHECK(error.code() == code);
  CHECK(error.message().find("error.") == std::string::npos);
}

}  // namespace frontdesk::testing
