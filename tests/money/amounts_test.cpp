#include "money/amounts.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;

TEST_CASE("amounts are written out with the decimals of their currency", "[D8][E16]") {
  CHECK(money::print({12'550, Currency("UAH")}) == "125.50 UAH");
  CHECK(money::print({5, Currency("UAH")}) == "0.05 UAH");
  CHECK(money::print({-5, Currency("EUR")}) == "-0.05 EUR");
  CHECK(money::print({1'200, Currency("JPY")}) == "1200 JPY");
  CHECK(money::print({1'200, Currency("KWD")}) == "1.200 KWD");
  CHECK(money::print({0, Currency("UYW")}) == "0.0000 UYW");
}
