/// Groups: clients who come together, to sessions that are for the group (SPEC S13). Who joins is
/// part of the sessions that start from then on; who leaves keeps those that were before.
#pragma once

#include <frontdesk/schedule.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace schedule {

// --- records ---

/// A group of a centre.
struct Group {
  GroupId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::string name{};
  AccountId trainer{};
  std::optional<std::int64_t> capacity{};
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> archived_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Group::id>("Number of the group."),
        field<&Group::version>("Grows by one with each change."),
        field<&Group::centre>("The centre it belongs to."),
        field<&Group::name>("Name; unique among the centre's groups in use, case aside."),
        field<&Group::trainer>("Account of its trainer.").or_default(),
        field<&Group::capacity>("Members it may have; absent: any number."),
        field<&Group::external_ref>("The host's own key; unique."),
        field<&Group::created_at>("When it was entered."),
        field<&Group::archived_at>("When it was archived."),
    };
    return table;
  }
};

/// A client in a group.
struct Membership {
  GroupId group{};
  ClientId client{};
  std::string name{};
  Instant joined_at{};
  std::optional<Instant> left_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Membership::group>("The group."),
        field<&Membership::client>("The client."),
        field<&Membership::name>("Their name.").personal(),
        field<&Membership::joined_at>("Sessions from then on are theirs as well."),
        field<&Membership::left_at>("Sessions from then on are not."),
    };
    return table;
  }
};

// --- operations ---

struct CreateGroup {
  using Result = Group;
  static const Operation operation;

  CentreId centre{};
  std::string name{};
  AccountId trainer{};
  std::optional<std::int64_t> capacity{};
  std::optional<std::string> external_ref{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreateGroup::centre>("The centre it belongs to."),
        field<&CreateGroup::name>("Name; unique among the centre's groups in use, case aside.")
            .length(1, 200),
        field<&CreateGroup::trainer>("Account of its trainer.").or_default(),
        field<&CreateGroup::capacity>("Members it may have; absent: any number.").range(1, 100'000),
        field<&CreateGroup::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

struct UpdateGroup {
  using Result = Group;
  static const Operation operation;

  GroupId group{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<AccountId> trainer{};
  Update<std::int64_t> capacity{};
  Update<std::string> external_ref{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UpdateGroup::group>("The group."),
        field<&UpdateGroup::version>("The version it is thought to have."),
        field<&UpdateGroup::name>("Name.").length(1, 200),
        field<&UpdateGroup::trainer>("Account of its trainer; null: none."),
        field<&UpdateGroup::capacity>("Members it may have; not below those it has.")
            .range(1, 100'000),
        field<&UpdateGroup::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// Archives a group that has no sessions to come.
struct ArchiveGroup {
  using Result = Group;
  static const Operation operation;

  GroupId group{};
  std::optional<std::int64_t> version{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ArchiveGroup::group>("The group."),
        field<&ArchiveGroup::version>("The version it is thought to have."),
    };
    return table;
  }
};

/// Groups by name: of the caller's centres, those they lead, those of the family.
struct Groups {
  using Result = Page<Group>;
  static const Operation operation;

  CentreId centre{};
  AccountId trainer{};
  ClientId client{};
  std::optional<std::string> search{};
  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Groups::centre>("Only of this centre.").or_default(),
        field<&Groups::trainer>("Only led by this account.").or_default(),
        field<&Groups::client>("Only with this client as a member.").or_default(),
        field<&Groups::search>("Part of the name.").length(1, 200),
        field<&Groups::archived>("Archived ones instead.").or_default(),
        field<&Groups::cursor>("From the page before."),
        field<&Groups::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Makes a client a member from now on. Where sessions of the group to come are at times at which
/// the client is elsewhere, it says which.
struct JoinGroup {
  using Result = Membership;
  static const Operation operation;

  GroupId group{};
  ClientId client{};
  bool despite_clashes = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&JoinGroup::group>("The group."),
        field<&JoinGroup::client>("Who joins."),
        field<&JoinGroup::despite_clashes>(
            "Joins although the times clash; needs `schedule.override`.")
            .or_default(),
    };
    return table;
  }
};

/// Ends a membership from now on.
struct LeaveGroup {
  using Result = Membership;
  static const Operation operation;

  GroupId group{};
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&LeaveGroup::group>("The group."),
        field<&LeaveGroup::client>("Who leaves."),
    };
    return table;
  }
};

/// Members of a group by when they joined: for its trainer, and for those who may see the centre's
/// timetable.
struct GroupMembers {
  using Result = Page<Membership>;
  static const Operation operation;

  GroupId group{};
  bool left = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GroupMembers::group>("The group."),
        field<&GroupMembers::left>("Those who left instead.").or_default(),
        field<&GroupMembers::cursor>("From the page before."),
        field<&GroupMembers::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- events ---

/// A group was created, changed or archived.
struct GroupChanged {
  static const storage::EventKind kind;

  GroupId group{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GroupChanged::group>("The group."),
        field<&GroupChanged::centre>("Its centre."),
    };
    return table;
  }
};

/// A client joined a group.
struct GroupJoined {
  static const storage::EventKind kind;

  GroupId group{};
  ClientId client{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GroupJoined::group>("The group."),
        field<&GroupJoined::client>("Who joined."),
        field<&GroupJoined::centre>("Its centre."),
    };
    return table;
  }
};

/// A client left a group.
struct GroupLeft {
  static const storage::EventKind kind;

  GroupId group{};
  ClientId client{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GroupLeft::group>("The group."),
        field<&GroupLeft::client>("Who left."),
        field<&GroupLeft::centre>("Its centre."),
    };
    return table;
  }
};

}  // namespace schedule
}  // namespace v1
}  // namespace frontdesk
