/// What time brings to money: orders whose date passed, payments that waited long enough, buyers'
/// data whose legal term is over.
#include "money/lists.hpp"
#include "money/payments.hpp"
#include "money/settings.hpp"

namespace frontdesk::money {
namespace {

constexpr std::int64_t orders_at_once = 50;

/// Orders of bookings have no date of their own: the bookings expire.
bool lapse_orders(Transaction& transaction, std::int64_t& done) {
  std::vector<OrderId> due;
  {
    storage::Cursor rows = transaction.query(
        "SELECT id FROM orders WHERE due_at <= $1 AND NOT EXISTS (SELECT 1 FROM order_lines"
        " WHERE order_lines.id > orders.id * 1000 AND order_lines.id < orders.id * 1000 + 1000"
        " AND booking IS NOT NULL) ORDER BY due_at LIMIT $2",
        transaction.now(), orders_at_once);
    while (rows.next()) due.push_back(OrderId{rows.integer(0)});
  }
  for (OrderId order : due) lapse(transaction, order);
  done += static_cast<std::int64_t>(due.size());
  return static_cast<std::int64_t>(due.size()) < orders_at_once;
}

/// Nobody used the money in time: it goes to the balance, of a guest back the way it came.
bool return_late_payments_of(Transaction& transaction, CentreId centre, std::int64_t& done) {
  const std::chrono::hours wait{storage::number(transaction, late_payment_hours, centre)};
  const auto waiting =
      storage::all<PaymentRow>(transaction,
                               "payments WHERE unapplied > 0 AND completed_at <= $1 AND centre = $2"
                               " ORDER BY completed_at LIMIT $3",
                               transaction.now() - wait, centre, orders_at_once);
  for (const PaymentRow& payment : waiting) {
    refund_late(transaction, payment.id, payment.client ? RefundTo::balance : RefundTo::method, {});
  }
  const auto count = static_cast<std::int64_t>(waiting.size());
  done += count;
  return count < orders_at_once;
}

bool return_late_payments(Transaction& transaction, std::int64_t& done) {
  std::vector<CentreId> centres;
  {
    storage::Cursor rows =
        transaction.query("SELECT DISTINCT centre FROM payments WHERE unapplied > 0");
    while (rows.next()) centres.push_back(rows.id<CentreTag>(0));
  }
  bool is_all = true;
  for (CentreId centre : centres) {
    if (!return_late_payments_of(transaction, centre, done)) is_all = false;
  }
  return is_all;
}

bool forget_buyers(Transaction& transaction, std::int64_t& done) {
  done += transaction.execute(
      "UPDATE invoices SET buyer = NULL, erase_at = NULL WHERE erase_at <= $1", transaction.now());
  return true;
}

}  // namespace

namespace lists {

constinit const storage::TickPart lapse_due{"money.lapse", lapse_orders};
constinit const storage::TickPart return_late{"money.return_late", return_late_payments};
constinit const storage::TickPart forget{"money.forget_buyers", forget_buyers};

}  // namespace lists
}  // namespace frontdesk::money
