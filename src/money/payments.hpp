/// What the handlers of money share: taking money, giving it back, and who may see which order.
#pragma once

#include "money/order_rows.hpp"

namespace frontdesk::money {

/// The account that a way of paying comes from or goes to; a balance is the client's.
AccountKind account_of(PaymentMethod method);
/// The account that a line's price goes to.
AccountKind income_of(LineKind kind);
/// What goes back the way it came or to the balance; what was never money goes back to where it
/// was.
bool is_money(PaymentMethod method);

/// What a purse (storage::Purse) is told of a payment that draws on it, or of what of a payment
/// goes back.
struct Draw {
  PaymentId payment{};
  OrderId order{};
  CentreId centre{};
  ClientId client{};
  std::int64_t amount = 0;
  std::int64_t rest = 0;    ///< what was left of the payment, where some goes back
  std::string_view code{};  ///< of the tender
};

/// A payment as it was entered, and its side of the movement.
struct Taken {
  PaymentRow payment{};
  Leg leg{};
};
/// Enters a completed payment for the order. `amount` is that of the tender, or what is owed.
/// Refuses as pay does, but for what is owed.
Taken take(Transaction& transaction, const OrderRow& order, const Tender& tender,
           std::int64_t amount);
/// The amount of a tender; refuses what does not fit what is owed.
std::int64_t tendered(Transaction& transaction, const OrderRow& order, const Tender& tender);
/// Applies a payment to the order: paid, owed, top-ups that fall due. Adds the legs of these.
void apply_payment(OrderRow& order, std::int64_t amount, std::vector<Leg>& legs);
/// Tells of a completed payment, queues its receipt, and where the order became paid by it, tells
/// that.
void tell_payment(Transaction& transaction, const OrderRow& order, const PaymentRow& payment,
                  bool became_paid);
/// What was paid and is owed again is a debt, which does not lapse.
void owe_from_now_on(OrderRow& order);
/// Completes a pending (or failed) payment of a provider; what its order does not owe waits.
void complete(Transaction& transaction, PaymentRow& payment);
/// Where money.debts_first holds: pays what the client owes the centre from the balance.
void pay_debts_from_balance(Transaction& transaction, ClientId client, CentreId centre);
/// The condition for orders that are a debt: something was or will be had for what is owed. A
/// top-up or a gift card that is yet to be paid gives nothing till then.
inline constexpr std::string_view is_debt =
    "owed > 0 AND (EXISTS (SELECT 1 FROM order_lines WHERE order_lines.id > orders.id * 1000"
    " AND order_lines.id < (orders.id + 1) * 1000 AND order_lines.kind NOT IN (3, 4)"
    " AND order_lines.ended_at IS NULL) OR (refunded > 0 AND top_up_due = 0))";
/// Orders of the payer at the centre that are a debt, the oldest first.
std::vector<OrderId> owing_orders(Transaction& transaction, ClientId payer, CentreId centre);

/// Whether the payer's older debts come with a purchase at the centre.
bool are_debts_first(Transaction& transaction, ClientId payer, CentreId centre);
/// The same without one order.
std::vector<OrderId> other_owing_orders(Transaction& transaction, const OrderRow& order);

/// Spreads a tender over orders, the first one first; refuses as pay does.
void spread(Transaction& transaction, std::span<const OrderId> owing, const Tender& tender);

/// A refund as it was entered, and its side of the movement.
struct Given {
  RefundRow refund{};
  Leg leg{};
};
/// Gives back a part of a payment: enters the refund and stores the payment.
Given give(Transaction& transaction, PaymentRow& payment, std::int64_t amount, RefundTo to,
           const std::string& reason);
/// Gives back an amount over the payments of an order, the latest first; adds their legs.
/// conflict/refund_over_paid.
std::vector<RefundRow> give_back(Transaction& transaction, const OrderRow& order,
                                 std::int64_t amount, RefundTo to, const std::string& reason,
                                 std::vector<Leg>& legs);

/// The tax that is owed no more once a part of a line's worth is gone.
std::int64_t tax_gone(Transaction& transaction, const OrderRow& order, const LineRow& line,
                      std::int64_t part);

/// Marks a refund that was due as given: cash and cards within the caller's shift.
void settle_refund(Transaction& transaction, RefundRow& refund,
                   const std::optional<std::string>& external_ref);

/// Refuses to give out more of a client's balance than is there: credit is for buying, not for
/// taking cash. conflict/balance_too_low.
void check_balance(Transaction& transaction, ClientId client, CentreId centre, std::int64_t amount,
                   std::string_view field = {});
/// Refuses to take more from a client's balance than is available: conflict/balance_too_low.
void check_funds(Transaction& transaction, ClientId client, CentreId centre, std::int64_t amount);

/// Whether the caller is, or is of the family of, the payer, by `reach`.
bool is_own(Transaction& transaction, const storage::Reach& reach, ClientId client);
/// The order where the caller's reach covers its centre or it is the caller's own; else missing.
OrderRow visible_order(Transaction& transaction, OrderId id);
/// The order where the caller's reach covers its centre; else missing.
OrderRow order_of_centre(Transaction& transaction, OrderId id);
/// Whether the caller takes money for the centre.
bool may_sell(Transaction& transaction, CentreId centre);
/// The order where the caller takes money for its centre, or may book for its payer; else missing.
OrderRow payable_order(Transaction& transaction, OrderId id);
/// Refuses ways of paying that the caller may not use: customers pay from balances, staff take
/// money, the house gives by whom money.adjust reaches; visits have their own operations.
/// invalid/method_not_accepted, denied/permission_denied.
void check_tenders(Transaction& transaction, CentreId centre, std::span<const Tender> tenders);
/// Refuses a client that is out of the caller's reach, by this operation's permission:
/// not_found/client_not_found.
void check_client(Transaction& transaction, ClientId client, std::string_view field);
/// The same for who is to have, buy or owe something from now on, and refuses who was erased,
/// merged or archived: conflict/client_erased, client_merged, client_archived.
void check_buyer(Transaction& transaction, ClientId client, std::string_view field);
/// Refuses a centre that the caller's reach does not cover and that is, for a customer, neither in
/// use nor one that the client has money with: not_found/centre_not_found.
void check_centre(Transaction& transaction, CentreId centre, ClientId client);

}  // namespace frontdesk::money
