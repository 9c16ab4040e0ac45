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

  template <class Self = Group>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the group."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre it belongs to."),
        field<&Self::name>("Name; unique among the centre's groups in use, case aside."),
        field<&Self::trainer>("Account of its trainer.").or_default(),
        field<&Self::capacity>("Members it may have; absent: any number."),
        field<&Self::external_ref>("The host's own key; unique."),
        field<&Self::created_at>("When it was entered."),
        field<&Self::archived_at>("When it was archived."),
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

  template <class Self = Membership>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::group>("The group."),
        field<&Self::client>("The client."),
        field<&Self::name>("Their name.").personal(),
        field<&Self::joined_at>("Sessions from then on are theirs as well."),
        field<&Self::left_at>("Sessions from then on are not."),
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

  template <class Self = CreateGroup>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre it belongs to."),
        field<&Self::name>("Name; unique among the centre's groups in use, case aside.")
            .length(1, 200),
        field<&Self::trainer>("Account of its trainer.").or_default(),
        field<&Self::capacity>("Members it may have; absent: any number.").range(1, 100'000),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
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

  template <class Self = UpdateGroup>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::group>("The group."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::name>("Name.").length(1, 200),
        field<&Self::trainer>("Account of its trainer; null: none."),
        field<&Self::capacity>("Members it may have; not below those it has.").range(1, 100'000),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
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

  template <class Self = ArchiveGroup>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::group>("The group."),
        field<&Self::version>("The version it is thought to have."),
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

  template <class Self = Groups>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::trainer>("Only led by this account.").or_default(),
        field<&Self::client>("Only with this client as a member.").or_default(),
        field<&Self::search>("Part of the name.").length(1, 200),
        field<&Self::archived>("Archived ones instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = JoinGroup>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::group>("The group."),
        field<&Self::client>("Who joins."),
        field<&Self::despite_clashes>("Joins although the times clash; needs `schedule.override`.")
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

  template <class Self = LeaveGroup>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::group>("The group."),
        field<&Self::client>("Who leaves."),
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

  template <class Self = GroupMembers>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::group>("The group."),
        field<&Self::left>("Those who left instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = GroupChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::group>("The group."),
        field<&Self::centre>("Its centre."),
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

  template <class Self = GroupJoined>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::group>("The group."),
        field<&Self::client>("Who joined."),
        field<&Self::centre>("Its centre."),
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

  template <class Self = GroupLeft>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::group>("The group."),
        field<&Self::client>("Who left."),
        field<&Self::centre>("Its centre."),
    };
    return table;
  }
};

}  // namespace schedule
}  // namespace v1
}  // namespace frontdesk
