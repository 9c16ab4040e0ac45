/// Fiscal receipts (SPEC M6): queued with payments and refunds, claimed by the host for its
/// provider, tried again with growing waits.
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "money/papers.hpp"
#include "money/payments.hpp"
#include "money/settings.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

namespace frontdesk::money {

constinit const storage::EventKind ReceiptFailed::kind{
    "money.receipt_failed", "A fiscal receipt was given up after too many attempts.",
    "money.invoice"};

namespace {

/// A row of `receipts`; the amount in minor units.
struct ReceiptRow {
  ReceiptId id{};
  std::int64_t version = 1;
  CentreId centre{};
  OrderId order{};
  PaymentId payment{};
  RefundId refund{};
  std::int64_t amount = 0;
  ReceiptStatus status = ReceiptStatus::waiting;
  std::int64_t attempts = 0;
  std::optional<std::string> number{};
  std::optional<std::string> problem{};
  Instant created_at{};
  Instant next_at{};
  std::optional<Instant> finished_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ReceiptRow::id>("Column."),       field<&ReceiptRow::version>("Column."),
        field<&ReceiptRow::centre>("Column."),   field<&ReceiptRow::order>("Column."),
        field<&ReceiptRow::payment>("Column."),  field<&ReceiptRow::refund>("Column."),
        field<&ReceiptRow::amount>("Column."),   field<&ReceiptRow::status>("Column."),
        field<&ReceiptRow::attempts>("Column."), field<&ReceiptRow::number>("Column."),
        field<&ReceiptRow::problem>("Column."),  field<&ReceiptRow::created_at>("Column."),
        field<&ReceiptRow::next_at>("Column."),  field<&ReceiptRow::finished_at>("Column."),
    };
    return table;
  }
};

Receipt told(Transaction& transaction, const ReceiptRow& row) {
  return {
      .id = row.id,
      .version = row.version,
      .centre = row.centre,
      .order = row.order,
      .payment = row.payment,
      .refund = row.refund,
      .amount = {row.amount, currency_of(transaction, row.centre)},
      .status = row.status,
      .attempts = row.attempts,
      .number = row.number,
      .problem = row.problem,
      .created_at = row.created_at,
      .next_at = row.next_at,
      .finished_at = row.finished_at,
  };
}

void store(Transaction& transaction, ReceiptRow& receipt) {
  ++receipt.version;
  storage::update(transaction, "receipts", receipt);
}

void queue(Transaction& transaction, const PaymentRow& payment, RefundId refund,
           std::int64_t amount) {
  const bool is_fiscal = is_money(payment.method) && payment.method != PaymentMethod::balance;
  if (!is_fiscal || !storage::enabled(transaction, fiscal_receipts, payment.centre)) return;
  ReceiptRow receipt;
  receipt.centre = payment.centre;
  receipt.order = payment.order();
  receipt.payment = payment.id;
  receipt.refund = refund;
  receipt.amount = amount;
  receipt.created_at = transaction.now();
  receipt.next_at = transaction.now();
  storage::insert(transaction, "receipts", receipt);
}

std::optional<ReceiptRow> receipt_of(Transaction& transaction, const PaymentRow& payment) {
  return storage::find<ReceiptRow>(transaction,
                                   "receipts WHERE \"order\" = $1 AND payment = $2"
                                   " AND refund IS NULL ORDER BY id LIMIT 1",
                                   payment.order(), payment.id);
}

void give_up(Transaction& transaction, ReceiptRow& receipt) {
  receipt.status = ReceiptStatus::failed;
  receipt.finished_at = transaction.now();
  transaction.emit(
      ReceiptFailed{.receipt = receipt.id, .order = receipt.order, .centre = receipt.centre});
}

}  // namespace

void queue_receipt(Transaction& transaction, const PaymentRow& payment) {
  queue(transaction, payment, {}, payment.amount);
}

void queue_receipt(Transaction& transaction, const RefundRow& refund) {
  if (refund.to == RefundTo::balance) return;
  queue(transaction, stored_payment(transaction, refund.payment), refund.id, -refund.amount);
}

void queue_pay_out_receipt(Transaction& transaction, CentreId centre, std::int64_t amount) {
  if (!storage::enabled(transaction, fiscal_receipts, centre)) return;
  ReceiptRow receipt;
  receipt.centre = centre;
  receipt.amount = -amount;
  receipt.created_at = receipt.next_at = transaction.now();
  storage::insert(transaction, "receipts", receipt);
}

void take_receipt_back(Transaction& transaction, const PaymentRow& payment) {
  const std::optional<ReceiptRow> receipt = receipt_of(transaction, payment);
  if (!receipt) return;
  if (receipt->attempts == 0) {
    transaction.execute("DELETE FROM receipts WHERE id = $1", receipt->id);
  } else {
    queue(transaction, payment, {}, -payment.amount);  // it may have been issued meanwhile
  }
}

// --- claim ---

namespace {

/// Whoever claimed them last never answered.
void give_up_unanswered(Transaction& transaction, CentreId centre) {
  storage::List list("receipts");
  access::narrow_to_reach(list, transaction, {.centre = "centre"});
  list.where("status = 0");
  list.where("next_at <= $", transaction.now());
  list.where("attempts >= $", storage::number(transaction, receipt_attempts_max));
  if (centre) list.where("centre = $", centre);
  list.order({{"next_at"}, {"id"}});
  constexpr std::int64_t at_once = 500;
  for (ReceiptRow& receipt : list.page<ReceiptRow>(transaction, std::nullopt, at_once).items) {
    give_up(transaction, receipt);
    store(transaction, receipt);
  }
}

}  // namespace

ClaimedReceipts handle(Transaction& transaction, const ClaimReceipts& request) {
  give_up_unanswered(transaction, request.centre);
  storage::List list("receipts");
  access::narrow_to_reach(list, transaction, {.centre = "centre"});
  list.where("status = 0");  // waiting, as the index has it
  list.where("next_at <= $", transaction.now());
  list.where("attempts < $", storage::number(transaction, receipt_attempts_max));
  if (request.centre) list.where("centre = $", request.centre);
  list.order({{"next_at"}, {"id"}});
  const Duration lease{storage::number(transaction, receipt_lease_seconds)};
  ClaimedReceipts claimed;
  for (ReceiptRow& receipt :
       list.page<ReceiptRow>(transaction, std::nullopt, request.limit).items) {
    ++receipt.attempts;
    receipt.next_at = transaction.now() + lease;
    store(transaction, receipt);
    claimed.receipts.push_back(told(transaction, receipt));
  }
  return claimed;
}

constinit const Operation ClaimReceipts::operation = storage::define<ClaimReceipts>({
    .number = 744,
    .name = "money.claim_receipts",
    .kind = OperationKind::write,
    .doc = "Takes fiscal receipts that are due, to be issued by a provider.",
    .rule = {.permission = "money.invoice"},
    .example = R"({"limit": 20})",
});

// --- record ---

namespace {

void give_up_or_wait(Transaction& transaction, ReceiptRow& receipt) {
  if (receipt.attempts >= storage::number(transaction, receipt_attempts_max)) {
    return give_up(transaction, receipt);
  }
  constexpr std::int64_t doublings_most = 10;
  const std::int64_t doublings = std::clamp<std::int64_t>(receipt.attempts - 1, 0, doublings_most);
  receipt.next_at = transaction.now() +
                    Duration{storage::number(transaction, receipt_retry_seconds) << doublings};
}

}  // namespace

Receipt handle(Transaction& transaction, const RecordReceipt& request) {
  auto receipt = storage::find<ReceiptRow>(transaction, "receipts WHERE id = $1", request.receipt);
  if (!receipt || !transaction.reach().covers(receipt->centre)) {
    storage::missing("receipt", "receipt");
  }
  if (request.number.has_value() == request.problem.has_value()) {
    throw Error(Code::invalid, "number_or_problem", "number");
  }
  if (receipt->status == ReceiptStatus::issued) {
    if (request.number == receipt->number) return told(transaction, *receipt);
    if (!receipt->number) throw Error(Code::storage, "file_damaged");
    throw Error(Code::conflict, "receipt_issued", "receipt", {{"number", *receipt->number}});
  }
  transaction.concern(receipt->centre);
  if (request.number) {
    receipt->number = request.number;
    receipt->problem.reset();
    receipt->status = ReceiptStatus::issued;  // also after it was given up: late is better
    receipt->finished_at = transaction.now();
  } else {
    receipt->problem = request.problem;
    if (receipt->status == ReceiptStatus::waiting) give_up_or_wait(transaction, *receipt);
  }
  store(transaction, *receipt);
  return told(transaction, *receipt);
}

static constexpr Refusal record_refusals[] = {
    {Code::not_found, "receipt_not_found", "no such receipt, or not within reach"},
    {Code::invalid, "number_or_problem", "both a number and a problem are given, or neither"},
    {Code::conflict, "receipt_issued", "the receipt has another number already"},
};

constinit const Operation RecordReceipt::operation = storage::define<RecordReceipt>({
    .number = 745,
    .name = "money.record_receipt",
    .kind = OperationKind::write,
    .doc = "Tells the number that a provider gave a fiscal receipt, or why it gave none.",
    .rule = {.permission = "money.invoice"},
    .refusals = record_refusals,
    .example = R"({"receipt": 1, "number": "FN-4000123456"})",
});

// --- list ---

Page<Receipt> handle(Transaction& transaction, const Receipts& request) {
  storage::List list("receipts");
  access::narrow_to_reach(list, transaction, {.centre = "centre"});
  if (request.centre) list.where("centre = $", request.centre);
  if (request.order) list.where("\"order\" = $", request.order);
  if (request.status) list.where("status = $", *request.status);
  list.order({{"id", true}});
  auto rows = list.page<ReceiptRow>(transaction, request.cursor, request.limit);
  Page<Receipt> page{.items = {}, .next = rows.next};
  for (const ReceiptRow& row : rows.items) page.items.push_back(told(transaction, row));
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Receipts::operation = storage::define<Receipts>({
    .number = 746,
    .name = "money.receipts",
    .kind = OperationKind::read,
    .doc = "Lists fiscal receipts, newest first.",
    .rule = {.permission = "money.invoice"},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "status": "failed"})",
});

}  // namespace frontdesk::money
