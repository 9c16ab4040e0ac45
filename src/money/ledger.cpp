#include "money/ledger.hpp"

#include "catalog/facts.hpp"
#include "storage/remembered.hpp"

#include <algorithm>
#include <map>

namespace frontdesk::money {
namespace {

std::int64_t sum(std::int64_t a, std::int64_t b) { return plus(Money{a}, Money{b}).minor; }

/// Legs on the same account become one side; those of 0 none.
std::vector<Leg> sides_of(std::span<const Leg> legs) {
  std::vector<Leg> sides;
  std::int64_t total = 0;
  for (const Leg& leg : legs) {
    total = sum(total, leg.amount);
    auto same = std::find_if(sides.begin(), sides.end(), [&](const Leg& side) {
      return side.account == leg.account && side.client == leg.client;
    });
    if (same == sides.end()) {
      sides.push_back(leg);
    } else {
      same->amount = sum(same->amount, leg.amount);
    }
  }
  std::erase_if(sides, [](const Leg& side) { return side.amount == 0; });
  if (total != 0) {
    throw Error(Code::internal, "defect", {},
                {{"problem", "a movement is off by " + std::to_string(total)}});
  }
  return sides;
}

/// No account holds more: that is what can be told.
constexpr std::int64_t sum_highest = 1'000'000'000'000'000'000;

/// The accounts that belong to no client, by kind. They are few and never go.
struct OwnAccounts {
  std::map<std::int64_t, LedgerAccountId> by_kind{};
};

OwnAccounts own_accounts(Transaction& transaction, CentreId centre) {
  auto& known = transaction.shared<storage::Remembered<OwnAccounts>>();
  return known.get(transaction, centre.value, [&] {
    OwnAccounts accounts;
    storage::Cursor rows = transaction.query(
        "SELECT kind, id FROM ledger_accounts WHERE centre = $1 AND holder = 0", centre);
    while (rows.next()) accounts.by_kind[rows.integer(0)] = LedgerAccountId{rows.integer(1)};
    return accounts;
  });
}

LedgerAccountId account_of(Transaction& transaction, CentreId centre, const Leg& side) {
  if (side.client) {
    return LedgerAccountId{
        transaction
            .one_number(
                "SELECT id FROM ledger_accounts WHERE centre = $1 AND kind = $2 AND holder = $3",
                centre, side.account, side.client.value)
            .value_or(0)};
  }
  const OwnAccounts accounts = own_accounts(transaction, centre);
  const auto found = accounts.by_kind.find(static_cast<std::int64_t>(side.account));
  return found == accounts.by_kind.end() ? LedgerAccountId{} : found->second;
}

/// Changes the account's balance, making the account the first time.
LedgerAccountId touch_account(Transaction& transaction, CentreId centre, const Leg& side) {
  // Two lean statements: RETURNING would keep its rows in a table of its own.
  const LedgerAccountId account = account_of(transaction, centre, side);
  if (account) {
    const std::int64_t changed = transaction.execute(
        "UPDATE ledger_accounts SET balance = balance + $2 WHERE id = $1"
        " AND balance + $2 BETWEEN -$3 AND $3",
        account, side.amount, sum_highest);
    if (changed == 0) throw Error(Code::invalid, "amount_overflow", "amount");
    return account;
  }
  if (!side.client) transaction.touch(storage::Topic::catalog);
  return transaction.insert<LedgerAccountId>(
      "INSERT INTO ledger_accounts (centre, kind, holder, balance) VALUES ($1, $2, $3, $4)", centre,
      side.account, side.client.value, side.amount);
}

ClientId whose_balance(const std::vector<Leg>& sides) {
  for (const Leg& side : sides) {
    if (side.client) return side.client;
  }
  return {};
}

}  // namespace

LedgerEntryId post(Transaction& transaction, const Movement& movement, std::span<const Leg> legs) {
  const std::vector<Leg> sides = sides_of(legs);
  if (sides.empty() && movement.units == 0) return {};
  const auto entry = transaction.insert<LedgerEntryId>(
      "INSERT INTO ledger_entries (at, kind, centre, \"order\", payment, client, units, reverses)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      transaction.now(), movement.kind, movement.centre, movement.order, movement.payment,
      whose_balance(sides), movement.units == 0 ? storage::Value{} : storage::value(movement.units),
      movement.reverses);
  if (!movement.memo.empty()) {
    transaction.execute("INSERT INTO ledger_memos (entry, memo) VALUES ($1, $2)", entry,
                        movement.memo);
  }
  std::int64_t line = 0;
  for (const Leg& side : sides) {
    transaction.execute(
        "INSERT INTO postings (entry, line, account, amount) VALUES ($1, $2, $3, $4)", entry,
        ++line, touch_account(transaction, movement.centre, side), side.amount);
  }
  return entry;
}

std::int64_t account_balance(Transaction& transaction, CentreId centre, AccountKind kind,
                             ClientId client) {
  return transaction
      .one_number(
          "SELECT balance FROM ledger_accounts WHERE centre = $1 AND kind = $2 AND holder = $3",
          centre, kind, client.value)
      .value_or(0);
}

Currency currency_of(Transaction& transaction, CentreId centre) {
  return catalog::facts_of(transaction, centre).currency;
}

namespace {

void check_amount(const Currency& currency, const Money& amount, std::string_view field) {
  if (!(amount.currency == currency)) {
    throw Error(Code::invalid, "currency_differs", field,
                {{"currency", std::string(currency.code())}});
  }
  if (amount.minor > amount_highest || amount.minor < -amount_highest) {
    throw Error(Code::invalid, "amount_too_large", field);
  }
}

}  // namespace

void check_amount(Transaction& transaction, CentreId centre, const Money& amount,
                  std::string_view field) {
  check_amount(currency_of(transaction, centre), amount, field);
}

void check_positive(Transaction& transaction, CentreId centre, const Money& amount,
                    std::string_view field) {
  check_amount(transaction, centre, amount, field);
  if (amount.minor <= 0) throw Error(Code::invalid, "amount_not_positive", field);
}

void check_not_negative(Transaction& transaction, CentreId centre, const Money& amount,
                        std::string_view field) {
  check_not_negative(currency_of(transaction, centre), amount, field);
}

void check_not_negative(const Currency& currency, const Money& amount, std::string_view field) {
  check_amount(currency, amount, field);
  if (amount.minor < 0) throw Error(Code::invalid, "amount_negative", field);
}

std::int64_t first_entry_at(Transaction& transaction, Instant at) {
  std::int64_t low = 1;
  std::int64_t high = transaction.one_number("SELECT max(id) FROM ledger_entries").value_or(0) + 1;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    storage::Cursor row = transaction.query(
        "SELECT id, at FROM ledger_entries WHERE id >= $1 ORDER BY id LIMIT 1", middle);
    if (!row.next() || row.instant(1) >= at) {
      high = middle;
    } else {
      low = row.integer(0) + 1;
    }
  }
  return low;
}

}  // namespace frontdesk::money
