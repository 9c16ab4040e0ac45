/// Bookings follow their session: it is cancelled, moved, or gets another hall (SPEC S6, S9, H2).
/// That it never gets fewer places than are taken is for seating to refuse.
#include "bookings/cancelling.hpp"
#include "bookings/door.hpp"
#include "bookings/lists.hpp"
#include "bookings/making.hpp"
#include "bookings/strikes.hpp"
#include "schedule/stored.hpp"
#include "seating/claims.hpp"

#include <frontdesk/schedule_sessions.hpp>
#include <frontdesk/seating_maps.hpp>

#include <algorithm>
#include <map>

namespace frontdesk::bookings {
namespace {

/// Who was let in, or called absent, came to nothing or missed nothing (SPEC S9).
void forget_roll(Transaction& transaction, Stored& booking) {
  auto undone = told_of<CheckInUndone>(booking.row);
  for (PlaceRow& place : booking.places) {
    const bool has_come = place.status == BookingStatus::attended;
    if (!has_come && place.status != BookingStatus::no_show) continue;
    take_back(transaction, place, BookingStatus::confirmed);
    if (has_come) undone.places.push_back(place.number);
  }
  settle_strike(transaction, booking);
  if (undone.places.empty()) return;
  store(transaction, booking);
  note_change(transaction, booking.row, Change::corrected, undone.places);
  transaction.emit(undone);
}

/// Everything goes back, once: a booking that has ended is not live any more.
void cancel_bookings(Transaction& transaction, const void* event) {
  const auto& cancelled = *static_cast<const schedule::SessionCancelled*>(event);
  const std::vector<BookingId> bookings = live_bookings(transaction, cancelled.session);
  if (bookings.empty()) return;
  const schedule::Session session = schedule::stored_session(transaction, cancelled.session);
  for (BookingId id : bookings) {
    Stored booking = stored_booking(transaction, id);
    forget_roll(transaction, booking);
    end_places(transaction, booking, session,
               {.reason = session.reason, .in_full = true, .by_centre = true});
  }
}

/// What the centre moves is not to cost its clients what they could have had back (SPEC B6): of the
/// two starts the later one counts.
std::optional<Instant> clock_after(const Row& row, const schedule::Session& session,
                                   Instant started_before) {
  if (session.starts == started_before) return row.clock_start;
  const Instant clock = row.clock_start.value_or(started_before);
  if (clock <= session.starts) return std::nullopt;
  return clock;
}

void move_along(Transaction& transaction, Stored& booking, const schedule::Session& session,
                Instant started_before) {
  for (PlaceRow& place : booking.places) {
    place.starts = session.starts;
    update_place(transaction, place);
  }
  Row& row = booking.row;
  row.clock_start = clock_after(row, session, started_before);
  if (row.status == BookingStatus::pending && row.pay_by) {
    row.pay_by = std::min(*row.pay_by, pay_by(transaction, session));
    row.due_at = std::min(*row.due_at, *row.pay_by);
  }
  store(transaction, booking);
  note_change(transaction, row, Change::session_moved);
  auto told = told_of<BookingChanged>(row);
  told.starts = session.starts;
  transaction.emit(told);
}

void follow_session(Transaction& transaction, const void* event) {
  const auto& changed = *static_cast<const schedule::SessionChanged*>(event);
  if (!changed.moved) return;
  const schedule::Session session = schedule::stored_session(transaction, changed.session);
  for (BookingId id : live_bookings(transaction, session.id)) {
    Stored booking = stored_booking(transaction, id);
    move_along(transaction, booking, session, changed.started_before);
  }
}

/// Whoever came keeps the seat they sit on.
void refuse_visitor_in(const PlaceRow& place, const seating::PlaceMove& move) {
  if (is_allowed(place.status, BookingStatus::cancelled)) return;
  throw Error(Code::conflict, "visitor_in", "map",
              {{"label", move.label}, {"booking", place.booking.value}});
}

/// Gives places of a booking their new numbers, and the numbers of those that have none to `lost`.
std::vector<std::int64_t> renumber(Stored& booking, const std::vector<seating::PlaceMove>& moves,
                                   std::vector<std::int64_t>& lost) {
  std::vector<std::int64_t> changed;
  for (PlaceRow& place : booking.places) {
    auto move = std::find_if(moves.begin(), moves.end(), [&](const seating::PlaceMove& candidate) {
      return candidate.from == place.place && is_live(place.status);
    });
    if (move == moves.end() || move->from == move->to) continue;
    if (move->to == 0) refuse_visitor_in(place, *move);
    place.place = move->to;
    (move->to == 0 ? lost : changed).push_back(place.number);
  }
  return changed;
}

/// The session got another map: places of bookings have other numbers. One that has none any more
/// is given back in full; one that had ended has none.
void follow_seats(Transaction& transaction, const void* event) {
  const auto& remapped = *static_cast<const seating::PlacesRemapped*>(event);
  transaction.execute("UPDATE places SET place = 0 WHERE session = $1 AND status >= 5",
                      remapped.session);
  std::map<BookingId, std::vector<seating::PlaceMove>> moves;
  for (const seating::PlaceMove& move : remapped.moves) {
    if (move.booking) moves[move.booking].push_back(move);
  }
  for (const auto& [id, of_booking] : moves) {
    Stored booking = stored_booking(transaction, id);
    std::vector<std::int64_t> lost;
    const std::vector<std::int64_t> changed = renumber(booking, of_booking, lost);
    for (const PlaceRow& place : booking.places) update_place(transaction, place);
    if (!changed.empty()) {
      store(transaction, booking);
      note_change(transaction, booking.row, Change::seats_changed, changed);
      auto told = told_of<BookingChanged>(booking.row);
      told.starts = booking.places.front().starts;
      transaction.emit(told);
    }
    if (lost.empty()) continue;
    end_places(transaction, booking, schedule::stored_session(transaction, remapped.session),
               {.numbers = lost, .in_full = true, .by_centre = true});
  }
}

// --- what the timetable asks ---

schedule::Taken taken(Transaction& transaction, SessionId session) {
  storage::Cursor row = transaction.query(
      "SELECT count(*), count(*) FILTER (WHERE state = $2), count(*) FILTER (WHERE state = $4),"
      " (SELECT seat_maps.places FROM session_maps JOIN seat_maps"
      " ON seat_maps.id = session_maps.map WHERE session_maps.session = $1),"
      " (SELECT capacity FROM sessions WHERE id = $1)"
      " FROM claims WHERE session = $1"
      " AND (expires IS NULL OR expires > $3 OR reserved IS NOT NULL)",
      session, seating::ClaimState::booked, transaction.now(), seating::ClaimState::blocked);
  row.next();
  schedule::Taken taken{.places = row.integer(0), .booked = row.integer(1)};
  if (row.null(3)) return taken;
  taken.hall = row.integer(3);
  const std::int64_t capacity = row.null(4) ? *taken.hall : row.integer(4);
  const std::int64_t left_over = std::max<std::int64_t>(0, *taken.hall - capacity);
  taken.places -= std::min(row.integer(2), left_over);  // as seating::taken_of_capacity
  return taken;
}

void attendees(Transaction& transaction, SessionId session, std::vector<ClientId>& clients) {
  storage::Cursor rows = transaction.query(
      "SELECT DISTINCT attendee FROM places WHERE session = $1 AND status < 5"
      " AND attendee IS NOT NULL ORDER BY attendee",
      session);
  while (rows.next()) clients.push_back(ClientId{rows.integer(0)});
}

/// Sums of the ledger; what a calendar shows is what the subscription itself tells.
std::vector<schedule::Paying> paying(Transaction& transaction, SessionId session) {
  storage::Cursor rows = transaction.query(
      "SELECT places.attendee, places.subscription, subscriptions.centre, CASE is_counted"
      " WHEN 1 THEN (SELECT granted_sum + adjusted_sum - reserved_sum - used_sum FROM visits"
      " WHERE visits.subscription = places.subscription ORDER BY visits.number DESC LIMIT 1) END"
      " FROM places JOIN subscriptions ON subscriptions.id = places.subscription"
      " WHERE places.session = $1 AND places.status < 5 ORDER BY places.booking, places.number",
      session);
  std::vector<schedule::Paying> found;
  while (rows.next()) {
    schedule::Paying one{.client = ClientId{rows.integer(0)},
                         .subscription = SubscriptionId{rows.integer(1)},
                         .centre = CentreId{rows.integer(2)}};
    if (!rows.null(3)) one.visits_left = rows.integer(3);
    found.push_back(one);
  }
  return found;
}

}  // namespace

namespace lists {

constinit const storage::Reaction session_cancelled{"schedule.session_cancelled", cancel_bookings};
constinit const storage::Reaction session_changed{"schedule.session_changed", follow_session};
constinit const storage::Reaction place_changed{"seating.places_remapped", follow_seats};
constinit const schedule::TakenPart places_taken{
    .taken = taken,
    .attendees = attendees,
    .paying = paying,
    .taken_sql =
        "((SELECT count(*) FROM claims WHERE claims.session = sessions.id"
        " AND (claims.expires IS NULL OR claims.expires > $ OR claims.reserved IS NOT NULL))"
        " + coalesce((SELECT max(0, coalesce(sessions.capacity, 1000000) - seat_maps.places)"
        " - min((SELECT count(*) FROM claims WHERE claims.session = sessions.id"
        " AND claims.state = 3),"
        " max(0, seat_maps.places - coalesce(sessions.capacity, seat_maps.places)))"
        " FROM session_maps JOIN seat_maps ON seat_maps.id = session_maps.map"
        " WHERE session_maps.session = sessions.id), 0))",
    .attended_sql =
        "SELECT places.session FROM places WHERE places.attendee = $"
        " AND places.status < 5",
};

}  // namespace lists
}  // namespace frontdesk::bookings
