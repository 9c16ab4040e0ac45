#include "base/money.hpp"

#include <frontdesk/error.hpp>

#include <algorithm>
#include <limits>
#include <numeric>

namespace frontdesk::inline v1::money {
namespace {

// Products of two 64-bit numbers, without overflow; both compilers have it.
__extension__ using Wide = __int128;

std::int64_t narrow(Wide value) {
  const auto result = static_cast<std::int64_t>(value);
  if (result != value) throw Error(Code::invalid, "amount_overflow");
  return result;
}

Currency common(const Money& a, const Money& b) {
  if (a.currency == b.currency) return a.currency;
  if (a.minor == 0 && a.currency.code().empty()) return b.currency;
  if (b.minor == 0 && b.currency.code().empty()) return a.currency;
  throw Error(Code::invalid, "currency_differs", {},
              {{"currency", std::string(a.currency.code())}});
}

}  // namespace

Money plus(const Money& a, const Money& b) {
  return {narrow(Wide{a.minor} + b.minor), common(a, b)};
}

Money minus(const Money& a, const Money& b) {
  return {narrow(Wide{a.minor} - b.minor), common(a, b)};
}

Money times(const Money& amount, std::int64_t factor) {
  return {narrow(Wide{amount.minor} * factor), amount.currency};
}

Money portion(const Money& amount, std::int64_t numerator, std::int64_t denominator,
              Rounding rounding) {
  std::int64_t small = 0;
  if (!__builtin_mul_overflow(amount.minor, numerator, &small) && small >= 0 &&
      denominator <= std::numeric_limits<std::int64_t>::max() / 2) {
    std::int64_t quotient = small / denominator;
    const std::int64_t twice = small % denominator * 2;
    const bool is_half = twice == denominator;
    if (twice > denominator || (is_half && (rounding == Rounding::half_up || quotient % 2 != 0))) {
      ++quotient;
    }
    return {quotient, amount.currency};
  }
  const Wide product = Wide{amount.minor} * numerator;
  const Wide size = product < 0 ? -product : product;
  Wide quotient = size / denominator;
  const Wide twice = size % denominator * 2;
  const bool is_half = twice == denominator;
  if (twice > denominator || (is_half && (rounding == Rounding::half_up || quotient % 2 != 0))) {
    ++quotient;
  }
  return {narrow(product < 0 ? -quotient : quotient), amount.currency};
}

std::vector<Money> split(const Money& whole, std::span<const std::int64_t> weights) {
  std::vector<Money> parts(weights.size(), Money{0, whole.currency});
  if (parts.empty()) return parts;
  Wide sum = 0;
  for (std::int64_t weight : weights) sum += weight;
  if (sum == 0) {
    parts.front() = whole;
    return parts;
  }
  // Truncated towards zero, what is left has the sign of the whole and is below the count of parts.
  std::vector<Wide> remainders;
  Wide left = whole.minor;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide product = Wide{whole.minor} * weights[i];
    parts[i].minor = static_cast<std::int64_t>(product / sum);
    remainders.push_back(product % sum < 0 ? -(product % sum) : product % sum);
    left -= parts[i].minor;
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  const std::int64_t step = left < 0 ? -1 : 1;
  for (std::size_t i = 0; left != 0; ++i, left -= step) parts[order[i]].minor += step;
  return parts;
}

}  // namespace frontdesk::inline v1::money
