#include "money/order_rows.hpp"

#include "money/references.hpp"

namespace frontdesk::money {

// The columns of the tables; nobody but storage reads these.

Fields OrderRow::fields() {
  static constexpr Field table[] = {
      field<&OrderRow::id>("Column."),          field<&OrderRow::version>("Column."),
      field<&OrderRow::centre>("Column."),      field<&OrderRow::payer>("Column."),
      field<&OrderRow::guest_name>("Column."),  field<&OrderRow::guest_email>("Column."),
      field<&OrderRow::guest_phone>("Column."), field<&OrderRow::seller>("Column."),
      field<&OrderRow::channel>("Column."),     field<&OrderRow::total>("Column."),
      field<&OrderRow::paid>("Column."),        field<&OrderRow::refunded>("Column."),
      field<&OrderRow::owed>("Column."),        field<&OrderRow::deposit>("Column."),
      field<&OrderRow::deposit_by>("Column."),  field<&OrderRow::pay_by>("Column."),
      field<&OrderRow::due_at>("Column."),      field<&OrderRow::top_up_due>("Column."),
      field<&OrderRow::created_at>("Column."),  field<&OrderRow::ended_at>("Column."),
  };
  return table;
}

Fields LineRow::fields() {
  static constexpr Field table[] = {
      field<&LineRow::id>("Column."),          field<&LineRow::kind>("Column."),
      field<&LineRow::text>("Column."),        field<&LineRow::session>("Column."),
      field<&LineRow::booking>("Column."),     field<&LineRow::place>("Column."),
      field<&LineRow::ticket_type>("Column."), field<&LineRow::seat_category>("Column."),
      field<&LineRow::quantity>("Column."),    field<&LineRow::price>("Column."),
      field<&LineRow::discount>("Column."),    field<&LineRow::total>("Column."),
      field<&LineRow::tax>("Column."),         field<&LineRow::tax_basis_points>("Column."),
      field<&LineRow::refundable>("Column."),  field<&LineRow::discounts>("Column."),
      field<&LineRow::returned>("Column."),    field<&LineRow::struck>("Column."),
      field<&LineRow::ended_at>("Column."),
  };
  return table;
}

Fields PaymentRow::fields() {
  static constexpr Field table[] = {
      field<&PaymentRow::id>("Column."),           field<&PaymentRow::version>("Column."),
      field<&PaymentRow::centre>("Column."),       field<&PaymentRow::client>("Column."),
      field<&PaymentRow::method>("Column."),       field<&PaymentRow::status>("Column."),
      field<&PaymentRow::amount>("Column."),       field<&PaymentRow::unapplied>("Column."),
      field<&PaymentRow::refunded>("Column."),     field<&PaymentRow::provider>("Column."),
      field<&PaymentRow::external_ref>("Column."), field<&PaymentRow::shift>("Column."),
      field<&PaymentRow::account>("Column."),      field<&PaymentRow::late>("Column."),
      field<&PaymentRow::created_at>("Column."),   field<&PaymentRow::completed_at>("Column."),
      field<&PaymentRow::voided_at>("Column."),
  };
  return table;
}

Fields RefundRow::fields() {
  static constexpr Field table[] = {
      field<&RefundRow::id>("Column."),           field<&RefundRow::version>("Column."),
      field<&RefundRow::order>("Column."),        field<&RefundRow::payment>("Column."),
      field<&RefundRow::centre>("Column."),       field<&RefundRow::client>("Column."),
      field<&RefundRow::amount>("Column."),       field<&RefundRow::method>("Column."),
      field<&RefundRow::to>("Column."),           field<&RefundRow::status>("Column."),
      field<&RefundRow::reason>("Column."),       field<&RefundRow::provider>("Column."),
      field<&RefundRow::external_ref>("Column."), field<&RefundRow::problem>("Column."),
      field<&RefundRow::shift>("Column."),        field<&RefundRow::account>("Column."),
      field<&RefundRow::created_at>("Column."),   field<&RefundRow::settled_at>("Column."),
  };
  return table;
}

// --- finding ---

OrderRow stored_order(Transaction& transaction, OrderId id) {
  auto row = storage::find<OrderRow>(transaction, "orders WHERE id = $1", id);
  if (!row) storage::missing("order", "order");
  return *row;
}

LineRow stored_line(Transaction& transaction, OrderLineId id) {
  auto row = storage::find<LineRow>(transaction, "order_lines WHERE id = $1", id);
  if (!row) storage::missing("order_line", "line");
  return *row;
}

PaymentRow stored_payment(Transaction& transaction, PaymentId id) {
  auto row = storage::find<PaymentRow>(transaction, "payments WHERE id = $1", id);
  if (!row) storage::missing("payment", "payment");
  return *row;
}

RefundRow stored_refund(Transaction& transaction, RefundId id) {
  auto row = storage::find<RefundRow>(transaction, "refunds WHERE id = $1", id);
  if (!row) storage::missing("refund", "refund");
  return *row;
}

std::vector<LineRow> lines_of(Transaction& transaction, OrderId order) {
  return storage::all<LineRow>(transaction, "order_lines WHERE id > $1 AND id < $2 ORDER BY id",
                               order.value * numbers_per_order,
                               (order.value + 1) * numbers_per_order);
}

std::vector<PaymentRow> payments_of(Transaction& transaction, OrderId order) {
  return storage::all<PaymentRow>(transaction, "payments WHERE id > $1 AND id < $2 ORDER BY id",
                                  order.value * numbers_per_order,
                                  (order.value + 1) * numbers_per_order);
}

// --- storing ---

std::optional<Instant> next_date(const OrderRow& order) {
  if (order.owed <= 0) return std::nullopt;
  const bool is_deposit_owed =
      order.deposit && order.deposit_by && order.paid - order.refunded < *order.deposit;
  if (!is_deposit_owed) return order.pay_by;
  return order.pay_by ? std::min(*order.pay_by, *order.deposit_by) : *order.deposit_by;
}

void store(Transaction& transaction, OrderRow& order) {
  ++order.version;
  order.due_at = next_date(order);
  storage::update(transaction, "orders", order);
}

void store(Transaction& transaction, PaymentRow& payment) {
  ++payment.version;
  storage::update(transaction, "payments", payment);
}

void store(Transaction& transaction, RefundRow& refund) {
  ++refund.version;
  storage::update(transaction, "refunds", refund);
}

void store(Transaction& transaction, const LineRow& line) {
  transaction.execute(
      "UPDATE order_lines SET returned = $2, struck = $3, ended_at = $4 WHERE id = $1", line.id,
      line.returned, line.struck, line.ended_at);
}

// --- telling ---

OrderStatus status_of(const OrderRow& order) {
  if (order.ended_at) {
    return order.refunded > 0 ? OrderStatus::refunded : OrderStatus::cancelled;
  }
  if (order.owed <= 0) return OrderStatus::paid;
  return order.paid > order.refunded ? OrderStatus::part_paid : OrderStatus::open;
}

OrderLine told(const LineRow& line, const Currency& currency) {
  auto money = [&](std::int64_t minor) { return Money{minor, currency}; };
  return {
      .id = line.id,
      .order = line.order(),
      .kind = line.kind,
      .text = line.text,
      .session = line.session,
      .booking = line.booking,
      .place = line.place,
      .ticket_type = line.ticket_type,
      .seat_category = line.seat_category,
      .quantity = line.quantity,
      .price = money(line.price),
      .discount = money(line.discount),
      .total = money(line.total),
      .tax = money(line.tax),
      .tax_basis_points = line.tax_basis_points,
      .refundable = line.refundable,
      .discounts = line.discounts,
      .returned = money(line.returned),
      .struck = money(line.struck),
      .ended_at = line.ended_at,
  };
}

Order told(Transaction& transaction, const OrderRow& row, const std::vector<LineRow>& lines) {
  const Currency currency = currency_of(transaction, row.centre);
  auto money = [&](std::int64_t minor) { return Money{minor, currency}; };
  Order order{
      .id = row.id,
      .version = row.version,
      .reference = reference_of(transaction, row.id),
      .centre = row.centre,
      .payer = row.payer,
      .guest_name = row.guest_name,
      .guest_email = row.guest_email,
      .guest_phone = row.guest_phone,
      .seller = row.seller,
      .channel = row.channel,
      .status = status_of(row),
      .total = money(row.total),
      .paid = money(row.paid),
      .refunded = money(row.refunded),
      .owed = money(row.owed),
      .deposit = {},
      .deposit_by = row.deposit_by,
      .pay_by = row.pay_by,
      .created_at = row.created_at,
      .ended_at = row.ended_at,
      .lines = {},
  };
  if (row.deposit) order.deposit = money(*row.deposit);
  order.lines.reserve(lines.size());
  for (const LineRow& line : lines) order.lines.push_back(told(line, currency));
  return order;
}

Order told(Transaction& transaction, const OrderRow& order) {
  return told(transaction, order, lines_of(transaction, order.id));
}

Payment told(Transaction& transaction, const PaymentRow& row) {
  const Currency currency = currency_of(transaction, row.centre);
  return {
      .id = row.id,
      .version = row.version,
      .order = row.order(),
      .centre = row.centre,
      .client = row.client,
      .method = row.method,
      .status = row.status,
      .amount = {row.amount, currency},
      .unapplied = {row.unapplied, currency},
      .refunded = {row.refunded, currency},
      .provider = row.provider,
      .external_ref = row.external_ref,
      .shift = row.shift,
      .account = row.account,
      .late = row.late,
      .created_at = row.created_at,
      .completed_at = row.completed_at,
      .voided_at = row.voided_at,
  };
}

Refund told(Transaction& transaction, const RefundRow& row) {
  return {
      .id = row.id,
      .version = row.version,
      .order = row.order,
      .payment = row.payment,
      .centre = row.centre,
      .client = row.client,
      .amount = {row.amount, currency_of(transaction, row.centre)},
      .method = row.method,
      .to = row.to,
      .status = row.status,
      .reason = row.reason,
      .provider = row.provider,
      .external_ref = row.external_ref,
      .problem = row.problem,
      .shift = row.shift,
      .account = row.account,
      .created_at = row.created_at,
      .settled_at = row.settled_at,
  };
}

std::vector<std::int64_t> paid_shares(const OrderRow& order, const std::vector<LineRow>& lines) {
  std::int64_t available = order.paid - order.refunded;
  std::vector<std::int64_t> weights;
  bool any = false;
  for (const LineRow& line : lines) {
    if (line.ended_at) available -= line.worth();
    weights.push_back(line.ended_at ? 0 : line.worth());
    any = any || weights.back() > 0;
  }
  std::vector<std::int64_t> shares(lines.size(), 0);
  if (!any || available <= 0) return shares;
  const std::vector<Money> parts = split(Money{available}, weights);
  for (std::size_t i = 0; i < parts.size(); ++i) shares[i] = parts[i].minor;
  return shares;
}

}  // namespace frontdesk::money
