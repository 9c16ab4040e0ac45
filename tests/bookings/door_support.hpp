/// What tests of the door share: free sessions, so that a booking is confirmed at once, their
/// tickets, and a clock that goes to the doors.
#pragma once

#include "bookings_support.hpp"

#include <frontdesk/bookings_door.hpp>
#include <frontdesk/bookings_gates.hpp>
#include <frontdesk/bookings_tickets.hpp>
#include <frontdesk/seating_maps.hpp>

namespace frontdesk::testing {

struct Door : House {
  schedule::Session show = add(plan(at(2026, 3, 3, 18), 20, 0));
  TestDesk::Customer olena = customer("Olena", 0);

  /// So many places without names, for Olena.
  bookings::Booking booked(std::size_t places = 1) const { return booked_in(show.id, places); }
  bookings::Booking booked_in(SessionId session, std::size_t places = 1) const {
    return olena.caller.run(unpaid(session, places));
  }
  std::vector<bookings::Ticket> tickets(BookingId booking) const {
    bookings::Tickets request;
    request.booking = booking;
    return host().run(request).tickets;
  }
  bookings::Ticket ticket(BookingId booking) const { return tickets(booking).at(0); }
  std::string key() const { return host().run(bookings::TicketKey{}).keys.at(0).key; }

  /// To so long before the start of the show.
  void go_before(Duration before) {
    desk.clock.seconds = (show.starts - before).time_since_epoch().count();
  }
  /// To so long after its end; completes it.
  void go_after(Duration after) {
    desk.clock.seconds = (show.ends + after).time_since_epoch().count();
    tick();
    tick();  // a roll that the completion opens is looked at by the next one
  }
  static bookings::CheckIn by_code(const std::string& code) {
    bookings::CheckIn request;
    request.code = code;
    return request;
  }
  static bookings::CheckIn by_booking(BookingId booking, std::vector<std::int64_t> places = {}) {
    bookings::CheckIn request;
    request.booking = booking;
    request.places = std::move(places);
    return request;
  }
  bookings::BookingStatus status(BookingId booking) const { return get(booking).status; }
  bookings::Gate gate(const std::string& name, std::vector<std::string> sections = {}) const {
    bookings::CreateGate request;
    request.centre = centre;
    request.name = name;
    request.sections = std::move(sections);
    return host().run(request);
  }
  bookings::AttendanceList roll() const {
    bookings::Roll request;
    request.session = show.id;
    return host().run(request);
  }
  std::vector<bookings::Change> changes(BookingId booking) const {
    std::vector<bookings::Change> changes;
    for (const auto& entry : host().run(bookings::History{.booking = booking}).entries) {
      changes.push_back(entry.change);
    }
    return changes;
  }
};

/// `conflict/too_early at code`, as the action is refused.
inline std::string refused(const std::function<void()>& action) {
  const Error error = refusal(action);
  return std::string(code_name(error.code())) + "/" + error.reason() +
         (error.field().empty() ? "" : " at " + error.field());
}

inline constexpr Duration minute{60};
inline constexpr Duration hour{3600};
inline constexpr Duration day{24 * 3600};

}  // namespace frontdesk::testing
