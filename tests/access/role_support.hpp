/// What the tests of roles share.
#pragma once

#include <algorithm>

#include "access_support.hpp"

namespace frontdesk::testing {

using access::Scope;

inline access::HeldPermission held(const Caller& caller, const std::string& permission) {
  for (const auto& one : caller.run(access::Whoami{}).permissions) {
    if (one.permission == permission) return one;
  }
  return {};
}

inline std::vector<std::string> role_names(const Caller& caller) {
  std::vector<std::string> names;
  for (const auto& role : caller.run(access::Whoami{}).roles) names.push_back(role.name);
  return names;
}

/// A role of one permission, made by the host.
inline RoleId make_role(TestDesk& desk, const std::string& name,
                        std::vector<access::ScopedPermission> permissions) {
  return desk.host()
      .run(access::CreateRole{.name = name, .permissions = std::move(permissions)})
      .id;
}

/// An account with the given role, signed in.
inline Caller holder(TestDesk& desk, const std::string& email, RoleId role, CentreId centre = {}) {
  AccountId account = make_account(desk, email, centre);
  grant(desk, account, role, centre);
  return desk.desk().caller(desk.token(email));
}

inline void check_exceeds(const std::function<void()>& action,
                          const std::vector<std::string>& lacking) {
  Error error = refusal(action);
  CHECK(error.code() == Code::denied);
  CHECK(error.reason() == "grant_exceeds_own");
  REQUIRE(error.details().contains("permissions"));
  auto named = std::get<std::vector<std::string>>(error.details().at("permissions"));
  for (const std::string& one : lacking) {
    CHECK(std::find(named.begin(), named.end(), one) != named.end());
  }
}

}  // namespace frontdesk::testing
