/// Tax rates (SPEC D9).
#include "base/zones.hpp"
#include "catalog/categories.hpp"
#include "pricing/records.hpp"
#include "storage/define.hpp"

namespace frontdesk::pricing {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

std::int64_t day_number(Date date) { return sys_days{date}.time_since_epoch().count(); }

/// Rates for the same activity or category and kind of line, by day.
std::vector<TaxRate> rates_like(Transaction& transaction, const TaxRate& rate) {
  return storage::all<TaxRate>(transaction,
                               "tax_rates WHERE centre = $1 AND activity IS NOT DISTINCT FROM $2"
                               " AND category IS NOT DISTINCT FROM $3"
                               " AND taxed IS NOT DISTINCT FROM $4 ORDER BY first_date",
                               rate.centre, rate.activity, rate.category, rate.taxed);
}

bool overlap(const TaxRate& a, const TaxRate& b) {
  return (!a.last_date || b.first_date <= *a.last_date) &&
         (!b.last_date || a.first_date <= *b.last_date);
}

/// The rate until further notice that the new one follows ends the day before; any other that it
/// would overlap refuses it.
void make_way(Transaction& transaction, const TaxRate& rate) {
  for (TaxRate& other : rates_like(transaction, rate)) {
    if (!overlap(other, rate)) continue;
    const bool is_followed = !other.last_date && other.first_date < rate.first_date;
    if (!is_followed) {
      throw Error(Code::conflict, "tax_rate_overlaps", "first_date",
                  {{"tax_rate", other.id.value}});
    }
    other.last_date = Date{sys_days{rate.first_date} - days{1}};
    ++other.version;
    storage::update(transaction, "tax_rates", other);
  }
}

}  // namespace

// --- set ---

TaxRate handle(Transaction& transaction, const SetTaxRate& request) {
  catalog::changeable_centre(transaction, request.centre, std::nullopt);
  check_target(transaction, {.activity = request.activity, .series = {}, .session = {}},
               request.centre);
  if (request.category) {
    if (request.activity) throw Error(Code::invalid, "activity_or_category", "category");
    catalog::usable_category(transaction, request.category);
  }
  if (request.last_date && *request.last_date < request.first_date) {
    throw Error(Code::invalid, "window_backwards", "last_date");
  }
  TaxRate rate{.id = {},
               .version = 1,
               .centre = request.centre,
               .activity = request.activity,
               .category = request.category,
               .taxed = request.taxed,
               .name = catalog::required_text(request.name, "name"),
               .basis_points = request.basis_points,
               .included = request.included,
               .first_date = request.first_date,
               .last_date = request.last_date,
               .created_at = transaction.now()};
  make_way(transaction, rate);
  storage::insert(transaction, "tax_rates", rate);
  announce(transaction, rate.centre);
  return rate;
}

static constexpr Refusal set_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::not_found, "activity_not_found", "the centre has no such activity"},
    {Code::invalid, "activity_or_category", "it is for an activity and for a category"},
    {Code::not_found, "category_not_found", "there is no such category"},
    {Code::conflict, "category_archived", "the category is out of use"},
    {Code::invalid, "window_backwards", "it ends before it begins"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::conflict, "tax_rate_overlaps", "another rate for the same holds in that time"},
};

constinit const Operation SetTaxRate::operation = storage::define<SetTaxRate>({
    .number = 830,
    .name = "pricing.set_tax_rate",
    .kind = OperationKind::write,
    .doc = "Sets a rate of tax from a day on.",
    .rule = {.permission = "pricing.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = set_refusals,
    .example = R"({"centre": 1, "name": "VAT", "basis_points": 2000, "included": true,
 "first_date": "2026-01-01"})",
});

// --- end ---

TaxRate handle(Transaction& transaction, const EndTaxRate& request) {
  auto rate = storage::find<TaxRate>(transaction, "tax_rates WHERE id = $1", request.tax_rate);
  if (!rate || !transaction.reach().covers(rate->centre)) storage::missing("tax_rate", "tax_rate");
  storage::check_version(request.version, rate->version);
  const catalog::Centre centre = catalog::stored_centre(transaction, rate->centre);
  const Date today = zones::local_date(transaction.now(), centre.zone);
  if (rate->last_date && *rate->last_date < today) {
    throw Error(Code::conflict, "tax_rate_ended", "tax_rate");
  }
  if (request.last_date < rate->first_date) {
    throw Error(Code::invalid, "window_backwards", "last_date");
  }
  if (request.last_date < today) throw Error(Code::invalid, "date_past", "last_date");
  const bool is_longer = rate->last_date && request.last_date > *rate->last_date;
  rate->last_date = request.last_date;
  if (is_longer) {
    for (const TaxRate& other : rates_like(transaction, *rate)) {
      if (other.id == rate->id || !overlap(other, *rate)) continue;
      throw Error(Code::conflict, "tax_rate_overlaps", "last_date", {{"tax_rate", other.id.value}});
    }
  }
  ++rate->version;
  storage::update(transaction, "tax_rates", *rate);
  announce(transaction, rate->centre);
  return *rate;
}

static constexpr Refusal end_refusals[] = {
    {Code::not_found, "tax_rate_not_found", "no such rate, or not within reach"},
    {Code::conflict, "version_outdated", "the rate was changed since that version"},
    {Code::conflict, "tax_rate_ended", "its last day is over"},
    {Code::invalid, "window_backwards", "it would end before it begins"},
    {Code::invalid, "date_past", "the day is over"},
    {Code::conflict, "tax_rate_overlaps", "another rate for the same holds by then"},
};

constinit const Operation EndTaxRate::operation = storage::define<EndTaxRate>({
    .number = 831,
    .name = "pricing.end_tax_rate",
    .kind = OperationKind::write,
    .doc = "Ends a rate of tax with a day.",
    .rule = {.permission = "pricing.manage"},
    .refusals = end_refusals,
    .example = R"({"tax_rate": 1, "last_date": "2026-12-31"})",
});

// --- list ---

Page<TaxRate> handle(Transaction& transaction, const TaxRates& request) {
  storage::List list("tax_rates");
  list.where("centre = $", request.centre);
  if (request.on) {
    const std::int64_t day = day_number(*request.on);
    list.where("first_date <= $ AND (last_date IS NULL OR last_date >= $)", day, day);
  }
  list.order({{"first_date"}, {"id"}});
  return list.page<TaxRate>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation TaxRates::operation = storage::define<TaxRates>({
    .number = 832,
    .name = "pricing.tax_rates",
    .kind = OperationKind::read,
    .doc = "Lists the tax rates of a centre, by the day they begin.",
    .rule = {.permission = "pricing.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "on": "2026-11-28"})",
});

}  // namespace frontdesk::pricing
