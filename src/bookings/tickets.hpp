/// Tickets, for the handlers: which issue counts, and voiding it.
#pragma once

#include <frontdesk/bookings_tickets.hpp>

#include "bookings/bookings.hpp"
#include "bookings/ticket_codes.hpp"
#include "schedule/sessions.hpp"

namespace frontdesk::bookings {

/// The issue of a place that counts.
std::int64_t current_issue(Transaction& transaction, BookingId booking, std::int64_t number);
/// Whether an issue had been voided by that moment.
bool is_voided(Transaction& transaction, const TicketName& ticket, Instant at);
/// The session that a voided issue was for; none for one that counts.
SessionId session_of_voided(Transaction& transaction, const TicketName& ticket);
/// `7K2M9QX4-2`
std::string ticket_number(Transaction& transaction, PlaceId place);
/// Name of who got a ticket by transfer and is no client.
std::optional<std::string> holder_of(Transaction& transaction, PlaceId place);

Ticket ticket_of(Transaction& transaction, const Stored& booking, const PlaceRow& place);
/// The place of a booking whose ticket is to be replaced: not_found/place_not_found,
/// conflict/already_in, conflict/tickets_not_issued.
PlaceRow& ticketed_place(Stored& booking, std::int64_t number);

/// Voids the tickets of places for a session and tells the gates.
void void_tickets(Transaction& transaction, const Row& booking, SessionId session,
                  const std::vector<std::int64_t>& numbers, Voiding why);

}  // namespace frontdesk::bookings
