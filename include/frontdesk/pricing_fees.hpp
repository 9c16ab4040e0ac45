/// Fees and surcharges, and tax rates.
///
/// A fee is taken for each place (3D glasses) or once for an order (booking fee). Tax is worked out
/// for each line by the rate that holds on the local day of the sale (SPEC D9): the rate for the
/// activity, else for the nearest of its categories and those above them, else the centre's; of
/// each, the one for just what is taxed comes first.
/// Without a rate there is no tax. Each line's tax is rounded by itself: half-up, or half-even by
/// the setting `pricing.round_half_even` (SPEC D8).
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Fee::id>("Number of the fee."),
        field<&Fee::version>("Grows by one with each change."),
        field<&Fee::centre>("The centre; its currency holds."),
        field<&Fee::activity>("Only for this activity.").or_default(),
        field<&Fee::series>("Only for sessions of this series.").or_default(),
        field<&Fee::session>("Only for this session.").or_default(),
        field<&Fee::per>("Taken for each place, or once an order."),
        field<&Fee::name>("What the buyer reads."),
        field<&Fee::ticket_type>("Only for places with this ticket type.").or_default(),
        field<&Fee::seat_category>("Only for seats of this category, by its code."),
        field<&Fee::channel>("Only for sales there."),
        field<&Fee::basis_points>(
            "So many hundredths of a percent of the price after discounts: of the place's, or of "
            "all places'."),
        field<&Fee::amount>("Or so much."),
        field<&Fee::refundable>("Given back with what it was taken for."),
        field<&Fee::created_at>("When it was made."),
        field<&Fee::ended_at>("When it was ended; absent while it holds."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&TaxRate::id>("Number of the rate."),
        field<&TaxRate::version>("Grows by one with each change."),
        field<&TaxRate::centre>("The centre."),
        field<&TaxRate::activity>("Only for this activity.").or_default(),
        field<&TaxRate::category>("Only for activities of this category or one below it.")
            .or_default(),
        field<&TaxRate::taxed>("Only for tickets, or only for fees; absent: for both."),
        field<&TaxRate::name>("What the buyer reads, such as `VAT`."),
        field<&TaxRate::basis_points>("Hundredths of a percent: 2000 is 20 %."),
        field<&TaxRate::included>("Prices contain it; else it is added to them."),
        field<&TaxRate::first_date>("Local day of the sale from which on it holds."),
        field<&TaxRate::last_date>("Local day up to which it holds; absent: until further notice."),
        field<&TaxRate::created_at>("When it was entered."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CreateFee::centre>("The centre."),
        field<&CreateFee::activity>("Only for this activity.").or_default(),
        field<&CreateFee::series>("Only for sessions of this series.").or_default(),
        field<&CreateFee::session>("Only for this session.").or_default(),
        field<&CreateFee::per>("Taken for each place, or once an order."),
        field<&CreateFee::name>("What the buyer reads.").length(1, 200),
        field<&CreateFee::ticket_type>("Only for places with this ticket type.").or_default(),
        field<&CreateFee::seat_category>("Only for seats of this category; a code.").length(1, 40),
        field<&CreateFee::channel>("Only for sales there."),
        field<&CreateFee::basis_points>("Hundredths of a percent of the price after discounts.")
            .range(0, 100'000),
        field<&CreateFee::amount>("Or so much."),
        field<&CreateFee::refundable>("Given back with what it was taken for.").or_default(),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&UpdateFee::fee>("The fee."),
        field<&UpdateFee::version>("The version it is thought to have."),
        field<&UpdateFee::name>("What the buyer reads.").length(1, 200),
        field<&UpdateFee::ticket_type>("Only for places with this ticket type; null: for all."),
        field<&UpdateFee::seat_category>("Only for seats of this category; null: for all.")
            .length(1, 40),
        field<&UpdateFee::channel>("Only for sales there; null: everywhere."),
        field<&UpdateFee::basis_points>("Hundredths of a percent of the price after discounts.")
            .range(0, 100'000),
        field<&UpdateFee::amount>("Or so much."),
        field<&UpdateFee::refundable>("Given back with what it was taken for."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&EndFee::fee>("The fee."),
        field<&EndFee::version>("The version it is thought to have."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Fees::centre>("The centre."),
        field<&Fees::ended>("Those that were ended, instead.").or_default(),
        field<&Fees::cursor>("From the page before."),
        field<&Fees::limit>("Records a page.").or_default().range(1, 500),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&SetTaxRate::centre>("The centre."),
        field<&SetTaxRate::activity>("Only for this activity.").or_default(),
        field<&SetTaxRate::category>("Or only for activities of this category or one below it.")
            .or_default(),
        field<&SetTaxRate::taxed>("Only for tickets, or only for fees; absent: for both."),
        field<&SetTaxRate::name>("What the buyer reads, such as `VAT`.").length(1, 100),
        field<&SetTaxRate::basis_points>("Hundredths of a percent: 2000 is 20 %.").range(0, 10'000),
        field<&SetTaxRate::included>("Prices contain it; else it is added to them.").or_default(),
        field<&SetTaxRate::first_date>("Local day of the sale from which on it holds."),
        field<&SetTaxRate::last_date>("Local day up to which it holds."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&EndTaxRate::tax_rate>("The rate."),
        field<&EndTaxRate::last_date>("Local day up to which it still holds."),
        field<&EndTaxRate::version>("The version it is thought to have."),
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

  static Fields fields() {
    static constexpr Field table[] = {
        field<&TaxRates::centre>("The centre."),
        field<&TaxRates::on>("Only those that hold on this local day."),
        field<&TaxRates::cursor>("From the page before."),
        field<&TaxRates::limit>("Records a page.").or_default().range(1, 500),
    };
    return table;
  }
};

}  // namespace pricing
}  // namespace v1
}  // namespace frontdesk
