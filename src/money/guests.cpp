#include "money/guests.hpp"

#include "money/lists.hpp"
#include "money/settings.hpp"

#include <frontdesk/money_invoices.hpp>

namespace frontdesk::money {
namespace {

constexpr std::int64_t orders_at_once = 50;

std::vector<OrderId> orders_from(storage::Cursor rows) {
  std::vector<OrderId> orders;
  while (rows.next()) orders.push_back(OrderId{rows.integer(0)});
  return orders;
}

/// Orders of guests without bookings; those of bookings are forgotten with them. Who owes is known
/// until it is paid.
bool forget_guests(Transaction& transaction, std::int64_t& done) {
  std::vector<CentreId> centres;
  {
    storage::Cursor rows = transaction.query("SELECT id FROM centres");
    while (rows.next()) centres.push_back(rows.id<CentreTag>(0));
  }
  bool is_all = true;
  for (CentreId centre : centres) {
    const auto before = guests_forgotten_before(transaction, centre);
    if (!before) continue;
    const auto due = orders_from(transaction.query(
        "SELECT id FROM orders WHERE (guest_name IS NOT NULL OR guest_email IS NOT NULL"
        " OR guest_phone IS NOT NULL) AND centre = $1 AND created_at <= $2 AND owed <= 0"
        " AND NOT EXISTS (SELECT 1 FROM order_lines WHERE order_lines.id > orders.id * 1000"
        " AND order_lines.id < orders.id * 1000 + 1000 AND booking IS NOT NULL)"
        " ORDER BY created_at LIMIT $3",
        centre, *before, orders_at_once));
    for (OrderId order : due) forget_guest(transaction, order);
    done += static_cast<std::int64_t>(due.size());
    is_all = is_all && static_cast<std::int64_t>(due.size()) < orders_at_once;
  }
  return is_all;
}

}  // namespace

std::optional<Instant> guests_forgotten_before(Transaction& transaction, CentreId centre) {
  const std::int64_t days = storage::number(transaction, guest_days, centre);
  if (days == 0) return std::nullopt;
  return transaction.now() - std::chrono::days{days};
}

void let_buyers_go(Transaction& transaction, OrderId order) {
  for (const Invoice& invoice :
       storage::all<Invoice>(transaction, "invoices WHERE \"order\" = $1", order)) {
    const std::chrono::days term{storage::number(transaction, invoice_years, invoice.centre) * 366};
    if (invoice.issued_at + term <= transaction.now()) {
      transaction.execute("UPDATE invoices SET buyer = NULL WHERE id = $1", invoice.id);
    } else {
      transaction.execute("UPDATE invoices SET erase_at = $2 WHERE id = $1", invoice.id,
                          invoice.issued_at + term);
    }
  }
}

void forget_guest(Transaction& transaction, OrderId order) {
  transaction.execute(
      "UPDATE orders SET guest_name = NULL, guest_email = NULL, guest_phone = NULL,"
      " version = version + 1 WHERE id = $1 AND (guest_name IS NOT NULL OR guest_email IS NOT NULL"
      " OR guest_phone IS NOT NULL)",
      order);
  transaction.execute(
      "DELETE FROM ledger_memos WHERE entry IN"
      " (SELECT id FROM ledger_entries WHERE \"order\" = $1)",
      order);
  transaction.execute("UPDATE refunds SET reason = NULL, problem = NULL WHERE \"order\" = $1",
                      order);
  let_buyers_go(transaction, order);
}

std::vector<OrderId> orders_of_guest(Transaction& transaction, CentreId centre,
                                     std::string_view email) {
  return orders_from(transaction.query(
      "SELECT id FROM orders WHERE (guest_name IS NOT NULL OR guest_email IS NOT NULL"
      " OR guest_phone IS NOT NULL) AND centre = $1 AND guest_email = $2 AND payer IS NULL"
      " AND NOT EXISTS (SELECT 1 FROM order_lines WHERE order_lines.id > orders.id * 1000"
      " AND order_lines.id < orders.id * 1000 + 1000 AND booking IS NOT NULL) ORDER BY id",
      centre, email));
}

namespace lists {

constinit const storage::TickPart forget_guests{"money.forget_guests", money::forget_guests};

}  // namespace lists
}  // namespace frontdesk::money
