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

  template <class Self = InvoiceLine>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::line>("The line of the order."),
        field<&Self::text>("What was sold."),
        field<&Self::quantity>("How many."),
        field<&Self::price>("Price before discounts."),
        field<&Self::discount>("What was taken off."),
        field<&Self::total>("What is to be paid, or given back, tax included."),
        field<&Self::tax>("The tax in it."),
        field<&Self::tax_basis_points>("Rate of the tax in basis points."),
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

  template <class Self = InvoiceSeller>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Name of the centre."),
        field<&Self::address>("Its address."),
        field<&Self::city>("Its town."),
        field<&Self::phone>("Its phone."),
        field<&Self::email>("Its e-mail address."),
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

  template <class Self = InvoiceBuyer>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("Name of the buyer.").personal(),
        field<&Self::address>("Address of the buyer.").personal(),
        field<&Self::email>("E-mail address of the buyer.").personal(),
        field<&Self::tax_number>("The buyer's own tax number.").personal(),
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

  template <class Self = Invoice>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the record."),
        field<&Self::kind>("Which of the two it is."),
        field<&Self::centre>("Who issued it."),
        field<&Self::year>("The centre's year."),
        field<&Self::number>("Number within centre, year and kind, without gaps."),
        field<&Self::label>("Year and number as printed."),
        field<&Self::order>("The order."),
        field<&Self::client>("Who pays; none for a guest.").or_default(),
        field<&Self::corrects>("The invoice that a credit note corrects.").or_default(),
        field<&Self::total>("The sum of its lines."),
        field<&Self::tax>("The tax in it."),
        field<&Self::seller>("Who sells."),
        field<&Self::buyer>("Who buys; absent once the person was erased and the term is over."),
        field<&Self::lines>("What was sold."),
        field<&Self::issued_at>("When it was issued."),
        field<&Self::issued_on>("The centre's day of that."),
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

  template <class Self = IssueInvoice>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order."),
        field<&Self::buyer>("Who is to be printed; absent: the payer as known."),
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

  template <class Self = IssueCreditNote>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::invoice>("The invoice.")};
    return table;
  }
};

/// One invoice or credit note.
struct GetInvoice {
  using Result = Invoice;
  static const Operation operation;

  InvoiceId invoice{};

  template <class Self = GetInvoice>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::invoice>("The invoice.")};
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

  template <class Self = Invoices>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::client>("Only of this client.").or_default(),
        field<&Self::order>("Only of this order.").or_default(),
        field<&Self::kind>("Only one of the two kinds."),
        field<&Self::year>("Only of this year."),
        field<&Self::number>("Only with this number."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = Receipt>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the receipt here."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre."),
        field<&Self::order>("The order; absent: a balance was paid out.").or_default(),
        field<&Self::payment>("The payment; absent: a balance was paid out.").or_default(),
        field<&Self::refund>("The refund, of a receipt for money given back.").or_default(),
        field<&Self::amount>("How much; below zero for what went back or was voided."),
        field<&Self::status>("Where it stands."),
        field<&Self::attempts>("How often it was claimed."),
        field<&Self::number>("The number the provider gave it."),
        field<&Self::problem>("Why the last attempt failed."),
        field<&Self::created_at>("When it came to be due."),
        field<&Self::next_at>("When it may be claimed (again)."),
        field<&Self::finished_at>("When it was issued, or given up."),
    };
    return table;
  }
};

struct ClaimedReceipts {
  std::vector<Receipt> receipts{};

  template <class Self = ClaimedReceipts>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::receipts>("The receipts.")};
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

  template <class Self = ClaimReceipts>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::limit>("How many at most.").or_default().range(1, 200),
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

  template <class Self = RecordReceipt>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::receipt>("The receipt."),
        field<&Self::number>("The number it was given.").length(1, 100),
        field<&Self::problem>("Why it was given none.").length(1, 500),
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

  template <class Self = Receipts>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::order>("Only of this order.").or_default(),
        field<&Self::status>("Only those that stand so."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = InvoiceIssued>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::invoice>("The invoice."),
        field<&Self::order>("The order."),
        field<&Self::centre>("The centre."),
        field<&Self::client>("Who pays; none for a guest.").or_default(),
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

  template <class Self = ReceiptFailed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::receipt>("The receipt."),
        field<&Self::order>("The order; absent: a balance was paid out.").or_default(),
        field<&Self::centre>("The centre."),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
