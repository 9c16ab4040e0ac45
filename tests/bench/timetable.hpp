/// A centre with a full timetable to measure on, as large as asked for.
#pragma once

#include "world.hpp"

#include <sqlite3.h>

namespace frontdesk::bench {

/// Rooms in which a session of 15 minutes follows the other from 5 to 23 o'clock, 500 a week, each
/// room with a trainer of its own; half of the weeks lie behind now. Nights are free.
class Timetable {
 public:
  static constexpr int sessions_a_week = 500;
  static constexpr int slots_a_day = 72;

  Timetable(int rooms, int weeks);

  World& world() { return world_; }
  CentreId centre() const { return world_.centre(); }
  const std::vector<RoomId>& rooms() const { return rooms_; }
  const std::vector<AccountId>& trainers() const { return trainers_; }
  ActivityId activity() const { return activities_.front(); }
  /// Monday of the week in which now lies.
  std::chrono::local_days monday() const { return monday_; }
  /// A session of a week counted from now, by its place in the week.
  SessionId session(int room, int week, int place) const;

 private:
  void furnish();
  void fill();
  void insert(sqlite3* database);

  World world_{64, true};
  int rooms_wanted_;
  int weeks_;
  std::chrono::local_days monday_{};
  std::vector<RoomId> rooms_{};
  std::vector<AccountId> trainers_{};
  std::vector<ActivityId> activities_{};
};

/// Made on first use and kept to the end of the program.
Timetable& timetable(int rooms, int weeks);

}  // namespace frontdesk::bench
