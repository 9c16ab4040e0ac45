#include "access/relations.hpp"
#include "base/texts.hpp"
#include "money/amounts.hpp"
#include "money/papers.hpp"
#include "money/payments.hpp"
#include "money/refusals.hpp"
#include "money/settings.hpp"
#include "money/shift_totals.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"
#include "storage/refusals.hpp"

#include <frontdesk/money_balances.hpp>

namespace frontdesk::money {

constinit const storage::EventKind BalanceChanged::kind{
    "money.balance_changed",
    "A balance was paid out, or its credit limit was set; payments and refunds tell of themselves.",
    "money.view"};

namespace {

Balance balance_of(Transaction& transaction, ClientId client, CentreId centre) {
  const Funds funds = funds_of(transaction, client, centre);
  const Currency currency = currency_of(transaction, centre);
  return {
      .client = client,
      .centre = centre,
      .amount = {funds.amount, currency},
      .credit_limit = {funds.credit_limit, currency},
      .available = {std::max<std::int64_t>(0, funds.available()), currency},
      .owed = debts_of(transaction, client, centre),
  };
}

}  // namespace

// --- look ---

Balance handle(Transaction& transaction, const GetBalance& request) {
  check_centre(transaction, request.centre, request.client);
  return balance_of(transaction, request.client, request.centre);
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
};

constinit const Operation GetBalance::operation = storage::define<GetBalance>({
    .number = 721,
    .name = "money.get_balance",
    .kind = OperationKind::read,
    .doc = "What a client has with a centre, and owes it.",
    .rule = {.permission = "money.view", .subject = Subject::client, .field = "client"},
    .refusals = get_refusals,
    .example = R"({"client": 1, "centre": 1})",
});

// --- top up ---

Order handle(Transaction& transaction, const TopUp& request) {
  check_buyer(transaction, request.client, "client");
  check_centre(transaction, request.centre, request.client);
  check_positive(transaction, request.centre, request.amount, "amount");
  check_tenders(transaction, request.centre, request.tenders);
  NewLine line;
  line.kind = LineKind::top_up;
  line.text = texts::get(transaction.language(), "money.top_up");
  line.price = request.amount;
  line.total = request.amount;
  line.discount = line.tax = Money{0, request.amount.currency};
  NewOrder order;
  order.centre = request.centre;
  order.payer = request.client;
  if (may_sell(transaction, request.centre)) {
    order.seller = transaction.principal().account;
    order.channel = seating::Channel::box_office;
  }
  order.lines.push_back(std::move(line));
  transaction.concern(request.centre);
  return open_order(transaction, order, request.tenders);
}

static constexpr Refusal top_up_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "currency_differs", "an amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "an amount is beyond all reason"},
    {Code::invalid, "amount_not_positive", "an amount is not above zero"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::denied, "permission_denied", "a way of paying needs another permission"},
    {Code::conflict, "nothing_owed", "a tender comes when nothing is owed"},
    {Code::invalid, "amount_over_owed", "a tender is more than what is owed"},
    {Code::invalid, "top_up_from_balance", "a top-up is to be paid from a balance"},
    {Code::conflict, "payment_ref_taken", "another payment has the provider's reference"},
    {Code::conflict, "no_open_shift", "cash comes without an open shift of the caller's"},
};

constinit const Operation TopUp::operation = storage::define<TopUp>({
    .number = 720,
    .name = "money.top_up",
    .kind = OperationKind::write,
    .doc = "Puts money on a client's balance, paid at once or to be paid.",
    .rule = {.permission = "bookings.book", .subject = Subject::client, .field = "client"},
    .refusals = top_up_refusals,
    .example = R"({"client": 1, "centre": 1, "amount": {"amount": 100000, "currency": "UAH"}})",
});

// --- pay out ---

Balance handle(Transaction& transaction, const PayOut& request) {
  if (!transaction.reach().covers(request.centre)) storage::missing("centre", "centre");
  check_positive(transaction, request.centre, request.amount, "amount");
  if (request.method != PaymentMethod::cash && request.method != PaymentMethod::external) {
    throw Error(Code::invalid, "method_not_accepted", "method");
  }
  const std::int64_t amount = request.amount.minor;
  check_balance(transaction, request.client, request.centre, amount, "amount");
  AccountKind target = AccountKind::bank;
  if (request.method == PaymentMethod::cash) {
    const ShiftId shift = shift_for_cash(transaction, request.centre);
    target = AccountKind::till;
    queue_pay_out_receipt(transaction, request.centre, amount);
    if (shift) {
      check_cash(transaction, shift, request.centre, amount);
      // The reason is about a person: it stands in the memo alone, which goes with them.
      move_cash(transaction, shift, -amount, AccountKind::client_balance, {});
    }
  }
  const Leg legs[] = {{AccountKind::client_balance, amount, request.client}, {target, -amount}};
  post(transaction, {.kind = EntryKind::pay_out, .centre = request.centre, .memo = request.reason},
       legs);
  transaction.concern(request.centre);
  transaction.concern(request.client);
  transaction.emit(BalanceChanged{.client = request.client, .centre = request.centre});
  return balance_of(transaction, request.client, request.centre);
}

static constexpr Refusal pay_out_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond all reason"},
    {Code::invalid, "amount_not_positive", "the amount is not above zero"},
    {Code::invalid, "method_not_accepted", "balances are paid out in cash or by transfer"},
    {Code::conflict, "balance_too_low", "there is less on the balance"},
    {Code::conflict, "no_open_shift", "cash goes without an open shift of the caller's"},
    {Code::conflict, "till_too_low", "there is less in the caller's till"},
};

constinit const Operation PayOut::operation = storage::define<PayOut>({
    .number = 722,
    .name = "money.pay_out",
    .kind = OperationKind::write,
    .doc = "Pays money of a client's balance out.",
    .rule = {.permission = "money.refund", .subject = Subject::client, .field = "client"},
    .refusals = pay_out_refusals,
    .example = R"({"client": 1, "centre": 1, "amount": {"amount": 20000, "currency": "UAH"},
 "reason": "Leaves the studio"})",
});

// --- debts ---

Balance handle(Transaction& transaction, const PayDebts& request) {
  check_centre(transaction, request.centre, request.client);
  check_tenders(transaction, request.centre, request.tenders);
  transaction.concern(request.centre);
  const std::vector<OrderId> orders = owing_orders(transaction, request.client, request.centre);
  if (orders.empty()) throw Error(Code::conflict, "nothing_owed", "client");
  for_each_tender(TenderList(request.tenders),
                  [&](const Tender& tender) { spread(transaction, orders, tender); });
  return balance_of(transaction, request.client, request.centre);
}

static constexpr Refusal debts_checks[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::denied, "permission_denied", "a way of paying needs another permission"},
    {Code::invalid, "top_up_from_balance", "all that is owed has a top-up beside it"},
    {Code::conflict, "payments_too_many", "the order has too many payments"},
};
static constexpr auto debts_refusals = storage::joined(
    debts_checks, money::amount_refusals, money::tender_refusals, money::purse_refusals);

constinit const Operation PayDebts::operation = storage::define<PayDebts>({
    .number = 725,
    .name = "money.pay_debts",
    .kind = OperationKind::write,
    .doc = "Pays what a client owes a centre, the oldest order first.",
    .rule = {.permission = "bookings.book", .subject = Subject::client, .field = "client"},
    .refusals = debts_refusals,
    .example = R"({"client": 1, "centre": 1, "tenders": [{"method": "balance"}]})",
});

namespace {

/// A row of the list of debtors; the amount in minor units.
struct DebtorRow {
  ClientId client{};
  CentreId centre{};
  std::int64_t owed = 0;
  std::int64_t orders = 0;
  Instant since{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&DebtorRow::client>("Column."), field<&DebtorRow::centre>("Column."),
        field<&DebtorRow::owed>("Column."),   field<&DebtorRow::orders>("Column."),
        field<&DebtorRow::since>("Column."),
    };
    return table;
  }
};

std::string debtors() {
  return "(SELECT payer AS client, centre, sum(owed) AS owed, count(*) AS orders,"
         " min(created_at) AS since FROM orders WHERE payer IS NOT NULL AND " +
         std::string(is_debt) + " GROUP BY payer, centre) AS debtors";
}

}  // namespace

Page<Debtor> handle(Transaction& transaction, const Debtors& request) {
  storage::List list(debtors());
  access::narrow_to_reach(list, transaction,
                          {.client = "debtors.client", .centre = "debtors.centre"});
  if (request.centre) list.where("debtors.centre = $", request.centre);
  if (request.before) list.where("since < $", *request.before);
  list.order({{"since"}, {"client"}, {"centre"}});
  auto rows = list.page<DebtorRow>(transaction, request.cursor, request.limit);
  Page<Debtor> page{.items = {}, .next = rows.next};
  for (const DebtorRow& row : rows.items) {
    page.items.push_back({.client = row.client,
                          .centre = row.centre,
                          .owed = {row.owed, currency_of(transaction, row.centre)},
                          .orders = row.orders,
                          .since = row.since});
  }
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Debtors::operation = storage::define<Debtors>({
    .number = 724,
    .name = "money.debtors",
    .kind = OperationKind::read,
    .doc = "Who owes what, since when; the oldest debt first.",
    .rule = {.permission = "money.view"},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

// --- credit ---

Balance handle(Transaction& transaction, const SetCreditLimit& request) {
  if (!transaction.reach().covers(request.centre)) storage::missing("centre", "centre");
  check_not_negative(transaction, request.centre, request.credit_limit, "credit_limit");
  if (request.credit_limit.minor > 0) check_buyer(transaction, request.client, "client");
  transaction.execute(
      "INSERT INTO ledger_accounts (centre, kind, holder, balance, credit_limit)"
      " VALUES ($1, $2, $3, 0, $4)"
      " ON CONFLICT (centre, kind, holder) DO UPDATE SET credit_limit = excluded.credit_limit",
      request.centre, AccountKind::client_balance, request.client.value,
      request.credit_limit.minor);
  transaction.concern(request.centre);
  transaction.concern(request.client);
  transaction.emit(BalanceChanged{.client = request.client, .centre = request.centre});
  const Balance balance = balance_of(transaction, request.client, request.centre);
  if (balance.amount.minor + balance.credit_limit.minor < 0) {
    throw Error(Code::conflict, "credit_in_use", "credit_limit",
                amount_details(transaction, request.centre, "used", -balance.amount.minor));
  }
  return balance;
}

static constexpr Refusal credit_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond all reason"},
    {Code::invalid, "amount_negative", "the amount is below zero"},
    {Code::conflict, "credit_in_use", "more than that is drawn already"},
};

constinit const Operation SetCreditLimit::operation = storage::define<SetCreditLimit>({
    .number = 723,
    .name = "money.set_credit_limit",
    .kind = OperationKind::write,
    .doc = "Sets how far below zero a client's balance at a centre may go.",
    .rule = {.permission = "money.adjust", .subject = Subject::client, .field = "client"},
    .refusals = credit_refusals,
    .example = R"({"client": 1, "centre": 1, "credit_limit": {"amount": 50000,
 "currency": "UAH"}})",
});

}  // namespace frontdesk::money
