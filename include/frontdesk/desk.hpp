/// Start here: a Desk is an open frontdesk file; a Caller runs operations on it as somebody.
#pragma once

#include <frontdesk/operation.hpp>

#include <functional>

namespace frontdesk {
namespace engine {
class Engine;
}
inline namespace [[gnu::visibility("default")]] v1 {

class Caller;
class Batch;

enum class LogLevel : unsigned char { debug, info, warning, error };

/// A secret of the host for codes, audit seals and stored secrets. Keep it outside of the file;
/// without one the file keeps its own.
struct HostKey {
  std::string id{};      ///< recorded beside what the key sealed, so that keys can be rotated
  std::string secret{};  ///< at least 32 bytes
};

/// How a file is opened. The defaults are what a host wants.
struct OpenOptions {
  bool read_only = false;
  bool create = true;
  /// The first seals; the others still open what they sealed.
  std::vector<HostKey> keys{};
  /// Where time comes from; the system's clock if empty. Never runs backwards for a file.
  std::function<Instant()> clock{};
  /// Where randomness comes from; the system's if empty. Must be cryptographic outside of tests.
  std::function<void(std::span<std::byte>)> random{};
  /// Texts for people in more languages, or other words for those there are: language code → flat
  /// JSON object key → text, as in src/base/texts. They hold for the whole process.
  std::map<std::string, std::string> texts{};
  /// Receives what is worth a log line; called on the thread that works.
  std::function<void(LogLevel, std::string_view)> log{};
  /// How many waiting writes share one commit, 1 to 1,000.
  int group_limit = 64;
  /// How long a write waits for other processes before it is `busy`.
  std::chrono::milliseconds busy_timeout{10'000};
  /// Size at which the write-ahead log is truncated.
  std::int64_t wal_bytes_max = 8 * 1024 * 1024;
  int readers_max = 8;
};

/// What a call may carry besides its request. Every face can give all of it.
struct CallOptions {
  /// Same key and same request give the first result again for 24 hours (SPEC E4). At most 200
  /// bytes.
  std::string idempotency_key{};
  /// Where the call comes from (an address, a device), for audit and attempt limits.
  std::string origin{};
  /// Language of messages (`en`, `uk`); the caller's own if empty.
  std::string language{};
  /// Ties audit and events to the host's own log.
  std::string correlation{};
  /// A call that has not begun by then is `cancelled`; zero: no limit but busy_timeout.
  std::chrono::milliseconds deadline{0};
  /// Progress of a job, told after each committed step in units of its own (bytes of a CSV, codes,
  /// records): how many are done, and of how many. Returning false stops the job there.
  std::function<bool(std::int64_t done, std::int64_t total)> progress{};
};

/// A result or the error instead of it.
template <class T>
class Outcome {
 public:
  Outcome(T value) : value_(std::move(value)) {}
  Outcome(Error error) : error_(std::move(error)) {}
  explicit operator bool() const { return !error_; }
  const T& operator*() const { return value_; }
  const T* operator->() const { return &value_; }
  const Error& error() const { return *error_; }

 private:
  T value_{};
  std::optional<Error> error_{};
};

/// Someone (or the host, or nobody in particular) who runs operations. Cheap to copy; thread-safe;
/// keeps the desk open.
class Caller {
 public:
  /// Runs an operation. Throws Error.
  template <Request T>
  typename T::Result run(const T& request, const CallOptions& options = {}) const {
    typename T::Result result{};
    run_erased(T::operation, &request, &result, options);
    return result;
  }
  /// Runs an operation and returns its Error instead of throwing it.
  template <Request T>
  Outcome<typename T::Result> try_run(const T& request, const CallOptions& options = {}) const {
    try {
      return run(request, options);
    } catch (const Error& error) {
      return error;
    }
  }
  /// The result the operation would give; nothing is changed (SPEC E3).
  template <Request T>
  typename T::Result preview(const T& request, const CallOptions& options = {}) const {
    typename T::Result result{};
    preview_erased(T::operation, &request, &result, options);
    return result;
  }
  /// Runs all operations of the batch or none (SPEC E5).
  void run(Batch& batch, const CallOptions& options = {}) const;

  /// The same by name and JSON; the reply is the result in JSON. Throws Error.
  std::string call(std::string_view operation, std::string_view request_json,
                   const CallOptions& options = {}) const;
  std::string preview(std::string_view operation, std::string_view request_json,
                      const CallOptions& options = {}) const;
  /// A JSON list of {"operation": …, "request": …}; `{"$ref": "0.id"}` stands for a field of an
  /// earlier result. The reply is the list of results.
  std::string batch(std::string_view list_json, const CallOptions& options = {}) const;

  void run_erased(const Operation& operation, const void* request, void* result,
                  const CallOptions& options) const;
  void preview_erased(const Operation& operation, const void* request, void* result,
                      const CallOptions& options) const;

 private:
  friend class Desk;
  friend class engine::Engine;
  struct Identity;
  Caller(std::shared_ptr<engine::Engine> engine, std::shared_ptr<const Identity> identity);
  std::shared_ptr<engine::Engine> engine_;
  std::shared_ptr<const Identity> identity_;
};

/// Operations that commit together. A handle stands for an id that is not known yet.
class Batch {
 public:
  template <class Result>
  class Step {
   public:
    /// Stands for the id that this step's result will have in `member`, in requests of later steps
    /// of the same batch.
    template <class Tag>
    Id<Tag> id(Id<Tag> Result::* member) const {
      Result probe{};
      auto offset =
          reinterpret_cast<const char*>(&(probe.*member)) - reinterpret_cast<const char*>(&probe);
      return Id<Tag>{-1 - ((static_cast<std::int64_t>(index_) << 20) | offset)};
    }
    /// The result, once the batch has run.
    const Result& result() const { return *result_; }

   private:
    friend class Batch;
    Step(std::size_t index, std::shared_ptr<Result> result)
        : index_(index), result_(std::move(result)) {}
    std::size_t index_;
    std::shared_ptr<Result> result_;
  };

  template <Request T>
  Step<typename T::Result> add(T request) {
    auto result = std::make_shared<typename T::Result>();
    entries_.push_back({&T::operation, std::make_shared<T>(std::move(request)), result});
    return {entries_.size() - 1, result};
  }

 private:
  friend class Caller;
  friend class engine::Engine;
  struct Entry {
    const Operation* operation;
    std::shared_ptr<void> request;
    std::shared_ptr<void> result;
  };
  std::vector<Entry> entries_;
};

/// Figures of an open file since it was opened.
struct Statistics {
  std::int64_t commits = 0;
  std::int64_t operations_committed = 0;
  std::int64_t checkpoints = 0;
  std::int64_t wal_frames = 0;
};

/// An open file. Movable; thread-safe; the file closes when the desk and all its callers are gone.
class Desk {
 public:
  /// Opens or creates a file. Throws Error: not_found/file_missing, storage/not_a_frontdesk_file,
  /// unsupported/file_newer, read_only/file_needs_migration, storage/schema_changed,
  /// busy/file_busy, invalid/open_option.
  static Desk open(const std::string& path, const OpenOptions& options = {});

  /// The embedding program itself: may do everything.
  Caller host() const;
  /// Nobody in particular: what is open to everyone.
  Caller anonymous() const;
  /// Whoever the token was given to: a sign-in session, a signed access token or an API key. The
  /// token is checked at each call, so this never fails; a bad one makes every call
  /// `unauthenticated`.
  Caller caller(std::string_view token) const;

  /// Called after each commit that appended events, on the committing thread: a wake-up to read
  /// `events.since`. An empty function removes it.
  void on_events(std::function<void()> wake) const;

  Statistics statistics() const;
  const std::string& path() const;

 private:
  explicit Desk(std::shared_ptr<engine::Engine> engine) : engine_(std::move(engine)) {}
  std::shared_ptr<engine::Engine> engine_;
};

/// Version of the library, `0.1.0`.
std::string_view version();

}  // namespace v1
}  // namespace frontdesk
