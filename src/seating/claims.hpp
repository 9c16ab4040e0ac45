/// Who has which place of a session: one row a place, whose key is the guard that no place is sold
/// twice (SPEC H8), whatever a handler does. Areas above claim and give back through here only.
#pragma once

#include <frontdesk/seating.hpp>

#include "storage/rows.hpp"

namespace frontdesk::seating {

using storage::Transaction;

/// Stored in `claims.state`.
enum class ClaimState : unsigned char {
  held,      ///< of a hold, until it expires
  booked,    ///< of a booking
  offered,   ///< of a waiting entry, until the offer expires
  blocked,   ///< out of use, with the reason in the note
  reserved,  ///< for a channel, whose number is the owner
};

struct Claim {
  ClaimState state = ClaimState::held;
  std::int64_t owner = 0;  ///< hold, booking, waiting entry or channel, by state
  std::optional<Instant> expires{};
  std::string_view note{};
};

/// A claim that counts now.
struct ClaimedPlace {
  std::int64_t place = 0;
  Claim claim{};
  std::string note{};
  /// The channel it is set aside for, whoever has it: reserved again when they give it back.
  std::optional<Channel> set_aside{};
};

/// A range of place numbers, both ends included; no last one: without limit.
struct PlaceRange {
  std::int64_t first = 1;
  std::optional<std::int64_t> last{};
};

/// Claims one place. False if another claim on it counts now; a reservation counts too.
bool take(Transaction& transaction, SessionId session, std::int64_t place, const Claim& claim);
/// Claims one place that is free or reserved for the channel.
bool take_for(Transaction& transaction, SessionId session, std::int64_t place, Channel channel,
              const Claim& claim);
/// Claims `count` places of the range that nobody has, lowest numbers after the highest taken one
/// first, then gaps. Empty, with nothing claimed, if there are not enough.
std::vector<std::int64_t> take_any(Transaction& transaction, SessionId session,
                                   const PlaceRange& range, std::int64_t count, const Claim& claim);
/// Hands a place from one claim to another: a hold to a booking, a reservation to a hold. False,
/// with nothing changed, unless `from` (its state and owner) has it and has not lapsed.
bool hand_over(Transaction& transaction, SessionId session, std::int64_t place, const Claim& from,
               const Claim& to);
/// Gives a place back. False if that state and owner did not have it. One that is set aside for a
/// channel is then reserved again.
bool release(Transaction& transaction, SessionId session, std::int64_t place, ClaimState state,
             std::int64_t owner);
/// Opens a place that is set aside to all channels; whoever has it keeps it. False if it was not.
bool open_to_all(Transaction& transaction, SessionId session, std::int64_t place);
/// How many places of the range are claimed now; those reserved count, unless for `channel`.
std::int64_t count_taken(Transaction& transaction, SessionId session, const PlaceRange& range = {},
                         std::optional<Channel> channel = {});
/// How many places are out of use.
std::int64_t count_blocked(Transaction& transaction, SessionId session);
/// How many places people have: held, booked or offered.
std::int64_t count_people(Transaction& transaction, SessionId session);
/// All claims of a session that count now, by place.
std::vector<ClaimedPlace> claims_of(Transaction& transaction, SessionId session);
/// The claim on one place that counts now.
std::optional<ClaimedPlace> claim_on(Transaction& transaction, SessionId session,
                                     std::int64_t place);

/// Writes how the places of the range stand for a channel into `states`, place 1 first. Places
/// beyond its size are passed over.
void read_states(Transaction& transaction, SessionId session, const PlaceRange& range,
                 Channel channel, std::span<unsigned char> states);

}  // namespace frontdesk::seating
