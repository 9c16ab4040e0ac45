/// Coupons as staff make and change them (SPEC D3).
#include "pricing/coupons.hpp"

#include "access/relations.hpp"
#include "base/text.hpp"
#include "catalog/records.hpp"
#include "pricing/coupon_codes.hpp"
#include "pricing/offer_rules.hpp"
#include "storage/define.hpp"

#include <set>

namespace frontdesk::pricing {

constinit const storage::EventKind CouponChanged::kind{
    "pricing.coupon_changed", "A coupon was made or changed.", "pricing.coupons"};

Coupon reachable_coupon(Transaction& transaction, CouponId id,
                        const std::optional<std::int64_t>& version) {
  auto coupon = storage::find<Coupon>(transaction, "coupons WHERE id = $1", id);
  if (!coupon || !transaction.reach().covers(coupon->centre)) storage::missing("coupon", "coupon");
  storage::check_version(version, coupon->version);
  return std::move(*coupon);
}

Currency currency_of(const Coupon& coupon) {
  for (const auto* amount : {&coupon.amount, &coupon.cap, &coupon.minimum, &coupon.budget}) {
    if (*amount) return (*amount)->currency;
  }
  return {};
}

namespace {

void check_amounts(Transaction& transaction, const Coupon& coupon) {
  check_reduction(coupon.basis_points, coupon.amount);
  const auto currency = currency_of(coupon);
  auto check = [&](const std::optional<Money>& amount, std::string_view field,
                   std::string_view reason_below, std::int64_t least) {
    if (!amount) return;
    if (amount->minor < least) throw Error(Code::invalid, reason_below, field);
    check_offer_currency(transaction, coupon.centre, currency, *amount, field);
  };
  check(coupon.amount, "amount", "reduction_not_positive", 1);
  check(coupon.cap, "cap", "coupon_cap_negative", 0);
  check(coupon.minimum, "minimum", "coupon_minimum_negative", 0);
  check(coupon.budget, "budget", "coupon_budget_negative", 0);
}

/// Each record that the coupon names must be there and, of a centre's coupon, be the centre's.
template <class IdType>
void check_targets(Transaction& transaction, const std::vector<IdType>& ids, CentreId centre,
                   std::string_view sql, std::string_view kind, std::string_view field) {
  std::set<IdType> seen;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string path = std::string(field) + "[" + std::to_string(i) + "]";
    if (!seen.insert(ids[i]).second) throw Error(Code::invalid, "listed_twice", path);
    storage::Cursor row = transaction.query(sql, ids[i]);
    if (!row.next() || (centre && !row.null(0) && CentreId{row.integer(0)} != centre)) {
      storage::missing(kind, path);
    }
  }
}

/// Only the list that `applies_to` names may be filled: any other would be read by nobody.
void check_lists(Transaction& transaction, const Coupon& coupon) {
  auto refuse = [&](bool is_filled, CouponFor of, std::string_view field) {
    if (!is_filled || coupon.applies_to == of) return;
    throw Error(Code::invalid, "targets_not_for_kind", field, {{"name", std::string(field)}});
  };
  refuse(!coupon.activities.empty(), CouponFor::activities, "activities");
  refuse(!coupon.categories.empty(), CouponFor::categories, "categories");
  refuse(!coupon.centres.empty(), CouponFor::centres, "centres");
  refuse(!coupon.sessions.empty(), CouponFor::sessions, "sessions");
  refuse(!coupon.plans.empty(), CouponFor::plans, "plans");
  check_targets(transaction, coupon.activities, coupon.centre,
                "SELECT centre FROM activities WHERE id = $1", "activity", "activities");
  check_targets(transaction, coupon.categories, coupon.centre,
                "SELECT NULL FROM categories WHERE id = $1", "category", "categories");
  check_targets(transaction, coupon.centres, coupon.centre, "SELECT id FROM centres WHERE id = $1",
                "centre", "centres");
  check_targets(transaction, coupon.sessions, coupon.centre,
                "SELECT centre FROM sessions WHERE id = $1", "session", "sessions");
  check_targets(transaction, coupon.plans, coupon.centre, "SELECT centre FROM plans WHERE id = $1",
                "plan", "plans");
}

void check_coupon(Transaction& transaction, Coupon& coupon) {
  coupon.name = catalog::required_text(coupon.name, "name");
  check_amounts(transaction, coupon);
  check_lists(transaction, coupon);
  check_time(coupon.valid_from, coupon.valid_to, "valid_to");
}

/// Two codes that a person may take for each other would be a lottery.
void enter_code(Transaction& transaction, const Coupon& coupon) {
  const std::string key = code_key(*coupon.code);
  if (key.empty()) throw Error(Code::invalid, "coupon_code_malformed", "code");
  storage::Cursor other = transaction.query(
      "SELECT coalesce(code, code_key) FROM coupon_codes WHERE code_key = $1", key);
  if (other.next()) {
    const bool is_same = code_folded(other.text(0)) == code_folded(*coupon.code);
    throw Error(Code::conflict, is_same ? "coupon_code_taken" : "coupon_code_looks_alike", "code");
  }
  transaction.execute(
      "INSERT INTO coupon_codes (code_key, coupon, code, is_unique, used) VALUES ($1, $2, $3, 0,"
      " 0)",
      key, coupon.id, *coupon.code);
}

void announce_coupon(Transaction& transaction, const Coupon& coupon) {
  transaction.concern(coupon.centre);
  transaction.emit(CouponChanged{.coupon = coupon.id, .centre = coupon.centre});
}

}  // namespace

// --- create ---

Coupon handle(Transaction& transaction, const CreateCoupon& request) {
  if (request.centre) catalog::changeable_centre(transaction, request.centre, std::nullopt);
  Coupon coupon{.id = {},
                .version = 1,
                .centre = request.centre,
                .name = request.name,
                .code = request.code,
                .basis_points = request.basis_points,
                .amount = request.amount,
                .cap = request.cap,
                .minimum = request.minimum,
                .applies_to = request.applies_to,
                .activities = request.activities,
                .categories = request.categories,
                .centres = request.centres,
                .sessions = request.sessions,
                .plans = request.plans,
                .valid_from = request.valid_from,
                .valid_to = request.valid_to,
                .active = request.active,
                .uses_max = request.uses_max,
                .uses_per_client = request.uses_per_client,
                .budget = request.budget,
                .combinable = request.combinable,
                .uses = 0,
                .given = 0,
                .created_at = transaction.now()};
  check_coupon(transaction, coupon);
  if (coupon.code) coupon.code = text::tidy(*coupon.code);
  storage::insert(transaction, "coupons", coupon);
  if (coupon.code) enter_code(transaction, coupon);
  announce_coupon(transaction, coupon);
  return coupon;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::invalid, "rate_or_amount", "both a percentage and an amount, or neither"},
    {Code::invalid, "reduction_above_whole", "more than 100 percent"},
    {Code::invalid, "reduction_not_positive", "the percentage or amount is not above zero"},
    {Code::invalid, "coupon_cap_negative", "the cap is below zero"},
    {Code::invalid, "coupon_minimum_negative", "the minimum purchase is below zero"},
    {Code::invalid, "coupon_budget_negative", "the budget is below zero"},
    {Code::invalid, "currency_differs", "amounts in several currencies, or not the centre's"},
    {Code::invalid, "currency_unknown", "no current ISO 4217 code"},
    {Code::invalid, "amount_too_large", "an amount is beyond what can be counted with"},
    {Code::invalid, "targets_not_for_kind", "a list that `applies_to` does not name is filled"},
    {Code::invalid, "listed_twice", "something is listed twice"},
    {Code::not_found, "activity_not_found", "no such activity, or another centre's"},
    {Code::not_found, "category_not_found", "no such category"},
    {Code::not_found, "session_not_found", "no such session, or another centre's"},
    {Code::not_found, "plan_not_found", "no such plan, or another centre's"},
    {Code::invalid, "window_backwards", "it ends before it begins"},
    {Code::invalid, "coupon_code_malformed", "the code is not of letters and digits"},
    {Code::conflict, "coupon_code_taken", "a coupon has the code"},
    {Code::conflict, "coupon_code_looks_alike", "a coupon has a code that looks like it"},
};

constinit const Operation CreateCoupon::operation = storage::define<CreateCoupon>({
    .number = 840,
    .name = "pricing.create_coupon",
    .kind = OperationKind::write,
    .doc = "Makes a coupon.",
    .rule = {.permission = "pricing.coupons", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "Spring", "code": "SPRING-10", "basis_points": 1000,
 "cap": {"amount": 20000, "currency": "UAH"}, "uses_max": 100})",
});

// --- update ---

namespace {

template <class T>
void set_list(const Update<std::vector<T>>& update, std::vector<T>& list) {
  if (update.is_set()) list = update.has_value() ? update.value() : std::vector<T>{};
}

}  // namespace

Coupon handle(Transaction& transaction, const UpdateCoupon& request) {
  Coupon coupon = reachable_coupon(transaction, request.coupon, request.version);
  catalog::set_required(request.name, coupon.name, "name");
  request.basis_points.apply(coupon.basis_points);
  request.amount.apply(coupon.amount);
  request.cap.apply(coupon.cap);
  request.minimum.apply(coupon.minimum);
  catalog::set_present(request.applies_to, coupon.applies_to, "applies_to");
  set_list(request.activities, coupon.activities);
  set_list(request.categories, coupon.categories);
  set_list(request.centres, coupon.centres);
  set_list(request.sessions, coupon.sessions);
  set_list(request.plans, coupon.plans);
  request.valid_from.apply(coupon.valid_from);
  request.valid_to.apply(coupon.valid_to);
  catalog::set_present(request.active, coupon.active, "active");
  catalog::set_present(request.uses_max, coupon.uses_max, "uses_max");
  catalog::set_present(request.uses_per_client, coupon.uses_per_client, "uses_per_client");
  request.budget.apply(coupon.budget);
  catalog::set_present(request.combinable, coupon.combinable, "combinable");
  check_coupon(transaction, coupon);
  ++coupon.version;
  storage::update(transaction, "coupons", coupon);
  announce_coupon(transaction, coupon);
  return coupon;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "coupon_not_found", "no such coupon, or not within reach"},
    {Code::conflict, "version_outdated", "the coupon was changed since that version"},
    {Code::invalid, "field_missing", "what must be there is emptied"},
    {Code::invalid, "rate_or_amount", "both a percentage and an amount, or neither"},
    {Code::invalid, "reduction_above_whole", "more than 100 percent"},
    {Code::invalid, "reduction_not_positive", "the percentage or amount is not above zero"},
    {Code::invalid, "coupon_cap_negative", "the cap is below zero"},
    {Code::invalid, "coupon_minimum_negative", "the minimum purchase is below zero"},
    {Code::invalid, "coupon_budget_negative", "the budget is below zero"},
    {Code::invalid, "currency_differs", "amounts in several currencies, or not the centre's"},
    {Code::invalid, "currency_unknown", "no current ISO 4217 code"},
    {Code::invalid, "amount_too_large", "an amount is beyond what can be counted with"},
    {Code::invalid, "targets_not_for_kind", "a list that `applies_to` does not name is filled"},
    {Code::invalid, "listed_twice", "something is listed twice"},
    {Code::not_found, "activity_not_found", "no such activity, or another centre's"},
    {Code::not_found, "category_not_found", "no such category"},
    {Code::not_found, "centre_not_found", "no such centre, or another than the coupon's"},
    {Code::not_found, "session_not_found", "no such session, or another centre's"},
    {Code::not_found, "plan_not_found", "no such plan, or another centre's"},
    {Code::invalid, "window_backwards", "it ends before it begins"},
};

constinit const Operation UpdateCoupon::operation = storage::define<UpdateCoupon>({
    .number = 841,
    .name = "pricing.update_coupon",
    .kind = OperationKind::write,
    .doc = "Changes a coupon; what is not given stays as it is.",
    .rule = {.permission = "pricing.coupons"},
    .refusals = update_refusals,
    .example = R"({"coupon": 1, "version": 1, "active": false})",
});

// --- looking ---

Coupon handle(Transaction& transaction, const GetCoupon& request) {
  CouponId id = request.coupon;
  if (!id && request.code) id = stored_code(transaction, *request.code, "code").coupon;
  return reachable_coupon(transaction, id, std::nullopt);
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "coupon_not_found", "no such coupon, or not within reach"},
};

constinit const Operation GetCoupon::operation = storage::define<GetCoupon>({
    .number = 842,
    .name = "pricing.get_coupon",
    .kind = OperationKind::read,
    .doc = "Shows a coupon with its figures.",
    .rule = {.permission = "pricing.coupons"},
    .refusals = get_refusals,
    .example = R"({"code": "SPRING-10"})",
});

Page<Coupon> handle(Transaction& transaction, const Coupons& request) {
  storage::List list("coupons");
  access::narrow_to_reach(list, transaction, {.centre = "centre"});
  if (request.centre) list.where("centre = $", request.centre);
  if (request.active) list.where("active = $", *request.active);
  list.order({{"id", true}});
  return list.page<Coupon>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Coupons::operation = storage::define<Coupons>({
    .number = 843,
    .name = "pricing.coupons",
    .kind = OperationKind::read,
    .doc = "Lists coupons, the newest first.",
    .rule = {.permission = "pricing.coupons"},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "active": true})",
});

}  // namespace frontdesk::pricing
