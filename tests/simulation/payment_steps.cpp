// What happens to money: paid later, told by a provider twice and in any order, topped up, given
// back.
#include "box_office.hpp"

#include <algorithm>

namespace frontdesk::simulation {

using bookings::BookingStatus;
using money::CallbackEffect;
using money::Outcome;
using money::PaymentMethod;
using money::PaymentStatus;

namespace {

Money uah(std::int64_t minor) { return {minor, Currency("UAH")}; }

}  // namespace

void BoxOffice::confirm(ModelBooking& booking) {
  for (ModelPlace& place : booking.places) {
    if (place.status >= BookingStatus::cancelled) continue;
    if (place.status < BookingStatus::confirmed) place.status = BookingStatus::confirmed;
    place.paid = booking.price;
  }
  booking.part = 0;
  booking.owes = false;
  booking.pay_by.reset();
}

void BoxOffice::pay_booking() {
  ModelBooking* chosen = any_booking();
  if (chosen == nullptr) return;
  static constexpr PaymentMethod methods[] = {PaymentMethod::cash, PaymentMethod::card,
                                              PaymentMethod::external, PaymentMethod::balance};
  PaymentMethod method = methods[roll(4)];
  if (method == PaymentMethod::balance && !chosen->client) method = PaymentMethod::cash;
  // Refunds go the way the money came, the last first: where that could differ it is one way.
  if (chosen->owes) {
    method = roll(2) == 0 ? PaymentMethod::cash : PaymentMethod::card;
  } else if (chosen->part > 0) {
    method = chosen->method;
  }
  const bool is_awaited =
      method == PaymentMethod::external && chosen->part == 0 && !chosen->owes && roll(2) == 0;
  bookings::Pay request;
  request.booking = chosen->id;
  request.payments = {tender(method)};
  if (is_awaited) request.payments[0].external_ref.reset();
  const std::int64_t owed = chosen->owed();
  std::string reason;
  if (!chosen->is_live()) {
    reason = "transition_not_allowed";
  } else if (owed == 0) {
    reason = "nothing_owed";
  } else if (method == PaymentMethod::balance && balances_[chosen->client.value] < owed) {
    reason = "balance_too_low";
  }
  if (!expect(reason, [&] { host().run(request); })) return;
  if (!is_awaited) {
    if (method == PaymentMethod::balance) balances_[chosen->client.value] -= owed;
    chosen->method = method;
    return confirm(*chosen);
  }
  for (const auto& payment : host().run(money::Payments{.order = chosen->order}).items) {
    const bool is_known = std::any_of(payments_.begin(), payments_.end(),
                                      [&](const auto& known) { return known.id == payment.id; });
    if (is_known || payment.status != PaymentStatus::pending) continue;
    agree(payment.amount.minor == owed, "what a provider is to transfer");
    payments_.push_back({.id = payment.id,
                         .booking = chosen->id,
                         .amount = payment.amount.minor,
                         .status = payment.status,
                         .events = {}});
  }
}

// --- what providers tell ---

/// What the callback must do, and does to the model.
CallbackEffect BoxOffice::told(ModelPayment& payment, const money::RecordCallback& request) {
  const bool is_known = std::find(payment.events.begin(), payment.events.end(), request.event) !=
                        payment.events.end();
  if (is_known) return CallbackEffect::repeated;
  payment.events.push_back(request.event);
  if (request.outcome == Outcome::failed) {
    if (payment.status == PaymentStatus::failed) return CallbackEffect::repeated;
    if (payment.status == PaymentStatus::completed) return CallbackEffect::outdated;
    payment.status = PaymentStatus::failed;
    fail(payment);
    return CallbackEffect::applied;
  }
  if (payment.status == PaymentStatus::completed) return CallbackEffect::repeated;
  payment.status = PaymentStatus::completed;
  ModelBooking& paid = booking(payment.booking);
  std::int64_t unused = payment.amount;
  if (paid.is_unpaid()) {
    unused -= paid.owed();
    paid.method = PaymentMethod::external;
    confirm(paid);
  } else if (paid.owes) {  // what was charged back comes another way
    const std::int64_t used = std::min(paid.owed(), payment.amount);
    unused -= used;
    paid.part += used;
    if (paid.owed() == 0) confirm(paid);
  } else if (!paid.is_live() && paid.has(BookingStatus::expired)) {
    take_late(paid, payment);
    unused = 0;  // what its places do not cost goes back to the provider at once
  }
  if (unused > 0 && paid.client) late_money_.push_back({paid.client, unused, now()});
  return CallbackEffect::applied;
}

/// What was held for it waits for another payment, while there is time.
void BoxOffice::fail(const ModelPayment& payment) {
  ModelBooking& waiting = booking(payment.booking);
  if (!waiting.is_unpaid()) return;
  if (*waiting.pay_by <= now()) {
    std::vector<ModelPlace*> ended;
    for (ModelPlace& place : waiting.places) {
      if (place.status < BookingStatus::confirmed) ended.push_back(&place);
    }
    end_places(waiting, ended, BookingStatus::expired, 10'000, false);
    return;
  }
  const bool has_another =
      std::any_of(payments_.begin(), payments_.end(), [&](const ModelPayment& other) {
        return other.booking == payment.booking && other.status == PaymentStatus::pending;
      });
  if (!waiting.has(BookingStatus::held) || has_another) return;
  for (ModelPlace& place : waiting.places) {
    if (place.status == BookingStatus::held) place.status = BookingStatus::pending;
  }
  const ModelShow& show = shows_.at(waiting.show.value);
  if (now() < show.starts - std::chrono::hours{1}) {
    waiting.pay_by = std::max(*waiting.pay_by, pay_by(now(), show));
  }
}

/// The places it had, where they are free; in a class any; else the money goes back.
void BoxOffice::take_late(ModelBooking& booking, const ModelPayment& payment) {
  ModelShow& show = shows_.at(booking.show.value);
  std::int64_t count = 0;
  bool all_free = true;
  for (const ModelPlace& place : booking.places) {
    if (place.status != BookingStatus::expired) continue;
    ++count;
    all_free = all_free && is_free(show, place.place);
  }
  const bool may_be = show.status == schedule::SessionStatus::scheduled && show.starts > now() &&
                      payment.amount >= count * booking.price &&
                      refused_attendee(show, booking.attendee, {}).empty();
  const bool has_room = count <= show.capacity - taken(show);
  bookings::Get request;
  request.booking = booking.id;
  const bookings::Booking found = host().run(request);
  const bool is_revived = found.status == BookingStatus::confirmed;
  agree(!is_revived || (may_be && has_room), "a late payment revived what it must not");
  const bool must_be = may_be && (show.labels.empty() ? has_room : all_free);
  agree(is_revived || !must_be, "a late payment did not revive its booking");
  if (!is_revived) return;
  booking.method = PaymentMethod::external;
  for (ModelPlace& place : booking.places) {
    if (place.status != BookingStatus::expired) continue;
    const auto& now_there = found.places.at(static_cast<std::size_t>(place.number - 1));
    const bool moved_in_vain = all_free && !show.labels.empty() && now_there.place != place.place;
    agree(!moved_in_vain, "a late payment did not get its own seat");
    place = {place.number, now_there.place, BookingStatus::confirmed, booking.price};
    claim(show, place.place, {.hold = {}, .booking = booking.id, .until = {}, .is_blocked = false});
  }
}

void BoxOffice::tell_callback() {
  if (payments_.empty()) return;
  ModelPayment& payment =
      payments_[static_cast<std::size_t>(roll(static_cast<std::int64_t>(payments_.size())))];
  money::RecordCallback request;
  request.provider = "liqpay";
  request.payment = payment.id;
  request.outcome = roll(3) == 0 ? Outcome::failed : Outcome::completed;
  request.amount = uah(payment.amount);
  const auto events = static_cast<std::int64_t>(payment.events.size());
  const bool is_again = events > 0 && roll(3) == 0;
  request.event = is_again ? payment.events[static_cast<std::size_t>(roll(events))]
                           : simulation_.unique("event");
  if (!is_again && request.outcome == Outcome::completed && roll(8) == 0) {
    request.amount.minor += 1;
    expect("payment_amount_differs", [&] { host().run(request); });
    return;
  }
  const money::CallbackDone done = host().run(request);
  agree(done.effect == told(payment, request), "what a callback did");
}

// --- besides ---

void BoxOffice::top_up() {
  const ClientId client = clients_[static_cast<std::size_t>(roll(3))];
  money::TopUp request{.client = client, .centre = centre_, .amount = uah(1'000 * (1 + roll(30)))};
  request.tenders = {tender(roll(2) == 0 ? PaymentMethod::cash : PaymentMethod::card)};
  host().run(request);
  balances_[client.value] += request.amount.minor;
}

/// A part of what was paid for a place that stands, never more.
void BoxOffice::give_back() {
  ModelBooking* chosen = any_booking();
  if (chosen == nullptr) return;
  const auto count = static_cast<std::int64_t>(chosen->places.size());
  ModelPlace& place = chosen->places[static_cast<std::size_t>(roll(count))];
  if (place.paid == 0) return;
  bookings::Get get;
  get.booking = chosen->id;
  const OrderLineId line =
      host().run(get).places.at(static_cast<std::size_t>(place.number - 1)).line;
  const std::int64_t amount = 1 + roll(place.paid + 500);
  const bool to_balance = chosen->client && roll(3) == 0;
  money::GiveBack request{.order = chosen->order, .reason = "The heating failed"};
  request.lines = {{.line = line, .amount = uah(amount)}};
  if (to_balance) request.to = money::RefundTo::balance;
  const std::string reason = amount > place.paid ? "refund_over_paid" : "";
  if (!expect(reason, [&] { host().run(request); })) return;
  place.paid -= amount;
  chosen->is_reduced = true;
  if (to_balance || chosen->method == PaymentMethod::balance) {
    balances_[chosen->client.value] += amount;
  }
}

void Simulation::pay_booking() { box_office_->pay_booking(); }
void Simulation::tell_callback() { box_office_->tell_callback(); }
void Simulation::top_up() { box_office_->top_up(); }
void Simulation::give_back() { box_office_->give_back(); }

}  // namespace frontdesk::simulation
