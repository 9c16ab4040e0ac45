/// Taking places: named seats, so many, or the best (SPEC H5, H6, H7, B3).
#include "seating/choosing.hpp"
#include "seating/settings.hpp"

#include <algorithm>
#include <map>

namespace frontdesk::seating {
namespace {

/// One taking of places, all or none: what it throws undoes it.
class Taking {
 public:
  Taking(Transaction& transaction, const schedule::Session& session, const Layout& layout,
         Channel channel, const Claim& claim)
      : transaction_(transaction),
        session_(session),
        layout_(layout),
        channel_(channel),
        claim_(claim) {}

  Taken take(const PlaceChoice& choice) {
    check_choice(layout_, choice);
    Taken taken;
    if (!layout_.map) {
      taken.places = take_counted(choice.count);
    } else if (!choice.seats.empty()) {
      taken.places = named_places(*layout_.map, choice);
      check_cap(taken.places.size());
      take_all(taken.places);
      taken.single_seats = check_single_seats(taken.places);
    } else if (!choice.area.empty()) {
      check_cap(static_cast<std::size_t>(choice.count));
      taken.places = take_in_range(range_of(*layout_.map->area(choice.area)), choice.count);
    } else {
      check_cap(static_cast<std::size_t>(choice.count));
      taken.places = take_best(choice);
    }
    return taken;
  }

  void check_freed(const std::vector<std::int64_t>& kept,
                   std::span<const std::int64_t> freed) const {
    if (rule() != SingleSeatRule::strict || is_overridden()) return;
    const Map& map = *layout_.map;
    States states(map.seats.size());
    read_neighbours(kept, states);
    for (std::int64_t place : freed) {
      states[static_cast<std::size_t>(place - 1)] = static_cast<unsigned char>(PlaceState::free);
    }
    std::vector<std::string> labels;
    for (std::size_t seat : single_seats(map, states, kept)) {
      const auto place = static_cast<std::int64_t>(seat) + 1;
      if (std::find(freed.begin(), freed.end(), place) == freed.end()) continue;
      labels.push_back(map.seats[seat].label);
    }
    if (labels.empty() || is_tolerated(kept)) return;
    throw Error(Code::conflict, "single_seat_left", "choice.seats",
                {{"labels", std::move(labels)}});
  }

 private:
  /// Where fewer may be taken than the map has places. What is blocked takes nobody's place.
  void check_cap(std::size_t asked) const {
    if (*layout_.capacity >= layout_.map->places() || claim_.state == ClaimState::blocked) return;
    const std::int64_t free =
        *layout_.capacity - taken_of_capacity(transaction_, session_.id, layout_, channel_);
    if (free < static_cast<std::int64_t>(asked)) {
      refuse_sold_out(static_cast<std::int64_t>(asked), std::max<std::int64_t>(0, free));
    }
  }

  /// Mere numbers. Where the highest number taken leaves room for all, nothing need be counted.
  std::vector<std::int64_t> take_counted(std::int64_t count) {
    if (!layout_.capacity) return take_any(transaction_, session_.id, {}, count, claim_);
    const std::int64_t capacity = *layout_.capacity;
    const std::int64_t highest =
        transaction_
            .one_number("SELECT place FROM claims WHERE session = $1 ORDER BY place DESC LIMIT 1",
                        session_.id)
            .value_or(0);
    if (highest + count > capacity) {
      const std::int64_t free = capacity - count_taken(transaction_, session_.id, {}, channel_);
      if (free < count) refuse_sold_out(count, std::max<std::int64_t>(0, free));
    }
    return take_in_range({1, capacity}, count);
  }

  /// What is free, then what is reserved for the channel.
  std::vector<std::int64_t> take_in_range(const PlaceRange& range, std::int64_t count) {
    std::vector<std::int64_t> places = take_any(transaction_, session_.id, range, count, claim_);
    if (!places.empty()) return places;
    const std::int64_t size = *range.last - range.first + 1;
    const std::int64_t free = size - count_taken(transaction_, session_.id, range, channel_);
    if (free < count) refuse_sold_out(count, std::max<std::int64_t>(0, free));
    const std::int64_t unclaimed = size - count_taken(transaction_, session_.id, range);
    if (unclaimed > 0) {
      places = take_any(transaction_, session_.id, range, std::min(unclaimed, count), claim_);
    }
    for (const ClaimedPlace& reserved : claims_of(transaction_, session_.id)) {
      if (static_cast<std::int64_t>(places.size()) == count) break;
      const bool is_ours = reserved.claim.state == ClaimState::reserved &&
                           reserved.set_aside == channel_ && reserved.place >= range.first &&
                           reserved.place <= *range.last;
      if (is_ours && take_for(transaction_, session_.id, reserved.place, channel_, claim_)) {
        places.push_back(reserved.place);
      }
    }
    std::sort(places.begin(), places.end());
    return places;
  }

  std::vector<std::int64_t> take_best(const PlaceChoice& choice) {
    const States states = states_of(transaction_, session_.id, *layout_.map, channel_);
    const Wish wish{.count = choice.count,
                    .category = choice.category.empty()
                                    ? Map::none
                                    : layout_.map->category_index(choice.category),
                    .accessible = choice.accessible};
    Pick pick = best_places(*layout_.map, states, wish);
    if (pick.places.empty()) {
      refuse_sold_out(choice.count, count_fitting(*layout_.map, states, wish));
    }
    take_all(pick.places);
    return pick.places;
  }

  void take_all(const std::vector<std::int64_t>& places) {
    std::vector<std::int64_t> taken;
    std::vector<std::string> labels;
    for (std::int64_t place : places) {
      if (take_for(transaction_, session_.id, place, channel_, claim_)) continue;
      taken.push_back(place);
      labels.push_back(label_of(layout_, place));
    }
    if (taken.empty()) return;
    throw Error(Code::conflict, "seat_taken", "choice.seats",
                {{"places", std::move(taken)}, {"labels", std::move(labels)}});
  }

  /// Reads the two neighbours on each side, which is all that the single-seat rule looks at.
  void read_neighbours(std::span<const std::int64_t> places, States& states) const {
    constexpr std::int64_t looked_at = 2;
    const Map& map = *layout_.map;
    std::map<std::size_t, PlaceRange> ranges;  // by segment
    for (std::int64_t place : places) {
      const std::size_t number = map.segment[static_cast<std::size_t>(place - 1)];
      const Segment& segment = map.segments[number];
      const std::int64_t first =
          std::max<std::int64_t>(static_cast<std::int64_t>(segment.first) + 1, place - looked_at);
      const std::int64_t last =
          std::min<std::int64_t>(static_cast<std::int64_t>(segment.last) + 1, place + looked_at);
      auto [range, is_new] = ranges.try_emplace(number, PlaceRange{first, last});
      if (is_new) continue;
      range->second.first = std::min(range->second.first, first);
      range->second.last = std::max(*range->second.last, last);
    }
    for (const auto& [number, range] : ranges) {
      read_states(transaction_, session_.id, range, channel_, states);
    }
  }

  SingleSeatRule rule() const {
    return static_cast<SingleSeatRule>(
        storage::number(transaction_, setting::single_seat_rule, session_.centre));
  }

  /// The single-seat rule; what it merely warns of. Reads the whole hall only where a single seat
  /// would be left.
  std::vector<std::string> check_single_seats(const std::vector<std::int64_t>& places) const {
    const SingleSeatRule rule = this->rule();
    if (rule == SingleSeatRule::off) return {};
    const Map& map = *layout_.map;
    States states(map.seats.size());
    read_neighbours(places, states);
    std::vector<std::string> labels;
    for (std::size_t seat : single_seats(map, states, places)) {
      labels.push_back(map.seats[seat].label);
    }
    if (labels.empty() || rule == SingleSeatRule::lenient || is_overridden()) return labels;
    if (is_tolerated(places)) return {};
    throw Error(Code::conflict, "single_seat_left", "choice.seats",
                {{"labels", std::move(labels)}});
  }

  /// The box office may, since it sees the people.
  bool is_overridden() const {
    return channel_ == Channel::box_office && is_staff_of(transaction_, session_.centre);
  }

  /// Near sell-out, or where no choice of that size could do better (SPEC H6).
  bool is_tolerated(const std::vector<std::int64_t>& places) const {
    const Map& map = *layout_.map;
    States states = states_of(transaction_, session_.id, map, channel_);
    for (std::int64_t place : places) {
      states[static_cast<std::size_t>(place - 1)] = static_cast<unsigned char>(PlaceState::free);
    }
    std::int64_t free = 0;
    for (std::size_t seat = 0; seat < map.seats.size(); ++seat) {
      if (states[seat] == static_cast<unsigned char>(PlaceState::free)) ++free;
    }
    const std::int64_t percent =
        storage::number(transaction_, setting::single_seat_tolerance_percent, session_.centre);
    if (free * 100 <= percent * static_cast<std::int64_t>(map.seats.size())) return true;
    return !fits_without_single(map, states, static_cast<std::int64_t>(places.size()));
  }

  Transaction& transaction_;
  const schedule::Session& session_;
  const Layout& layout_;
  const Channel channel_;
  const Claim& claim_;
};

}  // namespace

Taken take_places(Transaction& transaction, const schedule::Session& session,
                  const PlaceChoice& choice, Channel channel, const Claim& claim) {
  const Layout layout = layout_of(transaction, session);
  return Taking(transaction, session, layout, channel, claim).take(choice);
}

std::vector<std::int64_t> take_for_booking(Transaction& transaction,
                                           const schedule::Session& session, const Layout& layout,
                                           const PlaceChoice& choice, Channel channel,
                                           BookingId booking) {
  const Claim claim{.state = ClaimState::booked, .owner = booking.value};
  return Taking(transaction, session, layout, channel, claim).take(choice).places;
}

std::vector<std::int64_t> places_between(std::span<const std::int64_t> kept,
                                         std::span<const std::int64_t> places) {
  auto is_kept = [&](std::int64_t place) {
    return std::find(kept.begin(), kept.end(), place) != kept.end();
  };
  std::vector<std::int64_t> between;
  std::copy_if(places.begin(), places.end(), std::back_inserter(between),
               [&](std::int64_t place) { return is_kept(place - 1) && is_kept(place + 1); });
  return between;
}

void check_freed_seats(Transaction& transaction, const schedule::Session& session,
                       const Layout& layout, Channel channel, std::span<const std::int64_t> kept,
                       std::span<const std::int64_t> freed) {
  if (!layout.map) return;
  auto seats_of = [&](std::span<const std::int64_t> places) {
    std::vector<std::int64_t> seats;
    std::copy_if(places.begin(), places.end(), std::back_inserter(seats), [&](std::int64_t place) {
      return place >= 1 && place <= static_cast<std::int64_t>(layout.map->seats.size());
    });
    return seats;
  };
  Taking(transaction, session, layout, channel, {}).check_freed(seats_of(kept), seats_of(freed));
}

void give_back(Transaction& transaction, SessionId session, std::span<const std::int64_t> places,
               BookingId booking) {
  for (std::int64_t place : places) {
    if (release(transaction, session, place, ClaimState::booked, booking.value)) continue;
    throw Error(Code::conflict, "place_not_held", {}, {{"place", place}});
  }
}

std::int64_t taken_of_capacity(Transaction& transaction, SessionId session, const Layout& layout,
                               std::optional<Channel> channel) {
  const std::int64_t taken = count_taken(transaction, session, {}, channel);
  if (!layout.map) return taken;
  const std::int64_t left_over = layout.map->places() - *layout.capacity;
  if (left_over == 0) return taken;
  return taken - std::min(count_blocked(transaction, session), left_over);
}

std::int64_t places_needed(Transaction& transaction, SessionId session) {
  const bool has_map = transaction.exists("SELECT 1 FROM session_maps WHERE session = $1", session);
  return has_map ? count_people(transaction, session) : count_taken(transaction, session);
}

std::optional<std::int64_t> free_places(Transaction& transaction, const schedule::Session& session,
                                        Channel channel) {
  const Layout layout = layout_of(transaction, session);
  if (!layout.capacity) return std::nullopt;
  const std::int64_t taken = taken_of_capacity(transaction, session.id, layout, channel);
  return std::max<std::int64_t>(0, *layout.capacity - taken);
}

}  // namespace frontdesk::seating
