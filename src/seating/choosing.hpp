/// From a choice to places, for those who take, block and reserve them. Private to the area.
#pragma once

#include "seating/best.hpp"
#include "seating/holds.hpp"

namespace frontdesk::seating {

/// Refuses what is no choice, or none that the session's places allow: choice_empty, choice_mixed,
/// session_has_no_seats, area_not_found, seat_category_not_found.
void check_choice(const Layout& layout, const PlaceChoice& choice);
/// Places of the named seats: seat_twice, seat_ambiguous, seat_not_found.
std::vector<std::int64_t> named_places(const Map& map, const PlaceChoice& choice);

/// A session the caller may see, or storage::missing.
schedule::Session visible_session(Transaction& transaction, SessionId id);
/// A session of a centre that the operation's permission reaches, or storage::missing.
schedule::Session managed_session(Transaction& transaction, SessionId id);
/// Whether the caller is staff who may block places there.
bool is_staff_of(Transaction& transaction, CentreId centre);

/// How all places of a session with a map stand for a channel.
States states_of(Transaction& transaction, SessionId session, const Map& map, Channel channel);

/// Error{sold_out, "no_place_left"}.
[[noreturn]] void refuse_sold_out(std::int64_t asked, std::int64_t free);

}  // namespace frontdesk::seating
