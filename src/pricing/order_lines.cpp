/// Quotes as lines of orders.
#include "describe/json.hpp"
#include "pricing/quotes.hpp"

namespace frontdesk::pricing {
namespace {

/// What an order remembers of how a price came about.
struct Explanation {
  std::vector<Adjustment> adjustments{};
  std::vector<Discount> discounts{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Explanation::adjustments>("What rules did to the price, in order."),
        field<&Explanation::discounts>("What was taken off, in order."),
    };
    return table;
  }
};

money::NewLine place_line(const QuoteLine& line, SessionId session) {
  money::NewLine sold;
  sold.kind = money::LineKind::ticket;
  sold.text = line.text;
  sold.session = session;
  sold.ticket_type = line.ticket_type;
  sold.seat_category = line.seat_category.value_or("");
  sold.price = line.price;
  sold.discount = {0, line.price.currency};
  for (const Discount& discount : line.discounts) {
    sold.discount = money::plus(sold.discount, discount.amount);
  }
  sold.total = line.total;
  sold.tax = line.tax;
  sold.tax_basis_points = line.tax_basis_points;
  sold.refundable = line.refundable;
  sold.discounts = explained(line);
  return sold;
}

money::NewLine fee_line(const QuoteFee& fee, SessionId session) {
  money::NewLine sold;
  sold.kind = money::LineKind::fee;
  sold.text = fee.name;
  sold.session = session;
  sold.price = fee.amount;
  sold.discount = {0, fee.amount.currency};
  sold.total = fee.total;
  sold.tax = fee.tax;
  sold.tax_basis_points = fee.tax_basis_points;
  sold.refundable = fee.refundable;
  return sold;
}

}  // namespace

std::string explained(const QuoteLine& line) {
  if (line.adjustments.empty() && line.discounts.empty()) return {};
  return describe::encode(Explanation{line.adjustments, line.discounts});
}

void retake_units(Transaction& transaction, BookingId booking, SessionId session,
                  std::int64_t place, std::string_view explanation) {
  if (explanation.empty()) return;
  Explanation remembered;
  describe::decode_stored(type_of<Explanation>(), explanation, &remembered);
  QuoteLine line{.place = place, .session = session};
  line.adjustments = std::move(remembered.adjustments);
  Quote quote;
  quote.lines.push_back(std::move(line));
  keep_units(transaction, quote, booking);
}

std::vector<money::NewLine> order_lines(const Quote& quote, SessionId session) {
  std::vector<money::NewLine> lines;
  lines.reserve(quote.lines.size() + quote.fees.size());
  for (const QuoteLine& line : quote.lines) lines.push_back(place_line(line, session));
  for (const QuoteFee& fee : quote.fees) lines.push_back(fee_line(fee, session));
  return lines;
}

}  // namespace frontdesk::pricing
