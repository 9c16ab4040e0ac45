/// Buying subscriptions, and carrying over those that already run (SPEC V2, V12, P10).
#include "catalog/centres.hpp"
#include "money/refusals.hpp"
#include "people/clients.hpp"
#include "plans/acting.hpp"
#include "plans/selling.hpp"
#include "plans/stored.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

namespace frontdesk::plans {
namespace {

constexpr std::int64_t days_ahead_max = 366;

void check_activation(const Buy& request, Date today) {
  const bool by_date = request.activation == Activation::date;
  if (by_date && !request.starts) throw Error(Code::invalid, "starts_needed", "starts");
  if (!by_date && request.starts) {
    throw Error(Code::invalid, "starts_not_for_activation", "starts");
  }
  if (!request.starts) return;
  if (*request.starts < today) throw Error(Code::invalid, "starts_past", "starts");
  if (*request.starts > plus_days(today, days_ahead_max)) {
    throw Error(Code::invalid, "starts_too_late", "starts", {{"days", days_ahead_max}});
  }
}

void check_external_ref(Transaction& transaction, const std::optional<std::string>& external_ref) {
  catalog::check_external_ref(transaction, external_ref,
                              "SELECT 1 FROM subscriptions WHERE external_ref = $1 AND id <> $2",
                              0);
}

}  // namespace

Subscription handle(Transaction& transaction, const Buy& request) {
  const Plan plan = plan_on_sale(transaction, request.plan);
  check_acts_at(transaction, plan.centre, request.owner, "plan");
  people::changeable_client(transaction, request.owner, {}, "owner");
  const Date today = today_of(transaction, plan.centre);
  check_activation(request, today);
  auto people = check_people(transaction, plan.terms, request.owner, request.people,
                             request.starts.value_or(today));
  check_introductory(transaction, plan.terms, plan.centre, people);
  check_external_ref(transaction, request.external_ref);
  const bool renews = request.auto_renewal.value_or(plan.terms.auto_renewal);
  if (renews && plan.terms.introductory) {
    throw Error(Code::invalid, "introductory_renewal", "auto_renewal");
  }
  const Stored stored = sell(transaction, {.plan = plan,
                                           .owner = request.owner,
                                           .people = std::move(people),
                                           .activation = request.activation,
                                           .starts = request.starts,
                                           .auto_renewal = renews,
                                           .tenders = request.tenders,
                                           .on_credit = request.on_credit,
                                           .external_ref = request.external_ref,
                                           .coupon = request.coupon});
  return view_of(transaction, stored);
}

static constexpr Refusal buy_checks[] = {
    {Code::not_found, "client_not_found", "no such owner, or not within reach"},
    {Code::not_found, "plan_not_found", "no such plan, or not sold to the caller"},
    {Code::conflict, "plan_archived", "the plan is archived"},
    {Code::conflict, "plan_not_on_sale", "the plan is not on sale"},
    {Code::conflict, "client_erased", "the owner or an attendee was erased"},
    {Code::conflict, "client_merged", "the owner or an attendee was merged into another"},
    {Code::conflict, "client_archived", "the owner or an attendee is archived"},
    {Code::invalid, "starts_needed", "it starts on a date, but none is given"},
    {Code::invalid, "starts_not_for_activation", "a date is given, but it does not start on one"},
    {Code::invalid, "starts_past", "the date has passed"},
    {Code::invalid, "starts_too_late", "the date is more than a year ahead"},
    {Code::invalid, "people_too_many", "more attendees than the plan allows"},
    {Code::invalid, "listed_twice", "an attendee is named twice"},
    {Code::invalid, "attendee_not_family", "an attendee is not of the owner's family"},
    {Code::invalid, "age_outside_plan", "an attendee is too young or too old for the plan"},
    {Code::conflict, "introductory_used", "an attendee had an introductory plan before"},
    {Code::conflict, "introductory_for_new", "an attendee is not new"},
    {Code::conflict, "external_ref_taken", "another subscription has the key"},
    {Code::invalid, "introductory_renewal", "an introductory plan does not renew itself"},
    {Code::denied, "permission_denied", "on credit, or paid in a way that only staff take"},
    {Code::invalid, "method_not_accepted", "visits pay for no plan"},
};
static constexpr auto buy_refusals =
    storage::joined(buy_checks, money::coupon_refusals, money::amount_refusals,
                    money::tender_refusals, money::purse_refusals);

constinit const Operation Buy::operation = storage::define<Buy>({
    .number = 1010,
    .name = "plans.buy",
    .kind = OperationKind::write,
    .doc = "Buys a subscription; it can be used once it is paid.",
    .rule = {.permission = "plans.sell", .subject = Subject::client, .field = "owner"},
    .refusals = buy_refusals,
    .example = R"({"plan": 1, "owner": 7, "people": [8], "tenders": [{"method": "balance"}]})",
});

// --- carried over ---

namespace {

void take_days(Transaction& transaction, Stored& stored, const CarryOver& request) {
  set_days(transaction, stored, request.starts, false);
  if (!request.last_day) return;
  if (*request.last_day < request.starts) {
    throw Error(Code::invalid, "days_reversed", "last_day");
  }
  add_days(transaction, stored, days_between(*stored.last_day, *request.last_day), {},
           "carried over");
}

std::int64_t visits_of(const Terms& terms, const CarryOver& request) {
  if (request.visits_left && !terms.visits) {
    throw Error(Code::invalid, "visits_unlimited", "visits_left");
  }
  return request.visits_left.value_or(terms.visits.value_or(0));
}

}  // namespace

Stored carry_over(Transaction& transaction, const Plan& plan, const CarryOver& request) {
  people::changeable_client(transaction, request.owner, {}, "owner");
  const Date today = today_of(transaction, plan.centre);
  const auto people = check_people(transaction, plan.terms, request.owner, request.people, today);
  check_external_ref(transaction, request.external_ref);
  const std::int64_t visits = visits_of(plan.terms, request);
  Stored stored{.plan = plan.id,
                .plan_version = plan.version,
                .centre = plan.centre,
                .owner = request.owner,
                .activation = Activation::date,
                .starts_on = request.starts,
                .paid_at = transaction.now(),
                .is_counted = plan.terms.visits.has_value(),
                .auto_renewal = request.auto_renewal,
                .currency = std::string(plan.terms.price.currency.code()),
                .external_ref = request.external_ref,
                .created_at = transaction.now()};
  storage::insert(transaction, "subscriptions", stored);
  take_days(transaction, stored, request);
  if (*stored.last_day < today) throw Error(Code::invalid, "last_day_past", "last_day");
  set_people(transaction, stored, people);
  if (visits > 0) add_entry(transaction, Entry{.subscription = stored.id, .visits = visits});
  store(transaction, stored);
  transaction.concern(stored.owner);
  transaction.emit(SubscriptionBought{.subscription = stored.id,
                                      .client = stored.owner,
                                      .centre = stored.centre,
                                      .plan = stored.plan,
                                      .order = {}});
  return stored;
}

Subscription handle(Transaction& transaction, const CarryOver& request) {
  const Plan plan = stored_plan(transaction, request.plan);
  if (!is_staff_of(transaction, plan.centre)) storage::missing("plan", "plan");
  return view_of(transaction, carry_over(transaction, plan, request));
}

static constexpr Refusal carry_refusals[] = {
    {Code::not_found, "client_not_found", "no such owner, or not within reach"},
    {Code::not_found, "plan_not_found", "no such plan, or not within reach"},
    {Code::conflict, "client_erased", "the owner or an attendee was erased"},
    {Code::conflict, "client_merged", "the owner or an attendee was merged into another"},
    {Code::conflict, "client_archived", "the owner or an attendee is archived"},
    {Code::invalid, "people_too_many", "more attendees than the plan allows"},
    {Code::invalid, "listed_twice", "an attendee is named twice"},
    {Code::invalid, "attendee_not_family", "an attendee is not of the owner's family"},
    {Code::invalid, "age_outside_plan", "an attendee is too young or too old for the plan"},
    {Code::conflict, "external_ref_taken", "another subscription has the key"},
    {Code::invalid, "visits_unlimited", "visits left, but the plan counts none"},
    {Code::invalid, "days_reversed", "the last day is before the first"},
    {Code::invalid, "last_day_past", "it would be over already"},
};

constinit const Operation CarryOver::operation = storage::define<CarryOver>({
    .number = 1013,
    .name = "plans.carry_over",
    .kind = OperationKind::write,
    .doc = "Enters a subscription that already runs, with its days and the visits left.",
    .rule = {.permission = "plans.adjust", .subject = Subject::client, .field = "owner"},
    .refusals = carry_refusals,
    .example = R"({"plan": 1, "owner": 7, "starts": "2026-09-01", "visits_left": 5})",
});

// --- paid, or not ---

namespace {

std::vector<Stored> subscriptions_of_order(Transaction& transaction, OrderId order) {
  return stored_subscriptions(
      transaction, "subscriptions WHERE \"order\" = $1 AND cancelled_at IS NULL ORDER BY id",
      order);
}

void take_payment(Transaction& transaction, const void* event) {
  const auto& paid = *static_cast<const money::OrderPaid*>(event);
  for (Stored& stored : subscriptions_of_order(transaction, paid.order)) {
    if (stored.paid_at) continue;
    make_usable(transaction, stored);
    change(transaction, stored);
  }
}

/// Its payment was voided. Orders on credit have no date.
bool is_unpaid_again(const Stored& stored, const money::Order& order) {
  return stored.paid_at && !stored.closed_at && order.owed.minor > 0 && order.pay_by;
}

/// An order that lapsed or was cancelled takes its subscriptions along, as does one that is written
/// off before anything was paid.
void follow_order(Transaction& transaction, const void* event) {
  const auto& changed = *static_cast<const money::OrderChanged*>(event);
  for (Stored& stored : subscriptions_of_order(transaction, changed.order)) {
    if (money::line_of(transaction, stored.order_line).ended_at) {
      follow_line_end(transaction, stored);
      cancel(transaction, stored, {});
    } else if (follow_write_off(transaction, stored)) {
      if (!stored.paid_at && stored.worth() == 0) {
        cancel(transaction, stored, {});
      } else {
        change(transaction, stored);
      }
    } else if (is_unpaid_again(stored, money::order_of(transaction, changed.order))) {
      make_unusable(transaction, stored);
      change(transaction, stored);
    }
  }
}

}  // namespace

namespace lists {

constinit const storage::Reaction order_paid{"money.order_paid", take_payment};
constinit const storage::Reaction order_changed{"money.order_changed", follow_order};

}  // namespace lists
}  // namespace frontdesk::plans
