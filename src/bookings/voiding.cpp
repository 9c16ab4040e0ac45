/// Tickets that no longer count: made anew, given to another, or of places that were cancelled or
/// moved (SPEC B10).
#include "access/relations.hpp"
#include "base/text.hpp"
#include "bookings/lists.hpp"
#include "bookings/making.hpp"
#include "bookings/tickets.hpp"
#include "people/rules.hpp"
#include "schedule/stored.hpp"
#include "storage/define.hpp"

namespace frontdesk::bookings {

constinit const storage::EventKind TicketsVoided::kind{"bookings.tickets_voided",
                                                       "Tickets no longer count.", "bookings.view"};

void void_tickets(Transaction& transaction, const Row& booking, SessionId session,
                  const std::vector<std::int64_t>& numbers, Voiding why) {
  for (std::int64_t number : numbers) {
    transaction.execute(
        "INSERT INTO revoked_tickets (booking, number, issue, session, centre, why, revoked_at,"
        " account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        booking.id, number, current_issue(transaction, booking.id, number), session, booking.centre,
        why, transaction.now(), transaction.principal().account);
  }
  auto event = told_of<TicketsVoided>(booking);
  event.session = session;
  event.places = numbers;
  event.why = why;
  transaction.emit(event);
}

namespace {

/// A booking of which a ticket is to be replaced, while that is of use.
struct Replaceable {
  Stored booking;
  schedule::Session session;
};

Replaceable replaceable(Transaction& transaction, BookingId id, std::int64_t place) {
  Stored booking = reachable_booking(transaction, id, "bookings.book");
  check_own_places(transaction, booking, {&place, 1}, "place");
  schedule::Session session = schedule::stored_session(transaction, booking.row.session);
  if (session.ends <= transaction.now()) throw Error(Code::conflict, "session_over", "booking");
  return {std::move(booking), std::move(session)};
}

void replace(Transaction& transaction, Stored& booking, const PlaceRow& place, Voiding why) {
  store(transaction, booking);
  note_change(transaction, booking.row,
              why == Voiding::reissued ? Change::ticket_reissued : Change::ticket_transferred,
              {place.number});
  void_tickets(transaction, booking.row, booking.row.session, {place.number}, why);
}

// --- to another attendee ---

/// The rules of SPEC B2 for whoever is to come in the place of another.
void check_new_attendee(Transaction& transaction, const Stored& booking, const PlaceRow& place,
                        const schedule::Session& session, ClientId attendee) {
  for (const PlaceRow& other : booking.places) {
    if (attendee && is_live(other.status) && other.attendee == attendee) {
      throw Error(Code::conflict, "already_booked", "attendee", {{"booking", other.booking.value}});
    }
  }
  Wish wish{.session = session.id, .places = {{.attendee = attendee}}};
  wish.is_standing = true;  // the place is booked already: it counts towards no limit anew
  const Standing standing{.is_staff = is_staff_for(transaction.reach(), session.centre),
                          .client = booking.row.client,
                          .payer = booking.row.payer,
                          .channel = booking.row.channel};
  try {
    check_attendees(transaction, wish, session, standing, booking.row.id);
  } catch (const Error& error) {
    if (error.field() != "places[0].attendee") throw;
    throw Error(error.code(), error.reason(), "attendee", error.details());
  }
  if (!attendee || !place.ticket_type) return;
  const auto age = people::age_at(transaction, attendee, session.starts, session.zone);
  if (age && !transaction.exists("SELECT 1 FROM ticket_types WHERE id = $1"
                                 " AND coalesce(min_age, 0) <= $2"
                                 " AND (max_age IS NULL OR max_age >= $2)",
                                 place.ticket_type, *age)) {
    throw Error(Code::conflict, "ticket_does_not_suit", "attendee", {{"age", *age}});
  }
}

void set_holder(Transaction& transaction, const PlaceRow& place,
                const std::optional<std::string>& name) {
  transaction.execute("DELETE FROM ticket_holders WHERE booking = $1 AND number = $2",
                      place.booking, place.number);
  if (!name) return;
  transaction.execute("INSERT INTO ticket_holders (booking, number, name) VALUES ($1, $2, $3)",
                      place.booking, place.number, *name);
}

std::optional<std::string> checked_name(const TransferTicket& request) {
  if (request.attendee.value != 0 && request.name) {
    throw Error(Code::invalid, "attendee_or_name", "name");
  }
  if (!request.name) return std::nullopt;
  std::string name = text::tidy(*request.name);
  if (name.empty()) {
    throw Error(Code::invalid, "field_missing", "name", {{"name", std::string("name")}});
  }
  return name;
}

}  // namespace

// --- anew ---

Ticket handle(Transaction& transaction, const ReissueTicket& request) {
  auto [booking, session] = replaceable(transaction, request.booking, request.place);
  const PlaceRow& place = ticketed_place(booking, request.place);
  replace(transaction, booking, place, Voiding::reissued);
  return ticket_of(transaction, booking, place);
}

static constexpr Refusal reissue_refusals[] = {
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
    {Code::denied, "place_not_yours", "the place is somebody else's"},
    {Code::conflict, "session_over", "the session is over"},
    {Code::not_found, "place_not_found", "the booking has no such place"},
    {Code::conflict, "already_in", "its visitor is in already"},
    {Code::conflict, "tickets_not_issued", "the place is not paid yet, or has ended"},
};

constinit const Operation ReissueTicket::operation = storage::define<ReissueTicket>({
    .number = 953,
    .name = "bookings.reissue_ticket",
    .kind = OperationKind::write,
    .doc = "Makes a new ticket for a place; the old one is void.",
    .rule = {.permission = "bookings.book"},
    .refusals = reissue_refusals,
    .example = R"({"booking": 1, "place": 1})",
});

// --- transfer ---

Ticket handle(Transaction& transaction, const TransferTicket& request) {
  const std::optional<std::string> name = checked_name(request);
  auto [booking, session] = replaceable(transaction, request.booking, request.place);
  PlaceRow& place = ticketed_place(booking, request.place);
  if (place.paid_by == PaidBy::credit || place.paid_by == PaidBy::visit) {
    throw Error(Code::conflict, "ticket_not_transferable", "place");
  }
  check_new_attendee(transaction, booking, place, session, request.attendee);
  place.attendee = request.attendee;
  transaction.execute(
      "UPDATE places SET attendee = $4 WHERE session = $1 AND booking = $2 AND number = $3",
      place.session, place.booking, place.number, place.attendee);
  set_holder(transaction, place, name);
  if (place.attendee) access::add_client_centre(transaction, place.attendee, session.centre);
  replace(transaction, booking, place, Voiding::transferred);
  return ticket_of(transaction, booking, place);
}

static constexpr Refusal transfer_refusals[] = {
    {Code::invalid, "attendee_or_name", "both a client and a name are given"},
    {Code::invalid, "field_missing", "the name is nothing but white space"},
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
    {Code::denied, "place_not_yours", "the place is somebody else's"},
    {Code::conflict, "session_over", "the session is over"},
    {Code::not_found, "place_not_found", "the booking has no such place"},
    {Code::conflict, "already_in", "its visitor is in already"},
    {Code::conflict, "tickets_not_issued", "the place is not paid yet, or has ended"},
    {Code::conflict, "ticket_not_transferable", "a subscription or credit of the attendee paid"},
    {Code::conflict, "already_booked", "the attendee has a place in the session"},
    {Code::conflict, "attendee_too_young", "younger than the activity is for"},
    {Code::conflict, "attendee_too_old", "older than the activity is for"},
    {Code::conflict, "overlaps_own", "the attendee is in another session at the time"},
    {Code::denied, "attendee_not_yours", "the attendee is not of the family, or not known"},
    {Code::denied, "client_barred", "somebody concerned may not book at the centre"},
    {Code::denied, "booking_locked", "the booker did not come too often"},
    {Code::denied, "waiver_missing", "the centre asks for a waiver, which nobody signed"},
    {Code::denied, "group_only", "only members of the group attend"},
    {Code::denied, "client_only", "only the session's client attends"},
    {Code::conflict, "ticket_does_not_suit", "the ticket is for another age"},
};

constinit const Operation TransferTicket::operation = storage::define<TransferTicket>({
    .number = 954,
    .name = "bookings.transfer_ticket",
    .kind = OperationKind::write,
    .doc = "Gives a place to another attendee; the old ticket is void.",
    .rule = {.permission = "bookings.book"},
    .refusals = transfer_refusals,
    .example = R"({"booking": 1, "place": 2, "name": "Ivan Koval"})",
});

// --- what gates fetch ---

Revocations handle(Transaction& transaction, const RevokedTickets& request) {
  Revocations revocations{.items = {}, .next = request.since};
  storage::Cursor rows = transaction.query(
      "SELECT id, session, booking, number, issue, why, revoked_at FROM revoked_tickets"
      " WHERE id > $1 AND centre = $2 AND ($3 IS NULL OR session = $3) ORDER BY id LIMIT $4",
      request.since, request.centre, request.session, request.limit);
  while (rows.next()) {
    const PlaceId place = place_id(BookingId{rows.integer(2)}, rows.integer(3));
    const std::int64_t issue = rows.integer(4);
    revocations.items.push_back(
        {.id = rows.integer(0),
         .session = SessionId{rows.integer(1)},
         .place = place,
         .issue = issue,
         .code_digest = code_digest(ticket_code(transaction, {place, issue})),
         .why = static_cast<Voiding>(rows.integer(5)),
         .revoked_at = rows.instant(6)});
    revocations.next = rows.integer(0);
  }
  return revocations;
}

static constexpr Refusal revoked_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
};

constinit const Operation RevokedTickets::operation = storage::define<RevokedTickets>({
    .number = 955,
    .name = "bookings.revoked_tickets",
    .kind = OperationKind::read,
    .doc = "Tickets of a centre that were voided since.",
    .rule = {.permission = "bookings.check_in", .subject = Subject::centre, .field = "centre"},
    .refusals = revoked_refusals,
    .example = R"({"centre": 1, "since": 12})",
});

// --- following bookings ---

namespace {

/// A cancelled session needs no list: no gate lets anybody in.
void on_cancelled(Transaction& transaction, const void* event) {
  const auto& cancelled = *static_cast<const BookingCancelled*>(event);
  if (transaction.exists("SELECT 1 FROM sessions WHERE id = $1 AND status = $2", cancelled.session,
                         schedule::SessionStatus::cancelled)) {
    return;
  }
  const Stored booking = stored_booking(transaction, cancelled.booking);
  void_tickets(transaction, booking.row, cancelled.session, cancelled.places, Voiding::cancelled);
}

void on_moved(Transaction& transaction, const void* event) {
  const auto& moved = *static_cast<const BookingMoved*>(event);
  const Stored booking = stored_booking(transaction, moved.booking);
  std::vector<std::int64_t> numbers;
  for (const PlaceRow& place : booking.places) {
    if (is_live(place.status)) numbers.push_back(place.number);
  }
  void_tickets(transaction, booking.row, moved.from, numbers, Voiding::moved);
}

}  // namespace

namespace lists {

constinit const storage::Reaction tickets_cancelled{"bookings.booking_cancelled", on_cancelled};
constinit const storage::Reaction tickets_moved{"bookings.booking_moved", on_moved};

}  // namespace lists
}  // namespace frontdesk::bookings
