// Arithmetic of money (SPEC D8): checked, rounded by the rule asked for, split without loss.
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "base/money.hpp"
#include "support.hpp"

#include <numeric>

using namespace frontdesk;

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

Money uah(std::int64_t minor) { return {minor, Currency{"UAH"}}; }

}  // namespace

TEST_CASE("sums beyond 64 bits and of two currencies are refused", "[D8][M8]") {
  CHECK(money::plus(uah(2), uah(3)) == uah(5));
  CHECK(money::minus(uah(2), uah(3)) == uah(-1));
  CHECK(money::plus(Money{}, uah(3)) == uah(3));
  Error overflow = testing::refusal([] { money::plus(uah(most), uah(1)); });
  CHECK(overflow.reason() == "amount_overflow");
  CHECK(overflow.message() == "The amount is too large to count with.");
  CHECK(testing::refusal([] { money::times(uah(most), 2); }).reason() == "amount_overflow");
  CHECK(testing::refusal([] { money::negative(uah(-most - 1)); }).reason() == "amount_overflow");
  Error mixed = testing::refusal([] { money::plus(uah(1), Money{1, Currency{"EUR"}}); });
  CHECK(mixed.reason() == "currency_differs");
  CHECK(mixed.message() == "The centre takes UAH only.");
}

TEST_CASE("halves go up, or to the even neighbour", "[D8]") {
  using money::Rounding;
  CHECK(money::portion(uah(5), 1, 2) == uah(3));
  CHECK(money::portion(uah(5), 1, 2, Rounding::half_even) == uah(2));
  CHECK(money::portion(uah(7), 1, 2, Rounding::half_even) == uah(4));
  CHECK(money::portion(uah(-5), 1, 2) == uah(-3));
  CHECK(money::rate(uah(12'345), 1'250) == uah(1'543));  // 1543.125
  CHECK(money::rate(uah(most), 10'000) == uah(most));
  CHECK(testing::refusal([] { money::rate(uah(most), 10'001); }).reason() == "amount_overflow");
}

TEST_CASE("parts sum to the whole and none strays by a whole unit", "[D8]") {
  const std::vector<std::int64_t> thirds{1, 1, 1};
  CHECK(money::split(uah(100), thirds) == std::vector{uah(34), uah(33), uah(33)});
  CHECK(money::split(uah(-100), thirds) == std::vector{uah(-34), uah(-33), uah(-33)});
  const std::vector<std::int64_t> nothing{0, 0};
  CHECK(money::split(uah(7), nothing) == std::vector{uah(7), uah(0)});
  CHECK(rc::check([] {
    const auto weights = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 1000)));
    const auto whole = *rc::gen::inRange<std::int64_t>(-100'000, 100'000);
    const auto sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    std::int64_t total = 0;
    const auto parts = money::split(uah(whole), weights);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      total += parts[i].minor;
      if (sum == 0) continue;
      const auto exact =
          static_cast<double>(whole) * static_cast<double>(weights[i]) / static_cast<double>(sum);
      RC_ASSERT(std::abs(exact - static_cast<double>(parts[i].minor)) < 1.0);
    }
    RC_ASSERT(total == whole);
  }));
}
