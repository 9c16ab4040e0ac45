/// The map that a session has: taken when it is entered, kept, and exchanged by hand (SPEC H2).
#include <frontdesk/schedule_sessions.hpp>

#include "schedule/stored.hpp"
#include "seating/choosing.hpp"
#include "seating/hold_rows.hpp"
#include "seating/lists.hpp"
#include "storage/define.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace frontdesk::seating {

constinit const storage::EventKind PlacesRemapped::kind{
    "seating.places_remapped", "A session got another seat map.", "seating.block"};

namespace {

// --- taking the room's map ---

/// The newest version of the map that the room has now, if any.
void take_map_of_room(Transaction& transaction, SessionId session, RoomId room) {
  transaction.execute(
      "INSERT INTO session_maps (session, map, room)"
      " SELECT $1, seat_maps.id, room_maps.room FROM room_maps"
      " JOIN seat_maps ON seat_maps.first = room_maps.map AND seat_maps.newest = 1"
      " WHERE room_maps.room = $2",
      session, room);
}

void react_to_scheduled(Transaction& transaction, const void* event) {
  const auto& scheduled = *static_cast<const schedule::SessionScheduled*>(event);
  auto room = transaction.one_number("SELECT room FROM sessions WHERE id = $1", scheduled.session);
  if (room) take_map_of_room(transaction, scheduled.session, RoomId{*room});
}

/// Places that are merely offered do not count: who offered them takes them back (SPEC B8).
std::int64_t count_kept(Transaction& transaction, SessionId session) {
  return places_needed(transaction, session) -
         transaction
             .one_number(
                 "SELECT count(*) FROM claims WHERE session = $1 AND state = $2 AND expires > $3",
                 session, ClaimState::offered, transaction.now())
             .value_or(0);
}

void check_capacity(Transaction& transaction, const schedule::Session& session,
                    std::string_view field) {
  if (!session.capacity) return;
  const std::int64_t taken = count_kept(transaction, session.id);
  if (taken <= *session.capacity) return;
  throw Error(Code::conflict, "capacity_below_taken", field,
              {{"taken", taken}, {"capacity", *session.capacity}});
}

/// Whoever came without a seat keeps a mere number, but the room's seats are all that there are.
void keep_within_room(Transaction& transaction, schedule::Session& session) {
  const auto places = transaction.one_number(
      "SELECT seat_maps.places FROM room_maps"
      " JOIN seat_maps ON seat_maps.first = room_maps.map AND seat_maps.newest = 1"
      " WHERE room_maps.room = $1",
      session.room);
  if (!places || session.capacity.value_or(*places + 1) <= *places) return;
  session.capacity = places;
  check_capacity(transaction, session, "room");
  transaction.execute("UPDATE sessions SET capacity = $2 WHERE id = $1", session.id, *places);
}

void react_to_changed(Transaction& transaction, const void* event) {
  const auto& changed = *static_cast<const schedule::SessionChanged*>(event);
  schedule::Session session = schedule::stored_session(transaction, changed.session);
  if (session.status != schedule::SessionStatus::scheduled) return;
  check_capacity(transaction, session, changed.moved ? "room" : "capacity");
  if (!changed.moved) return;
  const auto room =
      transaction.one_number("SELECT room FROM session_maps WHERE session = $1", session.id);
  if (room == session.room.value || (!room && !session.room)) return;
  if (count_taken(transaction, session.id) > 0) {  // whoever has a place keeps it
    if (!room) keep_within_room(transaction, session);
    return;
  }
  transaction.execute("DELETE FROM session_maps WHERE session = $1", session.id);
  transaction.execute("DELETE FROM claims WHERE session = $1", session.id);
  if (session.room) take_map_of_room(transaction, session.id, session.room);
}

void check_room_size(Transaction& transaction, std::int64_t room) {
  storage::Cursor row = transaction.query(
      "SELECT rooms.capacity, seat_maps.places FROM rooms"
      " JOIN room_maps ON room_maps.room = rooms.id"
      " JOIN seat_maps ON seat_maps.first = room_maps.map AND seat_maps.newest = 1"
      " WHERE rooms.id = $1 AND seat_maps.places > rooms.capacity",
      room);
  if (!row.next()) return;
  throw Error(Code::conflict, "map_over_room", "capacity",
              {{"room", room}, {"capacity", row.integer(0)}, {"places", row.integer(1)}});
}

// --- exchanging it ---

/// Moves all claims of a session from one layout to another: by label and category, in areas by
/// the area's name and category.
class Swap {
 public:
  Swap(Transaction& transaction, const schedule::Session& session, const Layout& from,
       const Layout& to)
      : transaction_(transaction), session_(session), from_(from), to_(to) {
    for (const AreaInfo& area : to.map->areas) next_in_area_[area.name] = area.first_place;
  }

  MapSwapped run() {
    MapSwapped swapped{.session = session_.id, .map = to_.id};
    const std::vector<ClaimedPlace> claims = claims_of(transaction_, session_.id);
    for (const ClaimedPlace* claimed : by_right(claims)) {
      PlaceMove move = move_of(*claimed);
      if (move.to == 0 && is_blocked(*claimed)) continue;  // what nobody could use is gone
      (move.to == 0 ? swapped.unplaced : swapped.moved).push_back(std::move(move));
    }
    by_place(swapped.moved);
    by_place(swapped.unplaced);
    transaction_.execute("DELETE FROM claims WHERE session = $1", session_.id);
    for (const ClaimedPlace& claimed : claims) put(claimed);
    move_holds();
    return swapped;
  }

 private:
  static bool is_blocked(const ClaimedPlace& claimed) {
    return claimed.claim.state == ClaimState::blocked;
  }

  /// Where an area has fewer places now, people come before what is reserved and blocked.
  static std::vector<const ClaimedPlace*> by_right(const std::vector<ClaimedPlace>& claims) {
    static constexpr int ranks[] = {1, 0, 2, 4, 3};  // of held, booked, offered, blocked, reserved
    auto rank = [](const ClaimedPlace* one) { return ranks[static_cast<int>(one->claim.state)]; };
    std::vector<const ClaimedPlace*> sorted;
    for (const ClaimedPlace& claimed : claims) sorted.push_back(&claimed);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const auto* a, const auto* b) { return rank(a) < rank(b); });
    return sorted;
  }

  static void by_place(std::vector<PlaceMove>& moves) {
    std::sort(moves.begin(), moves.end(),
              [](const PlaceMove& a, const PlaceMove& b) { return a.from < b.from; });
  }

  PlaceMove move_of(const ClaimedPlace& claimed) {
    PlaceMove move{.from = claimed.place,
                   .to = new_place(claimed.place, is_blocked(claimed)),
                   .label = label_of(from_, claimed.place)};
    const Claim& claim = claimed.claim;
    if (claim.state == ClaimState::held) move.hold = HoldId{claim.owner};
    if (claim.state == ClaimState::booked) move.booking = BookingId{claim.owner};
    if (claim.state == ClaimState::offered) move.waiting_entry = WaitingEntryId{claim.owner};
    places_[claimed.place] = move.to;
    return move;
  }

  /// 0 where there is none. A seat that is out of use is so in whatever category.
  std::int64_t new_place(std::int64_t place, bool in_any_category) {
    if (!from_.map) return 0;
    if (const AreaInfo* area = from_.map->area_of(place)) {
      return place_in_area(*area, in_any_category);
    }
    const SeatInfo& seat = from_.map->seats[static_cast<std::size_t>(place - 1)];
    auto found = to_.map->labels.find(seat.label);
    if (found == to_.map->labels.end()) return 0;
    const SeatInfo& same = to_.map->seats[found->second];
    return in_any_category || same.category == seat.category ? same.place : 0;
  }

  std::int64_t place_in_area(const AreaInfo& area, bool in_any_category) {
    const AreaInfo* same = to_.map->area(area.name);
    if (same == nullptr || (!in_any_category && same->category != area.category)) return 0;
    std::int64_t& next = next_in_area_[area.name];
    return next <= *range_of(*same).last ? next++ : 0;
  }

  void put(const ClaimedPlace& claimed) {
    const std::int64_t place = places_[claimed.place];
    if (place == 0) return;
    Claim claim = claimed.claim;
    claim.note = claimed.note;
    if (claimed.set_aside) {
      const Claim reserved{.state = ClaimState::reserved,
                           .owner = static_cast<std::int64_t>(*claimed.set_aside),
                           .expires = {},
                           .note = {}};
      take(transaction_, session_.id, place, reserved);
      if (claim.state != ClaimState::reserved) {
        hand_over(transaction_, session_.id, place, reserved, claim);
      }
      return;
    }
    take(transaction_, session_.id, place, claim);
  }

  void move_holds() {
    std::vector<HoldRow> holds;
    {
      storage::Cursor rows =
          transaction_.query(std::string(hold_columns) + "WHERE session = $1 AND expires_at > $2",
                             session_.id, transaction_.now());
      while (rows.next()) holds.push_back(read_hold(rows));
    }
    for (HoldRow& hold : holds) {
      std::vector<std::int64_t> places;
      for (std::int64_t place : hold.places) {
        if (places_[place] != 0) places.push_back(places_[place]);
      }
      if (places.empty()) {
        transaction_.execute("DELETE FROM holds WHERE id = $1", hold.id);
      } else {
        transaction_.execute("UPDATE holds SET places = $2, place_count = $3 WHERE id = $1",
                             hold.id, write_places(places), places.size());
      }
    }
    // Lapsed ones have no claims any more.
    transaction_.execute("DELETE FROM holds WHERE session = $1 AND expires_at <= $2", session_.id,
                         transaction_.now());
  }

  Transaction& transaction_;
  const schedule::Session& session_;
  const Layout& from_;
  const Layout& to_;
  std::map<std::string, std::int64_t> next_in_area_{};
  std::map<std::int64_t, std::int64_t> places_{};
};

void refuse_unplaced(const MapSwapped& swapped) {
  std::vector<std::string> labels;
  std::set<std::int64_t> bookings;
  for (const PlaceMove& move : swapped.unplaced) {
    labels.push_back(move.label);
    if (move.booking) bookings.insert(move.booking.value);
  }
  throw Error(Code::conflict, "places_would_be_lost", "map",
              {{"labels", std::move(labels)},
               {"bookings", std::vector<std::int64_t>(bookings.begin(), bookings.end())}});
}

Layout new_layout(Transaction& transaction, const schedule::Session& session, SeatMapId id) {
  auto centre = transaction.one_number("SELECT centre FROM seat_maps WHERE id = $1", id);
  if (centre != session.centre.value) storage::missing("seat_map", "map");
  Layout layout{.id = id, .map = map_of(transaction, id), .capacity = {}};
  const std::int64_t places = layout.map->places();
  layout.capacity = std::min(session.capacity.value_or(places), places);
  return layout;
}

}  // namespace

MapSwapped handle(Transaction& transaction, const SwapMap& request) {
  const schedule::Session session = managed_session(transaction, request.session);
  const Layout from = layout_of(transaction, session);
  const Layout to = new_layout(transaction, session, request.map);
  MapSwapped swapped = Swap(transaction, session, from, to).run();
  if (!swapped.unplaced.empty() && !request.despite_unplaced) refuse_unplaced(swapped);
  transaction.execute(
      "INSERT INTO session_maps (session, map, room) VALUES ($1, $2, $3)"
      " ON CONFLICT (session) DO UPDATE SET map = excluded.map,"
      " room = excluded.room",
      session.id, to.id, session.room);
  std::vector<PlaceMove> moves = swapped.moved;
  moves.insert(moves.end(), swapped.unplaced.begin(), swapped.unplaced.end());
  transaction.emit(PlacesRemapped{
      .session = session.id, .centre = session.centre, .map = to.id, .moves = std::move(moves)});
  return swapped;
}

static constexpr Refusal swap_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::not_found, "seat_map_not_found", "the session's centre has no such map"},
    {Code::conflict, "places_would_be_lost",
     "somebody's seat is not there, or of another category"},
    {Code::conflict, "visitor_in", "the seat of somebody who came is not there"},
};

constinit const Operation SwapMap::operation = storage::define<SwapMap>({
    .number = 627,
    .name = "seating.swap_map",
    .kind = OperationKind::write,
    .doc = "Gives a session another seat map; who has a place keeps it by label and category.",
    .rule = {.permission = "seating.manage"},
    .refusals = swap_refusals,
    .example = R"({"session": 1, "map": 2})",
});

namespace lists {

constinit const storage::Reaction session_scheduled{"schedule.session_scheduled",
                                                    react_to_scheduled};
constinit const storage::Reaction session_changed{"schedule.session_changed", react_to_changed};
constinit const storage::Veto keep_room_size{"catalog.shrink_room", check_room_size};

}  // namespace lists
}  // namespace frontdesk::seating
