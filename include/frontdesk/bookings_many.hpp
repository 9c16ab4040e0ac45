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

  template <class Self = WeeklySlot>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::weekday>("1 is Monday, 7 is Sunday.").range(1, 7),
        field<&Self::minute>("Minutes after midnight, by the wall clock.").range(0, 1439),
        field<&Self::activity>("The activity."),
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

  template <class Self = NotBooked>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session; absent: there is none at the time.").or_default(),
        field<&Self::date>("Its local day."),
        field<&Self::code>("What kind of refusal it was."),
        field<&Self::reason>("The reason, as errors name it."),
        field<&Self::message>("The reason in words."),
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

  template <class Self = BookedMany>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::bookings>("The bookings, in the order of their sessions."),
        field<&Self::failed>("What could not be booked, and why."),
        field<&Self::order>("The order of all of them; absent where nothing is to pay.")
            .or_default(),
        field<&Self::owed>("What is still to pay; absent: nothing."),
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

  template <class Self = BookMany>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::sessions>("These sessions.").length(0, 200),
        field<&Self::series>("Those of this series.").or_default(),
        field<&Self::slots>("Those that start in these slots.").length(0, 20),
        field<&Self::from>("First local day; absent: today."),
        field<&Self::until>("Last local day; needed with slots."),
        field<&Self::mode>("All of them or none, or as many as may be.").or_default(),
        field<&Self::places>("One for each place, the same in every session.").length(1, 200),
        field<&Self::seat_category>("Only places of this category.").length(1, 40),
        field<&Self::best>("The best seats together.").or_default(),
        field<&Self::client>("Who books; absent: the caller, or for staff an unnamed visitor.")
            .or_default(),
        field<&Self::payer>("Who pays; absent: who books.").or_default(),
        field<&Self::channel>("Where it is sold; absent: at the counter by staff, else online."),
        field<&Self::by_visit>("Visits of subscriptions of the attendees pay.").or_default(),
        field<&Self::payments>("What is paid at once for all of them; none: later.").length(0, 10),
        field<&Self::owing>("Confirmed though it is not paid, where the centre lets clients owe.")
            .or_default(),
        field<&Self::note>("What is to be noted.").personal().length(1, 1000),
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

  template <class Self = MemberNotBooked>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::group>("The group."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("The member."),
        field<&Self::reason>("The reason, as errors name it."),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
