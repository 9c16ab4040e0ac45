/// Letting visitors in, taking it back, and selling at the door (SPEC B5).
#include "base/text.hpp"
#include "bookings/door.hpp"
#include "bookings/door_settings.hpp"
#include "bookings/making.hpp"
#include "bookings/strikes.hpp"
#include "money/refusals.hpp"
#include "plans/refusals.hpp"
#include "schedule/stored.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

#include <algorithm>
#include <charconv>

namespace frontdesk::bookings {
namespace {

/// Who stands at the door.
struct Visitors {
  Stored booking{};
  schedule::Session session{};
  std::vector<std::int64_t> numbers{};
  std::int64_t issue = 0;
  CheckInBy how = CheckInBy::list;
};

[[noreturn]] void refuse_unknown() { throw Error(Code::not_found, "ticket_unknown", "code"); }

/// All that may still come or came; those that were cancelled only where nothing else is left, so
/// that they are refused as such.
std::vector<std::int64_t> all_numbers(const Stored& booking) {
  std::vector<std::int64_t> live;
  std::vector<std::int64_t> all;
  for (const PlaceRow& place : booking.places) {
    all.push_back(place.number);
    if (is_live(place.status)) live.push_back(place.number);
  }
  return live.empty() ? all : live;
}

/// The code that a ticket's text tells; what is wrong with it is wrong with the request's field.
std::string code_in(Transaction& transaction, std::string_view ticket) {
  try {
    return read_ticket(ticket_keys(transaction).public_key, ticket).code;
  } catch (const Error& error) {
    throw Error(error.code(), error.reason(), "code", error.details());
  }
}

TicketName presented(Transaction& transaction, const std::string& text) {
  std::string code = text::tidy(text);
  if (is_ticket_text(code)) code = code_in(transaction, code);
  const auto name = ticket_of_code(transaction, code);
  if (!name) refuse_unknown();
  return *name;
}

Visitors visitors_by_code(Transaction& transaction, const CheckIn& request) {
  const TicketName name = presented(transaction, *request.code);
  if (!transaction.exists("SELECT 1 FROM bookings WHERE id = $1", booking_of(name.place))) {
    refuse_unknown();
  }
  Visitors visitors{.booking = stored_booking(transaction, booking_of(name.place)),
                    .numbers = {number_of(name.place)},
                    .issue = name.issue,
                    .how = CheckInBy::code};
  visitors.session = schedule::stored_session(transaction, visitors.booking.row.session);
  if (!admits_to(transaction, visitors.session)) refuse_unknown();
  return visitors;
}

Visitors visitors_by_booking(Transaction& transaction, const CheckIn& request) {
  BookingId id = request.booking;
  if (!id) id = booking_of_reference(transaction, *request.reference);
  const std::string_view field = request.booking ? "booking" : "reference";
  Visitors visitors{.booking = stored_booking(transaction, id, field), .numbers = request.places};
  visitors.session = schedule::stored_session(transaction, visitors.booking.row.session);
  if (!admits_to(transaction, visitors.session)) storage::missing("booking", field);
  if (visitors.numbers.empty()) visitors.numbers = all_numbers(visitors.booking);
  return visitors;
}

/// A ticket's number as people read it, `7K2M9QX4-2`: reference and place.
std::optional<CheckIn> by_printed_number(Transaction& transaction, const CheckIn& request) {
  const std::string text = text::tidy(request.code ? *request.code : *request.reference);
  const std::size_t dash = text.rfind('-');
  if (dash == std::string::npos) return std::nullopt;
  std::int64_t place = 0;
  const auto [end, problem] = std::from_chars(&text[dash] + 1, text.data() + text.size(), place);
  const bool is_number = problem == std::errc{} && end == text.data() + text.size() && place > 0;
  CheckIn named = request;
  named.reference = text.substr(0, dash);
  if (!is_number || !booking_of_reference(transaction, *named.reference)) return std::nullopt;
  named.code.reset();
  named.places = {place};
  return named;
}

Visitors visitors_of(Transaction& transaction, const CheckIn& request) {
  const int given =
      (request.code ? 1 : 0) + (request.booking ? 1 : 0) + (request.reference ? 1 : 0);
  if (given != 1) throw Error(Code::invalid, "check_in_by_one", "code");
  if (request.booking) return visitors_by_booking(transaction, request);
  const auto numbered = by_printed_number(transaction, request);
  if ((request.code || numbered) && !request.places.empty()) {
    throw Error(Code::invalid, "check_in_by_one", "places");
  }
  if (numbered) return visitors_by_booking(transaction, *numbered);
  if (request.reference) return visitors_by_booking(transaction, request);
  return visitors_by_code(transaction, request);
}

PlaceRow& place_numbered(Stored& booking, std::int64_t number) {
  auto place = std::find_if(booking.places.begin(), booking.places.end(),
                            [&](const PlaceRow& row) { return row.number == number; });
  if (place == booking.places.end()) {
    throw Error(Code::not_found, "place_not_found", "places", {{"place", number}});
  }
  return *place;
}

void refuse_twice(std::vector<std::int64_t> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const auto twice = std::adjacent_find(numbers.begin(), numbers.end());
  if (twice == numbers.end()) return;
  throw Error(Code::invalid, "place_twice", "places", {{"place", *twice}});
}

/// When they came: not after now, and told late only while the roll is open.
Instant arrival_time(Transaction& transaction, const std::optional<Instant>& at,
                     const schedule::Session& session) {
  if (!at) return transaction.now();
  if (*at > transaction.now()) throw Error(Code::invalid, "at_in_future", "at");
  check_roll_open(transaction, session);
  return *at;
}

}  // namespace

// --- in ---

CheckedIn handle(Transaction& transaction, const CheckIn& request) {
  Visitors visitors = visitors_of(transaction, request);
  Stored& booking = visitors.booking;
  const schedule::Session& session = visitors.session;
  const std::optional<Gate> gate = open_gate(transaction, request.gate, session.centre);
  const Instant at = arrival_time(transaction, request.at, session);
  std::vector<std::int64_t> entering;
  for (std::int64_t number : visitors.numbers) {
    PlaceRow& place = place_numbered(booking, number);
    if (auto error = hindrance_of_ticket(transaction, place, visitors.issue, at)) throw *error;
    if (request.session && request.session != session.id) {
      throw Error(Code::conflict, "wrong_session", "session", {{"session", session.id.value}});
    }
    if (auto error = hindrance(transaction, {.place = place,
                                             .session = session,
                                             .issue = visitors.issue,
                                             .at = at,
                                             .gate = gate ? &*gate : nullptr})) {
      throw *error;
    }
    if (place.status == BookingStatus::attended) continue;
    enter(transaction, place,
          {.at = at,
           .how = visitors.how,
           .gate = request.gate,
           .account = transaction.principal().account});
    entering.push_back(number);
  }
  if (!entering.empty()) {
    store_attended(transaction, booking, entering, request.gate, Change::attended);
    if (transaction.now() >= roll_closes_at(transaction, session)) {
      settle_strike(transaction, booking);
    }
  }
  CheckedIn result = told(transaction, booking, session, visitors.numbers);
  for (Attendance& shown : result.places) {
    shown.already = std::find(entering.begin(), entering.end(), shown.number) == entering.end();
  }
  return result;
}

static constexpr Refusal in_refusals[] = {
    {Code::invalid, "check_in_by_one", "not just one of ticket, booking and reference is given"},
    {Code::invalid, "ticket_malformed", "the text is not one of a ticket"},
    {Code::invalid, "ticket_key_other", "the ticket is signed with another key"},
    {Code::invalid, "ticket_signature_invalid", "the ticket is not as it was signed"},
    {Code::not_found, "ticket_unknown", "no such ticket, or not within reach"},
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
    {Code::not_found, "gate_not_found", "the centre has no such gate"},
    {Code::conflict, "gate_archived", "the gate was put away"},
    {Code::invalid, "at_in_future", "they came later than now"},
    {Code::denied, "roll_closed", "it is told too late, without bookings.correct"},
    {Code::not_found, "place_not_found", "the booking has no such place"},
    {Code::conflict, "ticket_cancelled", "the place was cancelled or has expired"},
    {Code::conflict, "ticket_revoked", "a newer ticket was made for the place"},
    {Code::conflict, "not_paid", "the booking waits for payment"},
    {Code::conflict, "wrong_session", "the place is in another session"},
    {Code::conflict, "too_early", "the doors are not open yet"},
    {Code::conflict, "too_late", "the session is over"},
    {Code::conflict, "wrong_gate", "the gate does not lead there"},
};

constinit const Operation CheckIn::operation = storage::define<CheckIn>({
    .number = 960,
    .name = "bookings.check_in",
    .kind = OperationKind::write,
    .doc = "Lets visitors in by ticket or booking; the same scan twice is one check-in.",
    .rule = {.permission = "bookings.check_in"},
    .refusals = in_refusals,
    .example = R"({"reference": "7K2M9QX4", "places": [1, 2], "gate": 1})",
});

// --- out ---

CheckedIn handle(Transaction& transaction, const UndoCheckIn& request) {
  refuse_twice(request.places);
  Stored booking = stored_booking(transaction, request.booking);
  const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
  if (!admits_to(transaction, session)) storage::missing("booking", "booking");
  check_roll_open(transaction, session);
  // Once the roll is closed nobody else looks who is missing.
  const bool is_late = transaction.now() >= roll_closes_at(transaction, session) &&
                       storage::enabled(transaction, setting::attendance_taken, session.centre);
  for (std::int64_t number : request.places) {
    PlaceRow& place = place_numbered(booking, number);
    if (place.status != BookingStatus::attended) {
      throw Error(Code::conflict, "not_checked_in", "places", {{"place", number}});
    }
    take_back(transaction, place, is_late ? BookingStatus::no_show : BookingStatus::confirmed);
  }
  store(transaction, booking);
  note_change(transaction, booking.row, Change::corrected, request.places, request.reason);
  auto event = told_of<CheckInUndone>(booking.row);
  event.places = request.places;
  transaction.emit(event);
  if (is_late) settle_strike(transaction, booking);
  return told(transaction, booking, session, request.places);
}

static constexpr Refusal out_refusals[] = {
    {Code::invalid, "place_twice", "a place is named twice"},
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
    {Code::denied, "roll_closed", "the session is over too long, without bookings.correct"},
    {Code::not_found, "place_not_found", "the booking has no such place"},
    {Code::conflict, "not_checked_in", "nobody was checked in there"},
};

constinit const Operation UndoCheckIn::operation = storage::define<UndoCheckIn>({
    .number = 961,
    .name = "bookings.undo_check_in",
    .kind = OperationKind::write,
    .doc = "Takes check-ins back.",
    .rule = {.permission = "bookings.check_in"},
    .refusals = out_refusals,
    .example = R"({"booking": 1, "places": [1], "reason": "Pressed the wrong name."})",
});

// --- walk in ---

namespace {

Wish wish_of(const WalkIn& request) {
  return {.session = request.session,
          .places = request.places,
          .hold = request.hold.value_or(""),
          .area = request.area.value_or(""),
          .seat_category = request.seat_category.value_or(""),
          .best = request.best,
          .client = request.client,
          .payer = request.payer,
          .guest_name = request.guest_name,
          .guest_email = request.guest_email,
          .guest_phone = request.guest_phone,
          .channel = seating::Channel::box_office,
          .payments = request.payments,
          .owing = request.owing,
          .note = request.note};
}

}  // namespace

Booking handle(Transaction& transaction, const WalkIn& request) {
  const schedule::Session session = door_session(transaction, request.session);
  if (!transaction.reach().covers(session.centre)) {
    throw Error(Code::denied, "role_not_allowed", "session",
                {{"permission", std::string("bookings.check_in")}});
  }
  const std::optional<Gate> gate = open_gate(transaction, request.gate, session.centre);
  Stored booking = book(transaction, wish_of(request)).booking;
  if (booking.row.status != BookingStatus::confirmed) {
    throw Error(Code::conflict, "pay_at_once", "payments");
  }
  std::vector<std::int64_t> numbers;
  for (PlaceRow& place : booking.places) {
    if (auto error = hindrance(transaction, {.place = place,
                                             .session = session,
                                             .at = transaction.now(),
                                             .gate = gate ? &*gate : nullptr})) {
      throw *error;
    }
    enter(transaction, place,
          {.at = transaction.now(),
           .how = CheckInBy::walk_in,
           .gate = request.gate,
           .account = transaction.principal().account});
    numbers.push_back(place.number);
  }
  store_attended(transaction, booking, numbers, request.gate, Change::attended);
  return view_of(transaction, booking);
}

static constexpr Refusal walk_in_checks[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::denied, "role_not_allowed", "trainers sell nothing; or the means are for others"},
    {Code::not_found, "gate_not_found", "the centre has no such gate"},
    {Code::conflict, "gate_archived", "the gate was put away"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "session_not_scheduled", "the session was cancelled or is over"},
    {Code::conflict, "session_started", "the session is over"},
    {Code::conflict, "booking_not_open_yet", "booking opens later"},
    {Code::conflict, "booking_closed", "the counter has closed for the session"},
    {Code::conflict, "pay_at_once", "it is not paid at once"},
    {Code::invalid, "email_malformed", "the guest's address is none"},
    {Code::not_found, "hold_not_found", "no such hold, or not the caller's"},
    {Code::expired, "hold_lapsed", "the hold is past its time"},
    {Code::conflict, "hold_for_other_session", "the hold is for another session"},
    {Code::conflict, "place_not_held", "more or other places than the hold has"},
    {Code::invalid, "seats_for_some_only", "seats are named for some places, not for all"},
    {Code::invalid, "choice_mixed", "seats, an area and the best are named together"},
    {Code::conflict, "session_has_no_seats", "seats are asked for where there are none"},
    {Code::not_found, "area_not_found", "the hall has no such area"},
    {Code::not_found, "seat_category_not_found", "the hall has no such category"},
    {Code::not_found, "seat_not_found", "there is no such seat"},
    {Code::invalid, "seat_ambiguous", "several seats have the label"},
    {Code::invalid, "seat_twice", "a seat is named twice"},
    {Code::conflict, "seat_taken", "somebody has the seat"},
    {Code::conflict, "single_seat_left", "a single seat would be left"},
    {Code::sold_out, "no_place_left", "not so many places are left"},
    {Code::invalid, "place_paid_twice", "a place names both a credit and a visit"},
    {Code::conflict, "attendee_too_young", "younger than the activity is for"},
    {Code::conflict, "attendee_too_old", "older than the activity is for"},
    {Code::conflict, "already_booked", "the attendee has a place in the session"},
    {Code::conflict, "overlaps_own", "the attendee is in another session at the time"},
    {Code::denied, "attendee_not_yours", "the attendee is not within reach"},
    {Code::denied, "client_barred", "somebody concerned may not book at the centre"},
    {Code::denied, "booking_locked", "the client did not come too often"},
    {Code::denied, "waiver_missing", "the centre asks for a waiver, which nobody signed"},
    {Code::denied, "group_only", "only members of the group attend"},
    {Code::denied, "client_only", "only the session's client attends"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::not_found, "credit_not_found", "the attendee has no such credit"},
    {Code::conflict, "credit_used", "the credit has paid for a place already"},
    {Code::expired, "credit_expired", "the credit ends before the session starts"},
    {Code::conflict, "credit_not_for_session", "the credit is not worth such a place"},
};
static constexpr Refusal walk_in_price[] = {
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "the ticket type is sold no more"},
    {Code::conflict, "ticket_type_not_for_seat", "the ticket type is not for the seat"},
    {Code::conflict, "ticket_type_not_for_age", "the ticket type is not for the attendee's age"},
    {Code::invalid, "ticket_type_needed", "there are prices by ticket type only"},
    {Code::conflict, "price_missing", "no price is set for a place"},
    {Code::invalid, "amount_overflow", "the sum is beyond what can be counted with"},
    {Code::invalid, "field_missing", "an external payment names no provider"},
    {Code::conflict, "owing_not_allowed", "the centre lets nobody owe, or nobody pays"},
    {Code::conflict, "too_early", "the doors are not open yet"},
    {Code::conflict, "wrong_gate", "the gate does not lead there"},
};
static constexpr auto walk_in_refusals =
    storage::joined(walk_in_checks, plans::visit_refusals, walk_in_price, money::amount_refusals,
                    money::tender_refusals, money::purse_refusals);

constinit const Operation WalkIn::operation = storage::define<WalkIn>({
    .number = 962,
    .name = "bookings.walk_in",
    .kind = OperationKind::write,
    .doc = "Sells places at the door and checks their visitors in, as one.",
    .rule = {.permission = "bookings.check_in"},
    .refusals = walk_in_refusals,
    .example = R"({"session": 1, "places": [{}, {}], "payments": [{"method": "card"}]})",
});

}  // namespace frontdesk::bookings
