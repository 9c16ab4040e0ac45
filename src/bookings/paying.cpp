/// Paying for a booking, at once or by what money tells later (SPEC B4).
#include "bookings/paying.hpp"
#include "bookings/lists.hpp"
#include "bookings/making.hpp"
#include "money/order_rows.hpp"
#include "money/refusals.hpp"
#include "storage/define.hpp"
#include "storage/refusals.hpp"

namespace frontdesk::bookings {

constexpr BookingStatus unpaid[] = {BookingStatus::held, BookingStatus::pending};

bool is_awaited(const money::Tender& tender) {
  return tender.method == money::PaymentMethod::external && !tender.external_ref;
}

bool begin_awaited(Transaction& transaction, OrderId order,
                   std::span<const money::Tender> payments) {
  bool is_waiting = false;
  for (std::size_t i = 0; i < payments.size(); ++i) {
    if (!is_awaited(payments[i])) continue;
    const std::string path = "payments[" + std::to_string(i) + "].";
    if (!payments[i].provider) {
      throw Error(Code::invalid, "field_missing", path + "provider",
                  {{"name", std::string("provider")}});
    }
    const Money amount = payments[i].amount.value_or(money::owed(transaction, order));
    money::take_of("payments", i,
                   [&] { money::await(transaction, order, *payments[i].provider, amount); });
    is_waiting = true;
  }
  return is_waiting;
}

bool take_payments(Transaction& transaction, OrderId order,
                   std::span<const money::Tender> payments) {
  money::pay_asked(transaction, order, {payments, "payments", is_awaited});
  return begin_awaited(transaction, order, payments);
}

money::NewOrder order_for(const Row& row, std::vector<money::NewLine> lines) {
  return {.centre = row.centre,
          .payer = row.payer,
          .guest_name = row.guest_name.value_or(""),
          .guest_email = row.guest_email.value_or(""),
          .guest_phone = row.guest_phone.value_or(""),
          .seller = row.seller,
          .channel = row.channel,
          .lines = std::move(lines)};
}

std::vector<BookingId> bookings_of_order(Transaction& transaction, OrderId order) {
  const std::int64_t first = order.value * money::numbers_per_order;
  storage::Cursor rows = transaction.query(
      "SELECT DISTINCT booking FROM order_lines WHERE id > $1 AND id < $2 AND booking IS NOT NULL"
      " ORDER BY booking",
      first, first + money::numbers_per_order);
  std::vector<BookingId> bookings;
  while (rows.next()) bookings.push_back(BookingId{rows.integer(0)});
  return bookings;
}

bool confirm_paid(Transaction& transaction, Stored& booking) {
  if (booking.row.status != BookingStatus::held && booking.row.status != BookingStatus::pending) {
    return false;
  }
  change_all(transaction, booking, unpaid, BookingStatus::confirmed, Change::confirmed);
  transaction.emit(told_of<BookingConfirmed>(booking.row));
  return true;
}

namespace {

/// Whatever area, operation or callback paid: nothing is owed, so the places are the payer's.
void confirm_order(Transaction& transaction, const void* event) {
  const OrderId order = static_cast<const money::OrderPaid*>(event)->order;
  for (BookingId id : bookings_of_order(transaction, order)) {
    Stored booking = stored_booking(transaction, id);
    confirm_paid(transaction, booking);
  }
}

}  // namespace

Booking handle(Transaction& transaction, const Pay& request) {
  Stored booking = changeable_booking(transaction, request.booking, std::nullopt);
  if (!is_live(booking.row.status)) {
    refuse_transition(booking.row.status, BookingStatus::confirmed);
  }
  check_means(transaction, booking.row.centre, booking.row.payer, request.payments);
  if (!booking.row.order) throw Error(Code::conflict, "nothing_owed", "booking");
  const std::int64_t owed_before = money::owed(transaction, booking.row.order).minor;
  take_payments(transaction, booking.row.order, request.payments);
  const std::int64_t owed = money::owed(transaction, booking.row.order).minor;
  if (owed < owed_before) note_change(transaction, booking.row, Change::paid);
  if (owed == 0) confirm_paid(transaction, booking);
  return view_of(transaction, booking);
}

static constexpr Refusal booking_checks[] = {
    {Code::not_found, "booking_not_found", "no such booking, or not within reach"},
    {Code::conflict, "transition_not_allowed", "the booking was cancelled or has expired"},
    {Code::denied, "role_not_allowed", "the means are for staff"},
    {Code::denied, "balance_not_yours", "the balance that is to pay is somebody else's"},
    {Code::invalid, "method_not_accepted", "a way of paying has an operation of its own"},
    {Code::invalid, "field_missing", "an external payment names no provider"},
    {Code::conflict, "payments_too_many", "the order has too many payments"},
};
static constexpr auto refusals = storage::joined(booking_checks, money::amount_refusals,
                                                 money::tender_refusals, money::purse_refusals);

constinit const Operation Pay::operation = storage::define<Pay>({
    .number = 903,
    .name = "bookings.pay",
    .kind = OperationKind::write,
    .doc = "Pays for a booking; once nothing is owed it is confirmed.",
    .rule = {.permission = "bookings.book"},
    .refusals = refusals,
    .example = R"({"booking": 1, "payments": [{"method": "balance"}]})",
});

namespace lists {

constinit const storage::Reaction order_paid{"money.order_paid", confirm_order};

}  // namespace lists
}  // namespace frontdesk::bookings
