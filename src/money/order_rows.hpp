/// Orders, lines, payments and refunds as their tables hold them: amounts are minor units of the
/// centre's currency, which keeps rows lean.
#pragma once

#include "money/orders.hpp"

namespace frontdesk::money {

/// Lines and payments of an order are numbered within it.
inline constexpr std::int64_t numbers_per_order = 1000;

struct OrderRow {
  OrderId id{};
  std::int64_t version = 1;
  CentreId centre{};
  ClientId payer{};
  std::optional<std::string> guest_name{};
  std::optional<std::string> guest_email{};
  std::optional<std::string> guest_phone{};
  AccountId seller{};
  seating::Channel channel = seating::Channel::online;
  std::int64_t total = 0;
  std::int64_t paid = 0;
  std::int64_t refunded = 0;
  std::int64_t owed = 0;
  std::optional<std::int64_t> deposit{};
  std::optional<Instant> deposit_by{};
  std::optional<Instant> pay_by{};
  std::optional<Instant> due_at{};
  std::int64_t top_up_due = 0;
  Instant created_at{};
  std::optional<Instant> ended_at{};

  static Fields fields();
};

struct LineRow {
  OrderLineId id{};
  LineKind kind = LineKind::ticket;
  std::string text{};
  SessionId session{};
  BookingId booking{};
  PlaceId place{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};
  std::int64_t quantity = 1;
  std::int64_t price = 0;
  std::int64_t discount = 0;
  std::int64_t total = 0;
  std::int64_t tax = 0;
  std::int64_t tax_basis_points = 0;
  bool refundable = true;
  std::optional<std::string> discounts{};
  std::int64_t returned = 0;
  std::int64_t struck = 0;
  std::optional<Instant> ended_at{};

  static Fields fields();

  OrderId order() const { return OrderId{id.value / numbers_per_order}; }
  /// What it is worth now.
  std::int64_t worth() const { return total - returned - struck; }
  /// The tax in a part of its total.
  std::int64_t tax_in(std::int64_t part, Rounding rounding) const {
    return total == 0 ? 0 : portion(Money{tax}, part, total, rounding).minor;
  }
};

struct PaymentRow {
  PaymentId id{};
  std::int64_t version = 1;
  CentreId centre{};
  ClientId client{};
  PaymentMethod method = PaymentMethod::cash;
  PaymentStatus status = PaymentStatus::pending;
  std::int64_t amount = 0;
  std::int64_t unapplied = 0;
  std::int64_t refunded = 0;
  std::optional<std::string> provider{};
  std::optional<std::string> external_ref{};
  ShiftId shift{};
  AccountId account{};
  bool late = false;
  Instant created_at{};
  std::optional<Instant> completed_at{};
  std::optional<Instant> voided_at{};

  static Fields fields();

  OrderId order() const { return OrderId{id.value / numbers_per_order}; }
  bool is_completed() const {
    return status == PaymentStatus::completed || status == PaymentStatus::part_refunded ||
           status == PaymentStatus::refunded;
  }
  /// What of it pays its order and may be given back.
  std::int64_t returnable() const { return is_completed() ? amount - unapplied - refunded : 0; }
};

struct RefundRow {
  RefundId id{};
  std::int64_t version = 1;
  OrderId order{};
  PaymentId payment{};
  CentreId centre{};
  ClientId client{};
  std::int64_t amount = 0;
  PaymentMethod method = PaymentMethod::cash;
  RefundTo to = RefundTo::method;
  RefundStatus status = RefundStatus::done;
  std::optional<std::string> reason{};
  std::optional<std::string> provider{};
  std::optional<std::string> external_ref{};
  std::optional<std::string> problem{};
  ShiftId shift{};
  AccountId account{};
  Instant created_at{};
  std::optional<Instant> settled_at{};

  static Fields fields();
};

/// not_found/order_not_found and so on.
OrderRow stored_order(Transaction& transaction, OrderId id);
LineRow stored_line(Transaction& transaction, OrderLineId id);
PaymentRow stored_payment(Transaction& transaction, PaymentId id);
RefundRow stored_refund(Transaction& transaction, RefundId id);
std::vector<LineRow> lines_of(Transaction& transaction, OrderId order);
std::vector<PaymentRow> payments_of(Transaction& transaction, OrderId order);

/// Store under the next version; an order also gets its next date.
void store(Transaction& transaction, OrderRow& order);
void store(Transaction& transaction, PaymentRow& payment);
void store(Transaction& transaction, RefundRow& refund);
void store(Transaction& transaction, const LineRow& line);
/// When something of an order must be paid next.
std::optional<Instant> next_date(const OrderRow& order);

/// The records that callers see.
Order told(Transaction& transaction, const OrderRow& order);
Order told(Transaction& transaction, const OrderRow& row, const std::vector<LineRow>& lines);
OrderLine told(const LineRow& line, const Currency& currency);
Payment told(Transaction& transaction, const PaymentRow& row);
Refund told(Transaction& transaction, const RefundRow& row);

OrderStatus status_of(const OrderRow& order);
/// What is paid of each line, in their order: a part payment is shared out by worth. Lines that
/// were ended keep what they are worth.
std::vector<std::int64_t> paid_shares(const OrderRow& order, const std::vector<LineRow>& lines);

}  // namespace frontdesk::money
