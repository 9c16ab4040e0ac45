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
  gift_card_expiry,
};
std::span<const EnumValue> enum_values(EntryKind);

/// One account: of a kind and a centre, balances of a client too.
struct LedgerAccount {
  LedgerAccountId id{};
  AccountKind kind = AccountKind::till;
  CentreId centre{};
  ClientId client{};
  Money balance{};

  template <class Self = LedgerAccount>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the account."),
        field<&Self::kind>("What it holds."),
        field<&Self::centre>("Whose it is."),
        field<&Self::client>("The client, of a balance.").or_default(),
        field<&Self::balance>("Sum of its postings; debit is above zero."),
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

  template <class Self = Posting>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::account>("The account."),
        field<&Self::kind>("What it holds."),
        field<&Self::client>("The client, of a balance.").or_default(),
        field<&Self::amount>("How much; debit is above zero."),
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

  template <class Self = LedgerEntry>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the movement."),
        field<&Self::at>("When."),
        field<&Self::kind>("What it is."),
        field<&Self::centre>("The centre."),
        field<&Self::order>("The order it is about.").or_default(),
        field<&Self::payment>("The payment it is about.").or_default(),
        field<&Self::client>("Whose balance it moves.").or_default(),
        field<&Self::memo>("Why.").personal(),
        field<&Self::units>("Tickets sold by it, or below zero, cancelled.").or_default(),
        field<&Self::reverses>("The movement it undoes.").or_default(),
        field<&Self::postings>("Its sides, which sum to zero."),
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

  template <class Self = Ledger>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::client>("Only of this client's balance.").or_default(),
        field<&Self::order>("Only about this order.").or_default(),
        field<&Self::account>("Only those that touch an account of this kind."),
        field<&Self::kind>("Only of this kind."),
        field<&Self::from>("Only those then or later."),
        field<&Self::to>("Only those before."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = Accounts>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::kind>("Only of this kind."),
        field<&Self::by_client>("Whether each client's balance is a row of its own.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
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

  template <class Self = Adjust>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::from>("The account that is credited."),
        field<&Self::to>("The account that is debited."),
        field<&Self::client>("The client, where one of them is a balance.").or_default(),
        field<&Self::amount>("How much; above zero."),
        field<&Self::reason>("Why.").personal().length(1, 500),
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

  template <class Self = ReverseEntry>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::entry>("The movement."),
        field<&Self::reason>("Why.").personal().length(1, 500),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
