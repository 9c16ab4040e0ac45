/// Processes that write to one file at the same time, and the memory they share to tell of it.
#pragma once

#include <frontdesk/frontdesk.hpp>

#include <atomic>
#include <functional>
#include <string>
#include <vector>

namespace frontdesk::testing::contention {

/// A write that was acknowledged.
struct Write {
  std::int64_t client;
  std::int64_t waited_microseconds;
  std::int64_t overtaken;  ///< writes of others that were acknowledged in the meantime
};

/// Lives in memory that all processes see.
struct Board {
  static constexpr int capacity = 100'000;

  std::atomic<int> ready;
  std::atomic<bool> may_start;
  std::atomic<bool> should_stop;
  std::atomic<int> errors;
  std::atomic<int> reads;
  std::atomic<int> openings;
  std::atomic<int> sold;
  char first_error[300];
  std::atomic<int> length;
  Write writes[capacity];

  void note(const Write& write);
  void note_error(const std::string& what);
};

/// Child processes around one board. No file may be open in this process when they are made.
class Crowd {
 public:
  Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;
  ~Crowd();

  /// Forks a child that ends with `body`; an error it throws is noted on the board.
  void add(const std::function<void(Board&)>& body);
  /// Lets all start once `processes` of them are ready.
  void start(int processes);
  /// Waits until all have ended. False if one ended in another way than by returning.
  bool join();

  Board& board() { return *board_; }

 private:
  Board* board_;
  std::vector<int> children_{};
};

/// In a child: the file is open; waits for the others.
void wait_for_start(Board& board);

/// How long the writers of a board waited.
struct Waits {
  explicit Waits(const Board& board);
  double ratio() const { return static_cast<double>(longest) / static_cast<double>(median); }

  std::int64_t median = 0;
  std::int64_t p99 = 0;
  std::int64_t longest = 0;
  std::int64_t overtaken_most = 0;
};

bool is_long();

}  // namespace frontdesk::testing::contention
