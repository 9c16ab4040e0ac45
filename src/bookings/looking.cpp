/// Bookings as they are seen: one, many, and how they came about (SPEC B16).
#include "access/relations.hpp"
#include "base/text.hpp"
#include "bookings/cancelling.hpp"
#include "bookings/paying.hpp"
#include "storage/define.hpp"
#include "storage/id_list.hpp"

namespace frontdesk::bookings {

Booking handle(Transaction& transaction, const Get& request) {
  BookingId id = request.booking;
  if (!id && request.reference) id = booking_of_reference(transaction, *request.reference);
  return view_of(transaction, reachable_booking(transaction, id, "bookings.view"));
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
};

constinit const Operation Get::operation = storage::define<Get>({
    .number = 904,
    .name = "bookings.get",
    .kind = OperationKind::read,
    .doc = "One booking, by its number or its reference.",
    .rule = {.permission = "bookings.view"},
    .refusals = get_refusals,
    .example = R"({"booking": 1})",
});

// --- guests ---

Stored guest_booking(Transaction& transaction, std::string_view reference, std::string_view email) {
  const BookingId id = booking_of_reference(transaction, reference);
  const auto address = text::normal_email(email);
  if (!id || !address ||
      !transaction.exists("SELECT 1 FROM bookings WHERE id = $1 AND guest_email = $2", id,
                          *address)) {
    storage::missing("booking", "reference");
  }
  return stored_booking(transaction, id);
}

Booking handle(Transaction& transaction, const GuestBooking& request) {
  return view_of(transaction, guest_booking(transaction, request.reference, request.email));
}

constinit const Operation GuestBooking::operation = storage::define<GuestBooking>({
    .number = 905,
    .name = "bookings.guest_booking",
    .kind = OperationKind::read,
    .doc = "The booking of a guest, for who knows its reference and address.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"reference": "7K2M9QX4", "email": "olena@example.org"})",
});

// --- lists ---

namespace {

/// Bookings the caller reaches: of their centres, or by the people in them.
void narrow_to_visible(storage::List& list, Transaction& transaction) {
  const storage::Reach& reach = transaction.reach();
  if (reach.any) return;
  const storage::Principal& caller = transaction.principal();
  std::vector<ClientId> reached;
  if (reach.own && caller.client) reached = access::family(transaction, caller.client);
  if (reach.assigned && caller.account) {
    for (ClientId client : access::assigned_clients(transaction, caller.account)) {
      reached.push_back(client);
    }
  }
  const std::string people = storage::id_list(reached);
  list.where(
      "centre IN (SELECT value FROM json_each($)) OR id IN"
      " (SELECT bookings.id FROM json_each($) JOIN bookings ON bookings.client = value"
      " UNION SELECT bookings.id FROM json_each($) JOIN bookings ON bookings.payer = value"
      " AND bookings.payer IS NOT bookings.client"
      " UNION SELECT places.booking FROM json_each($) JOIN places ON places.attendee = value"
      " AND places.status < 5)",
      storage::id_list(reach.centres), people, people, people);
}

}  // namespace

Page<Booking> handle(Transaction& transaction, const List& request) {
  storage::List list("bookings");
  narrow_to_visible(list, transaction);
  if (request.session) {
    list.where("id IN (SELECT places.booking FROM places WHERE places.session = $)",
               request.session);
  }
  if (request.centre) list.where("centre = $", request.centre);
  if (request.client) list.where("client = $", request.client);
  if (request.payer) {
    list.where(
        "id IN (SELECT bookings.id FROM bookings WHERE bookings.client = $"
        " AND bookings.payer = bookings.client UNION SELECT bookings.id FROM bookings"
        " WHERE bookings.payer = $ AND bookings.payer IS NOT bookings.client)",
        request.payer, request.payer);
  }
  if (request.attendee) {
    list.where(
        "id IN (SELECT places.booking FROM places WHERE places.attendee = $"
        " AND places.status < 5)",
        request.attendee);
  }
  if (request.seller) list.where("seller = $", request.seller);
  if (request.guest_email) {
    list.where("guest_email = $",
               text::normal_email(*request.guest_email).value_or(*request.guest_email));
  }
  if (request.external_ref) list.where("external_ref = $", *request.external_ref);
  if (request.order) {
    list.where("id IN (SELECT value FROM json_each($))",
               storage::id_list(bookings_of_order(transaction, request.order)));
  }
  if (request.status) list.where("status = $", *request.status);
  if (request.kind) list.where("kind = $", *request.kind);
  if (request.channel) list.where("channel = $", *request.channel);
  if (request.booked_from) list.where("created_at >= $", *request.booked_from);
  if (request.booked_to) list.where("created_at < $", *request.booked_to);
  list.order({{"id", true}});
  auto rows = list.page<Row>(transaction, request.cursor, request.limit);
  Page<Booking> page;
  page.next = rows.next;
  for (Row& row : rows.items) {
    Stored booking{std::move(row), {}};
    booking.places = places_of(transaction, booking.row.session, booking.row.id);
    page.items.push_back(view_of(transaction, booking));
  }
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation List::operation = storage::define<List>({
    .number = 906,
    .name = "bookings.list",
    .kind = OperationKind::read,
    .doc = "Lists bookings, newest first.",
    .rule = {.permission = "bookings.view"},
    .refusals = list_refusals,
    .example = R"({"session": 1, "status": "confirmed"})",
});

// --- history ---

Changes handle(Transaction& transaction, const History& request) {
  const Stored booking = reachable_booking(transaction, request.booking, "bookings.view");
  const Row& row = booking.row;
  Changes changes;
  changes.entries.push_back({.number = 1,
                             .change = Change::booked,
                             .at = row.created_at,
                             .account = row.account,
                             .status = row.booked_as,
                             .session = row.first_session ? row.first_session : row.session});
  for (HistoryEntry& entry : storage::all<HistoryEntry>(
           transaction, "booking_history WHERE booking = $1 ORDER BY number", row.id)) {
    changes.entries.push_back(std::move(entry));
  }
  return changes;
}

constinit const Operation History::operation = storage::define<History>({
    .number = 907,
    .name = "bookings.history",
    .kind = OperationKind::read,
    .doc = "How a booking came to be what it is.",
    .rule = {.permission = "bookings.view"},
    .refusals = get_refusals,
    .example = R"({"booking": 1})",
});

}  // namespace frontdesk::bookings
