/// Places of bookings as rows.
#pragma once

#include <frontdesk/bookings.hpp>
#include <frontdesk/schedule.hpp>

#include "storage/rows.hpp"

namespace frontdesk::bookings {

using storage::Transaction;

/// A place as it is stored.
struct PlaceRow {
  SessionId session{};
  BookingId booking{};
  std::int64_t number = 0;
  std::int64_t place = 0;  ///< 0 once the hall has no such seat any more
  BookingStatus status = BookingStatus::confirmed;
  ClientId attendee{};
  TicketTypeId ticket_type{};
  PaidBy paid_by = PaidBy::money;
  SubscriptionId subscription{};
  OrderLineId line{};
  Instant starts{};

  template <class Self = PlaceRow>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session it is in."),
        field<&Self::booking>("The booking it belongs to."),
        field<&Self::number>("Its number in the booking."),
        field<&Self::place>("Its number in the session."),
        field<&Self::status>("How it stands."),
        field<&Self::attendee>("Who attends.").or_default(),
        field<&Self::ticket_type>("Its ticket type.").or_default(),
        field<&Self::paid_by>("What it is paid by."),
        field<&Self::subscription>("Whose visit pays.").or_default(),
        field<&Self::line>("Its line in the order.").or_default(),
        field<&Self::starts>("When the session starts."),
    };
    return table;
  }
};

/// Places a booking can have; they are numbered from 1 on.
inline constexpr std::int64_t places_max = 999;

/// The number of a place among all places of all bookings, and back.
constexpr PlaceId place_id(BookingId booking, std::int64_t number) {
  return PlaceId{booking.value * (places_max + 1) + number};
}
constexpr BookingId booking_of(PlaceId place) { return BookingId{place.value / (places_max + 1)}; }
constexpr std::int64_t number_of(PlaceId place) { return place.value % (places_max + 1); }

/// Places of a booking in its session, by number.
std::vector<PlaceRow> places_of(Transaction& transaction, SessionId session, BookingId booking);
void insert_place(Transaction& transaction, const PlaceRow& place);
/// Stores what may change: place, status, ticket type, line, paid_by,
/// subscription, starts.
void update_place(Transaction& transaction, const PlaceRow& place);
/// Gives the claimed place back for others; what the booking no longer has is a defect.
void free_place(Transaction& transaction, const PlaceRow& place);

/// The attendee's live place in the session; none if there is none, or only in `except`.
std::optional<PlaceId> place_in_session(Transaction& transaction, ClientId attendee,
                                        const schedule::Session& session, BookingId except = {});
/// Another session whose time overlaps and in which the attendee has a live place; none if there is
/// none, or only in `except`.
SessionId overlapping_session(Transaction& transaction, ClientId attendee,
                              const schedule::Session& session, BookingId except = {});
/// Whether a place of the attendee was in the session before it was moved to where it is.
bool has_moved_away(Transaction& transaction, ClientId attendee, SessionId session);
/// How many live places a client booked in the session, for themselves or as one of their family.
std::int64_t live_places_booked(Transaction& transaction, ClientId client, SessionId session,
                                BookingId except = {});
/// Bookings that have live places in the session.
std::vector<BookingId> live_bookings(Transaction& transaction, SessionId session);

}  // namespace frontdesk::bookings
