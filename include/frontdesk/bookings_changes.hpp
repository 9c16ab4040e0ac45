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

  template <class Self = Cancelled>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking, as it is now."),
        field<&Self::refunded>("What goes back; absent where no money was paid."),
        field<&Self::kept>("What was paid and is kept; absent where no money was paid."),
        field<&Self::credits>("Make-up credits that were granted."),
        field<&Self::credits_returned>("Credits that had paid and may be used again."),
        field<&Self::visits_returned>("Visits of subscriptions that came back.").or_default(),
        field<&Self::visits_used>("Visits that are lost, being cancelled late.").or_default(),
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

  template <class Self = Cancel>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::reason>("Why; needed where the policy is waived.").personal().length(1, 1000),
        field<&Self::refund_to>("Whether money goes back the way it came or to the balance.")
            .or_default(),
        field<&Self::as_credit>("Make-up credits instead of money, where the policy gives them.")
            .or_default(),
        field<&Self::waive>("Gives everything back in spite of the policy; needs"
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

  template <class Self = CancelPlaces>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::places>("Numbers of the places.").length(1, 200),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::reason>("Why; needed where the policy is waived.").personal().length(1, 1000),
        field<&Self::refund_to>("Whether money goes back the way it came or to the balance.")
            .or_default(),
        field<&Self::as_credit>("Make-up credits instead of money, where the policy gives them.")
            .or_default(),
        field<&Self::waive>("Gives everything back in spite of the policy; needs"
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

  template <class Self = CancelAsGuest>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::reference>("The reference of the booking.").length(1, 40),
        field<&Self::email>("The address it was booked with.").personal().length(3, 254),
    };
    return table;
  }
};

/// Another seat for a place.
struct SeatChange {
  std::int64_t place = 0;
  std::string seat{};

  template <class Self = SeatChange>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("Number of the place in the booking.").range(1, 999),
        field<&Self::seat>("Label of the seat it gets.").length(1, 100),
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

  template <class Self = Move>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::session>("The session it is moved to."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::seats>("Seats there; none: any place, or the best.").length(0, 200),
        field<&Self::best>("The best seats together.").or_default(),
        field<&Self::payments>("What the difference is paid with.").length(0, 10),
        field<&Self::refund_to>("Where a difference in the payer's favour goes.").or_default(),
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

  template <class Self = ChangeSeats>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::booking>("The booking."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::seats>("The seats that places get; they may also be exchanged.")
            .length(1, 200),
        field<&Self::payments>("What the difference is paid with.").length(0, 10),
        field<&Self::refund_to>("Where a difference in the payer's favour goes.").or_default(),
    };
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
