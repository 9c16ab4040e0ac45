#include "money/amounts.hpp"

#include "money/settings.hpp"

#include <algorithm>
#include <iterator>

namespace frontdesk::money {
namespace {

// ISO 4217 currencies whose minor unit is not a hundredth.
constexpr std::string_view without_decimals[] = {
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
    "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF",
};
constexpr std::string_view with_three[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::string_view with_four[] = {"CLF", "UYW"};

template <std::size_t Count>
bool holds(const std::string_view (&list)[Count], std::string_view code) {
  return std::find(std::begin(list), std::end(list), code) != std::end(list);
}

std::size_t decimals_of(std::string_view code) {
  if (holds(without_decimals, code)) return 0;
  if (holds(with_three, code)) return 3;
  return holds(with_four, code) ? 4 : 2;
}

}  // namespace

std::int64_t minor_per_unit(const Currency& currency) {
  std::int64_t units = 1;
  for (std::size_t i = 0; i < decimals_of(currency.code()); ++i) units *= 10;
  return units;
}

std::string print(const Money& amount) {
  const std::string_view code = amount.currency.code();
  const std::size_t decimals = decimals_of(code);
  std::string digits = std::to_string(amount.minor);
  const bool is_negative = digits.front() == '-';
  if (is_negative) digits.erase(0, 1);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (decimals > 0) digits.insert(digits.size() - decimals, 1, '.');
  return (is_negative ? "-" : "") + digits + " " + std::string(code);
}

Rounding rounding_of(Transaction& transaction, CentreId centre) {
  return storage::enabled(transaction, round_half_even, centre) ? Rounding::half_even
                                                                : Rounding::half_up;
}

Details amount_details(Transaction& transaction, CentreId centre, const char* name,
                       std::int64_t minor) {
  return {{name, minor}, {"amount", print({minor, currency_of(transaction, centre)})}};
}

}  // namespace frontdesk::money
