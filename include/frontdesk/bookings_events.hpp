/// What is told of bookings, and how they came to be what they are.
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

// --- history ---

/// What was done to a booking.
enum class Change : unsigned char {
  booked,
  paid,
  confirmed,
  cancelled,
  expired,
  revived,
  moved,
  seats_changed,
  session_moved,
  attended,
  missed,
  corrected,
  ticket_reissued,
  ticket_transferred,
  payment_failed,
};
std::span<const EnumValue> enum_values(Change);

/// One change of a booking.
struct HistoryEntry {
  std::int64_t number = 0;
  Change change = Change::booked;
  Instant at{};
  AccountId account{};
  BookingStatus status = BookingStatus::confirmed;
  std::vector<std::int64_t> places{};
  SessionId session{};
  std::optional<std::string> reason{};

  template <class Self = HistoryEntry>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::number>("Its number in the history of the booking, from 1 on."),
        field<&Self::change>("What was done."),
        field<&Self::at>("When."),
        field<&Self::account>("Who did it; absent: the host or the clock.").or_default(),
        field<&Self::status>("How the booking stood afterwards."),
        field<&Self::places>("Numbers of the places it was about; empty: all of them."),
        field<&Self::session>("The session it was in afterwards."),
        field<&Self::reason>("Why, where somebody said.").personal(),
    };
    return table;
  }
};

/// All changes of a booking.
struct Changes {
  std::vector<HistoryEntry> entries{};

  template <class Self = Changes>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::entries>("The changes, in the order they were made."),
    };
    return table;
  }
};

/// How a booking came to be what it is.
struct History {
  using Result = Changes;
  static const Operation operation;

  BookingId booking{};

  template <class Self = History>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::booking>("The booking.")};
    return table;
  }
};

// --- events ---
/// Places wait for an external payment.
struct BookingHeld {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};

  template <class Self = BookingHeld>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
    };
    return table;
  }
};

/// A booking waits to be paid.
struct BookingPending {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  Instant pay_by{};

  template <class Self = BookingPending>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::pay_by>("Until when it must be paid."),
    };
    return table;
  }
};

/// A booking is paid for, or needs no payment.
struct BookingConfirmed {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};

  template <class Self = BookingConfirmed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
    };
    return table;
  }
};

/// A booking, or places of it, were cancelled.
struct BookingCancelled {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  std::vector<std::int64_t> places{};
  bool by_centre = false;

  template <class Self = BookingCancelled>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::places>("Numbers of the places that were cancelled."),
        field<&Self::by_centre>("The session was cancelled; all was given back."),
    };
    return table;
  }
};

/// A booking was not paid in time; its places are free.
struct BookingExpired {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};

  template <class Self = BookingExpired>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
    };
    return table;
  }
};

/// An expired booking was paid late and its places, or others, were still free.
struct BookingRevived {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};

  template <class Self = BookingRevived>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
    };
    return table;
  }
};

/// An expired booking was paid late and no place was left; the money goes back.
struct LatePaymentReturned {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};

  template <class Self = LatePaymentReturned>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
    };
    return table;
  }
};

/// A booking was moved to another session by those who may.
struct BookingMoved {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  SessionId from{};

  template <class Self = BookingMoved>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::from>("The session it was in before."),
    };
    return table;
  }
};

/// A booking's session was moved, or its seats changed.
struct BookingChanged {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  Instant starts{};

  template <class Self = BookingChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::starts>("When the session starts now."),
    };
    return table;
  }
};

/// A booking will expire soon unless it is paid.
struct PaymentDueSoon {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  Instant pay_by{};

  template <class Self = PaymentDueSoon>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::pay_by>("Until when it must be paid."),
    };
    return table;
  }
};

/// The external payment of a booking failed. The booking waits for another one until then.
struct PaymentFailed {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  Instant pay_by{};

  template <class Self = PaymentFailed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who booked.").or_default(),
        field<&Self::pay_by>("Until when it must be paid."),
    };
    return table;
  }
};

/// An attendee got a make-up credit.
struct CreditGranted {
  static const storage::EventKind kind;

  BookingId booking{};
  SessionId session{};
  CentreId centre{};
  ClientId client{};
  CreditId credit{};

  template <class Self = CreditGranted>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."), field<&Self::session>("Its session."),
        field<&Self::centre>("Its centre."),   field<&Self::client>("Who may use it.").or_default(),
        field<&Self::credit>("The credit."),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
