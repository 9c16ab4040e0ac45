/// Orders, payments and refunds for the areas above: bookings, plans, gift cards. Everything here
/// keeps total = paid − refunded + owed for each order, and the ledger with it (SPEC M3).
#pragma once

#include <frontdesk/money_orders.hpp>
#include <frontdesk/money_payments.hpp>

#include "money/ledger.hpp"

namespace frontdesk::money {

/// A line to be sold. Amounts in the centre's currency; `total` holds the tax.
struct NewLine {
  LineKind kind = LineKind::ticket;
  std::string text{};
  SessionId session{};
  BookingId booking{};
  PlaceId place{};
  TicketTypeId ticket_type{};
  std::string seat_category{};
  std::int64_t quantity = 1;
  Money price{};     ///< of the whole line, before discounts
  Money discount{};  ///< taken off
  Money total{};     ///< to pay
  Money tax{};       ///< in the total
  std::int64_t tax_basis_points = 0;
  bool refundable = true;
  std::string discounts{};  ///< JSON: what was taken off and why; empty: nothing
};

struct NewOrder {
  CentreId centre{};
  ClientId payer{};
  std::string guest_name{};
  std::string guest_email{};
  std::string guest_phone{};
  AccountId seller{};
  seating::Channel channel = seating::Channel::online;
  std::optional<Money> deposit{};
  std::optional<Instant> deposit_by{};
  std::optional<Instant> pay_by{};
  std::vector<NewLine> lines{};
};

/// Tenders of a request. Refusals of one are told by its field there, `name[i].amount` and so on.
struct TenderList {
  TenderList() = default;
  template <class Tenders>
  TenderList(const Tenders& all, std::string_view list = "tenders",
             bool (*left_out)(const Tender&) = nullptr)
      : tenders(all), name(list), is_left_out(left_out) {}

  std::span<const Tender> tenders{};
  std::string_view name = "tenders";
  bool (*is_left_out)(const Tender&) = nullptr;  ///< those that are for somebody else to take
};
/// What was refused about a tender, by its field in the list.
Error by_place(const Error& error, std::string_view list, std::size_t index);
/// Runs what takes a tender of a list.
template <class Take>
void take_of(std::string_view list, std::size_t index, const Take& take) {
  try {
    take();
  } catch (const Error& error) {
    throw by_place(error, list, index);
  }
}
/// Runs what takes a tender for each that is not left out.
template <class Take>
void for_each_tender(const TenderList& list, const Take& take) {
  for (std::size_t i = 0; i < list.tenders.size(); ++i) {
    if (list.is_left_out != nullptr && list.is_left_out(list.tenders[i])) continue;
    take_of(list.name, i, [&] { take(list.tenders[i]); });
  }
}

/// Sells: enters an order with its lines and posts the sale. Tenders are paid at once, in the same
/// movement. An order that is paid at once tells so by PaymentCompleted alone, others by
/// OrderChanged. Refuses what check_amount refuses of lines and, of tenders, what pay refuses.
/// Where money.debts_first holds, what a tender names beyond the order, and what is then on the
/// balance, pays the payer's older debts.
Order open_order(Transaction& transaction, const NewOrder& order, const TenderList& tenders = {});
/// Sells more within an order; one whose lines were all ended stands again by it.
Order add_lines(Transaction& transaction, OrderId id, std::span<const NewLine> lines);

/// Completes a payment at once. Without an amount: all that is owed. Refuses
/// conflict/nothing_owed, invalid/amount_not_positive, invalid/currency_differs,
/// invalid/amount_over_owed (details owed), conflict/no_open_shift (cash), invalid/payer_needed and
/// conflict/balance_too_low (details available) (balance), conflict/payment_ref_taken and
/// invalid/field_missing (external), what a purse refuses (money/refusals.hpp), and
/// conflict/payments_too_many.
Payment pay(Transaction& transaction, OrderId id, const Tender& tender);
/// Pays with several tenders. Where money.debts_first holds, what the payer owes for older orders
/// of the centre is paid first, and tenders may cover it beside the order.
Order pay_all(Transaction& transaction, OrderId id, const TenderList& tenders);
/// Pays the order first, as one who buys expects it. Where money.debts_first holds, older debts
/// take what tenders name beyond it, and what is then on the balance.
void pay_asked(Transaction& transaction, OrderId id, const TenderList& tenders);
/// A pending payment that a provider transfers; money.record_callback tells how it went. Without a
/// reference one is made.
Payment await(Transaction& transaction, OrderId id, std::string_view provider, const Money& amount,
              std::string_view external_ref = {});

Order order_of(Transaction& transaction, OrderId order);
OrderLine line_of(Transaction& transaction, OrderLineId id);
Payment payment_of(Transaction& transaction, PaymentId payment);
Money owed(Transaction& transaction, OrderId id);
/// What is paid of a line that stands: of a part payment its share. 0 for one that was ended.
Money paid_for_line(Transaction& transaction, OrderLineId id);
/// True where nothing is owed, or the deposit is paid.
bool is_secured(const Order& order);
/// What the payer owes the centre for orders, the newest order aside where one is named.
Money debts_of(Transaction& transaction, ClientId payer, CentreId centre, OrderId except = {});

/// Ends a line: what is unpaid of it is struck off, of what was paid `refund` goes back, the rest
/// is kept as income from cancellations.
struct LineEnd {
  OrderLineId line{};
  Money refund{};
};
/// Ends lines, all or none. Refunds go to the payments, the latest first. A balance takes what was
/// paid from it at once, and with RefundTo::balance also what came in cash, by card or through a
/// provider. Cash and cards are given back within the caller's open shift, else the refund is due,
/// as it is with providers. Refuses not_found/order_line_not_found, invalid/line_twice,
/// conflict/line_ended, conflict/refund_over_paid (details paid), invalid/payer_needed.
Refunded end_lines(Transaction& transaction, OrderId id, std::span<const LineEnd> ends, RefundTo to,
                   const std::string& reason);
/// Ends what stands of an order whose date passed: of what was paid, the deposit is kept and the
/// rest goes back. Emits OrderLapsed. The tick does it; orders of bookings have no date of their
/// own, since bookings expire.
Refunded lapse(Transaction& transaction, OrderId id);
/// Ends everything that stands with what was paid for it given back.
Refunded cancel_all(Transaction& transaction, OrderId id, RefundTo to, const std::string& reason);

/// Uses what a late payment brought for what its order owes now (after add_lines). What is more
/// than owed waits on. Gives what was used.
Money use_late(Transaction& transaction, PaymentId id);
/// Gives back what a late payment brought: to the balance, or the way it came.
Refund refund_late(Transaction& transaction, PaymentId id, RefundTo to, const std::string& reason);

/// What the client has with the centre: balance and credit limit, of all centres of its currency
/// together where money.shared_balance holds.
struct Funds {
  std::int64_t amount = 0;
  std::int64_t credit_limit = 0;
  std::int64_t available() const { return amount + credit_limit; }
};
Funds funds_of(Transaction& transaction, ClientId client, CentreId centre);

}  // namespace frontdesk::money
