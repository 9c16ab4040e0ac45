/// A person's part of money: what they bought, paid and have.
#include "describe/json.hpp"
#include "money/guests.hpp"
#include "money/lists.hpp"
#include "money/payments.hpp"

#include <frontdesk/money_invoices.hpp>

namespace frontdesk::money {
namespace {

struct PersonsBalance {
  CentreId centre{};
  Money amount{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsBalance::centre>("The centre."),
        field<&PersonsBalance::amount>("What is there."),
    };
    return table;
  }
};

/// Money of a person as they take it along.
struct PersonsMoney {
  std::vector<PersonsBalance> balances{};
  std::vector<Order> orders{};
  std::vector<Payment> payments{};
  std::vector<Refund> refunds{};
  std::vector<Invoice> invoices{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsMoney::balances>("Balances with centres."),
        field<&PersonsMoney::orders>("Orders they paid or owe."),
        field<&PersonsMoney::payments>("Payments for them."),
        field<&PersonsMoney::refunds>("What was given back."),
        field<&PersonsMoney::invoices>("Invoices and credit notes."),
    };
    return table;
  }
};

/// Accounts of a client's balances: centre, amount, credit limit.
struct Held {
  CentreId centre{};
  std::int64_t amount = 0;
  std::int64_t credit_limit = 0;
};

std::vector<Held> held_by(Transaction& transaction, ClientId client) {
  std::vector<Held> held;
  storage::Cursor rows = transaction.query(
      "SELECT centre, -balance, credit_limit FROM ledger_accounts"
      " WHERE holder = $1 AND kind = $2 AND holder <> 0 ORDER BY centre",
      client.value, AccountKind::client_balance);
  while (rows.next()) {
    held.push_back({rows.id<CentreTag>(0), rows.integer(1), rows.integer(2)});
  }
  return held;
}

std::string export_person(Transaction& transaction, ClientId client) {
  PersonsMoney person;
  for (const Held& held : held_by(transaction, client)) {
    person.balances.push_back(
        {held.centre, Money{held.amount, currency_of(transaction, held.centre)}});
  }
  for (const OrderRow& order :
       storage::all<OrderRow>(transaction, "orders WHERE payer = $1 ORDER BY id", client)) {
    person.orders.push_back(told(transaction, order));
    for (const PaymentRow& payment : payments_of(transaction, order.id)) {
      person.payments.push_back(told(transaction, payment));
    }
    for (const RefundRow& refund : storage::all<RefundRow>(
             transaction, "refunds WHERE \"order\" = $1 ORDER BY id", order.id)) {
      person.refunds.push_back(told(transaction, refund));
    }
  }
  person.invoices =
      storage::all<Invoice>(transaction, "invoices WHERE client = $1 ORDER BY id", client);
  return describe::encode(person);
}

/// Balances move by the ledger, each side a movement of its own, so that both statements show it.
void merge_person(Transaction& transaction, ClientId keep, ClientId duplicate) {
  for (const Held& held : held_by(transaction, duplicate)) {
    const Leg out[] = {{AccountKind::client_balance, held.amount, duplicate},
                       {AccountKind::adjustments, -held.amount}};
    const Leg in[] = {{AccountKind::adjustments, held.amount},
                      {AccountKind::client_balance, -held.amount, keep}};
    post(transaction, {.kind = EntryKind::merge, .centre = held.centre}, out);
    post(transaction, {.kind = EntryKind::merge, .centre = held.centre}, in);
    if (held.credit_limit == 0) continue;
    transaction.execute(
        "INSERT INTO ledger_accounts (centre, kind, holder, balance, credit_limit)"
        " VALUES ($1, $2, $3, 0, $4) ON CONFLICT (centre, kind, holder) DO UPDATE"
        " SET credit_limit = credit_limit + excluded.credit_limit",
        held.centre, AccountKind::client_balance, keep.value, held.credit_limit);
    transaction.execute(
        "UPDATE ledger_accounts SET credit_limit = 0"
        " WHERE centre = $1 AND kind = $2 AND holder = $3",
        held.centre, AccountKind::client_balance, duplicate.value);
  }
  std::vector<OrderId> orders;
  {
    storage::Cursor rows = transaction.query("SELECT id FROM orders WHERE payer = $1", duplicate);
    while (rows.next()) orders.push_back(OrderId{rows.integer(0)});
  }
  for (OrderId order : orders) {
    transaction.execute(
        "UPDATE payments SET client = $3, version = version + 1 WHERE id > $1 AND id < $2",
        order.value * numbers_per_order, (order.value + 1) * numbers_per_order, keep);
    transaction.execute(
        "UPDATE refunds SET client = $2, version = version + 1 WHERE \"order\" = $1", order, keep);
  }
  transaction.execute("UPDATE orders SET payer = $1, version = version + 1 WHERE payer = $2", keep,
                      duplicate);
  transaction.execute("UPDATE invoices SET client = $1 WHERE client = $2", keep, duplicate);
}

/// What is written about a person goes; amounts stay, so that the books balance. Buyers on invoices
/// wait for the legal term.
void erase_person(Transaction& transaction, ClientId client) {
  transaction.execute(
      "UPDATE orders SET guest_name = NULL, guest_email = NULL, guest_phone = NULL WHERE payer = $1"
      " AND (guest_name IS NOT NULL OR guest_email IS NOT NULL OR guest_phone IS NOT NULL)",
      client);
  transaction.execute(
      "DELETE FROM ledger_memos WHERE entry IN (SELECT ledger_entries.id FROM orders"
      " JOIN ledger_entries ON ledger_entries.\"order\" = orders.id WHERE orders.payer = $1)",
      client);
  transaction.execute(
      "DELETE FROM ledger_memos WHERE entry IN"
      " (SELECT id FROM ledger_entries WHERE client = $1)",
      client);
  transaction.execute(
      "UPDATE refunds SET reason = NULL, problem = NULL WHERE \"order\" IN"
      " (SELECT id FROM orders WHERE payer = $1)",
      client);
  storage::Cursor rows =
      transaction.query("SELECT DISTINCT \"order\" FROM invoices WHERE client = $1", client);
  std::vector<OrderId> invoiced;
  while (rows.next()) invoiced.push_back(OrderId{rows.integer(0)});
  for (OrderId order : invoiced) let_buyers_go(transaction, order);
}

void keep_currency(Transaction& transaction, std::int64_t centre) {
  if (transaction.exists("SELECT 1 FROM ledger_accounts WHERE centre = $1 LIMIT 1", centre) ||
      transaction.exists("SELECT 1 FROM orders WHERE centre = $1 LIMIT 1", centre)) {
    throw Error(Code::conflict, "currency_in_use", "currency");
  }
  if (transaction.exists("SELECT 1 FROM partner_terms WHERE centre = $1"
                         " AND json_extract(amount_per_visit, '$.amount') <> 0",
                         centre)) {
    throw Error(Code::conflict, "prices_in_currency", "currency");
  }
}

}  // namespace

namespace lists {

constinit const storage::ExportPart export_money{"money", export_person};
constinit const storage::MergePart merge_money{"money", merge_person};
constinit const storage::ErasePart erase_money{"money", erase_person};
constinit const storage::Veto keep_currency_of_centre{"catalog.change_currency", keep_currency};

}  // namespace lists
}  // namespace frontdesk::money
