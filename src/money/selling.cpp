/// Orders as they are made: lines entered, the sale posted, tenders taken in the same movement.
#include "money/amounts.hpp"
#include "money/line_flows.hpp"
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

namespace {

/// An order while it is sold: its tenders go into the movement of the sale.
class Sale {
 public:
  Sale(Transaction& transaction, const NewOrder& order)
      : transaction_(transaction), row_(new_row(transaction, order)) {
    units_ = enter_lines(transaction, row_, order.lines, lines_, legs_);
    set_deposit(transaction, row_, order);
    sold_ = row_.owed;
  }

  void take(const Tender& tender) {
    // Where a coupon took all off, whatever is left is nothing.
    if (sold_ == 0 && !tender.amount) return;
    const Tender part = without_beyond(tender);
    if (part.amount && part.amount->minor == 0 && !beyond_.empty()) return;
    const std::int64_t amount = tendered(transaction_, row_, part);
    Taken taken = money::take(transaction_, row_, part, amount);
    legs_.push_back(taken.leg);
    const std::vector<std::int64_t> held_before = held_by_lines(row_, lines_);
    apply_payment(row_, amount, legs_);
    note_flow(transaction_, taken.payment, row_, lines_, held_before);
    payments_.push_back(std::move(taken.payment));
  }

  Order enter() {
    legs_.push_back({AccountKind::receivable, sold_ - row_.paid});
    row_.due_at = next_date(row_);
    storage::insert(transaction_, "orders", row_);
    post(transaction_,
         {.kind = EntryKind::sale, .centre = row_.centre, .order = row_.id, .units = units_},
         legs_);
    for (const PaymentRow& payment : payments_) tell_payment(transaction_, row_, payment, false);
    if (row_.owed > 0 || payments_.empty()) {
      transaction_.emit(
          OrderChanged{.order = row_.id, .centre = row_.centre, .client = row_.payer});
    }
    settle_debts();
    return told(transaction_, row_, lines_);
  }

 private:
  /// Of a tender that names more than the order owes, the rest is for the payer's debts, as far as
  /// they go.
  Tender without_beyond(const Tender& tender) {
    if (!tender.amount || tender.amount->minor <= row_.owed) return tender;
    const std::int64_t rest = tender.amount->minor - row_.owed;
    if (rest > debts_left()) return tender;
    *debts_ -= rest;
    Tender part = tender;
    part.amount->minor = row_.owed;
    beyond_.push_back(tender);
    beyond_.back().amount->minor = rest;
    if (row_.owed > 0) beyond_.back().external_ref.reset();  // a reference names one payment
    return part;
  }

  std::int64_t debts_left() {
    if (!debts_) {
      const bool are_first = are_debts_first(transaction_, row_.payer, row_.centre);
      debts_ = are_first ? debts_of(transaction_, row_.payer, row_.centre).minor : 0;
    }
    return *debts_;
  }

  void settle_debts() {
    for (const Tender& tender : beyond_) {
      spread(transaction_, other_owing_orders(transaction_, row_), tender);
    }
    if (!payments_.empty() && row_.owed == 0) {
      pay_debts_from_balance(transaction_, row_.payer, row_.centre);
    }
  }

  Transaction& transaction_;
  OrderRow row_;
  std::vector<LineRow> lines_{};
  std::vector<Leg> legs_{};
  std::vector<PaymentRow> payments_{};
  std::vector<Tender> beyond_{};
  std::optional<std::int64_t> debts_{};
  std::int64_t units_ = 0;
  std::int64_t sold_ = 0;
};

}  // namespace

Order open_order(Transaction& transaction, const NewOrder& order, const TenderList& tenders) {
  Sale sale(transaction, order);
  for_each_tender(tenders, [&](const Tender& tender) { sale.take(tender); });
  return sale.enter();
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
