#include "access/role_grants.hpp"

#include "access/grants.hpp"
#include "access/second_factor.hpp"
#include "access/sessions.hpp"
#include "storage/rows.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

struct AdminGrant {
  RoleGrantId grant{};
  AccountId account{};
  bool has_end = false;
};

/// Admins for all centres who can sign in now.
std::vector<AdminGrant> admins(Transaction& transaction) {
  storage::Cursor row = transaction.query(R"sql(
    SELECT g.id, g.account, g.expires_at
    FROM role_grants g
    JOIN accounts a ON a.id = g.account
    JOIN credentials c ON c.account = g.account
    WHERE g.role = $1 AND g.revoked_at IS NULL AND g.centre IS NULL AND g.active = 1
      AND (g.expires_at IS NULL OR g.expires_at > $2)
      AND a.status = $3 AND c.password_hash IS NOT NULL)sql",
                                          admin_role, transaction.now(), AccountStatus::active);
  std::vector<AdminGrant> found;
  while (row.next()) {
    found.push_back({row.id<RoleGrantTag>(0), row.id<AccountTag>(1), !row.null(2)});
  }
  return found;
}

/// `lost` tells which grants are about to go.
template <class Lost>
void keep_an_admin(Transaction& transaction, const Lost& lost) {
  bool loses = false;
  bool loses_endless = false;
  bool keeps = false;
  bool keeps_endless = false;
  for (const AdminGrant& admin : admins(transaction)) {
    bool is_lost = lost(admin);
    loses = loses || is_lost;
    loses_endless = loses_endless || (is_lost && !admin.has_end);
    keeps = keeps || !is_lost;
    keeps_endless = keeps_endless || (!is_lost && !admin.has_end);
  }
  if (!loses || keeps_endless || (keeps && !loses_endless)) return;
  throw Error(Code::conflict, "last_admin");
}

RoleGrant grant_or_missing(Transaction& transaction, RoleGrantId id) {
  auto grant = storage::find<RoleGrant>(transaction, "role_grants WHERE id = $1", id);
  if (!grant) storage::missing(RoleGrantTag::name, "grant");
  return *grant;
}

void tell_granted(Transaction& transaction, const RoleGrant& grant) {
  transaction.touch(storage::Topic::access);
  transaction.emit(RoleGranted{.account = grant.account,
                               .grant = grant.id,
                               .role = grant.role,
                               .centre = grant.centre,
                               .active = grant.active});
  // Sessions begun without a second factor must not gain what asks for one (SPEC A5).
  if (grant.active && role_demands_second_factor(transaction, grant.account)) {
    end_unproven_sessions(transaction, grant.account);
  }
}

void revoke(Transaction& transaction, RoleGrant grant) {
  grant.revoked_at = transaction.now();
  ++grant.version;
  storage::update(transaction, "role_grants", grant);
  transaction.touch(storage::Topic::access);
  transaction.emit(RoleRevoked{
      .account = grant.account, .grant = grant.id, .role = grant.role, .centre = grant.centre});
}

}  // namespace

void keep_an_admin_without(Transaction& transaction, AccountId account) {
  keep_an_admin(transaction,
                [account](const AdminGrant& admin) { return admin.account == account; });
}

void keep_an_admin_without(Transaction& transaction, RoleGrantId grant) {
  keep_an_admin(transaction, [grant](const AdminGrant& admin) { return admin.grant == grant; });
}

void keep_an_admin_beyond(Transaction& transaction, RoleGrantId grant) {
  keep_an_admin(transaction, [grant](const AdminGrant& admin) {
    return admin.grant == grant && !admin.has_end;
  });
}

void take_all_roles(Transaction& transaction, AccountId account) {
  for (const RoleGrant& grant : storage::all<RoleGrant>(
           transaction, "role_grants WHERE account = $1 AND revoked_at IS NULL", account)) {
    revoke(transaction, grant);
  }
}

void check_not_outranked(Transaction& transaction, AccountId account) {
  if (account == transaction.principal().account) return;
  auto held = grants_of(transaction, transaction.principal());
  for (const Grant& grant : grants_of_account(transaction, account)) {
    if (!may_give(*held, grant)) throw Error(Code::denied, "account_holds_more", "account");
  }
}

// --- for the areas above ---

RoleGrantId give_role(Transaction& transaction, const NewRoleGrant& wanted) {
  bool is_held = transaction.exists(R"sql(
    SELECT 1
    FROM role_grants
    WHERE account = $1 AND revoked_at IS NULL AND role = $2 AND centre IS NOT DISTINCT FROM $3
      AND section IS NOT DISTINCT FROM $4 AND (expires_at IS NULL OR expires_at > $5))sql",
                                    wanted.account, wanted.role, wanted.centre, wanted.section,
                                    transaction.now());
  if (is_held) throw Error(Code::conflict, "role_held", "role");
  RoleGrant grant;
  grant.account = wanted.account;
  grant.role = wanted.role;
  grant.centre = wanted.centre;
  grant.section = wanted.section;
  grant.active = wanted.active;
  grant.granted_by = transaction.principal().account;
  grant.granted_at = transaction.now();
  grant.expires_at = wanted.expires_at;
  storage::insert(transaction, "role_grants", grant);
  tell_granted(transaction, grant);
  return grant.id;
}

void activate_role_grant(Transaction& transaction, RoleGrantId id) {
  RoleGrant grant = grant_or_missing(transaction, id);
  if (grant.revoked_at) storage::missing(RoleGrantTag::name, "grant");
  if (grant.active) return;
  grant.active = true;
  ++grant.version;
  storage::update(transaction, "role_grants", grant);
  tell_granted(transaction, grant);
}

void take_role(Transaction& transaction, RoleGrantId id) {
  auto grant =
      storage::find<RoleGrant>(transaction, "role_grants WHERE id = $1 AND revoked_at IS NULL", id);
  if (!grant) return;
  keep_an_admin_without(transaction, id);
  revoke(transaction, *grant);
}

}  // namespace frontdesk::access
