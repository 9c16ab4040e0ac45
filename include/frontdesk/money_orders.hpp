/// Orders: made all or nothing, looked at, cancelled. Bookings make their own; these operations are
/// for what is sold without one, and for looking.
#pragma once

#include <frontdesk/money.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace money {

/// A line to be sold at a price that staff name: what is not a ticket.
struct SoldLine {
  LineKind kind = LineKind::other;
  std::string text{};
  std::int64_t quantity = 1;
  Money price{};
  std::int64_t tax_basis_points = 0;
  bool refundable = true;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SoldLine::kind>("What it sells: a fee, a top-up or something else."),
        field<&SoldLine::text>("What it is called on paper.").length(1, 200),
        field<&SoldLine::quantity>("How many.").or_default().range(1, 10'000),
        field<&SoldLine::price>("Price of one, tax included."),
        field<&SoldLine::tax_basis_points>("Rate of the tax in the price, in basis points.")
            .or_default()
            .range(0, 10'000),
        field<&SoldLine::refundable>("Whether a cancellation gives it back.").or_default(),
    };
    return table;
  }
};

/// Sells what needs no booking, all lines or none.
struct CreateOrder {
  using Result = Order;
  static const Operation operation;

  CentreId centre{};
  ClientId payer{};
  std::optional<std::string> guest_name{};
  std::optional<std::string> guest_email{};
  std::optional<std::string> guest_phone{};
  std::vector<SoldLine> lines{};
  std::vector<Tender> tenders{};
  std::optional<Money> deposit{};
  std::optional<std::int64_t> deposit_basis_points{};
  std::optional<Instant> deposit_by{};
  std::optional<Instant> pay_by{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreateOrder::centre>("The centre that sells."),
        field<&CreateOrder::payer>("Who pays; none for a guest.").or_default(),
        field<&CreateOrder::guest_name>("Name of a guest.").personal().length(1, 200),
        field<&CreateOrder::guest_email>("Address of a guest.").personal().length(3, 254),
        field<&CreateOrder::guest_phone>("Phone of a guest.").personal().length(3, 40),
        field<&CreateOrder::lines>("What is sold.").length(1, 200),
        field<&CreateOrder::tenders>("What is paid at once.").length(0, 20),
        field<&CreateOrder::deposit>("What secures the order until the rest is due."),
        field<&CreateOrder::deposit_basis_points>(
            "The same as a part of the total, in basis points.")
            .range(1, 10'000),
        field<&CreateOrder::deposit_by>("When the deposit is due."),
        field<&CreateOrder::pay_by>("When all of it is due; an unpaid order then lapses."),
    };
    return table;
  }
};

/// One order, by number or reference.
struct GetOrder {
  using Result = Order;
  static const Operation operation;

  OrderId order{};
  std::optional<std::string> reference{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GetOrder::order>("The order.").or_default(),
        field<&GetOrder::reference>("Its reference instead; case does not matter.").length(1, 40),
    };
    return table;
  }
};

/// Orders, newest first.
struct Orders {
  using Result = Page<Order>;
  static const Operation operation;

  CentreId centre{};
  ClientId payer{};
  AccountId seller{};
  std::optional<seating::Channel> channel{};
  std::optional<OrderStatus> status{};
  std::optional<Instant> from{};
  std::optional<Instant> to{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Orders::centre>("Only of this centre.").or_default(),
        field<&Orders::payer>("Only what this client pays.").or_default(),
        field<&Orders::seller>("Only what this member of staff sold.").or_default(),
        field<&Orders::channel>("Only what was sold there."),
        field<&Orders::status>("Only those that stand so."),
        field<&Orders::from>("Only those made then or later."),
        field<&Orders::to>("Only those made before."),
        field<&Orders::cursor>("From the page before."),
        field<&Orders::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Cancels what stands of an order that no booking belongs to. What was paid goes back, but for
/// lines that are not refundable, or what is to be kept.
struct CancelOrder {
  using Result = Order;
  static const Operation operation;

  OrderId order{};
  std::optional<std::int64_t> version{};
  std::vector<OrderLineId> lines{};
  RefundTo to = RefundTo::method;
  bool keep_payment = false;
  std::string reason{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CancelOrder::order>("The order."),
        field<&CancelOrder::version>(
            "The version the decision is based on; an outdated one is a conflict."),
        field<&CancelOrder::lines>("Only these lines; empty: all that stand.").length(0, 1000),
        field<&CancelOrder::to>("Where what was paid goes back to.").or_default(),
        field<&CancelOrder::keep_payment>(
            "Whether what was paid is kept, as income from cancellations.")
            .or_default(),
        field<&CancelOrder::reason>("Why.").or_default().length(0, 500),
    };
    return table;
  }
};

/// Strikes off what is owed of an order and will not come.
struct WriteOff {
  using Result = Order;
  static const Operation operation;

  OrderId order{};
  std::string reason{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&WriteOff::order>("The order."),
        field<&WriteOff::reason>("Why.").length(1, 500),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
