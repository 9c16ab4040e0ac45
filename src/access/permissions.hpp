/// The one list of permissions, and which of them the ready roles hold (SPEC A7).
#pragma once

#include "access/authorization.hpp"

namespace frontdesk::access {

inline constexpr std::size_t ready_role_count = 6;

/// 0 where a role does not hold it; roles in the order of their ids: Admin, Moderator, Salesman,
/// Customer, Partner, Trainer.
struct PermissionEntry {
  std::string_view name;
  std::string_view doc;
  unsigned char scopes[ready_role_count];
};

std::span<const PermissionEntry> permission_list();
/// What a ready role holds; empty for other roles.
std::vector<ScopedPermission> ready_permissions(RoleId role);

}  // namespace frontdesk::access
