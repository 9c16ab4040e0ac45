#include "money/shift_totals.hpp"

#include "money/order_rows.hpp"

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

/// What the money of the shift was for, by the rates of the lines' taxes.
void add_taxes(Transaction& transaction, ShiftId shift, ShiftTotals& totals) {
  storage::Cursor rows = transaction.query(
      "SELECT tax_basis_points, sum(gross), sum(flows.tax) FROM"
      " (SELECT line, gross, tax FROM payments JOIN line_flows"
      "  ON line_flows.payment = payments.id AND refund = 0"
      "  WHERE shift = $1 AND voided_at IS NULL"
      "  UNION ALL SELECT line, gross, tax FROM refunds JOIN line_flows"
      "  ON line_flows.payment = refunds.payment AND line_flows.refund = refunds.id"
      "  WHERE shift = $1) AS flows"
      " JOIN order_lines ON order_lines.id = line GROUP BY tax_basis_points"
      " ORDER BY tax_basis_points",
      shift);
  while (rows.next()) {
    totals.taxes.push_back({.tax_basis_points = rows.integer(0),
                            .gross = Money{rows.integer(1)},
                            .tax = Money{rows.integer(2)}});
  }
}

void add_payments(Transaction& transaction, ShiftId shift, ShiftTotals& totals,
                  std::map<PaymentMethod, MethodTotal>& methods) {
  for (const PaymentRow& payment :
       storage::all<PaymentRow>(transaction, "payments WHERE shift = $1", shift)) {
    if (payment.voided_at) {
      ++totals.voided;
      continue;
    }
    MethodTotal& method = methods[payment.method];
    ++method.payments;
    method.taken = plus(method.taken, Money{payment.amount});
  }
  for (const RefundRow& refund :
       storage::all<RefundRow>(transaction, "refunds WHERE shift = $1", shift)) {
    MethodTotal& method = methods[refund.method];
    ++method.refunds;
    method.given = plus(method.given, Money{refund.amount});
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
  add_payments(transaction, shift.id, totals, methods);
  add_cash_moves(transaction, shift.id, totals);
  add_taxes(transaction, shift.id, totals);
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
  for (TaxTotal& total : totals.taxes) {
    total.gross.currency = total.tax.currency = currency;
  }
  return totals;
}

}  // namespace frontdesk::money
