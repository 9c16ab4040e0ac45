/// When a booking must be paid, and who may owe (SPEC B2, B4).
#include "bookings/deadlines.hpp"

#include "bookings/making.hpp"
#include "bookings/settings.hpp"

#include <algorithm>

namespace frontdesk::bookings {

void check_owing(Transaction& transaction, const Row& row) {
  if (row.payer && storage::enabled(transaction, setting::owing_allowed, row.centre)) return;
  throw Error(Code::conflict, "owing_not_allowed", "owing");
}

bool is_last_hour(Transaction& transaction, const schedule::Session& session) {
  return transaction.now() >=
         session.starts -
             Duration{storage::number(transaction, setting::pay_at_once_seconds, session.centre)};
}

Instant external_payment_by(Transaction& transaction, CentreId centre) {
  return transaction.now() +
         Duration{storage::number(transaction, setting::external_payment_seconds, centre)};
}

void check_deadline(const Row& row) {
  const bool is_unpaid = row.status == BookingStatus::held || row.status == BookingStatus::pending;
  if ((is_unpaid || row.due_at) && !row.pay_by) throw Error(Code::storage, "file_damaged");
  if (is_unpaid && !row.due_at) throw Error(Code::storage, "file_damaged");
}

Instant pay_by(Transaction& transaction, const schedule::Session& session) {
  const Instant within =
      transaction.now() +
      Duration{storage::number(transaction, setting::pay_within_seconds, session.centre)};
  const Instant before_start =
      session.starts -
      Duration{storage::number(transaction, setting::pay_before_start_seconds, session.centre)};
  return std::max(transaction.now() + std::chrono::minutes{1}, std::min(within, before_start));
}

Instant due_at(Transaction& transaction, CentreId centre, Instant pay_by) {
  const Instant now = transaction.now();
  const Instant told =
      pay_by - Duration{storage::number(transaction, setting::reminder_seconds, centre)};
  return told > now ? told : now + (pay_by - now) / 2;
}

}  // namespace frontdesk::bookings
