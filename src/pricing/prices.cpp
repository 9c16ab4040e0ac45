/// Prices by activity, series and session (SPEC D1).
#include "access/authorization.hpp"
#include "pricing/records.hpp"
#include "storage/define.hpp"
#include "storage/id_list.hpp"

namespace frontdesk::pricing {
namespace {

/// The price that holds for just this target, ticket type and seat category.
std::optional<Price> price_for(Transaction& transaction, const Price& wanted) {
  const std::int64_t type = wanted.ticket_type.value;
  const std::string category = wanted.seat_category.value_or("");
  if (wanted.session) {
    return storage::find<Price>(transaction,
                                "prices WHERE session = $1 AND coalesce(ticket_type, 0) = $2"
                                " AND coalesce(seat_category, '') = $3 AND ended_at IS NULL",
                                wanted.session, type, category);
  }
  if (wanted.series) {
    return storage::find<Price>(transaction,
                                "prices WHERE series = $1 AND coalesce(ticket_type, 0) = $2"
                                " AND coalesce(seat_category, '') = $3 AND ended_at IS NULL",
                                wanted.series, type, category);
  }
  return storage::find<Price>(transaction,
                              "prices WHERE activity = $1 AND coalesce(ticket_type, 0) = $2"
                              " AND coalesce(seat_category, '') = $3 AND ended_at IS NULL",
                              wanted.activity, type, category);
}

}  // namespace

// --- set ---

Price handle(Transaction& transaction, const SetPrice& request) {
  const Target target = target_of(request);
  if (target.count() == 0) throw Error(Code::invalid, "target_needed");
  if (target.count() > 1) throw Error(Code::invalid, "target_twice");
  const CentreId centre = centre_of(transaction, target);
  const catalog::Centre record = catalog::changeable_centre(transaction, centre, std::nullopt);
  Price price{.id = {},
              .version = 1,
              .centre = centre,
              .activity = target.activity,
              .series = target.series,
              .session = target.session,
              .ticket_type = request.ticket_type,
              .seat_category = request.seat_category,
              .amount = request.amount,
              .created_at = transaction.now(),
              .ended_at = {}};
  check_place(transaction, price.ticket_type, price.seat_category, centre);
  if (request.amount.minor < 0) throw Error(Code::invalid, "price_negative", "amount");
  check_amount(request.amount, record, "amount");
  std::optional<Price> before = price_for(transaction, price);
  storage::check_version(request.version, before ? before->version : 0);
  if (!before) {
    storage::insert(transaction, "prices", price);
    announce(transaction, centre);
    return price;
  }
  if (before->amount == request.amount) return *before;
  before->amount = request.amount;
  store(transaction, "prices", *before);
  return *before;
}

static constexpr Refusal set_refusals[] = {
    {Code::invalid, "target_needed", "neither activity nor series nor session is named"},
    {Code::invalid, "target_twice", "more than one of them is named"},
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::not_found, "series_not_found", "no such series, or not within reach"},
    {Code::not_found, "activity_not_found", "no such activity, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "the ticket type is sold no more"},
    {Code::invalid, "seat_category_malformed", "the seat category is no code"},
    {Code::invalid, "price_negative", "the price is below zero"},
    {Code::invalid, "currency_differs", "the price is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "the price is beyond what can be counted with"},
    {Code::conflict, "version_outdated", "the price was changed since that version"},
};

constinit const Operation SetPrice::operation = storage::define<SetPrice>({
    .number = 801,
    .name = "pricing.set_price",
    .kind = OperationKind::write,
    .doc = "Sets what a place costs, for an activity, a series or a session.",
    .rule = {.permission = "pricing.manage"},
    .refusals = set_refusals,
    .example = R"({"activity": 1, "ticket_type": 1, "seat_category": "premium",
 "amount": {"amount": 25000, "currency": "UAH"}})",
});

// --- list ---

Page<Price> handle(Transaction& transaction, const Prices& request) {
  const storage::Reach managed = access::reach_of(transaction, "pricing.manage");
  storage::List list("prices");
  if (!managed.any) {
    list.where(
        "centre IN (SELECT value FROM json_each($)) OR (ended_at IS NULL AND centre IN"
        " (SELECT centres.id FROM centres WHERE centres.active = 1 AND centres.archived_at IS NULL)"
        " AND (session IS NULL OR session IN"
        " (SELECT sessions.id FROM sessions WHERE sessions.kind = 0)))",
        storage::id_list(managed.centres));
  }
  list.where(request.ended ? "ended_at IS NOT NULL" : "ended_at IS NULL");
  if (request.centre) list.where("centre = $", request.centre);
  if (request.activity) list.where("activity = $", request.activity);
  if (request.series) list.where("series = $", request.series);
  if (request.session) list.where("session = $", request.session);
  if (request.ticket_type) list.where("ticket_type = $", request.ticket_type);
  list.order({{"centre"}, {"id"}});
  return list.page<Price>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Prices::operation = storage::define<Prices>({
    .number = 802,
    .name = "pricing.prices",
    .kind = OperationKind::read,
    .doc = "Lists prices, by centre and age.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "activity": 1})",
});

// --- end ---

Price handle(Transaction& transaction, const EndPrice& request) {
  auto price = changeable<Price>(transaction, "prices WHERE id = $1", request.price,
                                 request.version, "price", "price");
  price.ended_at = transaction.now();
  store(transaction, "prices", price);
  return price;
}

static constexpr Refusal end_refusals[] = {
    {Code::not_found, "price_not_found", "no such price, or not within reach"},
    {Code::conflict, "version_outdated", "the price was changed since that version"},
    {Code::conflict, "price_ended", "it was ended before"},
};

constinit const Operation EndPrice::operation = storage::define<EndPrice>({
    .number = 803,
    .name = "pricing.end_price",
    .kind = OperationKind::write,
    .doc = "Ends a price.",
    .rule = {.permission = "pricing.manage"},
    .refusals = end_refusals,
    .example = R"({"price": 1})",
});

}  // namespace frontdesk::pricing
