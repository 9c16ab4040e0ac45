#include "pricing/working_out.hpp"

#include <frontdesk/error.hpp>

#include <algorithm>

namespace frontdesk::pricing {
namespace {

using money::minus;
using money::plus;

std::string path_of(std::size_t place) { return "places[" + std::to_string(place) + "]"; }

/// Whether what is for one ticket type or seat category, or for all, is for this place.
bool fits(TicketTypeId ticket_type, std::string_view seat_category, const Wanted& wanted) {
  return (!ticket_type || ticket_type == wanted.ticket_type) &&
         (seat_category.empty() || seat_category == wanted.seat_category);
}

const Money& base_price(const Sheet& sheet, const Wanted& wanted, std::size_t place) {
  bool is_type_missing = false;
  for (const SheetPrice& price : sheet.prices) {
    if (fits(price.ticket_type, price.seat_category, wanted)) return price.amount;
    is_type_missing |= price.ticket_type && !wanted.ticket_type;
  }
  if (is_type_missing) {
    throw Error(Code::invalid, "ticket_type_needed", path_of(place) + ".ticket_type");
  }
  throw Error(Code::conflict, "price_missing", path_of(place),
              {{"place", static_cast<std::int64_t>(place) + 1}});
}

/// What a rule makes of a price; at most all of it is taken away.
Money change_by(const SheetRule& rule, const Money& price, money::Rounding rounding) {
  const Money change =
      rule.basis_points ? money::rate(price, *rule.basis_points, rounding) : rule.amount;
  return change.minor < -price.minor ? money::negative(price) : change;
}

/// Why a rule for such a place does not count; empty where it does.
std::string_view hindrance(const SheetRule& rule, const QuoteLine& line, const Situation& situation,
                           std::int64_t units_left) {
  if (rule.bought_before && situation.now >= *rule.bought_before) return "bought_too_late";
  if (rule.bought_from && situation.now < *rule.bought_from) return "bought_too_early";
  if (rule.kind != RuleKind::regular) {
    for (const Adjustment& other : line.adjustments) {
      if (other.kind == rule.kind) return "other_taken";
    }
  }
  return rule.quantity && units_left <= 0 ? "used_up" : "";
}

void adjust(QuoteLine& line, const Sheet& sheet, const Wanted& wanted, Situation& situation) {
  for (std::size_t i = 0; i < sheet.rules.size(); ++i) {
    const SheetRule& rule = sheet.rules[i];
    if (!fits(rule.ticket_type, rule.seat_category, wanted)) continue;
    if (rule.channel && *rule.channel != situation.channel) continue;
    const std::int64_t units_left = rule.quantity ? situation.units_left.at(i) : 0;
    const std::string_view why = hindrance(rule, line, situation, units_left);
    if (!why.empty()) {
      line.not_applied.push_back({rule.name, std::string(why)});
      continue;
    }
    const Money change = change_by(rule, line.price, situation.rounding);
    if (change.minor == 0) continue;  // nothing to take off: no unit is used up for it
    line.price = plus(line.price, change);
    line.adjustments.push_back({rule.id, rule.kind, rule.name, change, rule.quantity.has_value()});
    if (rule.quantity) --situation.units_left[i];
  }
}

Money after_discounts(const QuoteLine& line) {
  Money left = line.price;
  for (const Discount& discount : line.discounts) left = minus(left, discount.amount);
  return left;
}

/// Tax and total of a line or a fee from what it costs before tax that is added.
template <class Line>
void tax(Line& line, const Money& net, const TaxRate* rate, money::Rounding rounding) {
  line.tax = {0, net.currency};
  line.total = net;
  if (rate == nullptr) return;
  line.tax_basis_points = rate->basis_points;
  line.tax_included = rate->included;
  if (rate->included) {
    line.tax = money::portion(net, rate->basis_points,
                              money::basis_points_whole + rate->basis_points, rounding);
  } else {
    line.tax = money::rate(net, rate->basis_points, rounding);
    line.total = plus(net, line.tax);
  }
}

std::string text_of(const Sheet& sheet, const Wanted& wanted) {
  std::string text = sheet.activity_name;
  if (!wanted.ticket_type) return text;
  const auto& types = sheet.centre->ticket_types;
  auto type = std::lower_bound(types.begin(), types.end(), wanted.ticket_type,
                               [](const auto& entry, TicketTypeId id) { return entry.id < id; });
  if (type == types.end() || type->id != wanted.ticket_type) return text;
  return text + ", " + type->name;
}

QuoteLine price_place(const Sheet& sheet, SessionId session, const Wanted& wanted,
                      std::size_t place, Situation& situation) {
  QuoteLine line;
  line.place = static_cast<std::int64_t>(place);
  line.text = text_of(sheet, wanted);
  line.session = session;
  line.ticket_type = wanted.ticket_type;
  if (!wanted.seat_category.empty()) line.seat_category = wanted.seat_category;
  line.base = base_price(sheet, wanted, place);
  line.price = line.base;
  adjust(line, sheet, wanted, situation);
  return line;
}

/// Adds the fee for a place, or for the order, unless it comes to nothing.
void add_fee(Quote& quote, const Fee& fee, std::optional<std::int64_t> place, const Money& base,
             const TaxRate* rate, money::Rounding rounding) {
  const Money amount = fee.basis_points ? money::rate(base, *fee.basis_points, rounding)
                                        : fee.amount.value_or(Money{0, base.currency});
  if (amount.minor == 0) return;
  QuoteFee line;
  line.fee = fee.id;
  line.name = fee.name;
  line.place = place;
  line.amount = amount;
  line.refundable = fee.refundable;
  tax(line, amount, rate, rounding);
  quote.fees.push_back(std::move(line));
}

void add_fees(Quote& quote, const Sheet& sheet, std::span<const Wanted> wanted,
              const Situation& situation) {
  if (sheet.fees.empty()) return;
  const TaxRate* rate = tax_on(sheet.taxes, Taxed::fees, situation.today);
  auto is_here = [&](const Fee& fee, FeePer per) {
    return fee.per == per && (!fee.channel || *fee.channel == situation.channel);
  };
  Money all{0, sheet.centre->currency};
  for (const QuoteLine& line : quote.lines) {
    const Money net = after_discounts(line);
    all = plus(all, net);
    for (const Fee& fee : sheet.fees) {
      if (!is_here(fee, FeePer::place)) continue;
      const std::string_view category =
          fee.seat_category ? std::string_view(*fee.seat_category) : std::string_view();
      if (!fits(fee.ticket_type, category, wanted[static_cast<std::size_t>(line.place)])) continue;
      add_fee(quote, fee, line.place, net, rate, situation.rounding);
    }
  }
  for (const Fee& fee : sheet.fees) {
    if (is_here(fee, FeePer::order)) {
      add_fee(quote, fee, std::nullopt, all, rate, situation.rounding);
    }
  }
}

void add_up(Quote& quote, Currency currency) {
  const Money nothing{0, currency};
  quote.subtotal = quote.discount = quote.fees_total = quote.tax = quote.total = nothing;
  quote.currency = std::string(currency.code());
  for (const QuoteLine& line : quote.lines) {
    quote.subtotal = plus(quote.subtotal, line.price);
    for (const Discount& discount : line.discounts) {
      quote.discount = plus(quote.discount, discount.amount);
    }
    quote.tax = plus(quote.tax, line.tax);
    quote.total = plus(quote.total, line.total);
  }
  for (const QuoteFee& fee : quote.fees) {
    quote.fees_total = plus(quote.fees_total, fee.total);
    quote.tax = plus(quote.tax, fee.tax);
    quote.total = plus(quote.total, fee.total);
  }
}

}  // namespace

Quote price_lines(const Sheet& sheet, SessionId session, std::span<const Wanted> wanted,
                  Situation& situation) {
  Quote quote;
  quote.lines.reserve(wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    quote.lines.push_back(price_place(sheet, session, wanted[i], i, situation));
  }
  return quote;
}

void finish(Quote& quote, const Sheet& sheet, std::span<const Wanted> wanted,
            const Situation& situation, const Offers& offers) {
  take_off(quote, offers, situation.rounding);
  add_fees(quote, sheet, wanted, situation);
  const TaxRate* rate = tax_on(sheet.taxes, Taxed::tickets, situation.today);
  for (QuoteLine& line : quote.lines) tax(line, after_discounts(line), rate, situation.rounding);
  add_up(quote, sheet.centre->currency);
}

Quote work_out(const Sheet& sheet, SessionId session, std::span<const Wanted> wanted,
               Situation situation, const Offers& offers) {
  Quote quote = price_lines(sheet, session, wanted, situation);
  finish(quote, sheet, wanted, situation, offers);
  return quote;
}

}  // namespace frontdesk::pricing
