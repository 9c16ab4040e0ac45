/// Sessions: entering single ones, looking at them, moving and resizing one, those that follow, or
/// all of a series; cancelling; and the calendar.
#pragma once

#include <frontdesk/schedule.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace schedule {

/// One session to be entered.
struct NewSession {
  ActivityId activity{};
  CentreId centre{};
  LocalTime start{};
  Duration duration{};
  RoomId room{};
  std::vector<AccountId> trainers{};
  SessionKind kind = SessionKind::open;
  GroupId group{};
  ClientId client{};
  std::optional<std::int64_t> capacity{};
  std::optional<Money> price{};
  std::optional<std::int64_t> minimum{};
  Duration minimum_before{std::chrono::hours{24}};
  std::optional<std::string> colour{};
  std::optional<std::string> external_ref{};

  template <class Self = NewSession>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::activity>("What takes place."),
        field<&Self::centre>("Where; its zone and currency hold."),
        field<&Self::start>("Wall-clock time of the start."),
        field<&Self::duration>("Seconds; absent: the activity's duration.")
            .or_default()
            .range(0, 7 * 86'400),
        field<&Self::room>("The room; absent for what needs none.").or_default(),
        field<&Self::trainers>("Accounts of those who lead it.").length(0, 20),
        field<&Self::kind>("Open to everyone, to a group's members, or to one client.")
            .or_default(),
        field<&Self::group>("The group, where it is for one.").or_default(),
        field<&Self::client>("The client, where it is for one.").or_default(),
        field<&Self::capacity>(
            "Places; absent: the activity's, at most the room's; without either, no limit.")
            .range(1, 1'000'000),
        field<&Self::price>("What a place costs; absent: the activity's price."),
        field<&Self::minimum>("Places that must be taken at the deadline.").range(1, 1'000'000),
        field<&Self::minimum_before>("The deadline for `minimum`: seconds before the start.")
            .or_default()
            .range(0, 31 * 86'400),
        field<&Self::colour>("Key of its colour in calendars.").length(1, 40),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// What was entered or changed.
struct Changed {
  std::vector<Session> sessions{};

  template <class Self = Changed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::sessions>("The sessions, as they are now."),
    };
    return table;
  }
};

/// Enters sessions that belong to no series, all of them or none: shows, private lessons. They
/// must not clash with others nor with each other.
struct CreateSessions {
  using Result = Changed;
  static const Operation operation;

  std::vector<NewSession> sessions{};
  bool despite_clashes = false;

  template <class Self = CreateSessions>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::sessions>("What to enter.").length(1, 500),
        field<&Self::despite_clashes>("Enters them although they clash; needs `schedule.override`.")
            .or_default(),
    };
    return table;
  }
};

struct GetSession {
  using Result = Session;
  static const Operation operation;

  SessionId session{};

  template <class Self = GetSession>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::session>("The session.")};
    return table;
  }
};

/// Sessions the caller may see, by start.
struct Sessions {
  using Result = Page<Session>;
  static const Operation operation;

  std::optional<Instant> from{};
  std::optional<Instant> to{};
  CentreId centre{};
  ActivityId activity{};
  SeriesId series{};
  RoomId room{};
  AccountId trainer{};
  GroupId group{};
  ClientId client{};
  std::optional<SessionStatus> status{};
  bool archived = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Sessions>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::from>("Only those that end after it."),
        field<&Self::to>("Only those that start before it."),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::activity>("Only of this activity.").or_default(),
        field<&Self::series>("Only of this series.").or_default(),
        field<&Self::room>("Only in this room.").or_default(),
        field<&Self::trainer>("Only led by this account.").or_default(),
        field<&Self::group>("Only for this group.").or_default(),
        field<&Self::client>("Only for this client.").or_default(),
        field<&Self::status>("Only in this state."),
        field<&Self::archived>("Those put away instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Changes what does not move a session. It then counts as changed by hand.
struct UpdateSession {
  using Result = Session;
  static const Operation operation;

  SessionId session{};
  std::optional<std::int64_t> version{};
  Update<std::int64_t> capacity{};
  Update<Money> price{};
  Update<std::int64_t> minimum{};
  Update<Duration> minimum_before{};
  Update<std::string> colour{};
  Update<std::string> external_ref{};

  template <class Self = UpdateSession>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::capacity>("Places; null: no limit.").range(1, 1'000'000),
        field<&Self::price>("What a place costs; null: the activity's price."),
        field<&Self::minimum>("Places that must be taken at the deadline.").range(1, 1'000'000),
        field<&Self::minimum_before>("The deadline for `minimum`, in seconds.")
            .range(0, 31 * 86'400),
        field<&Self::colour>("Key of its colour; null: the activity's.").length(1, 40),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// Which sessions a change is for.
enum class Extent : unsigned char { one, following, all };
std::span<const EnumValue> enum_values(Extent);

/// Moves, resizes, or gives another room or other trainers: one session, it and those that follow
/// in its series, or all of the series that are still to come. Sessions changed by hand keep their
/// own time, room and trainers unless `also_changed`. With `following` the series is split.
struct MoveSession {
  using Result = Changed;
  static const Operation operation;

  SessionId session{};
  std::optional<std::int64_t> version{};
  Extent extent = Extent::one;
  std::optional<LocalTime> start{};
  std::optional<Duration> duration{};
  Update<RoomId> room{};
  std::optional<std::vector<AccountId>> trainers{};
  bool also_changed = false;
  bool despite_clashes = false;

  template <class Self = MoveSession>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session that was taken hold of."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::extent>("Which sessions move along.").or_default(),
        field<&Self::start>("Its new wall-clock start; the others move by as much."),
        field<&Self::duration>("Its new duration in seconds.").range(60, 7 * 86'400),
        field<&Self::room>("Another room; null: none."),
        field<&Self::trainers>("Other trainers.").length(0, 20),
        field<&Self::also_changed>("Sessions changed by hand change along.").or_default(),
        field<&Self::despite_clashes>("Moves although it clashes; needs `schedule.override`.")
            .or_default(),
    };
    return table;
  }
};

/// Cancels one session, it and those that follow, or all still to come. The series of those that
/// follow ends.
struct CancelSession {
  using Result = Changed;
  static const Operation operation;

  SessionId session{};
  std::optional<std::int64_t> version{};
  Extent extent = Extent::one;
  std::string reason{};

  template <class Self = CancelSession>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::extent>("Which sessions are cancelled along.").or_default(),
        field<&Self::reason>("Why; everyone concerned is told.").personal().length(1, 1000),
    };
    return table;
  }
};

/// Puts a completed or cancelled session away, or takes it out again.
struct ArchiveSession {
  using Result = Session;
  static const Operation operation;

  SessionId session{};
  bool archived = true;

  template <class Self = ArchiveSession>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::archived>("False: take it out again.").or_default(),
    };
    return table;
  }
};

// --- events ---

/// A session came into being.
struct SessionScheduled {
  static const storage::EventKind kind;

  SessionId session{};
  CentreId centre{};
  Instant starts{};

  template <class Self = SessionScheduled>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::starts>("When it starts."),
    };
    return table;
  }
};

/// A session changed its time, room, trainers or details.
struct SessionChanged {
  static const storage::EventKind kind;

  SessionId session{};
  CentreId centre{};
  Instant starts{};
  Instant started_before{};
  bool moved = false;

  template <class Self = SessionChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::starts>("When it starts now."),
        field<&Self::started_before>("When it was to start before."),
        field<&Self::moved>("Time, room or trainers changed."),
    };
    return table;
  }
};

/// A session was cancelled.
struct SessionCancelled {
  static const storage::EventKind kind;

  SessionId session{};
  CentreId centre{};
  Instant starts{};

  template <class Self = SessionCancelled>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::starts>("When it was to start."),
    };
    return table;
  }
};

/// A session took place.
struct SessionCompleted {
  static const storage::EventKind kind;

  SessionId session{};
  CentreId centre{};

  template <class Self = SessionCompleted>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
    };
    return table;
  }
};

/// Sessions turned out to be in each other's way after the rules of their zone changed, which
/// nobody could be asked about. It is for people to move one of them.
struct ClashFound {
  static const storage::EventKind kind;

  SessionId session{};
  CentreId centre{};
  Instant starts{};
  std::vector<SessionId> others{};

  template <class Self = ClashFound>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::starts>("When it starts now."),
        field<&Self::others>("The sessions that it clashes with; none: a closure or absence."),
    };
    return table;
  }
};

}  // namespace schedule
}  // namespace v1
}  // namespace frontdesk
