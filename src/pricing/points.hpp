/// The ledger of points (SPEC D5). Points lie in lots with an expiry of their own; a lot's rest is
/// the sum of its entries.
#pragma once

#include <frontdesk/pricing_points.hpp>

#include "storage/rows.hpp"

namespace frontdesk::pricing {

using storage::Transaction;

/// A lot as it is stored.
struct Lot {
  std::int64_t id = 0;
  ClientId client{};
  OrderId order{};
  SessionId session{};
  std::int64_t percent = 100;
  std::int64_t remaining = 0;
  std::optional<Instant> available_at{};
  std::optional<Instant> expires_at{};

  static Fields fields();
};

/// What an entry is about besides its lot.
struct Cause {
  PointKind kind = PointKind::earned;
  OrderId order{};
  PaymentId payment{};
  std::optional<std::string> reason{};
};

/// Enters a lot without points; gives it its number.
void enter_lot(Transaction& transaction, Lot& lot);
/// Enters a movement of a lot, changes its rest, and tells.
void move_points(Transaction& transaction, Lot& lot, std::int64_t points, const Cause& cause);
/// All that a client has in points.
PointBalance points_of(Transaction& transaction, ClientId client);
/// Points that can be spent now.
std::int64_t spendable_points(Transaction& transaction, ClientId client);
/// Takes points, those first whose time is over first. conflict/points_too_few (details available).
void take_points(Transaction& transaction, ClientId client, std::int64_t points, const Cause& cause,
                 std::string_view field);
/// When points that become available at the centre then lose their worth.
std::optional<Instant> expiry_from(Transaction& transaction, CentreId centre, Instant available);

}  // namespace frontdesk::pricing
