/// What clients have with a centre, and what they owe it.
#pragma once

#include <frontdesk/money_ledger.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace money {

/// What a client has with a centre. Where centres share balances, all of one currency together.
struct Balance {
  ClientId client{};
  CentreId centre{};
  Money amount{};
  Money credit_limit{};
  Money available{};
  Money owed{};

  template <class Self = Balance>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::centre>("The centre."),
        field<&Self::amount>("What is there; below zero: what is drawn on credit."),
        field<&Self::credit_limit>("How far below zero it may go."),
        field<&Self::available>("What can be paid from it: amount and credit together."),
        field<&Self::owed>("What is owed for orders besides."),
    };
    return table;
  }
};

/// What a client has with a centre.
struct GetBalance {
  using Result = Balance;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};

  template <class Self = GetBalance>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::centre>("The centre."),
    };
    return table;
  }
};

/// Puts money on a client's balance: an order of one line, paid at once or, where no tender is
/// given, to be paid.
struct TopUp {
  using Result = Order;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  Money amount{};
  std::vector<Tender> tenders{};

  template <class Self = TopUp>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::centre>("The centre."),
        field<&Self::amount>("How much."),
        field<&Self::tenders>("How it is paid; empty: later, as a provider's payment.")
            .length(0, 20),
    };
    return table;
  }
};

/// Pays money of a balance out, in cash or through a provider.
struct PayOut {
  using Result = Balance;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  Money amount{};
  PaymentMethod method = PaymentMethod::cash;
  std::string reason{};

  template <class Self = PayOut>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::centre>("The centre."),
        field<&Self::amount>("How much."),
        field<&Self::method>("Cash from the till, or a transfer that staff made.").or_default(),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

/// Pays what a client owes a centre, the oldest order first.
struct PayDebts {
  using Result = Balance;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  std::vector<Tender> tenders{};

  template <class Self = PayDebts>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Who owes."),
        field<&Self::centre>("The centre."),
        field<&Self::tenders>("How it is paid.").length(1, 20),
    };
    return table;
  }
};

/// One movement of a balance.
struct StatementLine {
  LedgerEntryId entry{};
  Instant at{};
  EntryKind kind = EntryKind::payment;
  OrderId order{};
  std::optional<std::string> memo{};
  Money amount{};
  Money after{};

  template <class Self = StatementLine>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::entry>("The movement."),
        field<&Self::at>("When."),
        field<&Self::kind>("What it was."),
        field<&Self::order>("The order it was about.").or_default(),
        field<&Self::memo>("Why.").personal(),
        field<&Self::amount>("What came, or below zero, what went."),
        field<&Self::after>("The balance afterwards."),
    };
    return table;
  }
};

/// Movements of a client's balance at a centre, newest first.
struct Statement {
  using Result = Page<StatementLine>;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  std::optional<Instant> from{};
  std::optional<Instant> to{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Statement>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::centre>("The centre."),
        field<&Self::from>("Only movements then or later."),
        field<&Self::to>("Only movements before."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Sets how far below zero a client's balance at a centre may go.
struct SetCreditLimit {
  using Result = Balance;
  static const Operation operation;

  ClientId client{};
  CentreId centre{};
  Money credit_limit{};

  template <class Self = SetCreditLimit>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("The client."),
        field<&Self::centre>("The centre."),
        field<&Self::credit_limit>("How far; 0: not at all."),
    };
    return table;
  }
};

/// Somebody who owes money for orders.
struct Debtor {
  ClientId client{};
  CentreId centre{};
  Money owed{};
  std::int64_t orders = 0;
  Instant since{};

  template <class Self = Debtor>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::client>("Who owes."),
        field<&Self::centre>("The centre."),
        field<&Self::owed>("How much."),
        field<&Self::orders>("For how many orders."),
        field<&Self::since>("When the oldest of them was made."),
    };
    return table;
  }
};

/// Who owes what, since when; the oldest debt first. Guests are not listed: their orders are.
struct Debtors {
  using Result = Page<Debtor>;
  static const Operation operation;

  CentreId centre{};
  std::optional<Instant> before{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Debtors>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::before>("Only those whose oldest such order was made before."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
