/// A payment failed at its provider (SPEC M4): the booking that it was for waits for another one,
/// as long as there is time.
#include "bookings/lists.hpp"
#include "bookings/making.hpp"
#include "bookings/paying.hpp"
#include "money/order_rows.hpp"
#include "schedule/stored.hpp"

#include <algorithm>

namespace frontdesk::bookings {

constinit const storage::EventKind PaymentFailed::kind{
    "bookings.payment_failed", "The external payment of a booking failed; it waits for another.",
    "bookings.view"};

namespace {

bool awaits_another(Transaction& transaction, OrderId order) {
  const std::int64_t first = order.value * money::numbers_per_order;
  return transaction.exists("SELECT 1 FROM payments WHERE id > $1 AND id < $2 AND status = $3",
                            first, first + money::numbers_per_order, money::PaymentStatus::pending);
}

/// What was held for the payment waits like any that is not paid yet; shortly before the start,
/// when all must be paid at once, no longer than it was held.
void wait_from_now(Transaction& transaction, Stored& booking) {
  Row& row = booking.row;
  const schedule::Session session = schedule::stored_session(transaction, row.session);
  if (!is_last_hour(transaction, session)) {
    row.pay_by = std::max(*row.pay_by, pay_by(transaction, session));
  }
  row.due_at = due_at(transaction, row.centre, *row.pay_by);
  constexpr BookingStatus held[] = {BookingStatus::held};
  change_all(transaction, booking, held, BookingStatus::pending, Change::payment_failed);
}

void wait_again(Transaction& transaction, Stored& booking) {
  Row& row = booking.row;
  if (*row.pay_by <= transaction.now()) return expire(transaction, booking);
  if (row.status == BookingStatus::held) {
    if (awaits_another(transaction, row.order)) return;
    wait_from_now(transaction, booking);
  } else {
    note_change(transaction, row, Change::payment_failed);
  }
  auto event = told_of<PaymentFailed>(row);
  event.pay_by = *row.pay_by;
  transaction.emit(event);
}

void on_failure(Transaction& transaction, const void* event) {
  const auto& failed = *static_cast<const money::PaymentFailed*>(event);
  for (BookingId id : bookings_of_order(transaction, failed.order)) {
    Stored booking = stored_booking(transaction, id);
    const bool waits =
        booking.row.status == BookingStatus::held || booking.row.status == BookingStatus::pending;
    if (waits) wait_again(transaction, booking);
  }
}

}  // namespace

namespace lists {

constinit const storage::Reaction payment_failed{"money.payment_failed", on_failure};

}  // namespace lists
}  // namespace frontdesk::bookings
