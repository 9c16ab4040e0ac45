/// The order follows places that changed (SPEC B7, H9).
#pragma once

#include "bookings/bookings.hpp"
#include "pricing/quotes.hpp"

namespace frontdesk::bookings {

/// Keeps the units of limited prices that a quote of these places counts on, each under the number
/// of its place less one, so that places can give back their own.
void keep_units(Transaction& transaction, pricing::Quote& quoted, BookingId booking,
                const std::vector<PlaceRow*>& places, HoldId hold = {});
/// Gives back the units of places that end or are priced anew.
void give_back_units(Transaction& transaction, BookingId booking,
                     const std::vector<PlaceRow*>& places);

/// Quotes the places anew as they are now and sells them so in the place of their lines; what was
/// paid pays for them, what is too much goes back: as much of it as cancelling so long `before` the
/// start would give, so that a cheaper session is no way around the policy (SPEC B6, B7). Fees of
/// the whole order stay as they were, and fees that never go back are kept. What visits paid, and
/// the house's places, are not priced; a credit must be good for the place as it is now, else
/// check_credit's refusals at `field`. Gives what the booking's order owed before.
std::int64_t reprice(Transaction& transaction, Stored& booking, const schedule::Session& session,
                     const std::vector<PlaceRow*>& places, money::RefundTo to, Duration before,
                     std::string_view field);
/// The line for what is kept of a line that ended, with the tax it was sold with.
money::NewLine cancellation_fee(const money::OrderLine& ended, const Money& kept,
                                money::Rounding rounding);
/// Pays what the booking owes now. What one that was confirmed owes more than before must be paid
/// at once: conflict/pay_at_once. One that was pending is confirmed or gets a new date.
void pay_difference(Transaction& transaction, Stored& booking, const schedule::Session& session,
                    std::span<const money::Tender> payments, std::int64_t owed_before);

}  // namespace frontdesk::bookings
