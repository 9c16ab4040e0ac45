/// Gift cards: sold, paid with, given back, lost with time (SPEC D7).
#include <frontdesk/pricing_gift_cards.hpp>

#include "access/relations.hpp"
#include "base/texts.hpp"
#include "base/zones.hpp"
#include "catalog/centres.hpp"
#include "money/amounts.hpp"
#include "money/payments.hpp"
#include "money/refusals.hpp"
#include "pricing/coupon_codes.hpp"
#include "pricing/lists.hpp"
#include "pricing/records.hpp"
#include "pricing/settings.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

#include <algorithm>

namespace frontdesk::pricing {

constinit const storage::EventKind GiftCardChanged::kind{
    "pricing.gift_card_changed", "A gift card was sold, paid, used or ended.", "money.view"};

namespace {

constexpr std::size_t letters_of_card = 16;
constexpr std::int64_t cards_at_once = 200;

/// A card as its table holds it: amounts in minor units of the centre's currency.
struct CardRow {
  GiftCardId id{};
  CentreId centre{};
  std::string code_key{};
  std::string code{};
  GiftCardStatus status = GiftCardStatus::unpaid;
  std::int64_t amount = 0;
  std::int64_t remaining = 0;
  OrderId order{};
  OrderLineId order_line{};
  ClientId buyer{};
  Instant created_at{};
  std::optional<Instant> expires_at{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&CardRow::id>("Number of the card."),
        field<&CardRow::centre>("Its centre."),
        field<&CardRow::code_key>("The code as it is compared.").secret(),
        field<&CardRow::code>("The code.").secret(),
        field<&CardRow::status>("How it stands."),
        field<&CardRow::amount>("What it was sold for."),
        field<&CardRow::remaining>("What is left."),
        field<&CardRow::order>("Its order."),
        field<&CardRow::order_line>("Its line."),
        field<&CardRow::buyer>("Who bought it.").or_default(),
        field<&CardRow::created_at>("When it was sold."),
        field<&CardRow::expires_at>("When it ends."),
    };
    return table;
  }
};

GiftCard view_of(Transaction& transaction, const CardRow& row) {
  const Currency currency = money::currency_of(transaction, row.centre);
  return {.id = row.id,
          .centre = row.centre,
          .code = row.code,
          .status = row.status,
          .amount = {row.amount, currency},
          .left = {row.remaining, currency},
          .order = row.order,
          .buyer = row.buyer,
          .created_at = row.created_at,
          .expires_at = row.expires_at};
}

void store(Transaction& transaction, const CardRow& row) {
  storage::update(transaction, "gift_cards", row);
  transaction.emit(
      GiftCardChanged{.card = row.id,
                      .centre = row.centre,
                      .status = row.status,
                      .left = {row.remaining, money::currency_of(transaction, row.centre)}});
}

void move(Transaction& transaction, CardRow& row, PaymentId payment, std::int64_t amount) {
  transaction.execute(
      "INSERT INTO gift_card_moves (card, payment, amount, at) VALUES ($1, $2, $3, $4)", row.id,
      payment, amount, transaction.now());
  row.remaining += amount;
}

bool is_over(const CardRow& row, Instant now) { return row.expires_at && *row.expires_at <= now; }

std::optional<Instant> term_from_now(Transaction& transaction, CentreId centre) {
  const std::int64_t days = storage::number(transaction, gift_card_days, centre);
  if (days == 0) return std::nullopt;
  return transaction.now() + std::chrono::days{days};
}

std::optional<CardRow> card_with(Transaction& transaction, std::string_view code) {
  return storage::find<CardRow>(transaction, "gift_cards WHERE code_key = $1", code_key(code));
}

/// `ABCD-EFGH-JKMN-PQRS`
std::string new_code(Transaction& transaction) {
  std::string code = random_code(transaction, letters_of_card);
  for (std::size_t at = 12; at > 0; at -= 4) code.insert(at, "-");
  return code;
}

}  // namespace

// --- selling ---

GiftCard handle(Transaction& transaction, const SellGiftCard& request) {
  const bool is_staff = transaction.reach().covers(request.centre);
  money::check_centre(transaction, request.centre, request.buyer);
  if (!request.buyer && !is_staff) throw Error(Code::invalid, "client_needed", "buyer");
  money::check_buyer(transaction, request.buyer, "buyer");
  money::check_positive(transaction, request.centre, request.amount, "amount");
  if (request.amount.minor > amount_max) {
    throw Error(Code::invalid, "amount_too_large", "amount", {{"highest", amount_max}});
  }
  for (const money::Tender& tender : request.tenders) {
    if (money::is_money(tender.method)) continue;
    throw Error(Code::invalid, "method_not_accepted", "tenders");
  }
  money::check_tenders(transaction, request.centre, request.tenders);
  money::NewOrder sale{.centre = request.centre, .payer = request.buyer};
  if (is_staff) {
    sale.seller = transaction.principal().account;
    sale.channel = seating::Channel::box_office;
  }
  sale.lines.push_back({.kind = money::LineKind::gift_card,
                        .text = texts::get(transaction.language(), "pricing.gift_card"),
                        .price = request.amount,
                        .discount = {0, request.amount.currency},
                        .total = request.amount,
                        .tax = {0, request.amount.currency}});
  const money::Order order = money::open_order(transaction, sale, request.tenders);
  CardRow row{.centre = request.centre,
              .code = new_code(transaction),
              .status = order.owed.minor == 0 ? GiftCardStatus::active : GiftCardStatus::unpaid,
              .amount = request.amount.minor,
              .remaining = request.amount.minor,
              .order = order.id,
              .order_line = order.lines.front().id,
              .buyer = request.buyer,
              .created_at = transaction.now()};
  row.code_key = code_key(row.code);
  row.expires_at = term_from_now(transaction, request.centre);
  storage::insert(transaction, "gift_cards", row);
  transaction.concern(request.buyer);
  transaction.concern(request.centre);
  return view_of(transaction, row);
}

static constexpr Refusal sell_checks[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::invalid, "client_needed", "a customer names no buyer"},
    {Code::not_found, "client_not_found", "no such buyer, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::invalid, "currency_differs", "the amount is not in the centre's currency"},
    {Code::invalid, "amount_not_positive", "the amount is not above zero"},
    {Code::invalid, "amount_too_large", "the amount is beyond what can be counted with"},
    {Code::invalid, "method_not_accepted", "paid with another card, with points, or for free"},
    {Code::denied, "permission_denied", "paid in a way that only staff take"},
};
static constexpr auto sell_refusals = storage::joined(sell_checks, money::tender_refusals);

constinit const Operation SellGiftCard::operation = storage::define<SellGiftCard>({
    .number = 880,
    .name = "pricing.sell_gift_card",
    .kind = OperationKind::write,
    .doc = "Sells a gift card.",
    .rule = {.permission = "bookings.book"},
    .refusals = sell_refusals,
    .example = R"({"centre": 1, "buyer": 7, "amount": {"amount": 50000, "currency": "UAH"},
 "tenders": [{"method": "balance"}]})",
});

// --- looking ---

GiftCard handle(Transaction& transaction, const GetGiftCard& request) {
  auto row = card_with(transaction, request.code);
  if (!row) storage::missing("gift_card", "code");
  GiftCard card = view_of(transaction, *row);
  card.order = {};  // the code tells what is left, not who bought it
  card.buyer = {};
  return card;
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "gift_card_not_found", "no card has the code"},
};

constinit const Operation GetGiftCard::operation = storage::define<GetGiftCard>({
    .number = 881,
    .name = "pricing.gift_card",
    .kind = OperationKind::read,
    .doc = "Shows what is left of a gift card, for who knows its code.",
    .rule = {.audience = Audience::everyone},
    .refusals = get_refusals,
    .example = R"({"code": "7KQM-2XNV-9ABC-DEFG"})",
});

Page<GiftCard> handle(Transaction& transaction, const GiftCards& request) {
  // A code pays, so that a list shows no more than its end.
  storage::List list(
      "(SELECT gift_cards.id, gift_cards.centre, substr(gift_cards.code, -4) AS code,"
      " gift_cards.status, gift_cards.\"order\", gift_cards.buyer, gift_cards.created_at,"
      " gift_cards.expires_at, json_object('amount', gift_cards.amount, 'currency',"
      " centres.currency) AS amount, json_object('amount', gift_cards.remaining, 'currency',"
      " centres.currency) AS \"left\" FROM gift_cards"
      " JOIN centres ON centres.id = gift_cards.centre)");
  access::narrow_to_reach(list, transaction, {.client = "buyer", .centre = "centre"});
  if (request.centre) list.where("centre = $", request.centre);
  if (request.buyer) list.where("buyer = $", request.buyer);
  list.order({{"id", true}});
  return list.page<GiftCard>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation GiftCards::operation = storage::define<GiftCards>({
    .number = 882,
    .name = "pricing.gift_cards",
    .kind = OperationKind::read,
    .doc = "Lists gift cards with the ends of their codes, the newest first.",
    .rule = {.permission = "money.view"},
    .refusals = list_refusals,
    .example = R"({"centre": 1})",
});

// --- as payment ---

namespace {

CardRow payable_card(Transaction& transaction, const money::Draw& draw) {
  if (draw.code.empty()) throw Error(Code::invalid, "gift_card_code_needed", "code");
  auto row = card_with(transaction, draw.code);
  if (!row) storage::missing("gift_card", "code");
  if (row->centre != draw.centre) {
    throw Error(Code::conflict, "gift_card_of_other_centre", "code");
  }
  if (row->status == GiftCardStatus::unpaid) {
    throw Error(Code::conflict, "gift_card_unpaid", "code");
  }
  if (row->status == GiftCardStatus::cancelled) {
    throw Error(Code::conflict, "gift_card_cancelled", "code");
  }
  if (is_over(*row, transaction.now())) {
    throw Error(Code::expired, "gift_card_expired", "code",
                {{"expired", zones::print(*row->expires_at)}});
  }
  return std::move(*row);
}

void draw(Transaction& transaction, const void* told) {
  const auto& draw = *static_cast<const money::Draw*>(told);
  CardRow row = payable_card(transaction, draw);
  if (draw.amount > row.remaining) {
    throw Error(Code::conflict, "gift_card_too_low", "code",
                money::amount_details(transaction, row.centre, "left", row.remaining));
  }
  move(transaction, row, draw.payment, -draw.amount);
  if (row.remaining == 0) row.status = GiftCardStatus::spent;
  store(transaction, row);
}

/// A card pays as long as it is paid itself: a payment may be voided or charged back.
GiftCardStatus standing_of(const money::OrderRow& order) {
  return order.owed == 0 ? GiftCardStatus::active : GiftCardStatus::unpaid;
}

/// What is left of a card whose time is over is the centre's.
void expire(Transaction& transaction, CardRow& row) {
  const money::Leg legs[] = {{money::AccountKind::gift_cards, row.remaining},
                             {money::AccountKind::cancellation_income, -row.remaining}};
  money::post(
      transaction,
      {.kind = money::EntryKind::gift_card_expiry, .centre = row.centre, .order = row.order}, legs);
  move(transaction, row, {}, -row.remaining);
  row.status = GiftCardStatus::expired;
}

/// What comes back on a card whose time is over can be spent for a new term: it would be lost at
/// once.
void revive(Transaction& transaction, CardRow& row) {
  if (row.status == GiftCardStatus::active) expire(transaction, row);
  row.expires_at = term_from_now(transaction, row.centre);
  row.status = GiftCardStatus::spent;
}

/// A card that was written off was never paid for in the end: what comes back makes the loss of
/// then good.
void recover_loss(Transaction& transaction, CardRow& row, std::int64_t amount) {
  const money::Leg legs[] = {{money::AccountKind::gift_cards, amount},
                             {money::AccountKind::write_offs, -amount}};
  money::post(transaction,
              {.kind = money::EntryKind::write_off, .centre = row.centre, .order = row.order},
              legs);
  move(transaction, row, {}, -amount);
}

void restore(Transaction& transaction, const void* told) {
  const auto& draw = *static_cast<const money::Draw*>(told);
  const GiftCardId id{
      transaction.one_number("SELECT card FROM gift_card_moves WHERE payment = $1", draw.payment)
          .value_or(0)};
  auto row = storage::find<CardRow>(transaction, "gift_cards WHERE id = $1", id);
  if (!row) return;
  const bool is_cancelled = row->status == GiftCardStatus::cancelled;
  if (!is_cancelled && is_over(*row, transaction.now())) revive(transaction, *row);
  move(transaction, *row, draw.payment, draw.amount);
  if (is_cancelled) recover_loss(transaction, *row, draw.amount);
  if (row->status == GiftCardStatus::spent) {
    row->status = standing_of(money::stored_order(transaction, row->order));
  }
  store(transaction, *row);
}

// --- with its order ---

/// A card that somebody has paid with cannot be given back.
void end_card(Transaction& transaction, CardRow& row) {
  if (row.remaining != row.amount) {
    throw Error(Code::conflict, "gift_card_used", "lines", {{"card", row.id.value}});
  }
  move(transaction, row, {}, -row.remaining);
  row.status = GiftCardStatus::cancelled;
  store(transaction, row);
}

/// What of a card is written off is not on it any more, as money has it. What somebody had paid
/// with before (its own payment was charged back later) is the centre's loss.
void bear_loss(Transaction& transaction, CardRow& row, std::int64_t loss) {
  const money::Leg legs[] = {{money::AccountKind::gift_cards, -loss},
                             {money::AccountKind::write_offs, loss}};
  money::post(transaction,
              {.kind = money::EntryKind::write_off, .centre = row.centre, .order = row.order},
              legs);
  move(transaction, row, {}, loss);
}

enum class Shrinking : unsigned char { given_back, written_off };

/// A part of its price, or all, went back or was written off.
void shrink_card(Transaction& transaction, CardRow& row, const money::LineRow& line,
                 Shrinking shrinking) {
  const std::int64_t gone = row.amount - line.worth();
  const std::int64_t used = gone - std::min(gone, row.remaining);
  if (used > 0 && shrinking == Shrinking::given_back) {
    throw Error(Code::conflict, "gift_card_used", "lines", {{"card", row.id.value}});
  }
  if (used > 0) bear_loss(transaction, row, used);
  row.amount = line.worth();
  row.remaining -= gone;
  if (row.amount == 0) {
    row.status = GiftCardStatus::cancelled;
  } else if (row.remaining == 0) {
    row.status = GiftCardStatus::spent;
  }
  store(transaction, row);
}

void follow_order(Transaction& transaction, OrderId order, Shrinking shrinking) {
  for (CardRow& row : storage::all<CardRow>(
           transaction, "gift_cards WHERE \"order\" = $1 AND status <> 4 ORDER BY id", order)) {
    const money::LineRow line = money::stored_line(transaction, row.order_line);
    if (line.ended_at) {
      end_card(transaction, row);
      continue;
    }
    if (line.worth() < row.amount) shrink_card(transaction, row, line, shrinking);
    if (row.status == GiftCardStatus::unpaid || row.status == GiftCardStatus::active) {
      const GiftCardStatus standing = standing_of(money::stored_order(transaction, order));
      if (row.status == standing) continue;
      row.status = standing;
      store(transaction, row);
    }
  }
}

/// What goes back is told as a refund before its order tells of a change: what a change finds
/// smaller was written off.
void on_order(Transaction& transaction, const void* event) {
  follow_order(transaction, static_cast<const money::OrderChanged*>(event)->order,
               Shrinking::written_off);
}

template <class Event>
void on_money(Transaction& transaction, const void* event) {
  follow_order(transaction, static_cast<const Event*>(event)->order, Shrinking::given_back);
}

// --- time ---

bool expire_due(Transaction& transaction, std::int64_t& done) {
  std::vector<CardRow> rows = storage::all<CardRow>(
      transaction,
      "gift_cards WHERE remaining > 0 AND expires_at IS NOT NULL AND expires_at <= $1"
      " AND status IN ($2, $3) ORDER BY expires_at LIMIT $4",
      transaction.now(), GiftCardStatus::active, GiftCardStatus::expired, cards_at_once);
  for (CardRow& row : rows) {
    expire(transaction, row);
    store(transaction, row);
  }
  done += static_cast<std::int64_t>(rows.size());
  return static_cast<std::int64_t>(rows.size()) < cards_at_once;
}

void check_cards(Transaction& transaction, std::vector<storage::Finding>& findings) {
  storage::Cursor rows = transaction.query(
      "SELECT id FROM gift_cards WHERE remaining < 0 OR remaining <> amount + (SELECT"
      " coalesce(sum(gift_card_moves.amount), 0) FROM gift_card_moves WHERE card = gift_cards.id)");
  while (rows.next()) {
    findings.push_back({"gift_cards", "card " + std::to_string(rows.integer(0)),
                        "what is left is not its amount with its moves"});
  }
  storage::Cursor centres =
      transaction.query("SELECT centre, sum(remaining) FROM gift_cards GROUP BY centre");
  while (centres.next()) {
    const std::int64_t owed = money::account_balance(transaction, CentreId{centres.integer(0)},
                                                     money::AccountKind::gift_cards);
    if (owed == -centres.integer(1)) continue;
    findings.push_back({"gift_cards", "centre " + std::to_string(centres.integer(0)),
                        "what is left on its cards is not what the ledger owes for them"});
  }
}

}  // namespace

namespace lists {

constinit const storage::Reaction gift_cards_follow_order{"money.order_changed", on_order};
constinit const storage::Reaction gift_cards_follow_payment{"money.payment_completed",
                                                            on_money<money::PaymentCompleted>};
constinit const storage::Reaction gift_cards_follow_refund{"money.refund_changed",
                                                           on_money<money::RefundChanged>};
constinit const storage::TickPart gift_cards_expire{"pricing.gift_cards_expire", expire_due};
constinit const storage::CheckPart check_gift_cards{"gift_cards", check_cards};
constinit const storage::Purse gift_card_purse{
    static_cast<std::int64_t>(money::PaymentMethod::gift_card), draw, restore};

}  // namespace lists
}  // namespace frontdesk::pricing
