#include "access/authorization.hpp"
#include "access/grants.hpp"
#include "access/relations.hpp"
#include "access/role_grants.hpp"
#include "storage/define.hpp"
#include "storage/referred.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

/// A grant that the caller's permission reaches: of their centres, or any. Only what they hold
/// themselves may they change.
RoleGrant changeable_grant(Transaction& transaction, RoleGrantId id,
                           const std::optional<std::int64_t>& version) {
  auto grant =
      storage::find<RoleGrant>(transaction, "role_grants WHERE id = $1 AND revoked_at IS NULL", id);
  if (!grant || !transaction.reach().covers(grant->centre)) {
    storage::missing(RoleGrantTag::name, "grant");
  }
  check_may_give(transaction, effective(permissions_of(transaction, grant->role), grant->centre,
                                        grant->section));
  storage::check_version(version, grant->version);
  return *grant;
}

void check_end(Transaction& transaction, const std::optional<Instant>& expires_at) {
  if (expires_at && *expires_at <= transaction.now()) {
    throw Error(Code::invalid, "end_in_past", "expires_at");
  }
}

void check_section(Transaction& transaction, CentreId centre, SectionId section) {
  if (!section) return;
  storage::Cursor row = transaction.query(
      "SELECT archived_at FROM sections WHERE id = $1 AND centre = $2", section, centre);
  if (!row.next()) storage::missing(SectionTag::name, "section");
  if (!row.null(0)) throw Error(Code::conflict, "section_archived", "section");
}

}  // namespace

// --- grant ---

RoleGrant handle(Transaction& transaction, const GrantRole& request) {
  if (!covers(transaction, transaction.reach(), Subject::account, request.account.value)) {
    storage::missing(AccountTag::name, "account");
  }
  Account account = account_or_missing(transaction, request.account);
  if (account.status == AccountStatus::erased) {
    throw Error(Code::conflict, "account_not_active", "account");
  }
  auto role = storage::find<Role>(transaction, "roles WHERE id = $1", request.role);
  if (!role) storage::missing(RoleTag::name, "role");
  if (role->archived_at) throw Error(Code::conflict, "role_archived", "role");
  check_section(transaction, request.centre, request.section);
  check_may_give(
      transaction,
      effective(permissions_of(transaction, request.role), request.centre, request.section),
      "role");
  check_end(transaction, request.expires_at);
  RoleGrantId id = give_role(transaction, {.account = request.account,
                                           .role = request.role,
                                           .centre = request.centre,
                                           .section = request.section,
                                           .expires_at = request.expires_at});
  return storage::referred<RoleGrant>(transaction, "role_grants WHERE id = $1", id);
}

static constexpr Refusal grant_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not of the caller's"},
    {Code::not_found, "account_not_found", "no such account, or not of the caller's centres"},
    {Code::conflict, "account_not_active", "the account is erased"},
    {Code::not_found, "role_not_found", "no such role"},
    {Code::conflict, "role_archived", "the role is archived"},
    {Code::not_found, "section_not_found", "the centre has no such section"},
    {Code::conflict, "section_archived", "the section is archived"},
    {Code::denied, "grant_exceeds_own", "the caller does not hold all that the role allows"},
    {Code::invalid, "end_in_past", "the end is not in the future"},
    {Code::conflict, "role_held", "the account holds the role there already"},
};

constinit const Operation GrantRole::operation = storage::define<GrantRole>({
    .number = 146,
    .name = "access.grant_role",
    .kind = OperationKind::write,
    .doc = "Gives an account a role: for all centres, one, or a section of one.",
    .rule = {.permission = "access.grant_roles", .subject = Subject::centre, .field = "centre"},
    .refusals = grant_refusals,
    .example = R"({"account": 2, "role": 6, "centre": 1, "expires_at": "2027-06-30T21:00:00Z"})",
});

// --- update ---

RoleGrant handle(Transaction& transaction, const UpdateRoleGrant& request) {
  RoleGrant grant = changeable_grant(transaction, request.grant, request.version);
  if (!request.expires_at.is_set()) return grant;
  request.expires_at.apply(grant.expires_at);
  check_end(transaction, grant.expires_at);
  if (grant.expires_at) keep_an_admin_beyond(transaction, grant.id);
  ++grant.version;
  storage::update(transaction, "role_grants", grant);
  transaction.touch(storage::Topic::access);
  transaction.emit(RoleGranted{.account = grant.account,
                               .grant = grant.id,
                               .role = grant.role,
                               .centre = grant.centre,
                               .active = grant.active});
  return grant;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "role_grant_not_found",
     "no such grant in force, or not of the caller's "
     "centres"},
    {Code::denied, "grant_exceeds_own", "the caller does not hold all that the role allows"},
    {Code::conflict, "version_outdated", "the grant was changed since that version"},
    {Code::invalid, "end_in_past", "the end is not in the future"},
    {Code::conflict, "last_admin", "no other Admin without an end would remain"},
};

constinit const Operation UpdateRoleGrant::operation = storage::define<UpdateRoleGrant>({
    .number = 147,
    .name = "access.update_role_grant",
    .kind = OperationKind::write,
    .doc = "Changes when a role grant ends.",
    .rule = {.permission = "access.grant_roles"},
    .refusals = update_refusals,
    .example = R"({"grant": 3, "version": 1, "expires_at": "2027-06-30T21:00:00Z"})",
});

// --- revoke ---

RoleGrant handle(Transaction& transaction, const RevokeRole& request) {
  RoleGrant grant = changeable_grant(transaction, request.grant, request.version);
  take_role(transaction, grant.id);
  return storage::referred<RoleGrant>(transaction, "role_grants WHERE id = $1", grant.id);
}

static constexpr Refusal revoke_refusals[] = {
    {Code::not_found, "role_grant_not_found",
     "no such grant in force, or not of the caller's "
     "centres"},
    {Code::denied, "grant_exceeds_own", "the caller does not hold all that the role allows"},
    {Code::conflict, "version_outdated", "the grant was changed since that version"},
    {Code::conflict, "last_admin", "no other Admin would remain who can sign in"},
};

constinit const Operation RevokeRole::operation = storage::define<RevokeRole>({
    .number = 148,
    .name = "access.revoke_role",
    .kind = OperationKind::write,
    .doc = "Takes a role away.",
    .rule = {.permission = "access.grant_roles"},
    .refusals = revoke_refusals,
    .example = R"({"grant": 3})",
});

// --- list ---

Page<RoleGrant> handle(Transaction& transaction, const RoleGrants& request) {
  storage::List list("role_grants");
  narrow_to_reach(list, transaction,
                  {.centre = "role_grants.centre", .account = "role_grants.account"});
  if (request.account) list.where("account = $", *request.account);
  if (request.role) list.where("role = $", *request.role);
  if (request.centre) list.where("centre = $", *request.centre);
  if (!request.revoked) list.where("revoked_at IS NULL");
  list.order({{"id", true}});
  return list.page<RoleGrant>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is not one that a page gave"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation RoleGrants::operation = storage::define<RoleGrants>({
    .number = 149,
    .name = "access.role_grants",
    .kind = OperationKind::read,
    .doc = "Lists the role grants that the caller may see, newest first.",
    .rule = {.permission = "access.view_accounts"},
    .refusals = list_refusals,
    .example = R"({"account": 2})",
});

}  // namespace frontdesk::access
