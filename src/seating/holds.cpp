/// Holds: places kept for a buyer by a token (SPEC H4).
#include "seating/holds.hpp"

#include "access/authorization.hpp"
#include "schedule/stored.hpp"
#include "seating/choosing.hpp"
#include "seating/hold_rows.hpp"
#include "seating/settings.hpp"
#include "storage/define.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace frontdesk::seating {

constinit const storage::EventKind HoldReleased::kind{"seating.hold_released",
                                                      "Held places became free.", "seating.block"};

namespace {

crypto::Digest digest_of(Transaction& transaction, std::string_view secret) {
  return crypto::digest(transaction.key("hold"), {secret});
}

/// Where an anonymous buyer comes from, as a number that tells nothing; none where nobody said.
std::optional<std::int64_t> origin_of(Transaction& transaction) {
  if (transaction.origin().empty()) return std::nullopt;
  const crypto::Digest digest =
      crypto::digest(transaction.key("hold origin"), {transaction.origin()});
  std::int64_t number = 0;
  std::memcpy(&number, digest.data(), sizeof number);
  return number & std::numeric_limits<std::int64_t>::max();
}

/// A token is the hold's number and its secret: `12-…`.
std::string token_of(HoldId id, std::string_view secret) {
  return std::to_string(id.value) + "-" + std::string(secret);
}

/// Whoever knows the token may use it, unless the hold is known to be another's. What staff hold
/// for a client is the client's.
bool may_use(Transaction& transaction, const HoldRow& hold) {
  const storage::Principal& caller = transaction.principal();
  if (caller.is_host() || !hold.account || hold.account == caller.account) return true;
  if (hold.client && hold.client == caller.client) return true;
  auto centre = transaction.one_number("SELECT centre FROM sessions WHERE id = $1", hold.session);
  return is_staff_of(transaction, CentreId{centre.value_or(0)});
}

HoldRow hold_by_token(Transaction& transaction, std::string_view token) {
  std::int64_t number = 0;
  auto [end, problem] = std::from_chars(token.data(), token.data() + token.size(), number);
  const auto used = static_cast<std::size_t>(end - token.data());
  const bool is_token = problem == std::errc{} && used < token.size() && token[used] == '-';
  std::optional<HoldRow> hold;
  if (is_token) hold = stored_hold(transaction, HoldId{number});
  if (hold) {
    const crypto::Digest digest = digest_of(transaction, token.substr(used + 1));
    if (!crypto::equal(crypto::view(digest), hold->digest) || !may_use(transaction, *hold)) {
      hold.reset();
    }
  }
  if (!hold) storage::missing("hold", "token");
  if (hold->expires <= transaction.now()) throw Error(Code::expired, "hold_lapsed", "token");
  return std::move(*hold);
}

Held told(Transaction& transaction, const HoldRow& hold) {
  const Layout layout = layout_of(transaction, schedule::stored_session(transaction, hold.session));
  return {.id = hold.id,
          .token = {},
          .session = hold.session,
          .client = hold.client,
          .channel = hold.channel,
          .places = place_infos(layout, hold.places),
          .single_seats = {},
          .expires_at = hold.expires,
          .latest_at = hold.latest};
}

/// Buyers cannot take what is over, nor what has begun; the box office sells until the end.
void check_open(Transaction& transaction, const schedule::Session& session, Channel channel) {
  if (session.status == schedule::SessionStatus::cancelled) {
    throw Error(Code::conflict, "session_cancelled", "session");
  }
  if (session.status == schedule::SessionStatus::completed || session.ends <= transaction.now()) {
    throw Error(Code::conflict, "session_completed", "session");
  }
  if (channel == Channel::online && session.starts <= transaction.now()) {
    throw Error(Code::conflict, "session_started", "session");
  }
}

ClientId client_of(Transaction& transaction, const Hold& request) {
  if (!request.client) return transaction.principal().client;
  const storage::Reach reach = access::reach_of(transaction, "bookings.book");
  if (!access::covers(transaction, reach, Subject::client, request.client.value)) {
    storage::missing("client", "client");
  }
  return request.client;
}

/// At most so many places a holder and session; of who is not signed in, so many holds an origin.
void check_limits(Transaction& transaction, const schedule::Session& session, std::int64_t asked,
                  std::optional<std::int64_t> origin) {
  const std::int64_t limit = storage::number(transaction, setting::hold_places_max, session.centre);
  std::int64_t held = 0;
  const AccountId account = transaction.principal().account;
  if (account) {
    held = transaction
               .one_number(
                   "SELECT sum(place_count) FROM holds WHERE account = $1 AND session = $2"
                   " AND expires_at > $3",
                   account, session.id, transaction.now())
               .value_or(0);
  }
  if (held + asked > limit) {
    throw Error(Code::conflict, "hold_too_large", "choice",
                {{"limit", limit}, {"held", held}, {"asked", asked}});
  }
  if (!origin) return;
  const std::int64_t holds_max = storage::number(transaction, setting::holds_per_origin);
  const std::int64_t holds =
      transaction
          .one_number("SELECT count(*) FROM holds WHERE origin = $1 AND expires_at > $2", *origin,
                      transaction.now())
          .value_or(0);
  if (holds >= holds_max) {
    throw Error(Code::rate_limited, "holds_too_many", {}, {{"limit", holds_max}});
  }
}

std::int64_t size_of(const PlaceChoice& choice) {
  return choice.seats.empty() ? choice.count : static_cast<std::int64_t>(choice.seats.size());
}

std::chrono::minutes minutes(Transaction& transaction, const storage::Setting& setting,
                             CentreId centre) {
  return std::chrono::minutes{storage::number(transaction, setting, centre)};
}

HoldId insert_hold(Transaction& transaction, const HoldRow& hold, std::int64_t size,
                   std::optional<std::int64_t> origin) {
  return transaction.insert<HoldId>(
      "INSERT INTO holds (token, session, client, account, origin, channel, places, place_count,"
      " created_at, expires_at, latest_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $10)",
      storage::Blob{hold.digest}, hold.session, hold.client, hold.account, origin, hold.channel,
      size, hold.created, hold.expires, hold.latest);
}

}  // namespace

// --- hold ---

Held handle(Transaction& transaction, const Hold& request) {
  const schedule::Session session = visible_session(transaction, request.session);
  const bool is_staff = is_staff_of(transaction, session.centre);
  if (request.channel == Channel::box_office && !is_staff) {
    throw Error(Code::denied, "permission_denied", "channel",
                {{"permission", std::string("seating.block")}});
  }
  HoldRow hold{.session = session.id, .channel = request.channel};
  hold.client = client_of(transaction, request);
  hold.account = transaction.principal().account;
  check_open(transaction, session, request.channel);
  const bool is_anonymous = !hold.account && !transaction.principal().is_host();
  const std::optional<std::int64_t> origin = is_anonymous ? origin_of(transaction) : std::nullopt;
  if (!is_staff) check_limits(transaction, session, size_of(request.choice), origin);

  const std::string secret = crypto::random_token(transaction.random());
  hold.digest = crypto::view(digest_of(transaction, secret));
  hold.created = transaction.now();
  hold.latest = hold.created + minutes(transaction, setting::hold_minutes_max, session.centre);
  hold.expires = std::min(
      hold.latest, hold.created + minutes(transaction, setting::hold_minutes, session.centre));
  hold.id = insert_hold(transaction, hold, size_of(request.choice), origin);
  const Claim claim{
      .state = ClaimState::held, .owner = hold.id.value, .expires = hold.expires, .note = {}};
  Taken taken = take_places(transaction, session, request.choice, request.channel, claim);
  hold.places = std::move(taken.places);
  transaction.execute("UPDATE holds SET places = $2 WHERE id = $1", hold.id,
                      write_places(hold.places));
  transaction.concern(session.centre);
  Held held = told(transaction, hold);
  held.token = token_of(hold.id, secret);
  held.single_seats = std::move(taken.single_seats);
  return held;
}

static constexpr Refusal hold_refusals[] = {
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::denied, "permission_denied", "the box office, without seating.block"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::conflict, "session_started", "the session has begun"},
    {Code::conflict, "hold_too_large", "more places than one buyer may hold"},
    {Code::rate_limited, "holds_too_many", "too many holds at once from one origin"},
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
    {Code::conflict, "single_seat_left", "a single seat would be left between others"},
};

constinit const Operation Hold::operation = storage::define<Hold>({
    .number = 601,
    .name = "seating.hold",
    .kind = OperationKind::write,
    .doc = "Keeps places for a buyer while they decide and pay.",
    .rule = {.audience = Audience::everyone},
    .refusals = hold_refusals,
    .example = R"({"session": 1, "choice": {"seats": ["C-7", "C-8"]}})",
});

// --- extend ---

Held handle(Transaction& transaction, const ExtendHold& request) {
  HoldRow hold = hold_by_token(transaction, request.token);
  const schedule::Session session = schedule::stored_session(transaction, hold.session);
  if (hold.expires >= hold.latest) {
    throw Error(Code::conflict, "hold_at_limit", "token");
  }
  check_open(transaction, session, hold.channel);
  const Instant wanted =
      transaction.now() + minutes(transaction, setting::hold_minutes, session.centre);
  hold.expires = std::max(hold.expires, std::min(hold.latest, wanted));
  transaction.execute("UPDATE holds SET expires_at = $2 WHERE id = $1", hold.id, hold.expires);
  const Claim claim{
      .state = ClaimState::held, .owner = hold.id.value, .expires = hold.expires, .note = {}};
  for (std::int64_t place : hold.places) {
    if (hand_over(transaction, hold.session, place, claim, claim)) continue;
    throw Error(Code::storage, "file_damaged");  // a hold that stands has its places
  }
  return told(transaction, hold);
}

static constexpr Refusal extend_refusals[] = {
    {Code::not_found, "hold_not_found", "no such hold, or another's"},
    {Code::expired, "hold_lapsed", "its time has run out"},
    {Code::conflict, "hold_at_limit", "it has been extended as far as it can be"},
    {Code::conflict, "session_cancelled", "the session was cancelled"},
    {Code::conflict, "session_completed", "the session is over"},
    {Code::conflict, "session_started", "the session has begun"},
};

constinit const Operation ExtendHold::operation = storage::define<ExtendHold>({
    .number = 602,
    .name = "seating.extend_hold",
    .kind = OperationKind::write,
    .doc = "Gives a hold its full time again.",
    .rule = {.audience = Audience::everyone},
    .refusals = extend_refusals,
    .example = R"({"token": "1-3q2xGvW5n0oT7bYk9LrJcQeHsDfUaPzMiXwNtVyBg4E"})",
});

// --- release ---

/// Whoever gives up a part leaves no single seat beside what they keep.
static void check_left(Transaction& transaction, const schedule::Session& session,
                       const HoldRow& hold, const std::vector<std::int64_t>& released) {
  std::vector<std::int64_t> kept;
  std::copy_if(hold.places.begin(), hold.places.end(), std::back_inserter(kept),
               [&](std::int64_t place) {
                 return !std::binary_search(released.begin(), released.end(), place);
               });
  try {
    check_freed_seats(transaction, session, layout_of(transaction, session), hold.channel, kept,
                      released);
  } catch (const Error& error) {
    throw Error(error.code(), error.reason(), "places", error.details());
  }
}

Nothing handle(Transaction& transaction, const ReleaseHold& request) {
  HoldRow hold = hold_by_token(transaction, request.token);
  HoldRow released = hold;
  if (!request.places.empty()) released.places = request.places;
  std::sort(released.places.begin(), released.places.end());
  for (std::size_t i = 0; i < released.places.size(); ++i) {
    const std::int64_t place = released.places[i];
    const bool is_held =
        std::find(hold.places.begin(), hold.places.end(), place) != hold.places.end();
    if (!is_held || (i > 0 && released.places[i - 1] == place)) {
      throw Error(Code::conflict, "place_not_held", "places", {{"place", place}});
    }
  }
  if (released.places.size() == hold.places.size()) {
    end_hold(transaction, hold, false);
    return {};
  }
  for (std::int64_t place : released.places) {
    release(transaction, hold.session, place, ClaimState::held, hold.id.value);
  }
  remove_from_hold(transaction, hold, released.places);
  const schedule::Session session = schedule::stored_session(transaction, hold.session);
  check_left(transaction, session, hold, released.places);
  transaction.emit(HoldReleased{.hold = hold.id,
                                .session = hold.session,
                                .centre = session.centre,
                                .places = static_cast<std::int64_t>(released.places.size()),
                                .lapsed = false});
  return {};
}

static constexpr Refusal release_refusals[] = {
    {Code::not_found, "hold_not_found", "no such hold, or another's"},
    {Code::expired, "hold_lapsed", "its time has run out"},
    {Code::conflict, "place_not_held", "a place is not of the hold, or named twice"},
    {Code::conflict, "single_seat_left", "a single seat would be left beside what is kept"},
};

constinit const Operation ReleaseHold::operation = storage::define<ReleaseHold>({
    .number = 603,
    .name = "seating.release_hold",
    .kind = OperationKind::write,
    .doc = "Gives held places back, all of them or some.",
    .rule = {.audience = Audience::everyone},
    .refusals = release_refusals,
    .example = R"({"token": "1-3q2xGvW5n0oT7bYk9LrJcQeHsDfUaPzMiXwNtVyBg4E"})",
});

// --- look ---

Held handle(Transaction& transaction, const GetHold& request) {
  return told(transaction, hold_by_token(transaction, request.token));
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "hold_not_found", "no such hold, or another's"},
    {Code::expired, "hold_lapsed", "its time has run out"},
};

constinit const Operation GetHold::operation = storage::define<GetHold>({
    .number = 604,
    .name = "seating.get_hold",
    .kind = OperationKind::read,
    .doc = "What a token holds.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"token": "1-3q2xGvW5n0oT7bYk9LrJcQeHsDfUaPzMiXwNtVyBg4E"})",
});

// --- for the areas above ---

HeldPlaces hold_of(Transaction& transaction, std::string_view token) {
  HoldRow hold = hold_by_token(transaction, token);
  return {.id = hold.id,
          .session = hold.session,
          .places = std::move(hold.places),
          .expires = hold.expires,
          .channel = hold.channel,
          .client = hold.client};
}

/// What is held besides may be booked next, but not a seat between those that are booked.
static void check_holes(Transaction& transaction, const HeldPlaces& held,
                        std::span<const std::int64_t> places) {
  std::vector<std::int64_t> holes = places_between(places, held.places);
  std::erase_if(holes, [&](std::int64_t place) {
    return std::find(places.begin(), places.end(), place) != places.end();
  });
  if (holes.empty()) return;
  const schedule::Session session = schedule::stored_session(transaction, held.session);
  check_freed_seats(transaction, session, layout_of(transaction, session), held.channel, places,
                    holes);
}

void hand_to_booking(Transaction& transaction, const HeldPlaces& held,
                     std::span<const std::int64_t> places, BookingId booking) {
  const Claim from{.state = ClaimState::held, .owner = held.id.value};
  const Claim to{.state = ClaimState::booked, .owner = booking.value};
  for (std::int64_t place : places) {
    if (hand_over(transaction, held.session, place, from, to)) continue;
    throw Error(Code::conflict, "place_not_held", {}, {{"place", place}});
  }
  check_holes(transaction, held, places);
  // What the row says now: part of the hold may have been handed over before.
  if (auto hold = stored_hold(transaction, held.id)) remove_from_hold(transaction, *hold, places);
}

}  // namespace frontdesk::seating
