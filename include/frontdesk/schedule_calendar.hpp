/// The calendar: a window of the timetable by any combination of filters (SPEC S8, S16). What it
/// costs follows what it shows.
#pragma once

#include <frontdesk/schedule.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace schedule {

/// How much of the timetable is shown: the day, week (from Monday) or month that a date lies in, or
/// any days.
enum class View : unsigned char { day, week, month, window };
std::span<const EnumValue> enum_values(View);

/// Somebody who leads or attends.
struct Person {
  AccountId account{};
  ClientId client{};
  std::string name{};
  SubscriptionId subscription{};
  std::optional<std::int64_t> visits_left{};

  template <class Self = Person>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("Their account; of who leads.").or_default(),
        field<&Self::client>("The client; of who attends.").or_default(),
        field<&Self::name>("Name.").personal(),
        field<&Self::subscription>("Whose visit pays for their place, to those who may know.")
            .or_default(),
        field<&Self::visits_left>("Visits that it has left; absent: no limit in all."),
    };
    return table;
  }
};

/// One session, as a calendar shows it.
struct CalendarItem {
  SessionId session{};
  std::int64_t version = 0;
  SeriesId series{};
  ActivityId activity{};
  std::string title{};
  CentreId centre{};
  RoomId room{};
  std::optional<std::string> room_name{};
  std::vector<Person> trainers{};
  SessionKind kind = SessionKind::open;
  GroupId group{};
  ClientId client{};
  Instant starts{};
  Instant ends{};
  LocalTime local_start{};
  Duration duration{};
  SessionStatus status = SessionStatus::scheduled;
  std::optional<std::int64_t> capacity{};
  std::int64_t taken = 0;
  std::optional<std::int64_t> free{};
  std::string colour_key{};
  std::optional<std::vector<Person>> attendees{};

  template <class Self = CalendarItem>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::version>("Its version, for a move."),
        field<&Self::series>("Its series.").or_default(),
        field<&Self::activity>("What takes place."),
        field<&Self::title>("Name of the activity."),
        field<&Self::centre>("Where."),
        field<&Self::room>("The room.").or_default(),
        field<&Self::room_name>("Name of the room."),
        field<&Self::trainers>("Who leads it."),
        field<&Self::kind>("For whom it is."),
        field<&Self::group>("The group it is for.").or_default(),
        field<&Self::client>("The client it is for.").or_default(),
        field<&Self::starts>("When it starts."),
        field<&Self::ends>("When it ends."),
        field<&Self::local_start>("Wall-clock time of the start."),
        field<&Self::duration>("How long it takes, in seconds."),
        field<&Self::status>("To come, over or cancelled."),
        field<&Self::capacity>("Places; absent: no limit."),
        field<&Self::taken>("Places taken."),
        field<&Self::free>("Places free, never below zero; absent: no limit."),
        field<&Self::colour_key>("What gives it its colour: `activity-7` or its own key."),
        field<&Self::attendees>("Who attends; only for those who may see clients."),
    };
    return table;
  }
};

/// A window of the timetable.
struct CalendarPage {
  Instant from{};
  Instant to{};
  std::string zone{};
  std::vector<CalendarItem> items{};
  bool is_cut = false;

  template <class Self = CalendarPage>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::from>("Where the window begins."),
        field<&Self::to>("Where it ends; that moment is not part of it."),
        field<&Self::zone>("The zone that its days are of."),
        field<&Self::items>("What takes place, by start."),
        field<&Self::is_cut>("There is more than `limit`: narrow the window."),
    };
    return table;
  }
};

/// The timetable of a day, week, month or any days, by any combination of filters. Who attends is
/// told to those who may see these clients.
struct Calendar {
  using Result = CalendarPage;
  static const Operation operation;

  View view = View::week;
  Date date{};
  std::optional<Date> until{};
  std::optional<std::string> zone{};
  CentreId centre{};
  RoomId room{};
  AccountId trainer{};
  GroupId group{};
  ClientId client{};
  ActivityId activity{};
  std::optional<SessionStatus> status{};
  bool attendees = false;
  std::int64_t limit = 1000;

  template <class Self = Calendar>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::view>("How much to show.").or_default(),
        field<&Self::date>("A day in the window; of a `window` the first."),
        field<&Self::until>("The first day after a `window`; at most 400 days."),
        field<&Self::zone>("Zone of the days; absent: the centre's, without one UTC.")
            .length(1, 100),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::room>("Only in this room.").or_default(),
        field<&Self::trainer>("Only led by this account.").or_default(),
        field<&Self::group>("Only for this group.").or_default(),
        field<&Self::client>("Only for this client.").or_default(),
        field<&Self::activity>("Only of this activity.").or_default(),
        field<&Self::status>("Only in this state; absent: all but cancelled ones."),
        field<&Self::attendees>("Tell who attends.").or_default(),
        field<&Self::limit>("Items at most.").or_default().range(1, 5000),
    };
    return table;
  }
};

}  // namespace schedule
}  // namespace v1
}  // namespace frontdesk
