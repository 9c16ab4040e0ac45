/// Holds as rows. Private to the area.
#pragma once

#include "seating/holds.hpp"

namespace frontdesk::seating {

struct HoldRow {
  HoldId id{};
  std::string digest{};
  SessionId session{};
  ClientId client{};
  AccountId account{};
  Channel channel = Channel::online;
  std::vector<std::int64_t> places{};
  Instant created{};
  Instant expires{};
  Instant latest{};
};

inline constexpr std::string_view hold_columns =
    "SELECT id, token, session, client, account, channel, places, created_at, expires_at, latest_at"
    " FROM holds ";
HoldRow read_hold(const storage::Cursor& row);
std::optional<HoldRow> stored_hold(Transaction& transaction, HoldId id);

/// Numbers as a hold's row keeps them: `3 4 5`.
std::string write_places(std::span<const std::int64_t> places);

/// Takes places out of a hold, which ends when none is left. Their claims are the caller's affair.
void remove_from_hold(Transaction& transaction, const HoldRow& hold,
                      std::span<const std::int64_t> places);
/// Gives all its places back, ends the hold and tells the world.
void end_hold(Transaction& transaction, const HoldRow& hold, bool lapsed);

}  // namespace frontdesk::seating
