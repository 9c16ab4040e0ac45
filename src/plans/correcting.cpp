/// What staff do by hand, with a reason: cancel, lengthen, give away, adjust (SPEC V10), and who
/// attends (SPEC V12).
#include "access/authorization.hpp"
#include "base/zones.hpp"
#include "people/clients.hpp"
#include "plans/acting.hpp"
#include "plans/revenue.hpp"
#include "plans/selling.hpp"
#include "plans/telling.hpp"
#include "plans/visits.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::plans {

// --- cancel ---

CancelDone handle(Transaction& transaction, const CancelSubscription& request) {
  Stored stored = subscription_of_staff(transaction, request.subscription, request.version);
  check_runs(transaction, stored);
  recognise_now(transaction, stored);
  const Money unused = returnable(transaction, stored);
  Money fee = stored.money(0);
  const auto version = sold_by(transaction, stored);
  if (version->terms.refund_fee && !request.waive_fee) {
    fee.minor = std::min(version->terms.refund_fee->minor, unused.minor);
  }
  const Money refund = request.refund ? money::minus(unused, fee) : stored.money(0);
  end_money(transaction, stored, refund, request.to, request.reason);
  cancel(transaction, stored, request.reason);
  return {.subscription = view_of(transaction, stored),
          .refunded = refund,
          .kept = money::minus(unused, refund)};
}

static constexpr Refusal cancel_refusals[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::conflict, "version_outdated", "it was changed since that version"},
    {Code::conflict, "subscription_cancelled", "it was cancelled already"},
    {Code::conflict, "subscription_expired", "its last day is over"},
};

constinit const Operation CancelSubscription::operation = storage::define<CancelSubscription>({
    .number = 1033,
    .name = "plans.cancel_subscription",
    .kind = OperationKind::write,
    .doc = "Cancels a subscription; the unused part goes back, less the plan's fee.",
    .rule = {.permission = "plans.adjust"},
    .refusals = cancel_refusals,
    .example = R"({"subscription": 1, "reason": "Moves to another city"})",
});

// --- extend ---

Subscription handle(Transaction& transaction, const Extend& request) {
  Stored stored = subscription_of_staff(transaction, request.subscription, request.version);
  if (stored.cancelled_at) throw Error(Code::conflict, "subscription_cancelled", "subscription");
  add_days(transaction, stored, request.days, {}, request.reason);
  if (stored.ends_at && *stored.ends_at <= transaction.now()) {
    throw Error(Code::invalid, "extension_too_short", "days",
                {{"last_day", zones::print(*stored.last_day)}});
  }
  if (stored.closed_at) reopen(transaction, stored);
  stored.attempts = 0;
  change(transaction, stored);
  return view_of(transaction, stored);
}

static constexpr Refusal extend_refusals[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::conflict, "version_outdated", "it was changed since that version"},
    {Code::conflict, "subscription_cancelled", "it was cancelled"},
    {Code::invalid, "extension_too_short", "its new last day would be over as well"},
};

constinit const Operation Extend::operation = storage::define<Extend>({
    .number = 1034,
    .name = "plans.extend",
    .kind = OperationKind::write,
    .doc = "Lengthens a subscription by days.",
    .rule = {.permission = "plans.adjust"},
    .refusals = extend_refusals,
    .example = R"({"subscription": 1, "days": 3, "reason": "The studio was closed"})",
});

// --- people ---

namespace {

/// Whoever joins an introductory plan must be as new as who buys it.
void check_joining(Transaction& transaction, const Stored& stored, const Terms& terms,
                   const std::vector<ClientId>& people) {
  const auto had = people_of(transaction, stored.id);
  std::vector<ClientId> joining;
  for (ClientId person : people) {
    if (std::find(had.begin(), had.end(), person) == had.end()) joining.push_back(person);
  }
  check_introductory(transaction, terms, stored.centre, joining);
}

/// Whoever leaves must have no visit to come.
void check_leaving(Transaction& transaction, const Stored& stored,
                   const std::vector<ClientId>& people) {
  std::vector<std::int64_t> bookings;
  for (const Entry& visit : reserved_visits(transaction, stored.id)) {
    const bool stays = std::find(people.begin(), people.end(), visit.attendee) != people.end();
    if (!stays) bookings.push_back(visit.booking.value);
  }
  if (bookings.empty()) return;
  throw Error(Code::conflict, "visits_reserved", "people",
              {{"count", static_cast<std::int64_t>(bookings.size())}, {"bookings", bookings}});
}

}  // namespace

Subscription handle(Transaction& transaction, const SetPeople& request) {
  Stored stored = owned_subscription(transaction, request.subscription, request.version);
  check_runs(transaction, stored);
  const auto version = sold_by(transaction, stored);
  const auto people = check_people(transaction, version->terms, stored.owner, request.people,
                                   today_of(transaction, stored.centre));
  check_joining(transaction, stored, version->terms, people);
  check_leaving(transaction, stored, people);
  set_people(transaction, stored, people);
  change(transaction, stored);
  return view_of(transaction, stored);
}

static constexpr Refusal people_refusals[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::conflict, "version_outdated", "it was changed since that version"},
    {Code::conflict, "subscription_cancelled", "it was cancelled"},
    {Code::conflict, "subscription_expired", "its last day is over"},
    {Code::invalid, "people_too_many", "more attendees than the plan allows"},
    {Code::invalid, "listed_twice", "an attendee is named twice"},
    {Code::not_found, "client_not_found", "no such attendee"},
    {Code::invalid, "attendee_not_family", "an attendee is not of the owner's family"},
    {Code::conflict, "client_archived", "an attendee is archived"},
    {Code::invalid, "age_outside_plan", "an attendee is too young or too old for the plan"},
    {Code::conflict, "introductory_used", "whoever joins had an introductory plan before"},
    {Code::conflict, "introductory_for_new", "whoever joins is not new"},
    {Code::conflict, "visits_reserved", "whoever is left out has visits to come"},
};

constinit const Operation SetPeople::operation = storage::define<SetPeople>({
    .number = 1036,
    .name = "plans.set_people",
    .kind = OperationKind::write,
    .doc = "Says who attends by a subscription.",
    .rule = {.permission = "plans.sell"},
    .refusals = people_refusals,
    .example = R"({"subscription": 1, "people": [7, 8]})",
});

Subscription handle(Transaction& transaction, const Reassign& request) {
  Stored stored = subscription_of_staff(transaction, request.subscription, request.version);
  check_runs(transaction, stored);
  if (!access::covers(transaction, transaction.reach(), Subject::client, request.owner.value)) {
    storage::missing("client", "owner");
  }
  people::changeable_client(transaction, request.owner, {}, "owner");
  const auto version = sold_by(transaction, stored);
  const auto people = check_people(transaction, version->terms, request.owner, request.people,
                                   today_of(transaction, stored.centre));
  check_joining(transaction, stored, version->terms, people);
  check_leaving(transaction, stored, people);
  stored.owner = request.owner;
  stored.auto_renewal = false;  // the new owner has not agreed to it
  set_people(transaction, stored, people);
  add_entry(transaction, Entry{.subscription = stored.id,
                               .kind = EntryKind::adjust,
                               .cause = Cause::staff,
                               .reason = request.reason});
  change(transaction, stored);
  return view_of(transaction, stored);
}

static constexpr Refusal reassign_refusals[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::conflict, "version_outdated", "it was changed since that version"},
    {Code::conflict, "subscription_cancelled", "it was cancelled"},
    {Code::conflict, "subscription_expired", "its last day is over"},
    {Code::not_found, "client_not_found", "no such owner, or not within reach"},
    {Code::conflict, "client_archived", "the owner or an attendee is archived"},
    {Code::invalid, "people_too_many", "more attendees than the plan allows"},
    {Code::invalid, "attendee_not_family", "an attendee is not of the new owner's family"},
    {Code::invalid, "age_outside_plan", "an attendee is too young or too old for the plan"},
    {Code::conflict, "introductory_used", "whoever joins had an introductory plan before"},
    {Code::conflict, "introductory_for_new", "whoever joins is not new"},
    {Code::conflict, "visits_reserved", "whoever is left out has visits to come"},
};

constinit const Operation Reassign::operation = storage::define<Reassign>({
    .number = 1035,
    .name = "plans.reassign",
    .kind = OperationKind::write,
    .doc = "Gives a subscription to another owner.",
    .rule = {.permission = "plans.adjust"},
    .refusals = reassign_refusals,
    .example = R"({"subscription": 1, "owner": 9, "reason": "A gift to her sister"})",
});

// --- visits ---

Subscription handle(Transaction& transaction, const AdjustVisits& request) {
  Stored stored = subscription_of_staff(transaction, request.subscription, request.version);
  if (stored.cancelled_at) throw Error(Code::conflict, "subscription_cancelled", "subscription");
  if (request.visits == 0) throw Error(Code::invalid, "visits_zero", "visits");
  const auto version = sold_by(transaction, stored);
  if (!version->terms.visits) throw Error(Code::invalid, "visits_unlimited", "visits");
  const Sums sums =
      sums_of(transaction, stored, version->terms, today_of(transaction, stored.centre));
  if (sums.remaining() + request.visits < 0) {
    throw Error(Code::conflict, "visits_below_zero", "visits", {{"remaining", sums.remaining()}});
  }
  add_entry(transaction, Entry{.subscription = stored.id,
                               .kind = EntryKind::adjust,
                               .visits = request.visits,
                               .cause = Cause::staff,
                               .reason = request.reason});
  change(transaction, stored);
  if (request.visits < 0) tell_of_use(transaction, stored);
  return view_of(transaction, stored);
}

static constexpr Refusal adjust_refusals[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::conflict, "version_outdated", "it was changed since that version"},
    {Code::conflict, "subscription_cancelled", "it was cancelled"},
    {Code::invalid, "visits_zero", "no visits to add or take away"},
    {Code::invalid, "visits_unlimited", "the plan counts no visits in all"},
    {Code::conflict, "visits_below_zero", "fewer remain than are taken away"},
};

constinit const Operation AdjustVisits::operation = storage::define<AdjustVisits>({
    .number = 1041,
    .name = "plans.adjust_visits",
    .kind = OperationKind::write,
    .doc = "Adds visits to a subscription, or takes some away.",
    .rule = {.permission = "plans.adjust"},
    .refusals = adjust_refusals,
    .example = R"({"subscription": 1, "visits": 1, "reason": "The heating failed"})",
});

// --- the ledger ---

Page<Entry> handle(Transaction& transaction, const Visits& request) {
  const Stored stored = visible_subscription(transaction, request.subscription);
  storage::List list("visits");
  list.where("subscription = $", stored.id);
  if (request.attendee) list.where("attendee = $", request.attendee);
  list.order({{"number"}});
  return list.page<Entry>(transaction, request.cursor, request.limit);
}

static constexpr Refusal visits_refusals[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Visits::operation = storage::define<Visits>({
    .number = 1040,
    .name = "plans.visits",
    .kind = OperationKind::read,
    .doc = "The ledger of visits of a subscription, line by line.",
    .rule = {.permission = "plans.view"},
    .refusals = visits_refusals,
    .example = R"({"subscription": 1})",
});

}  // namespace frontdesk::plans
