// What happens to shows and their places before anybody pays: put on, cancelled, held, blocked.
#include "box_office.hpp"

#include "base/zones.hpp"

namespace frontdesk::simulation {

using namespace std::chrono;
using bookings::BookingStatus;
using schedule::SessionStatus;

// --- shows ---

/// In the hall, by its seats, or a class whose places are merely counted.
void BoxOffice::open_show() {
  const auto coming = std::count_if(shows_.begin(), shows_.end(), [&](const auto& item) {
    return item.second.status == SessionStatus::scheduled && item.second.starts > now();
  });
  if (coming >= 7) return;
  const bool is_in_hall = roll(2) == 0;
  ModelShow show;
  show.capacity = is_in_hall ? 16 : 4 + roll(8);
  show.price = 1'000 * (5 + roll(10));
  schedule::NewSession plan;
  plan.activity = activity_;
  plan.centre = centre_;
  plan.start = floor<days>(zones::to_local(now(), "Europe/Kyiv")) + days{1 + roll(9)} +
               hours{9 + roll(12)} + minutes{30 * roll(2)};
  plan.duration = hours{1 + roll(2)};
  if (is_in_hall) {
    plan.room = hall_;
  } else {
    plan.capacity = show.capacity;
  }
  plan.price = Money{show.price, Currency("UAH")};
  schedule::CreateSessions request;
  request.sessions = {plan};
  request.despite_clashes = true;
  const schedule::Session made = host().run(request).sessions.at(0);
  show.id = made.id;
  show.starts = made.starts;
  show.ends = made.ends;
  const auto places = host().run(seating::Availability{.session = made.id, .seats = true});
  for (const seating::SeatStatus& seat : places.seats) show.labels.push_back(seat.label);
  agree(show.labels.size() == (is_in_hall ? 16 : 0), "the seats of a new show");
  shows_[made.id.value] = show;
}

/// Everybody gets everything back, also who had come.
void BoxOffice::cancel_show() {
  ModelShow* show = any_show();
  if (show == nullptr) return;
  std::string reason;
  if (show->status == SessionStatus::cancelled) reason = "session_cancelled";
  if (show->status == SessionStatus::completed) reason = "session_completed";
  const schedule::CancelSession request{
      .session = show->id, .version = {}, .reason = "The projector is broken"};
  if (!expect(reason, [&] { host().run(request); })) return;
  show->status = SessionStatus::cancelled;
  for (auto& [id, booking] : bookings_) {
    if (booking.show != show->id) continue;
    std::vector<ModelPlace*> ended;
    for (ModelPlace& place : booking.places) {
      if (place.status <= BookingStatus::no_show) ended.push_back(&place);
    }
    end_places(booking, ended, BookingStatus::cancelled, 10'000, false);
  }
}

/// To shortly before the next show, where that is near.
void BoxOffice::go_to_the_doors() {
  std::optional<Instant> next;
  for (const auto& [id, show] : shows_) {
    const bool is_near = show.status == SessionStatus::scheduled && show.starts > now() &&
                         show.starts < now() + days{2};
    if (is_near && (!next || show.starts < *next)) next = show.starts;
  }
  if (next) simulation_.now_ = std::max(now(), *next - minutes{20});
}

// --- holds ---

void BoxOffice::hold_places() {
  ModelShow* show = any_show();
  if (show == nullptr) return;
  seating::Hold request{.session = show->id, .choice = any_choice(*show)};
  if (roll(3) == 0) request.channel = seating::Channel::box_office;
  std::string reason = refused_places(*show, request.choice);
  if (request.channel == seating::Channel::online && show->starts <= now()) {
    reason = "session_started";
  }
  if (show->ends <= now()) reason = "session_completed";
  if (show->status == SessionStatus::cancelled) reason = "session_cancelled";
  seating::Held made;
  if (!expect(reason, [&] { made = host().run(request); })) return;
  agree(made.expires_at == now() + minutes{15}, "when a hold lapses");
  ModelHold hold{.id = made.id,
                 .token = made.token,
                 .show = show->id,
                 .places = {},
                 .channel = request.channel,
                 .expires = made.expires_at,
                 .latest = made.latest_at,
                 .is_gone = false};
  for (const seating::PlaceInfo& place : made.places) {
    claim(*show, place.place,
          {.hold = made.id, .booking = {}, .until = made.expires_at, .is_blocked = false});
    hold.places.push_back(place.place);
  }
  holds_[made.id.value] = hold;
}

/// Extends a hold, gives some of it back, or all.
void BoxOffice::use_hold() {
  ModelHold* hold = any_hold({});
  if (hold == nullptr) return;
  ModelShow& show = shows_.at(hold->show.value);
  std::string reason = refused_hold(*hold);
  if (roll(2) == 0) {
    if (reason.empty() && hold->expires >= hold->latest) reason = "hold_at_limit";
    const bool is_closed = hold->channel == seating::Channel::online && show.starts <= now();
    if (reason.empty() && is_closed) reason = "session_started";
    if (reason.empty() || reason == "session_started") {
      if (show.ends <= now()) reason = "session_completed";
      if (show.status == SessionStatus::cancelled) reason = "session_cancelled";
    }
    seating::Held extended;
    const seating::ExtendHold request{.token = hold->token};
    if (!expect(reason, [&] { extended = host().run(request); })) return;
    hold->expires = std::max(hold->expires, std::min(hold->latest, now() + minutes{15}));
    agree(extended.expires_at == hold->expires, "when an extended hold lapses");
    for (std::int64_t place : hold->places) show.claims.at(place).until = hold->expires;
    return;
  }
  seating::ReleaseHold request{.token = hold->token, .places = {}};
  if (roll(2) == 0 && !hold->places.empty()) request.places = {hold->places.front()};
  if (!expect(reason, [&] { host().run(request); })) return;
  const Numbers released = request.places.empty() ? hold->places : request.places;
  for (std::int64_t place : released) show.claims.erase(place);
  shrink(*hold, released);
}

// --- out of use ---

void BoxOffice::block_places() {
  ModelShow* show = any_show();
  if (show == nullptr) return;
  std::string reason;
  if (show->status == SessionStatus::cancelled) reason = "session_cancelled";
  if (show->status == SessionStatus::completed) reason = "session_completed";
  if (roll(2) == 0) {
    const seating::Unblock request{.session = show->id, .choice = {}};
    if (!expect(reason, [&] { host().run(request); })) return;
    std::erase_if(show->claims, [](const auto& claim) { return claim.second.is_blocked; });
    return;
  }
  seating::Block request{.session = show->id, .choice = any_choice(*show), .reason = "Broken"};
  if (reason.empty()) reason = refused_places(*show, request.choice);
  seating::PlacesChanged blocked;
  if (!expect(reason, [&] { blocked = host().run(request); })) return;
  for (const seating::PlaceInfo& place : blocked.places) {
    claim(*show, place.place, {.hold = {}, .booking = {}, .until = {}, .is_blocked = true});
  }
}

void Simulation::open_show() { box_office_->open_show(); }
void Simulation::cancel_show() { box_office_->cancel_show(); }
void Simulation::hold_places() { box_office_->hold_places(); }
void Simulation::use_hold() { box_office_->use_hold(); }
void Simulation::block_places() { box_office_->block_places(); }
void Simulation::go_to_the_doors() { box_office_->go_to_the_doors(); }

}  // namespace frontdesk::simulation
