#include "access/authorization.hpp"
#include "access/permissions.hpp"
#include "access/second_factor.hpp"
#include "storage/define.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

CallerKind kind_of(const storage::Principal& caller) {
  switch (caller.kind) {
    case storage::PrincipalKind::host:
      return CallerKind::host;
    case storage::PrincipalKind::account:
      return CallerKind::account;
    case storage::PrincipalKind::api_key:
      return CallerKind::api_key;
    case storage::PrincipalKind::anonymous:
      break;
  }
  return CallerKind::anonymous;
}

std::vector<HeldRole> roles_of(Transaction& transaction, AccountId account) {
  storage::Cursor row = transaction.query(R"sql(
    SELECT g.id, g.role, r.name, g.centre, g.expires_at, g.section
    FROM role_grants g
    JOIN roles r ON r.id = g.role
    WHERE g.account = $1 AND g.revoked_at IS NULL AND g.active = 1
      AND (g.expires_at IS NULL OR g.expires_at > $2)
    ORDER BY g.id)sql",
                                          account, transaction.now());
  std::vector<HeldRole> roles;
  while (row.next()) {
    HeldRole role{row.id<RoleGrantTag>(0), row.id<RoleTag>(1),    std::string(row.text(2)),
                  row.id<CentreTag>(3),    row.id<SectionTag>(5), std::nullopt};
    if (!row.null(4)) role.expires_at = row.instant(4);
    roles.push_back(std::move(role));
  }
  return roles;
}

std::vector<HeldPermission> permissions_of(const Grants& grants) {
  std::vector<HeldPermission> held;
  for (const PermissionEntry& entry : permission_list()) {
    storage::Reach reach = reach_of(grants, permission_index(entry.name));
    if (reach.nothing()) continue;
    held.push_back({std::string(entry.name), reach.any, std::move(reach.centres),
                    std::move(reach.sections), reach.assigned, reach.own});
  }
  return held;
}

}  // namespace

Identity handle(Transaction& transaction, const Whoami&) {
  const storage::Principal& caller = transaction.principal();
  Identity identity;
  identity.kind = kind_of(caller);
  identity.session = caller.session;
  identity.api_key = caller.api_key;
  identity.permissions = permissions_of(*grants_of(transaction, caller));
  if (!caller.account) return identity;
  identity.account = account_or_missing(transaction, caller.account);
  identity.totp_enabled = totp_enabled(transaction, caller.account);
  identity.recovery_codes_left = recovery_codes_left(transaction, caller.account);
  identity.roles = roles_of(transaction, caller.account);
  return identity;
}

constinit const Operation Whoami::operation = storage::define<Whoami>({
    .number = 121,
    .name = "access.whoami",
    .kind = OperationKind::read,
    .doc = "Tells the caller who they are and what they may do.",
    .rule = {.audience = Audience::everyone},
});

}  // namespace frontdesk::access
