/// Guests without account: what is known of them goes (SPEC P9).
///
/// Their names, addresses and phones stand in their bookings and orders until `money.guest_days`
/// after they booked, once the session is over; then the tick takes them away. Staff do so at once
/// where a guest asks for it. What was sold and paid stays, so that the books balance; buyers on
/// invoices wait for their legal term.
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace bookings {

/// Of how much a guest's name was taken away.
struct GuestErased {
  std::int64_t bookings = 0;
  std::int64_t orders = 0;

  template <class Self = GuestErased>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::bookings>("Bookings that tell nothing of the guest any more."),
        field<&Self::orders>("Orders without bookings that tell nothing of them any more."),
    };
    return table;
  }
};

/// Takes away what is known of a guest without account: in all their bookings and orders of the
/// centre with the address, or in the one booking and those with the same address.
struct EraseGuest {
  using Result = GuestErased;
  static const Operation operation;

  CentreId centre{};
  std::optional<std::string> email{};
  BookingId booking{};

  template <class Self = EraseGuest>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::email>("Address of the guest.").personal().length(3, 254),
        field<&Self::booking>("Or one of their bookings.").or_default(),
    };
    return table;
  }
};

/// What was known of a guest went.
struct GuestForgotten {
  static const storage::EventKind kind;

  CentreId centre{};

  template <class Self = GuestForgotten>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::centre>("The centre.")};
    return table;
  }
};

}  // namespace bookings
}  // namespace v1
}  // namespace frontdesk
