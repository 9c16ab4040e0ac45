/// The ledger: accounts, and movements between them whose amounts sum to zero. Nothing in it is
/// ever changed; what was wrong is reversed.
#pragma once

#include <frontdesk/money.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace money {

/// What an account holds. Debit is above zero: what the business has; credit below: what it owes or
/// earned.
enum class AccountKind : unsigned char {
  till,
  safe,
  card_clearing,
  external_clearing,
  bank,
  receivable,
  client_balance,
  unapplied,
  top_ups_due,
  refunds_due,
  deferred_revenue,
  gift_cards,
  points,
  partner_payable,
  tax,
  revenue,
  fees,
  cancellation_income,
  partner_share,
  given_away,
  write_offs,
  petty_expenses,
  cash_difference,
  adjustments,
};
std::span<const EnumValue> enum_values(AccountKind);

/// What a movement is.
enum class EntryKind : unsigned char {
  sale,
  payment,
  top_up,
  line_end,
  refund,
  refund_settled,
  late_payment,
  payment_void,
  pay_out,
  write_off,
  shift_open,
  cash_move,
  shift_close,
  settlement,
  payout,
  adjustment,
  merge,
  reversal,
  recognition,
};
std::span<const EnumValue> enum_values(EntryKind);

/// One account: of a kind and a centre, balances of a client too.
struct LedgerAccount {
  LedgerAccountId id{};
  AccountKind kind = AccountKind::till;
  CentreId centre{};
  ClientId client{};
  Money balance{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&LedgerAccount::id>("Number of the account."),
        field<&LedgerAccount::kind>("What it holds."),
        field<&LedgerAccount::centre>("Whose it is."),
        field<&LedgerAccount::client>("The client, of a balance.").or_default(),
        field<&LedgerAccount::balance>("Sum of its postings; debit is above zero."),
    };
    return table;
  }
};

/// One side of a movement.
struct Posting {
  LedgerAccountId account{};
  AccountKind kind = AccountKind::till;
  ClientId client{};
  Money amount{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Posting::account>("The account."),
        field<&Posting::kind>("What it holds."),
        field<&Posting::client>("The client, of a balance.").or_default(),
        field<&Posting::amount>("How much; debit is above zero."),
    };
    return table;
  }
};

/// A movement. Its postings sum to zero.
struct LedgerEntry {
  LedgerEntryId id{};
  Instant at{};
  EntryKind kind = EntryKind::sale;
  CentreId centre{};
  OrderId order{};
  PaymentId payment{};
  ClientId client{};
  std::optional<std::string> memo{};
  std::int64_t units = 0;
  LedgerEntryId reverses{};
  std::vector<Posting> postings{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&LedgerEntry::id>("Number of the movement."),
        field<&LedgerEntry::at>("When."),
        field<&LedgerEntry::kind>("What it is."),
        field<&LedgerEntry::centre>("The centre."),
        field<&LedgerEntry::order>("The order it is about.").or_default(),
        field<&LedgerEntry::payment>("The payment it is about.").or_default(),
        field<&LedgerEntry::client>("Whose balance it moves.").or_default(),
        field<&LedgerEntry::memo>("Why."),
        field<&LedgerEntry::units>("Tickets sold by it, or below zero, cancelled.").or_default(),
        field<&LedgerEntry::reverses>("The movement it undoes.").or_default(),
        field<&LedgerEntry::postings>("Its sides, which sum to zero."),
    };
    return table;
  }
};

/// Movements, newest first.
struct Ledger {
  using Result = Page<LedgerEntry>;
  static const Operation operation;

  CentreId centre{};
  ClientId client{};
  OrderId order{};
  std::optional<AccountKind> account{};
  std::optional<EntryKind> kind{};
  std::optional<Instant> from{};
  std::optional<Instant> to{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Ledger::centre>("Only of this centre.").or_default(),
        field<&Ledger::client>("Only of this client's balance.").or_default(),
        field<&Ledger::order>("Only about this order.").or_default(),
        field<&Ledger::account>("Only those that touch an account of this kind."),
        field<&Ledger::kind>("Only of this kind."),
        field<&Ledger::from>("Only those then or later."),
        field<&Ledger::to>("Only those before."),
        field<&Ledger::cursor>("From the page before."),
        field<&Ledger::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Accounts with their balances; those of one centre sum to zero. Balances of clients are summed up
/// unless they are asked for.
struct Accounts {
  using Result = Page<LedgerAccount>;
  static const Operation operation;

  CentreId centre{};
  std::optional<AccountKind> kind{};
  bool by_client = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Accounts::centre>("Only of this centre.").or_default(),
        field<&Accounts::kind>("Only of this kind."),
        field<&Accounts::by_client>("Whether each client's balance is a row of its own.")
            .or_default(),
        field<&Accounts::cursor>("From the page before."),
        field<&Accounts::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// Corrects the ledger: moves an amount between two accounts that no order, shift or settlement
/// keeps.
struct Adjust {
  using Result = LedgerEntry;
  static const Operation operation;

  CentreId centre{};
  AccountKind from = AccountKind::adjustments;
  AccountKind to = AccountKind::adjustments;
  ClientId client{};
  Money amount{};
  std::string reason{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Adjust::centre>("The centre."),
        field<&Adjust::from>("The account that is credited."),
        field<&Adjust::to>("The account that is debited."),
        field<&Adjust::client>("The client, where one of them is a balance.").or_default(),
        field<&Adjust::amount>("How much; above zero."),
        field<&Adjust::reason>("Why.").length(1, 500),
    };
    return table;
  }
};

/// Undoes a correction by the opposite movement, once.
struct ReverseEntry {
  using Result = LedgerEntry;
  static const Operation operation;

  LedgerEntryId entry{};
  std::string reason{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ReverseEntry::entry>("The movement."),
        field<&ReverseEntry::reason>("Why.").length(1, 500),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
