#include "money/lists.hpp"

#include <frontdesk/money_balances.hpp>
#include <frontdesk/money_invoices.hpp>
#include <frontdesk/money_ledger.hpp>
#include <frontdesk/money_orders.hpp>
#include <frontdesk/money_payments.hpp>
#include <frontdesk/money_settlement.hpp>
#include <frontdesk/money_shifts.hpp>

namespace frontdesk::money::lists {

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &CreateOrder::operation,
      &GetOrder::operation,
      &Orders::operation,
      &CancelOrder::operation,
      &Pay::operation,
      &StartPayment::operation,
      &RecordCallback::operation,
      &Payments::operation,
      &ResolvePayment::operation,
      &GiveBack::operation,
      &Refunds::operation,
      &RefundsDue::operation,
      &ConfirmRefund::operation,
      &FailRefund::operation,
      &VoidPayment::operation,
      &RetryRefund::operation,
      &TopUp::operation,
      &GetBalance::operation,
      &PayOut::operation,
      &SetCreditLimit::operation,
      &Debtors::operation,
      &PayDebts::operation,
      &Statement::operation,
      &Ledger::operation,
      &Accounts::operation,
      &ReverseEntry::operation,
      &WriteOff::operation,
      &Adjust::operation,
      &IssueInvoice::operation,
      &IssueCreditNote::operation,
      &GetInvoice::operation,
      &Invoices::operation,
      &ClaimReceipts::operation,
      &RecordReceipt::operation,
      &Receipts::operation,
      &OpenShift::operation,
      &MoveCash::operation,
      &CloseShift::operation,
      &GetShift::operation,
      &Shifts::operation,
      &SetPartnerTerms::operation,
      &GetPartnerTerms::operation,
      &PartnerStatement::operation,
      &Settle::operation,
      &PaySettlement::operation,
      &ReverseSettlement::operation,
      &Settlements::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {
      &OrderChanged::kind,      &OrderPaid::kind,           &OrderLapsed::kind,
      &PaymentCompleted::kind,  &PaymentFailed::kind,       &RefundChanged::kind,
      &InvoiceIssued::kind,     &ReceiptFailed::kind,       &ShiftChanged::kind,
      &SettlementChanged::kind, &PaymentStarted::kind,      &BalanceChanged::kind,
      &LedgerCorrected::kind,   &PartnerTermsChanged::kind,
  };
  return list;
}

}  // namespace frontdesk::money::lists
