/// What money is about: orders with their lines, payments, refunds, and the events that tell of
/// them. What can be done with them stands in money_orders.hpp, money_payments.hpp,
/// money_balances.hpp and so on.
#pragma once

#include <frontdesk/seating.hpp>

namespace frontdesk {
namespace storage {
struct EventKind;
}
inline namespace [[gnu::visibility("default")]] v1 {
namespace money {

/// What a line of an order sells.
enum class LineKind : unsigned char {
  ticket,
  fee,
  plan,
  gift_card,
  top_up,
  cancellation_fee,
  other,
};
std::span<const EnumValue> enum_values(LineKind);

/// How something is paid.
enum class PaymentMethod : unsigned char {
  cash,
  card,
  external,
  balance,
  gift_card,
  points,
  free,
  visit,
};
std::span<const EnumValue> enum_values(PaymentMethod);

enum class PaymentStatus : unsigned char { pending, completed, failed, part_refunded, refunded };
std::span<const EnumValue> enum_values(PaymentStatus);

/// Follows from the order's amounts; nobody sets it.
enum class OrderStatus : unsigned char { open, part_paid, paid, cancelled, refunded };
std::span<const EnumValue> enum_values(OrderStatus);

/// Where money that is given back goes.
enum class RefundTo : unsigned char { method, balance };
std::span<const EnumValue> enum_values(RefundTo);

enum class RefundStatus : unsigned char { done, due, failed };
std::span<const EnumValue> enum_values(RefundStatus);

// --- records ---

/// One line of an order. Its worth now is total − returned − struck.
struct OrderLine {
  OrderLineId id{};
  OrderId order{};
  LineKind kind = LineKind::ticket;
  std::string text{};
  SessionId session{};
  BookingId booking{};
  PlaceId place{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};
  std::int64_t quantity = 1;
  Money price{};
  Money discount{};
  Money total{};
  Money tax{};
  std::int64_t tax_basis_points = 0;
  bool refundable = true;
  std::optional<std::string> discounts{};
  Money returned{};
  Money struck{};
  std::optional<Instant> ended_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&OrderLine::id>("Number of the line."),
        field<&OrderLine::order>("Its order."),
        field<&OrderLine::kind>("What it sells."),
        field<&OrderLine::text>("What it is called on paper."),
        field<&OrderLine::session>("The session, of a ticket or its fee.").or_default(),
        field<&OrderLine::booking>("The booking it pays for.").or_default(),
        field<&OrderLine::place>("The place of the booking.").or_default(),
        field<&OrderLine::ticket_type>("The type of the ticket.").or_default(),
        field<&OrderLine::seat_category>("Code of the seat's category as sold."),
        field<&OrderLine::quantity>("How many."),
        field<&OrderLine::price>("Price of the whole line before discounts."),
        field<&OrderLine::discount>("What was taken off."),
        field<&OrderLine::total>("What is to be paid, tax included."),
        field<&OrderLine::tax>("The tax in the total."),
        field<&OrderLine::tax_basis_points>("Rate of the tax in basis points."),
        field<&OrderLine::refundable>("Whether a cancellation gives it back."),
        field<&OrderLine::discounts>("JSON: what was taken off, and why."),
        field<&OrderLine::returned>("What was given back of it."),
        field<&OrderLine::struck>("What was struck off unpaid."),
        field<&OrderLine::ended_at>("When it was cancelled; absent while it stands."),
    };
    return table;
  }
};

/// What somebody bought or owes. Always: total = paid − refunded + owed.
struct Order {
  OrderId id{};
  std::int64_t version = 0;
  std::string reference{};
  CentreId centre{};
  ClientId payer{};
  std::optional<std::string> guest_name{};
  std::optional<std::string> guest_email{};
  std::optional<std::string> guest_phone{};
  AccountId seller{};
  seating::Channel channel = seating::Channel::online;
  OrderStatus status = OrderStatus::open;
  Money total{};
  Money paid{};
  Money refunded{};
  Money owed{};
  std::optional<Money> deposit{};
  std::optional<Instant> deposit_by{};
  std::optional<Instant> pay_by{};
  Instant created_at{};
  std::optional<Instant> ended_at{};
  std::vector<OrderLine> lines{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Order::id>("Number of the order."),
        field<&Order::version>("Grows by one with each change."),
        field<&Order::reference>("What people call it by: short, and not to be guessed."),
        field<&Order::centre>("The centre that sells."),
        field<&Order::payer>("Who pays; none for a guest.").or_default(),
        field<&Order::guest_name>("Name of a guest.").personal(),
        field<&Order::guest_email>("Address of a guest.").personal(),
        field<&Order::guest_phone>("Phone of a guest.").personal(),
        field<&Order::seller>("The member of staff who sold it.").or_default(),
        field<&Order::channel>("Where it was sold."),
        field<&Order::status>("Where it stands."),
        field<&Order::total>("What its lines are worth now."),
        field<&Order::paid>("All payments that were completed for it."),
        field<&Order::refunded>("What was given back of them."),
        field<&Order::owed>("What is still to be paid."),
        field<&Order::deposit>("What secures it until the rest is due."),
        field<&Order::deposit_by>("When the deposit is due."),
        field<&Order::pay_by>("When all of it is due; absent: no date."),
        field<&Order::created_at>("When it was made."),
        field<&Order::ended_at>("When its last line was cancelled."),
        field<&Order::lines>("Its lines."),
    };
    return table;
  }
};

/// Money that came, or is to come, for an order.
struct Payment {
  PaymentId id{};
  std::int64_t version = 0;
  OrderId order{};
  CentreId centre{};
  ClientId client{};
  PaymentMethod method = PaymentMethod::cash;
  PaymentStatus status = PaymentStatus::pending;
  Money amount{};
  Money unapplied{};
  Money refunded{};
  std::optional<std::string> provider{};
  std::optional<std::string> external_ref{};
  ShiftId shift{};
  AccountId account{};
  bool late = false;
  Instant created_at{};
  std::optional<Instant> completed_at{};
  std::optional<Instant> voided_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Payment::id>("Number of the payment."),
        field<&Payment::version>("Grows by one with each change."),
        field<&Payment::order>("The order it is for."),
        field<&Payment::centre>("The centre of the order."),
        field<&Payment::client>("Who pays; none for a guest.").or_default(),
        field<&Payment::method>("How it is paid."),
        field<&Payment::status>("Where it stands."),
        field<&Payment::amount>("How much it is."),
        field<&Payment::unapplied>("What of it no order takes: it came too late."),
        field<&Payment::refunded>("What was given back of it."),
        field<&Payment::provider>("Who transfers it."),
        field<&Payment::external_ref>("What the provider calls it."),
        field<&Payment::shift>("The cash shift it belongs to.").or_default(),
        field<&Payment::account>("Who took it.").or_default(),
        field<&Payment::late>("Whether it came when nothing was owed any more."),
        field<&Payment::created_at>("When it was begun."),
        field<&Payment::completed_at>("When the money was there."),
        field<&Payment::voided_at>("When it was taken back within its shift."),
    };
    return table;
  }
};

/// Money that went back, or is to go back.
struct Refund {
  RefundId id{};
  std::int64_t version = 0;
  OrderId order{};
  PaymentId payment{};
  CentreId centre{};
  ClientId client{};
  Money amount{};
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Refund::id>("Number of the refund."),
        field<&Refund::version>("Grows by one with each change."),
        field<&Refund::order>("The order."),
        field<&Refund::payment>("The payment it gives back."),
        field<&Refund::centre>("The centre of the order."),
        field<&Refund::client>("Who paid; none for a guest.").or_default(),
        field<&Refund::amount>("How much goes back."),
        field<&Refund::method>("How the payment was made."),
        field<&Refund::to>("Whether it goes the way it came, or to the balance."),
        field<&Refund::status>("Where it stands."),
        field<&Refund::reason>("Why."),
        field<&Refund::provider>("Who transfers it."),
        field<&Refund::external_ref>("What the provider calls the transfer."),
        field<&Refund::problem>("Why the transfer failed."),
        field<&Refund::shift>("The cash shift it belongs to.").or_default(),
        field<&Refund::account>("Who gave it.").or_default(),
        field<&Refund::created_at>("When it was decided."),
        field<&Refund::settled_at>("When the money was gone."),
    };
    return table;
  }
};

/// One way in which an order is paid, of several that may be mixed.
struct Tender {
  PaymentMethod method = PaymentMethod::balance;
  std::optional<Money> amount{};
  std::optional<std::string> provider{};
  std::optional<std::string> external_ref{};
  std::optional<std::string> code{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Tender::method>("How it is paid."),
        field<&Tender::amount>("How much; absent: whatever is still owed."),
        field<&Tender::provider>("Who transfers it, of an external payment.").length(1, 40),
        field<&Tender::external_ref>("What the provider calls it.").length(1, 200),
        field<&Tender::code>("Code of the gift card that pays.").secret().length(1, 60),
    };
    return table;
  }
};

// --- events ---

/// An order was made, or its lines changed.
struct OrderChanged {
  static const storage::EventKind kind;
  OrderId order{};
  CentreId centre{};
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&OrderChanged::order>("The order."),
        field<&OrderChanged::centre>("Its centre."),
        field<&OrderChanged::client>("Who pays; none for a guest.").or_default(),
    };
    return table;
  }
};

/// Nothing is owed any more for an order that was owing. One that is paid as it is made tells so by
/// its payments alone.
struct OrderPaid {
  static const storage::EventKind kind;
  OrderId order{};
  CentreId centre{};
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&OrderPaid::order>("The order."),
        field<&OrderPaid::centre>("Its centre."),
        field<&OrderPaid::client>("Who pays; none for a guest.").or_default(),
    };
    return table;
  }
};

/// The date of an order passed unpaid; what was to be sold is not.
struct OrderLapsed {
  static const storage::EventKind kind;
  OrderId order{};
  CentreId centre{};
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&OrderLapsed::order>("The order."),
        field<&OrderLapsed::centre>("Its centre."),
        field<&OrderLapsed::client>("Who pays; none for a guest.").or_default(),
    };
    return table;
  }
};

/// Money came. `late`: nothing was owed any more, so that it waits to be used or given back.
struct PaymentCompleted {
  static const storage::EventKind kind;
  PaymentId payment{};
  OrderId order{};
  CentreId centre{};
  ClientId client{};
  Money amount{};
  bool late = false;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PaymentCompleted::payment>("The payment."),
        field<&PaymentCompleted::order>("The order."),
        field<&PaymentCompleted::centre>("Its centre."),
        field<&PaymentCompleted::client>("Who pays; none for a guest.").or_default(),
        field<&PaymentCompleted::amount>("How much it is."),
        field<&PaymentCompleted::late>("Whether it came too late for the order."),
    };
    return table;
  }
};

/// A payment will not come.
struct PaymentFailed {
  static const storage::EventKind kind;
  PaymentId payment{};
  OrderId order{};
  CentreId centre{};
  ClientId client{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PaymentFailed::payment>("The payment."),
        field<&PaymentFailed::order>("The order."),
        field<&PaymentFailed::centre>("Its centre."),
        field<&PaymentFailed::client>("Who pays; none for a guest.").or_default(),
    };
    return table;
  }
};

/// A refund was decided, done, or failed.
struct RefundChanged {
  static const storage::EventKind kind;
  RefundId refund{};
  OrderId order{};
  CentreId centre{};
  ClientId client{};
  Money amount{};
  RefundStatus status = RefundStatus::done;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&RefundChanged::refund>("The refund."),
        field<&RefundChanged::order>("The order."),
        field<&RefundChanged::centre>("Its centre."),
        field<&RefundChanged::client>("Who paid; none for a guest.").or_default(),
        field<&RefundChanged::amount>("How much goes back."),
        field<&RefundChanged::status>("Where it stands."),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
