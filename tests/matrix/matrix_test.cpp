// The matrix role × operation × relation (SPEC A12): what each ready role may do to whom, worked
// out here from the roles' permissions and proven against the engine for every operation of the
// registry.
#include <catch2/catch.hpp>

#include "describe/json.hpp"
#include "support.hpp"

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace frontdesk;
using testing::TestDesk;

namespace {

enum class Relation { own, family, assigned, same_centre, foreign, missing };
constexpr Relation relations[] = {Relation::own,         Relation::family,  Relation::assigned,
                                  Relation::same_centre, Relation::foreign, Relation::missing};

const char* name(Relation relation) {
  switch (relation) {
    case Relation::own:
      return "own";
    case Relation::family:
      return "family";
    case Relation::assigned:
      return "assigned";
    case Relation::same_centre:
      return "same centre";
    case Relation::foreign:
      return "foreign";
    case Relation::missing:
      break;
  }
  return "missing";
}

enum class Verdict { allowed, denied, not_found, unauthenticated, host_only };

const char* name(Verdict verdict) {
  switch (verdict) {
    case Verdict::allowed:
      return "allowed";
    case Verdict::denied:
      return "denied";
    case Verdict::not_found:
      return "not found";
    case Verdict::unauthenticated:
      return "unauthenticated";
    case Verdict::host_only:
      break;
  }
  return "host only";
}

const char* const role_names[] = {"Admin",    "Moderator", "Salesman",
                                  "Customer", "Partner",   "Trainer"};

/// Somebody with one ready role, and one record of each kind in each relation to them.
struct Actor {
  std::string role;
  Caller caller;
  AccountId account{};
  CentreId centre{};
  CentreId foreign_centre{};
  std::map<Relation, ClientId> clients{};
  std::map<Relation, AccountId> accounts{};
  std::map<std::string, access::Scope> scopes{};
};

access::Role role_named(TestDesk& desk, std::string_view wanted) {
  for (const access::Role& role : desk.host().run(access::Roles{}).items) {
    if (role.name == wanted) return desk.host().run(access::GetRole{.role = role.id});
  }
  throw std::logic_error("no such role");
}

ClientId client_of(TestDesk& desk, CentreId centre) {
  people::CreateClient request;
  request.first_name = "Subject";
  request.centre = centre;
  return desk.host().run(request).id;
}

AccountId staff_of(TestDesk& desk, CentreId centre) {
  return desk.staff("Salesman", centre).run(access::Whoami{}).account->id;
}

Actor make_actor(TestDesk& desk, const std::string& role_name) {
  TestDesk::Customer person = desk.customer(role_name);
  Actor actor{role_name, person.caller, {}, {}, {}, {}, {}, {}};
  actor.account = person.account;
  actor.centre = desk.centre(role_name + " own centre");
  actor.foreign_centre = desk.centre(role_name + " foreign centre");
  for (const auto& grant : desk.host().run(access::RoleGrants{.account = person.account}).items) {
    desk.host().run(access::RevokeRole{.grant = grant.id});
  }
  access::Role role = role_named(desk, role_name);
  access::GrantRole grant{.account = person.account, .role = role.id};
  bool is_platform_wide = role_name == "Admin" || role_name == "Customer";
  if (!is_platform_wide) grant.centre = actor.centre;
  desk.host().run(grant);
  // anew, because a role may ask for a second factor at sign-in
  actor.caller = desk.desk().caller(desk.token(person.email));
  for (const access::ScopedPermission& held : role.permissions)
    actor.scopes[held.permission] = held.scope;

  actor.clients[Relation::own] = person.client;
  people::AddDependant child;
  child.guardian = person.client;
  child.first_name = "Child";
  actor.clients[Relation::family] = desk.host().run(child).id;
  actor.clients[Relation::assigned] = client_of(desk, actor.foreign_centre);
  desk.host().run(people::AssignTrainer{.client = actor.clients[Relation::assigned],
                                        .account = person.account});
  actor.clients[Relation::same_centre] = client_of(desk, actor.centre);
  actor.clients[Relation::foreign] = client_of(desk, actor.foreign_centre);
  actor.clients[Relation::missing] = ClientId{9'999'999};

  actor.accounts[Relation::own] = person.account;
  actor.accounts[Relation::same_centre] = staff_of(desk, actor.centre);
  actor.accounts[Relation::foreign] = staff_of(desk, actor.foreign_centre);
  actor.accounts[Relation::missing] = AccountId{9'999'999};
  return actor;
}

/// The subject's number for a relation, or 0 where the kind of record cannot stand in it.
std::int64_t subject_of(const Actor& actor, Subject kind, Relation relation) {
  if (kind == Subject::client) return actor.clients.at(relation).value;
  if (kind == Subject::account) {
    auto found = actor.accounts.find(relation);
    return found == actor.accounts.end() ? 0 : found->second.value;
  }
  if (relation == Relation::same_centre) return actor.centre.value;
  if (relation == Relation::foreign) return actor.foreign_centre.value;
  return relation == Relation::missing ? 9'999'999 : 0;
}

/// What a role's scope says of a relation, by SPEC A7 alone.
bool scope_covers(access::Scope scope, const Actor& actor, Subject kind, Relation relation) {
  bool is_platform_wide = actor.role == "Admin" || actor.role == "Customer";
  switch (scope) {
    case access::Scope::any:
      if (is_platform_wide) return true;
      [[fallthrough]];
    case access::Scope::centre:
      // their own account holds its role at the centre
      return relation == Relation::same_centre ||
             (kind == Subject::account && relation == Relation::own);
    case access::Scope::assigned:
      return relation == Relation::assigned;
    case access::Scope::own:
      return relation == Relation::own || (relation == Relation::family && kind == Subject::client);
  }
  return false;
}

Verdict expected(const Actor& actor, const Operation& operation, Relation relation) {
  const Rule& rule = operation.rule;
  if (rule.audience == Audience::host) return Verdict::host_only;
  if (rule.audience != Audience::permission) return Verdict::allowed;
  auto scope = actor.scopes.find(std::string(rule.permission));
  if (scope == actor.scopes.end()) return Verdict::denied;
  if (rule.subject == Subject::none) return Verdict::allowed;
  if (rule.field.empty()) {  // the whole platform
    return actor.role == "Admin" && scope->second == access::Scope::any ? Verdict::allowed
                                                                        : Verdict::denied;
  }
  if (relation == Relation::missing) return Verdict::not_found;
  return scope_covers(scope->second, actor, rule.subject, relation) ? Verdict::allowed
                                                                    : Verdict::not_found;
}

void set_subject(const Operation& operation, void* request, std::int64_t id) {
  for (const Field& field : operation.request().fields()) {
    if (field.name != operation.rule.field) continue;
    void* member = field.member(request);
    const Type& type = field.type();
    if (type.kind == Kind::id) {
      type.set_number(member, id);
    } else {
      type.element().set_number(type.emplace(member), id);
    }
  }
}

Verdict observed(const Caller& caller, const Operation& operation, std::int64_t subject,
                 const std::string& key) {
  std::shared_ptr<void> request(operation.request().create(), operation.request().destroy);
  std::shared_ptr<void> result(operation.result().create(), operation.result().destroy);
  describe::decode(operation.request(), operation.example, request.get());
  if (subject != 0) set_subject(operation, request.get(), subject);
  CallOptions options;
  options.origin = key;  // attempts are limited by origin; each call here is its own
  try {
    // A preview passes every check of the operation and leaves the matrix as it is.
    caller.preview_erased(operation, request.get(), result.get(), options);
  } catch (const Error& error) {
    if (error.code() == Code::unauthenticated && error.reason() == "sign_in_required")
      return Verdict::unauthenticated;
    if (error.code() == Code::denied && error.reason() == "host_only") return Verdict::host_only;
    if (error.code() == Code::denied && error.reason() == "permission_denied")
      return Verdict::denied;
    if (subject != 0 && error.code() == Code::not_found && error.field() == operation.rule.field) {
      return Verdict::not_found;
    }
    CHECK(error.code() != Code::internal);
    if (operation.rule.audience != Audience::everyone) CHECK(error.code() != Code::unauthenticated);
  }
  return Verdict::allowed;
}

std::string printed_matrix(TestDesk& desk) {
  std::ostringstream page;
  page << "# Who may do what\n\n"
       << "Made from the registry by `tests/matrix`; the test fails when this page is stale. "
       << "For each ready role: how far the\n"
       << "operation's permission reaches. `any` is everything, `centre` what belongs to a centre "
       << "where the role is held,\n"
       << "`assigned` the clients assigned to the caller, `own` the caller and their family, `·` "
       << "nothing. The host may do all.\n\n"
       << "| operation | permission |";
  for (const char* role : role_names) page << " " << role << " |";
  page << "\n| --- | --- |";
  for (std::size_t i = 0; i < std::size(role_names); ++i) page << " --- |";
  page << "\n";
  std::map<std::string, access::Role> roles;
  for (const char* role : role_names) roles[role] = role_named(desk, role);
  for (const Operation* operation : operations()) {
    const Rule& rule = operation->rule;
    page << "| `" << operation->name << "` | ";
    if (rule.audience != Audience::permission) {
      const char* who = rule.audience == Audience::everyone    ? "everyone"
                        : rule.audience == Audience::signed_in ? "whoever is signed in"
                                                               : "the host";
      page << who << " | | | | | | |\n";
      continue;
    }
    page << "`" << rule.permission << "` |";
    for (const char* role : role_names) {
      std::string scope = "·";
      for (const access::ScopedPermission& held : roles[role].permissions) {
        if (held.permission != rule.permission) continue;
        for (const EnumValue& value : enum_values(held.scope)) {
          if (value.value == static_cast<std::int64_t>(held.scope)) scope = value.name;
        }
      }
      page << " " << scope << " |";
    }
    page << "\n";
  }
  return page.str();
}

}  // namespace

TEST_CASE("every role, operation and relation is decided as the roles say", "[A12][A7][A9]") {
  TestDesk desk;
  std::size_t decided = 0;
  for (const char* role : role_names) {
    Actor actor = make_actor(desk, role);
    for (const Operation* operation : operations()) {
      for (Relation relation : relations) {
        std::int64_t subject = 0;
        if (!operation->rule.field.empty()) {
          subject = subject_of(actor, operation->rule.subject, relation);
          if (subject == 0) continue;
        }
        INFO(role << " " << operation->name << " " << name(relation));
        std::string key = std::string(role) + std::string(operation->name) + name(relation);
        Verdict wanted = expected(actor, *operation, relation);
        Verdict seen = observed(actor.caller, *operation, subject, key);
        CHECK(std::string(name(seen)) == name(wanted));
        ++decided;
      }
    }
  }
  CHECK(decided > 1500);
}

TEST_CASE("nobody in particular may do only what is open to everyone", "[A12]") {
  TestDesk desk;
  for (const Operation* operation : operations()) {
    INFO(operation->name);
    Verdict seen = observed(desk.anonymous(), *operation, 0, std::string(operation->name));
    Audience audience = operation->rule.audience;
    if (audience == Audience::everyone) {
      CHECK(std::string(name(seen)) == "allowed");
    } else {
      CHECK((seen == Verdict::unauthenticated || seen == Verdict::host_only));
    }
  }
}

TEST_CASE("what was revoked gives nothing, at once", "[A12][A7]") {
  TestDesk desk;
  for (const char* role : role_names) {
    Actor actor = make_actor(desk, role);
    if (std::string(role) == "Admin") desk.admin();  // the last one could not be revoked
    for (const auto& grant : desk.host().run(access::RoleGrants{.account = actor.account}).items) {
      desk.host().run(access::RevokeRole{.grant = grant.id});
    }
    for (const Operation* operation : operations()) {
      if (operation->rule.audience != Audience::permission) continue;
      for (Relation relation : {Relation::own, Relation::same_centre, Relation::foreign}) {
        std::int64_t subject = 0;
        if (!operation->rule.field.empty()) {
          subject = subject_of(actor, operation->rule.subject, relation);
          if (subject == 0) continue;
        }
        INFO(role << " " << operation->name << " " << name(relation));
        Verdict seen = observed(actor.caller, *operation, subject, "revoked");
        CHECK(std::string(name(seen)) == "denied");
      }
    }
  }
}

TEST_CASE("a foreign record and a missing one are told alike", "[A9]") {
  TestDesk desk;
  for (const char* role : {"Moderator", "Salesman", "Customer", "Partner", "Trainer"}) {
    Actor actor = make_actor(desk, role);
    for (const Operation* operation : operations()) {
      if (operation->rule.field.empty() ||
          actor.scopes.count(std::string(operation->rule.permission)) == 0) {
        continue;
      }
      auto told = [&](std::int64_t subject) -> std::string {
        std::shared_ptr<void> request(operation->request().create(), operation->request().destroy);
        std::shared_ptr<void> result(operation->result().create(), operation->result().destroy);
        describe::decode(operation->request(), operation->example, request.get());
        set_subject(*operation, request.get(), subject);
        try {
          actor.caller.preview_erased(*operation, request.get(), result.get(), {});
        } catch (const Error& error) {
          return std::string(code_name(error.code())) + error.reason() + error.message() +
                 error.field() + std::to_string(error.details().size());
        }
        return "allowed";
      };
      INFO(role << " " << operation->name);
      std::string foreign = told(subject_of(actor, operation->rule.subject, Relation::foreign));
      CHECK(foreign == told(9'999'999));
      CHECK(foreign != "allowed");
    }
  }
}

TEST_CASE("the printed matrix is fresh", "[A12]") {
  TestDesk desk;
  std::string printed = printed_matrix(desk);
  std::string path = std::string(std::getenv("FRONTDESK_SOURCE")) + "/docs/permissions.md";
  if (std::getenv("FRONTDESK_UPDATE") != nullptr) std::ofstream(path) << printed;
  std::ifstream file(path);
  std::ostringstream stored;
  stored << file.rdbuf();
  bool is_fresh = stored.str() == printed;
  INFO("run the test with FRONTDESK_UPDATE=1 to write it anew");
  CHECK(is_fresh);
}
