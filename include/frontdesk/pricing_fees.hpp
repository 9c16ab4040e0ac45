/// Fees and surcharges, and tax rates.
///
/// A fee is taken for each place (3D glasses) or once for an order (booking fee). Tax is worked out
/// for each line by the rate that holds on the local day of the sale (SPEC D9): the rate for the
/// activity, else for the nearest of its categories and those above them, else the centre's; of
/// each, the one for just what is taxed comes first.
/// Without a rate there is no tax. Each line's tax is rounded by itself: half-up, or half-even by
/// the setting `money.round_half_even` (SPEC D8).
#pragma once

#include <frontdesk/pricing.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace pricing {

// --- records ---

/// What a fee is taken for.
enum class FeePer : unsigned char { place, order };
std::span<const EnumValue> enum_values(FeePer);

/// What is added for a place or an order.
struct Fee {
  FeeId id{};
  std::int64_t version = 0;
  CentreId centre{};
  ActivityId activity{};
  SeriesId series{};
  SessionId session{};
  FeePer per = FeePer::place;
  std::string name{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};
  std::optional<seating::Channel> channel{};
  std::optional<std::int64_t> basis_points{};
  std::optional<Money> amount{};
  bool refundable = true;
  Instant created_at{};
  std::optional<Instant> ended_at{};

  template <class Self = Fee>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the fee."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre; its currency holds."),
        field<&Self::activity>("Only for this activity.").or_default(),
        field<&Self::series>("Only for sessions of this series.").or_default(),
        field<&Self::session>("Only for this session.").or_default(),
        field<&Self::per>("Taken for each place, or once an order."),
        field<&Self::name>("What the buyer reads."),
        field<&Self::ticket_type>("Only for places with this ticket type.").or_default(),
        field<&Self::seat_category>("Only for seats of this category, by its code."),
        field<&Self::channel>("Only for sales there."),
        field<&Self::basis_points>(
            "So many hundredths of a percent of the price after discounts: of the place's, or of "
            "all places'."),
        field<&Self::amount>("Or so much."),
        field<&Self::refundable>("Given back with what it was taken for."),
        field<&Self::created_at>("When it was made."),
        field<&Self::ended_at>("When it was ended; absent while it holds."),
    };
    return table;
  }
};

/// What a tax rate is for.
enum class Taxed : unsigned char { tickets, fees };
std::span<const EnumValue> enum_values(Taxed);

/// A rate of tax from one day to another.
struct TaxRate {
  TaxRateId id{};
  std::int64_t version = 0;
  CentreId centre{};
  ActivityId activity{};
  CategoryId category{};
  std::optional<Taxed> taxed{};
  std::string name{};
  std::int64_t basis_points = 0;
  bool included = true;
  Date first_date{};
  std::optional<Date> last_date{};
  Instant created_at{};

  template <class Self = TaxRate>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::id>("Number of the rate."),
        field<&Self::version>("Grows by one with each change."),
        field<&Self::centre>("The centre."),
        field<&Self::activity>("Only for this activity.").or_default(),
        field<&Self::category>("Only for activities of this category or one below it.")
            .or_default(),
        field<&Self::taxed>("Only for tickets, or only for fees; absent: for both."),
        field<&Self::name>("What the buyer reads, such as `VAT`."),
        field<&Self::basis_points>("Hundredths of a percent: 2000 is 20 %."),
        field<&Self::included>("Prices contain it; else it is added to them."),
        field<&Self::first_date>("Local day of the sale from which on it holds."),
        field<&Self::last_date>("Local day up to which it holds; absent: until further notice."),
        field<&Self::created_at>("When it was entered."),
    };
    return table;
  }
};

// --- fees ---

/// Makes a fee or surcharge.
struct CreateFee {
  using Result = Fee;
  static const Operation operation;

  CentreId centre{};
  ActivityId activity{};
  SeriesId series{};
  SessionId session{};
  FeePer per = FeePer::place;
  std::string name{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};
  std::optional<seating::Channel> channel{};
  std::optional<std::int64_t> basis_points{};
  std::optional<Money> amount{};
  bool refundable = true;

  template <class Self = CreateFee>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::activity>("Only for this activity.").or_default(),
        field<&Self::series>("Only for sessions of this series.").or_default(),
        field<&Self::session>("Only for this session.").or_default(),
        field<&Self::per>("Taken for each place, or once an order."),
        field<&Self::name>("What the buyer reads.").length(1, 200),
        field<&Self::ticket_type>("Only for places with this ticket type.").or_default(),
        field<&Self::seat_category>("Only for seats of this category; a code.").length(1, 40),
        field<&Self::channel>("Only for sales there."),
        field<&Self::basis_points>("Hundredths of a percent of the price after discounts.")
            .range(0, 100'000),
        field<&Self::amount>("Or so much."),
        field<&Self::refundable>("Given back with what it was taken for.").or_default(),
    };
    return table;
  }
};

/// Changes a fee; what is not given stays as it is. What it is for stays.
struct UpdateFee {
  using Result = Fee;
  static const Operation operation;

  FeeId fee{};
  std::optional<std::int64_t> version{};
  Update<std::string> name{};
  Update<TicketTypeId> ticket_type{};
  Update<std::string> seat_category{};
  Update<seating::Channel> channel{};
  Update<std::int64_t> basis_points{};
  Update<Money> amount{};
  Update<bool> refundable{};

  template <class Self = UpdateFee>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::fee>("The fee."),
        field<&Self::version>("The version it is thought to have."),
        field<&Self::name>("What the buyer reads.").length(1, 200),
        field<&Self::ticket_type>("Only for places with this ticket type; null: for all."),
        field<&Self::seat_category>("Only for seats of this category; null: for all.")
            .length(1, 40),
        field<&Self::channel>("Only for sales there; null: everywhere."),
        field<&Self::basis_points>("Hundredths of a percent of the price after discounts.")
            .range(0, 100'000),
        field<&Self::amount>("Or so much."),
        field<&Self::refundable>("Given back with what it was taken for."),
    };
    return table;
  }
};

/// Ends a fee. Quotes that were fixed stand.
struct EndFee {
  using Result = Fee;
  static const Operation operation;

  FeeId fee{};
  std::optional<std::int64_t> version{};

  template <class Self = EndFee>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::fee>("The fee."),
        field<&Self::version>("The version it is thought to have."),
    };
    return table;
  }
};

/// Fees of a centre, oldest first.
struct Fees {
  using Result = Page<Fee>;
  static const Operation operation;

  CentreId centre{};
  bool ended = false;
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = Fees>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::ended>("Those that were ended, instead.").or_default(),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

// --- taxes ---

/// Sets a rate of tax from a day on. The rate before it, for the same, ends the day before.
struct SetTaxRate {
  using Result = TaxRate;
  static const Operation operation;

  CentreId centre{};
  ActivityId activity{};
  CategoryId category{};
  std::optional<Taxed> taxed{};
  std::string name{};
  std::int64_t basis_points = 0;
  bool included = true;
  Date first_date{};
  std::optional<Date> last_date{};

  template <class Self = SetTaxRate>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::activity>("Only for this activity.").or_default(),
        field<&Self::category>("Or only for activities of this category or one below it.")
            .or_default(),
        field<&Self::taxed>("Only for tickets, or only for fees; absent: for both."),
        field<&Self::name>("What the buyer reads, such as `VAT`.").length(1, 100),
        field<&Self::basis_points>("Hundredths of a percent: 2000 is 20 %.").range(0, 10'000),
        field<&Self::included>("Prices contain it; else it is added to them.").or_default(),
        field<&Self::first_date>("Local day of the sale from which on it holds."),
        field<&Self::last_date>("Local day up to which it holds."),
    };
    return table;
  }
};

/// Ends a rate of tax with a day that is not over yet.
struct EndTaxRate {
  using Result = TaxRate;
  static const Operation operation;

  TaxRateId tax_rate{};
  Date last_date{};
  std::optional<std::int64_t> version{};

  template <class Self = EndTaxRate>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::tax_rate>("The rate."),
        field<&Self::last_date>("Local day up to which it still holds."),
        field<&Self::version>("The version it is thought to have."),
    };
    return table;
  }
};

/// Tax rates of a centre, by the day they begin.
struct TaxRates {
  using Result = Page<TaxRate>;
  static const Operation operation;

  CentreId centre{};
  std::optional<Date> on{};
  std::optional<std::string> cursor{};
  std::int64_t limit = 50;

  template <class Self = TaxRates>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::centre>("The centre."),
        field<&Self::on>("Only those that hold on this local day."),
        field<&Self::cursor>("From the page before."),
        field<&Self::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace pricing
}  // namespace v1
}  // namespace frontdesk
