/// The arithmetic of quotes: pure, exact, always in the same order (SPEC D1, D2, D9).
#pragma once

#include "pricing/offers.hpp"

namespace frontdesk::pricing {

/// When and where the sale happens.
struct Situation {
  Instant now{};
  Date today{};  ///< local to the centre
  seating::Channel channel = seating::Channel::online;
  money::Rounding rounding = money::Rounding::half_up;
  /// How many places may still have each rule of the sheet, by its place there; what stands beside
  /// a rule without quantity is not asked.
  std::vector<std::int64_t> units_left{};
};

/// What the places cost. Throws conflict/price_missing, invalid/ticket_type_needed (there are
/// prices, but each is for a ticket type) and invalid/amount_overflow; paths begin with
/// `places[i]`. Whether the ticket types may be used is not asked here. Thread-safe.
Quote work_out(const Sheet& sheet, SessionId session, std::span<const Wanted> wanted,
               Situation situation, const Offers& offers = {});
/// The same in two steps, for discounts that depend on the prices: the lines with their prices, and
/// what follows from them.
Quote price_lines(const Sheet& sheet, SessionId session, std::span<const Wanted> wanted,
                  Situation& situation);
void finish(Quote& quote, const Sheet& sheet, std::span<const Wanted> wanted,
            const Situation& situation, const Offers& offers);

}  // namespace frontdesk::pricing
