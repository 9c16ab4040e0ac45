#include "seating/claims.hpp"

#include <frontdesk/seating_places.hpp>

namespace frontdesk::seating {
namespace {

// A claim counts while it has not lapsed. A place that is set aside counts as reserved from then
// on.

constexpr std::int64_t no_channel = -1;

std::int64_t end_of(const PlaceRange& range) {
  return range.last.value_or(std::numeric_limits<std::int64_t>::max());
}

ClaimedPlace read_claim(const storage::Cursor& row, Instant now) {
  ClaimedPlace place;
  place.place = row.integer(0);
  place.claim.state = static_cast<ClaimState>(row.integer(1));
  if (!row.null(5)) place.set_aside = static_cast<Channel>(row.integer(5));
  const bool has_lapsed = !row.null(3) && row.instant(3) <= now;
  if (has_lapsed) place.claim.state = ClaimState::reserved;
  if (place.claim.state == ClaimState::reserved) {
    place.claim.owner = row.integer(5);
    return place;
  }
  place.claim.owner = row.integer(2);
  if (!row.null(3)) place.claim.expires = row.instant(3);
  place.note = row.text(4);
  return place;
}

/// Places of the range without a claim that counts, lowest first.
std::vector<std::int64_t> gaps(Transaction& transaction, SessionId session, const PlaceRange& range,
                               std::int64_t count) {
  std::vector<std::int64_t> found;
  std::int64_t next = range.first;
  const std::int64_t last = end_of(range);
  storage::Cursor rows = transaction.query(
      "SELECT place FROM claims WHERE session = $1 AND place >= $2 AND place <= $3"
      " AND (expires IS NULL OR expires > $4 OR reserved IS NOT NULL) ORDER BY place",
      session, range.first, last, transaction.now());
  auto fill = [&](std::int64_t end) {
    for (; next < end && static_cast<std::int64_t>(found.size()) < count; ++next) {
      found.push_back(next);
    }
  };
  while (static_cast<std::int64_t>(found.size()) < count && rows.next()) {
    fill(rows.integer(0));
    next = rows.integer(0) + 1;
  }
  if (next <= last) fill(last == std::numeric_limits<std::int64_t>::max() ? last : last + 1);
  return found;
}

std::optional<std::int64_t> stored_owner(const Claim& claim) {
  const bool has_owner = claim.owner != 0 && claim.state != ClaimState::reserved;
  return has_owner ? std::optional(claim.owner) : std::nullopt;
}

std::optional<std::string_view> stored_note(const Claim& claim) {
  return claim.note.empty() ? std::nullopt : std::optional(claim.note);
}

bool hand_over_reserved(Transaction& transaction, SessionId session, std::int64_t place,
                        std::int64_t channel, const Claim& to) {
  return transaction.execute(
             "UPDATE claims SET state = $4, owner = $5, expires = $6, note = $7, reserved = $10"
             " WHERE session = $1 AND place = $2 AND reserved = $3"
             " AND (state = $8 OR expires <= $9)",
             session, place, channel, to.state, stored_owner(to), to.expires, stored_note(to),
             ClaimState::reserved, transaction.now(),
             to.state == ClaimState::reserved ? to.owner : channel) == 1;
}

}  // namespace

bool take(Transaction& transaction, SessionId session, std::int64_t place, const Claim& claim) {
  std::optional<std::int64_t> reserved;
  if (claim.state == ClaimState::reserved) reserved = claim.owner;
  return transaction.execute(
             "INSERT INTO claims (session, place, state, owner, expires, note, reserved)"
             " VALUES ($1, $2, $3, $4, $5, $6, $8)"
             " ON CONFLICT (session, place) DO UPDATE SET state = excluded.state,"
             " owner = excluded.owner, expires = excluded.expires, note = excluded.note,"
             " reserved = excluded.reserved"
             " WHERE claims.expires <= $7 AND claims.reserved IS NULL",
             session, place, claim.state, stored_owner(claim), claim.expires, stored_note(claim),
             transaction.now(), reserved) == 1;
}

bool take_for(Transaction& transaction, SessionId session, std::int64_t place, Channel channel,
              const Claim& claim) {
  if (take(transaction, session, place, claim)) return true;
  return hand_over_reserved(transaction, session, place, static_cast<std::int64_t>(channel), claim);
}

std::vector<std::int64_t> take_any(Transaction& transaction, SessionId session,
                                   const PlaceRange& range, std::int64_t count,
                                   const Claim& claim) {
  const std::int64_t last = end_of(range);
  const std::int64_t highest =
      transaction
          .one_number(
              "SELECT place FROM claims WHERE session = $1 AND place >= $2 AND place <= $3"
              " ORDER BY place DESC LIMIT 1",
              session, range.first, last)
          .value_or(range.first - 1);
  std::vector<std::int64_t> places;
  if (last - highest >= count) {
    for (std::int64_t i = 1; i <= count; ++i) places.push_back(highest + i);
  } else {
    places = gaps(transaction, session, range, count);
  }
  if (static_cast<std::int64_t>(places.size()) < count) return {};
  for (std::int64_t place : places) {
    if (!take(transaction, session, place, claim)) {
      throw Error(Code::storage, "file_damaged");  // what the table just told to be free
    }
  }
  return places;
}

bool hand_over(Transaction& transaction, SessionId session, std::int64_t place, const Claim& from,
               const Claim& to) {
  if (from.state == ClaimState::reserved) {
    return hand_over_reserved(transaction, session, place, from.owner, to);
  }
  return transaction.execute(
             "UPDATE claims SET state = $5, owner = $6, expires = $7, note = $8"
             " WHERE session = $1 AND place = $2 AND state = $3 AND owner IS $4"
             " AND (expires IS NULL OR expires > $9)",
             session, place, from.state, stored_owner(from), to.state, stored_owner(to), to.expires,
             stored_note(to), transaction.now()) == 1;
}

bool release(Transaction& transaction, SessionId session, std::int64_t place, ClaimState state,
             std::int64_t owner) {
  if (state == ClaimState::reserved) return open_to_all(transaction, session, place);
  const std::optional<std::int64_t> had = stored_owner({.state = state, .owner = owner});
  if (transaction.execute("DELETE FROM claims WHERE session = $1 AND place = $2 AND state = $3"
                          " AND owner IS $4 AND reserved IS NULL",
                          session, place, state, had) == 1) {
    return true;
  }
  return transaction.execute(
             "UPDATE claims SET state = $5, owner = NULL, expires = NULL, note = NULL"
             " WHERE session = $1 AND place = $2 AND state = $3 AND owner IS $4",
             session, place, state, had, ClaimState::reserved) == 1;
}

bool open_to_all(Transaction& transaction, SessionId session, std::int64_t place) {
  if (transaction.execute("DELETE FROM claims WHERE session = $1 AND place = $2"
                          " AND reserved IS NOT NULL AND (state = $3 OR expires <= $4)",
                          session, place, ClaimState::reserved, transaction.now()) == 1) {
    return true;
  }
  return transaction.execute(
             "UPDATE claims SET reserved = NULL WHERE session = $1 AND place = $2"
             " AND reserved IS NOT NULL",
             session, place) == 1;
}

std::int64_t count_taken(Transaction& transaction, SessionId session, const PlaceRange& range,
                         std::optional<Channel> channel) {
  const std::int64_t open = channel ? static_cast<std::int64_t>(*channel) : no_channel;
  return transaction
      .one_number(
          "SELECT count(*) FROM claims WHERE session = $1 AND place >= $2 AND place <= $3"
          " AND (expires IS NULL OR expires > $4 OR reserved IS NOT NULL)"
          " AND NOT (reserved IS $5 AND (state = $6 OR ifnull(expires <= $4, 0)))",
          session, range.first, end_of(range), transaction.now(), open, ClaimState::reserved)
      .value_or(0);
}

std::int64_t count_blocked(Transaction& transaction, SessionId session) {
  return transaction
      .one_number("SELECT count(*) FROM claims WHERE session = $1 AND state = $2", session,
                  ClaimState::blocked)
      .value_or(0);
}

std::int64_t count_people(Transaction& transaction, SessionId session) {
  return transaction
      .one_number(
          "SELECT count(*) FROM claims WHERE session = $1 AND state <= $2"
          " AND (expires IS NULL OR expires > $3)",
          session, ClaimState::offered, transaction.now())
      .value_or(0);
}

std::vector<ClaimedPlace> claims_of(Transaction& transaction, SessionId session) {
  storage::Cursor rows = transaction.query(
      "SELECT place, state, owner, expires, note, reserved FROM claims WHERE session = $1"
      " AND (expires IS NULL OR expires > $2 OR reserved IS NOT NULL) ORDER BY place",
      session, transaction.now());
  std::vector<ClaimedPlace> places;
  while (rows.next()) places.push_back(read_claim(rows, transaction.now()));
  return places;
}

std::optional<ClaimedPlace> claim_on(Transaction& transaction, SessionId session,
                                     std::int64_t place) {
  storage::Cursor rows = transaction.query(
      "SELECT place, state, owner, expires, note, reserved FROM claims"
      " WHERE session = $1 AND place = $2"
      " AND (expires IS NULL OR expires > $3 OR reserved IS NOT NULL)",
      session, place, transaction.now());
  if (!rows.next()) return std::nullopt;
  return read_claim(rows, transaction.now());
}

void read_states(Transaction& transaction, SessionId session, const PlaceRange& range,
                 Channel channel, std::span<unsigned char> states) {
  // How a claim of each state stands for others; an offer looks like a hold.
  static constexpr PlaceState shown[] = {PlaceState::held, PlaceState::booked, PlaceState::held,
                                         PlaceState::blocked, PlaceState::reserved};
  storage::Cursor rows = transaction.query(
      "SELECT place, CASE WHEN expires <= $4 THEN $5 ELSE state END, reserved FROM claims"
      " WHERE session = $1 AND place >= $2 AND place <= $3"
      " AND (expires IS NULL OR expires > $4 OR reserved IS NOT NULL)",
      session, range.first, end_of(range), transaction.now(), ClaimState::reserved);
  while (rows.next()) {
    const auto index = static_cast<std::size_t>(rows.integer(0) - 1);
    if (index >= states.size()) continue;
    PlaceState state = shown[rows.integer(1)];
    if (state == PlaceState::reserved && rows.integer(2) == static_cast<std::int64_t>(channel)) {
      state = PlaceState::free;
    }
    states[index] = static_cast<unsigned char>(state);
  }
}

}  // namespace frontdesk::seating
