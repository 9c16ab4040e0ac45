/// From roles to grants, and who may give what to whom (SPEC A7, A8).
#pragma once

#include "access/authorization.hpp"

namespace frontdesk::access {

/// What holding these permissions for `centre` (none: for all), or one section of it, means.
/// Unknown permissions are left out: a file may come from a library that knew more.
std::vector<Grant> effective(std::span<const ScopedPermission> permissions, CentreId centre,
                             SectionId section = {});
/// What a role allows now: of a ready one by the list, else as stored.
std::vector<ScopedPermission> permissions_of(storage::Transaction& transaction, RoleId role);
/// What an account holds now; not cached.
std::vector<Grant> grants_of_account(storage::Transaction& transaction, AccountId account);

/// Whether whoever holds `held` may give `wanted` to another: the same permission in at least that
/// scope and centre. What concerns the receiver alone (`own`) goes with any hold of it.
bool may_give(const Grants& held, const Grant& wanted);
/// Whether `held` goes as far as `wanted` for the very same holder, as an API key needs it.
bool includes(const Grant& held, const Grant& wanted);

/// Throws denied/grant_exceeds_own with the permissions that the caller does not hold so far.
void check_may_give(storage::Transaction& transaction, std::span<const Grant> wanted,
                    std::string_view field = {});
/// Throws invalid/permission_unknown and invalid/permission_twice with the path of the entry.
void check_permissions(std::span<const ScopedPermission> permissions);

}  // namespace frontdesk::access
