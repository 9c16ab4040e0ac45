/// Closures of a centre or a room, copying a week, and wishes to move a session (SPEC S6, S12,
/// S14).
#pragma once

#include <frontdesk/schedule_sessions.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace schedule {

// --- closures ---

/// When a centre, or one room of it, is closed.
struct Closure {
  ClosureId id{};
  std::int64_t version = 0;
  CentreId centre{};
  RoomId room{};
  std::string name{};
  Instant starts{};
  Instant ends{};
  Instant created_at{};
  std::optional<Instant> lifted_at{};

  template <class Self = Closure>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the closure."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre."),
        field<&Self::room>("Only this room.").or_default(),
        field<&Self::name>("Such as `Easter` or `New floor`."),
        field<&Self::starts>("From when on."),
        field<&Self::ends>("Until when; that moment it is open again."),
        field<&Self::created_at>("When it was entered."),
        field<&Self::lifted_at>("When it was taken back."),
    };
    return table;
  }
};

/// What becomes of sessions in a closure.
enum class OnClosed : unsigned char { refuse, keep, cancel, move };
std::span<const EnumValue> enum_values(OnClosed);

/// A closure and the sessions in it, as they are now.
struct Closed {
  Closure closure{};
  std::vector<Session> sessions{};

  template <class Self = Closed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::closure>("The closure."),
        field<&Self::sessions>("Sessions that lay in it: kept, cancelled or moved."),
    };
    return table;
  }
};

/// Closes a centre or a room. Sessions that lie in the time refuse it, stay, are cancelled, or move
/// by some days, all in one; a preview tells which. Series skip their occurrences in it.
struct Close {
  using Result = Closed;
  static const Operation operation;

  CentreId centre{};
  RoomId room{};
  std::string name{};
  LocalTime from{};
  LocalTime to{};
  OnClosed on_sessions = OnClosed::refuse;
  std::int64_t move_days = 0;
  std::optional<bool> extend_subscriptions{};

  template <class Self = Close>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::room>("Only this room.").or_default(),
        field<&Self::name>("Such as `Easter`; the reason of cancelled sessions.").length(1, 200),
        field<&Self::from>("Wall-clock time from when on."),
        field<&Self::to>("Wall-clock time until when."),
        field<&Self::on_sessions>("What becomes of sessions in it.").or_default(),
        field<&Self::move_days>("Days that sessions move by, where they move.")
            .or_default()
            .range(-366, 366),
        field<&Self::extend_subscriptions>(
            "Whether running subscriptions of the centre get as many days as it is closed; absent:"
            " where the whole centre is closed and its sessions are cancelled."),
    };
    return table;
  }
};

/// Takes a closure back. What was cancelled or moved stays so.
struct LiftClosure {
  using Result = Closure;
  static const Operation operation;

  ClosureId closure{};

  template <class Self = LiftClosure>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::closure>("The closure.")};
    return table;
  }
};

/// Closures in force, by start. Everyone may know when a centre is closed.
struct Closures {
  using Result = Page<Closure>;
  static const Operation operation;

  CentreId centre{};
  std::optional<Instant> from{};
  std::optional<Instant> to{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Closures>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::from>("Only those that end after it."),
        field<&Self::to>("Only those that start before it."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- copying ---

/// What a copy made.
struct Copied {
  std::vector<Session> sessions{};
  std::vector<SessionId> left_out{};

  template <class Self = Copied>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::sessions>("The new sessions."),
        field<&Self::left_out>("Sessions whose copies would clash."),
    };
    return table;
  }
};

/// Copies a centre's single sessions of one week to another, at the same wall-clock times; those of
/// series repeat by themselves and are left out, as are private and cancelled ones.
struct CopyWeek {
  using Result = Copied;
  static const Operation operation;

  CentreId centre{};
  Date from{};
  Date to{};
  OnClash on_clash = OnClash::refuse;

  template <class Self = CopyWeek>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::from>("A day of the week (from Monday) to copy."),
        field<&Self::to>("A day of the week to fill."),
        field<&Self::on_clash>("What becomes of copies that clash.").or_default(),
    };
    return table;
  }
};

// --- wishes ---

enum class WishStatus : unsigned char { pending, accepted, declined, withdrawn };
std::span<const EnumValue> enum_values(WishStatus);

/// Somebody's wish to move a session.
struct MoveRequest {
  MoveRequestId id{};
  std::int64_t version = 0;
  SessionId session{};
  AccountId account{};
  ClientId client{};
  LocalTime start{};
  std::optional<Duration> duration{};
  std::optional<std::string> reason{};
  WishStatus status = WishStatus::pending;
  std::optional<std::string> answer{};
  Instant created_at{};
  std::optional<Instant> decided_at{};
  AccountId decided_by{};

  template <class Self = MoveRequest>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the request."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::session>("The session."),
        field<&Self::account>("Who asks; absent: the host.").or_default(),
        field<&Self::client>("The client whose session it is.").or_default(),
        field<&Self::start>("The wall-clock start they ask for."),
        field<&Self::duration>("The duration they ask for, in seconds."),
        field<&Self::reason>("Why.").personal(),
        field<&Self::status>("What became of it."),
        field<&Self::answer>("What they were told.").personal(),
        field<&Self::created_at>("When it was filed."),
        field<&Self::decided_at>("When it was decided or withdrawn."),
        field<&Self::decided_by>("Who decided.").or_default(),
    };
    return table;
  }
};

/// Asks to move a session: for its trainers, and for the client (or their guardian) whose session
/// it is.
struct RequestMove {
  using Result = MoveRequest;
  static const Operation operation;

  SessionId session{};
  LocalTime start{};
  std::optional<Duration> duration{};
  std::optional<std::string> reason{};

  template <class Self = RequestMove>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::start>("The wall-clock start to move to."),
        field<&Self::duration>("Another duration in seconds.").range(60, 7 * 86'400),
        field<&Self::reason>("Why.").personal().length(1, 1000),
    };
    return table;
  }
};

/// Accepts a wish, which moves the session, or declines it with an answer.
struct DecideMove {
  using Result = MoveRequest;
  static const Operation operation;

  MoveRequestId request{};
  bool accept = false;
  std::optional<std::string> answer{};

  template <class Self = DecideMove>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::request>("The request."),
        field<&Self::accept>("True: the session moves."),
        field<&Self::answer>("What they are told; needed to decline.").personal().length(1, 1000),
    };
    return table;
  }
};

/// Takes an own wish back.
struct WithdrawMove {
  using Result = MoveRequest;
  static const Operation operation;

  MoveRequestId request{};

  template <class Self = WithdrawMove>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::request>("The request.")};
    return table;
  }
};

/// Wishes to move sessions, newest first: own ones, and those of the centres one manages.
struct MoveRequests {
  using Result = Page<MoveRequest>;
  static const Operation operation;

  SessionId session{};
  std::optional<WishStatus> status{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = MoveRequests>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("Only about this session.").or_default(),
        field<&Self::status>("Only in this state."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- events ---

/// A centre or room was closed, or a closure taken back.
struct ClosureChanged {
  static const storage::EventKind kind;

  ClosureId closure{};
  CentreId centre{};
  bool extends = false;

  template <class Self = ClosureChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::closure>("The closure."),
        field<&Self::centre>("The centre."),
        field<&Self::extends>("Its days are added to running subscriptions."),
    };
    return table;
  }
};

/// Somebody asked to move a session, or was answered.
struct MoveRequestChanged {
  static const storage::EventKind kind;

  MoveRequestId request{};
  SessionId session{};
  CentreId centre{};
  AccountId account{};
  WishStatus status = WishStatus::pending;

  template <class Self = MoveRequestChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::request>("The request."),
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::account>("Who asked.").or_default(),
        field<&Self::status>("What became of it."),
    };
    return table;
  }
};

}  // namespace schedule
}  // namespace v1
}  // namespace frontdesk
