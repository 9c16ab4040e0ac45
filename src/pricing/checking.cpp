/// Whether fixed quotes add up and have the units they count on.
#include "base/money.hpp"
#include "describe/json.hpp"
#include "pricing/lists.hpp"

namespace frontdesk::pricing {
namespace {

using storage::Transaction;

bool adds_up(const Quote& quote) {
  Money total{0, quote.total.currency};
  for (const QuoteLine& line : quote.lines) {
    Money price = line.base;
    for (const Adjustment& change : line.adjustments) price = money::plus(price, change.amount);
    if (price != line.price || price.minor < 0) return false;
    total = money::plus(total, line.total);
  }
  for (const QuoteFee& fee : quote.fees) total = money::plus(total, fee.total);
  return total == quote.total;
}

std::int64_t units_of(const Quote& quote) {
  std::int64_t units = 0;
  for (const QuoteLine& line : quote.lines) {
    for (const Adjustment& change : line.adjustments) units += change.limited ? 1 : 0;
  }
  return units;
}

void check_quotes(Transaction& transaction, std::vector<storage::Finding>& findings) {
  storage::Cursor rows = transaction.query(
      "SELECT hold, quote, (SELECT count(*) FROM rule_units WHERE of_booking = 0 AND owner = hold)"
      " FROM fixed_quotes WHERE EXISTS (SELECT 1 FROM holds WHERE holds.id = fixed_quotes.hold"
      " AND holds.expires_at > $1)",
      transaction.now());
  while (rows.next()) {
    Quote quote;
    describe::decode_stored(type_of<Quote>(), rows.text(1), &quote);
    const std::string place = "quote of hold " + std::to_string(rows.integer(0));
    if (!adds_up(quote)) findings.push_back({"pricing", place, "it does not add up"});
    if (units_of(quote) != rows.integer(2)) {
      findings.push_back({"pricing", place, "it has other early-bird places than it counts on"});
    }
  }
}

}  // namespace

namespace lists {

constinit const storage::CheckPart check{"pricing", check_quotes};

}  // namespace lists
}  // namespace frontdesk::pricing
