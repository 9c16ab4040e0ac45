/// Places that a tier makes free: reserved with the quote of a hold, used with the order, given
/// back with the place (SPEC D2, D4).
#include "pricing/free_tickets.hpp"

#include "money/order_rows.hpp"
#include "pricing/lists.hpp"
#include "pricing/sheets.hpp"
#include "pricing/tiers.hpp"

#include <algorithm>

namespace frontdesk::pricing {
namespace {

std::int64_t units_in(const Quote& quote) {
  return std::count_if(quote.lines.begin(), quote.lines.end(), [](const QuoteLine& line) {
    return std::any_of(line.discounts.begin(), line.discounts.end(),
                       [](const Discount& discount) { return discount.kind == "free_ticket"; });
  });
}

std::int64_t units_in_lines(Transaction& transaction, OrderId order) {
  return transaction
      .one_number(
          "SELECT count(*) FROM order_lines, json_each(order_lines.discounts, '$.discounts')"
          " AS part WHERE order_lines.id > $1 * $2 AND order_lines.id < ($1 + 1) * $2"
          " AND order_lines.discounts IS NOT NULL AND ended_at IS NULL"
          " AND json_extract(part.value, '$.kind') = 'free_ticket'",
          order, money::numbers_per_order)
      .value_or(0);
}

void follow_order(Transaction& transaction, const void* event) {
  const OrderId order = static_cast<const money::OrderChanged*>(event)->order;
  const auto standing =
      transaction.one_number("SELECT units - kept FROM free_tickets WHERE \"order\" = $1", order);
  if (!standing) return;
  const std::int64_t now = units_in_lines(transaction, order);
  if (now == *standing) return;
  transaction.execute("UPDATE free_tickets SET units = kept + $2 WHERE \"order\" = $1", order, now);
}

void check_units(Transaction& transaction, std::vector<storage::Finding>& findings) {
  storage::Cursor rows = transaction.query(
      "SELECT \"order\", units - kept FROM free_tickets WHERE \"order\" IS NOT NULL");
  while (rows.next()) {
    if (units_in_lines(transaction, OrderId{rows.integer(0)}) == rows.integer(1)) continue;
    findings.push_back({"free_tickets", "order " + std::to_string(rows.integer(0)),
                        "it counts other free places than it has"});
  }
  storage::Cursor uncounted = transaction.query(
      "SELECT DISTINCT order_lines.id / $1 FROM order_lines,"
      " json_each(order_lines.discounts, '$.discounts') AS part"
      " WHERE order_lines.discounts IS NOT NULL AND ended_at IS NULL"
      " AND json_extract(part.value, '$.kind') = 'free_ticket' AND NOT EXISTS"
      " (SELECT 1 FROM free_tickets WHERE \"order\" = order_lines.id / $1)",
      money::numbers_per_order);
  while (uncounted.next()) {
    findings.push_back({"free_tickets", "order " + std::to_string(uncounted.integer(0)),
                        "its free places are not counted"});
  }
}

}  // namespace

std::int64_t free_tickets_in(Transaction& transaction, std::span<const OrderLineId> lines) {
  std::int64_t count = 0;
  for (OrderLineId line : lines) {
    count += transaction.exists(
        "SELECT 1 FROM order_lines, json_each(order_lines.discounts, '$.discounts') AS part"
        " WHERE order_lines.id = $1 AND json_extract(part.value, '$.kind') = 'free_ticket'",
        line);
  }
  return count;
}

void take_free_tickets(Transaction& transaction, const Quote& quote, const Sale& sale) {
  if (sale.hold) transaction.execute("DELETE FROM free_tickets WHERE hold = $1", sale.hold);
  const std::int64_t units = units_in(quote);
  if (units == 0 || !sale.payer) return;
  const auto sheet = centre_sheet_of(transaction, sale.centre);
  transaction.execute(
      "INSERT INTO free_tickets (client, month, \"order\", hold, units, kept)"
      " VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT (\"order\") WHERE \"order\" IS NOT NULL"
      " DO UPDATE SET units = units + excluded.units",
      sale.payer, month_of(transaction.now(), sheet->zone), sale.order,
      sale.order ? HoldId{} : sale.hold, units);
}

namespace lists {

constinit const storage::Reaction free_tickets_follow{"money.order_changed", follow_order};
constinit const storage::CheckPart check_free_tickets{"free_tickets", check_units};

}  // namespace lists
}  // namespace frontdesk::pricing
