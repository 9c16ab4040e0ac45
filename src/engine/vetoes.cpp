/// Where an area may refuse what one below it is about to do.
#include "bookings/lists.hpp"
#include "engine/lists.hpp"
#include "money/lists.hpp"
#include "plans/lists.hpp"
#include "pricing/lists.hpp"
#include "schedule/lists.hpp"
#include "seating/lists.hpp"

namespace frontdesk::engine {

std::span<const storage::Veto> vetoes() {
  static const storage::Veto list[] = {
      schedule::lists::keep_activity, schedule::lists::keep_room,
      schedule::lists::keep_centre,   money::lists::keep_currency_of_centre,
      seating::lists::keep_room_size, pricing::lists::keep_currency,
      plans::lists::keep_centre,      plans::lists::keep_currency,
      bookings::lists::keep_currency, bookings::lists::new_clients_only,
  };
  return list;
}

}  // namespace frontdesk::engine
