/// iCalendar (RFC 5545): the timetable as other calendars read it, and closures and sessions that
/// come from other calendars (SPEC S15).
#pragma once

#include <frontdesk/schedule_closures.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace schedule {

/// A calendar as text.
struct CalendarText {
  std::string text{};
  std::int64_t events = 0;

  template <class Self = CalendarText>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::text>("An iCalendar stream (text/calendar, UTF-8).").personal(),
        field<&Self::events>("How many sessions it tells."),
    };
    return table;
  }
};

/// The timetable of a person, a trainer, a room or a centre, from 30 days ago up to a year ahead.
/// The UID of a session never changes, its SEQUENCE grows with each change, and cancelled sessions
/// stay in it with STATUS:CANCELLED, so that subscribed calendars follow.
struct Feed {
  using Result = CalendarText;
  static const Operation operation;

  CentreId centre{};
  RoomId room{};
  AccountId trainer{};
  ClientId client{};

  template <class Self = Feed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::room>("Only in this room.").or_default(),
        field<&Self::trainer>("Only led by this account.").or_default(),
        field<&Self::client>("Only what is for this client, alone or in a group.").or_default(),
    };
    return table;
  }
};

/// What the events of a calendar become.
enum class ImportAs : unsigned char { closures, sessions };
std::span<const EnumValue> enum_values(ImportAs);

/// An event of the calendar that was not taken.
struct LeftOut {
  std::int64_t event = 0;
  std::string summary{};
  std::string reason{};
  std::string message{};

  template <class Self = LeftOut>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::event>("Which one, from 1."),
        field<&Self::summary>("Its SUMMARY.").personal(),
        field<&Self::reason>("The reason, as of an error."),
        field<&Self::message>("The reason in words."),
    };
    return table;
  }
};

/// What was taken from a calendar.
struct CalendarImported {
  std::int64_t events = 0;
  std::int64_t added = 0;
  std::int64_t already_present = 0;
  std::vector<LeftOut> left_out{};

  template <class Self = CalendarImported>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::events>("Events in the calendar; each of a repeated one counts."),
        field<&Self::added>("Closures or sessions entered."),
        field<&Self::already_present>("Entered by an import before."),
        field<&Self::left_out>("Events that were not taken, and why."),
    };
    return table;
  }
};

/// Takes closures or sessions from an iCalendar stream, repeated events up to two years ahead.
/// Events that were taken before (by UID and time) are not entered twice. A preview tells what
/// would be taken.
struct ImportCalendar {
  using Result = CalendarImported;
  static const Operation operation;

  CentreId centre{};
  std::string text{};
  ImportAs as = ImportAs::closures;
  ActivityId activity{};
  RoomId room{};

  template <class Self = ImportCalendar>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::text>("The iCalendar stream.").personal().length(1, 2'000'000),
        field<&Self::as>("What its events become.").or_default(),
        field<&Self::activity>(
            "Activity of all sessions; absent: the one whose name is the event's SUMMARY.")
            .or_default(),
        field<&Self::room>("The room closed, or of the sessions.").or_default(),
    };
    return table;
  }
};

}  // namespace schedule
}  // namespace v1
}  // namespace frontdesk
