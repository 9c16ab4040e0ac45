/// What is known of guests without account goes: in time by the tick, at once by staff (SPEC P9).
#include <frontdesk/bookings_guests.hpp>

#include "base/text.hpp"
#include "bookings/lists.hpp"
#include "bookings/making.hpp"
#include "money/guests.hpp"
#include "storage/define.hpp"

namespace frontdesk::bookings {

constinit const storage::EventKind GuestForgotten::kind{
    "bookings.guest_forgotten", "What was known of a guest without account went.", "people.erase"};

namespace {

constexpr std::int64_t bookings_at_once = 50;

std::vector<BookingId> ids_from(storage::Cursor rows) {
  std::vector<BookingId> bookings;
  while (rows.next()) bookings.push_back(BookingId{rows.integer(0)});
  return bookings;
}

void forget_guest(Transaction& transaction, BookingId booking) {
  transaction.execute(
      "UPDATE bookings SET guest_name = NULL, guest_email = NULL, guest_phone = NULL, note = NULL,"
      " reason = NULL, version = version + 1 WHERE id = $1",
      booking);
  transaction.execute("UPDATE booking_history SET reason = NULL WHERE booking = $1", booking);
  transaction.execute("DELETE FROM ticket_holders WHERE booking = $1", booking);
  const OrderId order{
      transaction.one_number("SELECT \"order\" FROM bookings WHERE id = $1", booking).value_or(0)};
  if (order) money::forget_guest(transaction, order);
}

// --- in time ---

std::vector<BookingId> due_bookings(Transaction& transaction, CentreId centre, Instant before) {
  return ids_from(transaction.query(
      "SELECT bookings.id FROM bookings JOIN sessions ON sessions.id = bookings.session"
      " WHERE (guest_name IS NOT NULL OR guest_email IS NOT NULL OR guest_phone IS NOT NULL)"
      " AND bookings.centre = $1 AND bookings.created_at <= $2 AND bookings.client IS NULL"
      " AND sessions.ends <= $3 ORDER BY bookings.created_at LIMIT $4",
      centre, before, transaction.now(), bookings_at_once));
}

bool forget_in_time(Transaction& transaction, std::int64_t& done) {
  std::vector<CentreId> centres;
  {
    storage::Cursor rows = transaction.query("SELECT id FROM centres");
    while (rows.next()) centres.push_back(rows.id<CentreTag>(0));
  }
  bool is_all = true;
  for (CentreId centre : centres) {
    const auto before = money::guests_forgotten_before(transaction, centre);
    if (!before) continue;
    const std::vector<BookingId> due = due_bookings(transaction, centre, *before);
    for (BookingId booking : due) forget_guest(transaction, booking);
    done += static_cast<std::int64_t>(due.size());
    is_all = is_all && static_cast<std::int64_t>(due.size()) < bookings_at_once;
  }
  return is_all;
}

// --- at once ---

std::vector<BookingId> bookings_with(Transaction& transaction, CentreId centre,
                                     std::string_view email) {
  return ids_from(
      transaction.query("SELECT id FROM bookings WHERE guest_email = $1 AND centre = $2"
                        " AND client IS NULL ORDER BY id",
                        email, centre));
}

/// Whoever still comes could not show their booking any more.
void refuse_coming(Transaction& transaction, const std::vector<BookingId>& bookings) {
  std::vector<std::int64_t> coming;
  for (BookingId id : bookings) {
    const Stored booking = stored_booking(transaction, id);
    const bool is_over = !is_coming(booking.row.status) ||
                         transaction.exists("SELECT 1 FROM sessions WHERE id = $1 AND ends <= $2",
                                            booking.row.session, transaction.now());
    if (!is_over) coming.push_back(id.value);
  }
  if (coming.empty()) return;
  const auto count = static_cast<std::int64_t>(coming.size());
  throw Error(Code::conflict, "guest_still_comes", {},
              {{"count", count}, {"bookings", std::move(coming)}});
}

}  // namespace

GuestErased handle(Transaction& transaction, const EraseGuest& request) {
  if (request.email.has_value() == static_cast<bool>(request.booking)) {
    throw Error(Code::invalid, "email_or_booking", "email");
  }
  std::optional<std::string> email;
  std::vector<BookingId> bookings;
  if (request.email) {
    email = text::normal_email(*request.email);
    if (!email) throw Error(Code::invalid, "email_malformed", "email");
  } else {
    const Stored named = stored_booking(transaction, request.booking);
    if (named.row.centre != request.centre) storage::missing("booking", "booking");
    if (named.row.client) throw Error(Code::conflict, "booking_of_client", "booking");
    email = named.row.guest_email;
    if (!email) bookings.push_back(named.row.id);
  }
  std::vector<OrderId> orders;
  if (email) {
    bookings = bookings_with(transaction, request.centre, *email);
    orders = money::orders_of_guest(transaction, request.centre, *email);
  }
  if (bookings.empty() && orders.empty()) {
    throw Error(Code::not_found, "guest_not_found", "email");
  }
  refuse_coming(transaction, bookings);
  for (BookingId booking : bookings) forget_guest(transaction, booking);
  for (OrderId order : orders) money::forget_guest(transaction, order);
  transaction.emit(GuestForgotten{.centre = request.centre});
  return {.bookings = static_cast<std::int64_t>(bookings.size()),
          .orders = static_cast<std::int64_t>(orders.size())};
}

static constexpr Refusal refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "email_or_booking", "an address and a booking are given, or neither"},
    {Code::invalid, "email_malformed", "the address is none"},
    {Code::not_found, "booking_not_found", "the centre has no such booking"},
    {Code::conflict, "booking_of_client", "a client booked, who is erased as a person"},
    {Code::not_found, "guest_not_found", "nobody booked or bought there with the address"},
    {Code::conflict, "guest_still_comes", "a booking of the guest is still to come"},
};

constinit const Operation EraseGuest::operation = storage::define<EraseGuest>({
    .number = 913,
    .name = "bookings.erase_guest",
    .kind = OperationKind::write,
    .doc = "Takes away what is known of a guest without account.",
    .rule = {.permission = "people.erase", .subject = Subject::centre, .field = "centre"},
    .refusals = refusals,
    .example = R"({"centre": 1, "email": "olena@example.org"})",
});

namespace lists {

constinit const storage::TickPart forget_guests{"bookings.forget_guests", forget_in_time};

}  // namespace lists
}  // namespace frontdesk::bookings
