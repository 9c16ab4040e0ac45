#include "access/relations.hpp"
#include "base/text.hpp"
#include "money/amounts.hpp"
#include "money/payments.hpp"
#include "money/references.hpp"
#include "money/refusals.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"
#include "storage/refusals.hpp"

#include <algorithm>

namespace frontdesk::money {

// --- create ---

namespace {

/// A sold line with the tax that its price holds.
NewLine priced(Transaction& transaction, const CreateOrder& request, const SoldLine& sold,
               const std::string& path) {
  const bool is_sold_so = sold.kind == LineKind::fee || sold.kind == LineKind::top_up ||
                          sold.kind == LineKind::cancellation_fee || sold.kind == LineKind::other;
  if (!is_sold_so) throw Error(Code::invalid, "line_kind_not_sold_so", path + "kind");
  check_not_negative(transaction, request.centre, sold.price, path + "price");
  NewLine line;
  line.kind = sold.kind;
  line.text = sold.text;
  line.quantity = sold.quantity;
  line.price = times(sold.price, sold.quantity);
  line.total = line.price;
  line.discount = Money{0, line.price.currency};
  line.tax_basis_points = sold.kind == LineKind::top_up ? 0 : sold.tax_basis_points;
  line.tax = portion(line.total, line.tax_basis_points, basis_points_whole + line.tax_basis_points,
                     rounding_of(transaction, request.centre));
  line.refundable = sold.refundable;
  return line;
}

void set_dates(Transaction& transaction, const CreateOrder& request, NewOrder& order) {
  if (request.deposit && request.deposit_basis_points) {
    throw Error(Code::invalid, "deposit_twice", "deposit");
  }
  order.deposit = request.deposit;
  if (request.deposit_basis_points) {
    Money total{0, currency_of(transaction, order.centre)};
    for (const NewLine& line : order.lines) total = plus(total, line.total);
    order.deposit =
        rate(total, *request.deposit_basis_points, rounding_of(transaction, order.centre));
  }
  if (request.deposit_by && !order.deposit) {
    throw Error(Code::invalid, "deposit_needed", "deposit_by");
  }
  if (request.deposit_by && *request.deposit_by <= transaction.now()) {
    throw Error(Code::invalid, "date_past", "deposit_by");
  }
  if (request.pay_by && *request.pay_by <= transaction.now()) {
    throw Error(Code::invalid, "date_past", "pay_by");
  }
  order.deposit_by = request.deposit_by;
  order.pay_by = request.pay_by;
}

}  // namespace

Order handle(Transaction& transaction, const CreateOrder& request) {
  check_buyer(transaction, request.payer, "payer");
  const bool has_guest = request.guest_name || request.guest_email || request.guest_phone;
  if (request.payer && has_guest) throw Error(Code::invalid, "payer_or_guest", "payer");
  NewOrder order;
  order.centre = request.centre;
  order.payer = request.payer;
  order.guest_name = request.guest_name.value_or("");
  if (request.guest_email) {
    const auto email = text::normal_email(*request.guest_email);
    if (!email) throw Error(Code::invalid, "email_malformed", "guest_email");
    order.guest_email = *email;
  }
  order.guest_phone = request.guest_phone.value_or("");
  order.seller = transaction.principal().account;
  order.channel = seating::Channel::box_office;
  for (std::size_t i = 0; i < request.lines.size(); ++i) {
    const std::string path = "lines[" + std::to_string(i) + "].";
    order.lines.push_back(priced(transaction, request, request.lines[i], path));
  }
  set_dates(transaction, request, order);
  check_tenders(transaction, request.centre, request.tenders);
  transaction.concern(request.centre);
  transaction.concern(request.payer);
  return open_order(transaction, order, request.tenders);
}

static constexpr Refusal create_checks[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::conflict, "client_erased", "the person was erased"},
    {Code::conflict, "client_merged", "the client was merged into another"},
    {Code::conflict, "client_archived", "the client is archived"},
    {Code::invalid, "payer_or_guest", "both a payer and a guest are named"},
    {Code::invalid, "email_malformed", "the guest's address is none"},
    {Code::invalid, "line_kind_not_sold_so", "tickets, plans and gift cards are sold elsewhere"},
    {Code::invalid, "currency_differs", "an amount is not in the centre's currency"},
    {Code::invalid, "amount_too_large", "an amount is beyond all reason"},
    {Code::invalid, "amount_negative", "a price is below zero"},
    {Code::invalid, "amount_overflow", "a price times its quantity cannot be counted"},
    {Code::invalid, "deposit_twice", "the deposit is given as an amount and as a part"},
    {Code::invalid, "deposit_needed", "the deposit has a date and no amount"},
    {Code::invalid, "date_past", "a date is past"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::denied, "permission_denied", "a way of paying needs another permission"},
    {Code::invalid, "amount_not_positive", "a deposit or a tender is not above zero"},
    {Code::invalid, "deposit_over_total", "the deposit is more than the total"},
    {Code::invalid, "top_up_from_balance", "a top-up is to be paid from a balance"},
};
static constexpr auto create_refusals =
    storage::joined(create_checks, money::tender_refusals, money::purse_refusals);

constinit const Operation CreateOrder::operation = storage::define<CreateOrder>({
    .number = 700,
    .name = "money.create_order",
    .kind = OperationKind::write,
    .doc = "Sells what needs no booking, all lines or none.",
    .rule = {.permission = "money.sell", .subject = Subject::centre, .field = "centre"},
    .refusals = create_refusals,
    .example = R"({"centre": 1, "payer": 1, "lines": [{"kind": "other", "text": "Yoga mat",
 "price": {"amount": 45000, "currency": "UAH"}, "tax_basis_points": 2000}],
 "tenders": [{"method": "card"}]})",
});

// --- look ---

Order handle(Transaction& transaction, const GetOrder& request) {
  OrderId id = request.order;
  if (!id && !request.reference) {
    throw Error(Code::invalid, "field_missing", "order", {{"name", "order"}});
  }
  if (!id) {
    const auto found = order_of_reference(transaction, *request.reference);
    if (!found) storage::missing("order", "order");
    id = *found;
  }
  return told(transaction, visible_order(transaction, id));
}

static constexpr Refusal get_refusals[] = {
    {Code::invalid, "field_missing", "neither a number nor a reference is given"},
    {Code::not_found, "order_not_found", "no such order, or not within reach"},
};

constinit const Operation GetOrder::operation = storage::define<GetOrder>({
    .number = 701,
    .name = "money.get_order",
    .kind = OperationKind::read,
    .doc = "One order with its lines, by number or reference.",
    .rule = {.permission = "money.view"},
    .refusals = get_refusals,
    .example = R"({"order": 1})",
});

namespace {

/// The condition for a status, which follows from the amounts.
std::string_view standing(OrderStatus status) {
  switch (status) {
    case OrderStatus::open:
      return "ended_at IS NULL AND owed > 0 AND paid <= refunded";
    case OrderStatus::part_paid:
      return "ended_at IS NULL AND owed > 0 AND paid > refunded";
    case OrderStatus::paid:
      return "ended_at IS NULL AND owed <= 0";
    case OrderStatus::cancelled:
      return "ended_at IS NOT NULL AND refunded = 0";
    case OrderStatus::refunded:
      break;
  }
  return "ended_at IS NOT NULL AND refunded > 0";
}

}  // namespace

Page<Order> handle(Transaction& transaction, const Orders& request) {
  storage::List list("orders");
  access::narrow_to_reach(list, transaction, {.client = "payer", .centre = "centre"});
  if (request.centre) list.where("centre = $", request.centre);
  if (request.payer) list.where("payer = $", request.payer);
  if (request.seller) list.where("seller = $", request.seller);
  if (request.channel) list.where("channel = $", *request.channel);
  if (request.status) list.where(standing(*request.status));
  if (request.from) list.where("created_at >= $", *request.from);
  if (request.to) list.where("created_at < $", *request.to);
  list.order({{"id", true}});
  auto rows = list.page<OrderRow>(transaction, request.cursor, request.limit);
  Page<Order> page{.items = {}, .next = rows.next};
  for (const OrderRow& row : rows.items) page.items.push_back(told(transaction, row));
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Orders::operation = storage::define<Orders>({
    .number = 702,
    .name = "money.orders",
    .kind = OperationKind::read,
    .doc = "Lists orders with their lines, newest first.",
    .rule = {.permission = "money.view"},
    .refusals = list_refusals,
    .example = R"({"centre": 1, "status": "part_paid"})",
});

// --- cancel ---

namespace {

/// The lines to end, with what goes back of each.
std::vector<LineEnd> ends_of(Transaction& transaction, const OrderRow& order,
                             const CancelOrder& request) {
  const std::vector<LineRow> lines = lines_of(transaction, order.id);
  const std::vector<std::int64_t> shares = paid_shares(order, lines);
  const Currency currency = currency_of(transaction, order.centre);
  for (OrderLineId wanted : request.lines) {
    if (std::none_of(lines.begin(), lines.end(),
                     [&](const LineRow& line) { return line.id == wanted; })) {
      storage::missing("order_line", "lines");
    }
  }
  for (auto wanted = request.lines.begin(); wanted != request.lines.end(); ++wanted) {
    if (std::find(request.lines.begin(), wanted, *wanted) == wanted) continue;
    throw Error(Code::invalid, "line_twice", "lines");
  }
  std::vector<LineEnd> ends;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const LineRow& line = lines[i];
    const bool is_named =
        std::find(request.lines.begin(), request.lines.end(), line.id) != request.lines.end();
    if (!is_named && (!request.lines.empty() || line.ended_at)) continue;
    if (line.booking) {
      throw Error(Code::conflict, "line_of_booking", "order", {{"booking", line.booking.value}});
    }
    const bool is_kept = request.keep_payment || !line.refundable;
    ends.push_back({line.id, Money{is_kept ? 0 : shares[i], currency}});
  }
  return ends;
}

}  // namespace

Order handle(Transaction& transaction, const CancelOrder& request) {
  const OrderRow order = order_of_centre(transaction, request.order);
  storage::check_version(request.version, order.version);
  if (order.ended_at) throw Error(Code::conflict, "order_ended", "order");
  const std::vector<LineEnd> ends = ends_of(transaction, order, request);
  transaction.concern(order.payer);
  return end_lines(transaction, order.id, ends, request.to, request.reason).order;
}

static constexpr Refusal cancel_refusals[] = {
    {Code::not_found, "order_not_found", "no such order, or not within reach"},
    {Code::conflict, "version_outdated", "the order was changed since that version"},
    {Code::conflict, "order_ended", "all its lines were cancelled before"},
    {Code::not_found, "order_line_not_found", "the order has no such line"},
    {Code::invalid, "line_twice", "a line is named twice"},
    {Code::conflict, "line_of_booking", "a line belongs to a booking: cancel that"},
    {Code::conflict, "line_ended", "a line was cancelled before"},
    {Code::conflict, "balance_too_low", "a top-up was spent already"},
    {Code::invalid, "payer_needed", "a guest has no balance to give back to"},
    {Code::conflict, "gift_card_used", "a gift card of the order has paid already"},
};

constinit const Operation CancelOrder::operation = storage::define<CancelOrder>({
    .number = 703,
    .name = "money.cancel_order",
    .kind = OperationKind::write,
    .doc = "Cancels an order, or lines of it, that no booking belongs to.",
    .rule = {.permission = "money.refund"},
    .refusals = cancel_refusals,
    .example = R"({"order": 1, "reason": "Ordered by mistake"})",
});

// --- write off ---

namespace {

/// The account that bears what is struck off of a line. What a plan, a gift card or a waiting
/// top-up would have given is not owed to its buyer any more; all else is a bad debt.
AccountKind bearer_of(const OrderRow& order, const LineRow& line) {
  const bool is_owed_to_buyer = line.kind == LineKind::plan || line.kind == LineKind::gift_card ||
                                (line.kind == LineKind::top_up && order.top_up_due > 0);
  return is_owed_to_buyer && !line.ended_at ? income_of(line.kind) : AccountKind::write_offs;
}

/// Strikes off an amount of a line that will not come. Its tax is not owed to the state either.
void strike_off(Transaction& transaction, OrderRow& order, LineRow& line, std::int64_t amount,
                std::vector<Leg>& legs) {
  if (amount == 0) return;
  const AccountKind bearer = bearer_of(order, line);
  if (bearer == AccountKind::top_ups_due) order.top_up_due -= amount;
  const std::int64_t tax = tax_gone(transaction, order, line, amount);
  legs.push_back({bearer, amount - tax});
  legs.push_back({AccountKind::tax, tax});
  line.struck += amount;
  store(transaction, line);
}

}  // namespace

Order handle(Transaction& transaction, const WriteOff& request) {
  OrderRow order = order_of_centre(transaction, request.order);
  if (order.owed <= 0) throw Error(Code::conflict, "nothing_owed", "order");
  std::vector<LineRow> lines = lines_of(transaction, order.id);
  const std::vector<std::int64_t> shares = paid_shares(order, lines);
  std::int64_t left = order.owed;
  std::vector<Leg> legs;
  // What is unpaid of lines that stand; what is owed beyond (a payment was charged back) of ended
  // ones.
  for (bool ended : {false, true}) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].ended_at.has_value() != ended) continue;
      const std::int64_t unpaid = std::min(left, lines[i].worth() - shares[i]);
      strike_off(transaction, order, lines[i], unpaid, legs);
      left -= unpaid;
    }
  }
  const std::int64_t written_off = order.owed - left;
  legs.push_back({AccountKind::receivable, -written_off});
  order.owed -= written_off;
  order.total -= written_off;
  apply_payment(order, 0, legs);
  store(transaction, order);
  post(transaction,
       {.kind = EntryKind::write_off,
        .centre = order.centre,
        .order = order.id,
        .memo = request.reason},
       legs);
  transaction.emit(OrderChanged{.order = order.id, .centre = order.centre, .client = order.payer});
  if (order.owed == 0 && !order.ended_at) {
    transaction.emit(OrderPaid{.order = order.id, .centre = order.centre, .client = order.payer});
  }
  return told(transaction, order, lines);
}

static constexpr Refusal write_off_refusals[] = {
    {Code::not_found, "order_not_found", "no such order, or not within reach"},
    {Code::conflict, "nothing_owed", "nothing is owed for the order"},
};

constinit const Operation WriteOff::operation = storage::define<WriteOff>({
    .number = 733,
    .name = "money.write_off",
    .kind = OperationKind::write,
    .doc = "Strikes off what is owed of an order and will not come.",
    .rule = {.permission = "money.adjust"},
    .refusals = write_off_refusals,
    .example = R"({"order": 1, "reason": "Moved away"})",
});

}  // namespace frontdesk::money
