/// Weekly slots follow new sessions, their series, and the subscription (SPEC V8, V10, V11).
#include "base/zones.hpp"
#include "bookings/lists.hpp"
#include "bookings/making.hpp"
#include "bookings/paying.hpp"
#include "bookings/slots.hpp"
#include "bookings/visits.hpp"
#include "plans/settings.hpp"
#include "schedule/stored.hpp"
#include "storage/attempt.hpp"

#include <frontdesk/plans_events.hpp>
#include <frontdesk/schedule_sessions.hpp>

namespace frontdesk::bookings {
namespace {

std::int64_t weekday_of(const schedule::Session& session) {
  const std::chrono::sys_days day = plans::day_of(session);
  return static_cast<std::int64_t>(std::chrono::weekday{day}.iso_encoding());
}

std::int64_t minute_of(const schedule::Session& session) {
  const auto midnight = std::chrono::floor<std::chrono::days>(session.local_start);
  return std::chrono::duration_cast<std::chrono::minutes>(session.local_start - midnight).count();
}

// --- sessions ---

/// In the very transaction that creates the session.
void on_scheduled(Transaction& transaction, const void* event) {
  const SessionId id = static_cast<const schedule::SessionScheduled*>(event)->session;
  if (!transaction.exists("SELECT 1 FROM weekly_slots WHERE activity ="
                          " (SELECT activity FROM sessions WHERE id = $1) AND ended_at IS NULL",
                          id)) {
    return;
  }
  const schedule::Session session = schedule::stored_session(transaction, id);
  if (session.status != schedule::SessionStatus::scheduled) return;
  const auto slots = storage::all<ClaimedSlot>(
      transaction,
      "weekly_slots WHERE activity = $1 AND weekday = $2 AND minute = $3 AND centre = $4"
      " AND is_private = 0 AND ended_at IS NULL ORDER BY id",
      session.activity, weekday_of(session), minute_of(session), session.centre);
  for (const ClaimedSlot& slot : slots) {
    if (knows_session(transaction, slot.attendee, session.id)) continue;
    BookingId booking{};
    const auto refused = book_in_slot(transaction, slot, session, booking);
    if (!refused || is_outside_term(*refused)) continue;
    tell_not_booked(transaction, slot, session.id, refused->reason());
  }
}

/// A whole series got another time: the slots that book it go along. One session moved by hand
/// leaves them where they are.
void on_changed(Transaction& transaction, const void* event) {
  const auto& changed = *static_cast<const schedule::SessionChanged*>(event);
  if (!changed.moved || changed.starts == changed.started_before) return;
  const schedule::Session session = schedule::stored_session(transaction, changed.session);
  if (!session.series || session.changed_by_hand) return;
  transaction.execute(
      "UPDATE weekly_slots SET weekday = $2, minute = $3 WHERE ended_at IS NULL"
      " AND is_private = 0 AND activity = $4 AND id IN (SELECT slot_bookings.slot FROM places"
      " JOIN slot_bookings ON slot_bookings.booking = places.booking WHERE places.session = $1"
      " AND places.status < 3)",
      session.id, weekday_of(session), minute_of(session), session.activity);
}

// --- subscriptions ---

template <class T>
void refill(Transaction& transaction, const void* event) {
  fill_all(transaction, static_cast<const T*>(event)->subscription);
}

void end_all(Transaction& transaction, SubscriptionId subscription, const std::string& reason) {
  for (ClaimedSlot& slot : open_slots(transaction, subscription)) {
    end_slot(transaction, slot, reason);
  }
}

bool is_over(Transaction& transaction, const plans::Stored& stored) {
  return stored.ends_at && *stored.ends_at <= transaction.now();
}

/// Lengthened, paid, or its days are known: more is booked, also by slots of the one it renews.
/// Over and not to be renewed: slots end.
void on_subscription_changed(Transaction& transaction, const void* event) {
  const SubscriptionId id = static_cast<const plans::SubscriptionChanged*>(event)->subscription;
  const plans::Stored stored = plans::stored_subscription(transaction, id);
  if (stored.renews) fill_all(transaction, stored.renews);
  if (open_slots(transaction, id).empty()) return;
  if (is_over(transaction, stored) && !stored.auto_renewal && !stored.renewed_by) {
    return end_all(transaction, id, "subscription_expired");
  }
  fill_all(transaction, id);
}

void on_subscription_cancelled(Transaction& transaction, const void* event) {
  end_all(transaction, static_cast<const plans::SubscriptionCancelled*>(event)->subscription,
          "subscription_cancelled");
}

void hand_over(Transaction& transaction, SubscriptionId from, SubscriptionId to) {
  transaction.execute(
      "UPDATE weekly_slots SET subscription = $2 WHERE subscription = $1 AND ended_at IS NULL",
      from, to);
}

void on_replaced(Transaction& transaction, const void* event) {
  const auto& replaced = *static_cast<const plans::SubscriptionReplaced*>(event);
  hand_over(transaction, replaced.subscription, replaced.replaced_by);
  fill_all(transaction, replaced.replaced_by);
}

// --- renewal ---

/// Bookings of slots that wait for the renewal: visits are to pay, but none does yet.
std::vector<BookingId> kept_bookings(Transaction& transaction, SubscriptionId subscription) {
  storage::Cursor rows = transaction.query(
      "SELECT DISTINCT bookings.id FROM weekly_slots"
      " JOIN slot_bookings ON slot_bookings.slot = weekly_slots.id"
      " JOIN bookings ON bookings.id = slot_bookings.booking"
      " JOIN places ON places.session = bookings.session AND places.booking = bookings.id"
      " WHERE weekly_slots.subscription = $1 AND bookings.status = 1 AND places.paid_by = $2"
      " AND places.subscription IS NULL ORDER BY bookings.id",
      subscription, PaidBy::visit);
  std::vector<BookingId> kept;
  while (rows.next()) kept.push_back(BookingId{rows.integer(0)});
  return kept;
}

/// The visit is there, but something is due on top: it is to pay as for any other booking of the
/// slot.
void sell_surcharges(Transaction& transaction, Stored& booking, const schedule::Session& session,
                     std::vector<money::NewLine> surcharges) {
  Row& row = booking.row;
  row.order = money::open_order(transaction, order_for(row, std::move(surcharges))).id;
  row.pay_by = pay_by(transaction, session);
  row.due_at = due_at(transaction, row.centre, *row.pay_by);
  store(transaction, booking);
  tell_made(transaction, row);
}

void pay_kept(Transaction& transaction, BookingId id, SubscriptionId payer) {
  Stored booking = stored_booking(transaction, id);
  const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
  const seating::Layout layout = seating::layout_of(transaction, session);
  const auto refused = storage::attempt(transaction, [&] {
    std::vector<money::NewLine> surcharges;
    for (PlaceRow& place : booking.places) {
      const Money due = reserve_place(transaction, place, session, layout, payer, "");
      update_place(transaction, place);
      if (due.minor > 0) surcharges.push_back(surcharge_line(transaction, place, session, due));
    }
    if (surcharges.empty()) {
      confirm_paid(transaction, booking);
    } else {
      sell_surcharges(transaction, booking, session, std::move(surcharges));
    }
  });
  if (!refused) return;
  Stored unpaid = stored_booking(transaction, id);
  expire(transaction, unpaid);
}

/// What was kept is paid, and the new term is booked. Slots go along once the old term is over.
void on_renewed(Transaction& transaction, const void* event) {
  const auto& renewed = *static_cast<const plans::SubscriptionRenewed*>(event);
  if (open_slots(transaction, renewed.subscription).empty()) return;
  const plans::Stored next = plans::stored_subscription(transaction, renewed.renewed_by);
  if (next.paid_at) {
    for (BookingId id : kept_bookings(transaction, renewed.subscription)) {
      pay_kept(transaction, id, next.id);
    }
  }
  const plans::Stored before = plans::stored_subscription(transaction, renewed.subscription);
  fill_all(transaction, before.id);
  if (is_over(transaction, before)) hand_over(transaction, before.id, next.id);
}

/// Places of slots are kept, unpaid, for as long as the renewal is tried again (SPEC V10).
void keep_places(Transaction& transaction, const plans::Stored& stored) {
  const std::int64_t days = storage::number(transaction, plans::renewal_days, stored.centre);
  const Instant until = zones::start_of_day(plans::plus_days(*stored.last_day, days + 2),
                                            plans::zone_of(transaction, stored.centre));
  for (const ClaimedSlot& slot : open_slots(transaction, stored.id)) {
    if (slot.is_private) continue;
    const auto sessions = storage::all<schedule::Session>(
        transaction,
        "sessions WHERE activity = $1 AND starts > $2 AND starts < $3 AND centre = $4"
        " AND status = 0 AND (local_start / 86400 + 3) % 7 + 1 = $5"
        " AND local_start % 86400 / 60 = $6 ORDER BY starts, id",
        slot.activity, transaction.now(), until, slot.centre, slot.weekday, slot.minute);
    for (const schedule::Session& session : sessions) {
      if (knows_session(transaction, slot.attendee, session.id)) continue;
      const Wish wish{.session = session.id,
                      .places = {{.attendee = slot.attendee}},
                      .best = true,
                      .client = stored.owner,
                      .is_standing = true,
                      .is_promised = true,
                      .kept_until = std::min(until, session.starts)};
      storage::attempt(transaction, [&] {
        const BookingId booking = book(transaction, wish).booking.row.id;
        transaction.execute("INSERT INTO slot_bookings (slot, booking) VALUES ($1, $2)", slot.id,
                            booking);
      });
    }
  }
}

void on_renewal_failed(Transaction& transaction, const void* event) {
  const auto& failed = *static_cast<const plans::RenewalFailed*>(event);
  if (!failed.is_last) {
    return keep_places(transaction, plans::stored_subscription(transaction, failed.subscription));
  }
  for (BookingId id : kept_bookings(transaction, failed.subscription)) {
    Stored booking = stored_booking(transaction, id);
    expire(transaction, booking);
  }
  end_all(transaction, failed.subscription, "renewal_failed");
}

void on_subscription_over(Transaction& transaction, const void* event) {
  const SubscriptionId id = static_cast<const plans::Expired*>(event)->subscription;
  if (open_slots(transaction, id).empty()) return;
  const plans::Stored stored = plans::stored_subscription(transaction, id);
  if (stored.renewed_by) return hand_over(transaction, id, stored.renewed_by);
  if (!stored.auto_renewal) end_all(transaction, id, "subscription_expired");
}

}  // namespace

namespace lists {

using storage::Reaction;

constinit const Reaction slots_scheduled{"schedule.session_scheduled", on_scheduled};
constinit const Reaction slots_changed{"schedule.session_changed", on_changed};
constinit const Reaction slots_frozen{"plans.subscription_frozen",
                                      refill<plans::SubscriptionFrozen>};
constinit const Reaction slots_thawed{"plans.subscription_thawed",
                                      refill<plans::SubscriptionThawed>};
constinit const Reaction slots_lengthened{"plans.subscription_changed", on_subscription_changed};
constinit const Reaction slots_cancelled{"plans.subscription_cancelled", on_subscription_cancelled};
constinit const Reaction slots_replaced{"plans.subscription_replaced", on_replaced};
constinit const Reaction slots_renewed{"plans.subscription_renewed", on_renewed};
constinit const Reaction slots_kept{"plans.renewal_failed", on_renewal_failed};
constinit const Reaction slots_over{"plans.expired", on_subscription_over};

}  // namespace lists
}  // namespace frontdesk::bookings
