/// Points that come with paid orders, pay for others, and lose their worth (SPEC D5).
#include <frontdesk/schedule_sessions.hpp>
#include "money/amounts.hpp"
#include "money/payments.hpp"
#include "pricing/lists.hpp"
#include "pricing/points.hpp"
#include "pricing/settings.hpp"
#include "pricing/tiers.hpp"
#include "storage/referred.hpp"

#include <algorithm>

namespace frontdesk::pricing {
namespace {

constexpr std::int64_t lots_at_once = 200;

/// What was paid in money for each session of an order; session 0 for what belongs to none.
struct Share {
  SessionId session{};
  std::int64_t paid = 0;
};

std::vector<Share> shares_of(Transaction& transaction, const money::OrderRow& order) {
  const std::int64_t first = order.id.value * money::numbers_per_order;
  const std::int64_t end = first + money::numbers_per_order;
  std::vector<Share> shares;
  std::vector<std::int64_t> weights;
  {
    storage::Cursor rows = transaction.query(
        "SELECT coalesce(session, 0), sum(total - returned - struck) FROM order_lines"
        " WHERE id > $1 AND id < $2 AND kind NOT IN ($3, $4) GROUP BY 1 ORDER BY 1",
        first, end, money::LineKind::gift_card, money::LineKind::top_up);
    while (rows.next()) {
      shares.push_back({SessionId{rows.integer(0)}, rows.integer(1)});
      weights.push_back(shares.back().paid);
    }
  }
  // What points or the house paid earns nothing, nor what is owed: a payment may be voided or
  // charged back.
  std::int64_t given = transaction
                           .one_number(
                               "SELECT sum(amount - unapplied - refunded) FROM payments"
                               " WHERE id > $1 AND id < $2 AND method IN ($3, $4)"
                               " AND status IN ($5, $6, $7)",
                               first, end, money::PaymentMethod::points, money::PaymentMethod::free,
                               money::PaymentStatus::completed, money::PaymentStatus::part_refunded,
                               money::PaymentStatus::refunded)
                           .value_or(0);
  given += order.owed;
  std::int64_t worth = 0;
  for (std::int64_t weight : weights) worth += weight;
  given = std::min(given, worth);
  const std::vector<Money> parts = money::split(Money{given}, weights);
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i].paid -= parts[i].minor;
  return shares;
}

/// `paid` × points a unit × percent, truncated.
std::int64_t points_for(Transaction& transaction, CentreId centre, std::int64_t paid,
                        std::int64_t percent) {
  const std::int64_t rate = storage::number(transaction, points_per_unit, centre) * percent;
  const std::int64_t unit = money::minor_per_unit(money::currency_of(transaction, centre)) * 100;
  // Whole units first, so that nothing overflows.
  return paid / unit * rate + paid % unit * rate / unit;
}

/// Where a session is completed already, or there is none, points can be spent at once.
bool is_ready(Transaction& transaction, SessionId session) {
  return !session || transaction.exists("SELECT 1 FROM sessions WHERE id = $1 AND status = $2",
                                        session, schedule::SessionStatus::completed);
}

Lot new_lot(Transaction& transaction, const money::OrderRow& order, SessionId session) {
  Lot lot{.client = order.payer,
          .order = order.id,
          .session = session,
          .percent = points_percent(transaction, order.centre, order.payer)};
  if (is_ready(transaction, session)) {
    lot.available_at = transaction.now();
    lot.expires_at = expiry_from(transaction, order.centre, transaction.now());
  }
  enter_lot(transaction, lot);
  return lot;
}

std::int64_t earned_in(Transaction& transaction, const Lot& lot) {
  return transaction
      .one_number("SELECT sum(points) FROM point_entries WHERE lot = $1 AND kind IN ($2, $3)",
                  lot.id, PointKind::earned, PointKind::reversed)
      .value_or(0);
}

void bring_to(Transaction& transaction, Lot& lot, std::int64_t points) {
  const std::int64_t difference = points - earned_in(transaction, lot);
  if (difference == 0) return;
  move_points(
      transaction, lot, difference,
      {.kind = difference > 0 ? PointKind::earned : PointKind::reversed, .order = lot.order});
}

/// Brings the points of an order to what its lines are worth now.
void follow_order(Transaction& transaction, OrderId id, ClientId payer, CentreId centre) {
  if (!payer) return;
  std::vector<Lot> lots =
      storage::all<Lot>(transaction, "point_lots WHERE \"order\" = $1 ORDER BY id", id);
  if (lots.empty() && !storage::enabled(transaction, points_enabled, centre)) return;
  const money::OrderRow order = money::stored_order(transaction, id);
  if (lots.empty() && order.owed > 0) return;
  const std::vector<Share> shares = shares_of(transaction, order);
  for (Lot& lot : lots) {
    const bool is_sold = std::any_of(shares.begin(), shares.end(), [&](const Share& share) {
      return share.session == lot.session;
    });
    if (!is_sold) bring_to(transaction, lot, 0);
  }
  for (const Share& share : shares) {
    auto lot = std::find_if(lots.begin(), lots.end(),
                            [&](const Lot& each) { return each.session == share.session; });
    if (lot != lots.end()) {
      bring_to(transaction, *lot, points_for(transaction, centre, share.paid, lot->percent));
    } else if (order.owed == 0 && share.paid > 0 &&
               storage::enabled(transaction, points_enabled, centre)) {
      Lot made = new_lot(transaction, order, share.session);
      bring_to(transaction, made, points_for(transaction, centre, share.paid, made.percent));
    }
  }
}

template <class Event>
void on_money(Transaction& transaction, const void* event) {
  const auto& told = *static_cast<const Event*>(event);
  follow_order(transaction, told.order, told.client, told.centre);
}

void on_completed(Transaction& transaction, const void* event) {
  const auto& completed = *static_cast<const schedule::SessionCompleted*>(event);
  transaction.execute(
      "UPDATE point_lots SET available_at = $2, expires_at = $3"
      " WHERE session = $1 AND available_at IS NULL",
      completed.session, transaction.now(),
      expiry_from(transaction, completed.centre, transaction.now()));
}

// --- as payment ---

/// The points that pay an amount; a fraction of one pays nothing.
std::int64_t points_to_pay(Transaction& transaction, CentreId centre, std::int64_t amount) {
  const std::int64_t rate = storage::number(transaction, points_to_pay_unit, centre);
  const std::int64_t unit = money::minor_per_unit(money::currency_of(transaction, centre));
  const Money product = money::times(Money{amount}, rate);
  if (product.minor % unit != 0) throw Error(Code::invalid, "points_fraction", "amount");
  return product.minor / unit;
}

void draw(Transaction& transaction, const void* told) {
  const auto& draw = *static_cast<const money::Draw*>(told);
  if (!storage::enabled(transaction, points_enabled, draw.centre)) {
    throw Error(Code::conflict, "points_not_accepted", "method");
  }
  if (!draw.client) throw Error(Code::invalid, "payer_needed", "payer");
  take_points(transaction, draw.client, points_to_pay(transaction, draw.centre, draw.amount),
              {.kind = PointKind::spent, .order = draw.order, .payment = draw.payment}, "amount");
}

/// What goes back of a payment goes to the lots it came from, whose expiry stays.
void restore(Transaction& transaction, const void* told) {
  const auto& draw = *static_cast<const money::Draw*>(told);
  std::vector<std::pair<std::int64_t, std::int64_t>> spent;
  std::int64_t outstanding = 0;
  {
    storage::Cursor rows = transaction.query(
        "SELECT lot, -sum(points) FROM point_entries WHERE payment = $1 GROUP BY lot"
        " ORDER BY lot DESC",
        draw.payment);
    while (rows.next()) {
      spent.emplace_back(rows.integer(0), rows.integer(1));
      outstanding += rows.integer(1);
    }
  }
  std::int64_t back = outstanding;
  if (draw.amount < draw.rest) {
    const Money part = money::portion(Money{outstanding}, draw.amount, draw.rest);
    back = std::min(outstanding, part.minor);
  }
  for (const auto& [id, points] : spent) {
    const std::int64_t part = std::min(back, points);
    if (part <= 0) continue;
    auto lot = storage::referred<Lot>(transaction, "point_lots WHERE id = $1", id);
    move_points(transaction, lot, part,
                {.kind = PointKind::restored, .order = draw.order, .payment = draw.payment});
    back -= part;
  }
}

// --- time ---

bool expire_due(Transaction& transaction, std::int64_t& done) {
  std::vector<Lot> lots = storage::all<Lot>(
      transaction,
      "point_lots WHERE remaining > 0 AND expires_at IS NOT NULL AND expires_at <= $1"
      " ORDER BY expires_at LIMIT $2",
      transaction.now(), lots_at_once);
  for (Lot& lot : lots) {
    move_points(transaction, lot, -lot.remaining, {.kind = PointKind::expired});
  }
  done += static_cast<std::int64_t>(lots.size());
  return static_cast<std::int64_t>(lots.size()) < lots_at_once;
}

void check_lots(Transaction& transaction, std::vector<storage::Finding>& findings) {
  storage::Cursor rows = transaction.query(
      "SELECT id FROM point_lots WHERE remaining <> (SELECT coalesce(sum(points), 0)"
      " FROM point_entries WHERE lot = point_lots.id)");
  while (rows.next()) {
    findings.push_back({"points", "lot " + std::to_string(rows.integer(0)),
                        "its rest is not the sum of its entries"});
  }
  storage::Cursor foreign = transaction.query(
      "SELECT number FROM point_entries JOIN point_lots ON point_lots.id = lot"
      " WHERE point_entries.client <> point_lots.client");
  while (foreign.next()) {
    findings.push_back({"points", "entry " + std::to_string(foreign.integer(0)),
                        "it is of another client than its lot"});
  }
}

}  // namespace

namespace lists {

constinit const storage::Reaction points_follow_order{"money.order_changed",
                                                      on_money<money::OrderChanged>};
constinit const storage::Reaction points_follow_payment{"money.payment_completed",
                                                        on_money<money::PaymentCompleted>};
constinit const storage::Reaction points_follow_refund{"money.refund_changed",
                                                       on_money<money::RefundChanged>};
constinit const storage::Reaction points_ready{"schedule.session_completed", on_completed};
constinit const storage::TickPart points_expire{"pricing.points_expire", expire_due};
constinit const storage::CheckPart check_points{"points", check_lots};
constinit const storage::Purse points_purse{static_cast<std::int64_t>(money::PaymentMethod::points),
                                            draw, restore};

}  // namespace lists
}  // namespace frontdesk::pricing
