/// Moving to another session, and other seats (SPEC B7, H9). Both give places other numbers and let
/// the order follow.
#include <frontdesk/bookings_changes.hpp>

#include "base/zones.hpp"
#include "bookings/choice_fields.hpp"
#include "bookings/making.hpp"
#include "bookings/paying.hpp"
#include "bookings/policies.hpp"
#include "bookings/repricing.hpp"
#include "bookings/settings.hpp"
#include "bookings/visits.hpp"
#include "money/orders.hpp"
#include "money/refusals.hpp"
#include "plans/refusals.hpp"
#include "schedule/stored.hpp"
#include "seating/holds.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

/// Refuses what is over, has ended or waits for a payment that is on its way.
void check_changeable(Transaction& transaction, const Stored& booking,
                      const schedule::Session& session) {
  if (booking.row.status != BookingStatus::pending &&
      booking.row.status != BookingStatus::confirmed) {
    throw Error(Code::conflict, "booking_not_movable", "booking",
                {{"status", std::string(name_of(booking.row.status))}});
  }
  if (session.starts <= transaction.now()) {
    throw Error(Code::conflict, "session_started", "booking",
                {{"starts", zones::print(session.starts)}});
  }
}

/// Who came is in the session they came to, so the booking stays there.
void refuse_attended(const Stored& booking) {
  for (const PlaceRow& place : booking.places) {
    if (!is_live(place.status) || is_coming(place.status)) continue;
    throw Error(Code::conflict, "booking_not_movable", "booking",
                {{"status", std::string(name_of(place.status))}});
  }
}

std::vector<PlaceRow*> coming_places(Stored& booking) {
  std::vector<PlaceRow*> places;
  for (PlaceRow& place : booking.places) {
    if (is_coming(place.status)) places.push_back(&place);
  }
  return places;
}

Wish wish_of(const Stored& booking, const Move& request, const std::vector<PlaceRow*>& places) {
  const Row& row = booking.row;
  Wish wish{.session = request.session,
            .best = request.best,
            .client = row.client,
            .payer = row.payer,
            .kind = row.kind,
            .payments = request.payments};
  for (const PlaceRow* place : places) {
    wish.places.push_back({.attendee = place->attendee, .ticket_type = place->ticket_type});
  }
  return wish;
}

std::vector<std::int64_t> numbers_of(const std::vector<PlaceRow*>& places) {
  std::vector<std::int64_t> numbers;
  for (const PlaceRow* place : places) numbers.push_back(place->number);
  return numbers;
}

bool is_here_or_coming(BookingStatus status) {
  return is_coming(status) || status == BookingStatus::attended;
}

std::vector<PlaceRow*> named_places(Stored& booking, const std::vector<SeatChange>& changes) {
  std::vector<PlaceRow*> places;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto place =
        std::find_if(booking.places.begin(), booking.places.end(), [&](const PlaceRow& row) {
          return row.number == changes[i].place && is_here_or_coming(row.status);
        });
    const std::string path = "seats[" + std::to_string(i) + "].place";
    if (place != booking.places.end() && place->status == BookingStatus::attended) {
      throw Error(Code::conflict, "already_in", path, {{"place", place->number}});
    }
    if (place == booking.places.end()) throw Error(Code::not_found, "place_not_found", path);
    if (std::find(places.begin(), places.end(), &*place) != places.end()) {
      throw Error(Code::invalid, "place_twice", path);
    }
    places.push_back(&*place);
  }
  return places;
}

/// The places that come along, in the order in which seats are named for them: for all or for none.
std::vector<PlaceRow*> moving_places(Stored& booking, const Move& request) {
  std::vector<PlaceRow*> coming = coming_places(booking);
  if (request.seats.empty()) return coming;
  std::vector<PlaceRow*> named = named_places(booking, request.seats);
  if (named.size() != coming.size()) throw Error(Code::invalid, "seats_for_some_only", "seats");
  return named;
}

seating::PlaceChoice choice_of(const Move& request, std::size_t places) {
  seating::PlaceChoice choice{.best = request.best};
  if (request.seats.empty()) choice.count = static_cast<std::int64_t>(places);
  for (const SeatChange& change : request.seats) choice.seats.push_back(change.seat);
  return choice;
}

/// Gives the rows of all places, also of those that ended, to the other session. What ended had no
/// seat there.
void rehouse(Transaction& transaction, Stored& booking, const schedule::Session& target,
             const std::vector<PlaceRow*>& places, const std::vector<std::int64_t>& numbers) {
  for (const PlaceRow* place : places) free_place(transaction, *place);
  for (std::size_t i = 0; i < places.size(); ++i) places[i]->place = numbers[i];
  transaction.execute(
      "UPDATE places SET session = $3, starts = $4 WHERE session = $1"
      " AND booking = $2",
      booking.row.session, booking.row.id, target.id, target.starts);
  for (PlaceRow& place : booking.places) {
    place.session = target.id;
    place.starts = target.starts;
    if (is_live(place.status)) continue;
    place.place = 0;
    update_place(transaction, place);
  }
}

void check_moves(Transaction& transaction, const Row& row) {
  if (row.moves >= storage::number(transaction, setting::moves_max, row.centre)) {
    throw Error(Code::conflict, "moves_used_up", "booking", {{"moves", row.moves}});
  }
}

}  // namespace

// --- another session ---

Booking handle(Transaction& transaction, const Move& request) {
  Stored booking = changeable_booking(transaction, request.booking, request.version);
  Row& row = booking.row;
  const schedule::Session from = schedule::stored_session(transaction, row.session);
  check_changeable(transaction, booking, from);
  refuse_attended(booking);
  const schedule::Session target = bookable_session(transaction, request.session);
  if (target.id == from.id) throw Error(Code::conflict, "move_to_same_session", "session");
  if (target.centre != from.centre) throw Error(Code::conflict, "other_centre", "session");
  check_moves(transaction, row);
  const Wish wish = wish_of(booking, request, coming_places(booking));
  const Standing standing = standing_of(transaction, wish, target);
  check_window(transaction, target, standing);
  const std::vector<PlaceRow*> places = moving_places(booking, request);
  const std::vector<std::int64_t> numbers = taken_by_own_fields("seats", [&] {
    return seating::take_for_booking(transaction, target, seating::layout_of(transaction, target),
                                     choice_of(request, places.size()), standing.channel, row.id);
  });
  check_attendees(transaction, wish, target, standing, row.id);
  check_role(transaction, wish, target, standing);

  rehouse(transaction, booking, target, places, numbers);
  const Instant clock = row.clock_start.value_or(from.starts);
  row.clock_start = std::min(clock, target.starts);
  if (!row.first_session) row.first_session = from.id;
  row.session = target.id;
  ++row.moves;
  const std::int64_t owed_before = reprice(transaction, booking, target, places, request.refund_to,
                                           clock - transaction.now(), "session");
  move_visits(transaction, booking, target, places, request.refund_to);
  pay_difference(transaction, booking, target, request.payments, owed_before);
  for (const PlaceRow* place : places) update_place(transaction, *place);
  store(transaction, booking);
  note_change(transaction, row, Change::moved);
  auto event = told_of<BookingMoved>(row);
  event.from = from.id;
  transaction.emit(event);
  return view_of(transaction, booking);
}

static constexpr Refusal move_checks[] = {
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
    {Code::conflict, "version_outdated", "the booking was changed since that version"},
    {Code::conflict, "booking_not_movable",
     "it has ended, is over, or awaits a payment; or somebody came"},
    {Code::conflict, "session_started", "the session, or the other one, has started"},
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "move_to_same_session", "it is in that session already"},
    {Code::conflict, "other_centre", "the session is of another centre"},
    {Code::conflict, "moves_used_up", "it was moved as often as may be"},
    {Code::not_found, "client_not_found", "who booked or pays is not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "session_not_scheduled", "the session was cancelled or is over"},
    {Code::conflict, "booking_not_open_yet", "booking opens later"},
    {Code::conflict, "booking_closed", "booking has closed in this channel"},
    {Code::not_found, "place_not_found", "the booking has no such place"},
    {Code::invalid, "place_twice", "a place is named twice"},
    {Code::invalid, "seats_for_some_only", "seats are named for some places, not for all"},
    {Code::invalid, "choice_mixed", "seats and the best are named together"},
    {Code::conflict, "session_has_no_seats", "seats are asked for where there are none"},
    {Code::not_found, "seat_not_found", "there is no such seat"},
    {Code::invalid, "seat_ambiguous", "several seats have the label"},
    {Code::invalid, "seat_twice", "a seat is named twice"},
    {Code::conflict, "seat_taken", "somebody has the seat"},
    {Code::conflict, "single_seat_left", "a single seat would be left"},
    {Code::sold_out, "no_place_left", "not so many places are left"},
    {Code::conflict, "attendee_too_young", "younger than the activity is for"},
    {Code::conflict, "attendee_too_old", "older than the activity is for"},
    {Code::conflict, "already_booked", "the attendee has a place in the session"},
    {Code::conflict, "overlaps_own", "the attendee is in another session at the time"},
    {Code::denied, "attendee_not_yours", "an attendee is not within reach"},
    {Code::denied, "client_barred", "somebody concerned may not book at the centre"},
    {Code::denied, "booking_locked", "the booker did not come too often"},
    {Code::denied, "waiver_missing", "the centre asks for a waiver, which nobody signed"},
    {Code::conflict, "places_over_limit", "more places than one client may book"},
    {Code::denied, "group_only", "only members of the group attend"},
    {Code::denied, "client_only", "only the session's client attends"},
    {Code::denied, "role_not_allowed", "the means are for staff, or the booking is the house's"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::conflict, "ticket_type_archived", "a ticket type is sold no more"},
    {Code::conflict, "ticket_type_not_for_seat", "a ticket type is not for the seat"},
    {Code::conflict, "ticket_type_not_for_age", "a ticket type is not for the attendee's age then"},
    {Code::invalid, "ticket_type_needed", "there are prices by ticket type only"},
    {Code::conflict, "price_missing", "no price is set for a place"},
    {Code::expired, "credit_expired", "the credit of a place ends before that session starts"},
    {Code::conflict, "credit_not_for_session", "the credit of a place is not worth one there"},
};
static constexpr Refusal move_price[] = {
    {Code::invalid, "field_missing", "an external payment names no provider"},
    {Code::conflict, "pay_at_once",
     "the difference, or all so shortly before, must be paid at once"},
    {Code::conflict, "payments_too_many", "the order has too many payments"},
};
static constexpr auto move_refusals =
    storage::joined(move_checks, plans::visit_refusals, move_price, money::amount_refusals,
                    money::tender_refusals, money::purse_refusals);

constinit const Operation Move::operation = storage::define<Move>({
    .number = 911,
    .name = "bookings.move",
    .kind = OperationKind::write,
    .doc = "Moves a booking to another session of the centre, for the difference in price.",
    .rule = {.permission = "bookings.book"},
    .refusals = move_refusals,
    .example = R"({"booking": 1, "session": 2, "payments": [{"method": "balance"}]})",
});

// --- other seats ---

namespace {

/// The seats' numbers, where the places only exchange their own: nobody else's hall changes. Empty
/// where they do not.
std::vector<std::int64_t> exchanged_seats(const seating::Layout& layout,
                                          const std::vector<PlaceRow*>& places,
                                          const std::vector<SeatChange>& changes) {
  std::vector<std::int64_t> own;
  for (const PlaceRow* place : places) own.push_back(place->place);
  std::vector<std::int64_t> numbers;
  for (const SeatChange& change : changes) {
    const std::size_t seat = layout.map ? layout.map->find(change.seat) : seating::Map::none;
    if (seat == seating::Map::none || seat == seating::Map::ambiguous) return {};
    numbers.push_back(layout.map->seats[seat].place);
  }
  return std::is_permutation(own.begin(), own.end(), numbers.begin(), numbers.end())
             ? numbers
             : std::vector<std::int64_t>{};
}

/// Whoever chooses the seats, not who once booked, sees what is set aside and is held to the rules.
Standing standing_at(Transaction& transaction, const Row& booking,
                     const schedule::Session& session) {
  Standing standing{.is_staff = is_staff_for(transaction.reach(), session.centre),
                    .client = booking.client,
                    .payer = booking.payer};
  if (standing.is_staff) standing.channel = seating::Channel::box_office;
  return standing;
}

std::vector<std::int64_t> other_seats(Transaction& transaction, const schedule::Session& session,
                                      const seating::Layout& layout, seating::Channel channel,
                                      const std::vector<PlaceRow*>& places,
                                      const std::vector<SeatChange>& changes,
                                      const std::vector<std::int64_t>& kept) {
  seating::PlaceChoice choice;
  for (const SeatChange& change : changes) choice.seats.push_back(change.seat);
  std::vector<std::int64_t> freed;
  for (const PlaceRow* place : places) {
    freed.push_back(place->place);
    free_place(transaction, *place);
  }
  return taken_by_own_fields("seats", [&] {
    std::vector<std::int64_t> taken = seating::take_for_booking(
        transaction, session, layout, choice, channel, places.front()->booking);
    std::erase_if(freed, [&](std::int64_t place) {
      return std::find(taken.begin(), taken.end(), place) != taken.end();
    });
    seating::check_freed_seats(transaction, session, layout, channel, kept,
                               seating::places_between(kept, freed));
    return taken;
  });
}

/// Seats of the booking that no change concerns.
std::vector<std::int64_t> kept_seats(const Stored& booking, const std::vector<PlaceRow*>& places) {
  std::vector<std::int64_t> kept;
  for (const PlaceRow& place : booking.places) {
    const bool changes = std::find(places.begin(), places.end(), &place) != places.end();
    if (!changes && is_live(place.status)) kept.push_back(place.place);
  }
  return kept;
}

}  // namespace

Booking handle(Transaction& transaction, const ChangeSeats& request) {
  Stored booking = changeable_booking(transaction, request.booking, request.version);
  const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
  check_changeable(transaction, booking, session);
  const std::vector<PlaceRow*> places = named_places(booking, request.seats);
  check_own_places(transaction, booking, numbers_of(places), "seats");
  const Standing standing = standing_at(transaction, booking.row, session);
  check_role(transaction, {.kind = booking.row.kind, .payments = request.payments}, session,
             standing);
  const seating::Layout layout = seating::layout_of(transaction, session);
  std::vector<std::string> categories;
  for (const PlaceRow* place : places) {
    categories.emplace_back(seating::category_of(layout, place->place));
  }
  std::vector<std::int64_t> numbers = exchanged_seats(layout, places, request.seats);
  if (numbers.empty()) {
    numbers = other_seats(transaction, session, layout, standing.channel, places, request.seats,
                          kept_seats(booking, places));
  }
  std::vector<PlaceRow*> dearer_or_cheaper;
  std::vector<std::int64_t> changed;
  for (std::size_t i = 0; i < places.size(); ++i) {
    places[i]->place = numbers[i];
    changed.push_back(places[i]->number);
    if (categories[i] != seating::category_of(layout, numbers[i])) {
      dearer_or_cheaper.push_back(places[i]);
    }
  }
  if (!dearer_or_cheaper.empty()) {
    const std::int64_t owed_before =
        reprice(transaction, booking, session, dearer_or_cheaper, request.refund_to,
                before_start(transaction, booking.row, session), "seats");
    move_visits(transaction, booking, session, dearer_or_cheaper, request.refund_to);
    pay_difference(transaction, booking, session, request.payments, owed_before);
  }
  for (const PlaceRow* place : places) update_place(transaction, *place);
  store(transaction, booking);
  note_change(transaction, booking.row, Change::seats_changed, changed);
  auto event = told_of<BookingChanged>(booking.row);
  event.starts = session.starts;
  transaction.emit(event);
  return view_of(transaction, booking);
}

static constexpr Refusal seat_checks[] = {
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
    {Code::conflict, "version_outdated", "the booking was changed since that version"},
    {Code::conflict, "booking_not_movable", "it has ended, is over, or awaits a payment"},
    {Code::conflict, "session_started", "the session has started"},
    {Code::not_found, "place_not_found", "the booking has no such place"},
    {Code::invalid, "place_twice", "a place is named twice"},
    {Code::denied, "place_not_yours", "a place is somebody else's"},
    {Code::conflict, "already_in", "the visitor of a place is in already"},
    {Code::denied, "role_not_allowed", "the means are for staff, or the booking is the house's"},
    {Code::denied, "balance_not_yours", "the balance that is to pay is somebody else's"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::conflict, "session_has_no_seats", "the session has no seats"},
    {Code::not_found, "seat_not_found", "there is no such seat"},
    {Code::invalid, "seat_ambiguous", "several seats have the label"},
    {Code::invalid, "seat_twice", "a seat is named twice"},
    {Code::conflict, "seat_taken", "somebody has the seat"},
    {Code::conflict, "single_seat_left", "a single seat would be left"},
    {Code::conflict, "ticket_type_archived", "a ticket type is sold no more"},
    {Code::conflict, "ticket_type_not_for_seat", "a ticket type is not for the seat"},
    {Code::invalid, "ticket_type_needed", "there are prices by ticket type only"},
    {Code::conflict, "price_missing", "no price is set for the category"},
    {Code::expired, "credit_expired", "the credit of a place ends before the session starts"},
    {Code::conflict, "credit_not_for_session", "the credit of a place is not worth the seat"},
};
static constexpr Refusal seat_price[] = {
    {Code::invalid, "field_missing", "an external payment names no provider"},
    {Code::conflict, "pay_at_once", "the difference must be paid at once"},
    {Code::conflict, "payments_too_many", "the order has too many payments"},
};
static constexpr auto seat_refusals =
    storage::joined(seat_checks, plans::visit_refusals, seat_price, money::amount_refusals,
                    money::tender_refusals, money::purse_refusals);

constinit const Operation ChangeSeats::operation = storage::define<ChangeSeats>({
    .number = 912,
    .name = "bookings.change_seats",
    .kind = OperationKind::write,
    .doc = "Gives places of a booking other seats, for the difference in price.",
    .rule = {.permission = "bookings.book"},
    .refusals = seat_refusals,
    .example = R"({"booking": 1, "seats": [{"place": 1, "seat": "A-5"}]})",
});

}  // namespace frontdesk::bookings
