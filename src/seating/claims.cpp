#include "seating/claims.hpp"

namespace frontdesk::seating {
namespace {

ClaimedPlace read_claim(const storage::Cursor& row) {
  ClaimedPlace place;
  place.place = row.integer(0);
  place.claim.state = static_cast<ClaimState>(row.integer(1));
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
  const std::int64_t last = range.last.value_or(std::numeric_limits<std::int64_t>::max());
  storage::Cursor rows = transaction.query(
      "SELECT place FROM claims WHERE session = $1 AND place >= $2 AND place <= $3"
      " AND (expires IS NULL OR expires > $4) ORDER BY place",
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

}  // namespace

bool take(Transaction& transaction, SessionId session, std::int64_t place, const Claim& claim) {
  const std::optional<std::string_view> note =
      claim.note.empty() ? std::nullopt : std::optional(claim.note);
  const std::optional<std::int64_t> owner =
      claim.owner == 0 ? std::nullopt : std::optional(claim.owner);
  return transaction.execute(
             "INSERT INTO claims (session, place, state, owner, expires, note)"
             " VALUES ($1, $2, $3, $4, $5, $6)"
             " ON CONFLICT (session, place) DO UPDATE SET state = excluded.state,"
             " owner = excluded.owner, expires = excluded.expires, note = excluded.note"
             " WHERE claims.expires <= $7",
             session, place, claim.state, owner, claim.expires, note, transaction.now()) == 1;
}

std::vector<std::int64_t> take_any(Transaction& transaction, SessionId session,
                                   const PlaceRange& range, std::int64_t count,
                                   const Claim& claim) {
  const std::int64_t last = range.last.value_or(std::numeric_limits<std::int64_t>::max());
  const std::int64_t highest =
      transaction
          .one_number("SELECT place FROM claims WHERE session = $1 AND place >= $2 AND place <= $3"
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
      throw Error(Code::internal, "defect", {}, {{"problem", std::string("a free place is not")}});
    }
  }
  return places;
}

bool hand_over(Transaction& transaction, SessionId session, std::int64_t place, const Claim& from,
               const Claim& to) {
  const std::optional<std::int64_t> owner =
      from.owner == 0 ? std::nullopt : std::optional(from.owner);
  const std::optional<std::int64_t> next = to.owner == 0 ? std::nullopt : std::optional(to.owner);
  const std::optional<std::string_view> note =
      to.note.empty() ? std::nullopt : std::optional(to.note);
  return transaction.execute(
             "UPDATE claims SET state = $5, owner = $6, expires = $7, note = $8"
             " WHERE session = $1 AND place = $2 AND state = $3 AND owner IS $4"
             " AND (expires IS NULL OR expires > $9)",
             session, place, from.state, owner, to.state, next, to.expires, note,
             transaction.now()) == 1;
}

bool release(Transaction& transaction, SessionId session, std::int64_t place, ClaimState state,
             std::int64_t owner) {
  const std::optional<std::int64_t> had = owner == 0 ? std::nullopt : std::optional(owner);
  return transaction.execute(
             "DELETE FROM claims WHERE session = $1 AND place = $2 AND state = $3 AND owner IS $4",
             session, place, state, had) == 1;
}

std::int64_t count_taken(Transaction& transaction, SessionId session, const PlaceRange& range) {
  return transaction
      .one_number(
          "SELECT count(*) FROM claims WHERE session = $1 AND place >= $2 AND place <= $3"
          " AND (expires IS NULL OR expires > $4)",
          session, range.first, range.last.value_or(std::numeric_limits<std::int64_t>::max()),
          transaction.now())
      .value_or(0);
}

std::vector<ClaimedPlace> claims_of(Transaction& transaction, SessionId session) {
  storage::Cursor rows = transaction.query(
      "SELECT place, state, owner, expires, note FROM claims WHERE session = $1"
      " AND (expires IS NULL OR expires > $2) ORDER BY place",
      session, transaction.now());
  std::vector<ClaimedPlace> places;
  while (rows.next()) places.push_back(read_claim(rows));
  return places;
}

std::optional<ClaimedPlace> claim_on(Transaction& transaction, SessionId session,
                                     std::int64_t place) {
  storage::Cursor rows = transaction.query(
      "SELECT place, state, owner, expires, note FROM claims WHERE session = $1 AND place = $2"
      " AND (expires IS NULL OR expires > $3)",
      session, place, transaction.now());
  if (!rows.next()) return std::nullopt;
  return read_claim(rows);
}

}  // namespace frontdesk::seating
