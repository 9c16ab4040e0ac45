/// Quotes for the areas above: what a booking pays comes from here and from nowhere else (SPEC D2).
#pragma once

#include <frontdesk/pricing_quotes.hpp>
#include <frontdesk/schedule.hpp>

#include "base/money.hpp"
#include "money/orders.hpp"

namespace frontdesk::pricing {

using storage::Transaction;

/// One place that is wanted.
struct Wanted {
  std::string seat_category{};  ///< a code as seat maps have them; empty without seats
  TicketTypeId ticket_type{};
  ClientId attendee{};
};
struct Buyer {
  ClientId payer{};
  seating::Channel channel = seating::Channel::online;
  HoldId hold{};  ///< the hold they book from, if any: what it reserved is there for them
};

/// What the places cost now. Reads only. Paths of errors begin with `places[i].`. Throws
/// not_found/ticket_type_not_found, conflict/ticket_type_archived,
/// conflict/ticket_type_not_for_seat, conflict/ticket_type_not_for_age, conflict/price_missing,
/// invalid/amount_overflow. Whether the caller may know of the attendees is the caller's to check.
Quote quote_places(Transaction& transaction, const schedule::Session& session,
                   std::span<const Wanted> wanted, const Buyer& buyer);

/// Lines for an order: one a place, in order of places, then the fees in order of `quote.fees`,
/// whose `place` tells what each is taken for.
std::vector<money::NewLine> order_lines(const Quote& quote, SessionId session);

/// The quote fixed for a hold, if there is one. That the hold still stands is the caller's to know
/// (seating::hold_of).
std::optional<Quote> fixed_quote(Transaction& transaction, HoldId hold);
/// The same for a booking of just these places (numbers within the session) with the same ticket
/// types, its lines in their order; none if the quote is for other ones. Whether the ticket types
/// fit the attendees is checked anew, as by quote_places.
std::optional<Quote> fixed_quote(Transaction& transaction, HoldId hold,
                                 const schedule::Session& session,
                                 std::span<const std::int64_t> places,
                                 std::span<const Wanted> wanted);

/// A booking made from a quote keeps the early-bird units that the quote counts on; what was fixed
/// and reserved for the hold it came from, if any, is over. Call it in the transaction that quoted.
void keep_units(Transaction& transaction, const Quote& quote, BookingId booking, HoldId hold = {});
/// Puts down again the units that a sold line of a place in the session counts on, by what its
/// order remembers of the price (order_lines.discounts). The price was agreed, so they are taken
/// even where none is left; nobody else gets one until enough were given back.
void retake_units(Transaction& transaction, BookingId booking, SessionId session,
                  std::int64_t place, std::string_view explanation);
/// Gives back the units of some places of a booking, by their place in the quote; of all if none is
/// named.
void give_back_units(Transaction& transaction, BookingId booking,
                     std::span<const std::int64_t> places = {});

}  // namespace frontdesk::pricing
