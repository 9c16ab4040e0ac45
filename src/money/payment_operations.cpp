#include "access/relations.hpp"
#include "money/papers.hpp"
#include "money/payments.hpp"
#include "money/refusals.hpp"
#include "money/shifts.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"
#include "storage/refusals.hpp"

#include <algorithm>
#include <limits>

namespace frontdesk::money {

// --- pay ---

Order handle(Transaction& transaction, const Pay& request) {
  const OrderRow order = payable_order(transaction, request.order);
  check_tenders(transaction, order.centre, request.tenders);
  transaction.concern(order.centre);
  transaction.concern(order.payer);
  return pay_all(transaction, order.id, request.tenders);
}

static constexpr Refusal pay_checks[] = {
    {Code::not_found, "order_not_found", "no such order, or not within reach"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::denied, "permission_denied", "a way of paying needs another permission"},
    {Code::conflict, "payments_too_many", "the order has too many payments"},
    {Code::invalid, "top_up_from_balance", "a top-up is to be paid from a balance"},
};
static constexpr auto pay_refusals = storage::joined(pay_checks, money::amount_refusals,
                                                     money::tender_refusals, money::purse_refusals);

constinit const Operation Pay::operation = storage::define<Pay>({
    .number = 704,
    .name = "money.pay",
    .kind = OperationKind::write,
    .doc = "Pays an order in one or several ways.",
    .rule = {.permission = "bookings.book"},
    .refusals = pay_refusals,
    .example = R"({"order": 1, "tenders": [
 {"method": "balance", "amount": {"amount": 10000, "currency": "UAH"}}, {"method": "cash"}]})",
});

Payment handle(Transaction& transaction, const StartPayment& request) {
  const OrderRow order = payable_order(transaction, request.order);
  transaction.concern(order.centre);
  transaction.concern(order.payer);
  const Money amount =
      request.amount ? *request.amount : Money{order.owed, currency_of(transaction, order.centre)};
  return await(transaction, order.id, request.provider, amount, request.external_ref.value_or(""));
}

static constexpr Refusal start_refusals[] = {
    {Code::not_found, "order_not_found", "no such order, or not within reach"},
    {Code::conflict, "nothing_owed", "nothing is owed (any more)"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond all reason"},
    {Code::invalid, "amount_not_positive", "the amount is not above zero"},
    {Code::invalid, "amount_over_owed", "the amount is more than what is owed"},
    {Code::conflict, "payments_too_many", "the order has too many payments"},
    {Code::conflict, "payment_ref_taken", "another payment has the provider's reference"},
};

constinit const Operation StartPayment::operation = storage::define<StartPayment>({
    .number = 705,
    .name = "money.start_payment",
    .kind = OperationKind::write,
    .doc = "Begins a payment that a provider will transfer.",
    .rule = {.permission = "bookings.book"},
    .refusals = start_refusals,
    .example = R"({"order": 1, "provider": "liqpay"})",
});

// --- list ---

Page<Payment> handle(Transaction& transaction, const Payments& request) {
  storage::List list("payments");
  access::narrow_to_reach(list, transaction, {.client = "client", .centre = "centre"});
  if (request.order) {
    // No order has a number that its payments' numbers could not follow from.
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / numbers_per_order - 1;
    const std::int64_t first = std::min(request.order.value, most) * numbers_per_order;
    list.where("id > $ AND id < $", first, first + numbers_per_order);
  }
  if (request.centre) list.where("centre = $", request.centre);
  if (request.client) list.where("client = $", request.client);
  if (request.shift) list.where("shift = $", request.shift);
  if (request.method) list.where("method = $", *request.method);
  if (request.status) list.where("status = $", *request.status);
  if (request.unapplied) list.where("unapplied > 0");
  if (request.from) list.where("created_at >= $", *request.from);
  if (request.to) list.where("created_at < $", *request.to);
  list.order({{"id", true}});
  auto rows = list.page<PaymentRow>(transaction, request.cursor, request.limit);
  Page<Payment> page{.items = {}, .next = rows.next};
  for (const PaymentRow& row : rows.items) page.items.push_back(told(transaction, row));
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Payments::operation = storage::define<Payments>({
    .number = 707,
    .name = "money.payments",
    .kind = OperationKind::read,
    .doc = "Lists payments by order, the newest first.",
    .rule = {.permission = "money.view"},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "unapplied": true})",
});

// --- late ---

namespace {

/// The payment where the caller's reach covers its centre; else missing.
PaymentRow payment_of_centre(Transaction& transaction, PaymentId id) {
  PaymentRow payment = stored_payment(transaction, id);
  if (!transaction.reach().covers(payment.centre)) storage::missing("payment", "payment");
  return payment;
}

}  // namespace

Payment handle(Transaction& transaction, const ResolvePayment& request) {
  const PaymentRow payment = payment_of_centre(transaction, request.payment);
  if (payment.unapplied == 0) throw Error(Code::conflict, "payment_applied", "payment");
  transaction.concern(payment.client);
  if (request.use == LateUse::order) {
    if (use_late(transaction, payment.id).minor == 0) {
      throw Error(Code::conflict, "nothing_owed", "payment");
    }
  } else {
    refund_late(transaction, payment.id,
                request.use == LateUse::balance ? RefundTo::balance : RefundTo::method, {});
  }
  return payment_of(transaction, payment.id);
}

static constexpr Refusal resolve_refusals[] = {
    {Code::not_found, "payment_not_found", "no such payment, or not within reach"},
    {Code::conflict, "payment_applied", "nothing of the payment waits"},
    {Code::conflict, "nothing_owed", "nothing is owed for its order"},
    {Code::invalid, "payer_needed", "a guest has no balance"},
};

constinit const Operation ResolvePayment::operation = storage::define<ResolvePayment>({
    .number = 708,
    .name = "money.resolve_payment",
    .kind = OperationKind::write,
    .doc = "Uses a payment that came too late: for its order, for the balance, or back.",
    .rule = {.permission = "money.refund"},
    .refusals = resolve_refusals,
    .example = R"({"payment": 1001, "use": "balance"})",
});

// --- void ---

namespace {

void check_voidable(Transaction& transaction, const PaymentRow& payment) {
  if (payment.method != PaymentMethod::cash && payment.method != PaymentMethod::card) {
    throw Error(Code::conflict, "method_not_voidable", "payment");
  }
  if (payment.status == PaymentStatus::failed || payment.status == PaymentStatus::pending) {
    throw Error(Code::conflict, "payment_not_completed", "payment");
  }
  if (payment.refunded > 0) throw Error(Code::conflict, "payment_refunded", "payment");
  const ShiftId own = own_open_shift(transaction, payment.centre);
  const bool is_within = payment.shift && is_open(transaction, payment.shift) &&
                         (payment.shift == own || transaction.principal().is_host());
  if (!is_within) throw Error(Code::conflict, "void_outside_shift", "payment");
  if (payment.method == PaymentMethod::cash) {
    check_cash(transaction, payment.shift, payment.centre, payment.amount, "payment");
  }
}

/// A top-up that the payment completed is taken from the balance again.
void take_top_ups_back(Transaction& transaction, OrderRow& order, std::vector<Leg>& legs) {
  std::int64_t credited = 0;
  for (const LineRow& line : lines_of(transaction, order.id)) {
    if (line.kind == LineKind::top_up && !line.ended_at) credited += line.worth();
  }
  if (credited == 0 || order.top_up_due > 0) return;
  check_balance(transaction, order.payer, order.centre, credited);
  legs.push_back({AccountKind::client_balance, credited, order.payer});
  legs.push_back({AccountKind::top_ups_due, -credited});
  order.top_up_due = credited;
}

/// Dates that passed while it was paid come once more: the next tick would let it lapse.
void give_time_anew(OrderRow& order, Instant now) {
  for (std::optional<Instant>* date : {&order.pay_by, &order.deposit_by}) {
    if (*date && **date <= now) *date = now + (**date - order.created_at);
  }
}

}  // namespace

Payment handle(Transaction& transaction, const VoidPayment& request) {
  PaymentRow payment = payment_of_centre(transaction, request.payment);
  check_voidable(transaction, payment);
  OrderRow order = stored_order(transaction, payment.order());
  if (order.ended_at) throw Error(Code::conflict, "order_ended", "payment");
  std::vector<Leg> legs{{AccountKind::receivable, payment.amount},
                        {account_of(payment.method), -payment.amount}};
  take_top_ups_back(transaction, order, legs);
  payment.status = PaymentStatus::failed;
  payment.voided_at = transaction.now();
  store(transaction, payment);
  take_receipt_back(transaction, payment);
  order.paid -= payment.amount;
  order.owed += payment.amount;
  give_time_anew(order, transaction.now());
  store(transaction, order);
  post(transaction,
       {.kind = EntryKind::payment_void,
        .centre = order.centre,
        .order = order.id,
        .payment = payment.id,
        .memo = request.reason},
       legs);
  transaction.emit(OrderChanged{.order = order.id, .centre = order.centre, .client = order.payer});
  return told(transaction, payment);
}

static constexpr Refusal void_refusals[] = {
    {Code::not_found, "payment_not_found", "no such payment, or not within reach"},
    {Code::conflict, "method_not_voidable", "it is neither cash nor card: refund it"},
    {Code::conflict, "payment_not_completed", "the payment did not come, or was voided"},
    {Code::conflict, "payment_refunded", "something of it was given back"},
    {Code::conflict, "void_outside_shift", "its shift is closed, another's, or there is none"},
    {Code::conflict, "till_too_low", "its cash has left the till"},
    {Code::conflict, "order_ended", "the order was cancelled"},
    {Code::conflict, "balance_too_low", "the top-up it paid was spent already"},
};

constinit const Operation VoidPayment::operation = storage::define<VoidPayment>({
    .number = 714,
    .name = "money.void_payment",
    .kind = OperationKind::write,
    .doc = "Takes back a mistaken payment in cash or by card within its open shift.",
    .rule = {.permission = "money.refund"},
    .refusals = void_refusals,
    .example = R"({"payment": 1001, "reason": "Typed twice"})",
});

}  // namespace frontdesk::money
