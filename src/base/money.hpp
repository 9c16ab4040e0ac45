/// Arithmetic of money: checked, exact, and rounded only where a rate is applied. Pure.
#pragma once

#include <frontdesk/types.hpp>

#include <span>

namespace frontdesk::inline v1::money {

/// How a fraction of a minor unit becomes a whole one (SPEC D8).
enum class Rounding : unsigned char { half_up, half_even };

/// One whole, in the unit of rates.
inline constexpr std::int64_t basis_points_whole = 10'000;

/// Throw Error{invalid, "amount_overflow"} beyond 64 bits and Error{invalid, "currency_differs"}
/// for two currencies. An amount of 0 without a currency fits every currency.
Money plus(const Money& a, const Money& b);
Money minus(const Money& a, const Money& b);
Money times(const Money& amount, std::int64_t factor);
inline Money negative(const Money& amount) { return times(amount, -1); }

/// `amount` × `numerator` / `denominator`, rounded; the denominator is above zero. Halves go away
/// from zero, or to the even neighbour.
Money portion(const Money& amount, std::int64_t numerator, std::int64_t denominator,
              Rounding rounding = Rounding::half_up);
/// A rate in basis points of an amount.
inline Money rate(const Money& amount, std::int64_t basis_points,
                  Rounding rounding = Rounding::half_up) {
  return portion(amount, basis_points, basis_points_whole, rounding);
}

/// Parts in proportion to the weights that sum to the whole (largest remainder; of equal remainders
/// the first). Weights are not negative; where all are zero, the first takes everything.
std::vector<Money> split(const Money& whole, std::span<const std::int64_t> weights);

}  // namespace frontdesk::inline v1::money
