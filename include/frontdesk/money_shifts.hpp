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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&MethodTotal::method>("How it was paid."),
        field<&MethodTotal::payments>("How many payments; those voided aside."),
        field<&MethodTotal::taken>("What they came to."),
        field<&MethodTotal::refunds>("How many refunds."),
        field<&MethodTotal::given>("What they came to."),
    };
    return table;
  }
};

/// What the orders paid within a shift hold of one tax.
struct TaxTotal {
  std::int64_t tax_basis_points = 0;
  Money gross{};
  Money tax{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&TaxTotal::tax_basis_points>("Rate in basis points."),
        field<&TaxTotal::gross>("What was taken less what was given back, tax included."),
        field<&TaxTotal::tax>("The tax in it."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ShiftTotals::opened_with>("Cash in the till at the beginning."),
        field<&ShiftTotals::cash_in>("Cash put in since, sales aside."),
        field<&ShiftTotals::cash_out>("Cash taken out since, refunds aside."),
        field<&ShiftTotals::expected>("Cash that must be in the till."),
        field<&ShiftTotals::voided>("How many payments were voided."),
        field<&ShiftTotals::methods>("By way of paying."),
        field<&ShiftTotals::taxes>("By rate of tax."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Shift::id>("Number of the shift."),
        field<&Shift::version>("Grows by one with each change."),
        field<&Shift::centre>("The centre."),
        field<&Shift::till>("Name of the till."),
        field<&Shift::number>("Number within the centre and its till, without gaps."),
        field<&Shift::account>("Who answers for it; none: the host.").or_default(),
        field<&Shift::opened_at>("When it was opened."),
        field<&Shift::closed_at>("When it was closed."),
        field<&Shift::closed_by>("Who closed it.").or_default(),
        field<&Shift::counted>("Cash that was counted."),
        field<&Shift::difference>("What was counted over what was expected."),
        field<&Shift::note>("What was noted about the count."),
        field<&Shift::z>("The Z report; it never changes."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&OpenShift::centre>("The centre."),
        field<&OpenShift::till>("Name of the till.").length(1, 60),
        field<&OpenShift::opened_with>("Cash in the till, from the safe."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&MoveCash::centre>("The centre."),
        field<&MoveCash::amount>("How much goes in, or below zero, out."),
        field<&MoveCash::expense>("Whether it is spent; else it goes to the safe.").or_default(),
        field<&MoveCash::reason>("Why.").length(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CloseShift::shift>("The shift."),
        field<&CloseShift::counted>("Cash in the till."),
        field<&CloseShift::note>("What is to be noted about the count.").length(1, 500),
    };
    return table;
  }
};

/// One shift and its totals up to now.
struct ShiftReport {
  Shift shift{};
  ShiftTotals totals{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ShiftReport::shift>("The shift."),
        field<&ShiftReport::totals>("Its totals up to now, or of its Z report."),
    };
    return table;
  }
};

/// Totals of a shift without closing it (X report), or those it was closed with.
struct GetShift {
  using Result = ShiftReport;
  static const Operation operation;

  ShiftId shift{};

  static Fields fields() {
    static constexpr Field table[] = {field<&GetShift::shift>("The shift.")};
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Shifts::centre>("Only of this centre.").or_default(),
        field<&Shifts::account>("Only of this member of staff.").or_default(),
        field<&Shifts::open>("Only those that are open.").or_default(),
        field<&Shifts::from>("Only those opened then or later."),
        field<&Shifts::to>("Only those opened before."),
        field<&Shifts::cursor>("From the page before."),
        field<&Shifts::limit>("Records a page.").or_default().range(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ShiftChanged::shift>("The shift."),
        field<&ShiftChanged::centre>("The centre."),
        field<&ShiftChanged::open>("Whether it is open now."),
    };
    return table;
  }
};

}  // namespace money
}  // namespace v1
}  // namespace frontdesk
