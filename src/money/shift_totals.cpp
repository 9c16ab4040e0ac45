#include "money/shift_totals.hpp"

#include "money/order_rows.hpp"

#include <algorithm>
#include <map>

namespace frontdesk::money {

Fields ShiftRow::fields() {
  static constexpr Field table[] = {
      field<&ShiftRow::id>("Column."),          field<&ShiftRow::version>("Column."),
      field<&ShiftRow::centre>("Column."),      field<&ShiftRow::till>("Column."),
      field<&ShiftRow::till_folded>("Column."), field<&ShiftRow::number>("Column."),
      field<&ShiftRow::holder>("Column."),      field<&ShiftRow::opened_with>("Column."),
      field<&ShiftRow::opened_at>("Column."),   field<&ShiftRow::closed_at>("Column."),
      field<&ShiftRow::closed_by>("Column."),   field<&ShiftRow::counted>("Column."),
      field<&ShiftRow::difference>("Column."),  field<&ShiftRow::note>("Column."),
      field<&ShiftRow::z>("Column."),
  };
  return table;
}

ShiftRow stored_shift(Transaction& transaction, ShiftId id) {
  auto shift = storage::find<ShiftRow>(transaction, "shifts WHERE id = $1", id);
  if (!shift) storage::missing("shift", "shift");
  return *shift;
}

void store(Transaction& transaction, ShiftRow& shift) {
  ++shift.version;
  storage::update(transaction, "shifts", shift);
}

Shift told(Transaction& transaction, const ShiftRow& row) {
  const Currency currency = currency_of(transaction, row.centre);
  Shift shift{
      .id = row.id,
      .version = row.version,
      .centre = row.centre,
      .till = row.till,
      .number = row.number,
      .account = AccountId{row.holder},
      .opened_at = row.opened_at,
      .closed_at = row.closed_at,
      .closed_by = row.closed_by,
      .counted = {},
      .difference = {},
      .note = row.note,
      .z = row.z,
  };
  if (row.counted) shift.counted = Money{*row.counted, currency};
  if (row.difference) shift.difference = Money{*row.difference, currency};
  return shift;
}

namespace {

/// Money of an order within the shift.
struct Flow {
  std::int64_t taken = 0;
  std::int64_t given = 0;
};

bool any_above_zero(const std::vector<std::int64_t>& weights) {
  return std::any_of(weights.begin(), weights.end(),
                     [](std::int64_t weight) { return weight > 0; });
}

/// What was taken less what was given back of an order within the shift, shared out by the taxes of
/// its lines: money came for what is paid of a line or was returned of it, and went for what was
/// returned.
void share_by_tax(Transaction& transaction, OrderId id, const Flow& flow,
                  std::map<std::int64_t, TaxTotal>& taxes) {
  const std::vector<LineRow> lines = lines_of(transaction, id);
  std::vector<std::int64_t> came = paid_shares(stored_order(transaction, id), lines);
  std::vector<std::int64_t> went(lines.size(), 0);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].ended_at) came[i] = lines[i].worth();
    went[i] = lines[i].returned;
    came[i] += went[i];
  }
  if (!any_above_zero(came)) {  // what had paid it was charged back
    for (std::size_t i = 0; i < lines.size(); ++i) came[i] = lines[i].total;
  }
  if (!any_above_zero(went)) went = came;  // lines were exchanged for cheaper ones
  const std::vector<Money> taken = split(Money{flow.taken}, came);
  const std::vector<Money> given = split(Money{flow.given}, went);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Money part = minus(taken[i], given[i]);
    TaxTotal& total = taxes[lines[i].tax_basis_points];
    total.gross = plus(total.gross, part);
    total.tax = plus(total.tax, Money{lines[i].tax_in(part.minor)});
  }
}

void add_payments(Transaction& transaction, ShiftId shift, ShiftTotals& totals,
                  std::map<PaymentMethod, MethodTotal>& methods, std::map<OrderId, Flow>& orders) {
  for (const PaymentRow& payment :
       storage::all<PaymentRow>(transaction, "payments WHERE shift = $1", shift)) {
    if (payment.voided_at) {
      ++totals.voided;
      continue;
    }
    MethodTotal& method = methods[payment.method];
    ++method.payments;
    method.taken = plus(method.taken, Money{payment.amount});
    orders[payment.order()].taken += payment.amount;
  }
  for (const RefundRow& refund :
       storage::all<RefundRow>(transaction, "refunds WHERE shift = $1", shift)) {
    MethodTotal& method = methods[refund.method];
    ++method.refunds;
    method.given = plus(method.given, Money{refund.amount});
    orders[refund.order].given += refund.amount;
  }
}

void add_cash_moves(Transaction& transaction, ShiftId shift, ShiftTotals& totals) {
  storage::Cursor rows = transaction.query("SELECT amount FROM cash_moves WHERE shift = $1", shift);
  while (rows.next()) {
    const Money amount{rows.integer(0)};
    if (amount.minor > 0) totals.cash_in = plus(totals.cash_in, amount);
    if (amount.minor < 0) totals.cash_out = minus(totals.cash_out, amount);
  }
}

}  // namespace

ShiftTotals totals_of(Transaction& transaction, const ShiftRow& shift) {
  ShiftTotals totals;
  std::map<PaymentMethod, MethodTotal> methods;
  std::map<OrderId, Flow> orders;
  std::map<std::int64_t, TaxTotal> taxes;
  add_payments(transaction, shift.id, totals, methods, orders);
  add_cash_moves(transaction, shift.id, totals);
  for (const auto& [order, flow] : orders) share_by_tax(transaction, order, flow, taxes);
  const Currency currency = currency_of(transaction, shift.centre);
  const MethodTotal& cash = methods[PaymentMethod::cash];
  totals.opened_with = {shift.opened_with, currency};
  totals.expected.minor =
      plus(minus(plus(Money{shift.opened_with}, totals.cash_in), totals.cash_out),
           minus(cash.taken, cash.given))
          .minor;
  for (Money* amount : {&totals.cash_in, &totals.cash_out, &totals.expected}) {
    amount->currency = currency;
  }
  for (auto& [method, total] : methods) {
    total.method = method;
    total.taken.currency = total.given.currency = currency;
    if (total.payments + total.refunds > 0) totals.methods.push_back(total);
  }
  for (auto& [rate, total] : taxes) {
    total.tax_basis_points = rate;
    total.gross.currency = total.tax.currency = currency;
    totals.taxes.push_back(total);
  }
  return totals;
}

}  // namespace frontdesk::money
