/// Asking what places cost (SPEC D2).
#include "access/authorization.hpp"
#include "catalog/ticket_types.hpp"
#include "money/refusals.hpp"
#include "pricing/fixing.hpp"
#include "schedule/sessions.hpp"
#include "seating/maps.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

namespace frontdesk::pricing {
namespace {

using schedule::Session;

/// A session that the caller may see.
Session session_to_price(Transaction& transaction, SessionId id) {
  auto session = storage::find<Session>(transaction, "sessions WHERE id = $1", id);
  if (!session || !schedule::is_visible(transaction, *session)) {
    storage::missing("session", "session");
  }
  if (session->status == schedule::SessionStatus::cancelled) {
    throw Error(Code::conflict, "session_cancelled", "session");
  }
  if (session->status == schedule::SessionStatus::completed) {
    throw Error(Code::conflict, "session_completed", "session");
  }
  return std::move(*session);
}

std::string category_of_seat(Transaction& transaction, const Session& session,
                             const QuotePlace& place, const std::string& path) {
  if (place.seat_category) throw Error(Code::invalid, "seat_and_category", path + "seat_category");
  const seating::Layout layout = seating::layout_of(transaction, session);
  if (!layout.map) throw Error(Code::conflict, "session_has_no_seats", path + "seat");
  const std::size_t seat = layout.map->find(*place.seat);
  if (seat == seating::Map::ambiguous) {
    throw Error(Code::invalid, "seat_ambiguous", path + "seat", {{"seat", *place.seat}});
  }
  if (seat == seating::Map::none) {
    throw Error(Code::not_found, "seat_not_found", path + "seat", {{"seat", *place.seat}});
  }
  return layout.map->seats[seat].category;
}

}  // namespace

void check_known(Transaction& transaction, ClientId client, const std::string& field) {
  if (!client) return;
  const storage::Reach reach = access::reach_of(transaction, "bookings.book");
  if (!access::covers(transaction, reach, Subject::client, client.value)) {
    storage::missing("client", field);
  }
}

Quote handle(Transaction& transaction, const AskQuote& request) {
  const Session session = session_to_price(transaction, request.session);
  check_known(transaction, request.payer, "payer");
  std::vector<Wanted> wanted;
  wanted.reserve(request.places.size());
  for (std::size_t i = 0; i < request.places.size(); ++i) {
    const QuotePlace& place = request.places[i];
    const std::string path = "places[" + std::to_string(i) + "].";
    check_known(transaction, place.attendee, path + "attendee");
    Wanted& one = wanted.emplace_back();
    one.ticket_type = place.ticket_type;
    one.attendee = place.attendee;
    if (place.seat) {
      one.seat_category = category_of_seat(transaction, session, place, path);
    } else if (place.seat_category) {
      one.seat_category = catalog::seat_category_code(*place.seat_category, path + "seat_category");
    }
  }
  return quote_places(
      transaction, session, wanted,
      {.payer = request.payer, .channel = request.channel, .coupons = request.coupons});
}

static constexpr Refusal booking_checks[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::not_found, "client_not_found", "no such payer or attendee, or not within reach"},
    {Code::invalid, "seat_and_category", "both a seat and a seat category are given"},
    {Code::conflict, "session_has_no_seats", "a seat is named, but the session has none"},
    {Code::invalid, "seat_ambiguous", "several seats have the label"},
    {Code::not_found, "seat_not_found", "there is no such seat"},
    {Code::invalid, "seat_category_malformed", "a seat category is no code"},
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

constinit const Operation AskQuote::operation = storage::define<AskQuote>({
    .number = 800,
    .name = "pricing.quote",
    .kind = OperationKind::read,
    .doc = "What places of a session would cost now, itemised.",
    .rule = {.audience = Audience::everyone},
    .refusals = refusals,
    .example = R"({"session": 1, "places": [{"ticket_type": 1}, {"ticket_type": 2}]})",
});

}  // namespace frontdesk::pricing
