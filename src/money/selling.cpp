/// Orders as they are made: lines entered, the sale posted, tenders taken in the same movement.
#include "money/amounts.hpp"
#include "money/payments.hpp"

#include <algorithm>

namespace frontdesk::money {

constinit const storage::EventKind OrderChanged::kind{
    "money.order_changed", "An order was made, or its lines changed.", "money.view"};

AccountKind income_of(LineKind kind) {
  switch (kind) {
    case LineKind::ticket:
    case LineKind::other:
      return AccountKind::revenue;
    case LineKind::fee:
      return AccountKind::fees;
    case LineKind::cancellation_fee:
      return AccountKind::cancellation_income;
    case LineKind::plan:
      return AccountKind::deferred_revenue;
    case LineKind::gift_card:
      return AccountKind::gift_cards;
    case LineKind::top_up:
      break;
  }
  return AccountKind::top_ups_due;
}

namespace {

std::optional<std::string> given(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

void check_line(const OrderRow& order, const Currency& currency, const NewLine& line,
                const std::string& path) {
  check_not_negative(currency, line.price, path + "price");
  check_not_negative(currency, line.total, path + "total");
  if (line.kind == LineKind::top_up && !order.payer) {
    throw Error(Code::invalid, "payer_needed", "payer");
  }
}

/// Enters lines after those that are there; adds the legs of their sale, and gives the tickets
/// sold.
std::int64_t enter_lines(Transaction& transaction, OrderRow& order, std::span<const NewLine> lines,
                         std::vector<LineRow>& rows, std::vector<Leg>& legs) {
  std::int64_t units = 0;
  std::int64_t number = rows.empty() ? order.id.value * numbers_per_order : rows.back().id.value;
  if (rows.size() + lines.size() >= static_cast<std::size_t>(numbers_per_order)) {
    throw Error(Code::invalid, "lines_too_many", "lines", {{"most", numbers_per_order - 1}});
  }
  const Currency currency = currency_of(transaction, order.centre);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const NewLine& line = lines[i];
    check_line(order, currency, line, "lines[" + std::to_string(i) + "].");
    LineRow row{
        .id = OrderLineId{++number},
        .kind = line.kind,
        .text = line.text,
        .session = line.session,
        .booking = line.booking,
        .place = line.place,
        .ticket_type = line.ticket_type,
        .seat_category = given(line.seat_category),
        .quantity = line.quantity,
        .price = line.price.minor,
        .discount = line.discount.minor,
        .total = line.total.minor,
        .tax = line.tax.minor,
        .tax_basis_points = line.tax_basis_points,
        .refundable = line.refundable,
        .discounts = given(line.discounts),
        .returned = 0,
        .struck = 0,
        .ended_at = {},
    };
    storage::insert(transaction, "order_lines", row);
    legs.push_back({income_of(line.kind), -(row.total - row.tax)});
    legs.push_back({AccountKind::tax, -row.tax});
    const Money total = plus(Money{order.total}, Money{row.total});
    if (total.minor > amount_highest) throw Error(Code::invalid, "amount_too_large", "lines");
    order.total = total.minor;
    order.owed += row.total;
    if (line.kind == LineKind::top_up) order.top_up_due += row.total;
    if (line.kind == LineKind::ticket) units += line.quantity;
    rows.push_back(std::move(row));
  }
  return units;
}

void set_deposit(Transaction& transaction, OrderRow& row, const NewOrder& order) {
  row.pay_by = order.pay_by;
  if (!order.deposit) return;
  check_positive(transaction, order.centre, *order.deposit, "deposit");
  if (order.deposit->minor > row.total) {
    throw Error(Code::invalid, "deposit_over_total", "deposit",
                amount_details(transaction, row.centre, "total", row.total));
  }
  row.deposit = order.deposit->minor;
  row.deposit_by = order.deposit_by;
}

OrderRow new_row(Transaction& transaction, const NewOrder& order) {
  OrderRow row{
      .id = {},
      .version = 1,
      .centre = order.centre,
      .payer = order.payer,
      .guest_name = given(order.guest_name),
      .guest_email = given(order.guest_email),
      .guest_phone = given(order.guest_phone),
      .seller = order.seller,
      .channel = order.channel,
      .total = 0,
      .paid = 0,
      .refunded = 0,
      .owed = 0,
      .deposit = {},
      .deposit_by = {},
      .pay_by = {},
      .due_at = {},
      .top_up_due = 0,
      .created_at = transaction.now(),
      .ended_at = {},
  };
  // The next number, taken before the row is entered, so that lines and payments can be numbered
  // and the row is written once.
  row.id = OrderId{transaction.one_number("SELECT max(id) FROM orders").value_or(0) + 1};
  return row;
}

}  // namespace

Order open_order(Transaction& transaction, const NewOrder& order, std::span<const Tender> tenders) {
  OrderRow row = new_row(transaction, order);
  std::vector<LineRow> lines;
  std::vector<Leg> legs;
  const std::int64_t units = enter_lines(transaction, row, order.lines, lines, legs);
  set_deposit(transaction, row, order);
  const std::int64_t sold = row.owed;
  std::vector<PaymentRow> payments;
  for (const Tender& tender : tenders) {
    // Where a coupon took all off, whatever is left is nothing.
    if (sold == 0 && !tender.amount) continue;
    const std::int64_t amount = tendered(transaction, row, tender);
    Taken taken = take(transaction, row, tender, amount);
    legs.push_back(taken.leg);
    apply_payment(row, amount, legs);
    payments.push_back(std::move(taken.payment));
  }
  legs.push_back({AccountKind::receivable, sold - row.paid});
  row.due_at = next_date(row);
  storage::insert(transaction, "orders", row);
  post(transaction,
       {.kind = EntryKind::sale, .centre = row.centre, .order = row.id, .units = units}, legs);
  for (const PaymentRow& payment : payments) tell_payment(transaction, row, payment, false);
  if (row.owed > 0 || payments.empty()) {
    transaction.emit(OrderChanged{.order = row.id, .centre = row.centre, .client = row.payer});
  }
  return told(transaction, row, lines);
}

Order add_lines(Transaction& transaction, OrderId id, std::span<const NewLine> lines) {
  OrderRow row = stored_order(transaction, id);
  std::vector<LineRow> rows = lines_of(transaction, id);
  std::vector<Leg> legs;
  const std::int64_t owed_before = row.owed;
  const std::int64_t units = enter_lines(transaction, row, lines, rows, legs);
  legs.push_back({AccountKind::receivable, row.owed - owed_before});
  row.ended_at.reset();
  store(transaction, row);
  post(transaction,
       {.kind = EntryKind::sale, .centre = row.centre, .order = row.id, .units = units}, legs);
  transaction.emit(OrderChanged{.order = row.id, .centre = row.centre, .client = row.payer});
  return told(transaction, row, rows);
}

// --- looking ---

Order order_of(Transaction& transaction, OrderId order) {
  return told(transaction, stored_order(transaction, order));
}

OrderLine line_of(Transaction& transaction, OrderLineId id) {
  const LineRow line = stored_line(transaction, id);
  const OrderRow order = stored_order(transaction, line.order());
  return told(line, currency_of(transaction, order.centre));
}

Payment payment_of(Transaction& transaction, PaymentId payment) {
  return told(transaction, stored_payment(transaction, payment));
}

Money owed(Transaction& transaction, OrderId id) {
  const OrderRow order = stored_order(transaction, id);
  return {order.owed, currency_of(transaction, order.centre)};
}

Money paid_for_line(Transaction& transaction, OrderLineId id) {
  const OrderRow order = stored_order(transaction, stored_line(transaction, id).order());
  const std::vector<LineRow> lines = lines_of(transaction, order.id);
  const std::vector<std::int64_t> shares = paid_shares(order, lines);
  Money paid{0, currency_of(transaction, order.centre)};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].id == id) paid.minor = shares[i];
  }
  return paid;
}

bool is_secured(const Order& order) {
  if (order.owed.minor <= 0) return true;
  return order.deposit && order.paid.minor - order.refunded.minor >= order.deposit->minor;
}

}  // namespace frontdesk::money
