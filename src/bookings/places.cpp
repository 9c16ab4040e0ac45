#include "bookings/places.hpp"

#include "bookings/transitions.hpp"
#include "schedule/sessions.hpp"
#include "seating/claims.hpp"

namespace frontdesk::bookings {

std::vector<PlaceRow> places_of(Transaction& transaction, SessionId session, BookingId booking) {
  std::vector<PlaceRow> places = storage::all<PlaceRow>(
      transaction, "places WHERE session = $1 AND booking = $2 ORDER BY number", session, booking);
  if (places.empty()) throw Error(Code::storage, "file_damaged");
  return places;
}

void insert_place(Transaction& transaction, const PlaceRow& place) {
  transaction.execute(
      "INSERT INTO places (session, booking, number, place, status, attendee, ticket_type, paid_by,"
      " line, starts, subscription) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      place.session, place.booking, place.number, place.place, place.status, place.attendee,
      place.ticket_type, place.paid_by, place.line, place.starts, place.subscription);
}

void update_place(Transaction& transaction, const PlaceRow& place) {
  transaction.execute(
      "UPDATE places SET place = $4, status = $5, ticket_type = $6, paid_by = $7, line = $8,"
      " starts = $9, subscription = $10 WHERE session = $1 AND booking = $2 AND number = $3",
      place.session, place.booking, place.number, place.place, place.status, place.ticket_type,
      place.paid_by, place.line, place.starts, place.subscription);
}

void free_place(Transaction& transaction, const PlaceRow& place) {
  if (!seating::release(transaction, place.session, place.place, seating::ClaimState::booked,
                        place.booking.value)) {
    throw Error(Code::storage, "file_damaged");  // a booked place is claimed
  }
}

std::optional<PlaceId> place_in_session(Transaction& transaction, ClientId attendee,
                                        const schedule::Session& session, BookingId except) {
  storage::Cursor rows = transaction.query(
      "SELECT booking, number FROM places WHERE attendee = $1 AND starts = $2 AND session = $3"
      " AND status < 5 AND booking <> $4",
      attendee, session.starts, session.id, except.value);
  if (!rows.next()) return std::nullopt;
  return place_id(BookingId{rows.integer(0)}, rows.integer(1));
}

SessionId overlapping_session(Transaction& transaction, ClientId attendee,
                              const schedule::Session& session, BookingId except) {
  storage::Cursor rows = transaction.query(
      "SELECT places.session FROM places JOIN sessions ON sessions.id = places.session"
      " WHERE places.attendee = $1 AND places.starts > $2 AND places.starts < $3"
      " AND places.status < 5 AND sessions.ends > $4 AND places.session <> $5"
      " AND places.booking <> $6",
      attendee, session.starts - schedule::longest_session, session.ends, session.starts,
      session.id, except.value);
  return rows.next() ? SessionId{rows.integer(0)} : SessionId{};
}

bool has_moved_away(Transaction& transaction, ClientId attendee, SessionId session) {
  return transaction.exists(
      "SELECT 1 FROM places JOIN bookings ON bookings.id = places.booking"
      " WHERE places.attendee = $1 AND places.status < 5 AND places.session <> $2"
      " AND (bookings.first_session = $2 OR (bookings.moves > 1 AND EXISTS (SELECT 1"
      " FROM booking_history WHERE booking_history.booking = bookings.id"
      " AND booking_history.session = $2)))",
      attendee, session);
}

std::int64_t live_places_booked(Transaction& transaction, ClientId client, SessionId session,
                                BookingId except) {
  return transaction
      .one_number(
          "SELECT count(*) FROM bookings JOIN places ON places.session = bookings.session"
          " AND places.booking = bookings.id WHERE bookings.client IN"
          " (SELECT $1 UNION SELECT dependant FROM guardians WHERE guardian = $1)"
          " AND bookings.session = $2 AND bookings.id <> $3 AND places.status < 5",
          client, session, except.value)
      .value_or(0);
}

std::vector<BookingId> live_bookings(Transaction& transaction, SessionId session) {
  storage::Cursor rows = transaction.query(
      "SELECT DISTINCT booking FROM places WHERE session = $1 AND status < 5 ORDER BY booking",
      session);
  std::vector<BookingId> bookings;
  while (rows.next()) bookings.push_back(BookingId{rows.integer(0)});
  return bookings;
}

}  // namespace frontdesk::bookings
