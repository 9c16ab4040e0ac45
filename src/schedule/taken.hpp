/// What the timetable cannot know by itself: who takes the places of its sessions (SPEC B3, C7, S8,
/// S9). The areas above answer; src/engine/taken.cpp joins the two.
#pragma once

#include <frontdesk/schedule.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::schedule {

/// How much of a session is taken: by whatever claims its places, and of that by bookings.
struct Taken {
  std::int64_t places = 0;
  std::int64_t booked = 0;
};

struct TakenPart {
  Taken (*taken)(storage::Transaction&, SessionId session);
  /// Adds those who attend by a booking.
  void (*attendees)(storage::Transaction&, SessionId session, std::vector<ClientId>& clients);
  /// A subquery over `sessions.id` that counts the places taken; its one `$` stands for now.
  std::string_view taken_sql;
  /// A query of the sessions that a client attends; its one `$` stands for the client.
  std::string_view attended_sql;
};

const TakenPart& taken_part();

}  // namespace frontdesk::schedule
