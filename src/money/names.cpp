/// Names of the enumerations of money.
#include <frontdesk/money_invoices.hpp>
#include <frontdesk/money_ledger.hpp>
#include <frontdesk/money_payments.hpp>
#include <frontdesk/money_settlement.hpp>

namespace frontdesk::inline v1::money {

std::span<const EnumValue> enum_values(LineKind) {
  static constexpr EnumValue values[] = {
      {0, "ticket", "A place in a session."},
      {1, "fee", "A fee or surcharge."},
      {2, "plan", "A subscription."},
      {3, "gift_card", "A gift card."},
      {4, "top_up", "Money for the payer's balance."},
      {5, "cancellation_fee", "A fee for a cancellation."},
      {6, "other", "Anything else."},
  };
  return values;
}

std::span<const EnumValue> enum_values(PaymentMethod) {
  static constexpr EnumValue values[] = {
      {0, "cash", "Cash in a till."},
      {1, "card", "A card at the centre's terminal."},
      {2, "external", "A transfer by a provider, or one that staff found on the account."},
      {3, "balance", "The payer's balance."},
      {4, "gift_card", "A gift card."},
      {5, "points", "Points of the payer."},
      {6, "free", "Nothing: the house gives it."},
      {7, "visit", "A visit of a subscription."},
  };
  return values;
}

std::span<const EnumValue> enum_values(PaymentStatus) {
  static constexpr EnumValue values[] = {
      {0, "pending", "A provider has yet to tell."},
      {1, "completed", "The money is there."},
      {2, "failed", "It will not come, or was voided."},
      {3, "part_refunded", "A part of it was given back."},
      {4, "refunded", "All of it was given back."},
  };
  return values;
}

std::span<const EnumValue> enum_values(OrderStatus) {
  static constexpr EnumValue values[] = {
      {0, "open", "Nothing is paid of what is owed."},
      {1, "part_paid", "A part is paid."},
      {2, "paid", "Nothing is owed."},
      {3, "cancelled", "All its lines were cancelled, and nothing went back."},
      {4, "refunded", "All its lines were cancelled, and money went back."},
  };
  return values;
}

std::span<const EnumValue> enum_values(RefundTo) {
  static constexpr EnumValue values[] = {
      {0, "method", "The way it came."},
      {1, "balance", "To the payer's balance."},
  };
  return values;
}

std::span<const EnumValue> enum_values(RefundStatus) {
  static constexpr EnumValue values[] = {
      {0, "done", "The money is back."},
      {1, "due", "Somebody has yet to give or transfer it."},
      {2, "failed", "The transfer failed; it stays owed."},
  };
  return values;
}

std::span<const EnumValue> enum_values(Outcome) {
  static constexpr EnumValue values[] = {
      {0, "completed", "The money came."},
      {1, "failed", "It will not come."},
      {2, "refunded", "It was given back."},
  };
  return values;
}

std::span<const EnumValue> enum_values(CallbackEffect) {
  static constexpr EnumValue values[] = {
      {0, "applied", "It changed the payment."},
      {1, "repeated", "It was told before; nothing changed."},
      {2, "outdated", "Something later is known; nothing changed."},
      {3, "kept", "It waits for what must come before it."},
  };
  return values;
}

std::span<const EnumValue> enum_values(LateUse) {
  static constexpr EnumValue values[] = {
      {0, "order", "For what its order owes now."},
      {1, "balance", "For the payer's balance."},
      {2, "refund", "Back the way it came."},
  };
  return values;
}

std::span<const EnumValue> enum_values(AccountKind) {
  static constexpr EnumValue values[] = {
      {0, "till", "Cash in tills."},
      {1, "safe", "Cash outside of tills."},
      {2, "card_clearing", "Taken by card, to come to the bank."},
      {3, "external_clearing", "Taken by providers, to come to the bank."},
      {4, "bank", "Paid out of the bank."},
      {5, "receivable", "Owed for orders."},
      {6, "client_balance", "Balance of a client."},
      {7, "unapplied", "Came too late for its order, and waits."},
      {8, "top_ups_due", "Top-ups ordered and not paid."},
      {9, "refunds_due", "Refunds decided and not transferred."},
      {10, "deferred_revenue", "Sold by subscription and not yet earned."},
      {11, "gift_cards", "Left on gift cards."},
      {12, "points", "Left in points."},
      {13, "partner_payable", "Owed to a partner."},
      {14, "tax", "Tax on sales."},
      {15, "revenue", "Earned by tickets and other sales."},
      {16, "fees", "Earned by fees."},
      {17, "cancellation_income", "Kept of what was cancelled."},
      {18, "partner_share", "Given to a partner of what was earned."},
      {19, "given_away", "Given by the house."},
      {20, "write_offs", "Owed and given up."},
      {21, "petty_expenses", "Spent from tills."},
      {22, "cash_difference", "Counted over or below what a till should hold."},
      {23, "adjustments", "Corrections."},
  };
  return values;
}

std::span<const EnumValue> enum_values(EntryKind) {
  static constexpr EnumValue values[] = {
      {0, "sale", "Lines were sold, and paid at once where tenders were given."},
      {1, "payment", "A payment was completed."},
      {2, "top_up", "Money went to a balance."},
      {3, "line_end", "Lines were cancelled."},
      {4, "refund", "Money was given back of lines that stand."},
      {5, "refund_settled", "A refund that was due was transferred, or went to the balance."},
      {6, "late_payment", "A payment that came too late was used or given back."},
      {7, "payment_void", "A payment was voided."},
      {8, "pay_out", "A balance was paid out."},
      {9, "write_off", "What was owed was given up."},
      {10, "shift_open", "A till was filled."},
      {11, "cash_move", "Cash went in or out of a till."},
      {12, "shift_close", "A till was counted and emptied."},
      {13, "settlement", "A partner's share was settled."},
      {14, "payout", "A settlement was paid out."},
      {15, "adjustment", "A correction."},
      {16, "merge", "Two clients became one."},
      {17, "reversal", "The opposite of an earlier movement."},
      {18, "recognition", "Revenue of subscriptions was earned."},
      {19, "gift_card_expiry", "What was left on a gift card fell to the centre."},
  };
  return values;
}

std::span<const EnumValue> enum_values(InvoiceKind) {
  static constexpr EnumValue values[] = {
      {0, "invoice", "What is to be paid."},
      {1, "credit_note", "What was given back or struck off of an invoice."},
  };
  return values;
}

std::span<const EnumValue> enum_values(ReceiptStatus) {
  static constexpr EnumValue values[] = {
      {0, "waiting", "To be issued."},
      {1, "issued", "It has its number."},
      {2, "failed", "Given up after too many attempts."},
  };
  return values;
}

std::span<const EnumValue> enum_values(SellerOfRecord) {
  static constexpr EnumValue values[] = {
      {0, "platform", "The platform sells; the partner has a share."},
      {1, "partner", "The partner sells; the platform passes the money on."},
  };
  return values;
}

std::span<const EnumValue> enum_values(SettlementStatus) {
  static constexpr EnumValue values[] = {
      {0, "open", "To be paid out."},
      {1, "paid", "Paid out."},
      {2, "reversed", "Taken back."},
  };
  return values;
}

}  // namespace frontdesk::inline v1::money
