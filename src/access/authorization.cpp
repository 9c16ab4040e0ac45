#include "access/authorization.hpp"

#include "access/relations.hpp"

namespace frontdesk::access {

using storage::Reach;
using storage::Transaction;

namespace {

/// The word for a kind of subject in `<kind>_not_found`.
std::string_view kind_name(Subject kind) {
  switch (kind) {
    case Subject::client:
      return ClientTag::name;
    case Subject::centre:
      return CentreTag::name;
    case Subject::account:
      return AccountTag::name;
    case Subject::none:
      break;
  }
  return {};
}

bool exists(Transaction& transaction, Subject kind, std::int64_t id) {
  switch (kind) {
    case Subject::client:
      return transaction.exists("SELECT 1 FROM clients WHERE id = $1", id);
    case Subject::centre:
      return transaction.exists("SELECT 1 FROM centres WHERE id = $1", id);
    case Subject::account:
      return transaction.exists("SELECT 1 FROM accounts WHERE id = $1", id);
    case Subject::none:
      break;
  }
  return false;
}

bool covers_client(Transaction& transaction, const Reach& reach, ClientId client) {
  const storage::Principal& caller = transaction.principal();
  if (reach.own && caller.client &&
      (caller.client == client || guards(transaction, caller.client, client))) {
    return true;
  }
  if (reach.assigned && caller.account && assigned(transaction, caller.account, client)) {
    return true;
  }
  for (CentreId centre : reach.centres) {
    if (belongs(transaction, client, centre)) return true;
  }
  return false;
}

/// At home in one of the centres, or holding a role for one.
bool covers_account(Transaction& transaction, const Reach& reach, AccountId account) {
  if (reach.own && transaction.principal().account == account) return true;
  for (CentreId centre : reach.centres) {
    if (transaction.exists("SELECT 1 FROM accounts WHERE id = $1 AND centre = $2", account,
                           centre) ||
        transaction.exists("SELECT 1 FROM role_grants WHERE account = $1 AND centre = $2"
                           " AND revoked_at IS NULL",
                           account, centre)) {
      return true;
    }
  }
  return false;
}

[[noreturn]] void deny(PermissionIndex permission) {
  throw Error(Code::denied, "permission_denied", {},
              {{"permission", std::string(permission_name(permission))}});
}

Reach reach_without_permission(const storage::Principal& caller) {
  Reach reach;
  reach.any = caller.is_host();
  reach.own = static_cast<bool>(caller.account);
  return reach;
}

/// The id in the rule's field, 0 where the request gives none.
std::int64_t subject_of(const Operation& operation, const void* request) {
  if (operation.rule.subject == Subject::none || operation.rule.field.empty()) return 0;
  for (const Field& field : operation.request().fields()) {
    if (field.name != operation.rule.field) continue;
    const Type* type = &field.type();
    const void* value = field.value(request);
    if (type->kind == Kind::optional || type->kind == Kind::update) {
      value = type->content(value);
      type = &type->element();
    }
    return value == nullptr ? 0 : type->number(value);
  }
  throw Error(Code::internal, "defect", {},
              {{"problem", "rule names no field: " + std::string(operation.name)}});
}

}  // namespace

bool covers(Transaction& transaction, const Reach& reach, Subject kind, std::int64_t id) {
  if (id == 0) return false;
  if (reach.any) return exists(transaction, kind, id);
  switch (kind) {
    case Subject::client:
      return covers_client(transaction, reach, ClientId{id});
    case Subject::account:
      return covers_account(transaction, reach, AccountId{id});
    case Subject::centre:
      return reach.covers(CentreId{id});
    case Subject::none:
      break;
  }
  return false;
}

bool covers_person(Transaction& transaction, Reach reach, ClientId client) {
  reach.centres.clear();
  reach.sections.clear();
  return covers(transaction, reach, Subject::client, client.value);
}

Reach authorize(Transaction& transaction, const Rule& rule, PermissionIndex permission,
                std::int64_t subject) {
  const storage::Principal& caller = transaction.principal();
  bool is_anonymous = caller.kind == storage::PrincipalKind::anonymous;
  if (rule.audience == Audience::host && !caller.is_host()) throw Error(Code::denied, "host_only");
  if (rule.audience != Audience::everyone && is_anonymous) {
    throw Error(Code::unauthenticated, "sign_in_required");
  }
  if (rule.audience != Audience::permission) return reach_without_permission(caller);

  Reach reach = reach_of(*grants_of(transaction, caller), permission);
  if (reach.nothing()) deny(permission);
  if (rule.subject == Subject::none) return reach;
  if (subject == 0) {
    if (!reach.any) deny(permission);
    return reach;
  }
  if (!covers(transaction, reach, rule.subject, subject)) {
    storage::missing(kind_name(rule.subject), rule.field);
  }
  return reach;
}

Reach authorize(Transaction& transaction, const Operation& operation, const void* request) {
  PermissionIndex permission = no_permission;
  if (operation.rule.audience == Audience::permission) {
    permission = permission_index(operation.rule.permission);
    if (permission == no_permission) {
      throw Error(Code::internal, "defect", {},
                  {{"problem", "rule names no permission: " + std::string(operation.name)}});
    }
  }
  return authorize(transaction, operation.rule, permission, subject_of(operation, request));
}

}  // namespace frontdesk::access
