/// Ticket types, for the areas above.
#pragma once

#include <frontdesk/catalog_rooms.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::catalog {

/// A ticket type that the centre may sell: storage::missing where it is another centre's,
/// Error{conflict, "ticket_type_archived"} where it is sold no more.
TicketType usable_ticket_type(storage::Transaction& transaction, TicketTypeId id, CentreId centre,
                              std::string_view field = "ticket_type");
/// The code of a seat category, case folded; Error{invalid, "seat_category_malformed"}.
std::string seat_category_code(std::string_view text, std::string_view field);

}  // namespace frontdesk::catalog
