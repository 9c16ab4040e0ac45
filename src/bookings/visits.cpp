#include "bookings/visits.hpp"

#include "base/zones.hpp"
#include "bookings/lists.hpp"
#include "bookings/paying.hpp"
#include "money/amounts.hpp"
#include "money/exchanging.hpp"
#include "pricing/sheets.hpp"
#include "storage/define.hpp"

#include <frontdesk/schedule_sessions.hpp>

#include <algorithm>

namespace frontdesk::bookings {
namespace {

plans::VisitAsked asked_for(const PlaceRow& place, const schedule::Session& session,
                            const seating::Layout& layout, SubscriptionId named) {
  return {.attendee = place.attendee,
          .session = session,
          .named = named,
          .ticket_type = place.ticket_type,
          .seat_category = seating::category_of(layout, place.place)};
}

}  // namespace

plans::Payable payable_at(Transaction& transaction, const plans::VisitAsked& asked,
                          const std::string& path) {
  try {
    return plans::payable_by(transaction, asked);
  } catch (const Error& refused) {
    throw Error(refused.code(), refused.reason(), path + refused.field(), refused.details());
  }
}

// --- booking ---

Money reserve_place(Transaction& transaction, PlaceRow& place, const schedule::Session& session,
                    const seating::Layout& layout, SubscriptionId named, const std::string& path) {
  const plans::Payable payable =
      payable_at(transaction, asked_for(place, session, layout, named), path);
  plans::reserve_visit(transaction, payable, session.id, place.booking, place.attendee,
                       plans::day_of(session));
  place.subscription = payable.subscription;
  return payable.surcharge;
}

money::NewLine surcharge_line(Transaction& transaction, const PlaceRow& place,
                              const schedule::Session& session, const Money& due) {
  const auto sheet = pricing::sheet_of(transaction, session);
  const Date today = zones::local_date(transaction.now(), sheet->centre->zone);
  const pricing::TaxRate* rate = pricing::tax_on(sheet->taxes, pricing::Taxed::tickets, today);
  const std::int64_t share = rate != nullptr ? rate->basis_points : 0;
  return {.kind = money::LineKind::fee,
          .text = sheet->activity_name,
          .session = session.id,
          .booking = place.booking,
          .place = place_id(place.booking, place.number),
          .ticket_type = place.ticket_type,
          .price = due,
          .discount = {0, due.currency},
          .total = due,
          .tax = money::portion(due, share, money::basis_points_whole + share,
                                money::rounding_of(transaction, session.centre)),
          .tax_basis_points = share};
}

// --- coming and staying away ---

void use_place(Transaction& transaction, const PlaceRow& place, plans::Cause cause) {
  if (!has_visit(place)) return;
  const plans::VisitNow now =
      plans::visit_now(transaction, place.subscription, place.booking, place.attendee);
  if (now != plans::VisitNow::reserved) return;
  plans::use_visit(transaction, place.subscription, place.booking, place.attendee, cause);
}

void undo_place(Transaction& transaction, const PlaceRow& place) {
  if (!has_visit(place)) return;
  const bool is_over = transaction.exists("SELECT 1 FROM sessions WHERE id = $1 AND status = $2",
                                          place.session, schedule::SessionStatus::completed);
  const plans::VisitNow now =
      plans::visit_now(transaction, place.subscription, place.booking, place.attendee);
  if (is_over || now != plans::VisitNow::used) return;
  plans::undo_use(transaction, place.subscription, place.booking, place.attendee);
}

bool return_place(Transaction& transaction, const PlaceRow& place, plans::Cause cause,
                  const std::string& reason) {
  if (!has_visit(place)) return false;
  const plans::VisitNow now =
      plans::visit_now(transaction, place.subscription, place.booking, place.attendee);
  const bool may_return_used = cause == plans::Cause::staff || cause == plans::Cause::centre;
  if (now == plans::VisitNow::none) return false;
  if (now == plans::VisitNow::used && !may_return_used) return false;
  plans::return_visit(transaction, place.subscription, place.booking, place.attendee, cause,
                      reason);
  return true;
}

// --- moving ---

namespace {

/// Surcharges of the places as they stand in the order.
std::vector<OrderLineId> surcharges_of(Transaction& transaction, const Row& row,
                                       const std::vector<PlaceRow*>& places) {
  std::vector<OrderLineId> lines;
  if (!row.order) return lines;
  for (const money::OrderLine& line : money::order_of(transaction, row.order).lines) {
    const bool is_of_place =
        !line.ended_at && line.booking == row.id && line.kind == money::LineKind::fee &&
        std::any_of(places.begin(), places.end(), [&](const PlaceRow* place) {
          return has_visit(*place) && line.place == place_id(row.id, place->number);
        });
    if (is_of_place) lines.push_back(line.id);
  }
  return lines;
}

}  // namespace

void move_visits(Transaction& transaction, Stored& booking, const schedule::Session& session,
                 const std::vector<PlaceRow*>& places, money::RefundTo to) {
  const seating::Layout layout = seating::layout_of(transaction, session);
  std::vector<money::NewLine> fresh;
  for (PlaceRow* place : places) {
    if (!has_visit(*place)) continue;
    const plans::Payable payable =
        plans::move_visit(transaction, asked_for(*place, session, layout, place->subscription),
                          place->subscription, booking.row.id, plans::MovedBy::client);
    if (payable.surcharge.minor == 0) continue;
    fresh.push_back(surcharge_line(transaction, *place, session, payable.surcharge));
  }
  Row& row = booking.row;
  const std::vector<OrderLineId> ended = surcharges_of(transaction, row, places);
  if (fresh.empty() && ended.empty()) return;
  if (row.order) {
    money::exchange_lines(transaction, row.order, ended, fresh, to, "");
    return;
  }
  row.order = money::open_order(transaction, order_for(row, std::move(fresh))).id;
}

// --- staff ---

Booking handle(Transaction& transaction, const ReturnVisit& request) {
  const BookingId id = booking_of(request.place);
  if (!transaction.exists("SELECT 1 FROM bookings WHERE id = $1", id)) {
    storage::missing("place", "place");
  }
  Stored booking = stored_booking(transaction, id);
  const auto place =
      std::find_if(booking.places.begin(), booking.places.end(),
                   [&](const PlaceRow& row) { return row.number == number_of(request.place); });
  if (place == booking.places.end() || !transaction.reach().covers(booking.row.centre)) {
    storage::missing("place", "place");
  }
  if (!has_visit(*place)) throw Error(Code::conflict, "place_without_visit", "place");
  const plans::VisitNow now =
      plans::visit_now(transaction, place->subscription, id, place->attendee);
  if (now == plans::VisitNow::reserved) {
    throw Error(Code::conflict, "visit_still_reserved", "place");
  }
  if (!return_place(transaction, *place, plans::Cause::staff, request.reason)) {
    throw Error(Code::conflict, "visit_returned", "place");
  }
  store(transaction, booking);
  note_change(transaction, booking.row, Change::corrected, {place->number}, request.reason);
  return view_of(transaction, booking);
}

static constexpr Refusal return_refusals[] = {
    {Code::not_found, "place_not_found", "no such place, or not within reach"},
    {Code::conflict, "place_without_visit", "no visit paid for it"},
    {Code::conflict, "visit_still_reserved", "it is still to come: cancel it instead"},
    {Code::conflict, "visit_returned", "its visit came back before"},
};

constinit const Operation ReturnVisit::operation = storage::define<ReturnVisit>({
    .number = 949,
    .name = "bookings.return_visit",
    .kind = OperationKind::write,
    .doc = "Gives a used visit back, by staff, with a reason.",
    .rule = {.permission = "bookings.correct"},
    .refusals = return_refusals,
    .example = R"({"place": 1001, "reason": "The heating failed."})",
});

// --- sessions that are over ---

namespace {

/// More than one booking can have, so that each step gets further.
constexpr std::int64_t places_at_once = 250;

struct OpenVisits {
  SessionId session{};
  std::int64_t done_up_to = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&OpenVisits::session>("The session."),
        field<&OpenVisits::done_up_to>("The last booking whose visits were used, or 0."),
    };
    return table;
  }
};

/// Some bookings of one session; how many places were looked at.
std::int64_t use_some(Transaction& transaction, const OpenVisits& open) {
  const auto places = storage::all<PlaceRow>(
      transaction,
      "places WHERE session = $1 AND booking > $2 AND status = $3 AND subscription IS NOT NULL"
      " ORDER BY booking, number LIMIT $4",
      open.session, open.done_up_to, BookingStatus::confirmed, places_at_once);
  for (std::size_t i = 0; i < places.size(); ++i) {
    use_place(transaction, places[i], plans::Cause::attended);
    const bool is_last_of_booking =
        i + 1 < places.size() && places[i + 1].booking != places[i].booking;
    if (!is_last_of_booking || !transaction.step_is_long()) continue;
    transaction.execute("UPDATE open_visits SET done_up_to = $2 WHERE session = $1", open.session,
                        places[i].booking);
    return static_cast<std::int64_t>(i) + 1;
  }
  const auto count = static_cast<std::int64_t>(places.size());
  if (count < places_at_once) {
    transaction.execute("DELETE FROM open_visits WHERE session = $1", open.session);
  } else {
    // The last booking may have more places: it is looked at again, which changes nothing twice.
    transaction.execute("UPDATE open_visits SET done_up_to = $2 WHERE session = $1", open.session,
                        places.back().booking.value - 1);
  }
  return count;
}

/// At once, unless the step has taken long: then by the next steps of the tick.
void on_completed(Transaction& transaction, const void* event) {
  const SessionId session = static_cast<const schedule::SessionCompleted*>(event)->session;
  const bool has_visits = transaction.exists(
      "SELECT 1 FROM places WHERE session = $1 AND status = $2 AND subscription IS NOT NULL",
      session, BookingStatus::confirmed);
  if (!has_visits) return;
  transaction.execute(
      "INSERT INTO open_visits (session, done_up_to) VALUES ($1, 0) ON CONFLICT DO NOTHING",
      session);
  if (!transaction.step_is_long()) use_some(transaction, {.session = session});
}

bool use_visits(Transaction& transaction, std::int64_t& done) {
  for (std::int64_t looked = 0; looked < places_at_once;) {
    const auto open =
        storage::find<OpenVisits>(transaction, "open_visits ORDER BY session LIMIT 1");
    if (!open) return true;
    looked += use_some(transaction, *open) + 1;
    done += 1;
    if (transaction.step_is_long()) break;
  }
  return false;
}

}  // namespace

namespace lists {

constinit const storage::Reaction open_visits{"schedule.session_completed", on_completed};
constinit const storage::TickPart visits{"bookings.visits", use_visits};

}  // namespace lists
}  // namespace frontdesk::bookings
