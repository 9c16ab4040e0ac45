/// Rooms, for the areas above.
#pragma once

#include <frontdesk/catalog_rooms.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::catalog {

/// The room in whatever state, or storage::missing("room", field).
Room stored_room(storage::Transaction& transaction, RoomId id, std::string_view field = "room");
/// A room of the centre for something new: storage::missing where it is another centre's,
/// Error{conflict, "room_archived"} where it is out of use.
Room usable_room(storage::Transaction& transaction, RoomId id, CentreId centre,
                 std::string_view field = "room");

}  // namespace frontdesk::catalog
