// What clients of the studio do: buy, book by visits, cancel, come, freeze; and what the studio
// does.
#include "base/zones.hpp"
#include "studio.hpp"

#include <frontdesk/bookings_door.hpp>

#include <algorithm>

namespace frontdesk::simulation {

using namespace std::chrono;

void Studio::open_class() {
  const LocalTime local{local_days{today()} + days{1 + roll(12)} + hours{8 + roll(12)}};
  schedule::NewSession session;
  session.activity = activity_;
  session.centre = centre_;
  session.start = local;
  session.duration = hours{1};
  session.capacity = 3;
  const auto made = host().run(schedule::CreateSessions{.sessions = {session}}).sessions.at(0);
  classes_[made.id.value] = {
      .id = made.id, .starts = made.starts, .ends = made.ends, .day = Date{floor<days>(local)}};
}

void Studio::buy() {
  if (subscriptions_.size() > 60) return;
  ModelSubscription bought;
  bought.is_pack = roll(2) == 0;
  bought.client = clients_[static_cast<std::size_t>(roll(3))];
  bought.starts = today();
  plans::Buy request;
  request.plan = bought.is_pack ? pack_ : unlimited_;
  request.owner = bought.client;
  request.tenders = {{.method = money::PaymentMethod::card}};
  bought.id = host().run(request).id;
  subscriptions_.push_back(std::move(bought));
}

std::string Studio::refused_booking(const ModelSubscription& subscription,
                                    const ModelClass& one) const {
  if (one.is_cancelled || one.is_completed) return "session_not_scheduled";
  if (one.starts <= now()) return "session_started";
  std::int64_t taken = 0;
  bool has_place = false;
  bool is_elsewhere = false;
  for (const ModelSubscription& other : subscriptions_) {
    for (const ModelVisit& visit : other.visits) {
      const bool is_coming = visit.state == ModelVisitState::reserved;
      if (!is_coming) continue;
      const ModelClass& where = classes_.at(visit.session.value);
      if (where.id == one.id) ++taken;
      if (other.client != subscription.client) continue;
      if (where.id == one.id) has_place = true;
      if (where.id != one.id && where.starts < one.ends && one.starts < where.ends) {
        is_elsewhere = true;
      }
    }
  }
  if (taken >= 3) return "no_place_left";
  if (has_place) return "already_booked";
  if (is_elsewhere) return "overlaps_own";
  return refused_visit(subscription, one.day);
}

void Studio::book() {
  ModelClass* one = any_class();
  ModelSubscription* subscription = any_subscription();
  if (one == nullptr || subscription == nullptr) return;
  // Who came early takes up the place; what must then be refused is told by other steps.
  const bool is_open_now = one->starts - now() < hours{1} && one->ends > now();
  if (is_open_now) return;
  bookings::Book request;
  request.session = one->id;
  request.client = subscription->client;
  request.channel = seating::Channel::online;
  request.places = {{.attendee = subscription->client, .subscription = subscription->id}};
  bookings::Booking made;
  if (!expect(refused_booking(*subscription, *one), [&] { made = host().run(request); })) return;
  agree(made.status == bookings::BookingStatus::confirmed, "a visit confirms at once");
  subscription->visits.push_back({.booking = made.id, .session = one->id, .day = one->day});
}

void Studio::cancel() {
  ModelSubscription* subscription = any_subscription();
  if (subscription == nullptr || subscription->visits.empty()) return;
  ModelVisit& visit = subscription->visits[static_cast<std::size_t>(
      roll(static_cast<std::int64_t>(subscription->visits.size())))];
  const ModelClass& one = classes_.at(visit.session.value);
  if (visit.state != ModelVisitState::reserved) return;
  const std::string reason = one.starts <= now() ? "session_started" : "";
  bookings::Cancelled done;
  const bool is_done =
      expect(reason, [&] { done = host().run(bookings::Cancel{.booking = visit.booking}); });
  if (!is_done) return;
  agree(done.visits_used == (is_late(one) ? 1 : 0), "whether a visit is lost");
  visit.state = is_late(one) ? ModelVisitState::used : ModelVisitState::returned;
}

/// The clock goes to a class, whose visitors come.
void Studio::come() {
  const ModelClass* next = nullptr;
  for (const auto& [id, one] : classes_) {
    if (one.is_cancelled || one.starts <= now()) continue;
    if (next == nullptr || one.starts < next->starts) next = &one;
  }
  if (next == nullptr || next->starts - now() > days{3}) return;
  simulation_.now_ = std::max(now(), next->starts - minutes{10});
  for (ModelSubscription& subscription : subscriptions_) {
    for (ModelVisit& visit : subscription.visits) {
      if (visit.session != next->id || visit.state != ModelVisitState::reserved) continue;
      if (roll(3) == 0) continue;  // the end of the class uses it all the same
      host().run(bookings::CheckIn{.booking = visit.booking});
      visit.state = ModelVisitState::used;
    }
  }
}

void Studio::cancel_class() {
  ModelClass* one = any_class();
  if (one == nullptr || one->is_cancelled || one->starts <= now()) return;
  // Who has come stays; those are told by other tests.
  if (one->starts - now() < hours{1}) return;
  host().run(schedule::CancelSession{.session = one->id, .reason = "The trainer is ill"});
  one->is_cancelled = true;
  for (ModelSubscription& subscription : subscriptions_) {
    for (ModelVisit& visit : subscription.visits) {
      if (visit.session != one->id || visit.state != ModelVisitState::reserved) continue;
      visit.state = ModelVisitState::returned;
      visit.is_by_centre = true;
    }
  }
}

namespace {

bool has_used_on(const ModelSubscription& subscription, Date day) {
  return std::any_of(subscription.visits.begin(), subscription.visits.end(),
                     [day](const ModelVisit& visit) {
                       return visit.state == ModelVisitState::used && visit.day == day;
                     });
}

}  // namespace

void Studio::freeze() {
  ModelSubscription* subscription = any_subscription();
  if (subscription == nullptr) return;
  ModelFreeze wanted;
  wanted.first = Date{sys_days{today()} + days{roll(6) - 1}};
  const std::int64_t length = 1 + roll(5);
  wanted.last = Date{sys_days{wanted.first} + days{length - 1}};
  std::int64_t frozen = 0;
  bool overlaps = false;
  for (const ModelFreeze& freeze : subscription->freezes) {
    frozen += (sys_days{freeze.last} - sys_days{freeze.first}).count() + 1;
    overlaps |= wanted.first <= freeze.last && freeze.first <= wanted.last;
  }
  std::string reason;
  if (subscription->is_cancelled) {
    reason = "subscription_cancelled";
  } else if (last_day(*subscription) < today()) {
    reason = "subscription_expired";
  } else if (wanted.first < today()) {
    reason = "freeze_past";
  } else if (wanted.first < subscription->starts || wanted.first > last_day(*subscription)) {
    reason = "freeze_outside";
  } else if (overlaps) {
    reason = "freeze_overlaps";
  } else if (frozen + length > 7) {
    reason = "freeze_days_exceeded";
  } else if (has_used_on(*subscription, wanted.first)) {
    reason = "freeze_day_used";
  }
  plans::FreezeSubscription request{.subscription = subscription->id};
  request.first_day = wanted.first;
  request.last_day = wanted.last;
  if (!expect(reason, [&] { host().run(request); })) return;
  subscription->freezes.push_back(wanted);
  subscription->extra_days += length;
  for (ModelVisit& visit : subscription->visits) {
    const ModelClass& one = classes_.at(visit.session.value);
    if (visit.state != ModelVisitState::reserved || one.starts <= now()) continue;
    if (visit.day < wanted.first || wanted.last < visit.day) continue;
    visit.state = is_late(one) ? ModelVisitState::used : ModelVisitState::returned;
  }
}

void Studio::end_subscription() {
  ModelSubscription* subscription = any_subscription();
  if (subscription == nullptr || roll(3) > 0) return;
  std::string reason;
  if (subscription->is_cancelled) reason = "subscription_cancelled";
  if (reason.empty() && last_day(*subscription) < today()) reason = "subscription_expired";
  plans::CancelSubscription request{.subscription = subscription->id, .reason = "Moves away"};
  if (!expect(reason, [&] { host().run(request); })) return;
  subscription->is_cancelled = true;
  for (ModelVisit& visit : subscription->visits) {
    const bool is_to_come = classes_.at(visit.session.value).starts > now();
    if (visit.state == ModelVisitState::reserved && is_to_come) {
      visit.state = ModelVisitState::returned;
    }
  }
}

void Studio::ticked() {
  for (auto& [id, one] : classes_) {
    if (one.is_cancelled || one.is_completed || one.ends > now()) continue;
    one.is_completed = true;
    for (ModelSubscription& subscription : subscriptions_) {
      for (ModelVisit& visit : subscription.visits) {
        if (visit.session == one.id && visit.state == ModelVisitState::reserved) {
          visit.state = ModelVisitState::used;
        }
      }
    }
  }
}

void Simulation::open_class() { studio_->open_class(); }
void Simulation::cancel_class() { studio_->cancel_class(); }
void Simulation::buy_subscription() { studio_->buy(); }
void Simulation::book_by_visit() { studio_->book(); }
void Simulation::cancel_visit() { studio_->cancel(); }
void Simulation::come_to_class() { studio_->come(); }
void Simulation::freeze_subscription() { studio_->freeze(); }
void Simulation::end_subscription() { studio_->end_subscription(); }

}  // namespace frontdesk::simulation
