#include "access/relations.hpp"
#include "money/amounts.hpp"
#include "money/line_flows.hpp"
#include "money/papers.hpp"
#include "money/payments.hpp"
#include "money/shifts.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <algorithm>

namespace frontdesk::money {
namespace {

/// The refund where the caller's reach covers its centre; else missing.
RefundRow refund_of_centre(Transaction& transaction, RefundId id) {
  RefundRow refund = stored_refund(transaction, id);
  if (!transaction.reach().covers(refund.centre)) storage::missing("refund", "refund");
  transaction.concern(refund.client);
  return refund;
}

void announce(Transaction& transaction, const RefundRow& refund) {
  transaction.emit(RefundChanged{.refund = refund.id,
                                 .order = refund.order,
                                 .centre = refund.centre,
                                 .client = refund.client,
                                 .amount = {refund.amount, currency_of(transaction, refund.centre)},
                                 .status = refund.status});
}

void post_settled(Transaction& transaction, const RefundRow& refund, const Leg& target,
                  const std::string& memo) {
  const Leg legs[] = {{AccountKind::refunds_due, refund.amount}, target};
  post(transaction,
       {.kind = EntryKind::refund_settled,
        .centre = refund.centre,
        .order = refund.order,
        .payment = refund.payment,
        .memo = memo},
       legs);
}

}  // namespace

void settle_refund(Transaction& transaction, RefundRow& refund,
                   const std::optional<std::string>& external_ref) {
  if (refund.method == PaymentMethod::cash) {
    refund.shift = shift_for_cash(transaction, refund.centre);
    if (refund.shift) check_cash(transaction, refund.shift, refund.centre, refund.amount);
  } else if (refund.method == PaymentMethod::card) {
    refund.shift = own_open_shift(transaction, refund.centre);
  }
  refund.status = RefundStatus::done;
  refund.settled_at = transaction.now();
  if (external_ref) refund.external_ref = external_ref;
  store(transaction, refund);
  post_settled(transaction, refund, {account_of(refund.method), -refund.amount}, {});
  queue_receipt(transaction, refund);
  announce(transaction, refund);
}

// --- give back ---

namespace {

/// What may go back of a line: what is paid of one that stands, what was kept of one that ended.
std::int64_t most_of(const LineRow& line, std::int64_t share) {
  return line.ended_at ? line.worth() : share;
}

std::string path_of(std::size_t n) { return "lines[" + std::to_string(n) + "]"; }

/// Where the lines that are asked for stand among those of the order.
std::vector<std::size_t> positions_of(const GiveBack& request, const std::vector<LineRow>& lines) {
  std::vector<std::size_t> positions;
  for (std::size_t n = 0; n < request.lines.size(); ++n) {
    auto found = std::find_if(lines.begin(), lines.end(), [&](const LineRow& line) {
      return line.id == request.lines[n].line;
    });
    if (found == lines.end()) storage::missing("order_line", path_of(n) + ".line");
    positions.push_back(static_cast<std::size_t>(found - lines.begin()));
  }
  for (auto at = positions.begin(); at != positions.end(); ++at) {
    if (std::find(positions.begin(), at, *at) == at) continue;
    throw Error(Code::invalid, "line_twice",
                path_of(static_cast<std::size_t>(at - positions.begin())));
  }
  return positions;
}

/// How much of each line is to go back.
std::vector<std::int64_t> wanted_of(Transaction& transaction, const GiveBack& request,
                                    const OrderRow& order, const std::vector<LineRow>& lines) {
  std::vector<std::int64_t> shares = paid_shares(order, lines);
  if (request.lines.empty()) return shares;
  const std::vector<std::size_t> positions = positions_of(request, lines);
  for (std::size_t n = 0; n < positions.size(); ++n) {
    const auto& amount = request.lines[n].amount;
    if (amount) check_positive(transaction, order.centre, *amount, path_of(n) + ".amount");
  }
  std::vector<std::int64_t> wanted(lines.size(), 0);
  for (std::size_t n = 0; n < positions.size(); ++n) {
    const std::size_t i = positions[n];
    const std::int64_t most = most_of(lines[i], shares[i]);
    wanted[i] = request.lines[n].amount ? request.lines[n].amount->minor : most;
    if (wanted[i] <= most) continue;
    throw Error(Code::conflict, "refund_over_paid", path_of(n) + ".amount",
                amount_details(transaction, order.centre, "paid", most));
  }
  return wanted;
}

/// Takes a part of a line's income and tax back. A subscription that runs earns what was paid for
/// it, and is cancelled where its money goes back.
void reduce(Transaction& transaction, OrderRow& order, LineRow& line, std::int64_t amount,
            std::vector<Leg>& legs) {
  if (amount == 0) return;
  if (line.kind == LineKind::plan && !line.ended_at) {
    throw Error(Code::conflict, "line_of_plan", "lines", {{"line", line.id.value}});
  }
  if (line.kind == LineKind::top_up && order.top_up_due == 0) {
    check_balance(transaction, order.payer, order.centre, amount);
    legs.push_back({AccountKind::client_balance, amount, order.payer});
  } else {
    const std::int64_t tax = tax_gone(transaction, order, line, amount);
    const AccountKind income =
        line.ended_at ? AccountKind::cancellation_income : income_of(line.kind);
    legs.push_back({income, amount - tax});
    legs.push_back({AccountKind::tax, tax});
    if (line.kind == LineKind::top_up) order.top_up_due -= amount;
  }
  line.returned += amount;
  order.total -= amount;
  order.refunded += amount;
  store(transaction, line);
}

}  // namespace

Refunded handle(Transaction& transaction, const GiveBack& request) {
  OrderRow order = order_of_centre(transaction, request.order);
  std::vector<LineRow> lines = lines_of(transaction, order.id);
  const std::vector<std::int64_t> wanted = wanted_of(transaction, request, order, lines);
  const std::vector<std::int64_t> held_before = held_by_lines(order, lines);
  std::vector<Leg> legs;
  std::int64_t amount = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    reduce(transaction, order, lines[i], wanted[i], legs);
    amount += wanted[i];
  }
  if (amount == 0) throw Error(Code::conflict, "nothing_paid", "order");
  const std::vector<RefundRow> refunds =
      give_back(transaction, order, amount, request.to, request.reason, legs);
  note_flows(transaction, refunds, order, lines, held_before);
  store(transaction, order);
  post(transaction,
       {.kind = EntryKind::refund,
        .centre = order.centre,
        .order = order.id,
        .memo = request.reason},
       legs);
  transaction.emit(OrderChanged{.order = order.id, .centre = order.centre, .client = order.payer});
  Refunded result{.order = told(transaction, order, lines),
                  .amount = {amount, currency_of(transaction, order.centre)},
                  .refunds = {}};
  for (const RefundRow& refund : refunds) result.refunds.push_back(told(transaction, refund));
  return result;
}

static constexpr Refusal give_refusals[] = {
    {Code::not_found, "order_not_found", "no such order, or not within reach"},
    {Code::not_found, "order_line_not_found", "the order has no such line"},
    {Code::invalid, "line_twice", "a line is named twice"},
    {Code::invalid, "currency_differs", "an amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "an amount is beyond all reason"},
    {Code::invalid, "amount_not_positive", "an amount is not above zero"},
    {Code::conflict, "refund_over_paid", "more is to go back than was paid"},
    {Code::conflict, "line_of_plan", "a line belongs to a subscription: cancel that"},
    {Code::conflict, "balance_too_low", "a top-up was spent already"},
    {Code::conflict, "nothing_paid", "nothing is paid that could go back"},
    {Code::invalid, "payer_needed", "a guest has no balance"},
    {Code::conflict, "gift_card_used", "a gift card of the order has paid already"},
};

constinit const Operation GiveBack::operation = storage::define<GiveBack>({
    .number = 709,
    .name = "money.give_back",
    .kind = OperationKind::write,
    .doc = "Gives back money of an order, whole or in part, by line.",
    .rule = {.permission = "money.refund"},
    .refusals = give_refusals,
    .example = R"({"order": 1, "lines": [{"line": 1001,
 "amount": {"amount": 5000, "currency": "UAH"}}], "reason": "The heating failed"})",
});

// --- lists ---

namespace {

Page<Refund> page_of(Transaction& transaction, storage::List& list,
                     const std::optional<std::string>& cursor, std::int64_t limit) {
  auto rows = list.page<RefundRow>(transaction, cursor, limit);
  Page<Refund> page{.items = {}, .next = rows.next};
  for (const RefundRow& row : rows.items) page.items.push_back(told(transaction, row));
  return page;
}

}  // namespace

Page<Refund> handle(Transaction& transaction, const Refunds& request) {
  storage::List list("refunds");
  access::narrow_to_reach(list, transaction, {.client = "client", .centre = "centre"});
  if (request.order) list.where("\"order\" = $", request.order);
  if (request.centre) list.where("centre = $", request.centre);
  if (request.client) list.where("client = $", request.client);
  if (request.status) list.where("status = $", *request.status);
  list.order({{"id", true}});
  return page_of(transaction, list, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Refunds::operation = storage::define<Refunds>({
    .number = 710,
    .name = "money.refunds",
    .kind = OperationKind::read,
    .doc = "Lists refunds, newest first.",
    .rule = {.permission = "money.view"},
    .refusals = list_refusals,
    .example = R"({"order": 1})",
});

Page<Refund> handle(Transaction& transaction, const RefundsDue& request) {
  storage::List list("refunds");
  access::narrow_to_reach(list, transaction, {.centre = "centre"});
  list.where("status = 1");  // due, as the index has it
  if (request.centre) list.where("centre = $", request.centre);
  if (request.provider) list.where("provider = $", *request.provider);
  list.order({{"id"}});
  return page_of(transaction, list, request.cursor, request.limit);
}

constinit const Operation RefundsDue::operation = storage::define<RefundsDue>({
    .number = 711,
    .name = "money.refunds_due",
    .kind = OperationKind::read,
    .doc = "Lists refunds that have yet to be transferred or handed out, the oldest first.",
    .rule = {.permission = "money.refund"},
    .refusals = list_refusals,
    .example = R"({"provider": "liqpay"})",
});

// --- outcome ---

Refund handle(Transaction& transaction, const ConfirmRefund& request) {
  RefundRow refund = refund_of_centre(transaction, request.refund);
  const bool went_to_balance = refund.to == RefundTo::balance;
  if (went_to_balance) throw Error(Code::conflict, "refund_on_balance", "refund");
  if (refund.status != RefundStatus::done) {
    settle_refund(transaction, refund, request.external_ref);
  }
  return told(transaction, refund);
}

static constexpr Refusal confirm_refusals[] = {
    {Code::not_found, "refund_not_found", "no such refund, or not within reach"},
    {Code::conflict, "refund_on_balance", "the refund went to the payer's balance"},
    {Code::conflict, "no_open_shift", "cash goes without an open shift of the caller's"},
    {Code::conflict, "till_too_low", "there is less cash in the caller's till"},
};

constinit const Operation ConfirmRefund::operation = storage::define<ConfirmRefund>({
    .number = 712,
    .name = "money.confirm_refund",
    .kind = OperationKind::write,
    .doc = "Tells that a refund that was due was transferred or handed out.",
    .rule = {.permission = "money.refund"},
    .refusals = confirm_refusals,
    .example = R"({"refund": 1, "external_ref": "rf-77"})",
});

Refund handle(Transaction& transaction, const FailRefund& request) {
  RefundRow refund = refund_of_centre(transaction, request.refund);
  if (refund.status == RefundStatus::done) throw Error(Code::conflict, "refund_done", "refund");
  if (request.to_balance && !refund.client) {
    throw Error(Code::invalid, "payer_needed", "to_balance");
  }
  const bool is_known = refund.status == RefundStatus::failed && !request.to_balance;
  if (is_known) return told(transaction, refund);
  refund.problem = request.problem;
  refund.status = RefundStatus::failed;
  if (request.to_balance) {
    refund.status = RefundStatus::done;
    refund.to = RefundTo::balance;
    refund.settled_at = transaction.now();
    post_settled(transaction, refund, {AccountKind::client_balance, -refund.amount, refund.client},
                 request.problem);
  }
  store(transaction, refund);
  announce(transaction, refund);
  return told(transaction, refund);
}

static constexpr Refusal fail_refusals[] = {
    {Code::not_found, "refund_not_found", "no such refund, or not within reach"},
    {Code::conflict, "refund_done", "the money is back already"},
    {Code::invalid, "payer_needed", "a guest has no balance"},
};

constinit const Operation FailRefund::operation = storage::define<FailRefund>({
    .number = 713,
    .name = "money.fail_refund",
    .kind = OperationKind::write,
    .doc = "Tells that a refund could not be transferred; it stays owed or goes to the balance.",
    .rule = {.permission = "money.refund"},
    .refusals = fail_refusals,
    .example = R"({"refund": 1, "problem": "The card was closed", "to_balance": true})",
});

Refund handle(Transaction& transaction, const RetryRefund& request) {
  RefundRow refund = refund_of_centre(transaction, request.refund);
  if (refund.status != RefundStatus::failed) {
    throw Error(Code::conflict, "refund_not_failed", "refund");
  }
  refund.status = RefundStatus::due;
  store(transaction, refund);
  announce(transaction, refund);
  return told(transaction, refund);
}

static constexpr Refusal retry_refusals[] = {
    {Code::not_found, "refund_not_found", "no such refund, or not within reach"},
    {Code::conflict, "refund_not_failed", "the refund did not fail"},
};

constinit const Operation RetryRefund::operation = storage::define<RetryRefund>({
    .number = 715,
    .name = "money.retry_refund",
    .kind = OperationKind::write,
    .doc = "Puts a refund that failed back among those due.",
    .rule = {.permission = "money.refund"},
    .refusals = retry_refusals,
    .example = R"({"refund": 1})",
});

}  // namespace frontdesk::money
