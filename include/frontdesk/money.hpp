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

  template <class Self = OrderLine>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the line."),
        field<&Self::order>("Its order."),
        field<&Self::kind>("What it sells."),
        field<&Self::text>("What it is called on paper."),
        field<&Self::session>("The session, of a ticket or its fee.").or_default(),
        field<&Self::booking>("The booking it pays for.").or_default(),
        field<&Self::place>("The place of the booking.").or_default(),
        field<&Self::ticket_type>("The type of the ticket.").or_default(),
        field<&Self::seat_category>("Code of the seat's category as sold."),
        field<&Self::quantity>("How many."),
        field<&Self::price>("Price of the whole line before discounts."),
        field<&Self::discount>("What was taken off."),
        field<&Self::total>("What is to be paid, tax included."),
        field<&Self::tax>("The tax in the total."),
        field<&Self::tax_basis_points>("Rate of the tax in basis points."),
        field<&Self::refundable>("Whether a cancellation gives it back."),
        field<&Self::discounts>("JSON: what was taken off, and why."),
        field<&Self::returned>("What was given back of it."),
        field<&Self::struck>("What was struck off unpaid."),
        field<&Self::ended_at>("When it was cancelled; absent while it stands."),
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

  template <class Self = Order>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the order."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::reference>("What people call it by: short, and not to be guessed."),
        field<&Self::centre>("The centre that sells."),
        field<&Self::payer>("Who pays; none for a guest.").or_default(),
        field<&Self::guest_name>("Name of a guest.").personal(),
        field<&Self::guest_email>("Address of a guest.").personal(),
        field<&Self::guest_phone>("Phone of a guest.").personal(),
        field<&Self::seller>("The member of staff who sold it.").or_default(),
        field<&Self::channel>("Where it was sold."),
        field<&Self::status>("Where it stands."),
        field<&Self::total>("What its lines are worth now."),
        field<&Self::paid>("All payments that were completed for it."),
        field<&Self::refunded>("What was given back of them."),
        field<&Self::owed>("What is still to be paid."),
        field<&Self::deposit>("What secures it until the rest is due."),
        field<&Self::deposit_by>("When the deposit is due."),
        field<&Self::pay_by>("When all of it is due; absent: no date."),
        field<&Self::created_at>("When it was made."),
        field<&Self::ended_at>("When its last line was cancelled."),
        field<&Self::lines>("Its lines."),
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

  template <class Self = Payment>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the payment."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::order>("The order it is for."),
        field<&Self::centre>("The centre of the order."),
        field<&Self::client>("Who pays; none for a guest.").or_default(),
        field<&Self::method>("How it is paid."),
        field<&Self::status>("Where it stands."),
        field<&Self::amount>("How much it is."),
        field<&Self::unapplied>("What of it no order takes: it came too late."),
        field<&Self::refunded>("What was given back of it."),
        field<&Self::provider>("Who transfers it."),
        field<&Self::external_ref>("What the provider calls it."),
        field<&Self::shift>("The cash shift it belongs to.").or_default(),
        field<&Self::account>("Who took it.").or_default(),
        field<&Self::late>("Whether it came when nothing was owed any more."),
        field<&Self::created_at>("When it was begun."),
        field<&Self::completed_at>("When the money was there."),
        field<&Self::voided_at>("When it was taken back within its shift."),
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

  template <class Self = Refund>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the refund."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::order>("The order."),
        field<&Self::payment>("The payment it gives back."),
        field<&Self::centre>("The centre of the order."),
        field<&Self::client>("Who paid; none for a guest.").or_default(),
        field<&Self::amount>("How much goes back."),
        field<&Self::method>("How the payment was made."),
        field<&Self::to>("Whether it goes the way it came, or to the balance."),
        field<&Self::status>("Where it stands."),
        field<&Self::reason>("Why.").personal(),
        field<&Self::provider>("Who transfers it."),
        field<&Self::external_ref>("What the provider calls the transfer."),
        field<&Self::problem>("Why the transfer failed.").personal(),
        field<&Self::shift>("The cash shift it belongs to.").or_default(),
        field<&Self::account>("Who gave it.").or_default(),
        field<&Self::created_at>("When it was decided."),
        field<&Self::settled_at>("When the money was gone."),
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

  template <class Self = Tender>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::method>("How it is paid."),
        field<&Self::amount>("How much; absent: whatever is still owed."),
        field<&Self::provider>("Who transfers it, of an external payment.").length(1, 40),
        field<&Self::external_ref>("What the provider calls it.").length(1, 200),
        field<&Self::code>("Code of the gift card that pays.").secret().length(1, 60),
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

  template <class Self = OrderChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who pays; none for a guest.").or_default(),
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

  template <class Self = OrderPaid>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who pays; none for a guest.").or_default(),
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

  template <class Self = OrderLapsed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who pays; none for a guest.").or_default(),
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

  template <class Self = PaymentCompleted>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::payment>("The payment."),
        field<&Self::order>("The order."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who pays; none for a guest.").or_default(),
        field<&Self::amount>("How much it is."),
        field<&Self::late>("Whether it came too late for the order."),
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

  template <class Self = PaymentFailed>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::payment>("The payment."),
        field<&Self::order>("The order."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who pays; none for a guest.").or_default(),
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

  template <class Self = RefundChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::refund>("The refund."),
        field<&Self::order>("The order."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who paid; none for a guest.").or_default(),
        field<&Self::amount>("How much goes back."),
        field<&Self::status>("Where it stands."),
    };
    return table;
  }
};

/// A payment was begun that a provider is to transfer.
struct PaymentStarted {
  static const storage::EventKind kind;
  PaymentId payment{};
  OrderId order{};
  CentreId centre{};
  ClientId client{};
  Money amount{};

  template <class Self = PaymentStarted>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::payment>("The payment."),
        field<&Self::order>("The order."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Who pays; none for a guest.").or_default(),
        field<&Self::amount>("How much it is to be."),
    };
    return table;
  }
};

/// A balance was paid out, or its credit limit was set. Payments and refunds tell of themselves.
struct BalanceChanged {
  static const storage::EventKind kind;
  ClientId client{};
  CentreId centre{};

  template <class Self = BalanceChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Whose balance."),
        field<&Self::centre>("The centre."),
    };
    return table;
  }
};

/// The ledger was corrected, or a correction was reversed.
struct LedgerCorrected {
  static const storage::EventKind kind;
  LedgerEntryId entry{};
  CentreId centre{};
  ClientId client{};

  template <class Self = LedgerCorrected>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::entry>("The movement."),
        field<&Self::centre>("Its centre."),
        field<&Self::client>("Whose balance it moved, if anybody's.").or_default(),
    };
    return table;
  }
};

/// Other terms were agreed with a partner.
struct PartnerTermsChanged {
  static const storage::EventKind kind;
  CentreId centre{};

  template <class Self = PartnerTermsChanged>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::centre>("The partner's centre.")};
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
