/// The rows of one booking of two seats, paid at once, written by hand: the floor that
/// `bookings.book` is measured against, and what files for benchmarks are filled with.
#pragma once

#include "floor_file.hpp"

#include <array>
#include <optional>

namespace frontdesk::bench {

/// What differs from booking to booking.
struct BookingNumbers {
  std::int64_t booking = 0;
  std::int64_t order = 0;
  std::int64_t session = 0;
  std::int64_t first_place = 0;  ///< the second is the next
  std::int64_t client = 0;
};

/// A row that is inserted again and again: all columns stay bound as they are in the pattern, but
/// those that are said to change.
class RowPattern {
 public:
  /// `changing`: columns, numbered from 0 on by `set`. They are NULL until set.
  RowPattern(FloorFile& file, const std::string& table, const std::string& where,
             const std::vector<std::string>& changing);
  void set(std::size_t column, std::int64_t value);
  void set_blob(std::size_t column, const void* bytes, int size);
  void insert();

 private:
  FloorFile& file_;
  sqlite3_stmt* insert_ = nullptr;
  std::vector<int> parameters_;
};

/// All that the engine wrote for one booking, to be written again under other numbers.
class BookingRows {
 public:
  /// The file holds one booking, made by the engine, and nothing else that is sold.
  explicit BookingRows(FloorFile& file);
  void insert(const BookingNumbers& numbers, bool has_key = true);

 private:
  void insert_places(const BookingNumbers& numbers);
  void insert_order(const BookingNumbers& numbers);
  void insert_movement(const BookingNumbers& numbers);
  void insert_log(const BookingNumbers& numbers, bool has_key);

  FloorFile& file_;
  RowPattern booking_;
  std::vector<RowPattern> places_;
  std::vector<RowPattern> claims_;
  RowPattern order_;
  std::vector<RowPattern> lines_;
  RowPattern payment_;
  RowPattern entry_;
  std::vector<RowPattern> postings_;
  std::vector<sqlite3_stmt*> balances_;
  std::vector<RowPattern> events_;
  RowPattern audit_;
  RowPattern idempotency_;
};

/// Bookings by hand, with constants where the engine computes: no permission, hash, JSON, price or
/// check but the keys and foreign keys of the tables.
class BookingFloor {
 public:
  explicit BookingFloor(const std::string& path);

  void begin() { file_.begin(); }
  /// Reads the session and writes all rows. The numbers of booking and order follow the last.
  void book(BookingNumbers numbers);
  void commit();
  std::int64_t wal_frames() const { return file_.wal_frames(); }

 private:
  FloorFile file_;
  BookingRows rows_;
  sqlite3_stmt* session_;
  sqlite3_stmt* head_;
  std::int64_t last_booking_;
  std::int64_t last_order_;
};

}  // namespace frontdesk::bench
