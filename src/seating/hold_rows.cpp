#include "seating/hold_rows.hpp"

#include <algorithm>
#include <charconv>

namespace frontdesk::seating {
namespace {

std::vector<std::int64_t> read_places(std::string_view text) {
  std::vector<std::int64_t> places;
  while (!text.empty()) {
    std::int64_t place = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), place);
    if (problem != std::errc{}) throw Error(Code::storage, "file_damaged");
    places.push_back(place);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.empty()) text.remove_prefix(1);
  }
  return places;
}

CentreId centre_of(Transaction& transaction, SessionId session) {
  return CentreId{
      transaction.one_number("SELECT centre FROM sessions WHERE id = $1", session).value_or(0)};
}

}  // namespace

std::string write_places(std::span<const std::int64_t> places) {
  std::string text;
  for (std::int64_t place : places) {
    if (!text.empty()) text += ' ';
    text += std::to_string(place);
  }
  return text;
}

HoldRow read_hold(const storage::Cursor& row) {
  HoldRow hold;
  hold.id = row.id<HoldTag>(0);
  hold.digest = row.text(1);
  hold.session = row.id<SessionTag>(2);
  hold.client = row.id<ClientTag>(3);
  hold.account = row.id<AccountTag>(4);
  hold.channel = static_cast<Channel>(row.integer(5));
  hold.places = read_places(row.text(6));
  hold.created = row.instant(7);
  hold.expires = row.instant(8);
  hold.latest = row.instant(9);
  return hold;
}

std::optional<HoldRow> stored_hold(Transaction& transaction, HoldId id) {
  static const std::string sql = std::string(hold_columns) + "WHERE id = $1";
  storage::Cursor row = transaction.query(sql, id);
  if (!row.next()) return std::nullopt;
  return read_hold(row);
}

void remove_from_hold(Transaction& transaction, const HoldRow& hold,
                      std::span<const std::int64_t> places) {
  std::vector<std::int64_t> left;
  for (std::int64_t place : hold.places) {
    if (std::find(places.begin(), places.end(), place) == places.end()) left.push_back(place);
  }
  if (left.empty()) {
    transaction.execute("DELETE FROM holds WHERE id = $1", hold.id);
  } else {
    transaction.execute("UPDATE holds SET places = $2, place_count = $3 WHERE id = $1", hold.id,
                        write_places(left), left.size());
  }
}

void end_hold(Transaction& transaction, const HoldRow& hold, bool lapsed) {
  std::int64_t released = 0;
  for (std::int64_t place : hold.places) {
    // A lapsed claim may be another's by now.
    if (release(transaction, hold.session, place, ClaimState::held, hold.id.value)) ++released;
  }
  transaction.execute("DELETE FROM holds WHERE id = $1", hold.id);
  transaction.emit(HoldReleased{.hold = hold.id,
                                .session = hold.session,
                                .centre = centre_of(transaction, hold.session),
                                .places = released,
                                .lapsed = lapsed});
}

}  // namespace frontdesk::seating
