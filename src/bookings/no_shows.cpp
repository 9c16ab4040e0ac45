/// Who was not seen is a no-show once the roll is closed (SPEC B9). Where no attendance is taken,
/// nothing is known of who came: places stay confirmed. The roll of a session that is
/// completed late is closed by the tick after that.
#include "bookings/door.hpp"
#include "bookings/door_settings.hpp"
#include "bookings/lists.hpp"
#include "bookings/strikes.hpp"
#include "bookings/visits.hpp"
#include "schedule/stored.hpp"

#include <frontdesk/schedule_sessions.hpp>

namespace frontdesk::bookings {
namespace {

constexpr std::int64_t bookings_at_once = 50;

void open_roll_of(Transaction& transaction, const void* event) {
  const auto& completed = *static_cast<const schedule::SessionCompleted*>(event);
  if (!storage::enabled(transaction, setting::attendance_taken, completed.centre) ||
      !transaction.exists("SELECT 1 FROM places WHERE session = $1 AND status < 5",
                          completed.session)) {
    return;
  }
  const schedule::Session session = schedule::stored_session(transaction, completed.session);
  transaction.execute(
      "INSERT INTO open_rolls (session, due_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", session.id,
      roll_closes_at(transaction, session));
}

std::vector<BookingId> bookings_where(Transaction& transaction, SessionId session,
                                      const char* condition) {
  const std::string sql =
      "SELECT DISTINCT places.booking FROM places WHERE places.session = $1 AND " +
      std::string(condition) + " ORDER BY places.booking LIMIT $2";
  storage::Cursor rows = transaction.query(sql, session, bookings_at_once);
  std::vector<BookingId> found;
  while (rows.next()) found.push_back(BookingId{rows.integer(0)});
  return found;
}

void mark_unseen(Transaction& transaction, BookingId id) {
  Stored booking = stored_booking(transaction, id);
  std::vector<std::int64_t> missed;
  for (PlaceRow& place : booking.places) {
    if (place.status != BookingStatus::confirmed) continue;
    change_status(transaction, place, BookingStatus::no_show);
    use_place(transaction, place, plans::Cause::no_show);
    missed.push_back(place.number);
  }
  if (missed.empty()) throw Error(Code::storage, "file_damaged");  // it was found by such a place
  store_missed(transaction, booking, missed, Change::missed);
  settle_strike(transaction, booking);
}

/// Those whom the roll named absent have no strike yet.
bool strike_absent(Transaction& transaction, SessionId session, std::int64_t& done) {
  const auto absent = bookings_where(
      transaction, session,
      "places.status = 4 AND NOT EXISTS (SELECT 1 FROM strikes"
      " WHERE strikes.booking = places.booking) AND EXISTS (SELECT 1 FROM bookings"
      " WHERE bookings.id = places.booking AND bookings.client IS NOT NULL AND bookings.kind = 0)");
  for (BookingId id : absent) settle_strike(transaction, stored_booking(transaction, id));
  done += static_cast<std::int64_t>(absent.size());
  return absent.empty();
}

/// One batch of those who were not seen, then of strikes; true once nothing of the roll is left.
bool close_roll(Transaction& transaction, SessionId session, CentreId centre, std::int64_t& done) {
  const auto unseen = bookings_where(transaction, session, "places.status = 2");
  for (BookingId id : unseen) mark_unseen(transaction, id);
  done += static_cast<std::int64_t>(unseen.size());
  if (!unseen.empty()) return false;
  return !storage::enabled(transaction, setting::strikes_to_lock, centre) ||
         strike_absent(transaction, session, done);
}

/// One batch of one session. Where attendance is not taken any more the roll goes as it is.
bool close_rolls(Transaction& transaction, std::int64_t& done) {
  const SessionId session{
      transaction
          .one_number("SELECT session FROM open_rolls WHERE due_at <= $1 ORDER BY due_at LIMIT 1",
                      transaction.now())
          .value_or(0)};
  if (!session) return true;
  const CentreId centre{
      transaction.one_number("SELECT centre FROM sessions WHERE id = $1", session).value_or(0)};
  if (storage::enabled(transaction, setting::attendance_taken, centre) &&
      !close_roll(transaction, session, centre, done)) {
    return false;
  }
  transaction.execute("DELETE FROM open_rolls WHERE session = $1", session);
  done += 1;
  return false;
}

}  // namespace

namespace lists {

constinit const storage::Reaction open_roll{"schedule.session_completed", open_roll_of};
constinit const storage::TickPart no_shows{"bookings.no_shows", close_rolls};

}  // namespace lists
}  // namespace frontdesk::bookings
