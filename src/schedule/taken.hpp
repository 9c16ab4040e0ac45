/// What the timetable cannot know by itself: who takes the places of its sessions (SPEC B3, C7, S8,
/// S9). The areas above answer; src/engine/taken.cpp joins the two.
#pragma once

#include <frontdesk/schedule.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::schedule {

/// How much of a session is taken: by whatever claims its places, and of that by bookings. `hall`:
/// how many places its hall has, where it is drawn.
struct Taken {
  std::int64_t places = 0;
  std::int64_t booked = 0;
  std::optional<std::int64_t> hall{};
};

/// Who pays for the place of an attendee by a visit.
struct Paying {
  ClientId client{};
  SubscriptionId subscription{};
  CentreId centre{};  ///< that sold it
  std::optional<std::int64_t> visits_left{};
};

struct TakenPart {
  Taken (*taken)(storage::Transaction&, SessionId session);
  /// Adds those who attend by a booking.
  void (*attendees)(storage::Transaction&, SessionId session, std::vector<ClientId>& clients);
  /// The subscriptions that pay, of attendees that have one.
  std::vector<Paying> (*paying)(storage::Transaction&, SessionId session);
  /// An expression over `sessions` of how much of the capacity cannot be had; its one `$` stands
  /// for now.
  std::string_view taken_sql;
  /// A query of the sessions that a client attends; its one `$` stands for the client.
  std::string_view attended_sql;
};

const TakenPart& taken_part();

}  // namespace frontdesk::schedule
