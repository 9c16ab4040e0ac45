/// Quotes that stand with their hold.
#pragma once

#include "pricing/quotes.hpp"
#include "pricing/sheets.hpp"

namespace frontdesk::pricing {

/// Refuses ticket types that the centre does not sell, or that do not fit seat or attendee. Paths
/// are `places[i].ticket_type`.
void check_ticket_types(Transaction& transaction, const Sheet& sheet,
                        const schedule::Session& session, std::span<const Wanted> wanted);
/// Refuses a client that the caller may not book for: storage::missing.
void check_known(Transaction& transaction, ClientId client, const std::string& field);

}  // namespace frontdesk::pricing
