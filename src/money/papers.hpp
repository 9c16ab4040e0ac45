/// Fiscal receipts, for the handlers of payments and refunds.
#pragma once

#include <frontdesk/money_invoices.hpp>

#include "money/order_rows.hpp"

namespace frontdesk::money {

/// Queues the fiscal receipt of a payment, or of a refund (then below zero), where the centre has
/// them.
void queue_receipt(Transaction& transaction, const PaymentRow& payment);
void queue_receipt(Transaction& transaction, const RefundRow& refund);
/// The same for cash of a balance that is paid out, below zero.
void queue_pay_out_receipt(Transaction& transaction, CentreId centre, std::int64_t amount);
/// Takes the receipt of a payment that was voided off the queue, or where somebody has claimed it
/// already, queues the one against it.
void take_receipt_back(Transaction& transaction, const PaymentRow& payment);

}  // namespace frontdesk::money
