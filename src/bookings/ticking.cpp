/// What time brings: bookings that must be paid soon, and those that were not (SPEC B4).
#include "bookings/cancelling.hpp"
#include "bookings/deadlines.hpp"
#include "bookings/lists.hpp"
#include "bookings/paying.hpp"
#include "schedule/stored.hpp"

namespace frontdesk::bookings {

constexpr std::int64_t bookings_at_once = 100;

void expire(Transaction& transaction, Stored& booking) {
  const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
  end_places(transaction, booking, session, {.in_full = true, .to_status = BookingStatus::expired});
}

namespace {

void remind(Transaction& transaction, const Row& row) {
  transaction.execute("UPDATE bookings SET due_at = pay_by WHERE id = $1", row.id);
  auto event = told_of<PaymentDueSoon>(row);
  event.pay_by = *row.pay_by;
  transaction.emit(event);
}

bool look_at_due(Transaction& transaction, std::int64_t& done) {
  auto due =
      storage::all<Row>(transaction, "bookings WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2",
                        transaction.now(), bookings_at_once);
  for (Row& row : due) {
    check_deadline(row);
    if (*row.pay_by > transaction.now()) {
      remind(transaction, row);
      continue;
    }
    Stored booking{std::move(row), {}};
    booking.places = places_of(transaction, booking.row.session, booking.row.id);
    expire(transaction, booking);
  }
  done += static_cast<std::int64_t>(due.size());
  return static_cast<std::int64_t>(due.size()) < bookings_at_once;
}

}  // namespace

namespace lists {

constinit const storage::TickPart due{"bookings.due", look_at_due};

}  // namespace lists
}  // namespace frontdesk::bookings
