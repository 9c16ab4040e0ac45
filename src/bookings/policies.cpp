/// Which cancellation policy holds, and what it gives back (SPEC B6).
#include "bookings/policies.hpp"

#include "base/money.hpp"
#include "bookings/lists.hpp"
#include "bookings/making.hpp"
#include "bookings/settings.hpp"
#include "catalog/centres.hpp"
#include "money/ledger.hpp"
#include "storage/define.hpp"
#include "storage/remembered.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

CancellationPolicy made_by_setting(Transaction& transaction, CentreId centre) {
  return {.centre = centre,
          .free_before =
              Duration{storage::number(transaction, setting::free_cancellation_seconds, centre)}};
}

/// Each booking asks, and most centres go by the setting.
struct HasPolicies {
  bool answer = false;
};

bool has_policies(Transaction& transaction, CentreId centre) {
  auto& known = transaction.shared<storage::Remembered<HasPolicies>>();
  return known
      .get(transaction, centre.value,
           [&] {
             return HasPolicies{transaction.exists(
                 "SELECT 1 FROM cancellation_policies WHERE centre = $1", centre)};
           })
      .answer;
}

CancellationPolicy stored_policy(Transaction& transaction, CancellationPolicyId id) {
  auto policy =
      storage::find<CancellationPolicy>(transaction, "cancellation_policies WHERE id = $1", id);
  if (!policy) storage::missing("cancellation_policy", "policy");
  return *policy;
}

}  // namespace

CancellationPolicy policy_for(Transaction& transaction, const schedule::Session& session) {
  if (!has_policies(transaction, session.centre)) {
    return made_by_setting(transaction, session.centre);
  }
  auto nearest = storage::find<CancellationPolicy>(
      transaction,
      "cancellation_policies WHERE centre = $1 AND ended_at IS NULL"
      " AND (session IS NULL OR session = $2) AND (series IS NULL OR series = $3)"
      " AND (activity IS NULL OR activity = $4)"
      " ORDER BY session IS NULL, series IS NULL, activity IS NULL LIMIT 1",
      session.centre, session.id, session.series, session.activity);
  return nearest ? *nearest : made_by_setting(transaction, session.centre);
}

CancellationPolicy policy_of(Transaction& transaction, const Row& booking) {
  if (booking.policy) return stored_policy(transaction, booking.policy);
  CancellationPolicy policy = made_by_setting(transaction, booking.centre);
  if (booking.free_before) policy.free_before = *booking.free_before;
  return policy;
}

std::int64_t returned_basis_points(const CancellationPolicy& policy, Duration before) {
  if (before >= policy.free_before) return money::basis_points_whole;
  for (const RefundBracket& bracket : policy.brackets) {
    if (before >= bracket.before) return bracket.basis_points;
  }
  return 0;
}

Duration before_start(Transaction& transaction, const Row& booking,
                      const schedule::Session& session) {
  return booking.clock_start.value_or(session.starts) - transaction.now();
}

// --- set ---

namespace {

void check_brackets(const SetPolicy& request) {
  Duration longer = request.free_before;
  for (std::size_t i = 0; i < request.brackets.size(); ++i) {
    const std::string path = "brackets[" + std::to_string(i) + "].before";
    if (request.brackets[i].before >= longer) {
      throw Error(Code::invalid, "brackets_out_of_order", path);
    }
    longer = request.brackets[i].before;
  }
}

void check_scope(Transaction& transaction, const SetPolicy& request) {
  const int scopes =
      (request.activity ? 1 : 0) + (request.series ? 1 : 0) + (request.session ? 1 : 0);
  if (scopes > 1) throw Error(Code::invalid, "policy_scope_ambiguous", "activity");
  auto check = [&](const char* sql, std::int64_t id, const char* kind) {
    if (id != 0 && !transaction.exists(sql, id, request.centre)) storage::missing(kind, kind);
  };
  check("SELECT 1 FROM activities WHERE id = $1 AND centre = $2", request.activity.value,
        "activity");
  check("SELECT 1 FROM series WHERE id = $1 AND centre = $2", request.series.value, "series");
  check("SELECT 1 FROM sessions WHERE id = $1 AND centre = $2", request.session.value, "session");
}

void check_fee(const std::optional<Money>& fee, const catalog::Centre& centre) {
  if (!fee) return;
  if (fee->minor < 0) throw Error(Code::invalid, "fee_negative", "fee");
  money::check_not_negative(Currency{centre.currency}, *fee, "fee");
}

}  // namespace

CancellationPolicy handle(Transaction& transaction, const SetPolicy& request) {
  const catalog::Centre centre =
      catalog::changeable_centre(transaction, request.centre, std::nullopt);
  check_scope(transaction, request);
  check_brackets(request);
  check_fee(request.fee, centre);
  transaction.execute(
      "UPDATE cancellation_policies SET ended_at = $5 WHERE centre = $1 AND activity IS $2"
      " AND series IS $3 AND session IS $4 AND ended_at IS NULL",
      request.centre, request.activity, request.series, request.session, transaction.now());
  CancellationPolicy policy{.centre = request.centre,
                            .activity = request.activity,
                            .series = request.series,
                            .session = request.session,
                            .free_before = request.free_before,
                            .brackets = request.brackets,
                            .fee = request.fee,
                            .credit_days = request.credit_days,
                            .credit_before = request.credit_before,
                            .set_at = transaction.now(),
                            .set_by = transaction.principal().account};
  storage::insert(transaction, "cancellation_policies", policy);
  transaction.touch(storage::Topic::catalog);
  transaction.concern(policy.centre);
  return policy;
}

static constexpr Refusal set_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "policy_scope_ambiguous", "more than one of activity, series and session"},
    {Code::not_found, "activity_not_found", "the centre has no such activity"},
    {Code::not_found, "series_not_found", "the centre has no such series"},
    {Code::not_found, "session_not_found", "the centre has no such session"},
    {Code::invalid, "brackets_out_of_order", "a bracket is not shorter than what is before it"},
    {Code::invalid, "fee_negative", "the fee is below zero"},
    {Code::invalid, "currency_differs", "the fee is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the fee is beyond what can be counted with"},
};

constinit const Operation SetPolicy::operation = storage::define<SetPolicy>({
    .number = 920,
    .name = "bookings.set_policy",
    .kind = OperationKind::write,
    .doc = "Sets what cancelling costs at a centre, or for one activity, series or session.",
    .rule = {.permission = "bookings.policies", .subject = Subject::centre, .field = "centre"},
    .refusals = set_refusals,
    .example = R"({"centre": 1, "free_before": 86400,
 "brackets": [{"before": 7200, "basis_points": 5000}]})",
});

// --- end ---

CancellationPolicy handle(Transaction& transaction, const EndPolicy& request) {
  CancellationPolicy policy = stored_policy(transaction, request.policy);
  if (!transaction.reach().covers(policy.centre)) {
    storage::missing("cancellation_policy", "policy");
  }
  if (policy.ended_at) throw Error(Code::conflict, "policy_ended", "policy");
  policy.ended_at = transaction.now();
  transaction.execute("UPDATE cancellation_policies SET ended_at = $2 WHERE id = $1", policy.id,
                      policy.ended_at);
  transaction.concern(policy.centre);
  return policy;
}

static constexpr Refusal end_refusals[] = {
    {Code::not_found, "cancellation_policy_not_found", "no such policy, or not within reach"},
    {Code::conflict, "policy_ended", "it has ended already"},
};

constinit const Operation EndPolicy::operation = storage::define<EndPolicy>({
    .number = 921,
    .name = "bookings.end_policy",
    .kind = OperationKind::write,
    .doc = "Ends a cancellation policy; the next nearest holds for new bookings.",
    .rule = {.permission = "bookings.policies"},
    .refusals = end_refusals,
    .example = R"({"policy": 1})",
});

// --- look ---

Page<CancellationPolicy> handle(Transaction& transaction, const Policies& request) {
  storage::List list("cancellation_policies");
  list.where("centre = $", request.centre);
  list.where(request.ended ? "ended_at IS NOT NULL" : "ended_at IS NULL");
  list.order({{"id", true}});
  return list.page<CancellationPolicy>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Policies::operation = storage::define<Policies>({
    .number = 922,
    .name = "bookings.policies",
    .kind = OperationKind::read,
    .doc = "Lists the cancellation policies of a centre, newest first.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

CancellationPolicy handle(Transaction& transaction, const PolicyOf& request) {
  return policy_for(transaction, bookable_session(transaction, request.session));
}

static constexpr Refusal policy_of_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
};

constinit const Operation PolicyOf::operation = storage::define<PolicyOf>({
    .number = 923,
    .name = "bookings.policy_of",
    .kind = OperationKind::read,
    .doc = "What cancelling a booking of the session would cost, were it booked now.",
    .rule = {.audience = Audience::everyone},
    .refusals = policy_of_refusals,
    .example = R"({"session": 1})",
});

// --- currency ---

namespace {

/// Policies that were replaced still hold for the bookings made under them.
void check_currency(Transaction& transaction, std::int64_t centre) {
  const bool is_priced = transaction.exists(
      "SELECT 1 FROM courses WHERE centre = $1 AND ended_at IS NULL UNION ALL"
      " SELECT 1 FROM cancellation_policies WHERE centre = $1 AND fee IS NOT NULL"
      " AND (ended_at IS NULL OR EXISTS (SELECT 1 FROM bookings"
      " WHERE bookings.centre = $1 AND policy = cancellation_policies.id)) LIMIT 1",
      centre);
  if (is_priced) throw Error(Code::conflict, "prices_in_currency", "currency");
}

}  // namespace

namespace lists {

constinit const storage::Veto keep_currency{"catalog.change_currency", check_currency};

}  // namespace lists
}  // namespace frontdesk::bookings
