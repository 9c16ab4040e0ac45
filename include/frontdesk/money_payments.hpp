/// Payments and refunds. A provider's payments are begun, handed to the provider by the host, and
/// told complete or failed by its callbacks, which may come twice and in any order.
#pragma once

#include <frontdesk/money.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace money {

/// Pays an order in one or several ways. Customers pay from their balance; staff take money.
struct Pay {
  using Result = Order;
  static const Operation operation;

  OrderId order{};
  std::vector<Tender> tenders{};

  template <class Self = Pay>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order."),
        field<&Self::tenders>("How it is paid.").length(1, 20),
    };
    return table;
  }
};

/// Begins a payment that a provider will transfer.
struct StartPayment {
  using Result = Payment;
  static const Operation operation;

  OrderId order{};
  std::string provider{};
  std::optional<Money> amount{};
  std::optional<std::string> external_ref{};

  template <class Self = StartPayment>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order."),
        field<&Self::provider>("Who transfers it.").length(1, 40),
        field<&Self::amount>("How much; absent: all that is owed."),
        field<&Self::external_ref>(
            "What the provider calls it; absent: one is made to be handed to the provider.")
            .length(1, 200),
    };
    return table;
  }
};

/// What a provider tells of a payment.
enum class Outcome : unsigned char { completed, failed, refunded };
std::span<const EnumValue> enum_values(Outcome);

/// What became of a callback.
enum class CallbackEffect : unsigned char { applied, repeated, outdated, kept };
std::span<const EnumValue> enum_values(CallbackEffect);

struct CallbackDone {
  CallbackEffect effect = CallbackEffect::applied;
  Payment payment{};

  template <class Self = CallbackDone>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::effect>("What became of it."),
        field<&Self::payment>("The payment as it is now."),
    };
    return table;
  }
};

/// Takes what a provider tells, once, in whatever order it comes: completed wins over failed, and a
/// refund told before its payment waits for it.
struct RecordCallback {
  using Result = CallbackDone;
  static const Operation operation;

  std::string provider{};
  std::string event{};
  PaymentId payment{};
  std::optional<std::string> external_ref{};
  Outcome outcome = Outcome::completed;
  Money amount{};
  std::optional<std::string> problem{};

  template <class Self = RecordCallback>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::provider>("Who tells it.").length(1, 40),
        field<&Self::event>("The provider's own key for what it tells; the same key is"
                            " the same event.")
            .length(1, 200),
        field<&Self::payment>("The payment.").or_default(),
        field<&Self::external_ref>("What the provider calls the payment instead.").length(1, 200),
        field<&Self::outcome>("What happened."),
        field<&Self::amount>("How much was transferred, or given back."),
        field<&Self::problem>("Why it failed.").personal().length(1, 500),
    };
    return table;
  }
};

/// Payments, newest first.
struct Payments {
  using Result = Page<Payment>;
  static const Operation operation;

  OrderId order{};
  CentreId centre{};
  ClientId client{};
  ShiftId shift{};
  std::optional<PaymentMethod> method{};
  std::optional<PaymentStatus> status{};
  bool unapplied = false;
  std::optional<Instant> from{};
  std::optional<Instant> to{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Payments>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("Only of this order.").or_default(),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::client>("Only of this client.").or_default(),
        field<&Self::shift>("Only of this cash shift.").or_default(),
        field<&Self::method>("Only those paid so."),
        field<&Self::status>("Only those that stand so."),
        field<&Self::unapplied>("Only those that came too late and wait.").or_default(),
        field<&Self::from>("Only those begun then or later."),
        field<&Self::to>("Only those begun before."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// What is done with a payment that came too late.
enum class LateUse : unsigned char { order, balance, refund };
std::span<const EnumValue> enum_values(LateUse);

/// Uses a payment that came too late: for what its order owes now, for the balance, or back.
struct ResolvePayment {
  using Result = Payment;
  static const Operation operation;

  PaymentId payment{};
  LateUse use = LateUse::refund;

  template <class Self = ResolvePayment>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::payment>("The payment."),
        field<&Self::use>("What is done with it."),
    };
    return table;
  }
};

/// Takes back a payment of cash or card that was a mistake, within its open shift: the order owes
/// it again.
struct VoidPayment {
  using Result = Payment;
  static const Operation operation;

  PaymentId payment{};
  std::string reason{};

  template <class Self = VoidPayment>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::payment>("The payment."),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

// --- refunds ---

struct LineRefund {
  OrderLineId line{};
  std::optional<Money> amount{};

  template <class Self = LineRefund>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::line>("The line."),
        field<&Self::amount>("How much of it; absent: all that was paid."),
    };
    return table;
  }
};

/// What a refund gave back.
struct Refunded {
  Order order{};
  Money amount{};
  std::vector<Refund> refunds{};

  template <class Self = Refunded>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order as it is now."),
        field<&Self::amount>("How much goes back in all."),
        field<&Self::refunds>("One for each payment that is given back, the latest first."),
    };
    return table;
  }
};

/// Gives back money of lines that stand, or what was kept of cancelled ones; the order is worth
/// less by it.
struct GiveBack {
  using Result = Refunded;
  static const Operation operation;

  OrderId order{};
  std::vector<LineRefund> lines{};
  RefundTo to = RefundTo::method;
  std::string reason{};

  template <class Self = GiveBack>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("The order."),
        field<&Self::lines>("What goes back; empty: all that was paid.").length(0, 1000),
        field<&Self::to>("Where it goes.").or_default(),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

/// Refunds, newest first.
struct Refunds {
  using Result = Page<Refund>;
  static const Operation operation;

  OrderId order{};
  CentreId centre{};
  ClientId client{};
  std::optional<RefundStatus> status{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Refunds>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::order>("Only of this order.").or_default(),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::client>("Only of this client.").or_default(),
        field<&Self::status>("Only those that stand so."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Refunds that a provider has yet to transfer, the oldest first: what the host works off.
struct RefundsDue {
  using Result = Page<Refund>;
  static const Operation operation;

  std::optional<std::string> provider{};
  CentreId centre{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = RefundsDue>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::provider>("Only of this provider.").length(1, 40),
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Tells that a provider transferred a refund. Telling it again changes nothing.
struct ConfirmRefund {
  using Result = Refund;
  static const Operation operation;

  RefundId refund{};
  std::optional<std::string> external_ref{};

  template <class Self = ConfirmRefund>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::refund>("The refund."),
        field<&Self::external_ref>("What the provider calls the transfer.").length(1, 200),
    };
    return table;
  }
};

/// Tells that a provider could not transfer a refund. It stays owed: it may be tried again, or go
/// to the payer's balance.
struct FailRefund {
  using Result = Refund;
  static const Operation operation;

  RefundId refund{};
  std::string problem{};
  bool to_balance = false;

  template <class Self = FailRefund>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::refund>("The refund."),
        field<&Self::problem>("Why it failed.").personal().length(1, 500),
        field<&Self::to_balance>("Whether the payer's balance takes it.").or_default(),
    };
    return table;
  }
};

/// Puts a refund that failed back among those due.
struct RetryRefund {
  using Result = Refund;
  static const Operation operation;

  RefundId refund{};

  template <class Self = RetryRefund>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::refund>("The refund.")};
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
