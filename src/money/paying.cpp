/// Money that comes: at once, or by a provider that tells later.
#include "money/amounts.hpp"
#include "money/line_flows.hpp"
#include "money/papers.hpp"
#include "money/payments.hpp"
#include "money/settings.hpp"
#include "money/shifts.hpp"
#include "storage/hooks.hpp"

namespace frontdesk::money {

constinit const storage::EventKind OrderPaid::kind{
    "money.order_paid", "Nothing is owed any more for an order that was owing.", "money.view"};
constinit const storage::EventKind PaymentStarted::kind{
    "money.payment_started", "A payment was begun that a provider is to transfer.", "money.view"};
constinit const storage::EventKind PaymentCompleted::kind{"money.payment_completed", "Money came.",
                                                          "money.view"};

AccountKind account_of(PaymentMethod method) {
  switch (method) {
    case PaymentMethod::cash:
      return AccountKind::till;
    case PaymentMethod::card:
      return AccountKind::card_clearing;
    case PaymentMethod::external:
      return AccountKind::external_clearing;
    case PaymentMethod::balance:
      return AccountKind::client_balance;
    case PaymentMethod::gift_card:
      return AccountKind::gift_cards;
    case PaymentMethod::points:
      return AccountKind::points;
    case PaymentMethod::free:
      return AccountKind::given_away;
    case PaymentMethod::visit:
      break;
  }
  return AccountKind::deferred_revenue;
}

bool is_money(PaymentMethod method) {
  return method == PaymentMethod::cash || method == PaymentMethod::card ||
         method == PaymentMethod::external || method == PaymentMethod::balance;
}

// --- funds ---

Funds funds_of(Transaction& transaction, ClientId client, CentreId centre) {
  const bool shared = storage::enabled(transaction, shared_balance);
  storage::Cursor row = shared ? transaction.query(
                                     "SELECT sum(balance), sum(credit_limit) FROM ledger_accounts"
                                     " JOIN centres ON centres.id = ledger_accounts.centre"
                                     " WHERE holder = $1 AND holder <> 0 AND kind = $2"
                                     " AND currency = (SELECT currency FROM centres WHERE id = $3)",
                                     client.value, AccountKind::client_balance, centre)
                               : transaction.query(
                                     "SELECT balance, credit_limit FROM ledger_accounts"
                                     " WHERE holder = $1 AND kind = $2 AND centre = $3",
                                     client.value, AccountKind::client_balance, centre);
  if (!row.next()) return {};
  return {.amount = -row.integer(0), .credit_limit = row.integer(1)};
}

namespace {

[[noreturn]] void refuse_balance(Transaction& transaction, CentreId centre, std::int64_t available,
                                 std::string_view field) {
  throw Error(
      Code::conflict, "balance_too_low", field,
      amount_details(transaction, centre, "available", std::max<std::int64_t>(0, available)));
}

}  // namespace

void check_balance(Transaction& transaction, ClientId client, CentreId centre, std::int64_t amount,
                   std::string_view field) {
  const std::int64_t there = funds_of(transaction, client, centre).amount;
  if (amount > there) refuse_balance(transaction, centre, there, field);
}

void check_funds(Transaction& transaction, ClientId client, CentreId centre, std::int64_t amount) {
  const std::int64_t available = funds_of(transaction, client, centre).available();
  if (amount > available) refuse_balance(transaction, centre, available, {});
}

// --- taking ---

Error by_place(const Error& error, std::string_view list, std::size_t index) {
  const std::string path = std::string(list) + "[" + std::to_string(index) + "]";
  const std::string_view field = error.field();
  const auto told_at = [&](const std::string& place) {
    return Error(error.code(), error.reason(), place, error.details());
  };
  for (std::string_view own : {"amount", "code", "external_ref", "method", "provider"}) {
    if (field == own) return told_at(path + "." + std::string(own));
  }
  if (field == "tenders") return told_at(std::string(list));
  if (error.reason() == "nothing_owed") return told_at(path);
  if (error.reason() == "balance_too_low") return told_at(path + ".amount");
  if (error.reason() == "no_open_shift") return told_at(path + ".method");
  return error;
}

std::int64_t tendered(Transaction& transaction, const OrderRow& order, const Tender& tender) {
  if (order.owed <= 0) throw Error(Code::conflict, "nothing_owed", "order");
  if (!tender.amount) return order.owed;
  check_positive(transaction, order.centre, *tender.amount, "amount");
  if (tender.amount->minor > order.owed) {
    throw Error(Code::invalid, "amount_over_owed", "amount",
                amount_details(transaction, order.centre, "owed", order.owed));
  }
  return tender.amount->minor;
}

namespace {

PaymentId next_payment(Transaction& transaction, OrderId order) {
  const std::int64_t first = order.value * numbers_per_order;
  const std::int64_t last =
      transaction
          .one_number("SELECT max(id) FROM payments WHERE id > $1 AND id < $2", first,
                      first + numbers_per_order)
          .value_or(first);
  if (last + 1 >= first + numbers_per_order) {
    throw Error(Code::conflict, "payments_too_many", "order", {{"most", numbers_per_order - 1}});
  }
  return PaymentId{last + 1};
}

void check_reference(Transaction& transaction, const PaymentRow& payment) {
  if (payment.external_ref &&
      transaction.exists("SELECT 1 FROM payments WHERE provider = $1 AND external_ref = $2",
                         payment.provider, payment.external_ref)) {
    throw Error(Code::conflict, "payment_ref_taken", "external_ref");
  }
}

ShiftId shift_of(Transaction& transaction, const OrderRow& order, PaymentMethod method) {
  if (method == PaymentMethod::cash) return shift_for_cash(transaction, order.centre);
  if (method == PaymentMethod::card || method == PaymentMethod::external) {
    return own_open_shift(transaction, order.centre);
  }
  return {};
}

PaymentRow new_payment(Transaction& transaction, const OrderRow& order, PaymentMethod method,
                       std::int64_t amount) {
  PaymentRow payment;
  payment.id = next_payment(transaction, order.id);
  payment.centre = order.centre;
  payment.client = order.payer;
  payment.method = method;
  payment.amount = amount;
  payment.account = transaction.principal().account;
  payment.created_at = transaction.now();
  return payment;
}

/// What is no money is kept by an area above.
void draw_on_purse(Transaction& transaction, const PaymentRow& payment, const Tender& tender,
                   OrderId order) {
  for (const storage::Purse& purse : transaction.hooks().purses) {
    if (purse.method != static_cast<std::int64_t>(payment.method)) continue;
    const Draw draw{.payment = payment.id,
                    .order = order,
                    .centre = payment.centre,
                    .client = payment.client,
                    .amount = payment.amount,
                    .code = tender.code ? std::string_view(*tender.code) : std::string_view()};
    purse.draw(transaction, &draw);
  }
}

}  // namespace

namespace {

/// Whether a balance or a gift card is filled by the order.
bool sells_value(Transaction& transaction, OrderId order) {
  const std::int64_t first = order.value * numbers_per_order;
  return transaction.exists(
      "SELECT 1 FROM order_lines WHERE id > $1 AND id < $2 AND kind IN ($3, $4)"
      " AND ended_at IS NULL",
      first, first + numbers_per_order, LineKind::top_up, LineKind::gift_card);
}

/// Why an order cannot be paid in such a way; empty where it can. Points and gift cards would
/// become money on the way through a balance or another card.
std::string_view hindrance(Transaction& transaction, const OrderRow& order, PaymentMethod method) {
  if (method == PaymentMethod::balance) return order.top_up_due > 0 ? "top_up_from_balance" : "";
  const bool is_purse = method == PaymentMethod::points || method == PaymentMethod::gift_card;
  return is_purse && sells_value(transaction, order.id) ? "method_not_accepted" : "";
}

void check_way(Transaction& transaction, const OrderRow& order, PaymentMethod method) {
  const std::string_view why = hindrance(transaction, order, method);
  if (!why.empty()) throw Error(Code::invalid, why, "tenders");
}

}  // namespace

Taken take(Transaction& transaction, const OrderRow& order, const Tender& tender,
           std::int64_t amount) {
  PaymentRow payment = new_payment(transaction, order, tender.method, amount);
  Leg leg{account_of(tender.method), amount};
  if (tender.method == PaymentMethod::balance && !order.payer) {
    throw Error(Code::invalid, "payer_needed", "payer");
  }
  check_way(transaction, order, tender.method);
  if (tender.method == PaymentMethod::balance) {
    check_funds(transaction, order.payer, order.centre, amount);
    leg.client = order.payer;
  }
  if (tender.provider) payment.provider = tender.provider;
  if (tender.method == PaymentMethod::external && !payment.provider) payment.provider = "manual";
  payment.external_ref = tender.external_ref;
  check_reference(transaction, payment);
  payment.shift = shift_of(transaction, order, tender.method);
  payment.status = PaymentStatus::completed;
  payment.completed_at = transaction.now();
  draw_on_purse(transaction, payment, tender, order.id);
  storage::insert(transaction, "payments", payment);
  return {std::move(payment), leg};
}

void apply_payment(OrderRow& order, std::int64_t amount, std::vector<Leg>& legs) {
  order.paid += amount;
  order.owed -= amount;
  if (order.owed > 0 || order.top_up_due == 0) return;
  legs.push_back({AccountKind::top_ups_due, order.top_up_due});
  legs.push_back({AccountKind::client_balance, -order.top_up_due, order.payer});
  order.top_up_due = 0;
}

void owe_from_now_on(OrderRow& order) {
  order.pay_by.reset();
  order.deposit_by.reset();
}

void tell_payment(Transaction& transaction, const OrderRow& order, const PaymentRow& payment,
                  bool became_paid) {
  queue_receipt(transaction, payment);
  transaction.emit(
      PaymentCompleted{.payment = payment.id,
                       .order = order.id,
                       .centre = order.centre,
                       .client = order.payer,
                       .amount = {payment.amount, currency_of(transaction, order.centre)},
                       .late = payment.late});
  if (became_paid) {
    transaction.emit(OrderPaid{.order = order.id, .centre = order.centre, .client = order.payer});
  }
}

namespace {

void note_line_shares(Transaction& transaction, const PaymentRow& payment, const OrderRow& before,
                      const OrderRow& after) {
  if (!payment.shift) return;
  const std::vector<LineRow> lines = lines_of(transaction, after.id);
  note_flow(transaction, payment, after, lines, held_by_lines(before, lines));
}

}  // namespace

Payment pay(Transaction& transaction, OrderId id, const Tender& tender) {
  OrderRow order = stored_order(transaction, id);
  const std::int64_t amount = tendered(transaction, order, tender);
  Taken taken = take(transaction, order, tender, amount);
  std::vector<Leg> legs{taken.leg, {AccountKind::receivable, -amount}};
  const bool had_top_up = order.top_up_due > 0;
  const OrderRow before = order;
  apply_payment(order, amount, legs);
  note_line_shares(transaction, taken.payment, before, order);
  store(transaction, order);
  post(transaction,
       {.kind = EntryKind::payment,
        .centre = order.centre,
        .order = order.id,
        .payment = taken.payment.id},
       legs);
  tell_payment(transaction, order, taken.payment, order.owed == 0);
  if (had_top_up && order.owed == 0) {
    pay_debts_from_balance(transaction, order.payer, order.centre);
  }
  return told(transaction, taken.payment);
}

// --- several orders ---

std::vector<OrderId> owing_orders(Transaction& transaction, ClientId payer, CentreId centre) {
  static const std::string sql = "SELECT id FROM orders WHERE payer = $1 AND centre = $2 AND " +
                                 std::string(is_debt) + " ORDER BY id";
  std::vector<OrderId> orders;
  storage::Cursor rows = transaction.query(sql, payer, centre);
  while (rows.next()) orders.push_back(OrderId{rows.integer(0)});
  return orders;
}

Money debts_of(Transaction& transaction, ClientId payer, CentreId centre, OrderId except) {
  Money debts{0, currency_of(transaction, centre)};
  for (OrderId order : owing_orders(transaction, payer, centre)) {
    if (order != except) debts = plus(debts, owed(transaction, order));
  }
  return debts;
}

namespace {

/// Those of the orders that can be paid in such a way; all of them where none can, so that the
/// payment tells why.
std::vector<OrderId> payable_by(Transaction& transaction, std::span<const OrderId> orders,
                                PaymentMethod method) {
  std::vector<OrderId> payable;
  for (OrderId order : orders) {
    if (hindrance(transaction, stored_order(transaction, order), method).empty()) {
      payable.push_back(order);
    }
  }
  if (payable.empty()) payable.assign(orders.begin(), orders.end());
  return payable;
}

}  // namespace

void spread(Transaction& transaction, std::span<const OrderId> owing, const Tender& tender) {
  const std::vector<OrderId> orders = payable_by(transaction, owing, tender.method);
  std::int64_t owed_in_all = 0;
  for (OrderId order : orders) owed_in_all += owed(transaction, order).minor;
  if (owed_in_all == 0) throw Error(Code::conflict, "nothing_owed", "order");
  std::int64_t left = owed_in_all;
  if (tender.amount) {
    const CentreId centre = stored_order(transaction, orders.front()).centre;
    check_positive(transaction, centre, *tender.amount, "amount");
    left = tender.amount->minor;
  }
  if (left > owed_in_all) {
    const CentreId centre = stored_order(transaction, orders.front()).centre;
    throw Error(Code::invalid, "amount_over_owed", "amount",
                amount_details(transaction, centre, "owed", owed_in_all));
  }
  Tender part = tender;
  for (OrderId order : orders) {
    const Money due = owed(transaction, order);
    if (left == 0 || due.minor == 0) continue;
    part.amount = Money{std::min(left, due.minor), due.currency};
    left -= part.amount->minor;
    pay(transaction, order, part);
    part.external_ref.reset();  // a reference names one payment
  }
}

bool are_debts_first(Transaction& transaction, ClientId payer, CentreId centre) {
  return payer && storage::enabled(transaction, debts_first, centre);
}

std::vector<OrderId> other_owing_orders(Transaction& transaction, const OrderRow& order) {
  std::vector<OrderId> others = owing_orders(transaction, order.payer, order.centre);
  std::erase(others, order.id);
  return others;
}

Order pay_all(Transaction& transaction, OrderId id, const TenderList& tenders) {
  const OrderRow order = stored_order(transaction, id);
  std::vector<OrderId> orders{id};
  if (are_debts_first(transaction, order.payer, order.centre)) {
    orders = owing_orders(transaction, order.payer, order.centre);
    if (std::find(orders.begin(), orders.end(), id) == orders.end()) orders.push_back(id);
  }
  for_each_tender(tenders, [&](const Tender& tender) {
    check_way(transaction, order, tender.method);
    spread(transaction, orders, tender);
  });
  return order_of(transaction, id);
}

void pay_asked(Transaction& transaction, OrderId id, const TenderList& tenders) {
  const OrderRow order = stored_order(transaction, id);
  std::vector<OrderId> orders{id};
  if (are_debts_first(transaction, order.payer, order.centre)) {
    for (OrderId other : other_owing_orders(transaction, order)) orders.push_back(other);
  }
  bool is_any = false;
  for_each_tender(tenders, [&](const Tender& tender) {
    check_way(transaction, order, tender.method);
    const std::size_t count = tender.amount ? orders.size() : 1;
    spread(transaction, std::span<const OrderId>(orders).first(count), tender);
    is_any = true;
  });
  if (is_any && owed(transaction, id).minor == 0) {
    pay_debts_from_balance(transaction, order.payer, order.centre);
  }
}

void pay_debts_from_balance(Transaction& transaction, ClientId client, CentreId centre) {
  if (!are_debts_first(transaction, client, centre)) return;
  for (OrderId order : owing_orders(transaction, client, centre)) {
    if (stored_order(transaction, order).top_up_due > 0) continue;
    const std::int64_t there = funds_of(transaction, client, centre).amount;
    const Money due = owed(transaction, order);
    if (there <= 0) return;
    pay(transaction, order,
        {.method = PaymentMethod::balance,
         .amount = Money{std::min(there, due.minor), due.currency},
         .provider = {},
         .external_ref = {}});
  }
}

// --- providers ---

Payment await(Transaction& transaction, OrderId id, std::string_view provider, const Money& amount,
              std::string_view external_ref) {
  const OrderRow order = stored_order(transaction, id);
  const std::int64_t minor = tendered(
      transaction, order,
      {.method = PaymentMethod::external, .amount = amount, .provider = {}, .external_ref = {}});
  PaymentRow payment = new_payment(transaction, order, PaymentMethod::external, minor);
  payment.provider = std::string(provider);
  payment.external_ref = external_ref.empty()
                             ? crypto::hex(crypto::random_bytes(transaction.random(), 12))
                             : std::string(external_ref);
  check_reference(transaction, payment);
  storage::insert(transaction, "payments", payment);
  transaction.emit(
      PaymentStarted{.payment = payment.id,
                     .order = order.id,
                     .centre = order.centre,
                     .client = order.payer,
                     .amount = {payment.amount, currency_of(transaction, order.centre)}});
  return told(transaction, payment);
}

void complete(Transaction& transaction, PaymentRow& payment) {
  OrderRow order = stored_order(transaction, payment.order());
  const std::int64_t applied = std::min(order.owed, payment.amount);
  payment.status = PaymentStatus::completed;
  payment.unapplied = payment.amount - applied;
  payment.late = payment.unapplied > 0;
  payment.completed_at = transaction.now();
  store(transaction, payment);
  std::vector<Leg> legs{{account_of(payment.method), payment.amount},
                        {AccountKind::receivable, -applied},
                        {AccountKind::unapplied, -payment.unapplied}};
  apply_payment(order, applied, legs);
  if (applied > 0) store(transaction, order);
  post(transaction,
       {.kind = EntryKind::payment,
        .centre = order.centre,
        .order = order.id,
        .payment = payment.id},
       legs);
  const bool became_paid = applied > 0 && order.owed == 0;
  tell_payment(transaction, order, payment, became_paid);
  if (became_paid) {
    pay_debts_from_balance(transaction, order.payer, order.centre);
  }
}

Money use_late(Transaction& transaction, PaymentId id) {
  PaymentRow payment = stored_payment(transaction, id);
  OrderRow order = stored_order(transaction, payment.order());
  const std::int64_t used = std::min(order.owed, payment.unapplied);
  const Money told_amount{used, currency_of(transaction, order.centre)};
  if (used == 0) return told_amount;
  payment.unapplied -= used;
  store(transaction, payment);
  std::vector<Leg> legs{{AccountKind::unapplied, used}, {AccountKind::receivable, -used}};
  apply_payment(order, used, legs);
  store(transaction, order);
  post(transaction,
       {.kind = EntryKind::late_payment,
        .centre = order.centre,
        .order = order.id,
        .payment = payment.id},
       legs);
  if (order.owed == 0) {
    transaction.emit(OrderPaid{.order = order.id, .centre = order.centre, .client = order.payer});
  } else {
    transaction.emit(
        OrderChanged{.order = order.id, .centre = order.centre, .client = order.payer});
  }
  return told_amount;
}

}  // namespace frontdesk::money
