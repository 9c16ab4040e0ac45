/// Which tier a client reaches: facts from orders and visits, what they sum to, and what follows
/// when they change (SPEC D4).
#include "base/zones.hpp"
#include "money/order_rows.hpp"
#include "pricing/lists.hpp"
#include "pricing/sheets.hpp"
#include "pricing/tiers.hpp"

#include <algorithm>

namespace frontdesk::pricing {

constinit const storage::EventKind TierReached::kind{
    "pricing.tier_reached", "A client reached another tier, or fell back.", "people.view"};

namespace {

enum class Source : unsigned char { order, visit };

std::int64_t day_number(Date day) { return std::chrono::sys_days{day}.time_since_epoch().count(); }

std::int64_t today_number(Transaction& transaction) {
  return std::chrono::floor<std::chrono::days>(transaction.now()).time_since_epoch().count();
}

/// The first day that counts.
std::int64_t first_day(Transaction& transaction, TierWindow window) {
  if (window == TierWindow::lifetime) return -never_due;
  const Date today{std::chrono::floor<std::chrono::days>(transaction.now())};
  if (window == TierWindow::calendar_year) {
    return day_number(today.year() / std::chrono::January / 1);
  }
  Date year_ago = today - std::chrono::years{1};
  if (!year_ago.ok()) year_ago = year_ago.year() / std::chrono::February / std::chrono::last;
  return day_number(year_ago) + 1;
}

const Tier* find_tier(std::span<const Tier> tiers, TierId id) {
  auto found =
      std::find_if(tiers.begin(), tiers.end(), [&](const Tier& tier) { return tier.id == id; });
  return found == tiers.end() || !id ? nullptr : &*found;
}

bool is_set(Transaction& transaction, const TierRow& row) {
  return row.set_tier && (!row.set_until || *row.set_until > transaction.now());
}

TierId reached_by(Transaction& transaction, std::span<const Tier> tiers, ClientId client) {
  const auto reached = std::find_if(tiers.rbegin(), tiers.rend(), [&](const Tier& tier) {
    return tier.threshold == 0 || figure_of(transaction, tier, client) >= tier.threshold;
  });
  return reached == tiers.rend() ? TierId{} : reached->id;
}

/// Time takes a tier away only where it counts within a window, or where its end is set.
std::int64_t next_look(Transaction& transaction, std::span<const Tier> tiers, const TierRow& row) {
  const Tier* reached = find_tier(tiers, row.reached);
  const bool may_fall =
      reached != nullptr && reached->threshold > 0 && reached->window != TierWindow::lifetime;
  const bool may_end = row.set_tier && row.set_until;
  return may_fall || may_end ? today_number(transaction) + 1 : never_due;
}

void store(Transaction& transaction, const TierRow& row) {
  transaction.execute(
      "INSERT INTO client_tiers (client, tier, reached, set_tier, set_until, since, due)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (client) DO UPDATE SET"
      " tier = excluded.tier, reached = excluded.reached, set_tier = excluded.set_tier,"
      " set_until = excluded.set_until, since = excluded.since, due = excluded.due",
      row.client, row.tier, row.reached, row.set_tier, row.set_until, row.since, row.due);
}

}  // namespace

std::vector<Tier> tiers_in_use(Transaction& transaction) {
  return storage::all<Tier>(transaction, "tiers WHERE ended_at IS NULL ORDER BY level");
}

TierRow stored_tier(Transaction& transaction, std::span<const Tier> tiers, ClientId client) {
  TierRow row{.client = client};
  storage::Cursor found = transaction.query(
      "SELECT tier, reached, set_tier, set_until, since, due FROM client_tiers WHERE client = $1",
      client);
  if (found.next()) {
    row.tier = TierId{found.integer(0)};
    row.reached = TierId{found.integer(1)};
    row.set_tier = TierId{found.integer(2)};
    if (!found.null(3)) row.set_until = found.instant(3);
    row.since = found.instant(4);
    row.due = found.integer(5);
    return row;
  }
  for (const Tier& tier : tiers) {
    if (tier.threshold == 0) row.tier = row.reached = tier.id;
  }
  row.since = transaction.now();
  return row;
}

const Tier* tier_of(Transaction& transaction, std::span<const Tier> tiers, ClientId client) {
  if (tiers.empty() || !client) return nullptr;
  const TierRow row = stored_tier(transaction, tiers, client);
  return find_tier(tiers, is_set(transaction, row) ? row.set_tier : row.reached);
}

std::int64_t figure_of(Transaction& transaction, const Tier& tier, ClientId client) {
  const std::int64_t from = first_day(transaction, tier.window);
  switch (tier.metric) {
    case TierMetric::spend:
      return transaction
          .one_number(
              "SELECT sum(spend) FROM tier_facts WHERE client = $1 AND day >= $2"
              " AND currency = $3",
              client, from, tier.currency)
          .value_or(0);
    case TierMetric::tickets:
      return transaction
          .one_number("SELECT sum(tickets) FROM tier_facts WHERE client = $1 AND day >= $2", client,
                      from)
          .value_or(0);
    case TierMetric::visits:
      break;
  }
  return transaction
      .one_number("SELECT sum(visits) FROM tier_facts WHERE client = $1 AND day >= $2", client,
                  from)
      .value_or(0);
}

void settle_tier(Transaction& transaction, std::span<const Tier> tiers, TierRow row,
                 TierCause cause, OrderId order, const std::optional<std::string>& reason) {
  row.reached = reached_by(transaction, tiers, row.client);
  if (!is_set(transaction, row) || find_tier(tiers, row.set_tier) == nullptr) {
    row.set_tier = {};
    row.set_until.reset();
  }
  const TierId before = row.tier;
  row.tier = row.set_tier ? row.set_tier : row.reached;
  if (row.tier != before) row.since = transaction.now();
  row.due = next_look(transaction, tiers, row);
  store(transaction, row);
  if (row.tier == before) return;
  transaction.execute(
      "INSERT INTO tier_changes (client, from_tier, to_tier, cause, \"order\", reason, at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      row.client, before, row.tier, cause, order, reason, transaction.now());
  transaction.emit(TierReached{.client = row.client, .from = before, .to = row.tier});
}

// --- facts ---

namespace {

struct Fact {
  ClientId client{};
  std::int64_t day = 0;
  std::string currency{};
  std::int64_t spend = 0;
  std::int64_t tickets = 0;

  bool is_nothing() const { return spend == 0 && tickets == 0; }
};

/// What an order counts: what was paid and not refunded, but for what is no purchase (top-ups, gift
/// cards: those count when they are spent) and what was paid with points or given.
Fact fact_of(Transaction& transaction, const money::OrderRow& order) {
  const auto centre = centre_sheet_of(transaction, order.centre);
  Fact fact{.client = order.payer,
            .day = day_number(zones::local_date(order.created_at, centre->zone)),
            .currency = std::string(centre->currency.code())};
  const std::int64_t first = order.id.value * money::numbers_per_order;
  const std::int64_t end = first + money::numbers_per_order;
  std::int64_t apart = 0;
  {
    storage::Cursor lines = transaction.query(
        "SELECT sum(iif(kind IN ($3, $4), total - returned - struck, 0)),"
        " sum(iif(kind = $5 AND ended_at IS NULL, quantity, 0)) FROM order_lines"
        " WHERE id > $1 AND id < $2",
        first, end, money::LineKind::gift_card, money::LineKind::top_up, money::LineKind::ticket);
    if (lines.next()) {
      apart = lines.integer(0);
      if (order.owed == 0) fact.tickets = lines.integer(1);
    }
  }
  apart += transaction
               .one_number(
                   "SELECT sum(amount - unapplied - refunded) FROM payments WHERE id > $1"
                   " AND id < $2 AND method IN ($3, $4) AND status IN ($5, $6, $7)",
                   first, end, money::PaymentMethod::points, money::PaymentMethod::free,
                   money::PaymentStatus::completed, money::PaymentStatus::part_refunded,
                   money::PaymentStatus::refunded)
               .value_or(0);
  fact.spend = std::max<std::int64_t>(0, order.paid - order.refunded - apart);
  return fact;
}

/// True where it differs from what was there.
bool write_fact(Transaction& transaction, OrderId order, const Fact& fact) {
  {
    storage::Cursor before = transaction.query(
        "SELECT spend, tickets FROM tier_facts WHERE client = $1 AND day = $2 AND source = $3"
        " AND ref = $4",
        fact.client, fact.day, Source::order, order);
    const bool is_there = before.next();
    if (!is_there && fact.is_nothing()) return false;
    if (is_there && before.integer(0) == fact.spend && before.integer(1) == fact.tickets) {
      return false;
    }
  }
  transaction.execute(
      "INSERT INTO tier_facts (client, day, source, ref, currency, spend, tickets, visits)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, 0) ON CONFLICT DO UPDATE SET"
      " spend = excluded.spend, tickets = excluded.tickets",
      fact.client, fact.day, Source::order, order, fact.currency, fact.spend, fact.tickets);
  return true;
}

std::int64_t level_of(std::span<const Tier> tiers, TierId id) {
  const Tier* tier = find_tier(tiers, id);
  return tier == nullptr ? 0 : tier->level;
}

void follow_facts(Transaction& transaction, std::span<const Tier> tiers, ClientId client,
                  OrderId order) {
  TierRow row = stored_tier(transaction, tiers, client);
  const TierId reached = reached_by(transaction, tiers, client);
  const bool is_up = level_of(tiers, reached) >= level_of(tiers, row.reached);
  settle_tier(transaction, tiers, row, is_up ? TierCause::purchase : TierCause::refund, order);
}

void follow_order(Transaction& transaction, OrderId id, ClientId payer, CentreId centre) {
  if (!payer) return;
  const auto sheet = centre_sheet_of(transaction, centre);
  if (sheet->tiers.empty()) return;
  const money::OrderRow order = money::stored_order(transaction, id);
  if (write_fact(transaction, id, fact_of(transaction, order))) {
    follow_facts(transaction, sheet->tiers, order.payer, id);
  }
}

template <class Event>
void on_money(Transaction& transaction, const void* event) {
  const auto& told = *static_cast<const Event*>(event);
  follow_order(transaction, told.order, told.client, told.centre);
}

}  // namespace

void count_visits(Transaction& transaction, BookingId booking, CentreId centre, ClientId payer,
                  Date day, std::int64_t visits) {
  if (!payer) return;
  const auto sheet = centre_sheet_of(transaction, centre);
  if (sheet->tiers.empty()) return;
  transaction.execute(
      "INSERT INTO tier_facts (client, day, source, ref, currency, spend, tickets, visits)"
      " VALUES ($1, $2, $3, $4, $5, 0, 0, $6)"
      " ON CONFLICT DO UPDATE SET visits = excluded.visits",
      payer, day_number(day), Source::visit, booking, sheet->currency.code(), visits);
  follow_facts(transaction, sheet->tiers, payer, {});
}

// --- time ---

namespace {

constexpr std::int64_t clients_at_once = 100;
constexpr std::int64_t orders_at_once = 200;

/// Windows move on, and tiers that staff set come to their end.
bool settle_due(Transaction& transaction, std::int64_t& done) {
  const std::vector<Tier> tiers = tiers_in_use(transaction);
  std::vector<ClientId> due;
  {
    storage::Cursor rows =
        transaction.query("SELECT client FROM client_tiers WHERE due <= $1 ORDER BY due LIMIT $2",
                          today_number(transaction), clients_at_once);
    while (rows.next()) due.push_back(ClientId{rows.integer(0)});
  }
  for (ClientId client : due) {
    settle_tier(transaction, tiers, stored_tier(transaction, tiers, client), TierCause::time);
  }
  done += static_cast<std::int64_t>(due.size());
  return static_cast<std::int64_t>(due.size()) < clients_at_once;
}

/// After tiers were changed every order is looked at once: who bought before may have reached one.
bool sweep(Transaction& transaction, std::int64_t& done) {
  const auto next = transaction.one_number("SELECT next_order FROM tier_sweep");
  if (!next) return true;
  const std::vector<Tier> tiers = tiers_in_use(transaction);
  std::vector<OrderId> orders;
  {
    storage::Cursor rows = transaction.query(
        "SELECT id FROM orders WHERE id >= $1 AND payer IS NOT NULL"
        " ORDER BY id LIMIT $2",
        *next, orders_at_once);
    while (rows.next()) orders.push_back(OrderId{rows.integer(0)});
  }
  std::vector<ClientId> clients;
  for (OrderId id : orders) {
    const money::OrderRow order = money::stored_order(transaction, id);
    write_fact(transaction, id, fact_of(transaction, order));
    if (std::find(clients.begin(), clients.end(), order.payer) == clients.end()) {
      clients.push_back(order.payer);
    }
  }
  for (ClientId client : clients) {
    settle_tier(transaction, tiers, stored_tier(transaction, tiers, client),
                TierCause::tiers_changed);
  }
  done += static_cast<std::int64_t>(orders.size());
  if (static_cast<std::int64_t>(orders.size()) < orders_at_once) {
    // Who has a tier by other means than orders.
    transaction.execute("UPDATE client_tiers SET due = 0");
    transaction.execute("DELETE FROM tier_sweep");
    return true;
  }
  transaction.execute("UPDATE tier_sweep SET next_order = $1", orders.back().value + 1);
  return false;
}

// --- checking ---

void check_facts(Transaction& transaction, std::vector<storage::Finding>& findings) {
  const std::vector<Tier> tiers = tiers_in_use(transaction);
  if (tiers.empty() || transaction.exists("SELECT 1 FROM tier_sweep")) return;
  storage::Cursor facts = transaction.query(
      "SELECT client, day, ref, spend, tickets FROM tier_facts WHERE source = $1", Source::order);
  while (facts.next()) {
    const Fact fact =
        fact_of(transaction, money::stored_order(transaction, OrderId{facts.integer(2)}));
    if (fact.client == ClientId{facts.integer(0)} && fact.day == facts.integer(1) &&
        fact.spend == facts.integer(3) && fact.tickets == facts.integer(4)) {
      continue;
    }
    findings.push_back({"tiers", "order " + std::to_string(facts.integer(2)),
                        "what it counts for the tier is not what was paid for it"});
  }
  storage::Cursor missing = transaction.query(
      "SELECT id FROM orders WHERE payer IS NOT NULL AND paid > refunded AND created_at >="
      " (SELECT max(created_at) FROM tiers) AND NOT EXISTS (SELECT 1 FROM tier_facts"
      " WHERE client = payer AND source = $1 AND ref = orders.id)",
      Source::order);
  while (missing.next()) {
    const OrderId order{missing.integer(0)};
    if (fact_of(transaction, money::stored_order(transaction, order)).is_nothing()) continue;
    findings.push_back(
        {"tiers", "order " + std::to_string(order.value), "it does not count for the tier"});
  }
  storage::Cursor rows = transaction.query("SELECT client FROM client_tiers WHERE due > $1",
                                           today_number(transaction));
  while (rows.next()) {
    const TierRow row = stored_tier(transaction, tiers, ClientId{rows.integer(0)});
    if (row.reached == reached_by(transaction, tiers, row.client)) continue;
    findings.push_back({"tiers", "client " + std::to_string(row.client.value),
                        "the tier is not the one that they reach"});
  }
}

}  // namespace

namespace lists {

constinit const storage::Reaction tiers_follow_order{"money.order_changed",
                                                     on_money<money::OrderChanged>};
constinit const storage::Reaction tiers_follow_payment{"money.payment_completed",
                                                       on_money<money::PaymentCompleted>};
constinit const storage::Reaction tiers_follow_refund{"money.refund_changed",
                                                      on_money<money::RefundChanged>};
constinit const storage::TickPart tiers_sweep{"pricing.tiers_changed", sweep};
constinit const storage::TickPart tiers_due{"pricing.tiers", settle_due};
constinit const storage::CheckPart check_tiers{"tiers", check_facts};

}  // namespace lists
}  // namespace frontdesk::pricing
