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

#include <algorithm>
#include <set>

namespace frontdesk::pricing {
namespace {

using schedule::Session;

constexpr std::int64_t forgotten_at_once = 200;

/// The quote of a hold as it is stored.
struct Fixed {
  std::vector<std::int64_t> places{};
  Quote quote{};
};

std::optional<Fixed> stored(Transaction& transaction, HoldId hold) {
  storage::Cursor row = transaction.query(
      "SELECT places, quote, (SELECT expires_at FROM holds WHERE holds.id = fixed_quotes.hold)"
      " FROM fixed_quotes WHERE hold = $1",
      hold);
  if (!row.next()) return std::nullopt;
  Fixed fixed;
  describe::decode_stored(type_of<std::vector<std::int64_t>>(), row.text(0), &fixed.places);
  describe::decode_stored(type_of<Quote>(), row.text(1), &fixed.quote);
  if (!row.null(2)) fixed.quote.valid_until = row.instant(2);  // the hold may have been extended
  return fixed;
}

void store(Transaction& transaction, HoldId hold, SessionId session, const Fixed& fixed) {
  transaction.execute(
      "INSERT INTO fixed_quotes (hold, session, places, quote, fixed_at)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (hold) DO UPDATE"
      " SET places = excluded.places, quote = excluded.quote, fixed_at = excluded.fixed_at",
      hold, session, describe::encode(fixed.places), describe::encode(fixed.quote),
      transaction.now());
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

/// Whether the quote counts on just the coupons with these codes.
bool has_coupons(const Quote& quote, std::span<const std::string> coupons) {
  std::set<std::string> wanted;
  for (const std::string& code : coupons) wanted.insert(code_key(code));
  std::set<std::string> there;
  for (const QuoteLine& line : quote.lines) {
    for (const Discount& discount : line.discounts) {
      if (discount.code) there.insert(*discount.code);
    }
  }
  return there == wanted;
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

}  // namespace

std::optional<Quote> fixed_quote(Transaction& transaction, HoldId hold) {
  auto fixed = stored(transaction, hold);
  if (!fixed) return std::nullopt;
  return std::move(fixed->quote);
}

std::optional<Quote> fixed_quote(Transaction& transaction, HoldId hold, const Session& session,
                                 std::span<const std::int64_t> places,
                                 std::span<const Wanted> wanted,
                                 std::span<const std::string> coupons) {
  auto fixed = stored(transaction, hold);
  if (fixed && !coupons.empty() && !has_coupons(fixed->quote, coupons)) return std::nullopt;
  if (!fixed || fixed->places.size() != places.size() || places.size() != wanted.size()) {
    return std::nullopt;
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto found = std::find(fixed->places.begin(), fixed->places.end(), places[i]);
    if (found == fixed->places.end()) return std::nullopt;
    order.push_back(static_cast<std::size_t>(found - fixed->places.begin()));
    if (fixed->quote.lines[order.back()].ticket_type != wanted[i].ticket_type) return std::nullopt;
  }
  check_ticket_types(transaction, *sheet_of(transaction, session), session, wanted);
  if (std::is_sorted(order.begin(), order.end())) return std::move(fixed->quote);
  return reordered(fixed->quote, order);
}

Quote handle(Transaction& transaction, const FixQuote& request) {
  const seating::HeldPlaces held = seating::hold_of(transaction, request.token);
  auto session = storage::find<Session>(transaction, "sessions WHERE id = $1", held.session);
  if (!session) storage::missing("session", "token");
  const std::vector<Wanted> wanted = wanted_of(transaction, held, *session, request);
  Fixed fixed{held.places, quote_places(transaction, *session, wanted,
                                        {.payer = held.client,
                                         .channel = held.channel,
                                         .hold = held.id,
                                         .coupons = request.coupons})};
  fixed.quote.valid_until = held.expires;
  store(transaction, held.id, held.session, fixed);
  reserve_units(transaction, fixed.quote, held.id);
  reserve(transaction, fixed.quote,
          {.payer = held.client, .centre = session->centre, .hold = held.id});
  transaction.concern(session->centre);
  transaction.concern(held.client);
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

}  // namespace lists
}  // namespace frontdesk::pricing
