#include "pricing/units.hpp"

#include <algorithm>

namespace frontdesk::pricing {
namespace {

/// Units of a hold count as long as it stands; no sweep is needed.
std::int64_t units_taken(Transaction& transaction, PriceRuleId rule, SessionId session,
                         HoldId but_for) {
  return transaction
      .one_number(
          "SELECT count(*) FROM rule_units WHERE rule = $1 AND session = $2 AND (of_booking = 1"
          " OR (owner <> $3 AND EXISTS (SELECT 1 FROM holds"
          " WHERE holds.id = rule_units.owner AND holds.expires_at > $4)))",
          rule, session, but_for.value, transaction.now())
      .value_or(0);
}

void put_down(Transaction& transaction, const Quote& quote, bool is_booking, std::int64_t owner) {
  for (const QuoteLine& line : quote.lines) {
    for (const Adjustment& adjustment : line.adjustments) {
      if (!adjustment.limited) continue;
      transaction.execute(
          "INSERT INTO rule_units (rule, session, of_booking, owner, place)"
          " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
          adjustment.rule, line.session, is_booking, owner, line.place);
    }
  }
}

void forget_hold(Transaction& transaction, HoldId hold) {
  transaction.execute("DELETE FROM rule_units WHERE of_booking = 0 AND owner = $1", hold);
}

}  // namespace

std::vector<std::int64_t> units_left(Transaction& transaction, const Sheet& sheet,
                                     SessionId session, HoldId hold) {
  std::vector<std::int64_t> left;
  for (std::size_t i = 0; i < sheet.rules.size(); ++i) {
    const SheetRule& rule = sheet.rules[i];
    if (!rule.quantity) continue;
    left.resize(sheet.rules.size());
    left[i] = std::max<std::int64_t>(
        0, *rule.quantity - units_taken(transaction, rule.id, session, hold));
  }
  return left;
}

void reserve_units(Transaction& transaction, const Quote& quote, HoldId hold) {
  forget_hold(transaction, hold);
  put_down(transaction, quote, false, hold.value);
}

void keep_units(Transaction& transaction, const Quote& quote, BookingId booking, HoldId hold) {
  if (hold) {
    forget_hold(transaction, hold);
    transaction.execute("DELETE FROM fixed_quotes WHERE hold = $1", hold);
  }
  put_down(transaction, quote, true, booking.value);
}

void give_back_units(Transaction& transaction, BookingId booking,
                     std::span<const std::int64_t> places) {
  if (places.empty()) {
    transaction.execute("DELETE FROM rule_units WHERE of_booking = 1 AND owner = $1", booking);
  }
  for (std::int64_t place : places) {
    transaction.execute("DELETE FROM rule_units WHERE of_booking = 1 AND owner = $1 AND place = $2",
                        booking, place);
  }
}

}  // namespace frontdesk::pricing
