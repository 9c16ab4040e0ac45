/// Tickets as they are asked for (SPEC B10).
#include "bookings/tickets.hpp"

#include "bookings/cancelling.hpp"
#include "schedule/stored.hpp"
#include "seating/maps.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

bool has_ticket(const PlaceRow& place) {
  return place.status == BookingStatus::confirmed || place.status == BookingStatus::attended;
}

[[noreturn]] void refuse_unconfirmed(BookingStatus status) {
  throw Error(Code::conflict, "tickets_not_issued", "booking",
              {{"status", std::string(name_of(status))}});
}

/// Makes tickets of one booking.
class Issuing {
 public:
  Issuing(Transaction& transaction, const Stored& booking)
      : transaction_(transaction),
        booking_(booking),
        keys_(ticket_keys(transaction)),
        layout_(seating::layout_of(transaction,
                                   schedule::stored_session(transaction, booking.row.session))) {}

  Ticket ticket(const PlaceRow& place) {
    const PlaceId id = place_id(place.booking, place.number);
    Ticket ticket{.place = id,
                  .booking = place.booking,
                  .number = ticket_number(transaction_, id),
                  .session = place.session,
                  .centre = booking_.row.centre,
                  .starts = place.starts,
                  .ticket_type = place.ticket_type,
                  .attendee = place.attendee,
                  .holder = holder_of(transaction_, id),
                  .issue = current_issue(transaction_, place.booking, place.number)};
    if (layout_.map && place.place > 0) {
      ticket.seat = seating::label_of(layout_, place.place);
      ticket.seat_category = std::string(seating::category_of(layout_, place.place));
    }
    ticket.code = ticket_code(transaction_, {id, ticket.issue});
    ticket.text = ticket_text(keys_, {.centre = ticket.centre,
                                      .session = ticket.session,
                                      .starts = ticket.starts,
                                      .place = id,
                                      .issue = ticket.issue,
                                      .seat = printed_seat(place),
                                      .code = ticket.code});
    return ticket;
  }

  IssuedTickets all() {
    std::vector<std::int64_t> numbers;
    for (const PlaceRow& place : booking_.places) numbers.push_back(place.number);
    return of(numbers);
  }
  IssuedTickets of(const std::vector<std::int64_t>& numbers) {
    IssuedTickets issued;
    for (const PlaceRow& place : booking_.places) {
      const bool is_asked =
          std::find(numbers.begin(), numbers.end(), place.number) != numbers.end();
      if (is_asked && has_ticket(place)) issued.tickets.push_back(ticket(place));
    }
    if (issued.tickets.empty()) refuse_unconfirmed(booking_.row.status);
    return issued;
  }

 private:
  /// As it fits into the text: of the section what there is room for, row and number whole.
  std::optional<std::string> printed_seat(const PlaceRow& place) const {
    if (!layout_.map || place.place < 1) return std::nullopt;
    const std::string label = seating::label_of(layout_, place.place);
    const auto& seats = layout_.map->seats;
    const auto index = static_cast<std::size_t>(place.place - 1);
    return fitting_label(label, index < seats.size() ? seats[index].section.size() : 0);
  }

  Transaction& transaction_;
  const Stored& booking_;
  const crypto::KeyPair keys_;
  const seating::Layout layout_;
};

}  // namespace

std::int64_t current_issue(Transaction& transaction, BookingId booking, std::int64_t number) {
  return transaction
             .one_number("SELECT count(*) FROM revoked_tickets WHERE booking = $1 AND number = $2",
                         booking, number)
             .value_or(0) +
         1;
}

bool is_voided(Transaction& transaction, const TicketName& ticket, Instant at) {
  return transaction.exists(
      "SELECT 1 FROM revoked_tickets WHERE booking = $1 AND number = $2 AND issue = $3"
      " AND revoked_at <= $4",
      booking_of(ticket.place), number_of(ticket.place), ticket.issue, at);
}

SessionId session_of_voided(Transaction& transaction, const TicketName& ticket) {
  return SessionId{
      transaction
          .one_number("SELECT session FROM revoked_tickets WHERE booking = $1 AND number = $2"
                      " AND issue = $3",
                      booking_of(ticket.place), number_of(ticket.place), ticket.issue)
          .value_or(0)};
}

std::string ticket_number(Transaction& transaction, PlaceId place) {
  return reference_of(transaction, booking_of(place)) + "-" + std::to_string(number_of(place));
}

std::optional<std::string> holder_of(Transaction& transaction, PlaceId place) {
  storage::Cursor row =
      transaction.query("SELECT name FROM ticket_holders WHERE booking = $1 AND number = $2",
                        booking_of(place), number_of(place));
  if (!row.next()) return std::nullopt;
  return std::string(row.text(0));
}

Ticket ticket_of(Transaction& transaction, const Stored& booking, const PlaceRow& place) {
  return Issuing(transaction, booking).ticket(place);
}

PlaceRow& ticketed_place(Stored& booking, std::int64_t number) {
  for (PlaceRow& place : booking.places) {
    if (place.number != number) continue;
    if (place.status == BookingStatus::attended) {
      throw Error(Code::conflict, "already_in", "place", {{"place", number}});
    }
    if (!has_ticket(place)) refuse_unconfirmed(place.status);
    return place;
  }
  throw Error(Code::not_found, "place_not_found", "place", {{"place", number}});
}

// --- asking ---

IssuedTickets handle(Transaction& transaction, const Tickets& request) {
  BookingId id = request.booking;
  if (!id && request.reference) id = booking_of_reference(transaction, *request.reference);
  const Stored booking = reachable_booking(transaction, id, "bookings.view");
  return Issuing(transaction, booking).of(own_places(transaction, booking, "bookings.view"));
}

static constexpr Refusal tickets_refusals[] = {
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
    {Code::conflict, "tickets_not_issued", "it is not paid yet, or has ended"},
};

constinit const Operation Tickets::operation = storage::define<Tickets>({
    .number = 950,
    .name = "bookings.tickets",
    .kind = OperationKind::read,
    .doc = "The tickets of a booking that is confirmed.",
    .rule = {.permission = "bookings.view"},
    .refusals = tickets_refusals,
    .example = R"({"booking": 1})",
});

IssuedTickets handle(Transaction& transaction, const GuestTickets& request) {
  return Issuing(transaction, guest_booking(transaction, request.reference, request.email)).all();
}

static constexpr Refusal guest_refusals[] = {
    {Code::not_found, "booking_not_found", "no such reference, or another address"},
    {Code::conflict, "tickets_not_issued", "it is not paid yet, or has ended"},
};

constinit const Operation GuestTickets::operation = storage::define<GuestTickets>({
    .number = 951,
    .name = "bookings.guest_tickets",
    .kind = OperationKind::read,
    .doc = "The tickets of a guest, for who knows reference and address of the booking.",
    .rule = {.audience = Audience::everyone},
    .refusals = guest_refusals,
    .example = R"({"reference": "7K2M9QX4", "email": "olena@example.org"})",
});

TicketKeys handle(Transaction& transaction, const TicketKey&) {
  const crypto::KeyPair keys = ticket_keys(transaction);
  return {
      .keys = {{.id = ticket_key_id(keys.public_key), .key = crypto::base64url(keys.public_key)}}};
}

constinit const Operation TicketKey::operation = storage::define<TicketKey>({
    .number = 952,
    .name = "bookings.ticket_key",
    .kind = OperationKind::read,
    .doc = "The public key that proves tickets without the file.",
    .rule = {.audience = Audience::everyone},
});

VerifiedTicket handle(Transaction& transaction, const VerifyTicket& request) {
  return read_ticket(ticket_keys(transaction).public_key, request.ticket);
}

static constexpr Refusal verify_refusals[] = {
    {Code::invalid, "ticket_malformed", "the text is not one of a ticket"},
    {Code::invalid, "ticket_key_other", "the ticket is signed with another key"},
    {Code::invalid, "ticket_signature_invalid", "the ticket is not as it was signed"},
};

constinit const Operation VerifyTicket::operation = storage::define<VerifyTicket>({
    .number = 956,
    .name = "bookings.verify_ticket",
    .kind = OperationKind::read,
    .doc = "Reads a ticket by this file's own key.",
    .rule = {.audience = Audience::everyone},
    .refusals = verify_refusals,
    .example = R"({"ticket": "FD1.MFRGGZDFMZTWQ2LK"})",
});

}  // namespace frontdesk::bookings
