// The words of the enumerations. Clang 14 gives a function declared inside of the version namespace
// the right symbol only if it is defined inside of it too.
#include <frontdesk/schedule_absences.hpp>
#include <frontdesk/schedule_calendar.hpp>
#include <frontdesk/schedule_closures.hpp>
#include <frontdesk/schedule_feed.hpp>
#include <frontdesk/schedule_sessions.hpp>

namespace frontdesk::inline v1::schedule {
namespace {

template <class T>
constexpr EnumValue word(T value, std::string_view name, std::string_view doc) {
  return {static_cast<std::int64_t>(value), name, doc};
}

}  // namespace

std::span<const EnumValue> enum_values(SessionKind) {
  static constexpr EnumValue values[] = {
      word(SessionKind::open, "open", "For everyone."),
      word(SessionKind::group, "group", "For the members of a group."),
      word(SessionKind::client, "client", "For one client: a private lesson."),
  };
  return values;
}

std::span<const EnumValue> enum_values(SessionStatus) {
  static constexpr EnumValue values[] = {
      word(SessionStatus::scheduled, "scheduled", "To come, or under way."),
      word(SessionStatus::completed, "completed", "Over."),
      word(SessionStatus::cancelled, "cancelled", "Does not take place."),
  };
  return values;
}

std::span<const EnumValue> enum_values(SkipCause) {
  static constexpr EnumValue values[] = {
      word(SkipCause::closed, "closed", "Centre or room are closed."),
      word(SkipCause::clash, "clash", "Other sessions are in the way."),
      word(SkipCause::absence, "absence", "A trainer is absent."),
  };
  return values;
}

std::span<const EnumValue> enum_values(OnClash) {
  static constexpr EnumValue values[] = {
      word(OnClash::refuse, "refuse", "Nothing is entered."),
      word(OnClash::skip, "skip", "They get no session."),
      word(OnClash::schedule, "schedule", "They are entered all the same."),
  };
  return values;
}

std::span<const EnumValue> enum_values(Extent) {
  static constexpr EnumValue values[] = {
      word(Extent::one, "one", "Only this session."),
      word(Extent::following, "following", "This session and those after it in its series."),
      word(Extent::all, "all", "All of its series that are still to come."),
  };
  return values;
}

std::span<const EnumValue> enum_values(View) {
  static constexpr EnumValue values[] = {
      word(View::day, "day", "The day."),
      word(View::week, "week", "The week from Monday that the day lies in."),
      word(View::month, "month", "The month that the day lies in."),
      word(View::window, "window", "From the day on, up to `until`."),
  };
  return values;
}

std::span<const EnumValue> enum_values(AbsenceCause) {
  static constexpr EnumValue values[] = {
      word(AbsenceCause::sick, "sick", "Ill; told without asking."),
      word(AbsenceCause::vacation, "vacation", "On holiday."),
      word(AbsenceCause::other, "other", "Anything else."),
  };
  return values;
}

std::span<const EnumValue> enum_values(OnClosed) {
  static constexpr EnumValue values[] = {
      word(OnClosed::refuse, "refuse", "Nothing is closed while there are any."),
      word(OnClosed::keep, "keep", "They take place all the same."),
      word(OnClosed::cancel, "cancel", "They are cancelled."),
      word(OnClosed::move, "move", "They move by `move_days`."),
  };
  return values;
}

std::span<const EnumValue> enum_values(WishStatus) {
  static constexpr EnumValue values[] = {
      word(WishStatus::pending, "pending", "Waits for an answer."),
      word(WishStatus::accepted, "accepted", "The session was moved."),
      word(WishStatus::declined, "declined", "It stays; the answer says why."),
      word(WishStatus::withdrawn, "withdrawn", "Taken back by who asked."),
  };
  return values;
}

std::span<const EnumValue> enum_values(ImportAs) {
  static constexpr EnumValue values[] = {
      word(ImportAs::closures, "closures", "Times at which the centre or room is closed."),
      word(ImportAs::sessions, "sessions", "Single sessions."),
  };
  return values;
}

}  // namespace frontdesk::inline v1::schedule
