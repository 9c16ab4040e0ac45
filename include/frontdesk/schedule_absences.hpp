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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Absence::id>("Number of the absence."),
        field<&Absence::version>("Grows by one with each change."),
        field<&Absence::trainer>("Account of who is away."),
        field<&Absence::cause>("Why.").personal(),
        field<&Absence::starts>("From when on."),
        field<&Absence::ends>("Until when; that moment they are back."),
        field<&Absence::note>("What else is to be known.").personal(),
        field<&Absence::reported_by>("Who reported it; absent: the host.").or_default(),
        field<&Absence::reported_at>("When it was reported."),
        field<&Absence::withdrawn_at>("When it was taken back."),
    };
    return table;
  }
};

/// An absence and what it leaves without a trainer.
struct AbsenceReport {
  Absence absence{};
  std::vector<Session> affected{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&AbsenceReport::absence>("The absence."),
        field<&AbsenceReport::affected>("Sessions to come that they were to lead then; up to 500."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ReportAbsence::trainer>("Account of who is away."),
        field<&ReportAbsence::cause>("Why.").or_default().personal(),
        field<&ReportAbsence::starts>("From when on."),
        field<&ReportAbsence::ends>("Until when."),
        field<&ReportAbsence::note>("What else is to be known.").personal().length(1, 1000),
    };
    return table;
  }
};

/// An absence and the sessions that still have no other trainer.
struct GetAbsence {
  using Result = AbsenceReport;
  static const Operation operation;

  AbsenceId absence{};

  static Fields fields() {
    static constexpr Field table[] = {field<&GetAbsence::absence>("The absence.")};
    return table;
  }
};

/// Takes an absence back. Sessions that were handed over or cancelled stay so.
struct WithdrawAbsence {
  using Result = Absence;
  static const Operation operation;

  AbsenceId absence{};

  static Fields fields() {
    static constexpr Field table[] = {field<&WithdrawAbsence::absence>("The absence.")};
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Absences::trainer>("Only of this account.").or_default(),
        field<&Absences::from>("Only those that end after it."),
        field<&Absences::to>("Only those that start before it."),
        field<&Absences::cursor>("From the page before."),
        field<&Absences::limit>("Records a page.").or_default().range(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ResolveAbsence::absence>("The absence."),
        field<&ResolveAbsence::sessions>("Which of the affected ones; none: all.").length(0, 500),
        field<&ResolveAbsence::substitute>("Who leads them instead; none: they are cancelled.")
            .or_default(),
        field<&ResolveAbsence::reason>("Why they are cancelled.").personal().length(1, 1000),
    };
    return table;
  }
};

/// A trainer who may lead a session and is free then.
struct Substitute {
  AccountId account{};
  std::string name{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Substitute::account>("Their account."),
        field<&Substitute::name>("Their name.").personal(),
    };
    return table;
  }
};

struct SubstituteList {
  std::vector<Substitute> trainers{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SubstituteList::trainers>("Who could lead it, by name."),
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

  static Fields fields() {
    static constexpr Field table[] = {field<&Substitutes::session>("The session.")};
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
  static Fields fields() {
    static constexpr Field table[] = {
        field<&WorkingTime::weekday>("1 is Monday, 7 is Sunday.").range(1, 7),
        field<&WorkingTime::opens>("Minutes from local midnight.").range(0, 1439),
        field<&WorkingTime::closes>("Minutes from local midnight of the same day.").range(1, 1440),
    };
    return table;
  }
};

/// The working hours of a trainer at a centre.
struct WorkingHours {
  AccountId trainer{};
  CentreId centre{};
  std::vector<WorkingTime> hours{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&WorkingHours::trainer>("Whose."),
        field<&WorkingHours::centre>("Where."),
        field<&WorkingHours::hours>("By weekday and time."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SetWorkingHours::trainer>("Whose."),
        field<&SetWorkingHours::centre>("Where."),
        field<&SetWorkingHours::hours>("By weekday; must not overlap.").length(0, 100),
    };
    return table;
  }
};

struct GetWorkingHours {
  using Result = WorkingHours;
  static const Operation operation;

  AccountId trainer{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GetWorkingHours::trainer>("Whose."),
        field<&GetWorkingHours::centre>("Where."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Slot::starts>("When it could start."),
        field<&Slot::ends>("When it would end."),
        field<&Slot::local_start>("Wall-clock time of the start."),
        field<&Slot::trainer>("Who is free."),
        field<&Slot::room>("Which room is free; absent where none was asked for.").or_default(),
    };
    return table;
  }
};

struct SlotList {
  std::vector<Slot> slots{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SlotList::slots>("By time, then trainer, then room."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&FreeSlots::centre>("Where."),
        field<&FreeSlots::from>("The first day; times that have passed are left out."),
        field<&FreeSlots::days>("How many days to look at.").or_default().range(1, 60),
        field<&FreeSlots::duration>("How long it takes, in seconds.")
            .or_default()
            .range(300, 86'400),
        field<&FreeSlots::trainer>("Only this account; absent: all with working hours there.")
            .or_default(),
        field<&FreeSlots::room>("This room must be free.").or_default(),
        field<&FreeSlots::any_room>("Some room of the centre must be free.").or_default(),
        field<&FreeSlots::step_minutes>("Starts lie this far apart.").or_default().range(5, 240),
        field<&FreeSlots::limit>("Slots at most.").or_default().range(1, 1000),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&AbsenceChanged::absence>("The absence."),
        field<&AbsenceChanged::account>("Who is away."),
    };
    return table;
  }
};

}  // namespace schedule
}  // namespace v1
}  // namespace frontdesk
