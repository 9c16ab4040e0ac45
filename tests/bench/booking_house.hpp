/// A hall of 1,000 seats with so many bookings stored, and two files of it: one for the engine, one
/// for the floor.
#pragma once

#include "booking_floor.hpp"
#include "world.hpp"

namespace frontdesk::bench {

class BookingHouse {
 public:
  /// Made once a process for each number of stored bookings. Its desk is closed.
  static BookingHouse& with_stored(std::int64_t bookings);

  explicit BookingHouse(std::int64_t bookings);

  World& world() { return world_; }
  std::string floor_path() const { return world_.folder() + "/floor.db"; }
  /// The next to be booked, in the engine's file or that of the floor.
  BookingNumbers next(std::int64_t& count) const;
  std::int64_t booked = 0;          ///< through the engine
  std::int64_t booked_by_hand = 0;  ///< in the file of the floor

  /// Two named seats for a client, paid by card, at the counter.
  bookings::Book request(const BookingNumbers& numbers) const;
  void book(const BookingNumbers& numbers);

 private:
  void open_hall();
  void fill(std::int64_t bookings);

  World world_;
  SessionId show_{};
  std::int64_t first_client_ = 0;
  std::int64_t clients_ = 0;
  std::int64_t first_session_ = 0;
};

}  // namespace frontdesk::bench
