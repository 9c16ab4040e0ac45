/// A client's statement: the movements of their balance, each with what was there afterwards.
#include "money/payments.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <frontdesk/money_balances.hpp>

namespace frontdesk::money {
namespace {

/// A movement of a balance; credit is what came.
struct MoveRow {
  LedgerEntryId entry{};
  Instant at{};
  EntryKind kind = EntryKind::payment;
  OrderId order{};
  std::optional<std::string> memo{};
  std::int64_t amount = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&MoveRow::entry>("Column."), field<&MoveRow::at>("Column."),
        field<&MoveRow::kind>("Column."),  field<&MoveRow::order>("Column."),
        field<&MoveRow::memo>("Column."),  field<&MoveRow::amount>("Column."),
    };
    return table;
  }
};

constexpr std::string_view moves =
    "(SELECT ledger_entries.id AS entry, ledger_entries.at, ledger_entries.kind,"
    " ledger_entries.\"order\", ledger_memos.memo, -postings.amount AS amount,"
    " ledger_entries.client, ledger_accounts.centre, ledger_accounts.holder,"
    " ledger_accounts.kind AS account_kind"
    " FROM ledger_entries JOIN postings ON postings.entry = ledger_entries.id"
    " JOIN ledger_accounts ON ledger_accounts.id = postings.account"
    " LEFT JOIN ledger_memos ON ledger_memos.entry = ledger_entries.id) AS moves";

std::int64_t balance_after(Transaction& transaction, ClientId client, CentreId centre,
                           LedgerEntryId entry) {
  return -transaction
              .one_number(
                  "SELECT sum(postings.amount) FROM ledger_entries"
                  " JOIN postings ON postings.entry = ledger_entries.id"
                  " JOIN ledger_accounts ON ledger_accounts.id = postings.account"
                  " WHERE ledger_entries.client = $1 AND ledger_entries.id <= $2"
                  " AND ledger_accounts.holder = $3 AND ledger_accounts.centre = $4"
                  " AND ledger_accounts.kind = $5",
                  client, entry, client.value, centre, AccountKind::client_balance)
              .value_or(0);
}

}  // namespace

Page<StatementLine> handle(Transaction& transaction, const Statement& request) {
  check_centre(transaction, request.centre, request.client);
  storage::List list(moves);
  list.where("client = $", request.client);
  list.where("holder = $", request.client.value);
  list.where("centre = $", request.centre);
  list.where("account_kind = $", AccountKind::client_balance);
  if (request.from) list.where("at >= $", *request.from);
  if (request.to) list.where("at < $", *request.to);
  list.order({{"entry", true}});
  auto rows = list.page<MoveRow>(transaction, request.cursor, request.limit);
  Page<StatementLine> page{.items = {}, .next = rows.next};
  if (rows.items.empty()) return page;
  const Currency currency = currency_of(transaction, request.centre);
  Money after{balance_after(transaction, request.client, request.centre, rows.items[0].entry),
              currency};
  for (const MoveRow& row : rows.items) {
    const Money amount{row.amount, currency};
    page.items.push_back({.entry = row.entry,
                          .at = row.at,
                          .kind = row.kind,
                          .order = row.order,
                          .memo = row.memo,
                          .amount = amount,
                          .after = after});
    after = minus(after, amount);
  }
  return page;
}

static constexpr Refusal refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Statement::operation = storage::define<Statement>({
    .number = 726,
    .name = "money.statement",
    .kind = OperationKind::read,
    .doc = "Lists the movements of a client's balance at a centre, newest first.",
    .rule = {.permission = "money.view", .subject = Subject::client, .field = "client"},
    .refusals = refusals,
    .example = R"({"client": 1, "centre": 1})",
});

}  // namespace frontdesk::money
