// The words of the enumerations. Clang 14 gives a function declared inside of the version namespace
// the right symbol only if it is defined inside of it too.
#include <frontdesk/pricing_coupons.hpp>
#include <frontdesk/pricing_gift_cards.hpp>
#include <frontdesk/pricing_points.hpp>
#include <frontdesk/pricing_tiers.hpp>

namespace frontdesk::inline v1::pricing {
namespace {

template <class T>
constexpr EnumValue word(T value, std::string_view name, std::string_view doc) {
  return {static_cast<std::int64_t>(value), name, doc};
}

}  // namespace

std::span<const EnumValue> enum_values(RuleKind) {
  static constexpr EnumValue values[] = {
      word(RuleKind::regular, "regular", "By weekday, time of day or dates; all that apply count."),
      word(RuleKind::early_bird, "early_bird",
           "For who buys early: until a day or for a number of places; one counts."),
      word(RuleKind::last_minute, "last_minute", "For who buys shortly before; one counts."),
  };
  return values;
}

std::span<const EnumValue> enum_values(FeePer) {
  static constexpr EnumValue values[] = {
      word(FeePer::place, "place", "For each place."),
      word(FeePer::order, "order", "Once an order."),
  };
  return values;
}

std::span<const EnumValue> enum_values(Taxed) {
  static constexpr EnumValue values[] = {
      word(Taxed::tickets, "tickets", "Places of sessions."),
      word(Taxed::fees, "fees", "Fees and surcharges."),
  };
  return values;
}

std::span<const EnumValue> enum_values(CouponFor) {
  static constexpr EnumValue values[] = {
      word(CouponFor::all, "all", "Everything."),
      word(CouponFor::activities, "activities", "Sessions of some activities."),
      word(CouponFor::categories, "categories", "Sessions of some categories."),
      word(CouponFor::centres, "centres", "Everything at some centres."),
      word(CouponFor::sessions, "sessions", "Some sessions."),
      word(CouponFor::plans, "plans", "Some plans."),
  };
  return values;
}

std::span<const EnumValue> enum_values(TierMetric) {
  static constexpr EnumValue values[] = {
      word(TierMetric::spend, "spend", "Money paid and not refunded."),
      word(TierMetric::tickets, "tickets", "Places that were paid."),
      word(TierMetric::visits, "visits", "Places whose visitors came."),
  };
  return values;
}

std::span<const EnumValue> enum_values(TierWindow) {
  static constexpr EnumValue values[] = {
      word(TierWindow::lifetime, "lifetime", "Since ever."),
      word(TierWindow::calendar_year, "calendar_year", "Since 1 January."),
      word(TierWindow::rolling_year, "rolling_year", "In the last 12 months."),
  };
  return values;
}

std::span<const EnumValue> enum_values(TierPreset) {
  static constexpr EnumValue values[] = {
      word(TierPreset::by_spend, "by_spend", "Five tiers by spending in all."),
      word(TierPreset::by_tickets, "by_tickets", "Three tiers by tickets a year."),
  };
  return values;
}

std::span<const EnumValue> enum_values(TierCause) {
  static constexpr EnumValue values[] = {
      word(TierCause::purchase, "purchase", "Something was bought or visited."),
      word(TierCause::refund, "refund", "Something was given back."),
      word(TierCause::time, "time", "The window moved on, or what staff set came to its end."),
      word(TierCause::set_by_staff, "set_by_staff", "Staff set it."),
      word(TierCause::tiers_changed, "tiers_changed", "The tiers themselves were changed."),
  };
  return values;
}

std::span<const EnumValue> enum_values(PointKind) {
  static constexpr EnumValue values[] = {
      word(PointKind::earned, "earned", "With a paid order."),
      word(PointKind::reversed, "reversed", "What was earned with something given back."),
      word(PointKind::spent, "spent", "Something was paid with them."),
      word(PointKind::restored, "restored", "What they paid was given back."),
      word(PointKind::adjusted, "adjusted", "By staff."),
      word(PointKind::expired, "expired", "Their time was over."),
  };
  return values;
}

std::span<const EnumValue> enum_values(GiftCardStatus) {
  static constexpr EnumValue values[] = {
      word(GiftCardStatus::unpaid, "unpaid", "It waits for its payment."),
      word(GiftCardStatus::active, "active", "It pays."),
      word(GiftCardStatus::spent, "spent", "Nothing is left of it."),
      word(GiftCardStatus::expired, "expired", "Its time is over."),
      word(GiftCardStatus::cancelled, "cancelled", "It was given back, or never paid."),
  };
  return values;
}

}  // namespace frontdesk::inline v1::pricing
