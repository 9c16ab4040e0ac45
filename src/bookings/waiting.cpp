/// Joining and leaving waiting lists, and what becomes of offers (SPEC B8).
#include "bookings/waiting.hpp"

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "bookings/choice_fields.hpp"
#include "money/refusals.hpp"
#include "plans/refusals.hpp"
#include "seating/claims.hpp"
#include "seating/holds.hpp"
#include "storage/attempt.hpp"
#include "storage/define.hpp"
#include "storage/referred.hpp"
#include "storage/refusals.hpp"

namespace frontdesk::bookings {

constinit const storage::EventKind WaitingJoined::kind{
    "bookings.waiting_joined", "Somebody joined a waiting list.", "bookings.view"};

std::vector<WaitingPlace> places_of(Transaction& transaction, WaitingEntryId entry) {
  auto places = storage::all<WaitingPlace>(
      transaction, "waiting_places WHERE entry = $1 ORDER BY number", entry);
  if (places.empty()) throw Error(Code::storage, "file_damaged");
  return places;
}

std::vector<std::int64_t> offered_places(Transaction& transaction, const EntryRow& row) {
  std::vector<std::int64_t> places;
  if (row.status != WaitingStatus::offered) return places;
  storage::Cursor rows = transaction.query(
      "SELECT place FROM claims WHERE session = $1 AND state = $2 AND owner = $3 ORDER BY place",
      row.session, seating::ClaimState::offered, row.id);
  while (rows.next()) places.push_back(rows.integer(0));
  return places;
}

Wish wish_of(const EntryRow& row, const std::vector<WaitingPlace>& places, std::size_t count) {
  Wish wish{.session = row.session,
            .seat_category = row.seat_category.value_or(""),
            .best = true,
            .client = row.client,
            .payer = row.payer,
            .channel = row.channel,
            .is_promised = true};
  for (std::size_t i = 0; i < count && i < places.size(); ++i) {
    wish.places.push_back({.attendee = places[i].attendee,
                           .ticket_type = places[i].ticket_type,
                           .by_visit = places[i].by_visit,
                           .subscription = places[i].subscription});
  }
  return wish;
}

WaitingEntry view_of(Transaction& transaction, const EntryRow& row) {
  WaitingEntry view{.id = row.id,
                    .session = row.session,
                    .centre = row.centre,
                    .client = row.client,
                    .payer = row.payer,
                    .channel = row.channel,
                    .places = places_of(transaction, row.id),
                    .seat_category = row.seat_category,
                    .intent = row.intent,
                    .fewer = row.fewer,
                    .priority = row.priority,
                    .status = row.status,
                    .offered = row.offered,
                    .booking = row.booking,
                    .joined_at = row.joined_at,
                    .ended_at = row.ended_at,
                    .reason = row.reason};
  if (row.status == WaitingStatus::offered) view.expires_at = row.expires_at;
  if (row.status != WaitingStatus::waiting) return view;
  const auto ahead = transaction.one_number(
      "SELECT count(*) FROM waiting_entries WHERE session = $1 AND status = 0"
      " AND (priority > $2 OR (priority = $2 AND id < $3))",
      row.session, row.priority, row.id);
  view.position = ahead.value_or(0) + 1;
  return view;
}

namespace {

/// The entry, if the caller reaches its centre, its client or who is to pay.
EntryRow reachable_entry(Transaction& transaction, WaitingEntryId id) {
  auto row = storage::find<EntryRow>(transaction, "waiting_entries WHERE id = $1", id);
  if (!row) storage::missing("waiting_entry", "entry");
  const storage::Reach& reach = transaction.reach();
  if (reach.covers(row->centre)) return std::move(*row);
  for (ClientId client : {row->client, row->payer}) {
    if (access::covers_person(transaction, reach, client)) return std::move(*row);
  }
  storage::missing("waiting_entry", "entry");
}

void check_in_line(const EntryRow& row) {
  if (is_open(row.status)) return;
  throw Error(Code::conflict, "waiting_over", "entry");
}

/// Refuses an entry without an offer, and one whose offer is over.
void check_offered(Transaction& transaction, const EntryRow& row) {
  const bool is_endless = row.status == WaitingStatus::offered && !row.expires_at;
  if (is_endless) throw Error(Code::storage, "file_damaged");
  const bool has_lapsed =
      row.status == WaitingStatus::lapsed ||
      (row.status == WaitingStatus::offered && *row.expires_at <= transaction.now());
  if (has_lapsed) throw Error(Code::expired, "offer_lapsed", "entry");
  if (row.status == WaitingStatus::offered) return;
  throw Error(Code::conflict, "nothing_offered", "entry");
}

/// What one could book now one need not wait for. The claim made to find out is undone.
void check_sold_out(Transaction& transaction, const schedule::Session& session,
                    const Standing& standing, const Wait& request) {
  const auto count = static_cast<std::int64_t>(request.places.size());
  const seating::Layout layout = seating::layout_of(transaction, session);
  if (layout.capacity && count > *layout.capacity && !request.fewer) {
    throw Error(Code::invalid, "places_over_capacity", "places", {{"capacity", *layout.capacity}});
  }
  const seating::Claim claim{.state = seating::ClaimState::offered,
                             .owner = -1,
                             .expires = transaction.now() + std::chrono::minutes{1}};
  seating::PlaceChoice choice{.count = count, .best = true};
  choice.category = request.seat_category.value_or("");
  const auto refused = storage::attempt(transaction, [&] {
    seating::take_places(transaction, session, choice, standing.channel, claim);
    throw Error(Code::conflict, "places_left", "session");
  });
  if (refused && refused->code() != Code::sold_out) throw by_own_fields(*refused, "places");
}

void check_priority(Transaction& transaction, CentreId centre, std::int64_t priority) {
  if (priority == 0) return;
  if (access::reach_of(transaction, "bookings.reserve").covers(centre)) return;
  throw Error(Code::denied, "role_not_allowed", "priority",
              {{"permission", std::string("bookings.reserve")}});
}

void check_not_in_line(Transaction& transaction, SessionId session, ClientId client) {
  const auto entry = transaction.one_number(
      "SELECT id FROM waiting_entries WHERE client = $1 AND session = $2 AND status < 2", client,
      session);
  if (!entry) return;
  throw Error(Code::conflict, "waiting_already", "session", {{"entry", *entry}});
}

EntryRow enter(Transaction& transaction, const schedule::Session& session, const Standing& standing,
               const Wait& request) {
  EntryRow row{.session = session.id,
               .centre = session.centre,
               .client = standing.client,
               .payer = standing.payer,
               .account = transaction.principal().account,
               .channel = standing.channel,
               .seat_category = request.seat_category,
               .intent = request.intent,
               .fewer = request.fewer,
               .priority = request.priority,
               .due_at = session.starts,
               .joined_at = transaction.now()};
  storage::insert(transaction, "waiting_entries", row);
  std::vector<WaitingPlace> places = request.places;
  secure_visits(transaction, row, places, session);
  for (std::size_t i = 0; i < places.size(); ++i) {
    transaction.execute(
        "INSERT INTO waiting_places (entry, number, attendee, ticket_type, by_visit, subscription)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        row.id, i + 1, places[i].attendee, places[i].ticket_type, places[i].by_visit,
        places[i].subscription);
  }
  return row;
}

}  // namespace

// --- join ---

WaitingEntry handle(Transaction& transaction, const Wait& request) {
  const schedule::Session session = bookable_session(transaction, request.session);
  Wish wish{.session = session.id,
            .client = request.client,
            .payer = request.payer,
            .channel = request.channel};
  for (const WaitingPlace& place : request.places) {
    wish.places.push_back({.attendee = place.attendee, .ticket_type = place.ticket_type});
  }
  const Standing standing = standing_of(transaction, wish, session);
  if (!standing.client) throw Error(Code::invalid, "client_needed", "client");
  check_window(transaction, session, standing);
  if (transaction.now() >= waiting_cut_off(transaction, session)) {
    throw Error(Code::conflict, "waiting_closed", "session");
  }
  check_sold_out(transaction, session, standing, request);
  check_not_in_line(transaction, session.id, standing.client);
  check_attendees(transaction, wish, session, standing);
  check_role(transaction, wish, session, standing);
  check_priority(transaction, session.centre, request.priority);
  const EntryRow row = enter(transaction, session, standing, request);
  transaction.emit(WaitingJoined{
      .entry = row.id, .session = row.session, .centre = row.centre, .client = row.client});
  if (row.fewer) serve(transaction, session.id);
  return view_of(transaction,
                 storage::referred<EntryRow>(transaction, "waiting_entries WHERE id = $1", row.id));
}

static constexpr Refusal wait_checks[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::invalid, "client_needed", "the caller is no client and names none"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "session_not_scheduled", "the session was cancelled or is over"},
    {Code::conflict, "session_started", "the session has started"},
    {Code::conflict, "booking_not_open_yet", "booking opens later"},
    {Code::conflict, "booking_closed", "booking has closed in this channel"},
    {Code::conflict, "waiting_closed", "nothing is offered any more so shortly before the start"},
    {Code::invalid, "places_over_capacity", "the session will never have so many places"},
    {Code::conflict, "session_has_no_seats", "a category is named where there are no seats"},
    {Code::not_found, "seat_category_not_found", "the hall has no such category"},
    {Code::conflict, "places_left", "there are so many places left; book them"},
    {Code::conflict, "waiting_already", "the client is in this waiting list"},
    {Code::conflict, "attendee_too_young", "younger than the activity is for"},
    {Code::conflict, "attendee_too_old", "older than the activity is for"},
    {Code::conflict, "already_booked", "the attendee has a place in the session"},
    {Code::conflict, "overlaps_own", "the attendee is in another session at the time"},
    {Code::denied, "attendee_not_yours", "the attendee is not of the family, or not known"},
    {Code::denied, "client_barred", "somebody concerned may not book at the centre"},
    {Code::denied, "booking_locked", "the client did not come too often"},
    {Code::denied, "waiver_missing", "the centre asks for a waiver, which nobody signed"},
    {Code::conflict, "places_over_limit", "more places than one client may book"},
    {Code::denied, "group_only", "only members of the group attend"},
    {Code::denied, "client_only", "only the session's client attends"},
    {Code::denied, "role_not_allowed", "the channel or the priority is for staff"},
};
static constexpr auto wait_refusals = storage::joined(wait_checks, plans::visit_refusals);

constinit const Operation Wait::operation = storage::define<Wait>({
    .number = 925,
    .name = "bookings.wait",
    .kind = OperationKind::write,
    .doc = "Joins the waiting list of a sold-out session.",
    .rule = {.permission = "bookings.book"},
    .refusals = wait_refusals,
    .example = R"({"session": 1, "places": [{"attendee": 1}], "intent": "automatic"})",
});

// --- accept ---

Booking handle(Transaction& transaction, const AcceptOffer& request) {
  EntryRow row = reachable_entry(transaction, request.entry);
  check_offered(transaction, row);
  const std::vector<std::int64_t> offered = offered_places(transaction, row);
  if (offered.empty()) throw Error(Code::expired, "offer_lapsed", "entry");
  Wish wish = wish_of(row, places_of(transaction, row.id), offered.size());
  wish.is_promised = false;
  wish.channel.reset();
  wish.offer = row.id;
  wish.offered = offered;
  wish.payments = request.payments;
  wish.owing = request.owing;
  release_visits(transaction, row, offered.size());
  const Made made = book(transaction, wish);
  book_entry(transaction, row, made.booking.row.id, false);
  return view_of(transaction, made.booking, made.layout, made.owed);
}

static constexpr Refusal accept_checks[] = {
    {Code::not_found, "waiting_entry_not_found", "no such entry, or not within reach"},
    {Code::expired, "offer_lapsed", "the offer is over"},
    {Code::conflict, "nothing_offered", "nothing is offered, or not any more"},
    {Code::not_found, "session_not_found", "the session is not for the caller any more"},
    {Code::not_found, "client_not_found", "who waits or pays is not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "session_not_scheduled", "the session was cancelled or is over"},
    {Code::conflict, "session_started", "the session has started"},
    {Code::conflict, "booking_not_open_yet", "booking opens later"},
    {Code::conflict, "booking_closed", "booking has closed in this channel"},
    {Code::conflict, "pay_at_once", "so shortly before the start it must be paid at once"},
    {Code::conflict, "attendee_too_young", "younger than the activity is for"},
    {Code::conflict, "attendee_too_old", "older than the activity is for"},
    {Code::conflict, "already_booked", "the attendee has a place in the session"},
    {Code::conflict, "overlaps_own", "the attendee is in another session at the time"},
    {Code::denied, "attendee_not_yours", "the attendee is not of the family any more"},
    {Code::denied, "client_barred", "somebody concerned may not book at the centre"},
    {Code::denied, "booking_locked", "the client did not come too often"},
    {Code::denied, "waiver_missing", "the centre asks for a waiver, which nobody signed"},
    {Code::conflict, "places_over_limit", "more places than one client may book"},
    {Code::denied, "group_only", "only members of the group attend"},
    {Code::denied, "client_only", "only the session's client attends"},
    {Code::denied, "role_not_allowed", "the means are for others"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
};
static constexpr Refusal accept_price[] = {
    {Code::not_found, "ticket_type_not_found", "the centre has no such ticket type"},
    {Code::conflict, "ticket_type_archived", "a ticket type is sold no more"},
    {Code::conflict, "ticket_type_not_for_seat", "a ticket type is not for the seat"},
    {Code::conflict, "ticket_type_not_for_age", "a ticket type is not for the attendee's age"},
    {Code::invalid, "ticket_type_needed", "there are prices by ticket type only"},
    {Code::conflict, "price_missing", "no price is set for a place"},
    {Code::invalid, "amount_overflow", "the sum is beyond what can be counted with"},
    {Code::invalid, "field_missing", "an external payment names no provider"},
    {Code::conflict, "owing_not_allowed", "the centre lets nobody owe"},
};
static constexpr auto accept_refusals =
    storage::joined(accept_checks, plans::visit_refusals, accept_price, money::amount_refusals,
                    money::tender_refusals, money::purse_refusals);

constinit const Operation AcceptOffer::operation = storage::define<AcceptOffer>({
    .number = 926,
    .name = "bookings.accept_offer",
    .kind = OperationKind::write,
    .doc = "Books the places that a waiting list offers.",
    .rule = {.permission = "bookings.book"},
    .refusals = accept_refusals,
    .example = R"({"entry": 1, "payments": [{"method": "balance"}]})",
});

// --- decline and leave ---

WaitingEntry handle(Transaction& transaction, const DeclineOffer& request) {
  EntryRow row = reachable_entry(transaction, request.entry);
  check_offered(transaction, row);
  end_entry(transaction, row, WaitingStatus::declined);
  return view_of(transaction, row);
}

static constexpr Refusal decline_refusals[] = {
    {Code::not_found, "waiting_entry_not_found", "no such entry, or not within reach"},
    {Code::expired, "offer_lapsed", "the offer is over"},
    {Code::conflict, "nothing_offered", "nothing is offered, or not any more"},
};

constinit const Operation DeclineOffer::operation = storage::define<DeclineOffer>({
    .number = 927,
    .name = "bookings.decline_offer",
    .kind = OperationKind::write,
    .doc = "Declines what a waiting list offers; the next in line gets it.",
    .rule = {.permission = "bookings.book"},
    .refusals = decline_refusals,
    .example = R"({"entry": 1})",
});

WaitingEntry handle(Transaction& transaction, const LeaveWaitingList& request) {
  EntryRow row = reachable_entry(transaction, request.entry);
  check_in_line(row);
  end_entry(transaction, row, WaitingStatus::left);
  return view_of(transaction, row);
}

static constexpr Refusal leave_refusals[] = {
    {Code::not_found, "waiting_entry_not_found", "no such entry, or not within reach"},
    {Code::conflict, "waiting_over", "they wait no longer"},
};

constinit const Operation LeaveWaitingList::operation = storage::define<LeaveWaitingList>({
    .number = 928,
    .name = "bookings.leave_waiting_list",
    .kind = OperationKind::write,
    .doc = "Leaves a waiting list.",
    .rule = {.permission = "bookings.book"},
    .refusals = leave_refusals,
    .example = R"({"entry": 1})",
});

// --- list ---

Page<WaitingEntry> handle(Transaction& transaction, const Waiting& request) {
  storage::List list("waiting_entries");
  access::narrow_to_reach(list, transaction, {.client = "client", .centre = "centre"});
  if (request.session) list.where("session = $", request.session);
  if (request.centre) list.where("centre = $", request.centre);
  if (request.client) list.where("client = $", request.client);
  if (request.status) {
    list.where("status = $", *request.status);
  } else if (!request.ended) {
    list.where("status < 2");
  }
  list.order({{"priority", true}, {"id"}});
  auto rows = list.page<EntryRow>(transaction, request.cursor, request.limit);
  Page<WaitingEntry> page;
  page.next = rows.next;
  for (const EntryRow& row : rows.items) page.items.push_back(view_of(transaction, row));
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Waiting::operation = storage::define<Waiting>({
    .number = 929,
    .name = "bookings.waiting",
    .kind = OperationKind::read,
    .doc = "Lists who waits, first in line first.",
    .rule = {.permission = "bookings.view"},
    .refusals = list_refusals,
    .example = R"({"session": 1})",
});

}  // namespace frontdesk::bookings
