#include "base/text.hpp"
#include "catalog/centres.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {

// --- one ---

Centre handle(Transaction& transaction, const GetCentre& request) {
  Centre centre = stored_centre(transaction, request.centre);
  const bool is_public = centre.active && !centre.archived_at;
  if (!is_public && !managed(transaction).covers(centre.id)) storage::missing("centre", "centre");
  return centre;
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not shown to the caller"},
};

constinit const Operation GetCentre::operation = storage::define<GetCentre>({
    .number = 302,
    .name = "catalog.get_centre",
    .kind = OperationKind::read,
    .doc = "One centre.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"centre": 1})",
});

// --- all ---

Page<Centre> handle(Transaction& transaction, const Centres& request) {
  storage::List list("centres");
  show_public_or_managed(list, transaction, "(active = 1 AND archived_at IS NULL)", "id");
  list.where(request.archived ? "archived_at IS NOT NULL" : "archived_at IS NULL");
  if (request.active) list.where("active = $", *request.active);
  if (request.search) {
    const std::string part = "%" + text::escape_like(text::fold(*request.search)) + "%";
    list.where("search LIKE $ ESCAPE '\\'", part);
  }
  if (request.city) list.where("city_folded = $", text::fold(text::tidy(*request.city)));
  if (request.external_ref) list.where("external_ref = $", *request.external_ref);
  switch (request.order) {
    case CentreOrder::name:
      list.order({{"sort_key"}, {"id"}});
      break;
    case CentreOrder::city:
      list.order({{"city_key"}, {"sort_key"}, {"id"}});
      break;
    case CentreOrder::newest:
      list.order({{"id", true}});
      break;
  }
  return list.page<Centre>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Centres::operation = storage::define<Centres>({
    .number = 303,
    .name = "catalog.centres",
    .kind = OperationKind::read,
    .doc = "Lists centres: active ones for everyone, others for those who manage them.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"city": "Kyiv", "order": "name"})",
});

}  // namespace frontdesk::catalog
