/// Who is away, who works when, when a centre is closed, and where there is room for more (SPEC
/// S10, S11, S12).
#pragma once

#include <frontdesk/schedule_sessions.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace schedule {

// --- absences ---

enum class AbsenceCause : unsigned char { sick, vacation, other };
std::span<const EnumValue> enum_values(AbsenceCause);

/// When a trainer can lead nothing.
struct Absence {
  AbsenceId id{};
  std::int64_t version = 0;
  AccountId trainer{};
  AbsenceCause cause = AbsenceCause::sick;
  Instant starts{};
  Instant ends{};
  std::optional<std::string> note{};
  AccountId reported_by{};
  Instant reported_at{};
  std::optional<Instant> withdrawn_at{};

  template <class Self = Absence>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the absence."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::trainer>("Account of who is away."),
        field<&Self::cause>("Why.").personal(),
        field<&Self::starts>("From when on."),
        field<&Self::ends>("Until when; that moment they are back."),
        field<&Self::note>("What else is to be known.").personal(),
        field<&Self::reported_by>("Who reported it; absent: the host.").or_default(),
        field<&Self::reported_at>("When it was reported."),
        field<&Self::withdrawn_at>("When it was taken back."),
    };
    return table;
  }
};

/// An absence and what it leaves without a trainer.
struct AbsenceReport {
  Absence absence{};
  std::vector<Session> affected{};

  template <class Self = AbsenceReport>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::absence>("The absence."),
        field<&Self::affected>("Sessions to come that they were to lead then; up to 500."),
    };
    return table;
  }
};

/// Notes that a trainer is away. Trainers report their own sickness without asking; everything
/// else is for those who manage the centre's absences.
struct ReportAbsence {
  using Result = AbsenceReport;
  static const Operation operation;

  AccountId trainer{};
  AbsenceCause cause = AbsenceCause::sick;
  Instant starts{};
  Instant ends{};
  std::optional<std::string> note{};

  template <class Self = ReportAbsence>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::trainer>("Account of who is away."),
        field<&Self::cause>("Why.").or_default().personal(),
        field<&Self::starts>("From when on."),
        field<&Self::ends>("Until when."),
        field<&Self::note>("What else is to be known.").personal().length(1, 1000),
    };
    return table;
  }
};

/// An absence and the sessions that still have no other trainer.
struct GetAbsence {
  using Result = AbsenceReport;
  static const Operation operation;

  AbsenceId absence{};

  template <class Self = GetAbsence>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::absence>("The absence.")};
    return table;
  }
};

/// Takes an absence back. Sessions that were handed over or cancelled stay so.
struct WithdrawAbsence {
  using Result = Absence;
  static const Operation operation;

  AbsenceId absence{};

  template <class Self = WithdrawAbsence>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::absence>("The absence.")};
    return table;
  }
};

/// Absences in force, by start.
struct Absences {
  using Result = Page<Absence>;
  static const Operation operation;

  AccountId trainer{};
  std::optional<Instant> from{};
  std::optional<Instant> to{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Absences>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::trainer>("Only of this account.").or_default(),
        field<&Self::from>("Only those that end after it."),
        field<&Self::to>("Only those that start before it."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Hands sessions of an absent trainer to another, or cancels them where none is named.
struct ResolveAbsence {
  using Result = Changed;
  static const Operation operation;

  AbsenceId absence{};
  std::vector<SessionId> sessions{};
  AccountId substitute{};
  std::optional<std::string> reason{};

  template <class Self = ResolveAbsence>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::absence>("The absence."),
        field<&Self::sessions>("Which of the affected ones; none: all.").length(0, 500),
        field<&Self::substitute>("Who leads them instead; none: they are cancelled.").or_default(),
        field<&Self::reason>("Why they are cancelled.").personal().length(1, 1000),
    };
    return table;
  }
};

/// A trainer who may lead a session and is free then.
struct Substitute {
  AccountId account{};
  std::string name{};

  template <class Self = Substitute>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("Their account."),
        field<&Self::name>("Their name.").personal(),
    };
    return table;
  }
};

struct SubstituteList {
  std::vector<Substitute> trainers{};

  template <class Self = SubstituteList>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::trainers>("Who could lead it, by name."),
    };
    return table;
  }
};

/// Who may lead a session and is free then: those its activity names, else all with a role at the
/// centre that lets them lead.
struct Substitutes {
  using Result = SubstituteList;
  static const Operation operation;

  SessionId session{};

  template <class Self = Substitutes>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::session>("The session.")};
    return table;
  }
};

// --- working hours ---

/// When somebody works on one day of the week, in minutes from local midnight.
struct WorkingTime {
  std::int64_t weekday = 0;
  std::int64_t opens = 0;
  std::int64_t closes = 0;

  bool operator==(const WorkingTime&) const = default;
  template <class Self = WorkingTime>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::weekday>("1 is Monday, 7 is Sunday.").range(1, 7),
        field<&Self::opens>("Minutes from local midnight.").range(0, 1439),
        field<&Self::closes>("Minutes from local midnight of the same day.").range(1, 1440),
    };
    return table;
  }
};

/// The working hours of a trainer at a centre.
struct WorkingHours {
  AccountId trainer{};
  CentreId centre{};
  std::vector<WorkingTime> hours{};

  template <class Self = WorkingHours>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::trainer>("Whose."),
        field<&Self::centre>("Where."),
        field<&Self::hours>("By weekday and time."),
    };
    return table;
  }
};

/// Sets when a trainer works at a centre, in place of what was set before.
struct SetWorkingHours {
  using Result = WorkingHours;
  static const Operation operation;

  AccountId trainer{};
  CentreId centre{};
  std::vector<WorkingTime> hours{};

  template <class Self = SetWorkingHours>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::trainer>("Whose."),
        field<&Self::centre>("Where."),
        field<&Self::hours>("By weekday; must not overlap.").length(0, 100),
    };
    return table;
  }
};

struct GetWorkingHours {
  using Result = WorkingHours;
  static const Operation operation;

  AccountId trainer{};
  CentreId centre{};

  template <class Self = GetWorkingHours>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::trainer>("Whose."),
        field<&Self::centre>("Where."),
    };
    return table;
  }
};

// --- free slots ---

/// A time at which a trainer and a room are free.
struct Slot {
  Instant starts{};
  Instant ends{};
  LocalTime local_start{};
  AccountId trainer{};
  RoomId room{};

  template <class Self = Slot>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::starts>("When it could start."),
        field<&Self::ends>("When it would end."),
        field<&Self::local_start>("Wall-clock time of the start."),
        field<&Self::trainer>("Who is free."),
        field<&Self::room>("Which room is free; absent where none was asked for.").or_default(),
    };
    return table;
  }
};

struct SlotList {
  std::vector<Slot> slots{};

  template <class Self = SlotList>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::slots>("By time, then trainer, then room."),
    };
    return table;
  }
};

/// Where there is room for a session: within working hours, beside what is planned, absences,
/// closures and the preparation of rooms.
struct FreeSlots {
  using Result = SlotList;
  static const Operation operation;

  CentreId centre{};
  Date from{};
  std::int64_t days = 7;
  Duration duration{std::chrono::hours{1}};
  AccountId trainer{};
  RoomId room{};
  bool any_room = false;
  std::int64_t step_minutes = 15;
  std::int64_t limit = 100;

  template <class Self = FreeSlots>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Where."),
        field<&Self::from>("The first day; times that have passed are left out."),
        field<&Self::days>("How many days to look at.").or_default().range(1, 60),
        field<&Self::duration>("How long it takes, in seconds.").or_default().range(300, 86'400),
        field<&Self::trainer>("Only this account; absent: all with working hours there.")
            .or_default(),
        field<&Self::room>("This room must be free.").or_default(),
        field<&Self::any_room>("Some room of the centre must be free.").or_default(),
        field<&Self::step_minutes>("Starts lie this far apart.").or_default().range(5, 240),
        field<&Self::limit>("Slots at most.").or_default().range(1, 1000),
    };
    return table;
  }
};

// --- events ---

/// An absence was reported or taken back.
struct AbsenceChanged {
  static const storage::EventKind kind;

  AbsenceId absence{};
  AccountId account{};

  template <class Self = AbsenceChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::absence>("The absence."),
        field<&Self::account>("Who is away."),
    };
    return table;
  }
};

}  // namespace schedule
}  // namespace v1
}  // namespace frontdesk
