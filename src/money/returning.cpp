/// Money that goes back, and lines that end.
#include "money/amounts.hpp"
#include "money/line_flows.hpp"
#include "money/papers.hpp"
#include "money/payments.hpp"
#include "money/shifts.hpp"
#include "storage/hooks.hpp"

#include <algorithm>

namespace frontdesk::money {

constinit const storage::EventKind RefundChanged::kind{
    "money.refund_changed", "A refund was decided, done, or failed.", "money.view"};
constinit const storage::EventKind OrderLapsed::kind{
    "money.order_lapsed", "The date of an order passed unpaid.", "money.view"};

// --- one payment ---

namespace {

/// The caller's open shift, where money that came by the method can go back from it at once: cash
/// has to be in the till.
ShiftId shift_to_refund_from(Transaction& transaction, const RefundRow& refund) {
  if (refund.method == PaymentMethod::external) return {};
  const ShiftId shift = own_open_shift(transaction, refund.centre);
  const bool is_there = !shift || refund.method != PaymentMethod::cash ||
                        refund.amount <= cash_in_till(transaction, shift);
  return is_there ? shift : ShiftId{};
}

/// Where the money of a refund goes, and whether it is gone at once.
Leg target_of(Transaction& transaction, RefundRow& refund) {
  const bool to_balance = refund.method == PaymentMethod::balance ||
                          (refund.to == RefundTo::balance && is_money(refund.method));
  if (to_balance) {
    if (!refund.client) throw Error(Code::invalid, "payer_needed", "to");
    return {AccountKind::client_balance, -refund.amount, refund.client};
  }
  if (!is_money(refund.method)) return {account_of(refund.method), -refund.amount};
  refund.shift = shift_to_refund_from(transaction, refund);
  if (refund.shift) return {account_of(refund.method), -refund.amount};
  refund.status = RefundStatus::due;
  return {AccountKind::refunds_due, -refund.amount};
}

void restore_purse(Transaction& transaction, const PaymentRow& payment, std::int64_t amount) {
  for (const storage::Purse& purse : transaction.hooks().purses) {
    if (purse.method != static_cast<std::int64_t>(payment.method)) continue;
    const Draw draw{.payment = payment.id,
                    .order = payment.order(),
                    .centre = payment.centre,
                    .client = payment.client,
                    .amount = amount,
                    .rest = payment.amount - payment.refunded};
    purse.restore(transaction, &draw);
  }
}

}  // namespace

Given give(Transaction& transaction, PaymentRow& payment, std::int64_t amount, RefundTo to,
           const std::string& reason) {
  RefundRow refund;
  refund.order = payment.order();
  refund.payment = payment.id;
  refund.centre = payment.centre;
  refund.client = payment.client;
  refund.amount = amount;
  refund.method = payment.method;
  refund.to = is_money(payment.method) ? to : RefundTo::method;
  if (!reason.empty()) refund.reason = reason;
  refund.provider = payment.provider;
  refund.account = transaction.principal().account;
  refund.created_at = transaction.now();
  const Leg leg = target_of(transaction, refund);
  if (refund.status == RefundStatus::done) refund.settled_at = transaction.now();
  storage::insert(transaction, "refunds", refund);
  restore_purse(transaction, payment, amount);
  payment.refunded += amount;
  payment.status =
      payment.refunded == payment.amount ? PaymentStatus::refunded : PaymentStatus::part_refunded;
  store(transaction, payment);
  if (refund.status == RefundStatus::done) queue_receipt(transaction, refund);
  transaction.emit(RefundChanged{.refund = refund.id,
                                 .order = refund.order,
                                 .centre = refund.centre,
                                 .client = refund.client,
                                 .amount = {refund.amount, currency_of(transaction, refund.centre)},
                                 .status = refund.status});
  return {std::move(refund), leg};
}

std::vector<RefundRow> give_back(Transaction& transaction, const OrderRow& order,
                                 std::int64_t amount, RefundTo to, const std::string& reason,
                                 std::vector<Leg>& legs) {
  std::vector<RefundRow> refunds;
  if (amount == 0) return refunds;
  std::vector<PaymentRow> payments = payments_of(transaction, order.id);
  std::int64_t left = amount;
  for (auto payment = payments.rbegin(); payment != payments.rend() && left > 0; ++payment) {
    const std::int64_t part = std::min(left, payment->returnable());
    if (part <= 0) continue;
    Given given = give(transaction, *payment, part, to, reason);
    legs.push_back(given.leg);
    left -= part;
    refunds.push_back(std::move(given.refund));
  }
  if (left > 0) {
    throw Error(Code::conflict, "refund_over_paid", {},
                amount_details(transaction, order.centre, "paid", amount - left));
  }
  return refunds;
}

// --- lines ---

std::int64_t tax_gone(Transaction& transaction, const OrderRow& order, const LineRow& line,
                      std::int64_t part) {
  const Rounding rounding = rounding_of(transaction, order.centre);
  return line.tax_in(line.worth(), rounding) - line.tax_in(line.worth() - part, rounding);
}

namespace {

/// The lines of an order with what is paid of each.
struct Standing {
  OrderRow order{};
  std::vector<LineRow> lines{};
  std::vector<std::int64_t> shares{};

  std::size_t find(OrderLineId id) const {
    auto found = std::find_if(lines.begin(), lines.end(),
                              [&](const LineRow& line) { return line.id == id; });
    if (found == lines.end()) storage::missing("order_line", "lines");
    return static_cast<std::size_t>(found - lines.begin());
  }
};

Standing standing_of(Transaction& transaction, OrderId id) {
  Standing standing{stored_order(transaction, id), lines_of(transaction, id), {}};
  standing.shares = paid_shares(standing.order, standing.lines);
  return standing;
}

Refunded told_refunded(Transaction& transaction, const Standing& standing,
                       const std::vector<RefundRow>& refunds) {
  Refunded result;
  result.order = told(transaction, standing.order, standing.lines);
  result.amount = Money{0, result.order.total.currency};
  for (const RefundRow& refund : refunds) {
    result.refunds.push_back(told(transaction, refund));
    result.amount = plus(result.amount, result.refunds.back().amount);
  }
  return result;
}

/// Takes `gone` of a line's income and tax back. A top-up that reached the balance is taken from
/// it.
void take_back(Transaction& transaction, OrderRow& order, const LineRow& line, std::int64_t gone,
               std::vector<Leg>& legs) {
  if (line.kind == LineKind::top_up && order.top_up_due == 0) {
    check_balance(transaction, order.payer, order.centre, gone);
    legs.push_back({AccountKind::client_balance, gone, order.payer});
    return;
  }
  const AccountKind income =
      line.ended_at ? AccountKind::cancellation_income : income_of(line.kind);
  const std::int64_t tax = tax_gone(transaction, order, line, gone);
  legs.push_back({income, gone - tax});
  legs.push_back({AccountKind::tax, tax});
}

/// What is kept of a line that ends is income of another kind.
void keep_income(const LineRow& line, std::int64_t kept, Rounding rounding,
                 std::vector<Leg>& legs) {
  const std::int64_t net = kept - line.tax_in(kept, rounding);
  legs.push_back({income_of(line.kind), net});
  legs.push_back({AccountKind::cancellation_income, -net});
}

void end_line(Transaction& transaction, Standing& standing, std::size_t index, std::int64_t refund,
              std::vector<Leg>& legs) {
  OrderRow& order = standing.order;
  LineRow& line = standing.lines[index];
  const std::int64_t paid = standing.shares[index];
  if (refund < 0) throw Error(Code::invalid, "amount_negative", "lines");
  if (refund > paid) {
    throw Error(Code::conflict, "refund_over_paid", "lines",
                amount_details(transaction, order.centre, "paid", paid));
  }
  const std::int64_t unpaid = line.worth() - paid;
  const bool is_waiting_top_up = line.kind == LineKind::top_up && order.top_up_due > 0;
  take_back(transaction, order, line, unpaid + refund, legs);
  const bool stays_on_balance = line.kind == LineKind::top_up && !is_waiting_top_up;
  if (!stays_on_balance) {
    keep_income(line, paid - refund, rounding_of(transaction, order.centre), legs);
  }
  legs.push_back({AccountKind::receivable, -unpaid});
  if (is_waiting_top_up) order.top_up_due -= line.worth();
  line.struck += unpaid;
  line.returned += refund;
  line.ended_at = transaction.now();
  order.owed -= unpaid;
  order.total -= unpaid + refund;
  order.refunded += refund;
  store(transaction, line);
}

void check_named_once(std::span<const LineEnd> ends) {
  for (std::size_t i = 0; i < ends.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (ends[i].line == ends[j].line) throw Error(Code::invalid, "line_twice", "lines");
    }
  }
}

}  // namespace

Refunded end_lines(Transaction& transaction, OrderId id, std::span<const LineEnd> ends, RefundTo to,
                   const std::string& reason) {
  check_named_once(ends);
  Standing standing = standing_of(transaction, id);
  OrderRow& order = standing.order;
  const std::int64_t owed_before = order.owed;
  const std::vector<std::int64_t> held_before = held_by_lines(order, standing.lines);
  std::vector<Leg> legs;
  std::int64_t refunded = 0;
  std::int64_t units = 0;
  for (const LineEnd& end : ends) {
    const std::size_t index = standing.find(end.line);
    const LineRow& line = standing.lines[index];
    if (line.ended_at) {
      throw Error(Code::conflict, "line_ended", "lines", {{"line", line.id.value}});
    }
    if (end.refund.minor != 0) check_amount(transaction, order.centre, end.refund, "lines");
    end_line(transaction, standing, index, end.refund.minor, legs);
    refunded += end.refund.minor;
    if (line.kind == LineKind::ticket) units -= line.quantity;
  }
  const std::vector<RefundRow> refunds = give_back(transaction, order, refunded, to, reason, legs);
  note_flows(transaction, refunds, order, standing.lines, held_before);
  apply_payment(order, 0, legs);  // where nothing is owed any more, top-ups fall due
  const bool all_ended = std::all_of(standing.lines.begin(), standing.lines.end(),
                                     [](const LineRow& line) { return line.ended_at.has_value(); });
  if (all_ended) order.ended_at = transaction.now();
  store(transaction, order);
  post(transaction,
       {.kind = EntryKind::line_end,
        .centre = order.centre,
        .order = order.id,
        .memo = reason,
        .units = units},
       legs);
  transaction.emit(OrderChanged{.order = order.id, .centre = order.centre, .client = order.payer});
  if (owed_before > 0 && order.owed == 0 && !all_ended) {
    transaction.emit(OrderPaid{.order = order.id, .centre = order.centre, .client = order.payer});
  }
  return told_refunded(transaction, standing, refunds);
}

namespace {

/// Every line that stands, with all that was paid for it but `kept`.
std::vector<LineEnd> ends_of(const Standing& standing, std::int64_t kept, Currency currency) {
  std::int64_t paid = 0;
  for (std::int64_t share : standing.shares) paid += share;
  std::vector<Money> refunds(standing.lines.size(), Money{0, currency});
  if (paid > kept) refunds = split(Money{paid - kept, currency}, standing.shares);
  std::vector<LineEnd> ends;
  for (std::size_t i = 0; i < standing.lines.size(); ++i) {
    if (!standing.lines[i].ended_at) ends.push_back({standing.lines[i].id, refunds[i]});
  }
  return ends;
}

}  // namespace

Refunded lapse(Transaction& transaction, OrderId id) {
  const Standing standing = standing_of(transaction, id);
  const Currency currency = currency_of(transaction, standing.order.centre);
  const std::vector<LineEnd> ends = ends_of(standing, standing.order.deposit.value_or(0), currency);
  Refunded result = end_lines(transaction, id, ends, RefundTo::method, {});
  transaction.emit(
      OrderLapsed{.order = id, .centre = standing.order.centre, .client = standing.order.payer});
  return result;
}

Refunded cancel_all(Transaction& transaction, OrderId id, RefundTo to, const std::string& reason) {
  const Standing standing = standing_of(transaction, id);
  const Currency currency = currency_of(transaction, standing.order.centre);
  return end_lines(transaction, id, ends_of(standing, 0, currency), to, reason);
}

Refund refund_late(Transaction& transaction, PaymentId id, RefundTo to, const std::string& reason) {
  PaymentRow payment = stored_payment(transaction, id);
  const std::int64_t amount = payment.unapplied;
  if (amount == 0) throw Error(Code::conflict, "payment_applied", "payment");
  payment.unapplied = 0;
  const Given given = give(transaction, payment, amount, to, reason);
  const Leg legs[] = {{AccountKind::unapplied, amount}, given.leg};
  post(transaction,
       {.kind = EntryKind::late_payment,
        .centre = payment.centre,
        .order = payment.order(),
        .payment = payment.id,
        .memo = reason},
       legs);
  return told(transaction, given.refund);
}

}  // namespace frontdesk::money
