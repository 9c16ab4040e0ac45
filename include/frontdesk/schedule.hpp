/// The timetable: series by recurrence rules, and the sessions that are rows of it.
///
/// A series repeats by an iCalendar rule (recurrence.hpp) in its centre's wall-clock time. Its
/// sessions exist as rows up to a rolling horizon, which the tick extends. Changes of times, rooms
/// and trainers are in schedule_changes.hpp, the calendar in schedule_calendar.hpp. Everyone sees
/// the open sessions of active centres; `schedule.view` shows the others.
#pragma once

#include <frontdesk/operation.hpp>

namespace frontdesk {
namespace storage {
struct EventKind;
}
inline namespace [[gnu::visibility("default")]] v1 {
namespace schedule {

// --- records ---

/// For whom a session is.
enum class SessionKind : unsigned char { open, group, client };
std::span<const EnumValue> enum_values(SessionKind);

/// scheduled → completed | cancelled. Whether a session is archived stands apart.
enum class SessionStatus : unsigned char { scheduled, completed, cancelled };
std::span<const EnumValue> enum_values(SessionStatus);

/// What repeats.
struct Series {
  SeriesId id{};
  std::int64_t version = 0;
  ActivityId activity{};
  CentreId centre{};
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
  LocalTime start{};
  Duration duration{};
  std::string zone{};
  std::optional<std::string> rule{};
  std::vector<LocalTime> added{};
  std::vector<LocalTime> removed{};
  std::optional<std::int64_t> horizon_weeks{};
  LocalTime scheduled_until{};
  SeriesId continues{};
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> ended_at{};

  template <class Self = Series>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the series."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::activity>("What takes place."),
        field<&Self::centre>("Where; its zone and currency hold."),
        field<&Self::room>("The room; absent for what needs none, such as an online lesson.")
            .or_default(),
        field<&Self::trainers>("Accounts of those who lead it; none for an open gym or a film."),
        field<&Self::kind>("Open to everyone, to a group's members, or to one client."),
        field<&Self::group>("The group, where it is for one.").or_default(),
        field<&Self::client>("The client, where it is for one.").or_default(),
        field<&Self::capacity>("Places; absent: no limit."),
        field<&Self::price>("What a place costs; absent: the activity's price."),
        field<&Self::minimum>("Places that must be taken at the deadline, else it is cancelled."),
        field<&Self::minimum_before>("The deadline for `minimum`: seconds before the start."),
        field<&Self::colour>("Key of its colour in calendars; absent: the activity's."),
        field<&Self::start>("Wall-clock time of the first occurrence (DTSTART)."),
        field<&Self::duration>("How long a session takes, in seconds."),
        field<&Self::zone>("IANA zone of its wall-clock times."),
        field<&Self::rule>("The RRULE; absent: only the start and what was added."),
        field<&Self::added>("Occurrences besides those of the rule (RDATE)."),
        field<&Self::removed>("Occurrences left out (EXDATE)."),
        field<&Self::horizon_weeks>("Weeks ahead that sessions exist; absent: the setting."),
        field<&Self::scheduled_until>("Its sessions exist for all occurrences before this time."),
        field<&Self::continues>("The series it was split from.").or_default(),
        field<&Self::external_ref>("The host's own key."),
        field<&Self::created_at>("When it was entered."),
        field<&Self::ended_at>("When it was ended; no new sessions since."),
    };
    return table;
  }
};

/// One time that something takes place.
struct Session {
  SessionId id{};
  std::int64_t version = 0;
  SeriesId series{};
  std::optional<LocalTime> occurrence{};
  ActivityId activity{};
  CentreId centre{};
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
  Instant starts{};
  Instant ends{};
  LocalTime local_start{};
  std::string zone{};
  SessionStatus status = SessionStatus::scheduled;
  std::optional<std::string> reason{};
  bool changed_by_hand = false;
  std::int64_t sequence = 0;
  std::optional<std::string> external_ref{};
  Instant created_at{};
  std::optional<Instant> settled_at{};
  std::optional<Instant> archived_at{};

  template <class Self = Session>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the session."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::series>("The series it belongs to.").or_default(),
        field<&Self::occurrence>("Which occurrence of the series it is, by its planned time."),
        field<&Self::activity>("What takes place."),
        field<&Self::centre>("Where; its zone and currency hold."),
        field<&Self::room>("The room; absent for what needs none, such as an online lesson.")
            .or_default(),
        field<&Self::trainers>("Accounts of those who lead it; none for an open gym or a film."),
        field<&Self::kind>("Open to everyone, to a group's members, or to one client."),
        field<&Self::group>("The group, where it is for one.").or_default(),
        field<&Self::client>("The client, where it is for one.").or_default(),
        field<&Self::capacity>("Places; absent: no limit."),
        field<&Self::price>("What a place costs; absent: the activity's price."),
        field<&Self::minimum>("Places that must be taken at the deadline, else it is cancelled."),
        field<&Self::minimum_before>("The deadline for `minimum`: seconds before the start."),
        field<&Self::colour>("Key of its colour in calendars; absent: the activity's."),
        field<&Self::starts>("When it starts."),
        field<&Self::ends>("When it ends; that moment is free again."),
        field<&Self::local_start>("Wall-clock time of the start."),
        field<&Self::zone>("IANA zone of wall-clock times."),
        field<&Self::status>("Whether it is to come, took place or was cancelled."),
        field<&Self::reason>("Why it was cancelled.").personal(),
        field<&Self::changed_by_hand>("Changes of the whole series leave it as it is."),
        field<&Self::sequence>("Grows with each change that calendars must learn of."),
        field<&Self::external_ref>("The host's own key."),
        field<&Self::created_at>("When it was entered."),
        field<&Self::settled_at>("When it was completed or cancelled."),
        field<&Self::archived_at>("When it was put away."),
    };
    return table;
  }
};

/// Why an occurrence of a series has no session.
enum class SkipCause : unsigned char { closed, clash, absence };
std::span<const EnumValue> enum_values(SkipCause);

/// An occurrence without a session.
struct Skipped {
  SeriesId series{};
  LocalTime occurrence{};
  SkipCause cause = SkipCause::closed;
  std::vector<SessionId> sessions{};

  template <class Self = Skipped>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::series>("The series."),
        field<&Self::occurrence>("Its planned wall-clock time."),
        field<&Self::cause>("Why there is no session."),
        field<&Self::sessions>("The sessions it would clash with."),
    };
    return table;
  }
};

// --- series ---

/// What becomes of occurrences that clash.
enum class OnClash : unsigned char { refuse, skip, schedule };
std::span<const EnumValue> enum_values(OnClash);

/// A series and what was made of it.
struct Scheduled {
  Series series{};
  std::vector<Session> sessions{};
  std::vector<Skipped> skipped{};

  template <class Self = Scheduled>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::series>("The series."),
        field<&Self::sessions>("The sessions made now, in order."),
        field<&Self::skipped>("Occurrences that have no session, and why."),
    };
    return table;
  }
};

/// Enters a series and its sessions up to the horizon. Occurrences in closures are skipped; those
/// that clash refuse the whole, unless `on_clash` says otherwise. `schedule` needs
/// `schedule.override`. Times that have passed get no session.
struct CreateSeries {
  using Result = Scheduled;
  static const Operation operation;

  ActivityId activity{};
  CentreId centre{};
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
  LocalTime start{};
  Duration duration{};
  std::optional<std::string> rule{};
  std::vector<LocalTime> added{};
  std::vector<LocalTime> removed{};
  std::optional<std::int64_t> horizon_weeks{};
  std::optional<std::string> external_ref{};
  OnClash on_clash = OnClash::refuse;

  template <class Self = CreateSeries>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::activity>("What takes place."),
        field<&Self::centre>("Where; its zone and currency hold."),
        field<&Self::room>("The room; absent for what needs none, such as an online lesson.")
            .or_default(),
        field<&Self::trainers>("Accounts of those who lead it; none for an open gym or a film.")
            .length(0, 20),
        field<&Self::kind>("Open to everyone, to a group's members, or to one client.")
            .or_default(),
        field<&Self::group>("The group, where it is for one.").or_default(),
        field<&Self::client>("The client, where it is for one.").or_default(),
        field<&Self::capacity>(
            "Places; absent: the activity's, at most the room's; without either, no limit.")
            .range(1, 1'000'000),
        field<&Self::price>("What a place costs; absent: the activity's price."),
        field<&Self::minimum>("Places that must be taken at the deadline, else it is cancelled.")
            .range(1, 1'000'000),
        field<&Self::minimum_before>("The deadline for `minimum`: seconds before the start.")
            .or_default()
            .range(0, 31 * 86'400),
        field<&Self::colour>("Key of its colour in calendars; absent: the activity's.")
            .length(1, 40),
        field<&Self::start>("Wall-clock time of the first occurrence (DTSTART)."),
        field<&Self::duration>("Seconds; absent: the activity's duration.")
            .or_default()
            .range(0, 7 * 86'400),
        field<&Self::rule>("RRULE of RFC 5545; absent: the start and `added` only.")
            .length(1, 1000),
        field<&Self::added>("Occurrences besides those of the rule.").length(0, 500),
        field<&Self::removed>("Occurrences to leave out.").length(0, 500),
        field<&Self::horizon_weeks>("Weeks ahead; absent: the setting of the centre.")
            .range(1, 520),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
        field<&Self::on_clash>("What becomes of occurrences that clash.").or_default(),
    };
    return table;
  }
};

/// Changes what does not move anything, for the series and its sessions to come; sessions changed
/// by hand keep their own values.
struct UpdateSeries {
  using Result = Series;
  static const Operation operation;

  SeriesId series{};
  std::optional<std::int64_t> version{};
  Update<std::int64_t> capacity{};
  Update<Money> price{};
  Update<std::int64_t> minimum{};
  Update<Duration> minimum_before{};
  Update<std::string> colour{};
  Update<std::int64_t> horizon_weeks{};
  Update<std::string> external_ref{};

  template <class Self = UpdateSeries>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::series>("The series."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::capacity>("Places.").range(1, 1'000'000),
        field<&Self::price>("What a place costs."),
        field<&Self::minimum>("Places that must be taken at the deadline.").range(1, 1'000'000),
        field<&Self::minimum_before>("The deadline for `minimum`, in seconds.")
            .range(0, 31 * 86'400),
        field<&Self::colour>("Key of its colour.").length(1, 40),
        field<&Self::horizon_weeks>("Weeks ahead that sessions exist.").range(1, 520),
        field<&Self::external_ref>("The host's own key; unique.").length(1, 200),
    };
    return table;
  }
};

/// A series, told in words.
struct SeriesView {
  Series series{};
  std::string words{};
  std::vector<Skipped> skipped{};

  template <class Self = SeriesView>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::series>("The series."),
        field<&Self::words>("Its rule in words, in the caller's language."),
        field<&Self::skipped>("Its occurrences without a session, newest first; up to 100."),
    };
    return table;
  }
};

struct GetSeries {
  using Result = SeriesView;
  static const Operation operation;

  SeriesId series{};

  template <class Self = GetSeries>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::series>("The series.")};
    return table;
  }
};

/// Series the caller may see, newest first.
struct ListSeries {
  using Result = Page<Series>;
  static const Operation operation;

  CentreId centre{};
  ActivityId activity{};
  RoomId room{};
  AccountId trainer{};
  GroupId group{};
  ClientId client{};
  bool ended = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = ListSeries>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::activity>("Only of this activity.").or_default(),
        field<&Self::room>("Only in this room.").or_default(),
        field<&Self::trainer>("Only led by this account.").or_default(),
        field<&Self::group>("Only for this group.").or_default(),
        field<&Self::client>("Only for this client.").or_default(),
        field<&Self::ended>("Those that ended instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace schedule
}  // namespace v1
}  // namespace frontdesk
