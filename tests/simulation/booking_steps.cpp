// What buyers and clerks do with bookings: book, pay, cancel, move, change seats, come.
#include "box_office.hpp"

#include <utility>

namespace frontdesk::simulation {

using namespace std::chrono;
using bookings::BookingStatus;
using money::PaymentMethod;
using schedule::SessionStatus;

namespace {

bool is_coming(BookingStatus status) { return status <= BookingStatus::confirmed; }

/// What a booking is as a whole: no further than the place that is behind.
BookingStatus status_of(const ModelBooking& booking) {
  using enum BookingStatus;
  for (BookingStatus status : {held, pending, confirmed, attended, no_show, expired}) {
    if (booking.has(status)) return status;
  }
  return cancelled;
}

/// By the policy of the box office, and the first session of a booking that was moved.
std::int64_t returned_share(const ModelBooking& booking, Instant now) {
  const Duration before = booking.policy_starts - now;
  return before >= days{1} ? 10'000 : before >= hours{2} ? 5'000 : 0;
}

std::int64_t share_of(std::int64_t amount, std::int64_t basis_points) {
  return (amount * basis_points + 5'000) / 10'000;
}

std::string refused_end(BookingStatus status) {
  return status == BookingStatus::cancelled ? "already_cancelled" : "transition_not_allowed";
}

std::string refused_change(const ModelBooking& booking, const ModelShow& show, Instant now) {
  const BookingStatus status = status_of(booking);
  const bool stands = status == BookingStatus::pending || status == BookingStatus::confirmed;
  if (!stands) return "booking_not_movable";
  return show.starts <= now ? "session_started" : "";
}

}  // namespace

Instant pay_by(Instant now, const ModelShow& show) {
  return std::max(now + minutes{1}, std::min(now + hours{48}, show.starts - hours{1}));
}

// --- booking ---

/// Takes over what the desk made, after a look at whether it is what was wanted.
void BoxOffice::keep(const bookings::Booking& made, ModelBooking sold, bool is_awaited) {
  agree(bookings_.count(made.id.value) == 0, "a booking's id was given twice");
  sold.id = made.id;
  sold.order = made.order;
  sold.pay_by = made.pay_by;
  ModelShow& show = shows_.at(sold.show.value);
  sold.policy_starts = show.starts;
  std::optional<Instant> wanted;
  if (made.status == BookingStatus::held) wanted = now() + minutes{15};
  if (made.status == BookingStatus::pending) wanted = pay_by(now(), show);
  agree(made.pay_by == wanted, "when a new booking is to be paid");
  agree((made.status == BookingStatus::held) == is_awaited, "whether a new booking is held");
  for (const bookings::Place& place : made.places) {
    agree(place.status == made.status, "the status of a new place");
    show.offered.erase(place.place);
    claim(show, place.place, {.hold = {}, .booking = made.id, .until = {}, .is_blocked = false});
    const bool is_paid = made.status == BookingStatus::confirmed;
    sold.places.push_back({place.number, place.place, place.status, is_paid ? sold.price : 0});
  }
  if (is_awaited) {
    const auto payment = host().run(money::Payments{.order = made.order}).items.at(0);
    payments_.push_back({.id = payment.id,
                         .booking = made.id,
                         .amount = payment.amount.minor,
                         .status = payment.status,
                         .events = {}});
  }
  bookings_[made.id.value] = std::move(sold);
}

std::string BoxOffice::refused_use(const ModelHold& hold, const ModelShow& show,
                                   std::int64_t count) const {
  std::string reason = refused_hold(hold);
  if (!reason.empty()) return reason;
  if (hold.show != show.id) return "hold_for_other_session";
  return count > static_cast<std::int64_t>(hold.places.size()) ? "place_not_held" : "";
}

void BoxOffice::use_up(ModelHold& hold, ModelShow& show, const bookings::Booking& made) {
  Numbers used;
  for (const bookings::Place& place : made.places) {
    used.push_back(place.place);
    agree(show.claims.at(place.place).hold == hold.id, "a place of the hold is booked");
    show.claims.erase(place.place);
  }
  shrink(hold, used);
}

void BoxOffice::book() {
  ModelShow* show = any_show();
  if (show == nullptr) return;
  enum Way { cash, card, external, balance, awaited, later };
  auto way = static_cast<Way>(roll(6));
  ModelBooking sold;
  sold.show = show->id;
  sold.price = show->price;
  if (roll(5) > 0) sold.client = clients_[static_cast<std::size_t>(roll(3))];
  if (way == balance && !sold.client) way = card;
  static constexpr PaymentMethod methods[] = {PaymentMethod::cash, PaymentMethod::card,
                                              PaymentMethod::external, PaymentMethod::balance,
                                              PaymentMethod::external};
  bookings::Book request;
  request.session = show->id;
  request.client = sold.client;
  if (way != later) {
    sold.method = methods[way];
    request.payments = {tender(sold.method)};
    if (way == awaited) request.payments[0].external_ref.reset();
  }
  ModelHold* hold = roll(3) == 0 ? any_hold(show->id) : nullptr;
  const seating::PlaceChoice choice = any_choice(*show);
  request.places.resize(choice.seats.empty() ? static_cast<std::size_t>(choice.count)
                                             : choice.seats.size());
  if (hold != nullptr) {
    request.hold = hold->token;
  } else {
    for (std::size_t i = 0; i < choice.seats.size(); ++i) request.places[i].seat = choice.seats[i];
  }
  const auto count = static_cast<std::int64_t>(request.places.size());
  if (count == 1 && roll(2) == 0) request.places[0].attendee = sold.attendee = sold.client;

  std::string reason = refused_window(*show);
  if (reason.empty() && way == later && now() >= show->starts - hours{1}) reason = "pay_at_once";
  if (reason.empty()) {
    reason = hold != nullptr ? refused_use(*hold, *show, count) : refused_places(*show, choice);
  }
  if (reason.empty()) reason = refused_attendee(*show, sold.attendee, {});
  const std::int64_t total = count * show->price;
  const bool is_short = way == balance && balances_[sold.client.value] < total;
  if (reason.empty() && is_short) reason = "balance_too_low";

  bookings::Booking made;
  if (!expect(reason, [&] { made = host().run(request); })) return;
  if (hold != nullptr) use_up(*hold, *show, made);
  if (way == balance) balances_[sold.client.value] -= total;
  keep(made, std::move(sold), way == awaited);
}

// --- ending ---

std::int64_t BoxOffice::end_places(ModelBooking& booking, const std::vector<ModelPlace*>& places,
                                   BookingStatus status, std::int64_t basis_points,
                                   bool to_balance) {
  bookings::Get request;
  request.booking = booking.id;
  const bookings::Booking told = host().run(request);
  for (ModelPlace& place : booking.places) {
    place.line = told.places.at(static_cast<std::size_t>(place.number - 1)).line.value;
  }
  std::vector<std::int64_t> paid;
  for (const ModelPlace* place : places) paid.push_back(booking.paid_for(*place));
  const bool is_part = booking.is_unpaid() || booking.owes;
  std::int64_t refunded = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    free_place(booking, *places[i]);
    places[i]->status = status;
    places[i]->paid = 0;
    if (is_part) booking.part -= paid[i];
    const std::int64_t back = share_of(paid[i], basis_points);
    booking.kept += paid[i] - back;
    refunded += back;
  }
  if (to_balance || booking.method == PaymentMethod::balance) {
    balances_[booking.client.value] += refunded;
  }
  if (is_part && booking.is_live() && booking.owed() == 0) confirm(booking);
  if (!booking.is_live()) booking.owes = false;
  if (!booking.is_unpaid()) booking.pay_by.reset();
  return refunded;
}

void BoxOffice::cancel_booking() {
  ModelBooking* chosen = any_booking();
  if (chosen == nullptr) return;
  const bool has_started = shows_.at(chosen->show.value).starts <= now();
  const bool to_balance = chosen->client && roll(3) == 0;
  const auto to = to_balance ? money::RefundTo::balance : money::RefundTo::method;
  std::string reason = has_started && chosen->is_live() ? "session_started" : "";
  Numbers numbers;
  if (roll(2) == 0) {
    numbers = {1 + roll(static_cast<std::int64_t>(chosen->places.size()))};
    const ModelPlace& place = chosen->places[static_cast<std::size_t>(numbers[0] - 1)];
    if (reason.empty() && !is_coming(place.status)) reason = refused_end(place.status);
  } else {
    for (const ModelPlace& place : chosen->places) {
      if (is_coming(place.status)) numbers.push_back(place.number);
    }
    if (reason.empty() && numbers.empty()) reason = refused_end(status_of(*chosen));
  }
  const std::int64_t share = returned_share(*chosen, now());
  bookings::Cancelled done;
  const bool is_done = expect(reason, [&] {
    if (numbers.size() == 1) {
      bookings::CancelPlaces request{.booking = chosen->id, .places = numbers};
      request.refund_to = to;
      done = host().run(request);
    } else {
      bookings::Cancel request{.booking = chosen->id};
      request.refund_to = to;
      done = host().run(request);
    }
  });
  if (!is_done) return;
  std::vector<ModelPlace*> ended;
  for (std::int64_t number : numbers) {
    ended.push_back(&chosen->places[static_cast<std::size_t>(number - 1)]);
  }
  const std::int64_t refunded = done.refunded ? done.refunded->minor : 0;
  const std::int64_t wanted =
      end_places(*chosen, ended, BookingStatus::cancelled, share, to_balance);
  agree(refunded == wanted, "what cancelling booking " + std::to_string(chosen->id.value) +
                                " gave back: " + std::to_string(refunded) + ", not " +
                                std::to_string(wanted));
}

// --- moving ---

void BoxOffice::move_booking() {
  ModelBooking* chosen = any_booking();
  ModelShow* target = any_show();
  if (chosen == nullptr || target == nullptr || chosen->is_reduced) return;
  if (chosen->part > 0 || chosen->owes) return;
  const bool awaits =
      std::any_of(payments_.begin(), payments_.end(), [&](const ModelPayment& payment) {
        return payment.booking == chosen->id && payment.status != money::PaymentStatus::completed;
      });
  if (awaits && chosen->has(BookingStatus::pending)) return;  // its amount would be another
  bookings::Move request{.booking = chosen->id, .session = target->id};
  const bool is_pending = chosen->has(BookingStatus::pending);
  if (!is_pending) request.payments = {tender(chosen->method)};
  std::vector<ModelPlace*> coming;
  bool has_come = false;
  for (ModelPlace& place : chosen->places) {
    if (is_coming(place.status)) coming.push_back(&place);
    has_come = has_come || place.status == BookingStatus::attended ||
               place.status == BookingStatus::no_show;
  }
  const auto count = static_cast<std::int64_t>(coming.size());
  const std::int64_t dearer = is_pending ? 0 : count * (target->price - chosen->price);
  // What a cheaper show then leaves to the policy is tested with the moves.
  if (dearer < 0 && returned_share(*chosen, now()) < 10'000) return;
  std::string reason = refused_change(*chosen, shows_.at(chosen->show.value), now());
  if (reason.empty() && has_come) reason = "booking_not_movable";
  if (reason.empty() && target->id == chosen->show) reason = "move_to_same_session";
  if (reason.empty()) reason = refused_window(*target);
  if (reason.empty() && count > target->capacity - taken(*target)) reason = "no_place_left";
  if (reason.empty()) reason = refused_attendee(*target, chosen->attendee, chosen->id);
  const bool from_balance = chosen->method == PaymentMethod::balance;
  if (reason.empty() && from_balance && dearer > balances_[chosen->client.value]) {
    reason = "balance_too_low";
  }
  bookings::Booking moved;
  if (!expect(reason, [&] { moved = host().run(request); })) return;
  for (const ModelPlace* place : coming) free_place(*chosen, *place);
  chosen->show = target->id;
  chosen->price = target->price;
  if (is_pending) chosen->pay_by = std::min(*chosen->pay_by, pay_by(now(), *target));
  if (from_balance) balances_[chosen->client.value] -= dearer;
  chosen->policy_starts = std::min(chosen->policy_starts, target->starts);
  for (ModelPlace* place : coming) {
    place->place = moved.places.at(static_cast<std::size_t>(place->number - 1)).place;
    if (!is_pending) place->paid = target->price;
    claim(*target, place->place,
          {.hold = {}, .booking = chosen->id, .until = {}, .is_blocked = false});
  }
}

void BoxOffice::change_seats() {
  ModelBooking* chosen = any_booking();
  if (chosen == nullptr || chosen->is_reduced || chosen->part > 0 || chosen->owes) return;
  ModelShow& show = shows_.at(chosen->show.value);
  std::vector<ModelPlace*> changed;
  for (ModelPlace& place : chosen->places) {
    if (is_coming(place.status) && changed.size() < 2) changed.push_back(&place);
  }
  if (changed.empty() || show.labels.empty()) return;
  bookings::ChangeSeats request{.booking = chosen->id};
  Numbers given_up;
  Numbers wanted;
  const auto seats = static_cast<std::int64_t>(show.labels.size());
  for (std::int64_t seat = roll(seats); ModelPlace * place : changed) {
    given_up.push_back(place->place);
    wanted.push_back(1 + seat);
    request.seats.push_back({place->number, show.labels[static_cast<std::size_t>(seat)]});
    seat = (seat + 1) % seats;
  }
  std::string reason = refused_change(*chosen, show, now());
  for (std::int64_t place : wanted) {
    const bool is_taken = !is_free(show, place, chosen->id, given_up);
    if (reason.empty() && is_taken) reason = "seat_taken";
  }
  if (!expect(reason, [&] { host().run(request); })) return;
  for (const ModelPlace* place : changed) free_place(*chosen, *place);
  for (std::size_t i = 0; i < changed.size(); ++i) {
    changed[i]->place = wanted[i];
    claim(show, wanted[i], {.hold = {}, .booking = chosen->id, .until = {}, .is_blocked = false});
  }
}

// --- at the doors ---

std::string BoxOffice::refused_entry(const ModelBooking& booking, const Numbers& numbers) const {
  const ModelShow& show = shows_.at(booking.show.value);
  for (std::int64_t number : numbers) {
    const BookingStatus status = booking.places[static_cast<std::size_t>(number - 1)].status;
    if (status >= BookingStatus::cancelled) return "ticket_cancelled";
    if (status < BookingStatus::confirmed) return "not_paid";
    if (now() < show.starts - hours{1}) return "too_early";
    if (now() > show.ends) return "too_late";
  }
  return {};
}

void BoxOffice::let_in() {
  ModelBooking* chosen = any_booking();
  if (chosen == nullptr) return;
  const ModelShow& show = shows_.at(chosen->show.value);
  const bool is_over = show.status != SessionStatus::scheduled || show.ends <= now();
  if (roll(3) == 0 && !is_over) {
    ModelPlace& place = chosen->places[static_cast<std::size_t>(
        roll(static_cast<std::int64_t>(chosen->places.size())))];
    const bool has_come = place.status == BookingStatus::attended;
    bookings::UndoCheckIn request{.booking = chosen->id, .places = {place.number}};
    if (expect(has_come ? "" : "not_checked_in", [&] { host().run(request); })) {
      place.status = BookingStatus::confirmed;
    }
    return;
  }
  Numbers numbers;
  for (const ModelPlace& place : chosen->places) {
    if (!chosen->is_live() || place.status < BookingStatus::cancelled) {
      numbers.push_back(place.number);
    }
  }
  bookings::CheckIn request;
  request.booking = chosen->id;
  if (!expect(refused_entry(*chosen, numbers), [&] { host().run(request); })) return;
  for (std::int64_t number : numbers) {
    chosen->places[static_cast<std::size_t>(number - 1)].status = BookingStatus::attended;
  }
}

void Simulation::book() { box_office_->book(); }
void Simulation::cancel_booking() { box_office_->cancel_booking(); }
void Simulation::move_booking() { box_office_->move_booking(); }
void Simulation::change_seats() { box_office_->change_seats(); }
void Simulation::let_in() { box_office_->let_in(); }

}  // namespace frontdesk::simulation
