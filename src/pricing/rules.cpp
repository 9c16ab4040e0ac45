/// Rules that change prices (SPEC D1).
#include "pricing/records.hpp"
#include "storage/define.hpp"

#include <set>

namespace frontdesk::pricing {
namespace {

void check_weekdays(const PriceRule& rule) {
  std::set<std::int64_t> seen;
  for (std::size_t i = 0; i < rule.weekdays.size(); ++i) {
    const std::int64_t day = rule.weekdays[i];
    const std::string path = "weekdays[" + std::to_string(i) + "]";
    if (day < 1 || day > 7) {
      throw Error(Code::invalid, "weekday_unknown", path, {{"weekday", day}});
    }
    if (!seen.insert(day).second) {
      throw Error(Code::invalid, "weekday_twice", path, {{"weekday", day}});
    }
  }
}

void check_windows(const PriceRule& rule) {
  if (rule.to_minute && *rule.to_minute <= rule.from_minute.value_or(0)) {
    throw Error(Code::invalid, "window_backwards", "to_minute");
  }
  if (rule.first_date && rule.last_date && *rule.last_date < *rule.first_date) {
    throw Error(Code::invalid, "window_backwards", "last_date");
  }
}

/// Each kind has conditions of its own, without which it would mean nothing.
void check_kind(const PriceRule& rule) {
  const bool is_early = rule.kind == RuleKind::early_bird;
  const bool is_late = rule.kind == RuleKind::last_minute;
  if (is_early && !rule.buy_until && !rule.quantity) {
    throw Error(Code::invalid, "early_bird_limit_needed", "buy_until");
  }
  if (is_late && !rule.minutes_before) {
    throw Error(Code::invalid, "last_minutes_needed", "minutes_before");
  }
  auto refuse = [](bool is_given, std::string_view field) {
    if (!is_given) return;
    throw Error(Code::invalid, "condition_not_for_kind", field, {{"name", std::string(field)}});
  };
  refuse(!is_early && rule.buy_until, "buy_until");
  refuse(!is_early && rule.quantity, "quantity");
  refuse(!is_late && rule.minutes_before, "minutes_before");
}

/// Only a ticket type that is new to the rule must be on sale still.
void check_rule(Transaction& transaction, PriceRule& rule, TicketTypeId new_type,
                const catalog::Centre& centre) {
  rule.name = catalog::required_text(rule.name, "name");
  check_place(transaction, new_type, rule.seat_category, rule.centre);
  check_weekdays(rule);
  check_windows(rule);
  check_kind(rule);
  check_change(rule.basis_points, rule.amount);
  if (rule.amount) check_amount(*rule.amount, centre, "amount");
}

}  // namespace

// --- create ---

PriceRule handle(Transaction& transaction, const CreateRule& request) {
  const catalog::Centre centre =
      catalog::changeable_centre(transaction, request.centre, std::nullopt);
  check_target(transaction, target_of(request), request.centre);
  PriceRule rule{.id = {},
                 .version = 1,
                 .centre = request.centre,
                 .activity = request.activity,
                 .series = request.series,
                 .session = request.session,
                 .kind = request.kind,
                 .name = request.name,
                 .ticket_type = request.ticket_type,
                 .seat_category = request.seat_category,
                 .channel = request.channel,
                 .weekdays = request.weekdays,
                 .from_minute = request.from_minute,
                 .to_minute = request.to_minute,
                 .first_date = request.first_date,
                 .last_date = request.last_date,
                 .buy_until = request.buy_until,
                 .minutes_before = request.minutes_before,
                 .quantity = request.quantity,
                 .basis_points = request.basis_points,
                 .amount = request.amount,
                 .priority = request.priority,
                 .created_at = transaction.now(),
                 .ended_at = {}};
  check_rule(transaction, rule, rule.ticket_type, centre);
  storage::insert(transaction, "price_rules", rule);
  announce(transaction, rule.centre);
  return rule;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "target_twice", "more than one of activity, series and session is named"},
    {Code::not_found, "session_not_found", "the centre has no such session"},
    {Code::not_found, "series_not_found", "the centre has no such series"},
    {Code::not_found, "activity_not_found", "the centre has no such activity"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "the ticket type is sold no more"},
    {Code::invalid, "seat_category_malformed", "the seat category is no code"},
    {Code::invalid, "weekday_unknown", "a weekday is not 1 to 7"},
    {Code::invalid, "weekday_twice", "a weekday is given twice"},
    {Code::invalid, "window_backwards", "hours or days end before they begin"},
    {Code::invalid, "early_bird_limit_needed", "an early bird without day and quantity"},
    {Code::invalid, "last_minutes_needed", "a last-minute rule without its minutes"},
    {Code::invalid, "condition_not_for_kind", "a condition that its kind does not have"},
    {Code::invalid, "rate_or_amount", "both a percentage and an amount, or neither"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond what can be counted with"},
};

constinit const Operation CreateRule::operation = storage::define<CreateRule>({
    .number = 810,
    .name = "pricing.create_rule",
    .kind = OperationKind::write,
    .doc = "Makes a rule that changes prices by weekday, time of day, early or late purchase.",
    .rule = {.permission = "pricing.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "Weekday mornings", "weekdays": [1, 2, 3, 4, 5],
 "to_minute": 720, "basis_points": -2000})",
});

// --- update ---

PriceRule handle(Transaction& transaction, const UpdateRule& request) {
  auto rule = changeable<PriceRule>(transaction, "price_rules WHERE id = $1", request.rule,
                                    request.version, "price_rule", "rule");
  const catalog::Centre centre = catalog::changeable_centre(transaction, rule.centre, std::nullopt);
  catalog::set_required(request.name, rule.name, "name");
  request.ticket_type.apply(rule.ticket_type);
  request.seat_category.apply(rule.seat_category);
  request.channel.apply(rule.channel);
  request.weekdays.apply(rule.weekdays);
  request.from_minute.apply(rule.from_minute);
  request.to_minute.apply(rule.to_minute);
  request.first_date.apply(rule.first_date);
  request.last_date.apply(rule.last_date);
  request.buy_until.apply(rule.buy_until);
  request.minutes_before.apply(rule.minutes_before);
  request.quantity.apply(rule.quantity);
  request.basis_points.apply(rule.basis_points);
  request.amount.apply(rule.amount);
  request.priority.apply(rule.priority);
  check_rule(transaction, rule, request.ticket_type.is_set() ? rule.ticket_type : TicketTypeId{},
             centre);
  store(transaction, "price_rules", rule);
  return rule;
}

static constexpr Refusal update_refusals[] = {
    {Code::not_found, "price_rule_not_found", "no such rule, or not within reach"},
    {Code::conflict, "version_outdated", "the rule was changed since that version"},
    {Code::conflict, "price_rule_ended", "the rule was ended"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "the name is emptied"},
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "the ticket type is sold no more"},
    {Code::invalid, "seat_category_malformed", "the seat category is no code"},
    {Code::invalid, "weekday_unknown", "a weekday is not 1 to 7"},
    {Code::invalid, "weekday_twice", "a weekday is given twice"},
    {Code::invalid, "window_backwards", "hours or days end before they begin"},
    {Code::invalid, "early_bird_limit_needed", "an early bird without day and quantity"},
    {Code::invalid, "last_minutes_needed", "a last-minute rule without its minutes"},
    {Code::invalid, "condition_not_for_kind", "a condition that its kind does not have"},
    {Code::invalid, "rate_or_amount", "both a percentage and an amount, or neither"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the amount is beyond what can be counted with"},
};

constinit const Operation UpdateRule::operation = storage::define<UpdateRule>({
    .number = 811,
    .name = "pricing.update_rule",
    .kind = OperationKind::write,
    .doc = "Changes a price rule; what is not given stays as it is.",
    .rule = {.permission = "pricing.manage"},
    .refusals = update_refusals,
    .example = R"({"rule": 1, "version": 1, "basis_points": -1500})",
});

// --- end ---

PriceRule handle(Transaction& transaction, const EndRule& request) {
  auto rule = changeable<PriceRule>(transaction, "price_rules WHERE id = $1", request.rule,
                                    request.version, "price_rule", "rule");
  rule.ended_at = transaction.now();
  store(transaction, "price_rules", rule);
  return rule;
}

static constexpr Refusal end_refusals[] = {
    {Code::not_found, "price_rule_not_found", "no such rule, or not within reach"},
    {Code::conflict, "version_outdated", "the rule was changed since that version"},
    {Code::conflict, "price_rule_ended", "it was ended before"},
};

constinit const Operation EndRule::operation = storage::define<EndRule>({
    .number = 812,
    .name = "pricing.end_rule",
    .kind = OperationKind::write,
    .doc = "Ends a price rule.",
    .rule = {.permission = "pricing.manage"},
    .refusals = end_refusals,
    .example = R"({"rule": 1})",
});

// --- list ---

Page<PriceRule> handle(Transaction& transaction, const Rules& request) {
  storage::List list("price_rules");
  list.where("centre = $", request.centre);
  list.where(request.ended ? "ended_at IS NOT NULL" : "ended_at IS NULL");
  if (request.activity) list.where("activity = $", request.activity);
  if (request.series) list.where("series = $", request.series);
  if (request.session) list.where("session = $", request.session);
  if (request.kind) list.where("kind = $", *request.kind);
  list.order({{"kind"}, {"priority"}, {"id"}});
  return list.page<PriceRule>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Rules::operation = storage::define<Rules>({
    .number = 813,
    .name = "pricing.rules",
    .kind = OperationKind::read,
    .doc = "Lists the price rules of a centre in the order they count.",
    .rule = {.permission = "pricing.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

}  // namespace frontdesk::pricing
