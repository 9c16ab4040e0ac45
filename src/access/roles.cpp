#include "access/grants.hpp"
#include "access/permissions.hpp"
#include "access/sessions.hpp"
#include "base/text.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

namespace frontdesk::access {

using storage::Transaction;

namespace {

Role role_or_missing(Transaction& transaction, RoleId id) {
  auto role = storage::find<Role>(transaction, "roles WHERE id = $1", id);
  if (!role) storage::missing(RoleTag::name, "role");
  return *role;
}

/// As others see it: a ready role shows what the library gives it.
Role shown(Role role) {
  if (role.ready) role.permissions = ready_permissions(role.id);
  return role;
}

std::string checked_name(Transaction& transaction, std::string_view name, RoleId own) {
  std::string tidy = text::tidy(name);
  if (tidy.empty()) {
    throw Error(Code::invalid, "field_missing", "name", {{"name", std::string("name")}});
  }
  auto holder =
      transaction.one_number("SELECT id FROM roles WHERE name_folded = $1", text::fold(tidy));
  if (holder && *holder != own.value) throw Error(Code::conflict, "role_name_taken", "name");
  return tidy;
}

void check_may_give(Transaction& transaction, const std::vector<ScopedPermission>& permissions) {
  check_may_give(transaction, effective(permissions, {}), "permissions");
}

void store_role(Transaction& transaction, Role& role) {
  ++role.version;
  storage::update(transaction, "roles", role);
  transaction.execute("UPDATE roles SET name_folded = $2 WHERE id = $1", role.id,
                      text::fold(role.name));
  transaction.touch(storage::Topic::access);
  transaction.emit(RoleChanged{.role = role.id});
}

/// Whoever holds the role must sign in anew, with a second factor.
void end_unproven_sessions_of_role(Transaction& transaction, RoleId role) {
  std::vector<AccountId> holders;
  {
    storage::Cursor row = transaction.query(
        "SELECT DISTINCT account FROM role_grants"
        " WHERE role = $1 AND revoked_at IS NULL AND active = 1",
        role);
    while (row.next()) holders.push_back(row.id<AccountTag>(0));
  }
  for (AccountId holder : holders) end_unproven_sessions(transaction, holder);
}

}  // namespace

// --- permissions ---

PermissionList handle(Transaction&, const Permissions&) {
  PermissionList result;
  for (const PermissionEntry& entry : permission_list()) {
    result.permissions.push_back({std::string(entry.name), std::string(entry.doc)});
  }
  return result;
}

constinit const Operation Permissions::operation = storage::define<Permissions>({
    .number = 140,
    .name = "access.permissions",
    .kind = OperationKind::read,
    .doc = "Lists all permissions there are.",
    .rule = {.audience = Audience::signed_in},
});

// --- list ---

Page<Role> handle(Transaction& transaction, const Roles& request) {
  storage::List list("roles");
  if (!request.archived) list.where("archived_at IS NULL");
  list.order({{"id"}});
  Page<Role> page = list.page<Role>(transaction, request.cursor, request.limit);
  for (Role& role : page.items) role = shown(std::move(role));
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is not one that a page gave"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Roles::operation = storage::define<Roles>({
    .number = 141,
    .name = "access.roles",
    .kind = OperationKind::read,
    .doc = "Lists the roles, ready ones first.",
    .rule = {.audience = Audience::signed_in},
    .refusals = list_refusals,
});

// --- show ---

Role handle(Transaction& transaction, const GetRole& request) {
  return shown(role_or_missing(transaction, request.role));
}

static constexpr Refusal show_refusals[] = {
    {Code::not_found, "role_not_found", "no such role"},
};

constinit const Operation GetRole::operation = storage::define<GetRole>({
    .number = 142,
    .name = "access.get_role",
    .kind = OperationKind::read,
    .doc = "Shows one role.",
    .rule = {.audience = Audience::signed_in},
    .refusals = show_refusals,
    .example = R"({"role": 1})",
});

// --- create ---

Role handle(Transaction& transaction, const CreateRole& request) {
  Role role;
  role.name = checked_name(transaction, request.name, {});
  role.description = text::tidy(request.description);
  role.second_factor = request.second_factor;
  check_permissions(request.permissions);
  check_may_give(transaction, request.permissions);
  role.permissions = request.permissions;
  role.id = transaction.insert<RoleId>(R"sql(
    INSERT INTO roles
      (version, name, description, ready, second_factor, permissions, name_folded)
    VALUES (0, $1, $2, 0, $3, '[]', $4))sql",
                                       role.name, role.description, role.second_factor,
                                       text::fold(role.name));
  role.version = 0;
  store_role(transaction, role);
  return role;
}

static constexpr Refusal create_refusals[] = {
    {Code::invalid, "field_missing", "the name is blank"},
    {Code::conflict, "role_name_taken", "another role has the name"},
    {Code::invalid, "permission_unknown", "there is no such permission"},
    {Code::invalid, "permission_twice", "a permission is named twice"},
    {Code::denied, "grant_exceeds_own", "the caller does not hold all of it for all centres"},
};

constinit const Operation CreateRole::operation = storage::define<CreateRole>({
    .number = 143,
    .name = "access.create_role",
    .kind = OperationKind::write,
    .doc = "Creates a role of permissions that the caller holds.",
    .rule = {.permission = "access.manage_roles", .subject = Subject::centre},
    .refusals = create_refusals,
    .example = R"({"name": "Accountant",
 "permissions": [{"permission": "people.view", "scope": "centre"}]})",
});

// --- update ---

Role handle(Transaction& transaction, const UpdateRole& request) {
  Role role = role_or_missing(transaction, request.role);
  storage::check_version(request.version, role.version);
  bool changes_more =
      request.name.is_set() || request.description.is_set() || request.permissions.is_set();
  if (role.ready && changes_more) throw Error(Code::conflict, "role_ready", "role");
  if (role.archived_at) throw Error(Code::conflict, "role_archived", "role");
  if (request.name.is_set()) {
    role.name = checked_name(transaction, request.name.value(), role.id);
  }
  if (request.description.is_set()) role.description = text::tidy(request.description.value());
  check_may_give(transaction, shown(role).permissions);
  if (request.permissions.is_set()) {
    check_permissions(request.permissions.value());
    check_may_give(transaction, request.permissions.value());
    role.permissions = request.permissions.value();
  }
  bool was_marked = role.second_factor;
  request.second_factor.apply(role.second_factor);
  store_role(transaction, role);
  if (role.second_factor && !was_marked) end_unproven_sessions_of_role(transaction, role.id);
  return shown(role);
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "role_not_found", "no such role"},
    {Code::conflict, "version_outdated", "the role was changed since that version"},
    {Code::conflict, "role_ready",
     "of a role that ships with the library only the second-factor "
     "mark can be changed"},
    {Code::conflict, "role_archived", "the role is archived"},
    {Code::invalid, "field_missing", "the name is blank"},
    {Code::conflict, "role_name_taken", "another role has the name"},
    {Code::denied, "grant_exceeds_own",
     "the caller does not hold all of it for all centres, before "
     "and after"},
    {Code::invalid, "permission_unknown", "there is no such permission"},
    {Code::invalid, "permission_twice", "a permission is named twice"},
};

constinit const Operation UpdateRole::operation = storage::define<UpdateRole>({
    .number = 144,
    .name = "access.update_role",
    .kind = OperationKind::write,
    .doc = "Changes a role; of a ready one only the second-factor mark.",
    .rule = {.permission = "access.manage_roles", .subject = Subject::centre},
    .refusals = update_refusals,
    .example = R"({"role": 7, "version": 1, "second_factor": true})",
});

// --- archive ---

Role handle(Transaction& transaction, const ArchiveRole& request) {
  Role role = role_or_missing(transaction, request.role);
  storage::check_version(request.version, role.version);
  if (role.ready) throw Error(Code::conflict, "role_ready", "role");
  if (role.archived_at) throw Error(Code::conflict, "role_archived", "role");
  auto holders = transaction.one_number(
      "SELECT count(*) FROM role_grants WHERE role = $1 AND revoked_at IS NULL", role.id);
  if (holders.value_or(0) > 0) {
    throw Error(Code::conflict, "role_in_use", "role", {{"grants", *holders}});
  }
  role.archived_at = transaction.now();
  store_role(transaction, role);
  return role;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "role_not_found", "no such role"},
    {Code::conflict, "version_outdated", "the role was changed since that version"},
    {Code::conflict, "role_ready", "the role ships with the library"},
    {Code::conflict, "role_archived", "the role is archived already"},
    {Code::conflict, "role_in_use", "accounts hold it"},
};

constinit const Operation ArchiveRole::operation = storage::define<ArchiveRole>({
    .number = 145,
    .name = "access.archive_role",
    .kind = OperationKind::write,
    .doc = "Archives a role that nobody holds any more.",
    .rule = {.permission = "access.manage_roles", .subject = Subject::centre},
    .refusals = archive_refusals,
    .example = R"({"role": 7})",
});

}  // namespace frontdesk::access
