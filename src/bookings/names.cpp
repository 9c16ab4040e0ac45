#include <frontdesk/bookings_door.hpp>
#include <frontdesk/bookings_events.hpp>
#include <frontdesk/bookings_policies.hpp>
#include <frontdesk/bookings_tickets.hpp>

namespace frontdesk::inline v1::bookings {

std::span<const EnumValue> enum_values(BookingStatus) {
  static constexpr EnumValue values[] = {
      {0, "held", "Kept while an external payment is awaited."},
      {1, "pending", "Kept until it must be paid."},
      {2, "confirmed", "Paid for, or free of payment."},
      {3, "attended", "Somebody came."},
      {4, "no_show", "Nobody came."},
      {5, "cancelled", "Given back."},
      {6, "expired", "Not paid in time."},
  };
  return values;
}

std::span<const EnumValue> enum_values(BookingKind) {
  static constexpr EnumValue values[] = {
      {0, "ordinary", "Paid for like any other."},
      {1, "house", "Kept by the house for itself."},
      {2, "vip", "For guests of honour."},
  };
  return values;
}

std::span<const EnumValue> enum_values(PaidBy) {
  static constexpr EnumValue values[] = {
      {0, "money", "A line of the order."},
      {1, "nothing", "It costs nothing."},
      {2, "credit", "A make-up credit."},
      {3, "visit", "A visit of a subscription."},
  };
  return values;
}

std::span<const EnumValue> enum_values(Change) {
  static constexpr EnumValue values[] = {
      {0, "booked", "It was made."},
      {1, "paid", "Something was paid."},
      {2, "confirmed", "Nothing is owed any more."},
      {3, "cancelled", "Places were cancelled."},
      {4, "expired", "It was not paid in time."},
      {5, "revived", "It was paid late and got places again."},
      {6, "moved", "It was moved to another session."},
      {7, "seats_changed", "Places got other seats."},
      {8, "session_moved", "The centre moved the session."},
      {9, "attended", "Visitors were checked in."},
      {10, "missed", "Nobody came."},
      {11, "corrected", "Staff corrected it."},
      {12, "ticket_reissued", "A ticket was made anew."},
      {13, "ticket_transferred", "A ticket was given to another attendee."},
      {14, "payment_failed", "Its external payment failed."},
  };
  return values;
}

std::span<const EnumValue> enum_values(Voiding) {
  static constexpr EnumValue values[] = {
      {0, "reissued", "A new ticket was made."},
      {1, "transferred", "Another attendee comes."},
      {2, "cancelled", "The place was cancelled."},
      {3, "moved", "The booking was moved to another session."},
  };
  return values;
}

std::span<const EnumValue> enum_values(CheckInBy) {
  static constexpr EnumValue values[] = {
      {0, "code", "By the ticket."},
      {1, "list", "By the booking."},
      {2, "roll", "By the roll-call."},
      {3, "walk_in", "They bought at the door."},
      {4, "offline", "By the ticket, at a gate without the file."},
  };
  return values;
}

std::span<const EnumValue> enum_values(CreditStatus) {
  static constexpr EnumValue values[] = {
      {0, "open", "It may be used."},
      {1, "used", "It paid for a place."},
      {2, "expired", "Its time is over."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::bookings
