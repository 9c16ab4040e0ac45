/// Roles and permissions (SPEC A7, A8): who may do what, and how far.
///
/// A permission is held in a scope: for everything, for what belongs to a centre, for clients
/// assigned to the holder, or for the holder and their family. Roles bundle permissions; an account
/// holds a role for all centres or for one, for ever or until a date.
#pragma once

#include <frontdesk/operation.hpp>

namespace frontdesk {
namespace storage {
struct EventKind;
}
inline namespace [[gnu::visibility("default")]] v1 {
namespace access {

// --- records ---

/// How far a permission reaches, from least to most.
enum class Scope : unsigned char {
  own = 1,       ///< the holder, their account and their family
  assigned = 2,  ///< clients assigned to the holder
  centre = 3,    ///< what belongs to the centre of the role; everything if held for all centres
  any = 4,       ///< everything; of a role held for one centre: that centre
};
std::span<const EnumValue> enum_values(Scope);

/// A permission in a scope, as roles and API keys hold it.
struct ScopedPermission {
  std::string permission{};
  Scope scope = Scope::own;

  template <class Self = ScopedPermission>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::permission>("Name, such as people.view.").length(1, 100),
        field<&Self::scope>("How far it reaches."),
    };
    return table;
  }
  bool operator==(const ScopedPermission&) const = default;
};

/// One permission there is.
struct Permission {
  std::string name{};
  std::string doc{};

  template <class Self = Permission>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Name, such as people.view."),
        field<&Self::doc>("What it allows."),
    };
    return table;
  }
};

/// The roles that ship ready; their permissions come with the library.
inline constexpr RoleId admin_role{1};
inline constexpr RoleId moderator_role{2};
inline constexpr RoleId salesman_role{3};
inline constexpr RoleId customer_role{4};
inline constexpr RoleId partner_role{5};
inline constexpr RoleId trainer_role{6};

/// A bundle of permissions.
struct Role {
  RoleId id{};
  std::int64_t version = 1;
  std::string name{};
  std::string description{};
  bool ready = false;
  bool second_factor = false;
  std::vector<ScopedPermission> permissions{};
  std::optional<Instant> archived_at{};

  template <class Self = Role>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Its number."),
        field<&Self::version>("Grows by one at each change."),
        field<&Self::name>("Its name, unique whatever the case."),
        field<&Self::description>("What it is for."),
        field<&Self::ready>("Ships with the library: its permissions cannot be changed."),
        field<&Self::second_factor>("Whoever holds it proves each sign-in by a second factor."),
        field<&Self::permissions>("What it allows."),
        field<&Self::archived_at>("Since when it can no longer be granted."),
    };
    return table;
  }
};

/// A role that an account holds or held.
struct RoleGrant {
  RoleGrantId id{};
  std::int64_t version = 1;
  AccountId account{};
  RoleId role{};
  CentreId centre{};
  SectionId section{};
  bool active = true;
  AccountId granted_by{};
  Instant granted_at{};
  std::optional<Instant> expires_at{};
  std::optional<Instant> revoked_at{};

  template <class Self = RoleGrant>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Its number."),
        field<&Self::version>("Grows by one at each change."),
        field<&Self::account>("Who holds it."),
        field<&Self::role>("The role."),
        field<&Self::centre>("The centre it is held for; none: all.").or_default(),
        field<&Self::section>("The section of it that it is held for; none: all of it.")
            .or_default(),
        field<&Self::active>("False while it waits to be activated: it then gives no access."),
        field<&Self::granted_by>("Who granted it; none: the host.").or_default(),
        field<&Self::granted_at>("When."),
        field<&Self::expires_at>("From when on it gives no access; absent: never."),
        field<&Self::revoked_at>("When it was taken away."),
    };
    return table;
  }
};

/// A role as its holder sees it.
struct HeldRole {
  RoleGrantId grant{};
  RoleId role{};
  std::string name{};
  CentreId centre{};
  SectionId section{};
  std::optional<Instant> expires_at{};

  template <class Self = HeldRole>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::grant>("The grant."),
        field<&Self::role>("The role."),
        field<&Self::name>("Its name."),
        field<&Self::centre>("The centre it is held for; none: all.").or_default(),
        field<&Self::section>("The section of it that it is held for; none: all of it.")
            .or_default(),
        field<&Self::expires_at>("Until when; absent: for ever."),
    };
    return table;
  }
};

/// A permission as its holder has it, all roles together.
struct HeldPermission {
  std::string permission{};
  bool any = false;
  std::vector<CentreId> centres{};
  std::vector<SectionId> sections{};
  bool assigned = false;
  bool own = false;

  template <class Self = HeldPermission>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::permission>("Name, such as people.view."),
        field<&Self::any>("For everything."),
        field<&Self::centres>("For what belongs to these centres."),
        field<&Self::sections>("For what belongs to these sections of centres."),
        field<&Self::assigned>("For clients assigned to the holder."),
        field<&Self::own>("For the holder and their family."),
    };
    return table;
  }
};

// --- events ---

/// A role was given to an account, or a waiting grant was activated or got another end.
struct RoleGranted {
  AccountId account{};
  RoleGrantId grant{};
  RoleId role{};
  CentreId centre{};
  bool active = true;

  template <class Self = RoleGranted>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("To whom."),
        field<&Self::grant>("The grant."),
        field<&Self::role>("The role."),
        field<&Self::centre>("The centre it is held for; none: all.").or_default(),
        field<&Self::active>("False while it waits to be activated."),
    };
    return table;
  }
  static const storage::EventKind kind;
};

/// A role was taken from an account.
struct RoleRevoked {
  AccountId account{};
  RoleGrantId grant{};
  RoleId role{};
  CentreId centre{};

  template <class Self = RoleRevoked>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("From whom."),
        field<&Self::grant>("The grant."),
        field<&Self::role>("The role."),
        field<&Self::centre>("The centre it was held for; none: all.").or_default(),
    };
    return table;
  }
  static const storage::EventKind kind;
};

/// A role was created, changed or archived.
struct RoleChanged {
  RoleId role{};

  template <class Self = RoleChanged>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::role>("The role.")};
    return table;
  }
  static const storage::EventKind kind;
};

// --- roles ---

/// All permissions there are.
struct PermissionList {
  std::vector<Permission> permissions{};

  template <class Self = PermissionList>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::permissions>("By name.")};
    return table;
  }
};

/// Lists all permissions, for whoever composes a role or an API key.
struct Permissions {
  using Result = PermissionList;
  static const Operation operation;
  static Fields fields() { return {}; }
};

/// Lists the roles, ready ones first.
struct Roles {
  using Result = Page<Role>;
  static const Operation operation;

  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Roles>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::archived>("Archived ones too.").or_default(),
        field<&Self::cursor>("Where the page before ended."),
        field<&Self::limit>("Records a page.").range(1, 500).or_default(),
    };
    return table;
  }
};

/// One role.
struct GetRole {
  using Result = Role;
  static const Operation operation;

  RoleId role{};

  template <class Self = GetRole>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::role>("The role.")};
    return table;
  }
};

/// Creates a role. Nobody puts into it what they do not hold themselves for all centres.
struct CreateRole {
  using Result = Role;
  static const Operation operation;

  std::string name{};
  std::string description{};
  bool second_factor = false;
  std::vector<ScopedPermission> permissions{};

  template <class Self = CreateRole>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Its name, unique whatever the case.").length(1, 100),
        field<&Self::description>("What it is for.").length(0, 1000).or_default(),
        field<&Self::second_factor>("Whether each sign-in of its holders needs a second factor.")
            .or_default(),
        field<&Self::permissions>("What it allows.").length(0, 500),
    };
    return table;
  }
};

/// Changes a role; of a ready one only the second-factor mark. It must be held in full by who
/// changes it, before and after.
struct UpdateRole {
  using Result = Role;
  static const Operation operation;

  RoleId role{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<std::string> description{};
  Update<bool> second_factor{};
  Update<std::vector<ScopedPermission>> permissions{};

  template <class Self = UpdateRole>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::role>("The role."),
        field<&Self::version>("The version the change is meant for."),
        field<&Self::name>("Its name.").length(1, 100),
        field<&Self::description>("What it is for.").length(0, 1000),
        field<&Self::second_factor>("Whether each sign-in of its holders needs a second factor."),
        field<&Self::permissions>("What it allows from now on.").length(0, 500),
    };
    return table;
  }
};

/// Archives a role that nobody holds any more.
struct ArchiveRole {
  using Result = Role;
  static const Operation operation;

  RoleId role{};
  std::optional<std::int64_t> version{};

  template <class Self = ArchiveRole>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::role>("The role."),
        field<&Self::version>("The version the change is meant for."),
    };
    return table;
  }
};

/// Gives an account a role. Nobody grants what they do not hold in at least that scope and centre;
/// only the host makes the first Admin.
struct GrantRole {
  using Result = RoleGrant;
  static const Operation operation;

  AccountId account{};
  RoleId role{};
  CentreId centre{};
  SectionId section{};
  std::optional<Instant> expires_at{};

  template <class Self = GrantRole>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("To whom."),
        field<&Self::role>("The role."),
        field<&Self::centre>("For which centre; none: all.").or_default(),
        field<&Self::section>(
            "For which section of the centre; none: all of it. What belongs to no section, such as "
            "clients and rooms, is then out of reach.")
            .or_default(),
        field<&Self::expires_at>("From when on it gives no access; absent: never."),
    };
    return table;
  }
};

/// Changes when a grant ends. The last Admin's cannot be made to end.
struct UpdateRoleGrant {
  using Result = RoleGrant;
  static const Operation operation;

  RoleGrantId grant{};
  std::optional<std::int64_t> version{};
  Update<Instant> expires_at{};

  template <class Self = UpdateRoleGrant>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::grant>("The grant."),
        field<&Self::version>("The version the change is meant for."),
        field<&Self::expires_at>("From when on it gives no access; null: never."),
    };
    return table;
  }
};

/// Takes a role away. The last Admin's cannot be taken.
struct RevokeRole {
  using Result = RoleGrant;
  static const Operation operation;

  RoleGrantId grant{};
  std::optional<std::int64_t> version{};

  template <class Self = RevokeRole>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::grant>("The grant."),
        field<&Self::version>("The version the change is meant for."),
    };
    return table;
  }
};

/// Lists role grants the caller may see, newest first.
struct RoleGrants {
  using Result = Page<RoleGrant>;
  static const Operation operation;

  std::optional<AccountId> account{};
  std::optional<RoleId> role{};
  std::optional<CentreId> centre{};
  bool revoked = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = RoleGrants>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("Only of this account."),
        field<&Self::role>("Only of this role."),
        field<&Self::centre>("Only for this centre."),
        field<&Self::revoked>("Also those taken away.").or_default(),
        field<&Self::cursor>("Where the page before ended."),
        field<&Self::limit>("Records a page.").range(1, 500).or_default(),
    };
    return table;
  }
};

}  // namespace access
}  // namespace v1
}  // namespace frontdesk
