/// Rows of subscriptions: finding and storing them, their days and people.
#include "plans/stored.hpp"

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/zones.hpp"
#include "catalog/centres.hpp"
#include "catalog/facts.hpp"
#include "plans/visits.hpp"

#include <algorithm>

namespace frontdesk::plans {

constinit const storage::EventKind SubscriptionChanged::kind{
    "plans.subscription_changed",
    "A subscription was paid, got its days, was lengthened, adjusted or given to other people.",
    "plans.view"};

Fields Stored::fields() {
  static constexpr Field table[] = {
      field<&Stored::id>("Number."),
      field<&Stored::version>("Version."),
      field<&Stored::plan>("The plan."),
      field<&Stored::plan_version>("Its version."),
      field<&Stored::centre>("The centre that sold it."),
      field<&Stored::owner>("Who pays."),
      field<&Stored::activation>("When it starts."),
      field<&Stored::starts_on>("First day asked for."),
      field<&Stored::activate_by>("First day at the latest."),
      field<&Stored::starts>("First day."),
      field<&Stored::last_day>("Last day."),
      field<&Stored::starts_at>("The moment of the first day."),
      field<&Stored::ends_at>("The moment after the last day."),
      field<&Stored::is_provisional>("The days may still change."),
      field<&Stored::extra_days>("Days added."),
      field<&Stored::paid_at>("When it became usable."),
      field<&Stored::is_counted>("Has a number of visits."),
      field<&Stored::auto_renewal>("Renews itself."),
      field<&Stored::renews>("The one before."),
      field<&Stored::renewed_by>("The one after."),
      field<&Stored::attempts>("Renewals tried."),
      field<&Stored::order>("The order."),
      field<&Stored::order_line>("Its line."),
      field<&Stored::currency>("Currency of the amounts."),
      field<&Stored::price>("Price, tax included."),
      field<&Stored::sold>("Price without tax."),
      field<&Stored::recognised>("Earned."),
      field<&Stored::refunded>("Given back or struck off."),
      field<&Stored::external_ref>("The host's own key."),
      field<&Stored::created_at>("When it was bought."),
      field<&Stored::cancelled_at>("When it was cancelled."),
      field<&Stored::reason>("Why.").personal(),
      field<&Stored::closed_at>("When nothing could be paid by it any more."),
      field<&Stored::due_at>("When the tick looks at it."),
  };
  return table;
}

std::shared_ptr<const PlanVersion> sold_by(Transaction& transaction, const Stored& stored) {
  return version_of(transaction, stored.plan, stored.plan_version);
}

std::string zone_of(Transaction& transaction, CentreId centre) {
  return catalog::facts_of(transaction, centre).zone;
}

Date today_of(Transaction& transaction, CentreId centre) {
  return zones::local_date(transaction.now(), zone_of(transaction, centre));
}

// --- finding ---

namespace {

Stored in_version(Transaction& transaction, Stored stored,
                  const std::optional<std::int64_t>& version) {
  storage::check_version(version, stored.version);
  transaction.concern(stored.owner);
  return stored;
}

}  // namespace

bool reaches_client(Transaction& transaction, ClientId client) {
  storage::Reach reach = transaction.reach();
  reach.any = false;
  return access::covers_person(transaction, std::move(reach), client);
}

Stored stored_subscription(Transaction& transaction, SubscriptionId id) {
  auto stored = storage::find<Stored>(transaction, "subscriptions WHERE id = $1", id);
  if (!stored) storage::missing("subscription", "subscription");
  check_days(*stored);
  return std::move(*stored);
}

void check_days(const Stored& stored) {
  const bool has_days = stored.starts.has_value();
  if (stored.last_day.has_value() != has_days || stored.starts_at.has_value() != has_days ||
      stored.ends_at.has_value() != has_days) {
    throw Error(Code::storage, "file_damaged");
  }
}

bool is_staff_of(const Transaction& transaction, CentreId centre) {
  return transaction.reach().covers(centre);
}

Stored visible_subscription(Transaction& transaction, SubscriptionId id) {
  Stored stored = stored_subscription(transaction, id);
  if (is_staff_of(transaction, stored.centre) || reaches_client(transaction, stored.owner)) {
    return stored;
  }
  for (ClientId person : people_of(transaction, id)) {
    if (reaches_client(transaction, person)) return stored;
  }
  storage::missing("subscription", "subscription");
}

Stored owned_subscription(Transaction& transaction, SubscriptionId id,
                          const std::optional<std::int64_t>& version) {
  Stored stored = stored_subscription(transaction, id);
  if (!is_staff_of(transaction, stored.centre) && !reaches_client(transaction, stored.owner)) {
    storage::missing("subscription", "subscription");
  }
  return in_version(transaction, std::move(stored), version);
}

Stored subscription_of_staff(Transaction& transaction, SubscriptionId id,
                             const std::optional<std::int64_t>& version) {
  Stored stored = stored_subscription(transaction, id);
  if (!is_staff_of(transaction, stored.centre)) storage::missing("subscription", "subscription");
  return in_version(transaction, std::move(stored), version);
}

void check_runs(Transaction& transaction, const Stored& stored) {
  if (stored.cancelled_at) throw Error(Code::conflict, "subscription_cancelled", "subscription");
  if (stored.ends_at && *stored.ends_at <= transaction.now()) {
    throw Error(Code::conflict, "subscription_expired", "subscription",
                {{"last_day", zones::print(*stored.last_day)}});
  }
}

// --- people and freezes ---

std::vector<ClientId> people_of(Transaction& transaction, SubscriptionId id) {
  std::vector<ClientId> people;
  storage::Cursor rows = transaction.query(
      "SELECT client FROM subscription_people WHERE subscription = $1 ORDER BY client", id);
  while (rows.next()) people.push_back(ClientId{rows.integer(0)});
  return people;
}

void set_people(Transaction& transaction, const Stored& stored,
                const std::vector<ClientId>& people) {
  transaction.execute("DELETE FROM subscription_people WHERE subscription = $1", stored.id);
  for (ClientId person : people) {
    transaction.execute(
        "INSERT INTO subscription_people (client, is_open, subscription) VALUES ($1, $2, $3)",
        person, !stored.closed_at.has_value(), stored.id);
    access::add_client_centre(transaction, person, stored.centre);
  }
}

std::vector<Freeze> freezes_of(Transaction& transaction, SubscriptionId id) {
  return storage::all<Freeze>(transaction, "freezes WHERE subscription = $1 ORDER BY first_day, id",
                              id);
}

// --- days ---

namespace {

/// Whether what is reserved lies in a term that starts on the day.
bool holds_visits(Transaction& transaction, const Stored& stored, Date starts) {
  const auto reserved = reserved_visits(transaction, stored.id);
  const Date last =
      plus_days(last_of_term(starts, sold_by(transaction, stored)->terms), stored.extra_days);
  return std::all_of(reserved.begin(), reserved.end(), [&](const Entry& visit) {
    return starts <= *visit.day && *visit.day <= last;
  });
}

/// What renews it starts when it has ended: an end that moves takes a start to come along, unless
/// visits are reserved that would fall out of its days.
void move_renewal(Transaction& transaction, const Stored& stored) {
  if (!stored.renewed_by || !stored.last_day) return;
  Stored next = stored_subscription(transaction, stored.renewed_by);
  const Date today = today_of(transaction, stored.centre);
  const bool has_begun = next.starts && *next.starts <= today;
  if (next.activation != Activation::date || next.cancelled_at || has_begun) return;
  const Date starts = std::max(plus_days(*stored.last_day, 1), today);
  if (starts == next.starts || !freezes_of(transaction, next.id).empty()) return;
  if (!holds_visits(transaction, next, starts)) return;
  next.starts_on = starts;
  if (next.starts) set_days(transaction, next, starts, false);
  change(transaction, next);
  move_renewal(transaction, next);
}

}  // namespace

void set_days(Transaction& transaction, Stored& stored, std::optional<Date> starts,
              bool is_provisional) {
  stored.starts = starts;
  stored.is_provisional = starts.has_value() && is_provisional;
  stored.last_day.reset();
  stored.starts_at.reset();
  stored.ends_at.reset();
  if (!starts) return;
  const std::string zone = zone_of(transaction, stored.centre);
  const auto version = sold_by(transaction, stored);
  stored.last_day = plus_days(last_of_term(*starts, version->terms), stored.extra_days);
  stored.starts_at = zones::start_of_day(*starts, zone);
  stored.ends_at = zones::start_of_day(plus_days(*stored.last_day, 1), zone);
}

void add_days(Transaction& transaction, Stored& stored, std::int64_t days, FreezeId freeze,
              const std::optional<std::string>& reason) {
  if (days == 0) return;
  transaction.execute(
      "INSERT INTO subscription_days (subscription, days, freeze, reason, \"by\", at)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      stored.id, days, freeze, reason, transaction.principal().account, transaction.now());
  stored.extra_days += days;
  set_days(transaction, stored, stored.starts, stored.is_provisional);
  move_renewal(transaction, stored);
}

// --- storing ---

void store(Transaction& transaction, Stored& stored) {
  ++stored.version;
  // What the tick has not come to yet stays due.
  const bool waits_for_tick = stored.due_at && *stored.due_at <= transaction.now();
  if (!waits_for_tick) stored.due_at = next_due(transaction, stored);
  storage::update(transaction, "subscriptions", stored);
}

void change(Transaction& transaction, Stored& stored) {
  store(transaction, stored);
  transaction.emit(SubscriptionChanged{
      .subscription = stored.id, .client = stored.owner, .centre = stored.centre});
}

}  // namespace frontdesk::plans
