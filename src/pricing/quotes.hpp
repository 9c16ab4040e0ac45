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
  std::vector<std::string> coupons{};   ///< codes
  OrderId order{};                      ///< whose lines are priced anew: its coupons go along
  std::vector<OrderLineId> replaced{};  ///< these lines
};

/// What the places cost now. Reads only. Paths of errors begin with `places[i].`. Throws
/// not_found/ticket_type_not_found, conflict/ticket_type_archived,
/// conflict/ticket_type_not_for_seat, conflict/ticket_type_not_for_age, conflict/price_missing,
/// invalid/amount_overflow, and what coupons_for refuses. Whether the caller may know of the
/// attendees is the caller's to check.
Quote quote_places(Transaction& transaction, const schedule::Session& session,
                   std::span<const Wanted> wanted, const Buyer& buyer);

/// Whether the places may be had with their ticket types, whatever they cost. Throws what
/// quote_places does of them.
void check_ticket_types(Transaction& transaction, const schedule::Session& session,
                        std::span<const Wanted> wanted);

/// Lines for an order: one a place, in order of places, then the fees in order of `quote.fees`,
/// whose `place` tells what each is taken for.
std::vector<money::NewLine> order_lines(const Quote& quote, SessionId session);

/// What an order's line remembers of how a price came about, as JSON; empty: nothing was changed.
std::string explained(const QuoteLine& line);

/// The quote fixed for a hold, if there is one. That the hold still stands is the caller's to know
/// (seating::hold_of).
std::optional<Quote> fixed_quote(Transaction& transaction, HoldId hold);
/// What places (numbers within the session) of `buyer.hold` cost. What was fixed stands for just
/// what it was fixed for: all these places with these ticket types, the payer, the attendees, the
/// coupons where any are named. Who was not known then may be named now, and pays the price of now
/// if that is lower. Anything else is priced anew, with what the hold reserved and, where no coupon
/// is named, with those that were fixed. Refuses as quote_places does.
Quote quote_of_hold(Transaction& transaction, const schedule::Session& session,
                    std::span<const std::int64_t> places, std::span<const Wanted> wanted,
                    const Buyer& buyer);

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

/// Who bought what a quote priced.
struct Sale {
  OrderId order{};
  ClientId payer{};
  CentreId centre{};
  HoldId hold{};  ///< what it reserved is used up
};
/// Uses what the quote has of coupons and free tickets, for the order made of it in the same
/// transaction. conflict/coupon_needs_client, conflict/coupon_used_by_client. What the order's
/// lines have is followed from then on: with the last of them, a use is given back.
void redeem(Transaction& transaction, const Quote& quote, const Sale& sale);
/// The same for the hold whose quote it is, in place of what that had reserved.
void reserve(Transaction& transaction, const Quote& quote, const Sale& sale);
/// Says that lines which cost nothing are cancelled late: what they had is not given back.
void keep_redeemed(Transaction& transaction, OrderId order, std::span<const OrderLineId> lines);
/// Whether an order whose lines lapsed can have its coupons once more.
bool can_revive(Transaction& transaction, OrderId order);

}  // namespace frontdesk::pricing
