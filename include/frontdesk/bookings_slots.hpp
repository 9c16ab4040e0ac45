/// Weekly slots (SPEC V11): a standing claim of a subscription on the same time every week. The
/// attendee is booked into every session of the activity that starts then, by a visit, as soon as
/// the session exists and for the whole term; or a lesson of their own is made each time.
#pragma once

#include <frontdesk/bookings_many.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
struct WeeklySlotTag {
  static constexpr std::string_view name = "weekly_slot";
};
using WeeklySlotId = Id<WeeklySlotTag>;

namespace bookings {

/// A claim on the same time every week.
struct ClaimedSlot {
  WeeklySlotId id{};
  SubscriptionId subscription{};
  ClientId attendee{};
  CentreId centre{};
  std::int64_t weekday = 1;
  std::int64_t minute = 0;
  ActivityId activity{};
  bool is_private = false;
  RoomId room{};
  AccountId trainer{};
  Duration duration{};
  Instant created_at{};
  std::optional<Instant> ended_at{};
  std::optional<std::string> reason{};

  template <class Self = ClaimedSlot>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the claim."),
        field<&Self::subscription>("The subscription whose visits pay."),
        field<&Self::attendee>("Who attends."),
        field<&Self::centre>("The centre."),
        field<&Self::weekday>("1 is Monday, 7 is Sunday."),
        field<&Self::minute>("Minutes after midnight, by the wall clock."),
        field<&Self::activity>("The activity."),
        field<&Self::is_private>("A lesson of their own is made each week."),
        field<&Self::room>("Where that takes place.").or_default(),
        field<&Self::trainer>("Who leads it.").or_default(),
        field<&Self::duration>("How long it takes, in seconds.").or_default(),
        field<&Self::created_at>("When it was claimed."),
        field<&Self::ended_at>("When it ended; nothing is booked since."),
        field<&Self::reason>("Why it ended: `asked`, `subscription_cancelled`,"
                             " `subscription_expired` or `renewal_failed`."),
    };
    return table;
  }
};

/// A slot as it is wished for.
struct SlotWish {
  std::int64_t weekday = 1;
  std::int64_t minute = 0;
  ActivityId activity{};
  bool is_private = false;
  CentreId centre{};
  RoomId room{};
  AccountId trainer{};
  std::optional<Duration> duration{};

  template <class Self = SlotWish>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::weekday>("1 is Monday, 7 is Sunday.").range(1, 7),
        field<&Self::minute>("Minutes after midnight, by the wall clock.").range(0, 1439),
        field<&Self::activity>("The activity."),
        field<&Self::is_private>("Make a lesson of their own each week; by staff.").or_default(),
        field<&Self::centre>("Where; absent: the centre that sold the subscription.").or_default(),
        field<&Self::room>("Where a lesson of their own takes place.").or_default(),
        field<&Self::trainer>("Who leads it.").or_default(),
        field<&Self::duration>("How long it takes, in seconds; absent: as the activity has it.")
            .range(60, 7 * 86'400),
    };
    return table;
  }
};

/// A session that was booked for a slot.
struct SlotBooking {
  WeeklySlotId slot{};
  SessionId session{};
  Date date{};
  BookingId booking{};

  template <class Self = SlotBooking>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::slot>("The slot."),
        field<&Self::session>("The session."),
        field<&Self::date>("Its local day."),
        field<&Self::booking>("The booking."),
    };
    return table;
  }
};

/// What was claimed, what is booked by it, and which days are not, and why.
struct SlotsClaimed {
  std::vector<ClaimedSlot> slots{};
  std::vector<SlotBooking> bookings{};
  std::vector<NotBooked> failed{};

  template <class Self = SlotsClaimed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::slots>("The slots."),
        field<&Self::bookings>("What is booked so far; sessions to come follow."),
        field<&Self::failed>("What could not be booked, and why."),
    };
    return table;
  }
};

/// Claims weekly slots for the whole term of a subscription whose plan has such. Sessions that
/// exist are booked at once, later ones in the moment they come into being.
struct ClaimSlots {
  using Result = SlotsClaimed;
  static const Operation operation;

  SubscriptionId subscription{};
  ClientId attendee{};
  std::vector<SlotWish> slots{};

  template <class Self = ClaimSlots>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("The subscription whose visits pay."),
        field<&Self::attendee>("Who attends; one of its people."),
        field<&Self::slots>("The slots.").length(1, 50),
    };
    return table;
  }
};

/// Slots that were ended, and the bookings that ended with them.
struct SlotsEnded {
  std::vector<ClaimedSlot> slots{};
  std::vector<BookingId> cancelled{};

  template <class Self = SlotsEnded>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::slots>("The slots."),
        field<&Self::cancelled>("Bookings that were cancelled, by their policies."),
    };
    return table;
  }
};

/// Ends slots. Bookings they made are cancelled by their policies, unless they are to stay.
struct EndSlots {
  using Result = SlotsEnded;
  static const Operation operation;

  std::vector<WeeklySlotId> slots{};
  bool keep_bookings = false;

  template <class Self = EndSlots>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::slots>("The slots.").length(1, 50),
        field<&Self::keep_bookings>("Leave what is booked.").or_default(),
    };
    return table;
  }
};

/// Slots the caller may see, newest first.
struct Slots {
  using Result = Page<ClaimedSlot>;
  static const Operation operation;

  SubscriptionId subscription{};
  ClientId attendee{};
  CentreId centre{};
  bool ended = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Slots>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::subscription>("Only of this subscription.").or_default(),
        field<&Self::attendee>("Only of this attendee.").or_default(),
        field<&Self::centre>("Only at this centre.").or_default(),
        field<&Self::ended>("Those that ended, too.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// A session in a slot could not be booked.
struct SlotNotBooked {
  static const storage::EventKind kind;

  WeeklySlotId slot{};
  SubscriptionId subscription{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  std::string reason{};

  template <class Self = SlotNotBooked>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::slot>("The slot."),
        field<&Self::subscription>("Its subscription."),
        field<&Self::session>("The session; absent: a lesson could not be made.").or_default(),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who was to attend."),
        field<&Self::reason>("The reason, as errors name it."),
    };
    return table;
  }
};

/// A slot ended: nothing is booked by it any more.
struct SlotEnded {
  static const storage::EventKind kind;

  WeeklySlotId slot{};
  SubscriptionId subscription{};
  CentreId centre{};
  ClientId client{};
  std::string reason{};

  template <class Self = SlotEnded>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::slot>("The slot."),
        field<&Self::subscription>("Its subscription."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who attended."),
        field<&Self::reason>("Why: as the slot's own `reason`."),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
