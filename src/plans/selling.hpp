/// Selling subscriptions: bought, renewed, put in the place of another; and the end of their money.
#pragma once

#include "money/orders.hpp"
#include "plans/ledger.hpp"

namespace frontdesk::plans {

/// Who a subscription is for. Refuses people who are not of the owner's family, too many of them,
/// an age outside of the plan on the day, and an introductory plan for who is not new. Gives the
/// people, the owner where none are named.
std::vector<ClientId> check_people(Transaction& transaction, const Terms& terms, ClientId owner,
                                   const std::vector<ClientId>& people, Date day);
/// Refuses an introductory plan for who is not new: conflict/introductory_used,
/// conflict/introductory_for_new.
void check_introductory(Transaction& transaction, const Terms& terms, CentreId centre,
                        const std::vector<ClientId>& people);

struct Sale {
  const Plan& plan;
  ClientId owner{};
  std::vector<ClientId> people{};
  Activation activation = Activation::purchase;
  std::optional<Date> starts{};
  bool auto_renewal = false;
  std::span<const money::Tender> tenders{};
  bool on_credit = false;
  SubscriptionId renews{};
  std::optional<std::string> external_ref{};
  std::optional<std::string> coupon{};
};
/// What areas above see of a sale, to take something off its price (storage::Reduction
/// `plans.sell`).
struct PlanSale {
  const Plan& plan;
  ClientId owner{};
  std::string coupon{};     ///< code; empty: none
  Money discount{};         ///< of the price
  std::string discounts{};  ///< JSON: what was taken off and why, for the order's line
  OrderId order{};          ///< once it is made
};
/// Makes order, subscription and grant. Refuses on_credit and ways of paying that are not the
/// caller's (denied/permission_denied), and what money refuses.
Stored sell(Transaction& transaction, const Sale& sale);
/// Enters one that already runs, without an order, by a plan that the caller may adjust.
Stored carry_over(Transaction& transaction, const Plan& plan, const CarryOver& request);
/// Once it is paid, or given on credit: it gets its days.
void make_usable(Transaction& transaction, Stored& stored);
/// The opposite, where its payment turned out to be none: it waits for another one.
void make_unusable(Transaction& transaction, Stored& stored);

/// What is paid of it and not yet earned, tax included: what can go back.
Money returnable(Transaction& transaction, const Stored& stored);
/// Ends the order's line: `refund` goes back, what is unpaid is struck off, the rest is income.
/// Nothing stays deferred. Gives what was kept above what was earned.
Money end_money(Transaction& transaction, Stored& stored, const Money& refund, money::RefundTo to,
                const std::string& reason);
/// Puts the figures of a subscription right after its line was ended.
Money follow_line_end(Transaction& transaction, Stored& stored);
/// Puts the figures of a subscription right after something of its line was written off. Gives
/// whether anything was.
bool follow_write_off(Transaction& transaction, Stored& stored);

}  // namespace frontdesk::plans
