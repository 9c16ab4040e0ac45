/// Papers: invoices and credit notes, numbered without gaps and never changed, and fiscal receipts
/// that a provider issues.
#pragma once

#include <frontdesk/money.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace money {

enum class InvoiceKind : unsigned char { invoice, credit_note };
std::span<const EnumValue> enum_values(InvoiceKind);

/// One line as it stood when the paper was issued.
struct InvoiceLine {
  OrderLineId line{};
  std::string text{};
  std::int64_t quantity = 1;
  Money price{};
  Money discount{};
  Money total{};
  Money tax{};
  std::int64_t tax_basis_points = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&InvoiceLine::line>("The line of the order."),
        field<&InvoiceLine::text>("What was sold."),
        field<&InvoiceLine::quantity>("How many."),
        field<&InvoiceLine::price>("Price before discounts."),
        field<&InvoiceLine::discount>("What was taken off."),
        field<&InvoiceLine::total>("What is to be paid, or given back, tax included."),
        field<&InvoiceLine::tax>("The tax in it."),
        field<&InvoiceLine::tax_basis_points>("Rate of the tax in basis points."),
    };
    return table;
  }
};

/// Who sells, as printed.
struct InvoiceSeller {
  std::string name{};
  std::optional<std::string> address{};
  std::string city{};
  std::optional<std::string> phone{};
  std::optional<std::string> email{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&InvoiceSeller::name>("Name of the centre."),
        field<&InvoiceSeller::address>("Its address."),
        field<&InvoiceSeller::city>("Its town."),
        field<&InvoiceSeller::phone>("Its phone."),
        field<&InvoiceSeller::email>("Its e-mail address."),
    };
    return table;
  }
};

/// Who buys, as printed.
struct InvoiceBuyer {
  std::string name{};
  std::optional<std::string> address{};
  std::optional<std::string> email{};
  std::optional<std::string> tax_number{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&InvoiceBuyer::name>("Name of the buyer.").personal(),
        field<&InvoiceBuyer::address>("Address of the buyer.").personal(),
        field<&InvoiceBuyer::email>("E-mail address of the buyer.").personal(),
        field<&InvoiceBuyer::tax_number>("The buyer's own tax number.").personal(),
    };
    return table;
  }
};

/// An invoice or a credit note.
struct Invoice {
  InvoiceId id{};
  InvoiceKind kind = InvoiceKind::invoice;
  CentreId centre{};
  std::int64_t year = 0;
  std::int64_t number = 0;
  std::string label{};
  OrderId order{};
  ClientId client{};
  InvoiceId corrects{};
  Money total{};
  Money tax{};
  InvoiceSeller seller{};
  std::optional<InvoiceBuyer> buyer{};
  std::vector<InvoiceLine> lines{};
  Instant issued_at{};
  Date issued_on{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Invoice::id>("Number of the record."),
        field<&Invoice::kind>("Which of the two it is."),
        field<&Invoice::centre>("Who issued it."),
        field<&Invoice::year>("The centre's year."),
        field<&Invoice::number>("Number within centre, year and kind, without gaps."),
        field<&Invoice::label>("Year and number as printed."),
        field<&Invoice::order>("The order."),
        field<&Invoice::client>("Who pays; none for a guest.").or_default(),
        field<&Invoice::corrects>("The invoice that a credit note corrects.").or_default(),
        field<&Invoice::total>("The sum of its lines."),
        field<&Invoice::tax>("The tax in it."),
        field<&Invoice::seller>("Who sells."),
        field<&Invoice::buyer>("Who buys; absent once the person was erased and the term is over."),
        field<&Invoice::lines>("What was sold."),
        field<&Invoice::issued_at>("When it was issued."),
        field<&Invoice::issued_on>("The centre's day of that."),
    };
    return table;
  }
};

/// Issues the invoice of an order.
struct IssueInvoice {
  using Result = Invoice;
  static const Operation operation;

  OrderId order{};
  std::optional<InvoiceBuyer> buyer{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&IssueInvoice::order>("The order."),
        field<&IssueInvoice::buyer>("Who is to be printed; absent: the payer as known."),
    };
    return table;
  }
};

/// Issues a credit note over what was given back or struck off since the invoice and the credit
/// notes before.
struct IssueCreditNote {
  using Result = Invoice;
  static const Operation operation;

  InvoiceId invoice{};

  static Fields fields() {
    static constexpr Field table[] = {field<&IssueCreditNote::invoice>("The invoice.")};
    return table;
  }
};

/// One invoice or credit note.
struct GetInvoice {
  using Result = Invoice;
  static const Operation operation;

  InvoiceId invoice{};

  static Fields fields() {
    static constexpr Field table[] = {field<&GetInvoice::invoice>("The invoice.")};
    return table;
  }
};

/// Invoices and credit notes, newest first.
struct Invoices {
  using Result = Page<Invoice>;
  static const Operation operation;

  CentreId centre{};
  ClientId client{};
  OrderId order{};
  std::optional<InvoiceKind> kind{};
  std::optional<std::int64_t> year{};
  std::optional<std::int64_t> number{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Invoices::centre>("Only of this centre.").or_default(),
        field<&Invoices::client>("Only of this client.").or_default(),
        field<&Invoices::order>("Only of this order.").or_default(),
        field<&Invoices::kind>("Only one of the two kinds."),
        field<&Invoices::year>("Only of this year."),
        field<&Invoices::number>("Only with this number."),
        field<&Invoices::cursor>("From the page before."),
        field<&Invoices::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- fiscal receipts ---

enum class ReceiptStatus : unsigned char { waiting, issued, failed };
std::span<const EnumValue> enum_values(ReceiptStatus);

/// A receipt that a fiscal provider issues for a payment or a refund.
struct Receipt {
  ReceiptId id{};
  std::int64_t version = 0;
  CentreId centre{};
  OrderId order{};
  PaymentId payment{};
  RefundId refund{};
  Money amount{};
  ReceiptStatus status = ReceiptStatus::waiting;
  std::int64_t attempts = 0;
  std::optional<std::string> number{};
  std::optional<std::string> problem{};
  Instant created_at{};
  Instant next_at{};
  std::optional<Instant> finished_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Receipt::id>("Number of the receipt here."),
        field<&Receipt::version>("Grows by one with each change."),
        field<&Receipt::centre>("The centre."),
        field<&Receipt::order>("The order."),
        field<&Receipt::payment>("The payment."),
        field<&Receipt::refund>("The refund, of a receipt for money given back.").or_default(),
        field<&Receipt::amount>("How much; below zero for a refund."),
        field<&Receipt::status>("Where it stands."),
        field<&Receipt::attempts>("How often it was claimed."),
        field<&Receipt::number>("The number the provider gave it."),
        field<&Receipt::problem>("Why the last attempt failed."),
        field<&Receipt::created_at>("When it came to be due."),
        field<&Receipt::next_at>("When it may be claimed (again)."),
        field<&Receipt::finished_at>("When it was issued, or given up."),
    };
    return table;
  }
};

struct ClaimedReceipts {
  std::vector<Receipt> receipts{};

  static Fields fields() {
    static constexpr Field table[] = {field<&ClaimedReceipts::receipts>("The receipts.")};
    return table;
  }
};

/// Takes receipts that are due, to be issued by the provider. Who does not tell the outcome within
/// the lease loses them to the next claim.
struct ClaimReceipts {
  using Result = ClaimedReceipts;
  static const Operation operation;

  CentreId centre{};
  std::int64_t limit = 20;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ClaimReceipts::centre>("Only of this centre.").or_default(),
        field<&ClaimReceipts::limit>("How many at most.").or_default().range(1, 200),
    };
    return table;
  }
};

/// Tells the number that the provider gave a receipt, or why it did not. Telling the same again
/// changes nothing.
struct RecordReceipt {
  using Result = Receipt;
  static const Operation operation;

  ReceiptId receipt{};
  std::optional<std::string> number{};
  std::optional<std::string> problem{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&RecordReceipt::receipt>("The receipt."),
        field<&RecordReceipt::number>("The number it was given.").length(1, 100),
        field<&RecordReceipt::problem>("Why it was given none.").length(1, 500),
    };
    return table;
  }
};

/// Fiscal receipts, newest first.
struct Receipts {
  using Result = Page<Receipt>;
  static const Operation operation;

  CentreId centre{};
  OrderId order{};
  std::optional<ReceiptStatus> status{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Receipts::centre>("Only of this centre.").or_default(),
        field<&Receipts::order>("Only of this order.").or_default(),
        field<&Receipts::status>("Only those that stand so."),
        field<&Receipts::cursor>("From the page before."),
        field<&Receipts::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- events ---

/// An invoice or a credit note was issued.
struct InvoiceIssued {
  static const storage::EventKind kind;
  InvoiceId invoice{};
  OrderId order{};
  CentreId centre{};
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&InvoiceIssued::invoice>("The invoice."),
        field<&InvoiceIssued::order>("The order."),
        field<&InvoiceIssued::centre>("The centre."),
        field<&InvoiceIssued::client>("Who pays; none for a guest.").or_default(),
    };
    return table;
  }
};

/// A fiscal receipt was given up after too many attempts.
struct ReceiptFailed {
  static const storage::EventKind kind;
  ReceiptId receipt{};
  OrderId order{};
  CentreId centre{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ReceiptFailed::receipt>("The receipt."),
        field<&ReceiptFailed::order>("The order."),
        field<&ReceiptFailed::centre>("The centre."),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
