#include "pricing/quotes.hpp"

#include "base/zones.hpp"
#include "money/amounts.hpp"
#include "people/rules.hpp"
#include "pricing/fixing.hpp"
#include "pricing/units.hpp"
#include "pricing/working_out.hpp"

#include <algorithm>

namespace frontdesk::pricing {
namespace {

using catalog::TicketType;

const TicketType& usable_type(const CentreSheet& centre, TicketTypeId id, const std::string& path) {
  auto type = std::lower_bound(
      centre.ticket_types.begin(), centre.ticket_types.end(), id,
      [](const TicketType& entry, TicketTypeId wanted) { return entry.id < wanted; });
  if (type == centre.ticket_types.end() || type->id != id) storage::missing("ticket_type", path);
  if (type->archived_at) throw Error(Code::conflict, "ticket_type_archived", path);
  return *type;
}

void check_seat(const TicketType& type, const Wanted& wanted, const std::string& path) {
  const auto& categories = type.seat_categories;
  if (categories.empty() || wanted.seat_category.empty()) return;
  if (std::find(categories.begin(), categories.end(), wanted.seat_category) != categories.end()) {
    return;
  }
  throw Error(Code::conflict, "ticket_type_not_for_seat", path,
              {{"ticket_type", type.name}, {"seat_category", wanted.seat_category}});
}

/// Ages count on the day of the session. Who tells no date of birth is believed; the door looks.
void check_age(Transaction& transaction, const TicketType& type, const Wanted& wanted,
               const schedule::Session& session, const std::string& path) {
  if (!wanted.attendee || (!type.min_age && !type.max_age)) return;
  const auto age = people::age_at(transaction, wanted.attendee, session.starts, session.zone);
  if (!age) return;
  if (*age >= type.min_age.value_or(0) && (!type.max_age || *age <= *type.max_age)) return;
  Details details{{"ticket_type", type.name}};
  if (type.min_age) details["min_age"] = *type.min_age;
  if (type.max_age) details["max_age"] = *type.max_age;
  throw Error(Code::conflict, "ticket_type_not_for_age", path, std::move(details));
}

std::vector<CouponOffer> coupon_offers(Transaction& transaction, const Sheet& sheet,
                                       const schedule::Session& session, const Buyer& buyer,
                                       const Quote& priced) {
  if (buyer.coupons.empty() && !buyer.order) return {};
  Money price{0, sheet.centre->currency};
  for (const QuoteLine& line : priced.lines) price = money::plus(price, line.price);
  const Purchase purchase{.centre = session.centre,
                          .activity = session.activity,
                          .categories = sheet.categories,
                          .session = session.id,
                          .price = price,
                          .payer = buyer.payer,
                          .hold = buyer.hold};
  return buyer.order ? coupons_of_order(transaction, buyer.order, buyer.replaced, purchase)
                     : coupons_for(transaction, buyer.coupons, purchase);
}

}  // namespace

void check_ticket_types(Transaction& transaction, const Sheet& sheet,
                        const schedule::Session& session, std::span<const Wanted> wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].ticket_type) continue;
    const std::string path = "places[" + std::to_string(i) + "].ticket_type";
    const TicketType& type = usable_type(*sheet.centre, wanted[i].ticket_type, path);
    check_seat(type, wanted[i], path);
    check_age(transaction, type, wanted[i], session, path);
  }
}

void check_ticket_types(Transaction& transaction, const schedule::Session& session,
                        std::span<const Wanted> wanted) {
  check_ticket_types(transaction, *sheet_of(transaction, session), session, wanted);
}

Quote quote_places(Transaction& transaction, const schedule::Session& session,
                   std::span<const Wanted> wanted, const Buyer& buyer) {
  std::shared_ptr<const Sheet> sheet = sheet_of(transaction, session);
  check_ticket_types(transaction, *sheet, session, wanted);
  Situation situation;
  situation.now = transaction.now();
  situation.today = zones::local_date(transaction.now(), sheet->centre->zone);
  situation.channel = buyer.channel;
  situation.rounding = money::rounding_of(transaction, session.centre);
  situation.units_left = units_left(transaction, *sheet, session.id, buyer.hold);
  Quote quote = price_lines(*sheet, session.id, wanted, situation);
  Offers offers;
  offers.coupons = coupon_offers(transaction, *sheet, session, buyer, quote);
  find_promotions(transaction, *sheet, session.centre, wanted, buyer, offers);
  offers.tier = tier_offer(transaction, *sheet->centre, buyer);
  finish(quote, *sheet, wanted, situation, offers);
  return quote;
}

}  // namespace frontdesk::pricing
