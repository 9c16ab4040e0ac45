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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&HistoryEntry::number>("Its number in the history of the booking, from 1 on."),
        field<&HistoryEntry::change>("What was done."),
        field<&HistoryEntry::at>("When."),
        field<&HistoryEntry::account>("Who did it; absent: the host or the clock.").or_default(),
        field<&HistoryEntry::status>("How the booking stood afterwards."),
        field<&HistoryEntry::places>("Numbers of the places it was about; empty: all of them."),
        field<&HistoryEntry::session>("The session it was in afterwards."),
        field<&HistoryEntry::reason>("Why, where somebody said.").personal(),
    };
    return table;
  }
};

/// All changes of a booking.
struct Changes {
  std::vector<HistoryEntry> entries{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Changes::entries>("The changes, in the order they were made."),
    };
    return table;
  }
};

/// How a booking came to be what it is.
struct History {
  using Result = Changes;
  static const Operation operation;

  BookingId booking{};

  static Fields fields() {
    static constexpr Field table[] = {field<&History::booking>("The booking.")};
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&BookingHeld::booking>("The booking."),
        field<&BookingHeld::session>("Its session."),
        field<&BookingHeld::centre>("Its centre."),
        field<&BookingHeld::client>("Who booked.").or_default(),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&BookingPending::booking>("The booking."),
        field<&BookingPending::session>("Its session."),
        field<&BookingPending::centre>("Its centre."),
        field<&BookingPending::client>("Who booked.").or_default(),
        field<&BookingPending::pay_by>("Until when it must be paid."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&BookingConfirmed::booking>("The booking."),
        field<&BookingConfirmed::session>("Its session."),
        field<&BookingConfirmed::centre>("Its centre."),
        field<&BookingConfirmed::client>("Who booked.").or_default(),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&BookingCancelled::booking>("The booking."),
        field<&BookingCancelled::session>("Its session."),
        field<&BookingCancelled::centre>("Its centre."),
        field<&BookingCancelled::client>("Who booked.").or_default(),
        field<&BookingCancelled::places>("Numbers of the places that were cancelled."),
        field<&BookingCancelled::by_centre>("The session was cancelled; all was given back."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&BookingExpired::booking>("The booking."),
        field<&BookingExpired::session>("Its session."),
        field<&BookingExpired::centre>("Its centre."),
        field<&BookingExpired::client>("Who booked.").or_default(),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&BookingRevived::booking>("The booking."),
        field<&BookingRevived::session>("Its session."),
        field<&BookingRevived::centre>("Its centre."),
        field<&BookingRevived::client>("Who booked.").or_default(),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&LatePaymentReturned::booking>("The booking."),
        field<&LatePaymentReturned::session>("Its session."),
        field<&LatePaymentReturned::centre>("Its centre."),
        field<&LatePaymentReturned::client>("Who booked.").or_default(),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&BookingMoved::booking>("The booking."),
        field<&BookingMoved::session>("Its session."),
        field<&BookingMoved::centre>("Its centre."),
        field<&BookingMoved::client>("Who booked.").or_default(),
        field<&BookingMoved::from>("The session it was in before."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&BookingChanged::booking>("The booking."),
        field<&BookingChanged::session>("Its session."),
        field<&BookingChanged::centre>("Its centre."),
        field<&BookingChanged::client>("Who booked.").or_default(),
        field<&BookingChanged::starts>("When the session starts now."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PaymentDueSoon::booking>("The booking."),
        field<&PaymentDueSoon::session>("Its session."),
        field<&PaymentDueSoon::centre>("Its centre."),
        field<&PaymentDueSoon::client>("Who booked.").or_default(),
        field<&PaymentDueSoon::pay_by>("Until when it must be paid."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PaymentFailed::booking>("The booking."),
        field<&PaymentFailed::session>("Its session."),
        field<&PaymentFailed::centre>("Its centre."),
        field<&PaymentFailed::client>("Who booked.").or_default(),
        field<&PaymentFailed::pay_by>("Until when it must be paid."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreditGranted::booking>("The booking."),
        field<&CreditGranted::session>("Its session."),
        field<&CreditGranted::centre>("Its centre."),
        field<&CreditGranted::client>("Who may use it.").or_default(),
        field<&CreditGranted::credit>("The credit."),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
