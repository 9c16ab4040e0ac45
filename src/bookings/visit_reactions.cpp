/// Bookings and waiting lists follow the subscriptions that pay for them (SPEC V8, V10).
#include "base/zones.hpp"
#include "bookings/cancelling.hpp"
#include "bookings/lists.hpp"
#include "bookings/slots.hpp"
#include "bookings/visits.hpp"
#include "bookings/waiting.hpp"
#include "plans/revenue.hpp"
#include "schedule/sessions.hpp"
#include "schedule/stored.hpp"

#include <frontdesk/plans_events.hpp>

#include <algorithm>

namespace frontdesk::bookings {
namespace {

/// How what a subscription paid for ends.
struct Fate {
  std::string reason{};  ///< a stable word, kept with what ended
  plans::Cause cause = plans::Cause::ended;
  bool in_full = false;  ///< else by the policy: late is late (SPEC V8)
  std::optional<Instant> from{};
  std::optional<Instant> until{};

  bool concerns(const schedule::Session& session, Instant now) const {
    return session.status == schedule::SessionStatus::scheduled && session.starts > now &&
           (!from || session.starts >= *from) && (!until || session.starts < *until);
  }
};

void end_booking(Transaction& transaction, BookingId id, SubscriptionId subscription,
                 const Fate& fate) {
  if (!transaction.exists("SELECT 1 FROM bookings WHERE id = $1", id)) return;
  Stored booking = stored_booking(transaction, id);
  const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
  if (!fate.concerns(session, transaction.now())) return;
  std::vector<std::int64_t> numbers;
  bool is_all = true;
  for (const PlaceRow& place : booking.places) {
    if (!is_coming(place.status)) continue;
    if (place.subscription == subscription) {
      numbers.push_back(place.number);
    } else {
      is_all = false;
    }
  }
  if (numbers.empty()) return;
  if (is_all) numbers.clear();
  end_places(transaction, booking, session,
             {.numbers = std::move(numbers),
              .reason = fate.reason,
              .in_full = fate.in_full,
              .visits_for = fate.cause});
  if (is_all) cancel_own_lesson(transaction, session, id, fate.reason);
}

void end_waiting(Transaction& transaction, WaitingEntryId id, const Fate& fate) {
  auto entry = storage::find<EntryRow>(transaction, "waiting_entries WHERE id = $1", id);
  if (!entry || !is_open(entry->status)) return;
  const schedule::Session session = schedule::stored_session(transaction, entry->session);
  if (!fate.concerns(session, transaction.now())) return;
  end_entry(transaction, *entry, WaitingStatus::refused, fate.reason);
}

/// Each once, however many places of it are paid by the subscription.
void end_all(Transaction& transaction, SubscriptionId subscription, const Fate& fate) {
  std::vector<BookingId> bookings;
  std::vector<WaitingEntryId> entries;
  for (const plans::Entry& visit : plans::reserved_visits(transaction, subscription)) {
    if (visit.booking && (bookings.empty() || bookings.back() != visit.booking)) {
      bookings.push_back(visit.booking);
    }
    if (visit.waiting) entries.push_back(visit.waiting);
  }
  for (BookingId id : bookings) end_booking(transaction, id, subscription, fate);
  for (WaitingEntryId id : entries) end_waiting(transaction, id, fate);
}

void on_frozen(Transaction& transaction, const void* event) {
  const auto& frozen = *static_cast<const plans::SubscriptionFrozen*>(event);
  end_all(transaction, frozen.subscription,
          {.reason = "subscription_frozen",
           .cause = plans::Cause::frozen,
           .from = frozen.from,
           .until = frozen.until});
}

void on_cancelled(Transaction& transaction, const void* event) {
  const auto& cancelled = *static_cast<const plans::SubscriptionCancelled*>(event);
  end_all(transaction, cancelled.subscription,
          {.reason = "subscription_cancelled", .cause = plans::Cause::ended, .in_full = true});
}

/// Visits past the days in which even those that the centre gave back can be used. None are
/// reserved so late, unless days were taken away.
void on_expired(Transaction& transaction, const void* event) {
  const auto& expired = *static_cast<const plans::Expired*>(event);
  const plans::Stored stored = plans::stored_subscription(transaction, expired.subscription);
  end_all(transaction, expired.subscription,
          {.reason = "subscription_expired",
           .cause = plans::Cause::ended,
           .in_full = true,
           .from = plans::closing_of(transaction, stored)});
}

/// The ledger has handed the reserved visits over already.
void on_replaced(Transaction& transaction, const void* event) {
  const auto& replaced = *static_cast<const plans::SubscriptionReplaced*>(event);
  for (const plans::Entry& visit : plans::reserved_visits(transaction, replaced.replaced_by)) {
    if (visit.booking) {
      transaction.execute(
          "UPDATE places SET subscription = $3 WHERE session = $1 AND booking = $2"
          " AND subscription = $4 AND attendee = $5",
          visit.session, visit.booking, replaced.replaced_by, replaced.subscription,
          visit.attendee);
    } else {
      transaction.execute(
          "UPDATE waiting_places SET subscription = $2 WHERE entry = $1 AND subscription = $3"
          " AND attendee = $4",
          visit.waiting, replaced.replaced_by, replaced.subscription, visit.attendee);
    }
  }
}

}  // namespace

namespace lists {

using storage::Reaction;

constinit const Reaction subscription_frozen{"plans.subscription_frozen", on_frozen};
constinit const Reaction subscription_cancelled{"plans.subscription_cancelled", on_cancelled};
constinit const Reaction subscription_expired{"plans.expired", on_expired};
constinit const Reaction subscription_replaced{"plans.subscription_replaced", on_replaced};

}  // namespace lists
}  // namespace frontdesk::bookings
