/// Fiscal receipts, for the handlers of payments and refunds.
#pragma once

#include <frontdesk/money_invoices.hpp>

#include "money/order_rows.hpp"

namespace frontdesk::money {

/// Queues the fiscal receipt of a payment, or of a refund (then below zero), where the centre has
/// them.
void queue_receipt(Transaction& transaction, const PaymentRow& payment);
void queue_receipt(Transaction& transaction, const RefundRow& refund);

}  // namespace frontdesk::money
