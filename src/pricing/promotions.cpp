/// Promotions as staff make them (SPEC D6).
#include <frontdesk/pricing_promotions.hpp>

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "catalog/records.hpp"
#include "pricing/offer_rules.hpp"
#include "pricing/records.hpp"
#include "storage/define.hpp"

#include <set>

namespace frontdesk::pricing {
namespace {

void check_effect(Transaction& transaction, const Promotion& promotion) {
  if (promotion.buy.has_value() != promotion.pay.has_value()) {
    throw Error(Code::invalid, "buy_and_pay", promotion.buy ? "pay" : "buy");
  }
  if (!promotion.buy) {
    check_reduction(promotion.basis_points, promotion.amount);
    if (!promotion.amount) return;
    if (promotion.amount->minor <= 0) {
      throw Error(Code::invalid, "reduction_not_positive", "amount");
    }
    check_offer_currency(transaction, promotion.centre, promotion.amount->currency,
                         *promotion.amount, "amount");
    return;
  }
  if (promotion.basis_points || promotion.amount) {
    throw Error(Code::invalid, "rate_or_amount", "buy");
  }
  if (*promotion.pay >= *promotion.buy) throw Error(Code::invalid, "pay_not_below_buy", "pay");
}

void check_days(const Promotion& promotion) {
  std::set<std::int64_t> seen;
  for (std::size_t i = 0; i < promotion.weekdays.size(); ++i) {
    const std::int64_t day = promotion.weekdays[i];
    const std::string path = "weekdays[" + std::to_string(i) + "]";
    if (day < 1 || day > 7) {
      throw Error(Code::invalid, "weekday_unknown", path, {{"weekday", day}});
    }
    if (!seen.insert(day).second) {
      throw Error(Code::invalid, "weekday_twice", path, {{"weekday", day}});
    }
  }
  if (promotion.to_minute && *promotion.to_minute <= promotion.from_minute.value_or(0)) {
    throw Error(Code::invalid, "window_backwards", "to_minute");
  }
  check_time(promotion.valid_from, promotion.valid_to, "valid_to");
}

template <class IdType>
void check_list(Transaction& transaction, const std::vector<IdType>& ids, CentreId centre,
                std::string_view sql, std::string_view kind, std::string_view field) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    storage::Cursor row = transaction.query(sql, ids[i]);
    if (!row.next() || (centre && !row.null(0) && CentreId{row.integer(0)} != centre)) {
      storage::missing(kind, std::string(field) + "[" + std::to_string(i) + "]");
    }
  }
}

void check_promotion(Transaction& transaction, Promotion& promotion) {
  promotion.name = catalog::required_text(promotion.name, "name");
  const CentreId centre = promotion.centre;
  check_list(transaction, promotion.activities, centre,
             "SELECT centre FROM activities WHERE id = $1", "activity", "activities");
  check_list(transaction, promotion.categories, centre, "SELECT NULL FROM categories WHERE id = $1",
             "category", "categories");
  check_list(transaction, promotion.ticket_types, centre,
             "SELECT centre FROM ticket_types WHERE id = $1", "ticket_type", "ticket_types");
  check_days(promotion);
  check_effect(transaction, promotion);
}

}  // namespace

// --- create ---

Promotion handle(Transaction& transaction, const CreatePromotion& request) {
  if (request.centre) catalog::changeable_centre(transaction, request.centre, std::nullopt);
  Promotion promotion{.id = {},
                      .version = 1,
                      .centre = request.centre,
                      .name = request.name,
                      .activities = request.activities,
                      .categories = request.categories,
                      .ticket_types = request.ticket_types,
                      .weekdays = request.weekdays,
                      .from_minute = request.from_minute,
                      .to_minute = request.to_minute,
                      .valid_from = request.valid_from,
                      .valid_to = request.valid_to,
                      .first_booking = request.first_booking,
                      .child_from = request.child_from,
                      .tickets_from = request.tickets_from,
                      .basis_points = request.basis_points,
                      .amount = request.amount,
                      .buy = request.buy,
                      .pay = request.pay,
                      .exclusive = request.exclusive,
                      .created_at = transaction.now(),
                      .ended_at = {}};
  check_promotion(transaction, promotion);
  storage::insert(transaction, "promotions", promotion);
  announce(transaction, promotion.centre);
  return promotion;
}

static constexpr Refusal create_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::not_found, "activity_not_found", "no such activity, or another centre's"},
    {Code::not_found, "category_not_found", "no such category"},
    {Code::not_found, "ticket_type_not_found", "no such ticket type, or another centre's"},
    {Code::invalid, "weekday_unknown", "a weekday is not 1 to 7"},
    {Code::invalid, "weekday_twice", "a weekday is given twice"},
    {Code::invalid, "window_backwards", "hours or time end before they begin"},
    {Code::invalid, "buy_and_pay", "only one of `buy` and `pay` is given"},
    {Code::invalid, "rate_or_amount", "not just one of percentage, amount, and `buy` with `pay`"},
    {Code::invalid, "reduction_above_whole", "more than 100 percent"},
    {Code::invalid, "reduction_not_positive", "the percentage or amount is not above zero"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "currency_unknown", "no current ISO 4217 code"},
    {Code::invalid, "amount_too_large", "the amount is beyond what can be counted with"},
    {Code::invalid, "pay_not_below_buy", "as many places are paid as are bought"},
};

constinit const Operation CreatePromotion::operation = storage::define<CreatePromotion>({
    .number = 850,
    .name = "pricing.create_promotion",
    .kind = OperationKind::write,
    .doc = "Makes a discount that applies by itself.",
    .rule = {.permission = "pricing.coupons", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "name": "Three for two", "weekdays": [1, 2], "buy": 3, "pay": 2,
 "exclusive": true})",
});

// --- end ---

Promotion handle(Transaction& transaction, const EndPromotion& request) {
  auto promotion = changeable<Promotion>(transaction, "promotions WHERE id = $1", request.promotion,
                                         request.version, "promotion", "promotion");
  promotion.ended_at = transaction.now();
  store(transaction, "promotions", promotion);
  return promotion;
}

static constexpr Refusal end_refusals[] = {
    {Code::not_found, "promotion_not_found", "no such promotion, or not within reach"},
    {Code::conflict, "version_outdated", "the promotion was changed since that version"},
    {Code::conflict, "promotion_ended", "it was ended before"},
};

constinit const Operation EndPromotion::operation = storage::define<EndPromotion>({
    .number = 851,
    .name = "pricing.end_promotion",
    .kind = OperationKind::write,
    .doc = "Ends a promotion.",
    .rule = {.permission = "pricing.coupons"},
    .refusals = end_refusals,
    .example = R"({"promotion": 1})",
});

// --- list ---

Page<Promotion> handle(Transaction& transaction, const Promotions& request) {
  storage::List list("promotions");
  if (request.ended) {
    access::narrow_to_reach(list, transaction, access::reach_of(transaction, "pricing.coupons"),
                            {.centre = "centre"});
    list.where("ended_at IS NOT NULL");
  } else {
    list.where("ended_at IS NULL");
  }
  if (request.centre) list.where("(centre = $ OR centre IS NULL)", request.centre);
  list.order({{"id"}});
  return list.page<Promotion>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Promotions::operation = storage::define<Promotions>({
    .number = 852,
    .name = "pricing.promotions",
    .kind = OperationKind::read,
    .doc = "Lists promotions, the oldest first.",
    .rule = {.audience = Audience::everyone},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

}  // namespace frontdesk::pricing
