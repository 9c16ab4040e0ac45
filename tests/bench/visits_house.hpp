/// Clients with subscriptions, many times over, and what they booked by visits.
#pragma once

#include "booking_floor.hpp"
#include "world.hpp"

#include <memory>

namespace frontdesk::bench {

class VisitsHouse {
 public:
  /// So many clients, each with a subscription of a thousand visits; the desk is closed then.
  explicit VisitsHouse(std::int64_t clients);

  World& world() { return world_; }
  std::string floor_path() const { return world_.folder() + "/floor.db"; }

  /// The next of clients and sessions by turns.
  BookingNumbers next(std::int64_t& count) const;
  void book(const BookingNumbers& numbers);
  std::int64_t booked = 0;
  std::int64_t booked_by_hand = 0;

  SubscriptionId subscription_of(std::int64_t client) const {
    return SubscriptionId{first_subscription_ + client - first_client_};
  }
  /// Sessions that ended an hour ago, with so many bookings by visits in each.
  void add_ended_sessions(std::int64_t sessions, std::int64_t bookings);
  /// So many past places of the first client, two days apart, that were attended.
  ClientId add_history(std::int64_t places);

 private:
  void open_studio();
  void fill(std::int64_t clients);

  World world_;
  std::int64_t first_client_ = 0;
  std::int64_t clients_ = 0;
  std::int64_t first_session_ = 0;
  std::int64_t first_subscription_ = 0;
};

/// All that the engine wrote for one booking by a visit, to be written again.
class VisitRows {
 public:
  explicit VisitRows(FloorFile& file);
  struct Numbers {
    std::int64_t booking = 0;
    std::int64_t session = 0;
    std::int64_t place = 1;
    std::int64_t client = 0;
    std::int64_t subscription = 0;
    std::int64_t line = 2;  ///< of the subscription's ledger
    std::int64_t starts = 0;
  };
  /// Booking, place, claim and the line that reserves.
  void insert(const Numbers& numbers);
  /// Event, audit and idempotency record.
  void insert_log(const Numbers& numbers);

 private:
  RowPattern booking_;
  RowPattern place_;
  RowPattern claim_;
  RowPattern visit_;
  std::vector<RowPattern> events_;
  RowPattern audit_;
  RowPattern idempotency_;
};

/// Bookings by visits by hand.
class VisitsFloor {
 public:
  explicit VisitsFloor(const std::string& path);
  void book(const VisitsHouse& house, const BookingNumbers& numbers);
  std::int64_t wal_frames() const { return file_.wal_frames(); }

 private:
  FloorFile file_;
  VisitRows rows_;
  sqlite3_stmt* session_;
  sqlite3_stmt* line_;
  sqlite3_stmt* head_;
  std::int64_t last_booking_;
};

}  // namespace frontdesk::bench
