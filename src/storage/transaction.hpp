/// What a handler works with: the data, who asks, the time, randomness, and what it may leave
/// behind. Made by the engine; used by one thread; never kept beyond the handler.
#pragma once

#include <frontdesk/describe.hpp>
#include <frontdesk/error.hpp>

#include "base/crypto.hpp"
#include "storage/connection.hpp"
#include "storage/principal.hpp"
#include "storage/settings.hpp"

#include <functional>
#include <memory>
#include <typeindex>

namespace frontdesk::storage {

struct Hooks;  // lists of contributions, reactions and vetoes, told in hooks.hpp
struct DeskState;
struct TopicVersions;

/// What caches depend on; a change touches its topic. The versions are rows, so that all processes
/// see them.
enum class Topic : unsigned char { access, settings, texts, catalog };
inline constexpr std::size_t topic_count = 4;

/// How an event is told to others: its topic, and who may see it: callers whose `permission` covers
/// its client, account or centre (fields of these names); an empty permission: only host and those
/// who hold `events.view`.
struct EventKind {
  std::string_view topic;  ///< `people.client_registered`
  std::string_view doc;
  std::string_view permission{};
};

/// An event: described, with a static EventKind `kind`.
template <class T>
concept Event = Described<T> && requires {
  { T::kind } -> std::convertible_to<const EventKind&>;
};

/// An event as it waits for the end of its operation.
struct EmittedEvent {
  const EventKind* kind;
  const Type* type;
  std::shared_ptr<void> value;
};

class Transaction {
 public:
  Transaction(Connection& connection, DeskState& desk, TopicVersions& topics)
      : connection_(connection), desk_(desk), topics_(topics) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // --- data --------------------------------------------------------------------------------------
  Connection& connection() { return connection_; }
  template <class... Arguments>
  Cursor query(std::string_view sql, const Arguments&... arguments) {
    return connection_.query(sql, arguments...);
  }
  template <class... Arguments>
  std::int64_t execute(std::string_view sql, const Arguments&... arguments) {
    return connection_.execute(sql, arguments...);
  }
  /// Inserts one row and gives its new id.
  template <class IdType, class... Arguments>
  IdType insert(std::string_view sql, const Arguments&... arguments) {
    connection_.execute(sql, arguments...);
    return IdType{connection_.last_insert_id()};
  }
  /// The first column of the first row, or none.
  template <class... Arguments>
  std::optional<std::int64_t> one_number(std::string_view sql, const Arguments&... arguments) {
    Cursor cursor = connection_.query(sql, arguments...);
    if (!cursor.next() || cursor.null(0)) return std::nullopt;
    return cursor.integer(0);
  }
  template <class... Arguments>
  bool exists(std::string_view sql, const Arguments&... arguments) {
    return connection_.query(sql, arguments...).next();
  }

  // --- who, when, how ----------------------------------------------------------------------------
  Instant now() const { return now_; }
  const crypto::Random& random() const;
  const Principal& principal() const { return principal_; }
  /// How far the permission of this operation's rule reaches for the caller.
  const Reach& reach() const { return reach_; }
  /// Where the call comes from, as the host told.
  std::string_view origin() const { return origin_; }
  std::string_view correlation() const { return correlation_; }
  std::string_view language() const { return language_; }
  /// Key for MACs of codes and tokens, and to seal what must be read again; `purpose` keeps uses
  /// apart. It derives from the file's secret, which the host's key wraps; so it stays the same
  /// when the host rotates its key.
  std::string key(std::string_view purpose) const;
  /// Where the file lies, for what is kept beside it (see media_files.hpp).
  const std::string& file_path() const;
  /// True in a preview: nothing will be kept, so nothing outside of the file may be done either.
  bool is_preview() const { return is_preview_; }
  /// What `prepare` of this operation made.
  template <class T>
  const T& prepared() const {
    return *static_cast<const T*>(prepared_.get());
  }
  /// A job's step should end when this is true (the lock is held for at most 50 ms).
  bool step_is_long() const;
  /// Progress of a job, told to the host after the step.
  void report(std::int64_t done, std::int64_t total) {
    done_ = done;
    total_ = total;
  }

  // --- what it leaves ----------------------------------------------------------------------------
  template <Event T>
  void emit(T event) {
    emitted_.push_back({&T::kind, &type_of<T>(), std::make_shared<T>(std::move(event))});
  }
  /// Something that must persist although the operation is refused: a counted attempt, a burnt
  /// code. Runs after the rollback, in the same commit.
  void leave(std::function<void(Transaction&)> residue) { residues_.push_back(std::move(residue)); }
  /// Whose data this operation is about, for audit and erasure; events with a `client` field do
  /// this by themselves.
  void concern(ClientId client) {
    if (client) concerned_ = client;
  }
  void concern(CentreId centre) {
    if (centre) concerned_centre_ = centre;
  }
  /// Says that data under `topic` changes, so that caches everywhere follow.
  void touch(Topic topic);
  /// Version of a topic in this snapshot.
  std::int64_t version_of(Topic topic);
  /// True if data under the topic may be seen here that is not committed yet, by this operation or
  /// by one before it in its commit group: what is read must then not enter a cache, nor come from
  /// one.
  bool touched(Topic topic) const;

  // --- the lists that reach upward ---------------------------------------------------------------
  const Hooks& hooks() const;
  /// State shared by all calls of one desk, made on first use: caches. T guards itself.
  template <class T>
  T& shared() {
    return *std::static_pointer_cast<T>(
        shared_state(typeid(T), []() -> std::shared_ptr<void> { return std::make_shared<T>(); }));
  }

 private:
  friend class TransactionAccess;  // the engine's way in
  std::shared_ptr<void> shared_state(std::type_index type, std::shared_ptr<void> (*make)());

  Connection& connection_;
  DeskState& desk_;
  TopicVersions& topics_;
  Instant now_{};
  Principal principal_{};
  Reach reach_{};
  std::string origin_{};
  std::string correlation_{};
  std::string language_{};
  bool is_preview_ = false;
  std::shared_ptr<void> prepared_{};
  std::chrono::steady_clock::time_point step_ends_{};
  std::int64_t done_ = 0;
  std::int64_t total_ = 0;
  std::vector<EmittedEvent> emitted_{};
  std::vector<std::function<void(Transaction&)>> residues_{};
  ClientId concerned_{};
  CentreId concerned_centre_{};
  bool touched_[topic_count] = {};
};

/// Throws the refusal that unknown, foreign and missing ids share (SPEC A9):
/// not_found/`<kind>_not_found`.
[[noreturn]] void missing(std::string_view kind, std::string_view field = {});
/// Throws conflict/version_outdated with the detail `current` unless `expected` is unset or right
/// (SPEC E13).
void check_version(const std::optional<std::int64_t>& expected, std::int64_t current);

}  // namespace frontdesk::storage
