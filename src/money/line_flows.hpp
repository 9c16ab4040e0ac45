/// What money that came or went was for, line by line: the taxes of a shift are told by it (SPEC
/// M7).
#pragma once

#include "money/order_rows.hpp"

namespace frontdesk::money {

/// What of an order's money each of its lines has: what is paid of one that stands, what was kept
/// of one that ended.
std::vector<std::int64_t> held_by_lines(const OrderRow& order, const std::vector<LineRow>& lines);

/// Keeps how the lines' shares changed with a payment that came within a shift. `before`: what they
/// had; lines that are new had nothing.
void note_flow(Transaction& transaction, const PaymentRow& payment, const OrderRow& order,
               const std::vector<LineRow>& lines, std::vector<std::int64_t> before);
/// The same for refunds that one change of the order brought, where they go from a till or will.
void note_flows(Transaction& transaction, std::span<const RefundRow> refunds, const OrderRow& order,
                const std::vector<LineRow>& lines, std::vector<std::int64_t> before);

}  // namespace frontdesk::money
