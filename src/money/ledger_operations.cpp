#include "access/relations.hpp"
#include "money/payments.hpp"
#include "people/clients.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

namespace frontdesk::money {

constinit const storage::EventKind LedgerCorrected::kind{
    "money.ledger_corrected", "The ledger was corrected, or a correction was reversed.",
    "money.view_books"};

namespace {

/// A row of `ledger_entries`.
struct EntryRow {
  LedgerEntryId id{};
  Instant at{};
  EntryKind kind = EntryKind::sale;
  CentreId centre{};
  OrderId order{};
  PaymentId payment{};
  ClientId client{};
  std::int64_t units = 0;
  LedgerEntryId reverses{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&EntryRow::id>("Column."),       field<&EntryRow::at>("Column."),
        field<&EntryRow::kind>("Column."),     field<&EntryRow::centre>("Column."),
        field<&EntryRow::order>("Column."),    field<&EntryRow::payment>("Column."),
        field<&EntryRow::client>("Column."),   field<&EntryRow::units>("Column."),
        field<&EntryRow::reverses>("Column."),
    };
    return table;
  }
};

std::optional<std::string> memo_of(Transaction& transaction, LedgerEntryId entry) {
  storage::Cursor row = transaction.query("SELECT memo FROM ledger_memos WHERE entry = $1", entry);
  if (!row.next()) return std::nullopt;
  return std::string(row.text(0));
}

LedgerEntry told(Transaction& transaction, const EntryRow& row) {
  LedgerEntry entry{
      .id = row.id,
      .at = row.at,
      .kind = row.kind,
      .centre = row.centre,
      .order = row.order,
      .payment = row.payment,
      .client = row.client,
      .memo = memo_of(transaction, row.id),
      .units = row.units,
      .reverses = row.reverses,
      .postings = {},
  };
  const Currency currency = currency_of(transaction, row.centre);
  storage::Cursor sides = transaction.query(
      "SELECT account, kind, holder, amount FROM postings"
      " JOIN ledger_accounts ON ledger_accounts.id = postings.account"
      " WHERE entry = $1 ORDER BY line",
      row.id);
  while (sides.next()) {
    entry.postings.push_back({.account = sides.id<LedgerAccountTag>(0),
                              .kind = static_cast<AccountKind>(sides.integer(1)),
                              .client = sides.id<ClientTag>(2),
                              .amount = {sides.integer(3), currency}});
  }
  return entry;
}

LedgerEntry told(Transaction& transaction, LedgerEntryId id) {
  auto row = storage::find<EntryRow>(transaction, "ledger_entries WHERE id = $1", id);
  if (!row) storage::missing("ledger_entry", "entry");
  return told(transaction, *row);
}

}  // namespace

// --- lists ---

Page<LedgerEntry> handle(Transaction& transaction, const Ledger& request) {
  storage::List list("ledger_entries");
  access::narrow_to_reach(list, transaction, {.centre = "centre"});
  if (request.centre) list.where("centre = $", request.centre);
  if (request.client) list.where("client = $", request.client);
  if (request.order) list.where("\"order\" = $", request.order);
  if (request.kind) list.where("ledger_entries.kind = $", *request.kind);
  if (request.account) {
    list.where(
        "EXISTS (SELECT 1 FROM postings JOIN ledger_accounts"
        " ON ledger_accounts.id = postings.account"
        " WHERE postings.entry = ledger_entries.id AND ledger_accounts.kind = $)",
        *request.account);
  }
  if (request.from) list.where("id >= $", first_entry_at(transaction, *request.from));
  if (request.to) list.where("id < $", first_entry_at(transaction, *request.to));
  list.order({{"id", true}});
  auto rows = list.page<EntryRow>(transaction, request.cursor, request.limit);
  Page<LedgerEntry> page{.items = {}, .next = rows.next};
  for (const EntryRow& row : rows.items) page.items.push_back(told(transaction, row));
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Ledger::operation = storage::define<Ledger>({
    .number = 730,
    .name = "money.ledger",
    .kind = OperationKind::read,
    .doc = "Lists movements of the ledger with their postings, newest first.",
    .rule = {.permission = "money.view_books"},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "account": "till"})",
});

namespace {

/// A row of the trial balance.
struct AccountRow {
  LedgerAccountId id{};
  AccountKind kind = AccountKind::till;
  CentreId centre{};
  std::int64_t holder = 0;
  std::int64_t balance = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&AccountRow::id>("Column."),      field<&AccountRow::kind>("Column."),
        field<&AccountRow::centre>("Column."),  field<&AccountRow::holder>("Column."),
        field<&AccountRow::balance>("Column."),
    };
    return table;
  }
};

constexpr std::string_view summed_up =
    "(SELECT min(id) AS id, kind, centre, 0 AS holder, sum(balance) AS balance"
    " FROM ledger_accounts GROUP BY centre, kind) AS accounts";

}  // namespace

Page<LedgerAccount> handle(Transaction& transaction, const Accounts& request) {
  storage::List list(request.by_client ? "ledger_accounts AS accounts" : summed_up);
  access::narrow_to_reach(list, transaction, {.centre = "accounts.centre"});
  if (request.centre) list.where("accounts.centre = $", request.centre);
  if (request.kind) list.where("accounts.kind = $", *request.kind);
  list.order({{"accounts.centre"}, {"accounts.kind"}, {"accounts.id"}});
  auto rows = list.page<AccountRow>(transaction, request.cursor, request.limit);
  Page<LedgerAccount> page{.items = {}, .next = rows.next};
  for (const AccountRow& row : rows.items) {
    page.items.push_back({.id = row.id,
                          .kind = row.kind,
                          .centre = row.centre,
                          .client = ClientId{row.holder},
                          .balance = {row.balance, currency_of(transaction, row.centre)}});
  }
  return page;
}

constinit const Operation Accounts::operation = storage::define<Accounts>({
    .number = 731,
    .name = "money.accounts",
    .kind = OperationKind::read,
    .doc = "Lists the ledger's accounts with their balances (trial balance).",
    .rule = {.permission = "money.view_books"},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

// --- correct ---

namespace {

/// Accounts whose sum follows from orders, payments, shifts, subscriptions and the like: a
/// correction there would set them against each other.
bool is_kept(AccountKind kind) {
  switch (kind) {
    case AccountKind::till:
    case AccountKind::receivable:
    case AccountKind::unapplied:
    case AccountKind::top_ups_due:
    case AccountKind::refunds_due:
    case AccountKind::partner_payable:
    case AccountKind::gift_cards:
    case AccountKind::points:
    case AccountKind::deferred_revenue:
      return true;
    default:
      return false;
  }
}

void check_open_to_corrections(AccountKind kind, std::string_view field) {
  if (is_kept(kind)) throw Error(Code::invalid, "account_kept", field);
}

Leg leg_of(Transaction& transaction, const Adjust& request, AccountKind kind, std::int64_t amount) {
  if (kind != AccountKind::client_balance) return {kind, amount};
  if (!request.client) throw Error(Code::invalid, "balance_needs_client", "client");
  if (amount > 0) check_funds(transaction, request.client, request.centre, amount);
  return {kind, amount, request.client};
}

LedgerEntry corrected(Transaction& transaction, LedgerEntryId id) {
  LedgerEntry entry = told(transaction, id);
  transaction.emit(
      LedgerCorrected{.entry = entry.id, .centre = entry.centre, .client = entry.client});
  return entry;
}

}  // namespace

LedgerEntry handle(Transaction& transaction, const Adjust& request) {
  check_positive(transaction, request.centre, request.amount, "amount");
  const bool is_credited = request.from == AccountKind::client_balance;
  is_credited ? check_buyer(transaction, request.client, "client")
              : check_client(transaction, request.client, "client");
  if (request.from == request.to) throw Error(Code::invalid, "accounts_same", "to");
  check_open_to_corrections(request.from, "from");
  check_open_to_corrections(request.to, "to");
  const Leg legs[] = {
      leg_of(transaction, request, request.to, request.amount.minor),
      leg_of(transaction, request, request.from, -request.amount.minor),
  };
  transaction.concern(request.centre);
  transaction.concern(request.client);
  return corrected(
      transaction,
      post(transaction,
           {.kind = EntryKind::adjustment, .centre = request.centre, .memo = request.reason},
           legs));
}

static constexpr Refusal adjust_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond all reason"},
    {Code::invalid, "amount_not_positive", "the amount is not above zero"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::invalid, "accounts_same", "both accounts are the same"},
    {Code::invalid, "account_kept",
     "the account follows from orders, shifts, subscriptions and the like"},
    {Code::invalid, "balance_needs_client", "a balance is moved, but no client is named"},
    {Code::conflict, "balance_too_low", "there is less on the balance"},
    {Code::invalid, "amount_overflow", "an account would hold more than can be counted with"},
};
constinit const Operation Adjust::operation = storage::define<Adjust>({
    .number = 734,
    .name = "money.adjust",
    .kind = OperationKind::write,
    .doc = "Corrects the ledger by moving an amount between two accounts, with a reason.",
    .rule = {.permission = "money.adjust", .subject = Subject::centre, .field = "centre"},
    .refusals = adjust_refusals,
    .example = R"({"centre": 1, "from": "adjustments", "to": "bank",
 "amount": {"amount": 100, "currency": "UAH"}, "reason": "Interest"})",
});

namespace {

/// Who has the balance of a client now: another one where the two were merged since.
ClientId holder_now(Transaction& transaction, ClientId client) {
  if (!client) return client;
  const ClientId merged_into = people::stored_client(transaction, client).merged_into;
  return merged_into ? merged_into : client;
}

}  // namespace

LedgerEntry handle(Transaction& transaction, const ReverseEntry& request) {
  auto row = storage::find<EntryRow>(transaction, "ledger_entries WHERE id = $1", request.entry);
  if (!row || !transaction.reach().covers(row->centre)) {
    storage::missing("ledger_entry", "entry");
  }
  if (row->kind != EntryKind::adjustment) {
    throw Error(Code::conflict, "entry_not_reversible", "entry");
  }
  if (transaction.exists("SELECT 1 FROM ledger_entries WHERE reverses = $1", row->id)) {
    throw Error(Code::conflict, "entry_reversed", "entry");
  }
  std::vector<Leg> legs;
  for (const Posting& side : told(transaction, *row).postings) {
    const ClientId holder = holder_now(transaction, side.client);
    if (holder && side.amount.minor < 0) {
      check_funds(transaction, holder, row->centre, -side.amount.minor);
    }
    legs.push_back({side.kind, -side.amount.minor, holder});
    transaction.concern(holder);
  }
  transaction.concern(row->centre);
  return corrected(transaction, post(transaction,
                                     {.kind = EntryKind::reversal,
                                      .centre = row->centre,
                                      .memo = request.reason,
                                      .reverses = row->id},
                                     legs));
}

static constexpr Refusal reverse_refusals[] = {
    {Code::not_found, "ledger_entry_not_found", "no such movement, or not within reach"},
    {Code::conflict, "entry_not_reversible", "it is no correction: void, refund or reverse that"},
    {Code::conflict, "entry_reversed", "it was reversed before"},
    {Code::conflict, "balance_too_low", "there is less on the balance"},
};

constinit const Operation ReverseEntry::operation = storage::define<ReverseEntry>({
    .number = 732,
    .name = "money.reverse_entry",
    .kind = OperationKind::write,
    .doc = "Undoes a correction of the ledger by the opposite movement.",
    .rule = {.permission = "money.adjust"},
    .refusals = reverse_refusals,
    .example = R"({"entry": 1, "reason": "Booked twice"})",
});

}  // namespace frontdesk::money
