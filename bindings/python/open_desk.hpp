/// One open file as Python holds it: it can be closed while calls are running, and it tells waiting
/// threads of events.
#pragma once

#include <frontdesk/desk.hpp>

#include "gil.hpp"

#include <sys/types.h>

#include <condition_variable>
#include <mutex>

namespace frontdesk::python {

/// Thread-safe.
class OpenDesk : public std::enable_shared_from_this<OpenDesk> {
 public:
  /// Opens the file. Needs the GIL and gives it up meanwhile.
  static std::shared_ptr<OpenDesk> open(const std::string& path, const OpenOptions& options);
  ~OpenDesk();

  /// Runs `use(desk)` without the GIL. Throws Error{unsupported, desk_closed} once it is closed.
  template <class Use>
  void work(Use&& use) {
    Callback::forget_failure();
    without_gil([&] {
      Running running(*this);
      use(*running.desk);
    });
  }

  /// Refuses new calls, waits for those that run (unless it is called by one of them), and closes
  /// the file.
  void close(std::chrono::milliseconds patience = std::chrono::milliseconds::max());
  bool is_closed();

  /// Calls back after each commit with events, on the committing thread.
  void on_events(Callback callback);
  /// How often there were events.
  std::int64_t wakes();
  /// Waits until there were events more than `seen` times, the file is closed or the time is over.
  /// Needs the GIL.
  std::int64_t wait(std::int64_t seen, std::chrono::milliseconds time);

  /// Closes all files, at the end of the interpreter.
  static void close_all();

 private:
  struct Running {
    explicit Running(OpenDesk& open);
    ~Running();
    Running(const Running&) = delete;
    OpenDesk& open;
    std::shared_ptr<const Desk> desk;
  };
  OpenDesk();
  void wake();
  bool is_forked() const;

  const pid_t owner_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const Desk> desk_;  ///< null once closed
  int running_ = 0;
  std::int64_t wakes_ = 0;
  Callback on_events_;
};

}  // namespace frontdesk::python
