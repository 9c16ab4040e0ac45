/// The choke point: every operation of every face passes here (DESIGN "The choke point").
#pragma once

#include <frontdesk/desk.hpp>

#include "engine/unit.hpp"
#include "storage/audit.hpp"
#include "storage/desk_state.hpp"
#include "storage/file.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <semaphore>
#include <unordered_map>

namespace frontdesk::engine {

/// Thread-safe. Lives as long as a Desk or Caller refers to it.
class Engine {
 public:
  Engine(const std::string& path, const OpenOptions& options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Validates, prepares and runs one operation of any kind; fills `result`. Throws Error in the
  /// language of the call.
  void run(const Identity& identity, const Operation& operation, const void* request, void* result,
           const CallOptions& options, bool is_preview);
  /// All steps that `make` gives or none; the finished steps go into `finished` if it is given.
  void run_batch(const Identity& identity, const std::function<std::vector<Step>()>& make,
                 const CallOptions& options, bool is_preview,
                 std::vector<Step>* finished = nullptr);

  /// The error in the language of the call, else of the caller.
  Error told(const Error& error, const CallOptions& options, const Identity& identity);

  void on_events(std::function<void()> wake);
  Statistics statistics() const;
  const std::string& path() const { return file_->path(); }
  void log(LogLevel level, std::string_view line) const;

 private:
  using Clock = std::chrono::steady_clock;

  void run_steps(const Identity&, std::vector<Step>& steps, const CallOptions&, bool is_preview);
  void run_read(const Identity&, const Operation&, const void* request, void* result,
                const CallOptions&);
  void run_job(const Identity&, const Operation&, const void* request, void* result,
               const CallOptions&, bool is_preview);
  void rewrite_if_due(const Identity&, const CallOptions&) noexcept;
  void prepare(const Identity&, Step& step, const CallOptions&);
  void snapshot(const Identity&, const CallOptions&,
                const std::function<void(storage::Transaction&)>& use);
  void log_denial(const Identity&, const Operation&, const void* request, const CallOptions&,
                  const Error&);

  void submit(Unit& unit);
  void lead(std::unique_lock<std::mutex>& lock);
  std::vector<Unit*> next_group();
  void fail_unsettled(std::size_t count) noexcept;
  void end_turn(std::size_t count);
  void commit_group(const std::vector<Unit*>& group, Clock::time_point deadline);
  Unit* run_units(const std::vector<Unit*>& units);
  bool try_commit(const std::vector<Unit*>& units);
  void run_alone(Unit& unit, Clock::time_point deadline);
  void run_preview(Unit& unit);
  void run_rewrite(Unit& unit);
  void abandon();
  void begin(Clock::time_point deadline);
  void wake_listeners() noexcept;
  void warn(std::string_view line) const noexcept;

  Instant tick_clock();
  Clock::time_point deadline_of(const CallOptions& options) const;
  static Error waited_too_long(const CallOptions& options);
  storage::ReaderLease read(const CallOptions& options, Clock::time_point deadline);
  bool takes_turn(Unit& unit, std::unique_lock<std::mutex>& lock);
  storage::TopicVersions& topics_of(const storage::Connection& connection);
  std::string language_of(const CallOptions& options, const Identity& identity);

  OpenOptions options_;
  storage::DeskState state_;
  std::mutex random_mutex_;
  std::unique_ptr<storage::File> file_;
  WriteContext context_;  ///< of the leader, while it holds the file's lock
  // The leader's, too.
  std::int64_t sequence_before_ = 0;  ///< of the audit, as the transaction began
  bool knows_head_ = false;           ///< the audit's head is that of the last commit

  std::mutex queue_mutex_;
  std::deque<Unit*> queue_;

  std::mutex topics_mutex_;
  std::unordered_map<const storage::Connection*, std::unique_ptr<storage::TopicVersions>> topics_;
  storage::TopicVersions writer_topics_;

  std::mutex clock_mutex_;
  Instant latest_{};

  std::counting_semaphore<64> preparing_;
  mutable std::mutex listener_mutex_;
  std::shared_ptr<const std::function<void()>> wake_;  ///< copied without memory
  std::atomic<std::int64_t> operations_committed_{0};
};

}  // namespace frontdesk::engine
