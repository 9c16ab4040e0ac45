/// Subscriptions that already run, in the rows of an import of people (SPEC P10).
#include "access/authorization.hpp"
#include "base/text.hpp"
#include "describe/json.hpp"
#include "plans/lists.hpp"
#include "plans/selling.hpp"

#include <charconv>

namespace frontdesk::plans {
namespace {

using people::ImportedRow;

constexpr std::string_view columns[] = {"plan", "visits_left", "started_on", "ends_on",
                                        "subscription_ref"};

void check_import(Transaction& transaction, CentreId centre) {
  if (!centre) throw Error(Code::invalid, "import_centre_needed", "centre");
  if (access::reach_of(transaction, "plans.adjust").covers(centre)) return;
  throw Error(Code::denied, "permission_denied", {}, {{"permission", std::string("plans.adjust")}});
}

std::optional<std::string> cell_in(const ImportedRow& row, std::string_view column) {
  const auto cell = row.cells.find(column);
  if (cell == row.cells.end()) return std::nullopt;
  return cell->second;
}

[[noreturn]] void refuse_empty(std::string_view column) {
  throw Error(Code::invalid, "field_missing", column, {{"name", std::string(column)}});
}

/// By its name, its key or its number, in this order; one in use before one that is archived.
Plan plan_of(Transaction& transaction, const ImportedRow& row) {
  const auto cell = cell_in(row, "plan");
  if (!cell) refuse_empty("plan");
  std::int64_t number = 0;
  const char* const end = cell->data() + cell->size();
  if (std::from_chars(cell->data(), end, number).ptr != end) number = 0;
  auto plan = storage::find<Plan>(
      transaction,
      "plans WHERE centre = $1 AND (name_folded = $2 OR external_ref = $3 OR id = $4)"
      " ORDER BY name_folded <> $2, external_ref IS NOT $3, archived_at IS NOT NULL, id DESC"
      " LIMIT 1",
      row.centre, text::fold(*cell), *cell, number);
  if (!plan) storage::missing("plan", "plan");
  return std::move(*plan);
}

CarryOver request_of(const ImportedRow& row, const Plan& plan) {
  CarryOver request;
  request.plan = plan.id;
  request.owner = row.payer;
  request.people = {row.client};
  request.visits_left = people::number_in(row.cells, "visits_left");
  request.external_ref = cell_in(row, "subscription_ref");
  request.last_day = people::date_in(row.cells, "ends_on");
  const auto starts = people::date_in(row.cells, "started_on");
  if (!starts && !request.last_day) refuse_empty("started_on");
  request.starts = starts ? *starts : first_of_term(*request.last_day, plan.terms);
  return request;
}

/// Carried over before: of the same key, or where one of the two has none, of the same days.
bool is_present(Transaction& transaction, const ImportedRow& row, const CarryOver& request) {
  return transaction.exists(
      "SELECT 1 FROM subscription_people"
      " JOIN subscriptions ON subscriptions.id = subscription_people.subscription"
      " WHERE subscription_people.client = $1 AND (external_ref = $2 OR (\"order\" IS NULL"
      " AND plan = $3 AND starts = $4 AND (external_ref IS NULL OR $2 IS NULL)))",
      row.client, request.external_ref, request.plan, number_of(request.starts));
}

std::string_view column_of(std::string_view field) {
  if (field == "starts") return "started_on";
  if (field == "last_day") return "ends_on";
  if (field == "visits_left") return "visits_left";
  if (field == "external_ref") return "subscription_ref";
  return "plan";
}

bool take_row(Transaction& transaction, const ImportedRow& row) {
  const Plan plan = plan_of(transaction, row);
  const CarryOver request = request_of(row, plan);
  if (is_present(transaction, row, request)) return false;
  try {
    describe::validate(type_of<CarryOver>(), &request);
    carry_over(transaction, plan, request);
  } catch (const Error& error) {
    throw Error(error.code(), error.reason(), column_of(error.field()), error.details());
  }
  return true;
}

}  // namespace

namespace lists {

constinit const people::ImportPart import_subscriptions{"subscriptions", columns, check_import,
                                                        take_row};

}  // namespace lists
}  // namespace frontdesk::plans
