/// Several bookings in one order: paid together, confirmed together (SPEC B13, B15).
#include "bookings/making.hpp"
#include "money/orders.hpp"
#include "schedule/stored.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

/// What the payment of the order makes of the bookings it is for.
BookingStatus pay_together(Transaction& transaction, const Row& row, OrderId order,
                           const std::vector<money::Tender>& payments, bool owing) {
  const bool is_due = money::owed(transaction, order).minor > 0;
  const bool is_awaited =
      is_due && !payments.empty() && take_payments(transaction, order, payments);
  if (money::owed(transaction, order).minor == 0) return BookingStatus::confirmed;
  if (is_awaited) return BookingStatus::held;
  if (!owing) return BookingStatus::pending;
  check_owing(transaction, row);
  return BookingStatus::confirmed;
}

void store_settled(Transaction& transaction, Stored& booking) {
  const Row& row = booking.row;
  transaction.execute(
      "UPDATE bookings SET status = $2, booked_as = $2, pay_by = $3, due_at = $4 WHERE id = $1",
      row.id, row.status, row.pay_by, row.due_at);
  for (PlaceRow& place : booking.places) {
    place.status = row.status;
    update_place(transaction, place);
  }
}

}  // namespace

void settle_together(Transaction& transaction, std::vector<Made>& bookings,
                     const SharedOrder& shared, const std::vector<money::Tender>& payments,
                     bool owing) {
  BookingStatus status = BookingStatus::confirmed;
  Money owed{};
  if (shared.id) {
    const auto first = std::find_if(bookings.begin(), bookings.end(), [](const Made& made) {
      return static_cast<bool>(made.booking.row.order);
    });
    status = pay_together(transaction, first->booking.row, shared.id, payments, owing);
    owed = money::owed(transaction, shared.id);
  }
  for (Made& made : bookings) {
    Row& row = made.booking.row;
    if (row.order && status != BookingStatus::pending) {
      row.status = row.booked_as = status;
      row.pay_by.reset();
      if (status == BookingStatus::held) row.pay_by = external_payment_by(transaction, row.centre);
      row.due_at = row.pay_by;
      store_settled(transaction, made.booking);
    } else if (row.order) {
      const schedule::Session session = schedule::stored_session(transaction, row.session);
      if (is_last_hour(transaction, session)) {
        throw Error(Code::conflict, "pay_at_once", "payments");
      }
    }
    if (row.order) made.owed = owed;
    tell_made(transaction, row);
  }
}

}  // namespace frontdesk::bookings
