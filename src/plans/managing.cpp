/// Plans: entering, changing, archiving and finding them (SPEC V1).
#include "access/authorization.hpp"
#include "base/text.hpp"
#include "catalog/centres.hpp"
#include "catalog/facts.hpp"
#include "catalog/records.hpp"
#include "describe/json.hpp"
#include "plans/plans.hpp"
#include "storage/define.hpp"
#include "storage/id_list.hpp"
#include "storage/list.hpp"

#include <map>
#include <mutex>

namespace frontdesk::plans {

constinit const storage::EventKind PlanChanged::kind{
    "plans.plan_changed", "A plan was created, changed, archived or restored.", "plans.view"};

namespace {

/// Versions never change, so that what was committed once can be kept for as long as the desk.
struct KnownVersions {
  std::mutex mutex{};
  std::map<std::pair<std::int64_t, std::int64_t>, std::shared_ptr<const PlanVersion>> known{};
};

constexpr std::size_t versions_kept = 10'000;

bool manages(Transaction& transaction, CentreId centre) {
  return access::reach_of(transaction, "plans.manage").covers(centre);
}

Plan changeable_plan(Transaction& transaction, PlanId id,
                     const std::optional<std::int64_t>& version) {
  Plan plan = stored_plan(transaction, id);
  if (!transaction.reach().covers(plan.centre)) storage::missing("plan", "plan");
  storage::check_version(version, plan.version);
  return plan;
}

void check_plan(Transaction& transaction, Plan& plan) {
  plan.name = catalog::required_text(plan.name, "name");
  plan.description = catalog::optional_text(plan.description);
  if (transaction.exists("SELECT 1 FROM plans WHERE centre = $1 AND name_folded = $2"
                         " AND archived_at IS NULL AND id <> $3",
                         plan.centre, text::fold(plan.name), plan.id.value)) {
    throw Error(Code::conflict, "plan_name_taken", "name");
  }
  catalog::check_external_ref(transaction, plan.external_ref,
                              "SELECT 1 FROM plans WHERE external_ref = $1 AND id <> $2",
                              plan.id.value);
}

void store_plan(Transaction& transaction, Plan& plan) {
  ++plan.version;
  if (plan.id) {
    storage::update(transaction, "plans", plan);
  } else {
    storage::insert(transaction, "plans", plan);
  }
  transaction.execute("UPDATE plans SET name_folded = $2, sort_key = $3 WHERE id = $1", plan.id,
                      text::fold(plan.name), text::sort_key(plan.name));
  transaction.execute(
      "INSERT INTO plan_versions (plan, version, name, terms) VALUES ($1, $2, $3, $4)", plan.id,
      plan.version, plan.name, describe::encode(plan.terms));
  transaction.touch(storage::Topic::catalog);
  transaction.concern(plan.centre);
  transaction.emit(PlanChanged{.plan = plan.id, .centre = plan.centre, .version = plan.version});
}

}  // namespace

std::shared_ptr<const PlanVersion> version_of(Transaction& transaction, PlanId plan,
                                              std::int64_t version) {
  auto& versions = transaction.shared<KnownVersions>();
  const bool may_keep = !transaction.touched(storage::Topic::catalog);
  if (may_keep) {
    std::lock_guard guard(versions.mutex);
    auto found = versions.known.find({plan.value, version});
    if (found != versions.known.end()) return found->second;
  }
  auto read = storage::find<PlanVersion>(
      transaction, "plan_versions WHERE plan = $1 AND version = $2", plan, version);
  if (!read) storage::missing("plan", "plan");
  auto made = std::make_shared<const PlanVersion>(std::move(*read));
  if (may_keep) {
    std::lock_guard guard(versions.mutex);
    if (versions.known.size() >= versions_kept) versions.known.clear();
    versions.known[{plan.value, version}] = made;
  }
  return made;
}

Plan stored_plan(Transaction& transaction, PlanId id, std::string_view field) {
  auto plan = storage::find<Plan>(transaction, "plans WHERE id = $1", id);
  if (!plan) storage::missing("plan", field);
  return *plan;
}

Plan plan_on_sale(Transaction& transaction, PlanId id) {
  Plan plan = stored_plan(transaction, id);
  const bool is_seller =
      transaction.reach().covers(plan.centre) || manages(transaction, plan.centre);
  if (!is_seller && (!plan.active || !catalog::is_public(transaction, plan.centre))) {
    storage::missing("plan", "plan");
  }
  if (plan.archived_at) throw Error(Code::conflict, "plan_archived", "plan");
  if (!plan.active) throw Error(Code::conflict, "plan_not_on_sale", "plan");
  return plan;
}

// --- create ---

Plan handle(Transaction& transaction, const CreatePlan& request) {
  catalog::changeable_centre(transaction, request.centre, std::nullopt);
  Plan plan{.centre = request.centre,
            .name = request.name,
            .description = request.description,
            .active = request.active,
            .terms = request.terms,
            .external_ref = request.external_ref,
            .created_at = transaction.now()};
  check_plan(transaction, plan);
  check_terms(transaction, plan.centre, plan.terms);
  store_plan(transaction, plan);
  return plan;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre, or one where it holds, is archived"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::conflict, "plan_name_taken", "a plan of the centre has the name"},
    {Code::conflict, "external_ref_taken", "another plan has the key"},
    {Code::invalid, "price_negative", "an amount is below zero"},
    {Code::invalid, "currency_differs", "an amount or a centre has another currency"},
    {Code::invalid, "duration_missing", "neither days nor months"},
    {Code::invalid, "duration_contradictory", "days and months"},
    {Code::invalid, "visits_not_positive", "visits below one"},
    {Code::invalid, "limit_not_positive", "a limit below one"},
    {Code::invalid, "limit_over_visits", "a limit above the visits in all"},
    {Code::invalid, "limits_reversed", "a limit above that of a longer time"},
    {Code::invalid, "premium_without_activities", "a premium limit, but nothing is premium"},
    {Code::not_found, "age_group_not_found", "no such age group"},
    {Code::conflict, "age_group_archived", "the age group is archived"},
    {Code::invalid, "ages_reversed", "the oldest is younger than the youngest"},
    {Code::invalid, "listed_twice", "a centre or an activity is named twice"},
    {Code::invalid, "coverage_contradictory", "everything is covered, and some besides"},
    {Code::invalid, "coverage_missing", "nothing is covered"},
    {Code::not_found, "category_not_found", "no such category"},
    {Code::conflict, "category_archived", "a category is archived"},
    {Code::not_found, "activity_not_found", "no such activity of these centres"},
    {Code::conflict, "activity_archived", "an activity is archived"},
    {Code::not_found, "ticket_type_not_found", "none of the centres has such a ticket type"},
    {Code::conflict, "ticket_type_archived", "a ticket type is archived"},
    {Code::invalid, "seat_category_malformed", "a seat category cannot be one"},
    {Code::invalid, "people_not_positive", "for nobody"},
    {Code::invalid, "introductory_renewal", "introductory, but renews itself"},
    {Code::invalid, "fee_over_price", "the fee of a refund is above the price"},
};

constinit const Operation CreatePlan::operation = storage::define<CreatePlan>({
    .number = 1000,
    .name = "plans.create_plan",
    .kind = OperationKind::write,
    .doc = "Enters a plan that subscriptions are sold by.",
    .rule = {.permission = "plans.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "8 visits a month", "terms": {
 "price": {"amount": 120000, "currency": "UAH"}, "months": 1, "visits": 8, "per_day": 2,
 "all_activities": true, "freeze_days": 7}})",
});

// --- update ---

Plan handle(Transaction& transaction, const UpdatePlan& request) {
  Plan plan = changeable_plan(transaction, request.plan, request.version);
  if (plan.archived_at) throw Error(Code::conflict, "plan_archived", "plan");
  catalog::set_required(request.name, plan.name, "name");
  request.description.apply(plan.description);
  request.active.apply(plan.active);
  request.external_ref.apply(plan.external_ref);
  check_plan(transaction, plan);
  if (request.terms) {
    plan.terms = *request.terms;
    check_terms(transaction, plan.centre, plan.terms);
  }
  store_plan(transaction, plan);
  return plan;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "plan_not_found", "no such plan, or not within reach"},
    {Code::conflict, "version_outdated", "the plan was changed since that version"},
    {Code::conflict, "plan_archived", "the plan is archived"},
    {Code::invalid, "field_missing", "the name is emptied"},
    {Code::conflict, "plan_name_taken", "a plan of the centre has the name"},
    {Code::conflict, "external_ref_taken", "another plan has the key"},
    {Code::invalid, "price_negative",
     "an amount is below zero; and all else that terms are"
     " refused for, as plans.create_plan tells"},
};

constinit const Operation UpdatePlan::operation = storage::define<UpdatePlan>({
    .number = 1001,
    .name = "plans.update_plan",
    .kind = OperationKind::write,
    .doc = "Changes a plan for what is sold from now on.",
    .rule = {.permission = "plans.manage"},
    .refusals = update_refusals,
    .example = R"({"plan": 1, "active": false})",
});

// --- archive ---

Plan handle(Transaction& transaction, const ArchivePlan& request) {
  Plan plan = changeable_plan(transaction, request.plan, request.version);
  if (plan.archived_at.has_value() == request.archived) return plan;
  plan.archived_at.reset();
  if (request.archived) plan.archived_at = transaction.now();
  if (!request.archived) check_plan(transaction, plan);
  store_plan(transaction, plan);
  return plan;
}

static constexpr Refusal archive_refusals[] = {
    {Code::not_found, "plan_not_found", "no such plan, or not within reach"},
    {Code::conflict, "version_outdated", "the plan was changed since that version"},
    {Code::conflict, "plan_name_taken", "another plan took the name meanwhile"},
};

constinit const Operation ArchivePlan::operation = storage::define<ArchivePlan>({
    .number = 1002,
    .name = "plans.archive_plan",
    .kind = OperationKind::write,
    .doc = "Takes a plan out of use, or back into it; what was sold runs on.",
    .rule = {.permission = "plans.manage"},
    .refusals = archive_refusals,
    .example = R"({"plan": 1})",
});

// --- look ---

Plan handle(Transaction& transaction, const GetPlan& request) {
  Plan plan = stored_plan(transaction, request.plan);
  const bool is_public =
      plan.active && !plan.archived_at && catalog::is_public(transaction, plan.centre);
  if (!is_public && !manages(transaction, plan.centre)) storage::missing("plan", "plan");
  return plan;
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "plan_not_found", "no such plan, or not shown to the caller"},
};

constinit const Operation GetPlan::operation = storage::define<GetPlan>({
    .number = 1003,
    .name = "plans.get_plan",
    .kind = OperationKind::read,
    .doc = "One plan: on sale for everyone, others for those who manage plans.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"plan": 1})",
});

Page<Plan> handle(Transaction& transaction, const Plans& request) {
  storage::List list("plans");
  const storage::Reach reach = access::reach_of(transaction, "plans.manage");
  if (!reach.any) {
    list.where(
        "(active = 1 AND archived_at IS NULL AND centre IN"
        " (SELECT centres.id FROM centres WHERE centres.active = 1"
        " AND centres.archived_at IS NULL))"
        " OR centre IN (SELECT value FROM json_each($))",
        storage::id_list(reach.centres));
  }
  catalog::show_archived(list, request.archived);
  if (request.centre) list.where("centre = $", request.centre);
  if (request.active) list.where("active = $", *request.active);
  catalog::search_for(list, "name_folded", request.search);
  list.order({{"sort_key"}, {"id"}});
  return list.page<Plan>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Plans::operation = storage::define<Plans>({
    .number = 1004,
    .name = "plans.plans",
    .kind = OperationKind::read,
    .doc = "Lists plans by name: those on sale for everyone, others for those who manage plans.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

}  // namespace frontdesk::plans
