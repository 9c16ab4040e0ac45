#include "money/line_flows.hpp"

#include "money/amounts.hpp"

#include <algorithm>
#include <numeric>

namespace frontdesk::money {
namespace {

using Amounts = std::vector<std::int64_t>;

std::int64_t sum_of(const Amounts& amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
}

/// An amount shared out by weights; by what the lines cost where there are none.
Amounts shared(std::int64_t amount, Amounts weights, const std::vector<LineRow>& lines) {
  for (std::int64_t& weight : weights) weight = std::max<std::int64_t>(0, weight);
  if (sum_of(weights) == 0) {
    for (std::size_t i = 0; i < lines.size(); ++i) weights[i] = lines[i].total;
  }
  Amounts parts;
  for (const Money& part : split(Money{amount}, weights)) parts.push_back(part.minor);
  return parts;
}

/// How the lines' shares changed, so that the changes sum to `amount`: of an order whose money was
/// charged back the shares alone do not tell.
Amounts changes(const Amounts& before, const Amounts& after, std::int64_t amount,
                const std::vector<LineRow>& lines) {
  Amounts changed(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) changed[i] = after[i] - before[i];
  const std::int64_t rest = amount - sum_of(changed);
  if (rest == 0) return changed;
  const Amounts parts = shared(rest, Amounts(lines.size(), 0), lines);
  for (std::size_t i = 0; i < lines.size(); ++i) changed[i] += parts[i];
  return changed;
}

/// Enters what each line's share became by a flow; the tax is the difference of that in both, so
/// that the parts of a line sum to the whole.
void enter(Transaction& transaction, PaymentId payment, RefundId refund, Rounding rounding,
           const std::vector<LineRow>& lines, const Amounts& from, const Amounts& to) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    transaction.execute(
        "INSERT INTO line_flows (payment, refund, line, gross, tax) VALUES ($1, $2, $3, $4, $5)",
        payment, refund.value, lines[i].id, to[i] - from[i],
        lines[i].tax_in(to[i], rounding) - lines[i].tax_in(from[i], rounding));
  }
}

bool goes_from_till(const RefundRow& refund) {
  const bool is_taken_in_shifts =
      refund.method == PaymentMethod::cash || refund.method == PaymentMethod::card;
  return refund.shift || (is_taken_in_shifts && refund.status == RefundStatus::due);
}

}  // namespace

Amounts held_by_lines(const OrderRow& order, const std::vector<LineRow>& lines) {
  Amounts held = paid_shares(order, lines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].ended_at) held[i] = lines[i].worth();
  }
  return held;
}

void note_flow(Transaction& transaction, const PaymentRow& payment, const OrderRow& order,
               const std::vector<LineRow>& lines, Amounts before) {
  if (!payment.shift) return;
  before.resize(lines.size(), 0);
  Amounts after = before;
  const Amounts changed = changes(before, held_by_lines(order, lines), payment.amount, lines);
  for (std::size_t i = 0; i < lines.size(); ++i) after[i] += changed[i];
  enter(transaction, payment.id, {}, rounding_of(transaction, order.centre), lines, before, after);
}

void note_flows(Transaction& transaction, std::span<const RefundRow> refunds, const OrderRow& order,
                const std::vector<LineRow>& lines, Amounts before) {
  if (std::none_of(refunds.begin(), refunds.end(), goes_from_till)) return;
  before.resize(lines.size(), 0);
  std::int64_t amount = 0;
  for (const RefundRow& refund : refunds) amount += refund.amount;
  Amounts gone = changes(before, held_by_lines(order, lines), -amount, lines);
  for (std::int64_t& part : gone) part = -part;
  std::int64_t left = amount;
  for (const RefundRow& refund : refunds) {
    const Amounts parts = refund.amount == left ? gone : shared(refund.amount, gone, lines);
    Amounts after = before;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      after[i] -= parts[i];
      gone[i] -= parts[i];
    }
    left -= refund.amount;
    if (goes_from_till(refund)) {
      enter(transaction, refund.payment, refund.id, rounding_of(transaction, order.centre), lines,
            before, after);
    }
    before = after;
  }
}

}  // namespace frontdesk::money
