#include "plans/lists.hpp"

namespace frontdesk::plans {
namespace {

void refuse_while_running(storage::Transaction& transaction, std::int64_t centre) {
  const std::int64_t count =
      transaction
          .one_number(
              "SELECT count(*) FROM subscriptions WHERE centre = $1"
              " AND cancelled_at IS NULL AND (ends_at IS NULL OR ends_at > $2)",
              centre, transaction.now())
          .value_or(0);
  if (count > 0) throw Error(Code::conflict, "subscriptions_running", {}, {{"count", count}});
}

/// Amounts of subscriptions, and prices of plans, are in the currency they were made with.
void refuse_with_plans(storage::Transaction& transaction, std::int64_t centre) {
  if (transaction.exists("SELECT 1 FROM plans WHERE centre = $1", centre)) {
    throw Error(Code::conflict, "plans_exist");
  }
}

}  // namespace

namespace lists {

constinit const storage::Veto keep_centre{"catalog.archive_centre", refuse_while_running};
constinit const storage::Veto keep_currency{"catalog.change_currency", refuse_with_plans};

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &CreatePlan::operation,
      &UpdatePlan::operation,
      &ArchivePlan::operation,
      &GetPlan::operation,
      &Plans::operation,
      &Buy::operation,
      &CarryOver::operation,
      &GetSubscription::operation,
      &Subscriptions::operation,
      &FreezeSubscription::operation,
      &Thaw::operation,
      &Renew::operation,
      &SetRenewal::operation,
      &ChangePlan::operation,
      &CancelSubscription::operation,
      &Extend::operation,
      &Reassign::operation,
      &SetPeople::operation,
      &Visits::operation,
      &AdjustVisits::operation,
      &CheckVisit::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {
      &PlanChanged::kind,
      &SubscriptionBought::kind,
      &SubscriptionChanged::kind,
      &SubscriptionFrozen::kind,
      &SubscriptionThawed::kind,
      &SubscriptionCancelled::kind,
      &SubscriptionReplaced::kind,
      &SubscriptionRenewed::kind,
      &RenewalFailed::kind,
      &RunningLow::kind,
      &Exhausted::kind,
      &Expiring::kind,
      &Expired::kind,
  };
  return list;
}

}  // namespace lists
}  // namespace frontdesk::plans
