/// The door: checking visitors in, the roll-call, walk-ins, and what becomes of those who did not
/// come (SPEC B5, B9). Gates and what they do without the file stand in bookings_gates.hpp, tickets
/// in bookings_tickets.hpp.
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

// --- records ---

/// How somebody was found to be there.
enum class CheckInBy : unsigned char { code, list, roll, walk_in, offline };
std::span<const EnumValue> enum_values(CheckInBy);

/// One place as the door sees it.
struct Attendance {
  PlaceId place{};
  BookingId booking{};
  std::int64_t number = 0;
  BookingStatus status = BookingStatus::confirmed;
  ClientId attendee{};
  std::optional<std::string> name{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat{};
  bool already = false;
  std::optional<Instant> came_at{};
  std::optional<CheckInBy> by{};
  GateId gate{};

  template <class Self = Attendance>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("Number of the place among all places of all bookings."),
        field<&Self::booking>("Its booking."),
        field<&Self::number>("Its number in the booking."),
        field<&Self::status>("How it stands."),
        field<&Self::attendee>("Who attends, where that is known.").or_default(),
        field<&Self::name>("Name of who attends, else of who booked.").personal(),
        field<&Self::ticket_type>("What kind of ticket it is.").or_default(),
        field<&Self::seat>("Label of the seat, where there are seats."),
        field<&Self::already>("They were checked in before; nothing was changed."),
        field<&Self::came_at>("When they came."),
        field<&Self::by>("How they were checked in."),
        field<&Self::gate>("Where they came in.").or_default(),
    };
    return table;
  }
};

/// What came of a check-in, or of taking one back.
struct CheckedIn {
  BookingId booking{};
  std::string reference{};
  SessionId session{};
  CentreId centre{};
  std::vector<Attendance> places{};
  std::optional<Money> owed{};

  template <class Self = CheckedIn>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::reference>("Its reference."),
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::places>("The places in question."),
        field<&Self::owed>("What is still to pay, where clients may owe; absent: nothing."),
    };
    return table;
  }
};

/// Everyone who has a place in a session.
struct AttendanceList {
  SessionId session{};
  CentreId centre{};
  Instant starts{};
  Instant ends{};
  Instant opens_at{};
  Instant closes_at{};
  std::vector<Attendance> places{};

  template <class Self = AttendanceList>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::centre>("Its centre."),
        field<&Self::starts>("When it starts."),
        field<&Self::ends>("When it ends; visitors are checked in up to then."),
        field<&Self::opens_at>("From when on visitors are checked in."),
        field<&Self::closes_at>("Until when the roll may be taken; afterwards it needs"
                                " `bookings.correct`."),
        field<&Self::places>("The places that count, by booking and number."),
    };
    return table;
  }
};

// --- checking in ---

/// Lets visitors in: by the code or text of a ticket, or by their booking. The same scan twice is
/// one check-in; the second time says when and where it was.
struct CheckIn {
  using Result = CheckedIn;
  static const Operation operation;

  std::optional<std::string> code{};
  BookingId booking{};
  std::optional<std::string> reference{};
  std::vector<std::int64_t> places{};
  SessionId session{};
  GateId gate{};
  std::optional<Instant> at{};

  template <class Self = CheckIn>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::code>("A ticket's code, or the text of its QR code.").secret().length(1, 1000),
        field<&Self::booking>("Or the booking.").or_default(),
        field<&Self::reference>("Or the booking by its reference; case does not matter.")
            .length(1, 40),
        field<&Self::places>("Numbers of the places of the booking; none: all of them.")
            .length(0, 200),
        field<&Self::session>("The session that visitors are let in to; absent: theirs.")
            .or_default(),
        field<&Self::gate>("The gate they come through.").or_default(),
        field<&Self::at>("When they came, where that is told later; absent: now."),
    };
    return table;
  }
};

/// Takes check-ins back.
struct UndoCheckIn {
  using Result = CheckedIn;
  static const Operation operation;

  BookingId booking{};
  std::vector<std::int64_t> places{};
  std::optional<std::string> reason{};

  template <class Self = UndoCheckIn>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::places>("Numbers of the places.").length(1, 200),
        field<&Self::reason>("Why.").personal().length(1, 1000),
    };
    return table;
  }
};

/// Sells places at the door and checks their visitors in, as one.
struct WalkIn {
  using Result = Booking;
  static const Operation operation;

  SessionId session{};
  std::vector<PlaceRequest> places{};
  std::optional<std::string> hold{};
  std::optional<std::string> area{};
  std::optional<std::string> seat_category{};
  bool best = false;
  ClientId client{};
  ClientId payer{};
  std::optional<std::string> guest_name{};
  std::optional<std::string> guest_email{};
  std::optional<std::string> guest_phone{};
  std::vector<money::Tender> payments{};
  bool owing = false;
  GateId gate{};
  std::optional<std::string> note{};

  template <class Self = WalkIn>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::places>("One for each place, in the order of a hold's places.").length(1, 200),
        field<&Self::hold>("Token of a hold, whose places are sold.").secret().length(1, 200),
        field<&Self::area>("An area without seats, where the hall has several.").length(1, 100),
        field<&Self::seat_category>("Only places of this category, where none is named.")
            .length(1, 40),
        field<&Self::best>("The best seats together, where none is named.").or_default(),
        field<&Self::client>("Who buys, where they are a client.").or_default(),
        field<&Self::payer>("Who pays; absent: who buys.").or_default(),
        field<&Self::guest_name>("Name of a visitor who is no client.").personal().length(1, 200),
        field<&Self::guest_email>("E-mail address of such a visitor.").personal().length(3, 254),
        field<&Self::guest_phone>("Phone of such a visitor.").personal().length(3, 40),
        field<&Self::payments>("What is paid with, at once.").length(0, 10),
        field<&Self::owing>("Without payment, where the centre lets clients owe.").or_default(),
        field<&Self::gate>("The gate they come through.").or_default(),
        field<&Self::note>("What is to be noted.").personal().length(1, 1000),
    };
    return table;
  }
};

// --- the roll ---

/// Who has a place in a session, and who came: for the staff of the centre and whoever leads it.
struct Roll {
  using Result = AttendanceList;
  static const Operation operation;

  SessionId session{};

  template <class Self = Roll>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::session>("The session.")};
    return table;
  }
};

/// Says who came and who did not. It may be said again, until a day after the end; later by whom
/// `bookings.correct` reaches.
struct TakeRoll {
  using Result = AttendanceList;
  static const Operation operation;

  SessionId session{};
  std::vector<PlaceId> attended{};
  std::vector<PlaceId> absent{};

  template <class Self = TakeRoll>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::attended>("Places whose visitors came.").length(0, 1000),
        field<&Self::absent>("Places whose visitors did not come.").length(0, 1000),
    };
    return table;
  }
};

/// Corrects one place of a session that is over: somebody came after all, or did not. A strike
/// follows.
struct CorrectAttendance {
  using Result = CheckedIn;
  static const Operation operation;

  PlaceId place{};
  bool attended = false;
  std::string reason{};

  template <class Self = CorrectAttendance>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("The place."),
        field<&Self::attended>("Whether its visitor came."),
        field<&Self::reason>("Why it is corrected.").personal().length(1, 1000),
    };
    return table;
  }
};

// --- strikes ---

/// A booking whose visitors, or some of them, did not come. It counts against the booker until it
/// expires.
struct Strike {
  StrikeId id{};
  ClientId client{};
  CentreId centre{};
  BookingId booking{};
  Instant given_at{};
  Instant expires_at{};
  std::optional<Instant> withdrawn_at{};
  std::optional<Instant> reset_at{};

  template <class Self = Strike>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the strike."),
        field<&Self::client>("Who booked."),
        field<&Self::centre>("The centre; it counts there."),
        field<&Self::booking>("The booking."),
        field<&Self::given_at>("When it was given."),
        field<&Self::expires_at>("Until when it counts."),
        field<&Self::withdrawn_at>("When it was taken back, since somebody had come after all."),
        field<&Self::reset_at>("When staff forgave it."),
    };
    return table;
  }
};

/// The strikes of a client.
struct ClientStrikes {
  std::vector<Strike> strikes{};
  std::vector<CentreId> locked{};

  template <class Self = ClientStrikes>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::strikes>("All strikes, newest first."),
        field<&Self::locked>("Centres where the client may not book until it is reset."),
    };
    return table;
  }
};

/// The strikes of a client, as far as the caller reaches their centres.
struct Strikes {
  using Result = ClientStrikes;
  static const Operation operation;

  ClientId client{};

  template <class Self = Strikes>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::client>("The client.")};
    return table;
  }
};

/// Forgives a client all strikes at a centre, so that they may book again.
struct ResetStrikes {
  using Result = ClientStrikes;
  static const Operation operation;

  CentreId centre{};
  ClientId client{};

  template <class Self = ResetStrikes>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::client>("The client."),
    };
    return table;
  }
};

// --- events ---

/// Visitors came.
struct VisitorsCheckedIn {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  std::vector<std::int64_t> places{};
  GateId gate{};

  template <class Self = VisitorsCheckedIn>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::places>("Numbers of the places."),
        field<&Self::gate>("Where they came in.").or_default(),
    };
    return table;
  }
};

/// Check-ins were taken back.
struct CheckInUndone {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  std::vector<std::int64_t> places{};

  template <class Self = CheckInUndone>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::places>("Numbers of the places."),
    };
    return table;
  }
};

/// Visitors did not come.
struct NoShow {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  std::vector<std::int64_t> places{};

  template <class Self = NoShow>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::places>("Numbers of the places."),
    };
    return table;
  }
};

/// A client got a strike.
struct StrikeGiven {
  static const storage::EventKind kind;

  StrikeId strike{};
  BookingId booking{};
  CentreId centre{};
  ClientId client{};
  bool locked = false;

  template <class Self = StrikeGiven>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::strike>("The strike."),
        field<&Self::booking>("The booking it is for."),
        field<&Self::centre>("The centre."),
        field<&Self::client>("Who booked."),
        field<&Self::locked>("Whether the client may now book no more at the centre."),
    };
    return table;
  }
};

/// A strike was taken back: somebody had come after all.
struct StrikeWithdrawn {
  static const storage::EventKind kind;

  StrikeId strike{};
  BookingId booking{};
  CentreId centre{};
  ClientId client{};

  template <class Self = StrikeWithdrawn>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::strike>("The strike."),
        field<&Self::booking>("The booking it was for."),
        field<&Self::centre>("The centre."),
        field<&Self::client>("Who booked."),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
