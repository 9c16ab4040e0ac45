/// Waiting lists of sold-out sessions (SPEC B8): who waits is offered places when some come free,
/// or promoted to a booking at once where payment is secured.
///
/// The higher priority comes first, then who joined first. Whoever wants more places than are free
/// is passed over until there are enough, so that none stays empty. Nothing is free meanwhile that
/// is offered: the places are kept until the offer is accepted, declined or over.
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

// --- records ---

enum class WaitingStatus : unsigned char {
  waiting,
  offered,
  booked,
  declined,
  left,
  lapsed,
  refused,
  closed,
};
std::span<const EnumValue> enum_values(WaitingStatus);

/// What is to happen when places come free.
enum class WaitingIntent : unsigned char { offer, automatic };
std::span<const EnumValue> enum_values(WaitingIntent);

/// One of the places that somebody waits for.
struct WaitingPlace {
  ClientId attendee{};
  TicketTypeId ticket_type{};
  bool by_visit = false;
  SubscriptionId subscription{};

  template <class Self = WaitingPlace>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::attendee>("Who is to attend; absent for an unnamed visitor.").or_default(),
        field<&Self::ticket_type>("What kind of ticket; absent: the plain one.").or_default(),
        field<&Self::by_visit>("A visit of a subscription pays; it is reserved meanwhile.")
            .or_default(),
        field<&Self::subscription>("Whose visit; absent: of the subscription that ends soonest.")
            .or_default(),
    };
    return table;
  }
};

/// Somebody in a waiting list.
struct WaitingEntry {
  WaitingEntryId id{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  ClientId payer{};
  seating::Channel channel = seating::Channel::online;
  std::vector<WaitingPlace> places{};
  std::optional<std::string> seat_category{};
  WaitingIntent intent = WaitingIntent::offer;
  bool fewer = false;
  std::int64_t priority = 0;
  WaitingStatus status = WaitingStatus::waiting;
  std::optional<std::int64_t> position{};
  std::int64_t offered = 0;
  std::optional<Instant> expires_at{};
  BookingId booking{};
  Instant joined_at{};
  std::optional<Instant> ended_at{};
  std::optional<std::string> reason{};

  template <class Self = WaitingEntry>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the entry."),
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who waits."),
        field<&Self::payer>("Who is to pay."),
        field<&Self::channel>("Where it was entered."),
        field<&Self::places>("What is waited for, one for each place."),
        field<&Self::seat_category>("Only places of this category; absent: any."),
        field<&Self::intent>("What is to happen when places come free."),
        field<&Self::fewer>("Fewer places will do, the first of those named."),
        field<&Self::priority>("The higher comes first."),
        field<&Self::status>("How it stands."),
        field<&Self::position>("Its position in line, from 1 on, while it waits."),
        field<&Self::offered>("How many places are offered."),
        field<&Self::expires_at>("Until when the offer stands."),
        field<&Self::booking>("The booking that came of it.").or_default(),
        field<&Self::joined_at>("When they joined."),
        field<&Self::ended_at>("When they were in line no more."),
        field<&Self::reason>("The refusal that ended it, as errors name it."),
    };
    return table;
  }
};

// --- operations ---

/// Joins the waiting list of a session that has too few places left. With `automatic` the places
/// are booked as soon as they are free, if they cost nothing, visits pay or the payer's balance
/// suffices then;
/// else, and with `offer`, they are offered.
struct Wait {
  using Result = WaitingEntry;
  static const Operation operation;

  SessionId session{};
  std::vector<WaitingPlace> places{};
  std::optional<std::string> seat_category{};
  ClientId client{};
  ClientId payer{};
  std::optional<seating::Channel> channel{};
  WaitingIntent intent = WaitingIntent::offer;
  bool fewer = false;
  std::int64_t priority = 0;

  template <class Self = Wait>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::places>("One for each place.").length(1, 200),
        field<&Self::seat_category>("Only places of this category.").length(1, 40),
        field<&Self::client>("Who waits; absent: the caller.").or_default(),
        field<&Self::payer>("Who is to pay; absent: who waits.").or_default(),
        field<&Self::channel>("Where it is entered; absent: at the counter by staff, else online."),
        field<&Self::intent>("What is to happen when places come free.").or_default(),
        field<&Self::fewer>("Whether fewer places will do.").or_default(),
        field<&Self::priority>("Above or below others; needs `bookings.reserve`.")
            .or_default()
            .range(-100, 100),
    };
    return table;
  }
};

/// Books the places that are offered.
struct AcceptOffer {
  using Result = Booking;
  static const Operation operation;

  WaitingEntryId entry{};
  std::vector<money::Tender> payments{};
  bool owing = false;

  template <class Self = AcceptOffer>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::entry>("The entry."),
        field<&Self::payments>("What is paid at once; none: later.").length(0, 10),
        field<&Self::owing>("Confirmed though it is not paid, where the centre lets clients owe.")
            .or_default(),
    };
    return table;
  }
};

/// Gives the offered places to the next in line.
struct DeclineOffer {
  using Result = WaitingEntry;
  static const Operation operation;

  WaitingEntryId entry{};

  template <class Self = DeclineOffer>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::entry>("The entry.")};
    return table;
  }
};

/// Waits no longer, whether something is offered or not.
struct LeaveWaitingList {
  using Result = WaitingEntry;
  static const Operation operation;

  WaitingEntryId entry{};

  template <class Self = LeaveWaitingList>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::entry>("The entry.")};
    return table;
  }
};

/// Waiting lists, first in line first: for staff those of their centres, for clients their own
/// entries and their family's.
struct Waiting {
  using Result = Page<WaitingEntry>;
  static const Operation operation;

  SessionId session{};
  CentreId centre{};
  ClientId client{};
  std::optional<WaitingStatus> status{};
  bool ended = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Waiting>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("Only for this session.").or_default(),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::client>("Only of this client.").or_default(),
        field<&Self::status>("Only those that stand so."),
        field<&Self::ended>("Also those who are in line no more.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- events ---

/// Somebody joined a waiting list.
struct WaitingJoined {
  static const storage::EventKind kind;

  WaitingEntryId entry{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};

  template <class Self = WaitingJoined>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::entry>("The entry."),
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who waits."),
    };
    return table;
  }
};

/// Places are offered to somebody who waits.
struct WaitingOffered {
  static const storage::EventKind kind;

  WaitingEntryId entry{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  std::int64_t places = 0;
  Instant expires_at{};

  template <class Self = WaitingOffered>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::entry>("The entry."),
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who waits."),
        field<&Self::places>("How many places."),
        field<&Self::expires_at>("Until when the offer stands."),
    };
    return table;
  }
};

/// Somebody who waited has a booking: promoted, or by accepting an offer.
struct WaitingBooked {
  static const storage::EventKind kind;

  WaitingEntryId entry{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  BookingId booking{};
  bool promoted = false;

  template <class Self = WaitingBooked>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::entry>("The entry."),
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who waited."),
        field<&Self::booking>("The booking."),
        field<&Self::promoted>("It was made without asking anew."),
    };
    return table;
  }
};

/// Somebody waits no longer and has no booking.
struct WaitingEnded {
  static const storage::EventKind kind;

  WaitingEntryId entry{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  WaitingStatus status = WaitingStatus::left;

  template <class Self = WaitingEnded>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::entry>("The entry."),     field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),   field<&Self::client>("Who waited."),
        field<&Self::status>("How it ended."),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
