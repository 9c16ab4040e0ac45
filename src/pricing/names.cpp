// The words of the enumerations. Clang 14 gives a function declared inside of the version namespace
// the right symbol only if it is defined inside of it too.
#include <frontdesk/pricing_fees.hpp>

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

}  // namespace frontdesk::inline v1::pricing
