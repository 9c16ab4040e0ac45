#include "money/exchanging.hpp"

#include "money/amounts.hpp"
#include "money/line_flows.hpp"
#include "money/payments.hpp"

#include <algorithm>

namespace frontdesk::money {
namespace {

/// Ends a line with what was paid for it left to the order.
void release_line(Transaction& transaction, OrderRow& order, LineRow& line,
                  std::vector<Leg>& legs) {
  const std::int64_t worth = line.worth();
  const std::int64_t tax = line.tax_in(worth, rounding_of(transaction, order.centre));
  legs.push_back({income_of(line.kind), worth - tax});
  legs.push_back({AccountKind::tax, tax});
  line.struck += worth;
  line.ended_at = transaction.now();
  order.total -= worth;
  order.owed -= worth;
  store(transaction, line);
}

}  // namespace

Exchanged exchange_lines(Transaction& transaction, OrderId id, std::span<const OrderLineId> ended,
                         std::span<const NewLine> fresh, RefundTo to, const std::string& reason) {
  const OrderRow before = stored_order(transaction, id);
  const std::vector<std::int64_t> held_before = held_by_lines(before, lines_of(transaction, id));
  add_lines(transaction, id, fresh);
  OrderRow order = stored_order(transaction, id);
  std::vector<LineRow> lines = lines_of(transaction, id);
  const std::int64_t owed_before = order.owed;
  std::vector<Leg> legs;
  std::int64_t units = 0;
  for (OrderLineId line : ended) {
    auto found = std::find_if(lines.begin(), lines.end(),
                              [&](const LineRow& row) { return row.id == line; });
    if (found == lines.end()) storage::missing("order_line", "lines");
    if (found->ended_at) {
      throw Error(Code::conflict, "line_ended", "lines", {{"line", line.value}});
    }
    release_line(transaction, order, *found, legs);
    if (found->kind == LineKind::ticket) units -= found->quantity;
  }
  const std::int64_t refund = std::max<std::int64_t>(0, -order.owed);
  order.owed += refund;
  order.refunded += refund;
  const std::vector<RefundRow> refunds = give_back(transaction, order, refund, to, reason, legs);
  note_flows(transaction, refunds, order, lines, held_before);
  legs.push_back({AccountKind::receivable, order.owed - owed_before});
  store(transaction, order);
  post(transaction,
       {.kind = EntryKind::line_end,
        .centre = order.centre,
        .order = order.id,
        .memo = reason,
        .units = units},
       legs);
  if (before.owed > 0 && order.owed == 0) {
    transaction.emit(OrderPaid{.order = order.id, .centre = order.centre, .client = order.payer});
  }
  Exchanged exchanged;
  exchanged.order = told(transaction, order, lines);
  exchanged.refunded = {refund, exchanged.order.total.currency};
  return exchanged;
}

}  // namespace frontdesk::money
