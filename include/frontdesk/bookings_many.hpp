/// Many bookings at once (SPEC B13): sessions by name, those of a series, or those of weekly slots;
/// all of them or as many as may be, in one order.
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

enum class ManyMode : unsigned char { all_or_nothing, best_effort };
std::span<const EnumValue> enum_values(ManyMode);

/// Every week at the same time: whatever session of the activity starts then.
struct WeeklySlot {
  std::int64_t weekday = 1;
  std::int64_t minute = 0;
  ActivityId activity{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&WeeklySlot::weekday>("1 is Monday, 7 is Sunday.").range(1, 7),
        field<&WeeklySlot::minute>("Minutes after midnight, by the wall clock.").range(0, 1439),
        field<&WeeklySlot::activity>("The activity."),
    };
    return table;
  }
};

/// A session, or a day without one, that was not booked.
struct NotBooked {
  SessionId session{};
  Date date{};
  std::string code{};
  std::string reason{};
  std::string message{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&NotBooked::session>("The session; absent: there is none at the time.").or_default(),
        field<&NotBooked::date>("Its local day."),
        field<&NotBooked::code>("What kind of refusal it was."),
        field<&NotBooked::reason>("The reason, as errors name it."),
        field<&NotBooked::message>("The reason in words."),
    };
    return table;
  }
};

/// What was booked, and what was not.
struct BookedMany {
  std::vector<Booking> bookings{};
  std::vector<NotBooked> failed{};
  OrderId order{};
  std::optional<Money> owed{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&BookedMany::bookings>("The bookings, in the order of their sessions."),
        field<&BookedMany::failed>("What could not be booked, and why."),
        field<&BookedMany::order>("The order of all of them; absent where nothing is to pay.")
            .or_default(),
        field<&BookedMany::owed>("What is still to pay; absent: nothing."),
    };
    return table;
  }
};

/// Books the same places in many sessions, in one order. Exactly one of `sessions`, `series` and
/// `slots` says which; the latter two go by `from` and `until`.
struct BookMany {
  using Result = BookedMany;
  static const Operation operation;

  std::vector<SessionId> sessions{};
  SeriesId series{};
  std::vector<WeeklySlot> slots{};
  std::optional<Date> from{};
  std::optional<Date> until{};
  ManyMode mode = ManyMode::all_or_nothing;
  std::vector<PlaceRequest> places{};
  std::optional<std::string> seat_category{};
  bool best = false;
  ClientId client{};
  ClientId payer{};
  std::optional<seating::Channel> channel{};
  bool by_visit = false;
  std::vector<money::Tender> payments{};
  bool owing = false;
  std::optional<std::string> note{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&BookMany::sessions>("These sessions.").length(0, 200),
        field<&BookMany::series>("Those of this series.").or_default(),
        field<&BookMany::slots>("Those that start in these slots.").length(0, 20),
        field<&BookMany::from>("First local day; absent: today."),
        field<&BookMany::until>("Last local day; needed with slots."),
        field<&BookMany::mode>("All of them or none, or as many as may be.").or_default(),
        field<&BookMany::places>("One for each place, the same in every session.").length(1, 200),
        field<&BookMany::seat_category>("Only places of this category.").length(1, 40),
        field<&BookMany::best>("The best seats together.").or_default(),
        field<&BookMany::client>("Who books; absent: the caller, or for staff an unnamed visitor.")
            .or_default(),
        field<&BookMany::payer>("Who pays; absent: who books.").or_default(),
        field<&BookMany::channel>(
            "Where it is sold; absent: at the counter by staff, else online."),
        field<&BookMany::by_visit>("Visits of subscriptions of the attendees pay.").or_default(),
        field<&BookMany::payments>("What is paid at once for all of them; none: later.")
            .length(0, 10),
        field<&BookMany::owing>(
            "Confirmed though it is not paid, where the centre lets clients owe.")
            .or_default(),
        field<&BookMany::note>("What is to be noted.").personal().length(1, 1000),
    };
    return table;
  }
};

/// A member of a group could not be booked into a session of it.
struct MemberNotBooked {
  static const storage::EventKind kind;

  SessionId session{};
  GroupId group{};
  CentreId centre{};
  ClientId client{};
  std::string reason{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&MemberNotBooked::session>("The session."),
        field<&MemberNotBooked::group>("The group."),
        field<&MemberNotBooked::centre>("Its centre."),
        field<&MemberNotBooked::client>("The member."),
        field<&MemberNotBooked::reason>("The reason, as errors name it."),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
