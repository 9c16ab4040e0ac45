/// Introductory plans are for new clients: whoever had a place that has begun is none (SPEC V1).
#include "bookings/lists.hpp"

namespace frontdesk::bookings {

using storage::Transaction;

namespace {

void refuse_known(Transaction& transaction, std::int64_t client) {
  const bool is_known = transaction.exists(
      "SELECT 1 FROM places WHERE attendee = $1 AND status < 5 AND starts <= $2"
      " UNION ALL SELECT 1 FROM bookings JOIN places ON places.session = bookings.session"
      " AND places.booking = bookings.id WHERE bookings.client = $1 AND places.attendee IS NULL"
      " AND places.status < 5 AND places.starts <= $2 LIMIT 1",
      client, transaction.now());
  if (is_known) throw Error(Code::conflict, "introductory_for_new", "plan", {{"client", client}});
}

}  // namespace

namespace lists {

constinit const storage::Veto new_clients_only{"plans.sell_introductory", refuse_known};

}  // namespace lists
}  // namespace frontdesk::bookings
