// Money that comes in parts or is taken back: part payments, charge-backs, orders with deposits.
#include "box_office.hpp"

#include <algorithm>

namespace frontdesk::simulation {

using bookings::BookingStatus;
using money::CallbackEffect;
using money::PaymentMethod;
using money::PaymentStatus;

namespace {

Money uah(std::int64_t minor) { return {minor, Currency("UAH")}; }

}  // namespace

// --- bookings ---

void BoxOffice::pay_part() {
  ModelBooking* chosen = any_booking();
  if (chosen == nullptr || !chosen->has(BookingStatus::pending) || chosen->owed() < 2) return;
  const bool is_awaited = std::any_of(payments_.begin(), payments_.end(), [&](const auto& payment) {
    return payment.booking == chosen->id;
  });
  if (is_awaited) return;  // the provider's amount would be another
  PaymentMethod method = roll(2) == 0 ? PaymentMethod::card : PaymentMethod::balance;
  if (!chosen->client) method = PaymentMethod::card;
  if (chosen->part > 0) method = chosen->method;
  bookings::Pay request;
  request.booking = chosen->id;
  request.payments = {tender(method)};
  const bool is_too_much = roll(6) == 0;
  const std::int64_t amount =
      is_too_much ? chosen->owed() + 1 + roll(100) : 1 + roll(chosen->owed() - 1);
  request.payments[0].amount = uah(amount);
  std::string reason = is_too_much ? "amount_over_owed" : "";
  const bool is_short =
      method == PaymentMethod::balance && balances_[chosen->client.value] < amount;
  if (reason.empty() && is_short) reason = "balance_too_low";
  if (!expect(reason, [&] { host().run(request); })) return;
  if (method == PaymentMethod::balance) balances_[chosen->client.value] -= amount;
  chosen->method = method;
  chosen->part += amount;
}

/// The provider takes back what paid for a booking that stands: it is owed again.
void BoxOffice::charge_back() {
  if (payments_.empty()) return;
  ModelPayment& payment =
      payments_[static_cast<std::size_t>(roll(static_cast<std::int64_t>(payments_.size())))];
  ModelBooking& paid = booking(payment.booking);
  std::int64_t there = 0;
  for (const ModelPlace& place : paid.places) there += place.paid;
  const bool is_plain = payment.status == PaymentStatus::completed && !paid.owes &&
                        !paid.is_reduced && paid.method == PaymentMethod::external &&
                        !paid.is_unpaid() && there > 0;
  if (!is_plain) return;
  const auto payments = host().run(money::Payments{.order = paid.order}).items;
  std::int64_t completed = 0;
  for (const money::Payment& other : payments) {
    if (other.status == PaymentStatus::pending || other.status == PaymentStatus::failed) continue;
    completed += other.unapplied.minor > 0 ? 2 : 1;  // what waits would be taken back first
  }
  if (completed != 1) return;
  money::RecordCallback request;
  request.provider = "liqpay";
  request.payment = payment.id;
  request.outcome = money::Outcome::refunded;
  request.amount = uah(1 + roll(there));
  request.event = simulation_.unique("event");
  for (const auto& refund : host().run(money::Refunds{.order = paid.order}).items) {
    if (refund.amount == request.amount) return;  // it would be the one that is due
  }
  agree(host().run(request).effect == CallbackEffect::applied, "what a charge-back did");
  agree(host().run(request).effect == CallbackEffect::repeated, "what a repeated one did");
  payment.events.push_back(request.event);
  for (ModelPlace& place : paid.places) place.paid = 0;
  paid.part = there - request.amount.minor;
  paid.owes = true;
}

// --- orders with deposits ---

void BoxOffice::sell_with_deposit() {
  ModelSale sale;
  sale.client = clients_[static_cast<std::size_t>(roll(3))];
  sale.total = 1'000 * (5 + roll(40));
  sale.deposit = 1 + roll(sale.total);
  sale.deposit_by = now() + std::chrono::hours{1 + roll(48)};
  sale.pay_by = sale.deposit_by + std::chrono::hours{roll(72)};
  money::CreateOrder request;
  request.centre = centre_;
  request.payer = sale.client;
  request.lines = {
      {.kind = money::LineKind::other, .text = "Hire of the hall", .price = uah(sale.total)}};
  request.deposit = uah(sale.deposit);
  request.deposit_by = sale.deposit_by;
  request.pay_by = sale.pay_by;
  sale.id = host().run(request).id;
  sales_[sale.id.value] = sale;
}

void BoxOffice::pay_sale() {
  if (sales_.empty()) return;
  ModelSale& sale =
      std::next(sales_.begin(), roll(static_cast<std::int64_t>(sales_.size())))->second;
  const std::int64_t owed = sale.is_over ? 0 : sale.total - sale.paid;
  money::Pay request;
  request.order = sale.id;
  request.tenders = {tender(PaymentMethod::balance)};
  std::int64_t amount = owed;
  if (owed > 1 && roll(3) > 0) {
    amount =
        roll(2) == 0 && sale.paid < sale.deposit ? sale.deposit - sale.paid : 1 + roll(owed - 1);
    request.tenders[0].amount = uah(amount);
  }
  std::string reason = owed == 0 ? "nothing_owed" : "";
  if (reason.empty() && amount > balances_[sale.client.value]) reason = "balance_too_low";
  if (!expect(reason, [&] { host().run(request); })) return;
  balances_[sale.client.value] -= amount;
  sale.paid += amount;
}

void BoxOffice::cancel_sale() {
  if (sales_.empty()) return;
  ModelSale& sale =
      std::next(sales_.begin(), roll(static_cast<std::int64_t>(sales_.size())))->second;
  money::CancelOrder request;
  request.order = sale.id;
  request.reason = "The party is off";
  request.keep_payment = roll(2) == 0;
  if (!expect(sale.is_over ? "order_ended" : "", [&] { host().run(request); })) return;
  sale.is_over = true;
  sale.kept = request.keep_payment ? sale.paid : 0;
  balances_[sale.client.value] += sale.paid - sale.kept;
}

/// What its deposit was due for and did not come is kept, and of the rest what is beyond it not.
void BoxOffice::lapse_sales() {
  for (auto& [id, sale] : sales_) {
    if (sale.is_over || sale.paid == sale.total) continue;
    const Instant due =
        sale.paid < sale.deposit ? std::min(sale.deposit_by, sale.pay_by) : sale.pay_by;
    if (due > now()) continue;
    sale.is_over = true;
    sale.kept = std::min(sale.paid, sale.deposit);
    balances_[sale.client.value] += sale.paid - sale.kept;
  }
}

void BoxOffice::check_sale(const ModelSale& sale) const {
  const std::string which = " of sale " + std::to_string(sale.id.value);
  const money::Order told = host().run(money::GetOrder{.order = sale.id});
  agree(told.total.minor == told.paid.minor - told.refunded.minor + told.owed.minor,
        "the order" + which + " does not add up");
  agree(told.ended_at.has_value() == sale.is_over, "whether it is over" + which);
  const std::int64_t owed = sale.is_over ? 0 : sale.total - sale.paid;
  agree(told.owed.minor == owed, "what is owed" + which);
  agree(told.paid.minor - told.refunded.minor == (sale.is_over ? sale.kept : sale.paid),
        "what was paid" + which);
}

void Simulation::pay_part() { box_office_->pay_part(); }
void Simulation::charge_back() { box_office_->charge_back(); }
void Simulation::sell_with_deposit() { box_office_->sell_with_deposit(); }
void Simulation::pay_sale() { box_office_->pay_sale(); }
void Simulation::cancel_sale() { box_office_->cancel_sale(); }

}  // namespace frontdesk::simulation
