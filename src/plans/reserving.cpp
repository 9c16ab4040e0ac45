/// Lines of the ledger of visits: reserved, used, returned, moved (SPEC V4, V5, V7).
#include "plans/coverage.hpp"
#include "plans/telling.hpp"

#include <algorithm>

namespace frontdesk::plans {
namespace {

Details details_of(const VisitFor& what) {
  if (what.waiting) return {{"waiting", what.waiting.value}};
  return {{"booking", what.booking.value}};
}

[[noreturn]] void not_reserved(const VisitFor& what) {
  throw Error(Code::conflict, "visit_not_reserved", "booking", details_of(what));
}

/// The place's newest line, which must be of that kind.
Entry line_of(Transaction& transaction, SubscriptionId subscription, const VisitFor& what,
              ClientId attendee, EntryKind kind) {
  auto entry = newest_entry(transaction, subscription, what, attendee);
  if (!entry || entry->kind != kind) not_reserved(what);
  return std::move(*entry);
}

/// The line that follows another about the same place and day.
Entry next_line(const Entry& before, EntryKind kind, Cause cause, const std::string& reason = {}) {
  Entry entry = before;
  entry.kind = kind;
  entry.cause = cause;
  entry.reason.reset();
  if (!reason.empty()) entry.reason = reason;
  return entry;
}

bool waits_for_first_visit(const Stored& stored) {
  return stored.activation == Activation::first_visit && (!stored.starts || stored.is_provisional);
}

/// The first visit that is reserved fixes the start for the time being (SPEC V6); one that was
/// used, for good.
void follow_first_visit(Transaction& transaction, Stored& stored, bool for_good) {
  std::optional<Date> starts = first_visit_day(transaction, stored.id);
  if (starts && stored.activate_by) starts = std::min(*starts, *stored.activate_by);
  if (starts == stored.starts && stored.is_provisional != for_good) return;
  set_days(transaction, stored, starts, !for_good);
  change(transaction, stored);
}

void follow_first_visit(Transaction& transaction, SubscriptionId subscription, bool for_good) {
  Stored stored = stored_subscription(transaction, subscription);
  if (waits_for_first_visit(stored)) follow_first_visit(transaction, stored, for_good);
}

/// The tick recognises revenue of what was used, many subscriptions in one movement.
void make_due(Transaction& transaction, const Stored& stored) {
  if (!stored.is_counted) return;
  transaction.execute(
      "UPDATE subscriptions SET due_at = $2 WHERE id = $1"
      " AND (due_at IS NULL OR due_at > $2)",
      stored.id, transaction.now());
}

}  // namespace

void reserve_visit(Transaction& transaction, const Payable& payable, SessionId session,
                   const VisitFor& what, ClientId attendee, Date local_date) {
  add_entry(transaction,
            Entry{.subscription = payable.subscription,
                  .kind = EntryKind::reserve,
                  .visits = 1,
                  .booking = what.booking,
                  .waiting = what.waiting,
                  .session = session,
                  .attendee = attendee,
                  .day = local_date,
                  .premium = payable.premium},
            1);
  if (payable.waits_for_first_visit) follow_first_visit(transaction, payable.subscription, false);
}

void use_visit(Transaction& transaction, SubscriptionId subscription, const VisitFor& what,
               ClientId attendee, Cause cause) {
  const Entry reserved = line_of(transaction, subscription, what, attendee, EntryKind::reserve);
  add_entry(transaction, next_line(reserved, EntryKind::use, cause), -1, 1);
  Stored stored = stored_subscription(transaction, subscription);
  if (waits_for_first_visit(stored)) follow_first_visit(transaction, stored, true);
  make_due(transaction, stored);
  tell_of_use(transaction, stored);
}

void return_visit(Transaction& transaction, SubscriptionId subscription, const VisitFor& what,
                  ClientId attendee, Cause cause, const std::string& reason) {
  const auto newest = newest_entry(transaction, subscription, what, attendee);
  if (!newest) not_reserved(what);
  const bool is_used = newest->kind == EntryKind::use;
  const bool may_return_used = cause == Cause::staff || cause == Cause::centre;
  if (is_used && !may_return_used) {
    throw Error(Code::conflict, "visit_used", "booking", details_of(what));
  }
  if (!is_used && newest->kind != EntryKind::reserve) not_reserved(what);
  add_entry(transaction, next_line(*newest, EntryKind::give_back, cause, reason), is_used ? 0 : -1,
            is_used ? -1 : 0);
  const Stored stored = stored_subscription(transaction, subscription);
  if (is_used) make_due(transaction, stored);
  if (waits_for_first_visit(stored)) follow_first_visit(transaction, subscription, false);
}

void undo_use(Transaction& transaction, SubscriptionId subscription, const VisitFor& what,
              ClientId attendee) {
  const Entry used = line_of(transaction, subscription, what, attendee, EntryKind::use);
  add_entry(transaction, next_line(used, EntryKind::give_back, Cause::undone), 0, -1);
  add_entry(transaction, next_line(used, EntryKind::reserve, Cause::undone), 1, 0);
  make_due(transaction, stored_subscription(transaction, subscription));
}

VisitNow visit_now(Transaction& transaction, SubscriptionId subscription, const VisitFor& what,
                   ClientId attendee) {
  const auto newest = newest_entry(transaction, subscription, what, attendee);
  if (!newest || newest->kind == EntryKind::give_back) return VisitNow::none;
  return newest->kind == EntryKind::use ? VisitNow::used : VisitNow::reserved;
}

Payable move_visit(Transaction& transaction, const VisitAsked& asked, SubscriptionId subscription,
                   BookingId booking, MovedBy by) {
  const Entry reserved =
      line_of(transaction, subscription, booking, asked.attendee, EntryKind::reserve);
  add_entry(transaction, next_line(reserved, EntryKind::give_back, Cause::moved), -1);
  Stored stored = stored_subscription(transaction, subscription);
  Payable payable{
      .subscription = subscription, .surcharge = stored.money(0), .premium = reserved.premium};
  Entry moved = next_line(reserved, EntryKind::reserve, Cause::moved);
  moved.session = asked.session.id;
  if (by == MovedBy::client) {
    if (waits_for_first_visit(stored)) follow_first_visit(transaction, stored, false);
    if (auto refused = why_not(transaction, stored, asked, payable)) throw refused->error;
    moved.day = day_of(asked.session);
    moved.premium = payable.premium;
  }
  add_entry(transaction, moved, 1);
  if (waits_for_first_visit(stored)) follow_first_visit(transaction, stored, false);
  return payable;
}

}  // namespace frontdesk::plans
