/// What the platform owes the centres of its partners: terms, statements from the ledger, payouts.
#pragma once

#include <frontdesk/money.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace money {

/// In whose name a centre's tickets are sold.
enum class SellerOfRecord : unsigned char { platform, partner };
std::span<const EnumValue> enum_values(SellerOfRecord);

/// What a partner's centre gets of what is sold there. New terms hold from the next settlement on.
struct PartnerTerms {
  std::int64_t version = 0;
  CentreId centre{};
  SellerOfRecord seller = SellerOfRecord::platform;
  std::int64_t share_basis_points = 0;
  Money amount_per_visit{};
  bool keeps_cash = false;
  Instant set_at{};

  template <class Self = PartnerTerms>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The partner's centre."),
        field<&Self::seller>("In whose name tickets are sold. The platform: the share is"
                             " of what was earned without tax; the partner: with it."),
        field<&Self::share_basis_points>("The partner's share in basis points."),
        field<&Self::amount_per_visit>("What the partner gets for each place sold."),
        field<&Self::keeps_cash>(
            "Whether cash taken at the centre stays there, and counts as paid out."),
        field<&Self::set_at>("When they were agreed."),
    };
    return table;
  }
};

/// Agrees terms with a partner's centre.
struct SetPartnerTerms {
  using Result = PartnerTerms;
  static const Operation operation;

  CentreId centre{};
  SellerOfRecord seller = SellerOfRecord::platform;
  std::int64_t share_basis_points = 0;
  std::optional<Money> amount_per_visit{};
  bool keeps_cash = false;

  template <class Self = SetPartnerTerms>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The partner's centre."),
        field<&Self::seller>("In whose name tickets are sold.").or_default(),
        field<&Self::share_basis_points>("The partner's share in basis points.")
            .or_default()
            .range(0, 10'000),
        field<&Self::amount_per_visit>(
            "What the partner gets for each place sold, beside the share."),
        field<&Self::keeps_cash>("Whether cash taken at the centre stays there.").or_default(),
    };
    return table;
  }
};

/// The terms of a partner's centre.
struct GetPartnerTerms {
  using Result = PartnerTerms;
  static const Operation operation;

  CentreId centre{};

  template <class Self = GetPartnerTerms>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::centre>("The partner's centre.")};
    return table;
  }
};

/// What a period came to, from the ledger.
struct SettlementFigures {
  CentreId centre{};
  Instant from{};
  Instant until{};
  std::int64_t visits = 0;
  Money earned{};
  Money tax{};
  Money share{};
  Money for_visits{};
  Money cash_kept{};
  Money payable{};

  template <class Self = SettlementFigures>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The partner's centre."),
        field<&Self::from>("Start of the period: where the last settlement ended."),
        field<&Self::until>("End of the period, not included."),
        field<&Self::visits>("Places sold less those cancelled."),
        field<&Self::earned>("What was sold less what was given back, without tax."),
        field<&Self::tax>("The tax on it."),
        field<&Self::share>("The partner's share of it."),
        field<&Self::for_visits>("What the partner gets for visits."),
        field<&Self::cash_kept>("Cash that stayed at the centre."),
        field<&Self::payable>("What is to be paid out; below zero: what the partner owes."),
    };
    return table;
  }
};

enum class SettlementStatus : unsigned char { open, paid, reversed };
std::span<const EnumValue> enum_values(SettlementStatus);

/// A statement that was settled.
struct Settlement {
  SettlementId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::int64_t number = 0;
  SettlementStatus status = SettlementStatus::open;
  SettlementFigures figures{};
  PartnerTerms terms{};
  Instant created_at{};
  std::optional<Instant> paid_at{};
  std::optional<std::string> external_ref{};
  std::optional<Instant> reversed_at{};
  std::optional<std::string> reason{};

  template <class Self = Settlement>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the record."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The partner's centre."),
        field<&Self::number>("Number within the centre, without gaps."),
        field<&Self::status>("Where it stands."),
        field<&Self::figures>("What it came to."),
        field<&Self::terms>("The terms it was made by."),
        field<&Self::created_at>("When it was made."),
        field<&Self::paid_at>("When it was paid out."),
        field<&Self::external_ref>("What the bank calls the payout."),
        field<&Self::reversed_at>("When it was taken back."),
        field<&Self::reason>("Why it was taken back."),
    };
    return table;
  }
};

/// What a settlement up to then would come to.
struct PartnerStatement {
  using Result = SettlementFigures;
  static const Operation operation;

  CentreId centre{};
  std::optional<Instant> until{};

  template <class Self = PartnerStatement>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The partner's centre."),
        field<&Self::until>("End of the period; absent: now."),
    };
    return table;
  }
};

/// Settles what was earned since the last settlement: from now on it is owed to the partner.
struct Settle {
  using Result = Settlement;
  static const Operation operation;

  CentreId centre{};
  std::optional<Instant> until{};

  template <class Self = Settle>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The partner's centre."),
        field<&Self::until>("End of the period; absent: now."),
    };
    return table;
  }
};

/// Tells that a settlement was paid out.
struct PaySettlement {
  using Result = Settlement;
  static const Operation operation;

  SettlementId settlement{};
  std::optional<std::string> external_ref{};

  template <class Self = PaySettlement>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::settlement>("The settlement."),
        field<&Self::external_ref>("What the bank calls the payout.").length(1, 200),
    };
    return table;
  }
};

/// Takes back the last settlement of a centre, payout included; its period is settled anew.
struct ReverseSettlement {
  using Result = Settlement;
  static const Operation operation;

  SettlementId settlement{};
  std::string reason{};

  template <class Self = ReverseSettlement>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::settlement>("The settlement."),
        field<&Self::reason>("Why.").length(1, 500),
    };
    return table;
  }
};

/// Settlements, newest first.
struct Settlements {
  using Result = Page<Settlement>;
  static const Operation operation;

  CentreId centre{};
  std::optional<SettlementStatus> status{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Settlements>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::status>("Only those that stand so."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// A settlement was made, paid out or taken back.
struct SettlementChanged {
  static const storage::EventKind kind;
  SettlementId settlement{};
  CentreId centre{};
  SettlementStatus status = SettlementStatus::open;

  template <class Self = SettlementChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::settlement>("The settlement."),
        field<&Self::centre>("The partner's centre."),
        field<&Self::status>("Where it stands."),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
