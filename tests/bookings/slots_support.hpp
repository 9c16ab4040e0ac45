/// Weekly slots for tests: yoga on Mondays and Wednesdays at 18:00 until the horizon.
#pragma once

#include "visits_support.hpp"

#include <algorithm>

namespace frontdesk::testing {

inline constexpr std::int64_t evening = 18 * 60;

/// Yoga on Mondays and Wednesdays at 18:00, and a plan with two weekly slots.
struct Slots : VisitHouse {
  SeriesId series = weekly("FREQ=WEEKLY;BYDAY=MO,WE");
  SubscriptionId pack = buy(with_slots(VisitHouse::month()));

  plans::Terms with_slots(plans::Terms terms, std::int64_t slots = 2) const {
    terms.weekly_slots = slots;
    terms.freeze_days = 14;
    return terms;
  }
  SeriesId weekly(const std::string& rule, std::optional<std::int64_t> capacity = 10) {
    schedule::CreateSeries request;
    request.activity = film;
    request.centre = centre;
    request.start = at(2026, 3, 4, 18);
    request.duration = std::chrono::hours{1};
    request.rule = rule;
    request.capacity = capacity;
    return host().run(request).series.id;
  }
  bookings::ClaimSlots wish(const std::vector<std::int64_t>& weekdays) const {
    bookings::ClaimSlots request{.subscription = pack, .attendee = maria};
    for (std::int64_t weekday : weekdays) {
      request.slots.push_back({.weekday = weekday, .minute = evening, .activity = film});
    }
    return request;
  }
  bookings::SlotsClaimed claim(const std::vector<std::int64_t>& weekdays) const {
    return olena.caller.run(wish(weekdays));
  }
  /// Days of live bookings of Maria: `03-04 03-09`.
  std::string days() const {
    bookings::List request;
    request.attendee = maria;
    request.limit = 200;
    std::vector<std::string> found;
    for (const bookings::Booking& booking : host().run(request).items) {
      if (booking.status > bookings::BookingStatus::confirmed) continue;
      found.push_back(zones::print(zones::local_date(booking.starts, "Europe/Kyiv")).substr(5));
    }
    std::sort(found.begin(), found.end());
    std::string told;
    for (const std::string& day : found) told += (told.empty() ? "" : " ") + day;
    return told;
  }
  SessionId session_on(Date day) const {
    schedule::Sessions request;
    request.limit = 500;
    for (const schedule::Session& session : host().run(request).items) {
      const Date local{std::chrono::floor<std::chrono::days>(session.local_start)};
      if (local == day && session.status != schedule::SessionStatus::cancelled) return session.id;
    }
    throw std::logic_error("no session on the day");
  }
  /// Why sessions could not be booked, as it was told.
  std::string not_booked() const {
    std::string told;
    for (const auto& event :
         host().run(events::Since{.topics = {"bookings.slot_not_booked"}, .limit = 100}).items) {
      told += event.payload + "\n";
    }
    return told;
  }
  std::vector<bookings::ClaimedSlot> slots(bool ended = false) const {
    return host().run(bookings::Slots{.subscription = {}, .ended = ended}).items;
  }
};

}  // namespace frontdesk::testing
