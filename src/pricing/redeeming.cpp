/// Uses of coupons: reserved with the quote of a hold, redeemed with the order, given back with the
/// order's last line (SPEC D2, D3).
#include "access/relations.hpp"
#include "describe/json.hpp"
#include "money/order_rows.hpp"
#include "pricing/coupon_codes.hpp"
#include "pricing/coupons.hpp"
#include "pricing/free_tickets.hpp"
#include "pricing/lists.hpp"
#include "pricing/offers.hpp"
#include "storage/define.hpp"

#include <map>

namespace frontdesk::pricing {

constinit const storage::EventKind CouponUsed::kind{
    "pricing.coupon_used", "An order took a coupon, or gave it back.", "pricing.coupons"};

namespace {

/// What a quote has of each coupon.
struct Part {
  std::string code_key{};
  std::int64_t amount = 0;
};
std::map<CouponId, Part> coupons_in(const Quote& quote) {
  std::map<CouponId, Part> parts;
  for (const QuoteLine& line : quote.lines) {
    for (const Discount& discount : line.discounts) {
      if (!discount.coupon) continue;
      Part& part = parts[discount.coupon];
      part.code_key = discount.code.value_or("");
      part.amount += discount.amount.minor;
    }
  }
  return parts;
}

struct UseRow {
  std::int64_t id = 0;
  CouponId coupon{};
  std::string code_key{};
  CentreId centre{};
  std::int64_t amount = 0;
  bool is_kept = false;
  bool is_released = false;
};

std::vector<UseRow> uses_of(Transaction& transaction, OrderId order) {
  std::vector<UseRow> uses;
  storage::Cursor rows = transaction.query(
      "SELECT id, coupon, code_key, centre, amount, kept, released_at IS NOT NULL"
      " FROM coupon_uses WHERE \"order\" = $1 ORDER BY id",
      order);
  while (rows.next()) {
    uses.push_back({rows.integer(0), CouponId{rows.integer(1)}, std::string(rows.text(2)),
                    CentreId{rows.integer(3)}, rows.integer(4), rows.integer(5) != 0,
                    rows.integer(6) != 0});
  }
  return uses;
}

/// What an order's lines that stand, or that something was kept of, have of a coupon.
std::optional<std::int64_t> amount_in_lines(Transaction& transaction, OrderId order,
                                            CouponId coupon) {
  const std::int64_t first = order.value * money::numbers_per_order;
  return transaction.one_number(
      "SELECT sum(json_extract(part.value, '$.amount.amount'))"
      " FROM order_lines, json_each(order_lines.discounts, '$.discounts') AS part"
      " WHERE order_lines.id > $1 AND order_lines.id < $2 AND order_lines.discounts IS NOT NULL"
      " AND (ended_at IS NULL OR total - returned - struck > 0)"
      " AND json_extract(part.value, '$.coupon') = $3",
      first, first + money::numbers_per_order, coupon);
}

void count(Transaction& transaction, const UseRow& use, std::int64_t uses, std::int64_t amount) {
  transaction.execute("UPDATE coupons SET uses = uses + $2, given = given + $3 WHERE id = $1",
                      use.coupon, uses, amount);
  if (uses == 0) return;
  transaction.execute(
      "UPDATE coupon_codes SET used = used + $2 WHERE code_key = $1 AND is_unique = 1",
      use.code_key, uses);
}

/// A use goes by the lines that have it: it ends with the last, and shrinks with the others.
void follow(Transaction& transaction, OrderId order, const UseRow& use) {
  const auto amount = amount_in_lines(transaction, order, use.coupon);
  if (!amount && use.is_kept) return;
  const std::int64_t before = use.is_released ? 0 : use.amount;
  if (!amount && use.is_released) return;
  if (amount && !use.is_released && *amount == use.amount) return;
  if (!amount) {
    transaction.execute("UPDATE coupon_uses SET released_at = $2 WHERE id = $1", use.id,
                        transaction.now());
    count(transaction, use, -1, -before);
  } else {
    transaction.execute("UPDATE coupon_uses SET amount = $2, released_at = NULL WHERE id = $1",
                        use.id, *amount);
    count(transaction, use, use.is_released ? 1 : 0, *amount - before);
  }
  if (!amount || use.is_released) {
    transaction.emit(CouponUsed{
        .coupon = use.coupon, .order = order, .centre = use.centre, .released = !amount});
  }
}

void follow_order(Transaction& transaction, const void* event) {
  const OrderId order = static_cast<const money::OrderChanged*>(event)->order;
  for (const UseRow& use : uses_of(transaction, order)) follow(transaction, order, use);
}

/// One use a client is a promise that cannot be kept without knowing the client.
void check_payer(Transaction& transaction, CouponId coupon, ClientId payer, HoldId hold) {
  const std::int64_t most =
      transaction.one_number("SELECT uses_per_client FROM coupons WHERE id = $1", coupon)
          .value_or(0);
  if (most == 0) return;
  if (!payer) throw Error(Code::conflict, "coupon_needs_client", "coupons");
  const std::int64_t used =
      transaction
          .one_number(
              "SELECT count(*) FROM coupon_uses WHERE coupon = $1 AND client = $2"
              " AND released_at IS NULL AND (hold IS NULL OR (hold <> $3 AND EXISTS"
              " (SELECT 1 FROM holds WHERE holds.id = coupon_uses.hold AND expires_at > $4)))",
              coupon, payer, hold.value, transaction.now())
          .value_or(0);
  if (used >= most) {
    throw Error(Code::conflict, "coupon_used_by_client", "coupons", {{"uses", most}});
  }
}

void insert_use(Transaction& transaction, CouponId coupon, const Part& part, const Sale& sale) {
  const bool is_order = static_cast<bool>(sale.order);
  transaction.execute(
      "INSERT INTO coupon_uses (coupon, code_key, client, centre, \"order\", hold, amount, kept,"
      " used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
      coupon, part.code_key, sale.payer, sale.centre, sale.order, is_order ? HoldId{} : sale.hold,
      part.amount, transaction.now());
}

}  // namespace

void reserve(Transaction& transaction, const Quote& quote, const Sale& sale) {
  transaction.execute("DELETE FROM coupon_uses WHERE hold = $1", sale.hold);
  for (const auto& [coupon, part] : coupons_in(quote)) insert_use(transaction, coupon, part, sale);
  take_free_tickets(transaction, quote, sale);
}

void redeem(Transaction& transaction, const Quote& quote, const Sale& sale) {
  if (sale.hold) transaction.execute("DELETE FROM coupon_uses WHERE hold = $1", sale.hold);
  for (const auto& [coupon, part] : coupons_in(quote)) {
    const bool is_carried = transaction.exists(
        "SELECT 1 FROM coupon_uses WHERE \"order\" = $1 AND coupon = $2", sale.order, coupon);
    if (is_carried) continue;  // follows the order's lines
    check_payer(transaction, coupon, sale.payer, sale.hold);
    insert_use(transaction, coupon, part, sale);
    count(transaction, {.coupon = coupon, .code_key = part.code_key}, 1, part.amount);
    transaction.emit(CouponUsed{.coupon = coupon, .order = sale.order, .centre = sale.centre});
  }
  take_free_tickets(transaction, quote, sale);
}

void keep_redeemed(Transaction& transaction, OrderId order, std::span<const OrderLineId> lines) {
  transaction.execute(
      "UPDATE coupon_uses SET kept = 1 WHERE \"order\" = $1 AND released_at IS NULL", order);
  transaction.execute("UPDATE free_tickets SET kept = kept + $2 WHERE \"order\" = $1", order,
                      free_tickets_in(transaction, lines));
}

bool can_revive(Transaction& transaction, OrderId order) {
  for (const UseRow& use : uses_of(transaction, order)) {
    if (!use.is_released) continue;
    storage::Cursor row = transaction.query(
        "SELECT coupons.uses < coupons.uses_max OR coupons.uses_max = 0,"
        " budget IS NULL OR json_extract(budget, '$.amount') >= given + $2,"
        " is_unique = 0 OR used = 0 FROM coupons JOIN coupon_codes ON code_key = $3"
        " WHERE coupons.id = $1",
        use.coupon, use.amount, use.code_key);
    if (!row.next() || row.integer(0) == 0 || row.integer(1) == 0 || row.integer(2) == 0) {
      return false;
    }
  }
  return true;
}

// --- looking ---

Page<CouponUse> handle(Transaction& transaction, const CouponUses& request) {
  // The rows know minor units; the record's money gets its currency from the centre.
  storage::List list(
      "(SELECT coupon_uses.id, coupon_uses.coupon, coalesce(coupon_codes.code,"
      " coupon_uses.code_key) AS code, coupon_uses.client, coupon_uses.centre,"
      " coupon_uses.\"order\", coupon_uses.hold, json_object('amount', coupon_uses.amount,"
      " 'currency', centres.currency) AS amount, coupon_uses.used_at, coupon_uses.released_at,"
      " (coupon_uses.hold IS NULL OR EXISTS (SELECT 1 FROM holds WHERE"
      " holds.id = coupon_uses.hold)) AS stands FROM coupon_uses"
      " JOIN centres ON centres.id = coupon_uses.centre"
      " LEFT JOIN coupon_codes ON coupon_codes.code_key = coupon_uses.code_key)");
  access::narrow_to_reach(list, transaction, {.centre = "centre"});
  list.where("stands");
  list.where(request.released ? "released_at IS NOT NULL" : "released_at IS NULL");
  if (request.coupon) list.where("coupon = $", request.coupon);
  if (request.centre) list.where("centre = $", request.centre);
  if (request.client) list.where("client = $", request.client);
  if (request.order) list.where("\"order\" = $", request.order);
  list.order({{"id", true}});
  return list.page<CouponUse>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation CouponUses::operation = storage::define<CouponUses>({
    .number = 846,
    .name = "pricing.coupon_uses",
    .kind = OperationKind::read,
    .doc = "Lists the purchases that had coupons, the newest first.",
    .rule = {.permission = "pricing.coupons"},
    .refusals = list_refusals,
    .example = R"({"coupon": 1})",
});

// --- checking ---

namespace {

void check_uses(Transaction& transaction, std::vector<storage::Finding>& findings) {
  storage::Cursor coupons = transaction.query(
      "SELECT id FROM coupons WHERE (uses, given) <> (SELECT count(*), coalesce(sum(amount), 0)"
      " FROM coupon_uses WHERE coupon = coupons.id AND hold IS NULL AND released_at IS NULL)");
  while (coupons.next()) {
    findings.push_back({"coupons", "coupon " + std::to_string(coupons.integer(0)),
                        "its figures are not those of its uses"});
  }
  storage::Cursor codes = transaction.query(
      "SELECT coupon_codes.code_key FROM coupon_codes LEFT JOIN"
      " (SELECT code_key, count(*) AS times FROM coupon_uses"
      "  WHERE hold IS NULL AND released_at IS NULL GROUP BY code_key) AS live"
      " ON live.code_key = coupon_codes.code_key"
      " WHERE is_unique = 1 AND used <> coalesce(live.times, 0)");
  while (codes.next()) {
    findings.push_back({"coupons", "code " + std::string(codes.text(0)),
                        "it is marked otherwise than it was used"});
  }
  storage::Cursor uses = transaction.query(
      "SELECT id, \"order\", coupon, amount, kept, released_at IS NOT NULL FROM coupon_uses"
      " WHERE \"order\" IS NOT NULL");
  while (uses.next()) {
    const auto amount =
        amount_in_lines(transaction, OrderId{uses.integer(1)}, CouponId{uses.integer(2)});
    const bool is_released = uses.integer(5) != 0;
    const bool is_kept = uses.integer(4) != 0;
    const bool is_right = is_released ? !amount : (is_kept && !amount) || amount == uses.integer(3);
    if (is_right) continue;
    findings.push_back({"coupons", "use " + std::to_string(uses.integer(0)),
                        "it is not what the lines of its order have"});
  }
}

}  // namespace

namespace lists {

constinit const storage::Reaction coupons_follow{"money.order_changed", follow_order};
constinit const storage::CheckPart check_coupons{"coupons", check_uses};

}  // namespace lists
}  // namespace frontdesk::pricing
