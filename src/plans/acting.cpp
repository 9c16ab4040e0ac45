#include "plans/acting.hpp"

namespace frontdesk::plans {

constinit const storage::EventKind SubscriptionCancelled::kind{
    "plans.subscription_cancelled", "A subscription was cancelled; bookings by it end.",
    "plans.view"};

void check_acts_at(Transaction& transaction, CentreId centre, ClientId client,
                   std::string_view kind) {
  if (is_staff_of(transaction, centre) || reaches_client(transaction, client)) return;
  storage::missing(kind, kind);
}

namespace {

/// What it was to follow may be renewed anew, and by itself on the next day if it is over.
void free_renewed(Transaction& transaction, const Stored& stored) {
  if (!stored.renews) return;
  Stored before = stored_subscription(transaction, stored.renews);
  if (before.renewed_by != stored.id) return;
  before.renewed_by = {};
  store(transaction, before);
}

}  // namespace

void cancel(Transaction& transaction, Stored& stored, const std::optional<std::string>& reason) {
  stored.cancelled_at = transaction.now();
  stored.reason = reason;
  stored.auto_renewal = false;
  close(transaction, stored);
  store(transaction, stored);
  free_renewed(transaction, stored);
  transaction.emit(SubscriptionCancelled{
      .subscription = stored.id, .client = stored.owner, .centre = stored.centre});
}

void close(Transaction& transaction, Stored& stored) {
  stored.closed_at = transaction.now();
  transaction.execute("UPDATE subscription_people SET is_open = 0 WHERE subscription = $1",
                      stored.id);
}

void reopen(Transaction& transaction, Stored& stored) {
  stored.closed_at.reset();
  transaction.execute("UPDATE subscription_people SET is_open = 1 WHERE subscription = $1",
                      stored.id);
}

}  // namespace frontdesk::plans
