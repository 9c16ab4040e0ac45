/// What terms must hold to make sense (SPEC V1). An empty list covers nothing.
#include "catalog/activities.hpp"
#include "catalog/categories.hpp"
#include "catalog/centres.hpp"
#include "catalog/ticket_types.hpp"
#include "plans/plans.hpp"

#include <algorithm>

namespace frontdesk::plans {
namespace {

using Limit = std::optional<std::int64_t>;

[[noreturn]] void refuse(std::string_view reason, std::string_view field, Details details = {}) {
  throw Error(Code::invalid, reason, "terms." + std::string(field), std::move(details));
}

void check_amount(const std::optional<Money>& amount, std::string_view currency,
                  const std::string& field) {
  if (!amount) return;
  if (amount->minor < 0) refuse("price_negative", field);
  if (amount->currency.code() != currency) {
    refuse("currency_differs", field, {{"currency", std::string(currency)}});
  }
}

void check_positive(const Limit& limit, std::string_view reason, std::string_view field) {
  if (limit && *limit < 1) refuse(reason, field);
}

/// A limit that another can never let through is a mistake, not a limit.
void check_order(const Limit& smaller, std::string_view smaller_field, const Limit& larger,
                 std::string_view larger_field) {
  if (!smaller || !larger || *smaller <= *larger) return;
  refuse("limits_reversed", smaller_field,
         {{"limit", *smaller}, {"other", std::string(larger_field)}, {"other_limit", *larger}});
}

void check_total(const Limit& limit, std::string_view field, const Limit& visits) {
  if (limit && visits && *limit > *visits) {
    refuse("limit_over_visits", field, {{"limit", *limit}, {"visits", *visits}});
  }
}

void check_limits(const Terms& terms) {
  check_positive(terms.visits, "visits_not_positive", "visits");
  const struct {
    const Limit& limit;
    std::string_view field;
  } limits[] = {{terms.per_day, "per_day"},
                {terms.per_week, "per_week"},
                {terms.per_month, "per_month"},
                {terms.premium_per_month, "premium_per_month"}};
  for (const auto& [limit, field] : limits) check_positive(limit, "limit_not_positive", field);
  for (const auto& [limit, field] : limits) check_total(limit, field, terms.visits);
  check_order(terms.per_day, "per_day", terms.per_week, "per_week");
  check_order(terms.per_day, "per_day", terms.per_month, "per_month");
  check_order(terms.per_week, "per_week", terms.per_month, "per_month");
  check_order(terms.premium_per_month, "premium_per_month", terms.per_month, "per_month");
  if (terms.weekly_slots > 0) {
    check_order(terms.weekly_slots, "weekly_slots", terms.per_week, "per_week");
  }
  if (terms.premium_per_month && terms.premium_activities.empty()) {
    refuse("premium_without_activities", "premium_activities");
  }
}

void check_duration(const Terms& terms) {
  if (!terms.days && !terms.months) refuse("duration_missing", "months");
  if (terms.days && terms.months) refuse("duration_contradictory", "days");
}

void take_ages(Transaction& transaction, Terms& terms) {
  if (terms.age_group) {
    const catalog::AgeGroup group =
        catalog::usable_age_group(transaction, terms.age_group, "terms.age_group");
    terms.min_age = group.min_age;
    terms.max_age = group.max_age;
  }
  if (terms.min_age && terms.max_age && *terms.min_age > *terms.max_age) {
    refuse("ages_reversed", "max_age", {{"min_age", *terms.min_age}, {"max_age", *terms.max_age}});
  }
}

void check_centres(Transaction& transaction, CentreId centre, std::string_view currency,
                   Terms& terms) {
  if (terms.centres.empty()) terms.centres.push_back(centre);
  for (std::size_t i = 0; i < terms.centres.size(); ++i) {
    const std::string field = "terms.centres[" + std::to_string(i) + "]";
    const auto count = std::count(terms.centres.begin(), terms.centres.end(), terms.centres[i]);
    if (count > 1) throw Error(Code::invalid, "listed_twice", field);
    // Seen before with the caller's own centre; the others must be within reach as well.
    if (terms.centres[i] == centre) continue;
    const bool is_there =
        transaction.exists("SELECT 1 FROM centres WHERE id = $1", terms.centres[i]);
    if (!is_there || !transaction.reach().covers(terms.centres[i])) {
      storage::missing("centre", field);
    }
    const catalog::Centre other = catalog::stored_centre(transaction, terms.centres[i]);
    if (other.archived_at) throw Error(Code::conflict, "centre_archived", field);
    if (other.currency != currency) {
      throw Error(Code::invalid, "currency_differs", field, {{"currency", std::string(currency)}});
    }
  }
}

void check_activities(Transaction& transaction, const std::vector<ActivityId>& activities,
                      const Terms& terms, std::string_view list) {
  for (std::size_t i = 0; i < activities.size(); ++i) {
    const std::string field = "terms." + std::string(list) + "[" + std::to_string(i) + "]";
    if (std::count(activities.begin(), activities.end(), activities[i]) > 1) {
      throw Error(Code::invalid, "listed_twice", field);
    }
    const catalog::Activity activity = catalog::usable_activity(transaction, activities[i], field);
    const bool is_there = std::find(terms.centres.begin(), terms.centres.end(), activity.centre) !=
                          terms.centres.end();
    if (!is_there) storage::missing("activity", field);
  }
}

void check_coverage(Transaction& transaction, const Terms& terms) {
  const bool lists_some = !terms.categories.empty() || !terms.activities.empty();
  if (terms.all_activities && lists_some) refuse("coverage_contradictory", "all_activities");
  if (!terms.all_activities && !lists_some) refuse("coverage_missing", "activities");
  for (std::size_t i = 0; i < terms.categories.size(); ++i) {
    const std::string field = "terms.categories[" + std::to_string(i) + "]";
    catalog::usable_category(transaction, terms.categories[i], field);
  }
  check_activities(transaction, terms.activities, terms, "activities");
  check_activities(transaction, terms.premium_activities, terms, "premium_activities");
}

/// A ticket type that one of the centres sells.
void check_ticket_type(Transaction& transaction, TicketTypeId type, const Terms& terms,
                       const std::string& field) {
  for (std::size_t i = 0; i + 1 < terms.centres.size(); ++i) {
    const bool is_sold = transaction.exists(
        "SELECT 1 FROM ticket_types WHERE id = $1 AND centre = $2", type, terms.centres[i]);
    if (is_sold) return void(catalog::usable_ticket_type(transaction, type, terms.centres[i]));
  }
  catalog::usable_ticket_type(transaction, type, terms.centres.back(), field);
}

void check_tickets(Transaction& transaction, std::string_view currency, Terms& terms) {
  for (std::size_t i = 0; i < terms.ticket_types.size(); ++i) {
    const std::string field = "ticket_types[" + std::to_string(i) + "]";
    const TicketCover& cover = terms.ticket_types[i];
    check_ticket_type(transaction, cover.ticket_type, terms, "terms." + field + ".ticket_type");
    check_amount(cover.surcharge, currency, field + ".surcharge");
  }
  for (std::size_t i = 0; i < terms.seat_categories.size(); ++i) {
    const std::string field = "seat_categories[" + std::to_string(i) + "]";
    SeatCover& cover = terms.seat_categories[i];
    cover.seat_category =
        catalog::seat_category_code(cover.seat_category, "terms." + field + ".seat_category");
    check_amount(cover.surcharge, currency, field + ".surcharge");
  }
}

}  // namespace

void check_terms(Transaction& transaction, CentreId centre, Terms& terms) {
  const catalog::Centre seller = catalog::stored_centre(transaction, centre);
  check_amount(terms.price, seller.currency, "price");
  check_duration(terms);
  check_limits(terms);
  take_ages(transaction, terms);
  check_centres(transaction, centre, seller.currency, terms);
  check_coverage(transaction, terms);
  check_tickets(transaction, seller.currency, terms);
  if (terms.people < 1) refuse("people_not_positive", "people");
  if (terms.introductory && terms.auto_renewal) refuse("introductory_renewal", "auto_renewal");
  check_amount(terms.refund_fee, seller.currency, "refund_fee");
  if (terms.refund_fee && terms.refund_fee->minor > terms.price.minor) {
    refuse("fee_over_price", "refund_fee");
  }
}

}  // namespace frontdesk::plans
