/// Fixing the quote of a hold (SPEC D2): what it costs is then settled.
#include "pricing/fixing.hpp"

#include "describe/json.hpp"
#include "money/refusals.hpp"
#include "pricing/coupon_codes.hpp"
#include "pricing/lists.hpp"
#include "pricing/units.hpp"
#include "schedule/sessions.hpp"
#include "seating/holds.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

#include <frontdesk/seating_maps.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace frontdesk::pricing {
namespace {

using schedule::Session;

constexpr std::int64_t forgotten_at_once = 200;

/// The quote of a hold as it is stored.
struct Fixed {
  ClientId payer{};  ///< none: it is nobody's
  std::vector<std::int64_t> places{};
  std::vector<ClientId> attendees{};  ///< beside the places; none: nobody was named
  Quote quote{};
};

std::optional<Fixed> stored(Transaction& transaction, HoldId hold) {
  storage::Cursor row = transaction.query(
      "SELECT payer, places, attendees, quote,"
      " (SELECT expires_at FROM holds WHERE holds.id = fixed_quotes.hold)"
      " FROM fixed_quotes WHERE hold = $1",
      hold);
  if (!row.next()) return std::nullopt;
  Fixed fixed{.payer = ClientId{row.integer(0)}};
  describe::decode_stored(type_of<std::vector<std::int64_t>>(), row.text(1), &fixed.places);
  describe::decode_stored(type_of<std::vector<ClientId>>(), row.text(2), &fixed.attendees);
  describe::decode_stored(type_of<Quote>(), row.text(3), &fixed.quote);
  if (!row.null(4)) fixed.quote.valid_until = row.instant(4);  // the hold may have been extended
  return fixed;
}

void store(Transaction& transaction, HoldId hold, SessionId session, const Fixed& fixed) {
  transaction.execute(
      "INSERT INTO fixed_quotes (hold, session, payer, places, attendees, quote, fixed_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (hold) DO UPDATE"
      " SET payer = excluded.payer, places = excluded.places, attendees = excluded.attendees,"
      " quote = excluded.quote, fixed_at = excluded.fixed_at",
      hold, session, fixed.payer, describe::encode(fixed.places), describe::encode(fixed.attendees),
      describe::encode(fixed.quote), transaction.now());
}

/// What is wanted for each held place, in their order.
std::vector<Wanted> wanted_of(Transaction& transaction, const seating::HeldPlaces& held,
                              const Session& session, const FixQuote& request) {
  const seating::Layout layout = seating::layout_of(transaction, session);
  std::vector<Wanted> wanted;
  wanted.reserve(held.places.size());
  for (std::int64_t place : held.places) {
    wanted.push_back({std::string(seating::category_of(layout, place)), {}, {}});
  }
  std::vector<bool> is_named(held.places.size());
  for (std::size_t i = 0; i < request.places.size(); ++i) {
    const FixPlace& named = request.places[i];
    const std::string path = "places[" + std::to_string(i) + "].";
    auto found = std::find(held.places.begin(), held.places.end(), named.place);
    if (found == held.places.end()) {
      throw Error(Code::conflict, "place_not_held", path + "place", {{"place", named.place}});
    }
    const auto index = static_cast<std::size_t>(found - held.places.begin());
    if (is_named[index]) {
      throw Error(Code::invalid, "place_twice", path + "place", {{"place", named.place}});
    }
    is_named[index] = true;
    check_known(transaction, named.attendee, path + "attendee");
    wanted[index].ticket_type = named.ticket_type;
    wanted[index].attendee = named.attendee;
  }
  return wanted;
}

/// The quote with its lines in another order: line `order[i]` becomes the i-th.
Quote reordered(const Quote& quote, const std::vector<std::size_t>& order) {
  Quote sorted = quote;
  for (std::size_t i = 0; i < order.size(); ++i) {
    sorted.lines[i] = quote.lines[order[i]];
    sorted.lines[i].place = static_cast<std::int64_t>(i);
    for (std::size_t fee = 0; fee < quote.fees.size(); ++fee) {
      const auto& place = quote.fees[fee].place;
      if (place && *place == static_cast<std::int64_t>(order[i])) {
        sorted.fees[fee].place = static_cast<std::int64_t>(i);
      }
    }
  }
  return sorted;
}

/// The keys of the coupons that the quote counts on.
std::set<std::string> coupons_in(const Quote& quote) {
  std::set<std::string> keys;
  for (const QuoteLine& line : quote.lines) {
    for (const Discount& discount : line.discounts) {
      if (discount.code) keys.insert(*discount.code);
    }
  }
  return keys;
}

bool has_just(const Quote& quote, std::span<const std::string> coupons) {
  std::set<std::string> wanted;
  for (const std::string& code : coupons) wanted.insert(code_key(code));
  return coupons_in(quote) == wanted;
}

/// What is booked from a hold, beside what was fixed for it.
struct Match {
  bool is_same = false;              ///< just this was fixed
  bool is_more_known = false;        ///< who pays or comes was not known then
  std::vector<std::size_t> order{};  ///< the fixed line of each place
};

Match compare(const Fixed& fixed, std::span<const std::int64_t> places,
              std::span<const Wanted> wanted, const Buyer& buyer) {
  Match match;
  if (fixed.places.size() != places.size()) return match;
  if (!buyer.coupons.empty() && !has_just(fixed.quote, buyer.coupons)) return match;
  if (fixed.payer && fixed.payer != buyer.payer) return match;
  match.is_more_known = !fixed.payer && buyer.payer;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto found = std::find(fixed.places.begin(), fixed.places.end(), places[i]);
    if (found == fixed.places.end()) return match;
    const auto line = static_cast<std::size_t>(found - fixed.places.begin());
    const ClientId attendee = fixed.attendees[line];
    if (fixed.quote.lines[line].ticket_type != wanted[i].ticket_type) return match;
    if (attendee && attendee != wanted[i].attendee) return match;
    match.is_more_known |= !attendee && wanted[i].attendee;
    match.order.push_back(line);
  }
  match.is_same = true;
  return match;
}

/// The price of now for who was not known when the other was fixed, if there is one and it is
/// lower: tiers and promotions apply by themselves.
Quote lower_of(Transaction& transaction, Quote fixed, const Session& session,
               std::span<const Wanted> wanted, const Buyer& buyer) {
  try {
    Quote now = quote_places(transaction, session, wanted, buyer);
    if (now.total.minor < fixed.total.minor) return now;
  } catch (const Error&) {  // what was fixed stands, whatever became of prices since
  }
  return fixed;
}

bool forget_quotes(Transaction& transaction, std::int64_t& done) {
  const std::int64_t forgotten = transaction.execute(
      "DELETE FROM fixed_quotes WHERE hold IN (SELECT fixed_quotes.hold FROM fixed_quotes"
      " WHERE NOT EXISTS (SELECT 1 FROM holds WHERE holds.id = fixed_quotes.hold"
      " AND holds.expires_at > $1) LIMIT $2)",
      transaction.now(), forgotten_at_once);
  transaction.execute(
      "DELETE FROM rule_units WHERE of_booking = 0 AND NOT EXISTS"
      " (SELECT 1 FROM holds WHERE holds.id = rule_units.owner AND holds.expires_at > $1)",
      transaction.now());
  transaction.execute(
      "DELETE FROM coupon_uses WHERE hold IS NOT NULL AND NOT EXISTS"
      " (SELECT 1 FROM holds WHERE holds.id = coupon_uses.hold AND holds.expires_at > $1)",
      transaction.now());
  transaction.execute(
      "DELETE FROM free_tickets WHERE hold IS NOT NULL AND NOT EXISTS"
      " (SELECT 1 FROM holds WHERE holds.id = free_tickets.hold AND holds.expires_at > $1)",
      transaction.now());
  done += forgotten;
  return forgotten < forgotten_at_once;
}

/// The hall got another map: what was fixed for a place goes with it to its new number. One that is
/// gone leaves a line for no place, so the others are priced anew.
void follow_seats(Transaction& transaction, const void* event) {
  const auto& remapped = *static_cast<const seating::PlacesRemapped*>(event);
  std::map<HoldId, std::map<std::int64_t, std::int64_t>> moves;
  for (const seating::PlaceMove& move : remapped.moves) {
    if (move.hold) moves[move.hold][move.from] = move.to;
  }
  for (const auto& [hold, numbers] : moves) {
    auto fixed = stored(transaction, hold);
    if (!fixed) continue;
    for (std::int64_t& place : fixed->places) {
      const auto move = numbers.find(place);
      place = move == numbers.end() ? 0 : move->second;
    }
    transaction.execute("UPDATE fixed_quotes SET places = $2 WHERE hold = $1", hold,
                        describe::encode(fixed->places));
  }
}

}  // namespace

std::optional<Quote> fixed_quote(Transaction& transaction, HoldId hold) {
  auto fixed = stored(transaction, hold);
  if (!fixed) return std::nullopt;
  return std::move(fixed->quote);
}

Quote quote_of_hold(Transaction& transaction, const Session& session,
                    std::span<const std::int64_t> places, std::span<const Wanted> wanted,
                    const Buyer& buyer) {
  auto fixed = stored(transaction, buyer.hold);
  if (!fixed) return quote_places(transaction, session, wanted, buyer);
  Buyer anew = buyer;
  if (anew.coupons.empty()) {
    const std::set<std::string> coupons = coupons_in(fixed->quote);
    anew.coupons.assign(coupons.begin(), coupons.end());
  }
  const Match match = compare(*fixed, places, wanted, buyer);
  if (!match.is_same) return quote_places(transaction, session, wanted, anew);
  check_ticket_types(transaction, *sheet_of(transaction, session), session, wanted);
  const bool is_in_order = std::is_sorted(match.order.begin(), match.order.end());
  Quote quote = is_in_order ? std::move(fixed->quote) : reordered(fixed->quote, match.order);
  if (!match.is_more_known) return quote;
  return lower_of(transaction, std::move(quote), session, wanted, anew);
}

Quote handle(Transaction& transaction, const FixQuote& request) {
  const seating::HeldPlaces held = seating::hold_of(transaction, request.token);
  auto session = storage::find<Session>(transaction, "sessions WHERE id = $1", held.session);
  if (!session) storage::missing("session", "token");
  const std::vector<Wanted> wanted = wanted_of(transaction, held, *session, request);
  // Who held without having signed in may have done so since.
  const ClientId payer = held.client ? held.client : transaction.principal().client;
  Fixed fixed{.payer = payer, .places = held.places};
  for (const Wanted& place : wanted) fixed.attendees.push_back(place.attendee);
  fixed.quote = quote_places(
      transaction, *session, wanted,
      {.payer = payer, .channel = held.channel, .hold = held.id, .coupons = request.coupons});
  fixed.quote.valid_until = held.expires;
  store(transaction, held.id, held.session, fixed);
  reserve_units(transaction, fixed.quote, held.id);
  reserve(transaction, fixed.quote, {.payer = payer, .centre = session->centre, .hold = held.id});
  transaction.concern(session->centre);
  transaction.concern(payer);
  return std::move(fixed.quote);
}

static constexpr Refusal booking_checks[] = {
    {Code::not_found, "hold_not_found", "no such hold, or not the caller's"},
    {Code::expired, "hold_lapsed", "the hold's time is over"},
    {Code::conflict, "place_not_held", "a place is not of the hold"},
    {Code::invalid, "place_twice", "a place is named twice"},
    {Code::not_found, "client_not_found", "no such attendee, or not within reach"},
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "a ticket type is sold no more"},
    {Code::conflict, "ticket_type_not_for_seat", "a ticket type is not for such a seat"},
    {Code::conflict, "ticket_type_not_for_age", "the attendee is too young or too old for it"},
    {Code::invalid, "ticket_type_needed", "there are prices by ticket type only"},
    {Code::conflict, "price_missing", "no price is set for such a place"},
};
static constexpr Refusal booking_price[] = {
    {Code::invalid, "amount_overflow", "the sum is beyond what can be counted with"},
};
static constexpr auto refusals =
    storage::joined(booking_checks, money::coupon_refusals, money::coupons_refusals, booking_price);

constinit const Operation FixQuote::operation = storage::define<FixQuote>({
    .number = 804,
    .name = "pricing.fix_quote",
    .kind = OperationKind::write,
    .doc = "Fixes what the places of a hold cost, as long as the hold stands.",
    .rule = {.audience = Audience::everyone},
    .refusals = refusals,
    .example =
        R"({"token": "1-3q2xGvW5n0oT7bYk9LrJcQeHsDfUaPzMiXwNtVyBg4E",
 "places": [{"place": 12, "ticket_type": 1}]})",
});

namespace lists {

constinit const storage::TickPart forget{"pricing.forget_quotes", forget_quotes};
constinit const storage::Reaction quotes_follow_seats{"seating.places_remapped", follow_seats};

}  // namespace lists
}  // namespace frontdesk::pricing
