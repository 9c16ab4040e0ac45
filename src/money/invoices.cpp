/// Invoices and credit notes (SPEC M6): numbers without gaps, contents that never change.
#include "access/relations.hpp"
#include "base/zones.hpp"
#include "catalog/centres.hpp"
#include "money/amounts.hpp"
#include "money/papers.hpp"
#include "money/payments.hpp"
#include "money/settings.hpp"
#include "people/clients.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <map>

namespace frontdesk::money {

constinit const storage::EventKind InvoiceIssued::kind{
    "money.invoice_issued", "An invoice or a credit note was issued.", "money.view"};

namespace {

InvoiceSeller seller_of(const catalog::Centre& centre) {
  return {.name = centre.name,
          .address = centre.address,
          .city = centre.city,
          .phone = centre.phone,
          .email = centre.email};
}

InvoiceBuyer buyer_of(Transaction& transaction, const OrderRow& order) {
  InvoiceBuyer buyer;
  if (!order.payer) {
    buyer.name = order.guest_name.value_or("");
    buyer.email = order.guest_email;
    return buyer;
  }
  const people::Client client = people::stored_client(transaction, order.payer);
  buyer.name = client.first_name;
  if (!client.last_name.empty()) buyer.name += " " + client.last_name;
  buyer.address = client.address;
  buyer.email = client.email;
  return buyer;
}

/// Gives an invoice its number, label and day, and enters it.
void issue(Transaction& transaction, Invoice& invoice) {
  const catalog::Centre centre = catalog::stored_centre(transaction, invoice.centre);
  invoice.issued_at = transaction.now();
  invoice.issued_on = zones::local_date(transaction.now(), centre.zone);
  invoice.year = static_cast<int>(invoice.issued_on.year());
  invoice.seller = seller_of(centre);
  // One writer at a time, and a number that is rolled back is given again: no gaps.
  invoice.number = transaction
                       .one_number(
                           "SELECT max(number) FROM invoices"
                           " WHERE centre = $1 AND kind = $2 AND year = $3",
                           invoice.centre, invoice.kind, invoice.year)
                       .value_or(0) +
                   1;
  std::string digits = std::to_string(invoice.number);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  invoice.label = (invoice.kind == InvoiceKind::credit_note ? "CN-" : "") +
                  std::to_string(invoice.year) + "-" + digits;
  const Currency currency = currency_of(transaction, invoice.centre);
  invoice.total = invoice.tax = Money{0, currency};
  for (const InvoiceLine& line : invoice.lines) {
    invoice.total = plus(invoice.total, line.total);
    invoice.tax = plus(invoice.tax, line.tax);
  }
  storage::insert(transaction, "invoices", invoice);
  transaction.emit(InvoiceIssued{.invoice = invoice.id,
                                 .order = invoice.order,
                                 .centre = invoice.centre,
                                 .client = invoice.client});
}

/// What papers say of the lines of an order, by line: `invoiced`, or what was credited.
std::map<OrderLineId, std::int64_t> totals_on(Transaction& transaction, OrderId order,
                                              InvoiceKind kind, InvoiceId corrects = {}) {
  std::map<OrderLineId, std::int64_t> totals;
  for (const Invoice& invoice : storage::all<Invoice>(
           transaction, "invoices WHERE \"order\" = $1 AND kind = $2", order, kind)) {
    if (corrects && invoice.corrects != corrects) continue;
    for (const InvoiceLine& line : invoice.lines) totals[line.line] += line.total.minor;
  }
  return totals;
}

InvoiceLine invoiced(const LineRow& line, const Currency& currency, Rounding rounding) {
  const bool is_whole = line.worth() == line.total;
  return {.line = line.id,
          .text = line.text,
          .quantity = line.quantity,
          .price = {is_whole ? line.price : line.worth(), currency},
          .discount = {is_whole ? line.discount : 0, currency},
          .total = {line.worth(), currency},
          .tax = {line.tax_in(line.worth(), rounding), currency},
          .tax_basis_points = line.tax_basis_points};
}

}  // namespace

// --- invoice ---

Invoice handle(Transaction& transaction, const IssueInvoice& request) {
  const OrderRow order = order_of_centre(transaction, request.order);
  const Currency currency = currency_of(transaction, order.centre);
  Invoice invoice;
  invoice.centre = order.centre;
  invoice.order = order.id;
  invoice.client = order.payer;
  const Rounding rounding = rounding_of(transaction, order.centre);
  const auto before = totals_on(transaction, order.id, InvoiceKind::invoice);
  for (const LineRow& line : lines_of(transaction, order.id)) {
    if (line.worth() > 0 && before.count(line.id) == 0) {
      invoice.lines.push_back(invoiced(line, currency, rounding));
    }
  }
  if (invoice.lines.empty()) throw Error(Code::conflict, "nothing_to_invoice", "order");
  invoice.buyer = request.buyer ? *request.buyer : buyer_of(transaction, order);
  issue(transaction, invoice);
  return invoice;
}

static constexpr Refusal issue_refusals[] = {
    {Code::not_found, "order_not_found", "no such order, or not within reach"},
    {Code::conflict, "nothing_to_invoice", "its lines are invoiced, or worth nothing"},
};

constinit const Operation IssueInvoice::operation = storage::define<IssueInvoice>({
    .number = 740,
    .name = "money.issue_invoice",
    .kind = OperationKind::write,
    .doc = "Issues the invoice of an order under the next number of centre and year.",
    .rule = {.permission = "money.invoice"},
    .refusals = issue_refusals,
    .example = R"({"order": 1, "buyer": {"name": "Kovalenko Ltd", "tax_number": "12345678"}})",
});

// --- credit note ---

Invoice handle(Transaction& transaction, const IssueCreditNote& request) {
  auto corrected = storage::find<Invoice>(transaction, "invoices WHERE id = $1", request.invoice);
  if (!corrected || !transaction.reach().covers(corrected->centre)) {
    storage::missing("invoice", "invoice");
  }
  if (corrected->kind != InvoiceKind::invoice) {
    throw Error(Code::conflict, "not_an_invoice", "invoice");
  }
  const Currency currency = corrected->total.currency;
  const Rounding rounding = rounding_of(transaction, corrected->centre);
  auto credited = totals_on(transaction, corrected->order, InvoiceKind::credit_note, corrected->id);
  Invoice note;
  note.kind = InvoiceKind::credit_note;
  note.centre = corrected->centre;
  note.order = corrected->order;
  note.client = corrected->client;
  note.corrects = corrected->id;
  note.buyer = corrected->buyer;
  for (const InvoiceLine& line : corrected->lines) {
    const LineRow now = stored_line(transaction, line.line);
    const std::int64_t before = line.total.minor - credited[line.line];
    const std::int64_t gone = before - now.worth();
    if (gone <= 0) continue;
    InvoiceLine credit = line;
    credit.price = credit.total = Money{gone, currency};
    credit.discount = Money{0, currency};
    credit.tax = Money{now.tax_in(before, rounding) - now.tax_in(now.worth(), rounding), currency};
    note.lines.push_back(std::move(credit));
  }
  if (note.lines.empty()) throw Error(Code::conflict, "nothing_to_credit", "invoice");
  issue(transaction, note);
  return note;
}

static constexpr Refusal note_refusals[] = {
    {Code::not_found, "invoice_not_found", "no such invoice, or not within reach"},
    {Code::conflict, "not_an_invoice", "it is a credit note itself"},
    {Code::conflict, "nothing_to_credit", "nothing was given back or struck off since"},
};

constinit const Operation IssueCreditNote::operation = storage::define<IssueCreditNote>({
    .number = 741,
    .name = "money.issue_credit_note",
    .kind = OperationKind::write,
    .doc = "Issues a credit note over what was given back or struck off since the invoice.",
    .rule = {.permission = "money.invoice"},
    .refusals = note_refusals,
    .example = R"({"invoice": 1})",
});

// --- look ---

Invoice handle(Transaction& transaction, const GetInvoice& request) {
  auto invoice = storage::find<Invoice>(transaction, "invoices WHERE id = $1", request.invoice);
  if (!invoice || (!transaction.reach().covers(invoice->centre) &&
                   !is_own(transaction, transaction.reach(), invoice->client))) {
    storage::missing("invoice", "invoice");
  }
  return *invoice;
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "invoice_not_found", "no such invoice, or not within reach"},
};

constinit const Operation GetInvoice::operation = storage::define<GetInvoice>({
    .number = 742,
    .name = "money.get_invoice",
    .kind = OperationKind::read,
    .doc = "One invoice or credit note, as it was issued.",
    .rule = {.permission = "money.view"},
    .refusals = get_refusals,
    .example = R"({"invoice": 1})",
});

Page<Invoice> handle(Transaction& transaction, const Invoices& request) {
  storage::List list("invoices");
  access::narrow_to_reach(list, transaction, {.client = "client", .centre = "centre"});
  if (request.centre) list.where("centre = $", request.centre);
  if (request.client) list.where("client = $", request.client);
  if (request.order) list.where("\"order\" = $", request.order);
  if (request.kind) list.where("kind = $", *request.kind);
  if (request.year) list.where("year = $", *request.year);
  if (request.number) list.where("number = $", *request.number);
  list.order({{"id", true}});
  return list.page<Invoice>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Invoices::operation = storage::define<Invoices>({
    .number = 743,
    .name = "money.invoices",
    .kind = OperationKind::read,
    .doc = "Lists invoices and credit notes, newest first.",
    .rule = {.permission = "money.view"},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "year": 2026})",
});

}  // namespace frontdesk::money
