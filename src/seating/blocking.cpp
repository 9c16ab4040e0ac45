/// Places out of use, and places for one channel (SPEC H3).
#include "seating/choosing.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::seating {

constinit const storage::EventKind PlacesBlocked::kind{
    "seating.places_blocked", "Places were blocked or reserved.", "seating.block"};
constinit const storage::EventKind PlacesFreed::kind{
    "seating.places_freed", "Blocked or reserved places are free.", "seating.block"};

namespace {

using Places = std::vector<std::int64_t>;

PlacesChanged announce_blocked(Transaction& transaction, const schedule::Session& session,
                               const Places& places) {
  transaction.emit(PlacesBlocked{.session = session.id,
                                 .centre = session.centre,
                                 .places = static_cast<std::int64_t>(places.size())});
  return {place_infos(layout_of(transaction, session), places)};
}

PlacesChanged announce_freed(Transaction& transaction, const schedule::Session& session,
                             const Places& places) {
  if (!places.empty()) {
    transaction.emit(PlacesFreed{.session = session.id,
                                 .centre = session.centre,
                                 .places = static_cast<std::int64_t>(places.size())});
  }
  return {place_infos(layout_of(transaction, session), places)};
}

bool is_blocked(const ClaimedPlace& place) { return place.claim.state == ClaimState::blocked; }
bool is_set_aside(const ClaimedPlace& place) { return place.set_aside.has_value(); }

/// Whether the choice could mean a place: by area, category, and for whom its seat is.
bool is_chosen(const Layout& layout, const PlaceChoice& choice, std::int64_t place) {
  if (!choice.area.empty()) {
    const PlaceRange range = range_of(*layout.map->area(choice.area));
    return place >= range.first && place <= *range.last;
  }
  if (!choice.category.empty() && category_of(layout, place) != choice.category) return false;
  return !choice.accessible || place_info(layout, place).accessible;
}

bool is_empty(const PlaceChoice& choice) {
  return choice.seats.empty() && choice.area.empty() && choice.category.empty() &&
         choice.count == 0 && !choice.best && !choice.accessible;
}

/// The places that a choice means among those that are in some state: named ones must all be,
/// otherwise the lowest numbers that it could mean; no choice means all of them.
Places chosen_among(Transaction& transaction, const schedule::Session& session,
                    const PlaceChoice& choice, bool (*is_meant)(const ClaimedPlace&),
                    std::string_view reason) {
  Places all;
  for (const ClaimedPlace& place : claims_of(transaction, session.id)) {
    if (is_meant(place)) all.push_back(place.place);
  }
  if (is_empty(choice)) return all;
  const Layout layout = layout_of(transaction, session);
  check_choice(layout, choice);
  if (!choice.seats.empty()) {
    Places places = named_places(*layout.map, choice);
    for (std::int64_t place : places) {
      if (std::binary_search(all.begin(), all.end(), place)) continue;
      throw Error(Code::conflict, reason, "choice.seats",
                  {{"place", place}, {"label", label_of(layout, place)}});
    }
    return places;
  }
  std::erase_if(all, [&](std::int64_t place) { return !is_chosen(layout, choice, place); });
  if (static_cast<std::int64_t>(all.size()) < choice.count) {
    throw Error(Code::conflict, reason, "choice.count",
                {{"asked", choice.count}, {"found", static_cast<std::int64_t>(all.size())}});
  }
  all.resize(static_cast<std::size_t>(choice.count));
  return all;
}

Channel other_than(Channel channel) {
  return channel == Channel::online ? Channel::box_office : Channel::online;
}

/// A place that is free or reserved: to block it; to reserve it for the other channel.
bool take_one(Transaction& transaction, SessionId session, std::int64_t place, const Claim& claim) {
  if (claim.state == ClaimState::reserved) {
    const Channel before = other_than(static_cast<Channel>(claim.owner));
    return take_for(transaction, session, place, before, claim);
  }
  return take_for(transaction, session, place, Channel::online, claim) ||
         take_for(transaction, session, place, Channel::box_office, claim);
}

/// No channel is promised more than the capacity has left.
void check_promise(Transaction& transaction, const schedule::Session& session, const Layout& layout,
                   const Places& places, const Claim& claim) {
  const Channel before = other_than(static_cast<Channel>(claim.owner));
  const auto asked = static_cast<std::int64_t>(places.size());
  const std::int64_t free =
      *layout.capacity - taken_of_capacity(transaction, session.id, layout, before);
  const bool is_capped = *layout.capacity < layout.map->places();
  if (is_capped && free < asked) refuse_sold_out(asked, std::max<std::int64_t>(0, free));
}

/// Claims places for the house, which no rule of single seats concerns.
Places take_for_house(Transaction& transaction, const schedule::Session& session,
                      const PlaceChoice& choice, const Claim& claim) {
  const Layout layout = layout_of(transaction, session);
  check_choice(layout, choice);
  if (choice.seats.empty()) {
    const bool is_reserved = claim.state == ClaimState::reserved;
    const Channel as =
        is_reserved ? other_than(static_cast<Channel>(claim.owner)) : Channel::box_office;
    return take_places(transaction, session, choice, as, claim).places;
  }
  const Places places = named_places(*layout.map, choice);
  if (claim.state == ClaimState::reserved)
    check_promise(transaction, session, layout, places, claim);
  Places taken;
  std::vector<std::string> labels;
  for (std::int64_t place : places) {
    if (take_one(transaction, session.id, place, claim)) continue;
    taken.push_back(place);
    labels.push_back(label_of(layout, place));
  }
  if (!taken.empty()) {
    throw Error(Code::conflict, "seat_taken", "choice.seats",
                {{"places", std::move(taken)}, {"labels", std::move(labels)}});
  }
  return places;
}

}  // namespace

// --- block ---

PlacesChanged handle(Transaction& transaction, const Block& request) {
  const schedule::Session session = managed_session(transaction, request.session);
  const Claim claim{
      .state = ClaimState::blocked, .owner = 0, .expires = {}, .note = request.reason};
  return announce_blocked(transaction, session,
                          take_for_house(transaction, session, request.choice, claim));
}

static constexpr Refusal block_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::invalid, "choice_empty", "no place is chosen"},
    {Code::invalid, "choice_mixed", "ways to choose are mixed"},
    {Code::conflict, "session_has_no_seats", "the session has no seats to name"},
    {Code::not_found, "area_not_found", "the hall has no such area"},
    {Code::not_found, "seat_category_not_found", "the hall has no such category"},
    {Code::not_found, "seat_not_found", "the hall has no such seat"},
    {Code::invalid, "seat_ambiguous", "several seats have the label"},
    {Code::invalid, "seat_twice", "a seat is named twice"},
    {Code::sold_out, "no_place_left", "not so many places are left"},
    {Code::conflict, "seat_taken", "somebody has one of the seats"},
};

constinit const Operation Block::operation = storage::define<Block>({
    .number = 613,
    .name = "seating.block",
    .kind = OperationKind::write,
    .doc = "Takes free places out of use.",
    .rule = {.permission = "seating.block"},
    .refusals = block_refusals,
    .example = R"({"session": 1, "choice": {"seats": ["C-7"]}, "reason": "Broken"})",
});

// --- unblock ---

PlacesChanged handle(Transaction& transaction, const Unblock& request) {
  const schedule::Session session = managed_session(transaction, request.session);
  const Places places =
      chosen_among(transaction, session, request.choice, is_blocked, "place_not_blocked");
  for (std::int64_t place : places) {
    release(transaction, session.id, place, ClaimState::blocked, 0);
  }
  return announce_freed(transaction, session, places);
}

static constexpr Refusal unblock_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::invalid, "choice_empty", "nothing says which places or how many"},
    {Code::invalid, "choice_mixed", "ways to choose are mixed"},
    {Code::conflict, "session_has_no_seats", "the session has no seats to name"},
    {Code::not_found, "area_not_found", "the hall has no such area"},
    {Code::not_found, "seat_category_not_found", "the hall has no such category"},
    {Code::not_found, "seat_not_found", "the hall has no such seat"},
    {Code::invalid, "seat_ambiguous", "several seats have the label"},
    {Code::invalid, "seat_twice", "a seat is named twice"},
    {Code::conflict, "place_not_blocked", "one of them, or so many, are not blocked"},
};

constinit const Operation Unblock::operation = storage::define<Unblock>({
    .number = 614,
    .name = "seating.unblock",
    .kind = OperationKind::write,
    .doc = "Puts blocked places into use again.",
    .rule = {.permission = "seating.block"},
    .refusals = unblock_refusals,
    .example = R"({"session": 1, "choice": {"seats": ["C-7"]}})",
});

// --- reserve ---

PlacesChanged handle(Transaction& transaction, const ReserveForChannel& request) {
  const schedule::Session session = managed_session(transaction, request.session);
  const Claim claim{.state = ClaimState::reserved,
                    .owner = static_cast<std::int64_t>(request.channel),
                    .expires = {},
                    .note = {}};
  return announce_blocked(transaction, session,
                          take_for_house(transaction, session, request.choice, claim));
}

constinit const Operation ReserveForChannel::operation = storage::define<ReserveForChannel>({
    .number = 615,
    .name = "seating.reserve_for_channel",
    .kind = OperationKind::write,
    .doc = "Reserves free places for one channel.",
    .rule = {.permission = "seating.block"},
    .refusals = block_refusals,
    .example = R"({"session": 1, "choice": {"seats": ["A-1", "A-2"]}, "channel": "box_office"})",
});

// --- free ---

PlacesChanged handle(Transaction& transaction, const FreeChannel& request) {
  const schedule::Session session = managed_session(transaction, request.session);
  const Places places =
      chosen_among(transaction, session, request.choice, is_set_aside, "place_not_reserved");
  for (std::int64_t place : places) open_to_all(transaction, session.id, place);
  return announce_freed(transaction, session, places);
}

static constexpr Refusal free_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::invalid, "choice_empty", "nothing says which places or how many"},
    {Code::invalid, "choice_mixed", "ways to choose are mixed"},
    {Code::conflict, "session_has_no_seats", "the session has no seats to name"},
    {Code::not_found, "area_not_found", "the hall has no such area"},
    {Code::not_found, "seat_category_not_found", "the hall has no such category"},
    {Code::not_found, "seat_not_found", "the hall has no such seat"},
    {Code::invalid, "seat_ambiguous", "several seats have the label"},
    {Code::invalid, "seat_twice", "a seat is named twice"},
    {Code::conflict, "place_not_reserved", "one of them, or so many, are not reserved"},
};

constinit const Operation FreeChannel::operation = storage::define<FreeChannel>({
    .number = 616,
    .name = "seating.free_channel",
    .kind = OperationKind::write,
    .doc = "Opens reserved places to all channels.",
    .rule = {.permission = "seating.block"},
    .refusals = free_refusals,
    .example = R"({"session": 1})",
});

}  // namespace frontdesk::seating
