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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Balance::client>("The client."),
        field<&Balance::centre>("The centre."),
        field<&Balance::amount>("What is there; below zero: what is drawn on credit."),
        field<&Balance::credit_limit>("How far below zero it may go."),
        field<&Balance::available>("What can be paid from it: amount and credit together."),
        field<&Balance::owed>("What is owed for orders besides."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&GetBalance::client>("The client."),
        field<&GetBalance::centre>("The centre."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&TopUp::client>("The client."),
        field<&TopUp::centre>("The centre."),
        field<&TopUp::amount>("How much."),
        field<&TopUp::tenders>("How it is paid; empty: later, as a provider's payment.")
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PayOut::client>("The client."),
        field<&PayOut::centre>("The centre."),
        field<&PayOut::amount>("How much."),
        field<&PayOut::method>("Cash from the till, or a transfer that staff made.").or_default(),
        field<&PayOut::reason>("Why.").length(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PayDebts::client>("Who owes."),
        field<&PayDebts::centre>("The centre."),
        field<&PayDebts::tenders>("How it is paid.").length(1, 20),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&StatementLine::entry>("The movement."),
        field<&StatementLine::at>("When."),
        field<&StatementLine::kind>("What it was."),
        field<&StatementLine::order>("The order it was about.").or_default(),
        field<&StatementLine::memo>("Why."),
        field<&StatementLine::amount>("What came, or below zero, what went."),
        field<&StatementLine::after>("The balance afterwards."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Statement::client>("The client."),
        field<&Statement::centre>("The centre."),
        field<&Statement::from>("Only movements then or later."),
        field<&Statement::to>("Only movements before."),
        field<&Statement::cursor>("From the page before."),
        field<&Statement::limit>("Records a page.").or_default().range(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SetCreditLimit::client>("The client."),
        field<&SetCreditLimit::centre>("The centre."),
        field<&SetCreditLimit::credit_limit>("How far; 0: not at all."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Debtor::client>("Who owes."),
        field<&Debtor::centre>("The centre."),
        field<&Debtor::owed>("How much."),
        field<&Debtor::orders>("For how many orders."),
        field<&Debtor::since>("When the oldest of them was made."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Debtors::centre>("Only of this centre.").or_default(),
        field<&Debtors::before>("Only those whose oldest such order was made before."),
        field<&Debtors::cursor>("From the page before."),
        field<&Debtors::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
