/// Visits as bookings see them: which subscription pays, and the lines that reserve, use and return
/// (SPEC V4–V7, B4, B6). All of it in the caller's transaction.
#pragma once

#include <frontdesk/plans_visits.hpp>
#include <frontdesk/schedule.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::plans {

using storage::Transaction;

/// What bookings ask: a place of a named attendee.
struct VisitAsked {
  ClientId attendee{};
  const schedule::Session& session;
  SubscriptionId named{};  ///< none: the one that ends soonest (SPEC V6)
  TicketTypeId ticket_type{};
  std::string_view seat_category{};
};

/// A subscription that would pay, and what is due besides.
struct Payable {
  SubscriptionId subscription{};
  Money surcharge{};  ///< 0 where nothing is
  bool premium = false;
  bool waits_for_first_visit = false;  ///< its days follow from the visit
};

/// The subscription that pays for the place. Throws why none does:
/// not_found/subscription_not_found (a named one that is not the attendee's),
/// conflict/no_subscription (none at all), of one that is near:
/// invalid/attendee_not_on_subscription,
/// conflict/subscription_{cancelled,unpaid,not_started,expired,frozen},
/// invalid/{activity,centre,ticket_type,seat_category}_not_covered, invalid/age_outside_plan,
/// conflict/{visits_exhausted,day_limit_reached,week_limit_reached,month_limit_reached,
/// premium_limit_reached,visits_after_end}. With several, that of the one which came nearest.
Payable payable_by(Transaction& transaction, const VisitAsked& asked);

/// What a visit is for: a place of a booking, or one that somebody waits for (SPEC B8).
struct VisitFor {
  BookingId booking{};
  WaitingEntryId waiting{};

  VisitFor(BookingId id) : booking(id) {}
  VisitFor(WaitingEntryId id) : waiting(id) {}
  /// The same as a line of the ledger is for.
  explicit VisitFor(const Entry& entry) : booking(entry.booking), waiting(entry.waiting) {}
};

/// The local day that limits count a session for.
Date day_of(const schedule::Session& session);

/// Reserves what payable_by found, in the same transaction and with nothing in between; the next
/// place is asked for anew. A first visit fixes a provisional end.
void reserve_visit(Transaction& transaction, const Payable& payable, SessionId session,
                   const VisitFor& what, ClientId attendee, Date local_date);

/// Uses a reserved visit: Cause::attended, no_show or late. Throws conflict/visit_not_reserved
/// where there is none (or no longer).
void use_visit(Transaction& transaction, SubscriptionId subscription, const VisitFor& what,
               ClientId attendee, Cause cause = Cause::attended);

/// Returns a reserved visit; with Cause::staff and Cause::centre a used one as well. Cause::centre
/// makes it usable some days past the end. Throws conflict/visit_not_reserved, so that nothing
/// returns twice.
void return_visit(Transaction& transaction, SubscriptionId subscription, const VisitFor& what,
                  ClientId attendee, Cause cause, const std::string& reason = {});

/// Takes back that a visit was used: it is reserved again, for the day it had.
void undo_use(Transaction& transaction, SubscriptionId subscription, const VisitFor& what,
              ClientId attendee);

/// What became of the visit of a place: the newest line tells.
enum class VisitNow : unsigned char { none, reserved, used };
VisitNow visit_now(Transaction& transaction, SubscriptionId subscription, const VisitFor& what,
                   ClientId attendee);

/// The booking moved to another session. By the centre, the visit keeps its day; by the client, it
/// is asked for and counted anew, by the same subscription, with payable_by's refusals. Gives the
/// surcharge that now holds.
enum class MovedBy : unsigned char { client, centre };
Payable move_visit(Transaction& transaction, const VisitAsked& asked, SubscriptionId subscription,
                   BookingId booking, MovedBy by);

/// What is reserved of a subscription in [from, until), by local day; of all days where both are
/// unset. For lists of what a change would end.
std::vector<Entry> reserved_visits(Transaction& transaction, SubscriptionId subscription,
                                   std::optional<Date> from = {}, std::optional<Date> until = {});

}  // namespace frontdesk::plans
