/// Places that visits of subscriptions pay for: what becomes of the visit when the place is booked,
/// attended, moved or ended (SPEC B4, B6, B7, V4–V7). The ledger of visits is kept by plans.
#pragma once

#include <frontdesk/bookings_visits.hpp>

#include "bookings/bookings.hpp"
#include "money/orders.hpp"
#include "plans/visits.hpp"
#include "seating/maps.hpp"

namespace frontdesk::bookings {

/// Naming a subscription asks for a visit as well.
inline bool is_by_visit(const PlaceRequest& place) { return place.by_visit || place.subscription; }
inline bool is_by_money(const PlaceRequest& place) { return !is_by_visit(place) && !place.credit; }
/// Whether a visit pays for it; not so while a renewal is awaited.
inline bool has_visit(const PlaceRow& place) {
  return place.paid_by == PaidBy::visit && place.subscription;
}

/// What plans::payable_by finds; the fields of what it refuses are under `path`.
plans::Payable payable_at(Transaction& transaction, const plans::VisitAsked& asked,
                          const std::string& path);
/// Reserves a visit of the named subscription, or of the one that plans chooses, for a place and
/// gives what is due on top. Refuses what plans::payable_by refuses, fields under `path`.
[[nodiscard]] Money reserve_place(Transaction& transaction, PlaceRow& place,
                                  const schedule::Session& session, const seating::Layout& layout,
                                  SubscriptionId named, const std::string& path);
/// What is due on top of a visit, as a line of an order: a fee for the place.
money::NewLine surcharge_line(Transaction& transaction, const PlaceRow& place,
                              const schedule::Session& session, const Money& due);

/// Uses the visit of a place if one is reserved.
void use_place(Transaction& transaction, const PlaceRow& place, plans::Cause cause);
/// A check-in was undone: the visit is reserved again, unless the session is over, which uses it.
void undo_place(Transaction& transaction, const PlaceRow& place);
/// Gives the visit of a place back. False where there is none, or only staff and the centre could.
bool return_place(Transaction& transaction, const PlaceRow& place, plans::Cause cause,
                  const std::string& reason);

/// The places were moved by the client to the session, or got other seats of it: the same
/// subscriptions pay for them anew, and what is due on top follows.
void move_visits(Transaction& transaction, Stored& booking, const schedule::Session& session,
                 const std::vector<PlaceRow*>& places, money::RefundTo to);

}  // namespace frontdesk::bookings
