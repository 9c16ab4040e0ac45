#include "seating/choosing.hpp"

#include "access/authorization.hpp"
#include "catalog/records.hpp"
#include "schedule/sessions.hpp"

#include <algorithm>
#include <unordered_set>

namespace frontdesk::seating {

void check_choice(const Layout& layout, const PlaceChoice& choice) {
  const bool picks_best = choice.best || choice.accessible || !choice.category.empty();
  if (choice.seats.empty() && choice.count == 0) {
    throw Error(Code::invalid, "choice_empty", "choice");
  }
  const auto named = static_cast<std::int64_t>(choice.seats.size());
  const bool is_mixed = (named > 0 && (picks_best || !choice.area.empty() ||
                                       (choice.count != 0 && choice.count != named))) ||
                        (!choice.area.empty() && picks_best);
  if (is_mixed) throw Error(Code::invalid, "choice_mixed", "choice");
  if (!layout.map) {
    if (named > 0 || !choice.area.empty() || choice.accessible || !choice.category.empty()) {
      throw Error(Code::conflict, "session_has_no_seats", "choice");
    }
    return;
  }
  if (!choice.area.empty() && layout.map->area(choice.area) == nullptr) {
    throw Error(Code::not_found, "area_not_found", "choice.area", {{"area", choice.area}});
  }
  if (!choice.category.empty() && layout.map->category_index(choice.category) == Map::none) {
    throw Error(Code::not_found, "seat_category_not_found", "choice.category",
                {{"category", choice.category}});
  }
}

std::vector<std::int64_t> named_places(const Map& map, const PlaceChoice& choice) {
  std::vector<std::int64_t> places;
  std::unordered_set<std::size_t> seen;
  places.reserve(choice.seats.size());
  for (std::size_t i = 0; i < choice.seats.size(); ++i) {
    const std::string path = "choice.seats[" + std::to_string(i) + "]";
    const std::size_t seat = map.find(choice.seats[i]);
    if (seat == Map::none) {
      throw Error(Code::not_found, "seat_not_found", path, {{"seat", choice.seats[i]}});
    }
    if (seat == Map::ambiguous) {
      throw Error(Code::invalid, "seat_ambiguous", path, {{"seat", choice.seats[i]}});
    }
    if (!seen.insert(seat).second) {
      throw Error(Code::invalid, "seat_twice", path, {{"seat", choice.seats[i]}});
    }
    places.push_back(static_cast<std::int64_t>(seat) + 1);
  }
  return places;
}

schedule::Session visible_session(Transaction& transaction, SessionId id) {
  auto session = storage::find<schedule::Session>(transaction, "sessions WHERE id = $1", id);
  if (!session || !schedule::is_visible(transaction, *session)) {
    storage::missing("session", "session");
  }
  return std::move(*session);
}

schedule::Session managed_session(Transaction& transaction, SessionId id) {
  auto session = storage::find<schedule::Session>(transaction, "sessions WHERE id = $1", id);
  if (!session || !transaction.reach().covers(session->centre)) {
    storage::missing("session", "session");
  }
  if (session->status == schedule::SessionStatus::cancelled) {
    throw Error(Code::conflict, "session_cancelled", "session");
  }
  if (session->status == schedule::SessionStatus::completed) {
    throw Error(Code::conflict, "session_completed", "session");
  }
  return std::move(*session);
}

bool is_staff_of(Transaction& transaction, CentreId centre) {
  return access::reach_of(transaction, "seating.block").covers(centre);
}

States states_of(Transaction& transaction, SessionId session, const Map& map, Channel channel) {
  States states(static_cast<std::size_t>(map.places()));
  read_states(transaction, session, {}, channel, states);
  return states;
}

void refuse_sold_out(std::int64_t asked, std::int64_t free) {
  throw Error(Code::sold_out, "no_place_left", {}, {{"asked", asked}, {"free", free}});
}

}  // namespace frontdesk::seating
