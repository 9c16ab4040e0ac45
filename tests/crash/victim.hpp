/// A child process that writes to a file until it is killed, and tells over a pipe what it begins
/// and what was acknowledged to it.
#pragma once

#include "work.hpp"

#include <functional>
#include <vector>

namespace frontdesk::testing::crash {

enum class Phase : std::int32_t {
  opened,   ///< the file is open; no order
  begun,    ///< the order is about to be carried out
  done,     ///< the order was acknowledged, with `result`
  closing,  ///< the file is about to be closed; no order
  closed,
  failed,  ///< the order was refused, which it should not have been
};

/// Small enough that threads may write to the pipe side by side.
struct Message {
  Phase phase = Phase::opened;
  Order order{};
  std::int64_t result = 0;
};

/// Writes messages; in the child.
class Teller {
 public:
  explicit Teller(int pipe) : pipe_(pipe) {}
  void tell(Phase phase, const Order& order = {}, std::int64_t result = 0) const;
  /// Carries the order out and tells both ends of it. What it gave.
  std::int64_t carry_out(const Desk& desk, const Order& order) const;

 private:
  int pipe_;
};

class Victim {
 public:
  /// Forks. No file may be open in this process. The child ends with `body`.
  explicit Victim(const std::function<void(const Teller&)>& body);
  Victim(const Victim&) = delete;
  Victim& operator=(const Victim&) = delete;
  ~Victim();

  /// Waits for the next message; false once the child is gone.
  bool hear();
  /// Kills the child and hears what it had still said. True if it was alive until then.
  bool kill();

  const std::vector<Message>& heard() const { return heard_; }
  bool has_said(Phase phase) const;

 private:
  int pid_ = -1;
  int pipe_ = -1;
  std::vector<Message> heard_{};
};

/// Two threads that carry out orders of all kinds for ever; bookings where there is a class to
/// book.
void write_for_ever(const Desk& desk, const Teller& teller, std::int32_t round, std::uint64_t seed,
                    bool has_class = false);

}  // namespace frontdesk::testing::crash
