/// A person's part of bookings: what they booked, pay for and attend.
#include "bookings/cancelling.hpp"
#include "bookings/lists.hpp"
#include "bookings/policies.hpp"
#include "describe/json.hpp"
#include "schedule/stored.hpp"

namespace frontdesk::bookings {
namespace {

constexpr const char* of_person =
    "SELECT id FROM bookings WHERE client = $1"
    " UNION SELECT id FROM bookings WHERE payer = $1 AND payer IS NOT client"
    " UNION SELECT booking FROM places WHERE attendee = $1 ORDER BY 1";

std::vector<BookingId> bookings_of(Transaction& transaction, ClientId client) {
  storage::Cursor rows = transaction.query(of_person, client);
  std::vector<BookingId> bookings;
  while (rows.next()) bookings.push_back(BookingId{rows.integer(0)});
  return bookings;
}

/// Bookings as a person takes them along.
struct PersonsBookings {
  std::vector<Booking> bookings{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsBookings::bookings>("What they booked, pay for or attend."),
    };
    return table;
  }
};

std::string export_person(Transaction& transaction, ClientId client) {
  PersonsBookings persons;
  for (BookingId id : bookings_of(transaction, client)) {
    Stored booking = stored_booking(transaction, id);
    persons.bookings.push_back(view_of(transaction, booking));
    persons.bookings.back().note = std::move(booking.row.note);  // whoever wrote it
  }
  return describe::encode(persons);
}

/// Places of both in one session to come of which a visit pays for the duplicate's: one visit is
/// enough for one person, so it comes back.
void end_second_visits(Transaction& transaction, ClientId keep, ClientId duplicate) {
  const auto twice = storage::all<PlaceRow>(
      transaction,
      "places WHERE attendee = $2 AND status < 3 AND paid_by = $3 AND EXISTS"
      " (SELECT 1 FROM places AS other WHERE other.attendee = $1 AND other.starts = places.starts"
      " AND other.session = places.session AND other.status < 5) ORDER BY booking, number",
      keep, duplicate, PaidBy::visit);
  for (const PlaceRow& place : twice) {
    Stored booking = stored_booking(transaction, place.booking);
    const schedule::Session session = schedule::stored_session(transaction, place.session);
    end_places(transaction, booking, session,
               {.numbers = {place.number}, .in_full = true, .visits_for = plans::Cause::staff});
  }
}

/// Where both were to attend the same session, the duplicate's place stays without a name: it was
/// paid for.
void merge_person(Transaction& transaction, ClientId keep, ClientId duplicate) {
  end_second_visits(transaction, keep, duplicate);
  transaction.execute("UPDATE bookings SET client = $1, version = version + 1 WHERE client = $2",
                      keep, duplicate);
  transaction.execute("UPDATE bookings SET payer = $1, version = version + 1 WHERE payer = $2",
                      keep, duplicate);
  transaction.execute(
      "UPDATE places SET attendee = NULL WHERE attendee = $2 AND status < 5 AND EXISTS"
      " (SELECT 1 FROM places AS other WHERE other.attendee = $1 AND other.starts = places.starts"
      " AND other.session = places.session AND other.status < 5)",
      keep, duplicate);
  transaction.execute("UPDATE places SET attendee = $1 WHERE attendee = $2", keep, duplicate);
  transaction.execute("UPDATE credits SET client = $1 WHERE client = $2", keep, duplicate);
}

/// Places to come in somebody else's booking that their own visits pay for.
std::vector<std::int64_t> paid_by_visits_of(const Stored& booking, ClientId attendee) {
  std::vector<std::int64_t> numbers;
  for (const PlaceRow& place : booking.places) {
    if (place.attendee == attendee && place.paid_by == PaidBy::visit && is_coming(place.status)) {
      numbers.push_back(place.number);
    }
  }
  return numbers;
}

/// What they booked and did not attend yet is cancelled; what was noted of them goes.
void erase_person(Transaction& transaction, ClientId client) {
  for (BookingId id : bookings_of(transaction, client)) {
    Stored booking = stored_booking(transaction, id);
    if (!is_coming(booking.row.status)) continue;
    std::vector<std::int64_t> numbers;
    if (booking.row.client != client) {
      numbers = paid_by_visits_of(booking, client);
      if (numbers.empty()) continue;
    }
    const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
    if (session.starts <= transaction.now()) continue;
    end_places(transaction, booking, session, {.numbers = std::move(numbers)});
  }
  transaction.execute(
      "UPDATE bookings SET note = NULL, reason = NULL, guest_name = NULL, guest_email = NULL,"
      " guest_phone = NULL WHERE client = $1",
      client);
  transaction.execute(
      "UPDATE booking_history SET reason = NULL WHERE booking IN"
      " (SELECT id FROM bookings WHERE client = $1)",
      client);
}

}  // namespace

namespace lists {

constinit const storage::ExportPart export_bookings{"bookings", export_person};
constinit const storage::MergePart merge_bookings{"bookings", merge_person};
constinit const storage::ErasePart erase_bookings{"bookings", erase_person};

}  // namespace lists
}  // namespace frontdesk::bookings
