/// What is free in a session (SPEC B3, H3), and the best of it (SPEC H5).
#include "access/authorization.hpp"
#include "seating/choosing.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::seating {
namespace {

constexpr auto free_state = static_cast<unsigned char>(PlaceState::free);

/// No part has more left than the session.
void cap(std::vector<PlaceCount>& counts, std::int64_t free) {
  for (PlaceCount& count : counts) count.free = std::min(count.free, free);
}

/// By category and by area, in one walk over the hall.
void count_parts(const Map& map, const States& states, SessionPlaces& places) {
  for (const std::string& code : map.categories) places.categories.push_back({code, 0, 0});
  for (std::size_t seat = 0; seat < map.seats.size(); ++seat) {
    PlaceCount& count = places.categories[map.category[seat]];
    ++count.places;
    if (states[seat] == free_state) ++count.free;
  }
  for (std::size_t i = 0; i < map.areas.size(); ++i) {
    const AreaInfo& area = map.areas[i];
    PlaceCount count{area.name, area.places, 0};
    const auto first = states.begin() + area.first_place - 1;
    count.free = std::count(first, first + area.places, free_state);
    PlaceCount& category = places.categories[map.area_category[i]];
    category.places += count.places;
    category.free += count.free;
    places.areas.push_back(std::move(count));
  }
  cap(places.categories, *places.free);
  cap(places.areas, *places.free);
}

void list_seats(const Map& map, const States& states, SessionPlaces& places) {
  places.seats.reserve(map.seats.size());
  for (std::size_t i = 0; i < map.seats.size(); ++i) {
    const SeatInfo& seat = map.seats[i];
    SeatStatus& status = places.seats.emplace_back();
    status.place = seat.place;
    status.label = seat.label;
    status.category = seat.category;
    status.state = static_cast<PlaceState>(states[i]);
  }
}

/// Who has each seat, for staff.
void tell_owners(Transaction& transaction, const schedule::Session& session,
                 SessionPlaces& places) {
  for (const ClaimedPlace& claimed : claims_of(transaction, session.id)) {
    const auto index = static_cast<std::size_t>(claimed.place - 1);
    if (index >= places.seats.size()) continue;
    SeatStatus& seat = places.seats[index];
    if (claimed.claim.state == ClaimState::held) seat.hold = HoldId{claimed.claim.owner};
    if (claimed.claim.state == ClaimState::booked) seat.booking = BookingId{claimed.claim.owner};
    if (!claimed.note.empty()) seat.note = claimed.note;
  }
}

}  // namespace

// --- availability ---

SessionPlaces handle(Transaction& transaction, const Availability& request) {
  const schedule::Session session = visible_session(transaction, request.session);
  const Layout layout = layout_of(transaction, session);
  SessionPlaces places{
      .session = session.id, .map = layout.id, .capacity = layout.capacity, .taken = 0};
  places.taken = taken_of_capacity(transaction, session.id, layout, request.channel);
  if (places.capacity) places.free = std::max<std::int64_t>(0, *places.capacity - places.taken);
  if (layout.map) {
    const States states = states_of(transaction, session.id, *layout.map, request.channel);
    count_parts(*layout.map, states, places);
    if (request.seats) {
      list_seats(*layout.map, states, places);
      if (is_staff_of(transaction, session.centre)) tell_owners(transaction, session, places);
    }
  }
  return places;
}

static constexpr Refusal availability_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
};

constinit const Operation Availability::operation = storage::define<Availability>({
    .number = 611,
    .name = "seating.availability",
    .kind = OperationKind::read,
    .doc = "What is left in a session, seat by seat where that is asked.",
    .rule = {.audience = Audience::everyone},
    .refusals = availability_refusals,
    .example = R"({"session": 1, "seats": true})",
});

// --- best available ---

BestPlaces handle(Transaction& transaction, const BestAvailable& request) {
  const schedule::Session session = visible_session(transaction, request.session);
  const Layout layout = layout_of(transaction, session);
  if (!layout.map) throw Error(Code::conflict, "session_has_no_seats", "session");
  Wish wish{.count = request.count, .category = Map::none, .accessible = request.accessible};
  if (!request.category.empty()) {
    wish.category = layout.map->category_index(request.category);
    if (wish.category == Map::none) {
      throw Error(Code::not_found, "seat_category_not_found", "category",
                  {{"category", request.category}});
    }
  }
  const States states = states_of(transaction, session.id, *layout.map, request.channel);
  const std::int64_t left = std::max<std::int64_t>(
      0, *layout.capacity - taken_of_capacity(transaction, session.id, layout, request.channel));
  Pick pick;
  if (left >= request.count) pick = best_places(*layout.map, states, wish);
  if (pick.places.empty()) {
    refuse_sold_out(request.count, std::min(left, count_fitting(*layout.map, states, wish)));
  }
  return {.places = place_infos(layout, pick.places), .fit = pick.fit};
}

static constexpr Refusal best_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "session_has_no_seats", "the session has no seats to choose from"},
    {Code::not_found, "seat_category_not_found", "the hall has no such category"},
    {Code::sold_out, "no_place_left", "not so many such places are left"},
};

constinit const Operation BestAvailable::operation = storage::define<BestAvailable>({
    .number = 612,
    .name = "seating.best_available",
    .kind = OperationKind::read,
    .doc = "The best places for a group, without taking them.",
    .rule = {.audience = Audience::everyone},
    .refusals = best_refusals,
    .example = R"({"session": 1, "count": 4})",
});

}  // namespace frontdesk::seating
