#include "pricing_support.hpp"

#include <catch2/catch.hpp>

namespace frontdesk::testing {

std::int64_t sum_of_parts(const pricing::Quote& quote) {
  std::int64_t total = 0;
  std::int64_t subtotal = 0;
  std::int64_t tax = 0;
  std::int64_t fees = 0;
  for (const pricing::QuoteLine& line : quote.lines) {
    std::int64_t price = line.base.minor;
    for (const pricing::Adjustment& adjustment : line.adjustments) {
      price += adjustment.amount.minor;
    }
    CHECK(price == line.price.minor);
    CHECK(price >= 0);
    for (const pricing::Discount& discount : line.discounts) price -= discount.amount.minor;
    CHECK(line.total.minor == price + (line.tax_included ? 0 : line.tax.minor));
    subtotal += line.price.minor;
    tax += line.tax.minor;
    total += line.total.minor;
  }
  for (const pricing::QuoteFee& fee : quote.fees) {
    CHECK(fee.total.minor == fee.amount.minor + (fee.tax_included ? 0 : fee.tax.minor));
    fees += fee.total.minor;
    tax += fee.tax.minor;
    total += fee.total.minor;
  }
  CHECK(subtotal == quote.subtotal.minor);
  CHECK(fees == quote.fees_total.minor);
  CHECK(tax == quote.tax.minor);
  return total;
}

}  // namespace frontdesk::testing
