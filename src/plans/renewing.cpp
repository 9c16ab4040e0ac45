/// Renewal by hand and by itself, and another plan in place of one (SPEC V10).
#include "plans/renewing.hpp"

#include "base/zones.hpp"
#include "catalog/centres.hpp"
#include "money/amounts.hpp"
#include "money/refusals.hpp"
#include "plans/acting.hpp"
#include "plans/coverage.hpp"
#include "plans/revenue.hpp"
#include "plans/selling.hpp"
#include "plans/visits.hpp"
#include "schedule/sessions.hpp"
#include "schedule/stored.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

#include <algorithm>

namespace frontdesk::plans {

constinit const storage::EventKind SubscriptionRenewed::kind{
    "plans.subscription_renewed", "A subscription was renewed.", "plans.view"};
constinit const storage::EventKind RenewalFailed::kind{
    "plans.renewal_failed", "A subscription could not renew itself.", "plans.view"};
constinit const storage::EventKind SubscriptionReplaced::kind{
    "plans.subscription_replaced", "Another plan took a subscription's place.", "plans.view"};

// --- the next one ---

Stored renew(Transaction& transaction, Stored& stored, const Renewal& renewal) {
  if (stored.cancelled_at) throw Error(Code::conflict, "subscription_cancelled", "subscription");
  if (!stored.paid_at) throw Error(Code::conflict, "subscription_unpaid", "subscription");
  if (!stored.last_day || stored.is_provisional) {
    throw Error(Code::conflict, "subscription_not_started", "subscription");
  }
  if (stored.renewed_by) {
    throw Error(Code::conflict, "renewed_already", "subscription",
                {{"subscription", stored.renewed_by.value}});
  }
  const Plan plan = stored_plan(transaction, stored.plan);
  if (plan.archived_at) throw Error(Code::conflict, "plan_archived", "subscription");
  if (!plan.active) throw Error(Code::conflict, "plan_not_on_sale", "subscription");
  if (plan.terms.introductory) throw Error(Code::conflict, "introductory_used", "subscription");
  const Date starts =
      std::max(plus_days(*stored.last_day, 1), today_of(transaction, stored.centre));
  auto people = check_people(transaction, plan.terms, stored.owner,
                             people_of(transaction, stored.id), starts);
  Stored next = sell(transaction, {.plan = plan,
                                   .owner = stored.owner,
                                   .people = std::move(people),
                                   .activation = Activation::date,
                                   .starts = starts,
                                   .auto_renewal = stored.auto_renewal,
                                   .tenders = renewal.tenders,
                                   .on_credit = renewal.on_credit,
                                   .renews = stored.id});
  stored.renewed_by = next.id;
  store(transaction, stored);
  transaction.emit(SubscriptionRenewed{.subscription = stored.id,
                                       .renewed_by = next.id,
                                       .client = stored.owner,
                                       .centre = stored.centre,
                                       .by_itself = renewal.by_itself});
  return next;
}

Subscription handle(Transaction& transaction, const Renew& request) {
  Stored stored = owned_subscription(transaction, request.subscription, std::nullopt);
  const Stored next =
      renew(transaction, stored, {.tenders = request.tenders, .on_credit = request.on_credit});
  return view_of(transaction, next);
}

static constexpr Refusal renew_checks[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::conflict, "subscription_cancelled", "it was cancelled"},
    {Code::conflict, "subscription_unpaid", "it waits for its payment"},
    {Code::conflict, "subscription_not_started", "it starts with its first visit"},
    {Code::conflict, "renewed_already", "another follows it"},
    {Code::conflict, "plan_archived", "the plan is archived"},
    {Code::conflict, "plan_not_on_sale", "the plan is not on sale"},
    {Code::conflict, "introductory_used", "the plan is introductory"},
    {Code::invalid, "people_too_many", "the plan is now for fewer people"},
    {Code::invalid, "attendee_not_family", "an attendee is no longer of the owner's family"},
    {Code::invalid, "age_outside_plan", "an attendee is now too young or too old for the plan"},
    {Code::denied, "permission_denied", "on credit, or paid in a way that only staff take"},
    {Code::invalid, "method_not_accepted", "visits pay for no plan"},
};
static constexpr auto renew_refusals = storage::joined(
    renew_checks, money::amount_refusals, money::tender_refusals, money::purse_refusals);

constinit const Operation Renew::operation = storage::define<Renew>({
    .number = 1030,
    .name = "plans.renew",
    .kind = OperationKind::write,
    .doc = "Buys the next subscription by the same plan, to follow this one.",
    .rule = {.permission = "plans.sell"},
    .refusals = renew_refusals,
    .example = R"({"subscription": 1, "tenders": [{"method": "balance"}]})",
});

// --- by itself ---

Subscription handle(Transaction& transaction, const SetRenewal& request) {
  Stored stored = owned_subscription(transaction, request.subscription, request.version);
  check_runs(transaction, stored);
  if (request.auto_renewal && sold_by(transaction, stored)->terms.introductory) {
    throw Error(Code::invalid, "introductory_renewal", "auto_renewal");
  }
  if (stored.auto_renewal != request.auto_renewal) {
    stored.auto_renewal = request.auto_renewal;
    change(transaction, stored);
  }
  return view_of(transaction, stored);
}

static constexpr Refusal set_refusals[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::conflict, "version_outdated", "it was changed since that version"},
    {Code::conflict, "subscription_cancelled", "it was cancelled"},
    {Code::conflict, "subscription_expired", "its last day is over"},
    {Code::invalid, "introductory_renewal", "an introductory plan does not renew itself"},
};

constinit const Operation SetRenewal::operation = storage::define<SetRenewal>({
    .number = 1031,
    .name = "plans.set_renewal",
    .kind = OperationKind::write,
    .doc = "Says whether a subscription renews itself at the end.",
    .rule = {.permission = "plans.sell"},
    .refusals = set_refusals,
    .example = R"({"subscription": 1, "auto_renewal": false})",
});

// --- another plan ---

namespace {

/// Days from the first to the last, but for frozen ones: those do not run.
std::int64_t running_days(const std::vector<Freeze>& freezes, Date first, Date last) {
  std::int64_t days = days_between(first, last) + 1;
  for (const Freeze& freeze : freezes) {
    const Date from = std::max(first, freeze.first_day);
    const Date until = std::min(last, freeze.last_day);
    if (from <= until) days -= days_between(from, until) + 1;
  }
  return days;
}

/// The price of the days that are left, to the cent, and never more than is still owed in visits
/// and paid.
Money credit_for(Transaction& transaction, const Stored& stored, Date today) {
  const auto freezes = freezes_of(transaction, stored.id);
  const Date from = std::max(today, *stored.starts);
  const std::int64_t total = running_days(freezes, *stored.starts, *stored.last_day);
  const std::int64_t left = running_days(freezes, from, *stored.last_day);
  const Money prorated = money::portion(stored.money(stored.price), left, total,
                                        money::rounding_of(transaction, stored.centre));
  const Money most = returnable(transaction, stored);
  return prorated.minor < most.minor ? prorated : most;
}

/// Visits reserved for later move to the new subscription, whose limits they must meet.
void hand_over_visits(Transaction& transaction, const Stored& before, const Stored& after) {
  for (const Entry& visit : reserved_visits(transaction, before.id)) {
    const VisitFor what(visit);
    return_visit(transaction, before.id, what, visit.attendee, Cause::replaced);
    const schedule::Session session = schedule::stored_session(transaction, visit.session);
    const VisitAsked asked{.attendee = visit.attendee, .session = session, .named = after.id};
    Payable payable;
    if (auto refused = why_not(transaction, after, asked, payable)) throw refused->error;
    reserve_visit(transaction, payable, visit.session, what, visit.attendee, *visit.day);
  }
}

Stored replaceable(Transaction& transaction, const ChangePlan& request) {
  Stored stored = owned_subscription(transaction, request.subscription, request.version);
  check_runs(transaction, stored);
  if (!stored.paid_at) throw Error(Code::conflict, "subscription_unpaid", "subscription");
  if (!stored.starts || stored.is_provisional) {
    throw Error(Code::conflict, "subscription_not_started", "subscription");
  }
  if (stored.renewed_by) {
    throw Error(Code::conflict, "renewed_already", "subscription",
                {{"subscription", stored.renewed_by.value}});
  }
  return stored;
}

}  // namespace

Subscription handle(Transaction& transaction, const ChangePlan& request) {
  Stored stored = replaceable(transaction, request);
  const Plan plan = plan_on_sale(transaction, request.plan);
  if (plan.centre != stored.centre) storage::missing("plan", "plan");
  if (plan.id == stored.plan) throw Error(Code::invalid, "plan_same", "plan");
  const Date today = today_of(transaction, stored.centre);
  auto people =
      check_people(transaction, plan.terms, stored.owner, people_of(transaction, stored.id), today);
  check_introductory(transaction, plan.terms, plan.centre, people);
  recognise_now(transaction, stored);
  const Money credit = credit_for(transaction, stored, today);
  end_money(transaction, stored, credit, money::RefundTo::balance, {});
  Stored next = sell(transaction, {.plan = plan,
                                   .owner = stored.owner,
                                   .people = std::move(people),
                                   .auto_renewal = plan.terms.auto_renewal,
                                   .tenders = request.tenders,
                                   .on_credit = request.on_credit,
                                   .renews = stored.id});
  if (!next.paid_at) {
    const Money owed = money::owed(transaction, next.order);
    throw Error(Code::conflict, "payment_needed", "tenders",
                money::amount_details(transaction, stored.centre, "owed", owed.minor));
  }
  stored.renewed_by = next.id;
  stored.cancelled_at = transaction.now();
  stored.auto_renewal = false;
  close(transaction, stored);
  store(transaction, stored);
  hand_over_visits(transaction, stored, next);
  transaction.emit(SubscriptionReplaced{.subscription = stored.id,
                                        .replaced_by = next.id,
                                        .client = stored.owner,
                                        .centre = stored.centre});
  return view_of(transaction, stored_subscription(transaction, next.id));
}

static constexpr Refusal change_checks[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::conflict, "version_outdated", "it was changed since that version"},
    {Code::conflict, "subscription_cancelled", "it was cancelled"},
    {Code::conflict, "subscription_expired", "its last day is over"},
    {Code::conflict, "subscription_unpaid", "it waits for its payment"},
    {Code::conflict, "subscription_not_started", "it starts with its first visit"},
    {Code::conflict, "renewed_already", "another follows it"},
    {Code::not_found, "plan_not_found", "the centre sells no such plan"},
    {Code::conflict, "plan_archived", "the plan is archived"},
    {Code::conflict, "plan_not_on_sale", "the plan is not on sale"},
    {Code::invalid, "plan_same", "it is the plan it has"},
    {Code::invalid, "people_too_many", "more attendees than the plan allows"},
    {Code::invalid, "attendee_not_family", "an attendee is no longer of the owner's family"},
    {Code::invalid, "age_outside_plan", "an attendee is too young or too old for the plan"},
    {Code::conflict, "introductory_for_new", "the plan is for new clients"},
    {Code::denied, "permission_denied", "on credit, or paid in a way that only staff take"},
    {Code::invalid, "method_not_accepted", "visits pay for no plan"},
    {Code::conflict, "payment_needed", "the new plan is not paid whole"},
    {Code::conflict, "day_limit_reached",
     "reserved visits do not fit the new plan; so with its"
     " other limits and what it covers"},
};
static constexpr auto change_refusals = storage::joined(
    change_checks, money::amount_refusals, money::tender_refusals, money::purse_refusals);

constinit const Operation ChangePlan::operation = storage::define<ChangePlan>({
    .number = 1032,
    .name = "plans.change_plan",
    .kind = OperationKind::write,
    .doc = "Puts another plan in the place of a subscription, from today on.",
    .rule = {.permission = "plans.sell"},
    .refusals = change_refusals,
    .example = R"({"subscription": 1, "plan": 2, "tenders": [{"method": "balance"}]})",
});

}  // namespace frontdesk::plans
