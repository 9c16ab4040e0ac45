/// What providers tell (SPEC M4): each event once, in whatever order it comes.
#include "money/amounts.hpp"
#include "money/papers.hpp"
#include "money/payments.hpp"
#include "storage/define.hpp"

namespace frontdesk::money {

constinit const storage::EventKind PaymentFailed::kind{"money.payment_failed",
                                                       "A payment will not come.", "money.view"};

namespace {

PaymentRow named_payment(Transaction& transaction, const RecordCallback& request) {
  std::optional<PaymentRow> payment;
  if (request.payment) {
    payment = storage::find<PaymentRow>(transaction, "payments WHERE id = $1", request.payment);
  } else if (request.external_ref) {
    payment =
        storage::find<PaymentRow>(transaction, "payments WHERE provider = $1 AND external_ref = $2",
                                  request.provider, *request.external_ref);
  }
  if (!payment || payment->provider != request.provider ||
      payment->method != PaymentMethod::external) {
    storage::missing("payment", request.payment ? "payment" : "external_ref");
  }
  return *payment;
}

bool is_known(Transaction& transaction, const RecordCallback& request) {
  return transaction.exists("SELECT 1 FROM provider_events WHERE provider = $1 AND event = $2",
                            request.provider, request.event);
}

void remember(Transaction& transaction, const RecordCallback& request, PaymentId payment,
              bool applied) {
  transaction.execute(
      "INSERT INTO provider_events (provider, event, payment, outcome, amount, at, applied_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      request.provider, request.event, payment, request.outcome, request.amount.minor,
      transaction.now(), applied ? storage::value(transaction.now()) : storage::Value{});
}

/// What the books say went back by the provider, less what the provider itself told: it was
/// confirmed by hand, and its event is yet to come.
std::int64_t untold(Transaction& transaction, const PaymentRow& payment) {
  const std::int64_t gone =
      transaction
          .one_number(
              "SELECT sum(amount) FROM refunds WHERE \"order\" = $1 AND payment = $2"
              " AND status = $3 AND \"to\" = $4",
              payment.order(), payment.id, RefundStatus::done, RefundTo::method)
          .value_or(0);
  const std::int64_t told = transaction
                                .one_number(
                                    "SELECT sum(amount) FROM provider_events WHERE payment = $1"
                                    " AND outcome = $2 AND applied_at IS NOT NULL",
                                    payment.id, Outcome::refunded)
                                .value_or(0);
  return gone - told;
}

/// The refunds that wait for the provider which make up an amount or a part of it: one of just that
/// amount, else the oldest.
std::vector<RefundRow> refunds_within(Transaction& transaction, const PaymentRow& payment,
                                      std::int64_t amount) {
  std::vector<RefundRow> within;
  std::int64_t left = amount;
  for (RefundRow& refund : storage::all<RefundRow>(
           transaction,
           "refunds WHERE \"order\" = $1 AND payment = $2 AND amount <= $3 AND status <> $4"
           " ORDER BY amount = $3 DESC, id",
           payment.order(), payment.id, amount, RefundStatus::done)) {
    if (refund.amount > left) continue;
    left -= refund.amount;
    within.push_back(std::move(refund));
  }
  return within;
}

/// The provider gave money back that nobody here had decided to: what waited goes first, and what
/// paid the order is owed again.
void charge_back(Transaction& transaction, PaymentRow& payment, std::int64_t amount) {
  if (amount > payment.amount - payment.refunded) {
    throw Error(
        Code::conflict, "refund_over_payment", "amount",
        amount_details(transaction, payment.centre, "left", payment.amount - payment.refunded));
  }
  const std::int64_t waiting = std::min(amount, payment.unapplied);
  const std::int64_t from_order = amount - waiting;
  payment.unapplied -= waiting;
  payment.refunded += amount;
  payment.status =
      payment.refunded == payment.amount ? PaymentStatus::refunded : PaymentStatus::part_refunded;
  store(transaction, payment);
  OrderRow order = stored_order(transaction, payment.order());
  order.refunded += from_order;
  order.owed += from_order;
  owe_from_now_on(order);
  if (from_order > 0) store(transaction, order);
  RefundRow refund;
  refund.order = order.id;
  refund.payment = payment.id;
  refund.centre = payment.centre;
  refund.client = payment.client;
  refund.amount = amount;
  refund.method = payment.method;
  refund.provider = payment.provider;
  refund.created_at = refund.settled_at.emplace(transaction.now());
  storage::insert(transaction, "refunds", refund);
  queue_receipt(transaction, refund);
  const Leg legs[] = {{AccountKind::unapplied, waiting},
                      {AccountKind::receivable, from_order},
                      {account_of(payment.method), -amount}};
  post(transaction,
       {.kind = EntryKind::refund,
        .centre = payment.centre,
        .order = order.id,
        .payment = payment.id},
       legs);
  transaction.emit(RefundChanged{.refund = refund.id,
                                 .order = order.id,
                                 .centre = order.centre,
                                 .client = order.payer,
                                 .amount = {amount, currency_of(transaction, order.centre)},
                                 .status = RefundStatus::done});
}

std::int64_t total_of(const std::vector<RefundRow>& refunds) {
  std::int64_t total = 0;
  for (const RefundRow& refund : refunds) total += refund.amount;
  return total;
}

/// Refunds that are due and make up the amount; else what was confirmed by hand before, refunds
/// that are due, and what is left of the amount is a charge-back.
CallbackEffect apply_refund(Transaction& transaction, PaymentRow& payment, std::int64_t amount) {
  const std::int64_t by_hand = std::max<std::int64_t>(0, untold(transaction, payment));
  if (amount <= by_hand) return CallbackEffect::repeated;
  std::int64_t left = amount;
  std::vector<RefundRow> due = refunds_within(transaction, payment, left);
  if (total_of(due) != left) {
    left -= by_hand;
    due = refunds_within(transaction, payment, left);
  }
  left -= total_of(due);
  for (RefundRow& refund : due) settle_refund(transaction, refund, {});
  if (left > 0) charge_back(transaction, payment, left);
  return CallbackEffect::applied;
}

/// Refunds that were told before their payment.
void apply_kept(Transaction& transaction, PaymentRow& payment) {
  std::vector<std::pair<std::string, std::int64_t>> kept;
  {
    storage::Cursor rows = transaction.query(
        "SELECT event, amount FROM provider_events WHERE payment = $1 AND applied_at IS NULL"
        " ORDER BY at, event",
        payment.id);
    while (rows.next()) kept.emplace_back(rows.text(0), rows.integer(1));
  }
  for (const auto& [event, amount] : kept) {
    apply_refund(transaction, payment, amount);
    transaction.execute(
        "UPDATE provider_events SET applied_at = $3 WHERE provider = $1 AND event = $2",
        payment.provider, event, transaction.now());
  }
}

void check_amount_told(Transaction& transaction, const PaymentRow& payment,
                       const RecordCallback& request) {
  if (request.amount.minor != payment.amount) {
    throw Error(Code::conflict, "payment_amount_differs", "amount",
                amount_details(transaction, payment.centre, "expected", payment.amount));
  }
}

CallbackEffect take_completed(Transaction& transaction, PaymentRow& payment,
                              const RecordCallback& request) {
  check_amount_told(transaction, payment, request);
  const bool is_first = !payment.is_completed();
  remember(transaction, request, payment.id, true);
  if (!is_first) return CallbackEffect::repeated;
  complete(transaction, payment);
  apply_kept(transaction, payment);
  return CallbackEffect::applied;
}

CallbackEffect take_failed(Transaction& transaction, PaymentRow& payment,
                           const RecordCallback& request) {
  remember(transaction, request, payment.id, true);
  if (payment.status == PaymentStatus::failed) return CallbackEffect::repeated;
  if (payment.status != PaymentStatus::pending) return CallbackEffect::outdated;
  payment.status = PaymentStatus::failed;
  store(transaction, payment);
  transaction.emit(PaymentFailed{.payment = payment.id,
                                 .order = payment.order(),
                                 .centre = payment.centre,
                                 .client = payment.client});
  return CallbackEffect::applied;
}

CallbackEffect take_refunded(Transaction& transaction, PaymentRow& payment,
                             const RecordCallback& request) {
  if (!payment.is_completed()) {
    const std::int64_t kept = transaction
                                  .one_number(
                                      "SELECT sum(amount) FROM provider_events WHERE payment = $1"
                                      " AND applied_at IS NULL",
                                      payment.id)
                                  .value_or(0);
    if (request.amount.minor > payment.amount - kept) {
      throw Error(Code::conflict, "refund_over_payment", "amount",
                  amount_details(transaction, payment.centre, "left", payment.amount - kept));
    }
    remember(transaction, request, payment.id, false);
    return CallbackEffect::kept;
  }
  const CallbackEffect effect = apply_refund(transaction, payment, request.amount.minor);
  remember(transaction, request, payment.id, true);
  return effect;
}

}  // namespace

CallbackDone handle(Transaction& transaction, const RecordCallback& request) {
  PaymentRow payment = named_payment(transaction, request);
  transaction.concern(payment.client);
  transaction.concern(payment.centre);
  check_positive(transaction, payment.centre, request.amount, "amount");
  CallbackEffect effect = CallbackEffect::repeated;
  if (!is_known(transaction, request)) {
    switch (request.outcome) {
      case Outcome::completed:
        effect = take_completed(transaction, payment, request);
        break;
      case Outcome::failed:
        effect = take_failed(transaction, payment, request);
        break;
      case Outcome::refunded:
        effect = take_refunded(transaction, payment, request);
        break;
    }
  }
  return {.effect = effect, .payment = payment_of(transaction, payment.id)};
}

static constexpr Refusal refusals[] = {
    {Code::not_found, "payment_not_found", "the provider has no such payment here"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond all reason"},
    {Code::invalid, "amount_not_positive", "the amount is not above zero"},
    {Code::conflict, "payment_amount_differs", "another amount came than was to be paid"},
    {Code::conflict, "refund_over_payment", "more went back than was paid"},
};

constinit const Operation RecordCallback::operation = storage::define<RecordCallback>({
    .number = 706,
    .name = "money.record_callback",
    .kind = OperationKind::write,
    .doc = "Takes what a provider tells of a payment, once, in whatever order it comes.",
    .rule = {.audience = Audience::host},
    .refusals = refusals,
    .example = R"({"provider": "liqpay", "event": "evt-1", "external_ref": "0123456789abcdef",
 "outcome": "completed", "amount": {"amount": 45000, "currency": "UAH"}})",
});

}  // namespace frontdesk::money
