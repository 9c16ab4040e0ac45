/// Changes of bookings: cancelling, moving to another session, other seats.
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

/// What cancelling gave back. Its preview tells what it would.
struct Cancelled {
  Booking booking{};
  std::optional<Money> refunded{};
  std::optional<Money> kept{};
  std::vector<CreditId> credits{};
  std::vector<CreditId> credits_returned{};
  std::int64_t visits_returned = 0;
  std::int64_t visits_used = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Cancelled::booking>("The booking, as it is now."),
        field<&Cancelled::refunded>("What goes back; absent where no money was paid."),
        field<&Cancelled::kept>("What was paid and is kept; absent where no money was paid."),
        field<&Cancelled::credits>("Make-up credits that were granted."),
        field<&Cancelled::credits_returned>("Credits that had paid and may be used again."),
        field<&Cancelled::visits_returned>("Visits of subscriptions that came back.").or_default(),
        field<&Cancelled::visits_used>("Visits that are lost, being cancelled late.").or_default(),
    };
    return table;
  }
};

/// Cancels a booking by its cancellation policy.
struct Cancel {
  using Result = Cancelled;
  static const Operation operation;

  BookingId booking{};
  std::optional<std::int64_t> version{};
  std::optional<std::string> reason{};
  money::RefundTo refund_to = money::RefundTo::method;
  bool as_credit = false;
  bool waive = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Cancel::booking>("The booking."),
        field<&Cancel::version>("The version it is thought to have."),
        field<&Cancel::reason>("Why; needed where the policy is waived.")
            .personal()
            .length(1, 1000),
        field<&Cancel::refund_to>("Whether money goes back the way it came or to the balance.")
            .or_default(),
        field<&Cancel::as_credit>("Make-up credits instead of money, where the policy gives them.")
            .or_default(),
        field<&Cancel::waive>("Gives everything back in spite of the policy; needs"
                              " `bookings.correct`.")
            .or_default(),
    };
    return table;
  }
};

/// Cancels some places of a booking; what was paid for them counts, nothing is priced anew.
struct CancelPlaces {
  using Result = Cancelled;
  static const Operation operation;

  BookingId booking{};
  std::vector<std::int64_t> places{};
  std::optional<std::int64_t> version{};
  std::optional<std::string> reason{};
  money::RefundTo refund_to = money::RefundTo::method;
  bool as_credit = false;
  bool waive = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CancelPlaces::booking>("The booking."),
        field<&CancelPlaces::places>("Numbers of the places.").length(1, 200),
        field<&CancelPlaces::version>("The version it is thought to have."),
        field<&CancelPlaces::reason>("Why; needed where the policy is waived.")
            .personal()
            .length(1, 1000),
        field<&CancelPlaces::refund_to>(
            "Whether money goes back the way it came or to the balance.")
            .or_default(),
        field<&CancelPlaces::as_credit>(
            "Make-up credits instead of money, where the policy gives them.")
            .or_default(),
        field<&CancelPlaces::waive>("Gives everything back in spite of the policy; needs"
                                    " `bookings.correct`.")
            .or_default(),
    };
    return table;
  }
};

/// Cancels the booking of a guest, by the guest.
struct CancelAsGuest {
  using Result = Cancelled;
  static const Operation operation;

  std::string reference{};
  std::string email{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CancelAsGuest::reference>("The reference of the booking.").length(1, 40),
        field<&CancelAsGuest::email>("The address it was booked with.").personal().length(3, 254),
    };
    return table;
  }
};

/// Another seat for a place.
struct SeatChange {
  std::int64_t place = 0;
  std::string seat{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SeatChange::place>("Number of the place in the booking.").range(1, 999),
        field<&SeatChange::seat>("Label of the seat it gets.").length(1, 100),
    };
    return table;
  }
};

/// Moves a booking to another session of the centre. What the places cost there is charged or given
/// back as a difference; the clock of the cancellation policy stays that of the first session.
struct Move {
  using Result = Booking;
  static const Operation operation;

  BookingId booking{};
  SessionId session{};
  std::optional<std::int64_t> version{};
  std::vector<SeatChange> seats{};
  bool best = false;
  std::vector<money::Tender> payments{};
  money::RefundTo refund_to = money::RefundTo::method;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Move::booking>("The booking."),
        field<&Move::session>("The session it is moved to."),
        field<&Move::version>("The version it is thought to have."),
        field<&Move::seats>("Seats there; none: any place, or the best.").length(0, 200),
        field<&Move::best>("The best seats together.").or_default(),
        field<&Move::payments>("What the difference is paid with.").length(0, 10),
        field<&Move::refund_to>("Where a difference in the payer's favour goes.").or_default(),
    };
    return table;
  }
};

/// Gives places of a booking other seats of its session. A difference in price is charged or given
/// back.
struct ChangeSeats {
  using Result = Booking;
  static const Operation operation;

  BookingId booking{};
  std::optional<std::int64_t> version{};
  std::vector<SeatChange> seats{};
  std::vector<money::Tender> payments{};
  money::RefundTo refund_to = money::RefundTo::method;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ChangeSeats::booking>("The booking."),
        field<&ChangeSeats::version>("The version it is thought to have."),
        field<&ChangeSeats::seats>("The seats that places get; they may also be exchanged.")
            .length(1, 200),
        field<&ChangeSeats::payments>("What the difference is paid with.").length(0, 10),
        field<&ChangeSeats::refund_to>("Where a difference in the payer's favour goes.")
            .or_default(),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
