#include "access/grants.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "access/cache.hpp"
#include "access/permissions.hpp"
#include "base/text.hpp"
#include "describe/json.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

std::vector<ScopedPermission> stored_permissions(std::string_view json) {
  std::vector<ScopedPermission> permissions;
  describe::decode_stored(type_of<std::vector<ScopedPermission>>(), json, &permissions);
  return permissions;
}

bool before(const Grant& a, const Grant& b) {
  return std::tuple(a.permission, b.scope, a.centre, a.section) <
         std::tuple(b.permission, a.scope, b.centre, b.section);
}

void tidy(std::vector<Grant>& grants) {
  std::sort(grants.begin(), grants.end(), before);
  grants.erase(std::unique(grants.begin(), grants.end()), grants.end());
}

void add(std::vector<Grant>& grants, const std::vector<Grant>& more) {
  grants.insert(grants.end(), more.begin(), more.end());
}

void note_change(std::optional<Instant>& changes_at, const storage::Cursor& row, int column) {
  if (row.null(column)) return;
  Instant at = row.instant(column);
  if (!changes_at || at < *changes_at) changes_at = at;
}

Grants load_account(Transaction& transaction, AccountId account) {
  Grants grants;
  storage::Cursor row = transaction.query(R"sql(
    SELECT g.role, g.centre, g.expires_at, r.ready, r.permissions, g.section
    FROM role_grants g
    JOIN roles r ON r.id = g.role
    WHERE g.account = $1 AND g.revoked_at IS NULL AND g.active = 1
      AND (g.expires_at IS NULL OR g.expires_at > $2))sql",
                                          account, transaction.now());
  while (row.next()) {
    std::vector<ScopedPermission> permissions = row.integer(3) != 0
                                                    ? ready_permissions(row.id<RoleTag>(0))
                                                    : stored_permissions(row.text(4));
    add(grants.list, effective(permissions, row.id<CentreTag>(1), row.id<SectionTag>(5)));
    note_change(grants.changes_at, row, 2);
  }
  tidy(grants.list);
  return grants;
}

/// A key allows what it names, and never more than its owner holds at this moment (SPEC A11).
Grants load_api_key(Transaction& transaction, const storage::Principal& principal) {
  std::vector<Grant> named;
  {
    storage::Cursor row = transaction.query(
        "SELECT permissions, centre FROM api_keys WHERE id = $1 AND revoked_at IS NULL",
        principal.api_key);
    if (!row.next()) return {};
    named = effective(stored_permissions(row.text(0)), row.id<CentreTag>(1));
  }
  Grants grants;
  if (!principal.account) {
    grants.list = std::move(named);
    tidy(grants.list);
    return grants;
  }
  Grants owner = load_account(transaction, principal.account);
  for (const Grant& wanted : named) {
    for (const Grant& held : owner.list) {
      if (includes(held, wanted)) grants.list.push_back(wanted);
      if (includes(wanted, held)) grants.list.push_back(held);
    }
  }
  tidy(grants.list);
  grants.changes_at = owner.changes_at;
  return grants;
}

std::shared_ptr<const Grants> grants_of_host() {
  static const auto host = [] {
    auto grants = std::make_shared<Grants>();
    grants->everything = true;
    return grants;
  }();
  return host;
}

}  // namespace

bool permitted(std::span<const Grant> grants, PermissionIndex permission,
               const Relation& relation) noexcept {
  for (const Grant& grant : grants) {
    if (grant.permission != permission) continue;
    switch (grant.scope) {
      case Scope::any:
        return true;
      case Scope::centre:
        if (grant.section) break;
        for (CentreId centre : relation.centres) {
          if (centre == grant.centre) return true;
        }
        break;
      case Scope::assigned:
        if (relation.assigned) return true;
        break;
      case Scope::own:
        if (relation.own) return true;
        break;
    }
  }
  return false;
}

storage::Reach reach_of(const Grants& grants, PermissionIndex permission) {
  storage::Reach reach;
  reach.any = grants.everything;
  for (const Grant& grant : grants.list) {
    if (grant.permission != permission) continue;
    if (grant.scope == Scope::any) reach.any = true;
    if (grant.scope == Scope::centre && grant.section) {
      reach.sections.push_back(grant.section);
    } else if (grant.scope == Scope::centre) {
      reach.centres.push_back(grant.centre);
    }
    if (grant.scope == Scope::assigned) reach.assigned = true;
    if (grant.scope == Scope::own) reach.own = true;
  }
  return reach;
}

std::shared_ptr<const Grants> grants_of(Transaction& transaction,
                                        const storage::Principal& principal) {
  if (principal.is_host()) return grants_of_host();
  bool is_key = principal.kind == storage::PrincipalKind::api_key;
  if (!is_key && !principal.account) return std::make_shared<const Grants>();
  // Accounts and keys share one map: keys are negative.
  std::int64_t holder = is_key ? -principal.api_key.value : principal.account.value;
  AccessCache& cache = transaction.shared<AccessCache>();
  std::int64_t version = transaction.version_of(storage::Topic::access);
  bool is_cacheable = !transaction.touched(storage::Topic::access);
  if (is_cacheable) {
    if (auto known = cache.grants(version, holder, transaction.now())) return known;
  }
  auto grants = std::make_shared<const Grants>(
      is_key ? load_api_key(transaction, principal) : load_account(transaction, principal.account));
  if (is_cacheable) cache.keep_grants(version, holder, grants);
  return grants;
}

storage::Reach reach_of(Transaction& transaction, std::string_view permission) {
  return reach_of(*grants_of(transaction, transaction.principal()), permission_index(permission));
}

std::vector<Grant> effective(std::span<const ScopedPermission> permissions, CentreId centre,
                             SectionId section) {
  std::vector<Grant> grants;
  for (const ScopedPermission& held : permissions) {
    PermissionIndex permission = permission_index(held.permission);
    if (permission == no_permission) continue;
    bool is_wide = held.scope == Scope::any || held.scope == Scope::centre;
    Scope scope = held.scope;
    if (is_wide) scope = centre ? Scope::centre : Scope::any;
    grants.push_back({permission, scope, centre, is_wide ? section : SectionId{}});
  }
  return grants;
}

std::vector<ScopedPermission> permissions_of(Transaction& transaction, RoleId role) {
  storage::Cursor row =
      transaction.query("SELECT ready, permissions FROM roles WHERE id = $1", role);
  if (!row.next()) return {};
  return row.integer(0) != 0 ? ready_permissions(role) : stored_permissions(row.text(1));
}

std::vector<Grant> grants_of_account(Transaction& transaction, AccountId account) {
  return load_account(transaction, account).list;
}

namespace {

/// Whether a grant for a centre, or a section of it, holds all that is wanted of it.
bool covers_centre(const Grant& held, const Grant& wanted) {
  return held.scope == Scope::centre && held.centre == wanted.centre &&
         (!held.section || held.section == wanted.section);
}

}  // namespace

bool may_give(const Grants& held, const Grant& wanted) {
  if (held.everything) return true;
  return std::any_of(held.list.begin(), held.list.end(), [&wanted](const Grant& grant) {
    if (grant.permission != wanted.permission) return false;
    if (grant.scope == Scope::any || wanted.scope == Scope::own) return true;
    if (wanted.scope == Scope::assigned) {
      return grant.scope == Scope::assigned || covers_centre(grant, wanted);
    }
    return covers_centre(grant, wanted);
  });
}

bool includes(const Grant& held, const Grant& wanted) {
  if (held.permission != wanted.permission) return false;
  if (held.scope == Scope::any) return true;
  return held.scope == wanted.scope && (held.scope != Scope::centre || covers_centre(held, wanted));
}

void check_may_give(Transaction& transaction, std::span<const Grant> wanted,
                    std::string_view field) {
  auto held = grants_of(transaction, transaction.principal());
  std::vector<std::string> lacking;
  for (const Grant& grant : wanted) {
    if (!may_give(*held, grant)) lacking.emplace_back(permission_name(grant.permission));
  }
  if (lacking.empty()) return;
  throw Error(Code::denied, "grant_exceeds_own", field, {{"permissions", lacking}});
}

void check_permissions(std::span<const ScopedPermission> permissions) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < permissions.size(); ++i) {
    const std::string& name = permissions[i].permission;
    std::string field = "permissions[" + std::to_string(i) + "].permission";
    if (permission_index(name) == no_permission) {
      std::vector<std::string_view> names;
      for (const PermissionEntry& entry : permission_list()) names.push_back(entry.name);
      Details details{{"permission", name}};
      if (auto nearest = text::nearest(name, names)) details["nearest"] = std::string(*nearest);
      throw Error(Code::invalid, "permission_unknown", field, details);
    }
    if (!seen.insert(name).second) {
      throw Error(Code::invalid, "permission_twice", field, {{"permission", name}});
    }
  }
}

}  // namespace frontdesk::access
