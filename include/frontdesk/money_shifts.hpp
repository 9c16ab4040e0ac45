/// The till: cash shifts with what they took and gave, counted at the end.
#pragma once

#include <frontdesk/money.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace money {

/// Sales and refunds of one shift in one way of paying.
struct MethodTotal {
  PaymentMethod method = PaymentMethod::cash;
  std::int64_t payments = 0;
  Money taken{};
  std::int64_t refunds = 0;
  Money given{};

  template <class Self = MethodTotal>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::method>("How it was paid."),
        field<&Self::payments>("How many payments; those voided aside."),
        field<&Self::taken>("What they came to."),
        field<&Self::refunds>("How many refunds."),
        field<&Self::given>("What they came to."),
    };
    return table;
  }
};

/// What the orders paid within a shift hold of one tax.
struct TaxTotal {
  std::int64_t tax_basis_points = 0;
  Money gross{};
  Money tax{};

  template <class Self = TaxTotal>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::tax_basis_points>("Rate in basis points."),
        field<&Self::gross>("What was taken less what was given back, tax included."),
        field<&Self::tax>("The tax in it."),
    };
    return table;
  }
};

/// Totals of a shift: an X report while it is open, the Z report once it is closed.
struct ShiftTotals {
  Money opened_with{};
  Money cash_in{};
  Money cash_out{};
  Money expected{};
  std::int64_t voided = 0;
  std::vector<MethodTotal> methods{};
  std::vector<TaxTotal> taxes{};

  template <class Self = ShiftTotals>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::opened_with>("Cash in the till at the beginning."),
        field<&Self::cash_in>("Cash put in since, sales aside."),
        field<&Self::cash_out>("Cash taken out since, refunds aside."),
        field<&Self::expected>("Cash that must be in the till."),
        field<&Self::voided>("How many payments were voided."),
        field<&Self::methods>("By way of paying."),
        field<&Self::taxes>("By rate of tax."),
    };
    return table;
  }
};

/// The time that somebody answers for a till.
struct Shift {
  ShiftId id{};
  std::int64_t version = 0;
  CentreId centre{};
  std::string till{};
  std::int64_t number = 0;
  AccountId account{};
  Instant opened_at{};
  std::optional<Instant> closed_at{};
  AccountId closed_by{};
  std::optional<Money> counted{};
  std::optional<Money> difference{};
  std::optional<std::string> note{};
  std::optional<ShiftTotals> z{};

  template <class Self = Shift>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the shift."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre."),
        field<&Self::till>("Name of the till."),
        field<&Self::number>("Number within the centre and its till, without gaps."),
        field<&Self::account>("Who answers for it; none: the host.").or_default(),
        field<&Self::opened_at>("When it was opened."),
        field<&Self::closed_at>("When it was closed."),
        field<&Self::closed_by>("Who closed it.").or_default(),
        field<&Self::counted>("Cash that was counted."),
        field<&Self::difference>("What was counted over what was expected."),
        field<&Self::note>("What was noted about the count."),
        field<&Self::z>("The Z report; it never changes."),
    };
    return table;
  }
};

/// Opens a shift of the caller's at a till. Cash then comes and goes within it.
struct OpenShift {
  using Result = Shift;
  static const Operation operation;

  CentreId centre{};
  std::string till{};
  Money opened_with{};

  template <class Self = OpenShift>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::till>("Name of the till.").length(1, 60),
        field<&Self::opened_with>("Cash in the till, from the safe."),
    };
    return table;
  }
};

/// Puts cash into the caller's open till, or takes it out, for another reason than a sale.
struct MoveCash {
  using Result = ShiftTotals;
  static const Operation operation;

  CentreId centre{};
  Money amount{};
  bool expense = false;
  std::string reason{};

  template <class Self = MoveCash>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::amount>("How much goes in, or below zero, out."),
        field<&Self::expense>("Whether it is spent; else it goes to the safe.").or_default(),
        field<&Self::reason>("Why.").length(1, 500),
    };
    return table;
  }
};

/// Counts and closes a shift; a difference is posted, the rest goes to the safe.
struct CloseShift {
  using Result = Shift;
  static const Operation operation;

  ShiftId shift{};
  Money counted{};
  std::optional<std::string> note{};

  template <class Self = CloseShift>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::shift>("The shift."),
        field<&Self::counted>("Cash in the till."),
        field<&Self::note>("What is to be noted about the count.").length(1, 500),
    };
    return table;
  }
};

/// One shift and its totals up to now.
struct ShiftReport {
  Shift shift{};
  ShiftTotals totals{};

  template <class Self = ShiftReport>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::shift>("The shift."),
        field<&Self::totals>("Its totals up to now, or of its Z report."),
    };
    return table;
  }
};

/// Totals of a shift without closing it (X report), or those it was closed with.
struct GetShift {
  using Result = ShiftReport;
  static const Operation operation;

  ShiftId shift{};

  template <class Self = GetShift>
  static Fields fields() {
    static constexpr Field table[] = {field<&Self::shift>("The shift.")};
    return table;
  }
};

/// Cash shifts, newest first.
struct Shifts {
  using Result = Page<Shift>;
  static const Operation operation;

  CentreId centre{};
  AccountId account{};
  bool open = false;
  std::optional<Instant> from{};
  std::optional<Instant> to{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Shifts>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("Only of this centre.").or_default(),
        field<&Self::account>("Only of this member of staff.").or_default(),
        field<&Self::open>("Only those that are open.").or_default(),
        field<&Self::from>("Only those opened then or later."),
        field<&Self::to>("Only those opened before."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

/// A shift was opened or closed.
struct ShiftChanged {
  static const storage::EventKind kind;
  ShiftId shift{};
  CentreId centre{};
  bool open = false;

  template <class Self = ShiftChanged>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::shift>("The shift."),
        field<&Self::centre>("The centre."),
        field<&Self::open>("Whether it is open now."),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
