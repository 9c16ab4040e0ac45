/// Quotes: what places cost, itemised. No request carries a price or a total; a booking pays what
/// its quote says (SPEC D2).
///
/// The sum of the parts is the whole, to the cent. Of a line: `base` and the adjustments make
/// `price`; the discounts off it, and tax where it is added, make `total`. Of a quote: the totals
/// of lines and fees make `total`.
#pragma once

#include <frontdesk/pricing_fees.hpp>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace pricing {

/// What a rule did to the price of a place.
struct Adjustment {
  PriceRuleId rule{};
  RuleKind kind = RuleKind::regular;
  std::string name{};
  Money amount{};
  bool limited = false;

  template <class Self = Adjustment>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::rule>("The rule."),
        field<&Self::kind>("When it had its turn."),
        field<&Self::name>("What the buyer reads."),
        field<&Self::amount>("By how much; below zero: it got cheaper."),
        field<&Self::limited>("It took one of a limited number of places."),
    };
    return table;
  }
};

/// What was taken off a line, and why. The name of a kind is that of its lane.
struct Discount {
  std::string kind{};
  std::string name{};
  Money base{};
  Money amount{};
  CouponId coupon{};
  PromotionId promotion{};
  TierId tier{};
  std::optional<std::string> code{};

  template <class Self = Discount>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::kind>(
            "The lane it comes from: `coupon`, `promotion`, `free_ticket` or `tier`."),
        field<&Self::name>("What the buyer reads."),
        field<&Self::base>("What it was worked out on."),
        field<&Self::amount>("What was taken off; above zero."),
        field<&Self::coupon>("The coupon it comes from.").or_default(),
        field<&Self::promotion>("The promotion it comes from.").or_default(),
        field<&Self::tier>("The tier it comes from.").or_default(),
        field<&Self::code>("The coupon's code that was used, as it is compared."),
    };
    return table;
  }
};

/// What was tried and did not apply.
struct NotApplied {
  std::string name{};
  std::string why{};

  template <class Self = NotApplied>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::name>("What the buyer would have read."),
        field<&Self::why>(
            "A stable word. Of rules: `bought_too_late`, `used_up`, `bought_too_early`,"
            " `other_taken`. Of discounts: `coupon_alone`, `nothing_left`, `better_taken`,"
            " `payer_needed`, `not_first_booking`, `tickets_too_few`, `no_such_child`."),
    };
    return table;
  }
};

/// What one place costs.
struct QuoteLine {
  std::int64_t place = 0;
  std::string text{};
  SessionId session{};
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};
  Money base{};
  std::vector<Adjustment> adjustments{};
  Money price{};
  std::vector<Discount> discounts{};
  std::vector<NotApplied> not_applied{};
  std::int64_t tax_basis_points = 0;
  bool tax_included = true;
  Money tax{};
  Money total{};
  bool refundable = true;

  template <class Self = QuoteLine>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("Which of the places asked for it is, from 0 on."),
        field<&Self::text>("What is sold, for people."),
        field<&Self::session>("The session."),
        field<&Self::ticket_type>("The ticket type, if there is one.").or_default(),
        field<&Self::seat_category>("Code of the seat's category, if it has one."),
        field<&Self::base>("The price that was set."),
        field<&Self::adjustments>("What rules did to it, in order."),
        field<&Self::price>("The price before discounts."),
        field<&Self::discounts>("What was taken off, in order."),
        field<&Self::not_applied>("What was tried and did not apply, and why."),
        field<&Self::tax_basis_points>("The rate of tax in hundredths of a percent."),
        field<&Self::tax_included>("The price contained the tax."),
        field<&Self::tax>("The tax within `total`."),
        field<&Self::total>("What is to be paid for the place, tax included."),
        field<&Self::refundable>("Can be given back, as far as the policy allows."),
    };
    return table;
  }
};

/// A fee of a quote.
struct QuoteFee {
  FeeId fee{};
  std::string name{};
  std::optional<std::int64_t> place{};
  Money amount{};
  std::int64_t tax_basis_points = 0;
  bool tax_included = true;
  Money tax{};
  Money total{};
  bool refundable = true;

  template <class Self = QuoteFee>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::fee>("The fee."),
        field<&Self::name>("What the buyer reads."),
        field<&Self::place>("The place it is taken for, from 0 on; absent: for the order."),
        field<&Self::amount>("How much, before tax that is added."),
        field<&Self::tax_basis_points>("The rate of tax in hundredths of a percent."),
        field<&Self::tax_included>("The amount contained the tax."),
        field<&Self::tax>("The tax within `total`."),
        field<&Self::total>("What is to be paid, tax included."),
        field<&Self::refundable>("Given back with what it was taken for."),
    };
    return table;
  }
};

/// What places cost.
struct Quote {
  std::vector<QuoteLine> lines{};
  std::vector<QuoteFee> fees{};
  std::vector<NotApplied> not_applied{};
  Money subtotal{};
  Money discount{};
  Money fees_total{};
  Money tax{};
  Money total{};
  std::string currency{};
  std::optional<Instant> valid_until{};

  template <class Self = Quote>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::lines>("One for each place, in the order asked."),
        field<&Self::fees>("Fees by place, then those of the order."),
        field<&Self::not_applied>(
            "Discounts for the whole purchase that were tried and did not apply, and why."),
        field<&Self::subtotal>("The prices of all places, before discounts."),
        field<&Self::discount>("What was taken off, all in all."),
        field<&Self::fees_total>("All fees, tax included."),
        field<&Self::tax>("All tax within `total`."),
        field<&Self::total>("What is to be paid."),
        field<&Self::currency>("The centre's currency."),
        field<&Self::valid_until>(
            "Until when it stands: as long as its hold; absent for a quote that was not fixed."),
    };
    return table;
  }
};

/// A place that a quote is wanted for.
struct QuotePlace {
  TicketTypeId ticket_type{};
  std::optional<std::string> seat_category{};
  std::optional<std::string> seat{};
  ClientId attendee{};

  template <class Self = QuotePlace>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::ticket_type>("The ticket type, where the session has several prices.")
            .or_default(),
        field<&Self::seat_category>("Code of the seat's category; or:").length(1, 40),
        field<&Self::seat>("Label of the seat, whose category then counts.").length(1, 200),
        field<&Self::attendee>("Who comes, where the caller may know of them.").or_default(),
    };
    return table;
  }
};

/// What places of a session would cost now. Nothing is kept, so it may change until it is fixed.
struct AskQuote {
  using Result = Quote;
  static const Operation operation;

  SessionId session{};
  std::vector<QuotePlace> places{};
  ClientId payer{};
  seating::Channel channel = seating::Channel::online;
  std::vector<std::string> coupons{};

  template <class Self = AskQuote>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::session>("The session."),
        field<&Self::places>("One for each place.").length(1, 500),
        field<&Self::payer>("Who pays, where the caller may know of them.").or_default(),
        field<&Self::channel>("Where the sale happens.").or_default(),
        field<&Self::coupons>("Codes of coupons, in the order they count.").length(0, 5),
    };
    return table;
  }
};

/// A held place, and what ticket it is wanted with.
struct FixPlace {
  std::int64_t place = 0;
  TicketTypeId ticket_type{};
  ClientId attendee{};

  template <class Self = FixPlace>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::place>("Its number in the session, as the hold tells it."),
        field<&Self::ticket_type>("The ticket type.").or_default(),
        field<&Self::attendee>("Who comes, where the caller may know of them.").or_default(),
    };
    return table;
  }
};

/// Fixes what all places of a hold cost while it stands, and keeps for it what that counts on:
/// early-bird places, coupons, free tickets. The price is for its payer and attendees; others are
/// priced anew. Who is named only with the booking pays the lower price, of then or of now. Fixing
/// anew replaces it.
struct FixQuote {
  using Result = Quote;
  static const Operation operation;

  std::string token{};
  std::vector<FixPlace> places{};
  std::vector<std::string> coupons{};

  template <class Self = FixQuote>
  static Fields fields() {
    static constexpr Field table[] = {
        field<&Self::token>("Of the hold.").secret().length(1, 200),
        field<&Self::places>("Places by number; one that is not named has no ticket type.")
            .length(0, 1000),
        field<&Self::coupons>("Codes of coupons, whose uses it reserves.").length(0, 5),
    };
    return table;
  }
};

}  // namespace pricing
}  // namespace v1
}  // namespace frontdesk
