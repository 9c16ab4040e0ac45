#include "pricing/points.hpp"

#include "base/text.hpp"
#include "money/payments.hpp"
#include "pricing/lists.hpp"
#include "pricing/settings.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

#include <algorithm>

namespace frontdesk::pricing {

constinit const storage::EventKind PointsChanged::kind{"pricing.points_changed",
                                                       "Points came or went.", "money.view"};

Fields Lot::fields() {
  static constexpr Field table[] = {
      field<&Lot::id>("Number of the lot."),
      field<&Lot::client>("Whose points."),
      field<&Lot::order>("The order they came with.").or_default(),
      field<&Lot::session>("The session they came for.").or_default(),
      field<&Lot::percent>("In percent of the ordinary."),
      field<&Lot::remaining>("What is left of them."),
      field<&Lot::available_at>("From when on they can be spent."),
      field<&Lot::expires_at>("Until when."),
  };
  return table;
}

void enter_lot(Transaction& transaction, Lot& lot) {
  transaction.execute(
      "INSERT INTO point_lots (client, \"order\", session, percent, remaining, available_at,"
      " expires_at) VALUES ($1, $2, $3, $4, 0, $5, $6)",
      lot.client, lot.order, lot.session, lot.percent, lot.available_at, lot.expires_at);
  lot.id = transaction.connection().last_insert_id();
}

void move_points(Transaction& transaction, Lot& lot, std::int64_t points, const Cause& cause) {
  transaction.execute(
      "INSERT INTO point_entries (lot, client, kind, points, \"order\", payment, expires_at,"
      " reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      lot.id, lot.client, cause.kind, points, cause.order, cause.payment, lot.expires_at,
      cause.reason, transaction.now());
  transaction.execute("UPDATE point_lots SET remaining = remaining + $2 WHERE id = $1", lot.id,
                      points);
  lot.remaining += points;
  transaction.emit(PointsChanged{.client = lot.client, .change = cause.kind, .points = points});
}

std::int64_t spendable_points(Transaction& transaction, ClientId client) {
  return transaction
      .one_number(
          "SELECT sum(remaining) FROM point_lots WHERE client = $1"
          " AND available_at <= $2 AND (expires_at IS NULL OR expires_at > $2)",
          client, transaction.now())
      .value_or(0);
}

void take_points(Transaction& transaction, ClientId client, std::int64_t points, const Cause& cause,
                 std::string_view field) {
  const std::int64_t available = spendable_points(transaction, client);
  if (points > available) {
    throw Error(Code::conflict, "points_too_few", field,
                {{"available", std::max<std::int64_t>(0, available)}, {"needed", points}});
  }
  std::vector<Lot> lots =
      storage::all<Lot>(transaction,
                        "point_lots WHERE client = $1 AND remaining > 0 AND available_at <= $2"
                        " AND (expires_at IS NULL OR expires_at > $2)"
                        " ORDER BY expires_at IS NULL, expires_at, id",
                        client, transaction.now());
  for (Lot& lot : lots) {
    const std::int64_t part = std::min(points, lot.remaining);
    if (part == 0) break;
    move_points(transaction, lot, -part, cause);
    points -= part;
  }
}

std::optional<Instant> expiry_from(Transaction& transaction, CentreId centre, Instant available) {
  const std::int64_t days = storage::number(transaction, points_days, centre);
  if (days == 0) return std::nullopt;
  return available + std::chrono::days{days};
}

// --- looking ---

PointBalance points_of(Transaction& transaction, ClientId client) {
  PointBalance balance{.client = client, .spendable = spendable_points(transaction, client)};
  balance.waiting = transaction
                        .one_number(
                            "SELECT sum(remaining) FROM point_lots WHERE client = $1"
                            " AND available_at IS NULL",
                            client)
                        .value_or(0);
  const auto next = storage::find<Lot>(
      transaction,
      "point_lots WHERE client = $1 AND remaining > 0 AND available_at <= $2 AND expires_at > $2"
      " ORDER BY expires_at, id LIMIT 1",
      client, transaction.now());
  if (next) {
    balance.expiring = next->remaining;
    balance.expires_at = next->expires_at;
  }
  return balance;
}

PointBalance handle(Transaction& transaction, const GetPoints& request) {
  return points_of(transaction, request.client);
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
};

constinit const Operation GetPoints::operation = storage::define<GetPoints>({
    .number = 870,
    .name = "pricing.points",
    .kind = OperationKind::read,
    .doc = "Shows what a client has in points.",
    .rule = {.permission = "money.view", .subject = Subject::client, .field = "client"},
    .refusals = get_refusals,
    .example = R"({"client": 7})",
});

Page<PointEntry> handle(Transaction& transaction, const PointEntries& request) {
  storage::List list("point_entries");
  list.where("client = $", request.client);
  if (request.kind) list.where("kind = $", *request.kind);
  list.order({{"number", true}});
  return list.page<PointEntry>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation PointEntries::operation = storage::define<PointEntries>({
    .number = 871,
    .name = "pricing.point_entries",
    .kind = OperationKind::read,
    .doc = "Lists the movements of a client's points, the newest first.",
    .rule = {.permission = "money.view", .subject = Subject::client, .field = "client"},
    .refusals = list_refusals,
    .example = R"({"client": 7})",
});

// --- adjusting ---

PointBalance handle(Transaction& transaction, const AdjustPoints& request) {
  const std::string reason = text::tidy(request.reason);
  if (reason.empty()) throw Error(Code::invalid, "reason_needed", "reason");
  if (request.points == 0) throw Error(Code::invalid, "points_nothing", "points");
  money::check_buyer(transaction, request.client, "client");
  const Cause cause{.kind = PointKind::adjusted, .reason = reason};
  if (request.points < 0) {
    take_points(transaction, request.client, -request.points, cause, "points");
  } else {
    Lot lot{.client = request.client,
            .available_at = transaction.now(),
            .expires_at = expiry_from(transaction, {}, transaction.now())};
    enter_lot(transaction, lot);
    move_points(transaction, lot, request.points, cause);
  }
  transaction.concern(request.client);
  return points_of(transaction, request.client);
}

static constexpr Refusal adjust_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::invalid, "reason_needed", "the reason is nothing but white space"},
    {Code::invalid, "points_nothing", "no points come or go"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::conflict, "points_too_few", "more points are taken than can be spent"},
};

constinit const Operation AdjustPoints::operation = storage::define<AdjustPoints>({
    .number = 872,
    .name = "pricing.adjust_points",
    .kind = OperationKind::write,
    .doc = "Gives points to a client, or takes some away.",
    .rule = {.permission = "pricing.points", .subject = Subject::client, .field = "client"},
    .refusals = adjust_refusals,
    .example = R"({"client": 7, "points": 500, "reason": "An apology"})",
});

}  // namespace frontdesk::pricing
