/// Which states of a place may follow which (SPEC B1), as data.
#pragma once

#include <frontdesk/bookings.hpp>

namespace frontdesk::bookings {

struct Transition {
  BookingStatus from;
  BookingStatus to;
};

/// Every transition there is; any other is refused.
std::span<const Transition> transitions();
bool is_allowed(BookingStatus from, BookingStatus to);
/// Throws conflict/transition_not_allowed with the details `from` and `to`; conflict/
/// already_cancelled for a second cancel (SPEC B6).
[[noreturn]] void refuse_transition(BookingStatus from, BookingStatus to,
                                    std::string_view field = "booking");
/// The same, unless the table lists it.
void check_transition(BookingStatus from, BookingStatus to, std::string_view field = "booking");

/// Whether a place in this state takes up its place and its attendee's time. The unique index of
/// places and the checks use the same line.
constexpr bool is_live(BookingStatus status) { return status < BookingStatus::cancelled; }
/// Whether it is still to come: neither over nor ended.
constexpr bool is_coming(BookingStatus status) { return status <= BookingStatus::confirmed; }

/// The word for a status, as every face has it.
std::string_view name_of(BookingStatus status);

}  // namespace frontdesk::bookings
