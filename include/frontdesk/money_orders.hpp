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

  template <class Self = SoldLine>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::kind>("What it sells: a fee, a top-up or something else."),
        field<&Self::text>("What it is called on paper.").length(1, 200),
        field<&Self::quantity>("How many.").or_default().range(1, 10'000),
        field<&Self::price>("Price of one, tax included."),
        field<&Self::tax_basis_points>("Rate of the tax in the price, in basis points.")
            .or_default()
            .range(0, 10'000),
        field<&Self::refundable>("Whether a cancellation gives it back.").or_default(),
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

  template <class Self = CreateOrder>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre that sells."),
        field<&Self::payer>("Who pays; none for a guest.").or_default(),
        field<&Self::guest_name>("Name of a guest.").personal().length(1, 200),
        field<&Self::guest_email>("Address of a guest.").personal().length(3, 254),
        field<&Self::guest_phone>("Phone of a guest.").personal().length(3, 40),
        field<&Self::lines>("What is sold.").length(1, 200),
        field<&Self::tenders>("What is paid at once.").length(0, 20),
        field<&Self::deposit>("What secures the order until the rest is due."),
        field<&Self::deposit_basis_points>("The same as a part of the total, in basis points.")
            .range(1, 10'000),
        field<&Self::deposit_by>("When the deposit is due."),
        field<&Self::pay_by>("When all of it is due; an unpaid order then lapses."),
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

  template <class Self = GetOrder>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order.").or_default(),
        field<&Self::reference>("Its reference instead; case does not matter.").length(1, 40),
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

  template <class Self = Orders>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::payer>("Only what this client pays.").or_default(),
        field<&Self::seller>("Only what this member of staff sold.").or_default(),
        field<&Self::channel>("Only what was sold there."),
        field<&Self::status>("Only those that stand so."),
        field<&Self::from>("Only those made then or later."),
        field<&Self::to>("Only those made before."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = CancelOrder>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order."),
        field<&Self::version>(
            "The version the decision is based on; an outdated one is a conflict."),
        field<&Self::lines>("Only these lines; empty: all that stand.").length(0, 1000),
        field<&Self::to>("Where what was paid goes back to.").or_default(),
        field<&Self::keep_payment>("Whether what was paid is kept, as income from cancellations.")
            .or_default(),
        field<&Self::reason>("Why.").personal().or_default().length(0, 500),
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

  template <class Self = WriteOff>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order."),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
