#include "storage/file.hpp"

#include "storage/open_files.hpp"
#include "storage/opening.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <vector>

namespace frontdesk::storage {
namespace {

// A frame of the WAL is a page and its header.
constexpr std::int64_t frame_bytes = 2048 + 24;
constexpr std::chrono::seconds close_timeout{2};

std::chrono::milliseconds until(Deadline deadline) {
  const auto now = std::chrono::steady_clock::now();
  if (deadline <= now) return {};
  return std::chrono::ceil<std::chrono::milliseconds>(deadline - now);
}

/// True where a failed COMMIT may have reached the disk all the same. A failed write is certain:
/// the frame that commits is the last to be written, so it is missing (a full disk is a failed
/// write).
bool uncertain_after_commit(const Error& error) {
  if (error.code() == Code::no_memory) return true;
  if (error.reason() != "disk_error") return false;
  auto status = error.details().find("sqlite");
  return status == error.details().end() ||
         status->second != Detail{std::int64_t{SQLITE_IOERR_WRITE}};
}

}  // namespace

struct File::Implementation {
  explicit Implementation(const FileOptions& given)
      : options(given), checkpoint_at(given.wal_bytes_max / 4) {}

  bool forked() const { return ::getpid() != process; }
  void check_process() const {
    if (forked()) throw Error(Code::unsupported, "forked");
  }
  void check_version(Connection& connection) const;
  std::unique_ptr<Connection> borrow(const std::string& path, Deadline deadline);
  void give_back(std::unique_ptr<Connection> connection) noexcept;
  void checkpoint_when_due(Connection& writer) noexcept;
  void count_commit(Connection& writer) noexcept;
  bool truncate(Connection& writer);

  const FileOptions options;
  const pid_t process = ::getpid();
  std::unique_ptr<OpenFile> entry{};
  std::unique_ptr<FileLock> lock{};
  OpenMode reader_mode = OpenMode::read_only;
  std::int64_t version = 0;
  /// The writer's data version after its last commit; none where that may not be the newest state.
  std::optional<std::uint32_t> as_left{};

  std::int64_t checkpoint_at;
  std::int64_t bytes_before = 0;
  std::atomic<std::int64_t> commits = 0;
  std::atomic<std::int64_t> checkpoints = 0;
  std::atomic<std::int64_t> truncations = 0;
  std::atomic<std::int64_t> frames = 0;

  std::mutex mutex{};
  std::condition_variable returned{};
  std::vector<std::unique_ptr<Connection>> idle{};
  int readers = 0;
};

// A newer program may have migrated the file while this one has it open; from then on we no longer
// know what it means.
void File::Implementation::check_version(Connection& connection) const {
  Cursor cursor = connection.query("PRAGMA user_version");
  const std::int64_t found = cursor.next() ? cursor.integer(0) : 0;
  if (found == version) return;
  throw Error(Code::unsupported, "file_newer", {}, {{"version", found}, {"known", version}});
}

std::unique_ptr<Connection> File::Implementation::borrow(const std::string& path,
                                                         Deadline deadline) {
  std::unique_lock guard(mutex);
  const auto ready = [&] { return !idle.empty() || readers < std::max(1, options.readers_max); };
  if (!returned.wait_until(guard, deadline, ready)) throw Error(Code::busy, "readers_exhausted");
  if (!idle.empty()) {
    std::unique_ptr<Connection> connection = std::move(idle.back());
    idle.pop_back();
    return connection;
  }
  ++readers;
  guard.unlock();
  try {
    return std::make_unique<Connection>(path, reader_mode);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

/// Null where the connection was lost.
void File::Implementation::give_back(std::unique_ptr<Connection> connection) noexcept {
  const std::lock_guard guard(mutex);
  if (connection) {
    idle.push_back(std::move(connection));
  } else {
    --readers;
  }
  returned.notify_one();
}

// After an attempt the next one waits for another quarter: while a reader of an old snapshot is in
// the way, each attempt would cost two syncs and gain nothing.
void File::Implementation::checkpoint_when_due(Connection& writer) noexcept {
  const std::int64_t quarter = options.wal_bytes_max / 4;
  const std::int64_t bytes = writer.wal_frames() * frame_bytes;
  if (bytes < bytes_before) checkpoint_at = quarter;
  bytes_before = bytes;
  if (bytes <= checkpoint_at) return;
  checkpoint_at = bytes + quarter;
  try {
    const bool all = writer.checkpoint(false);
    ++checkpoints;
    if (all && bytes > options.wal_bytes_max) truncate(writer);
  } catch (const std::exception&) {
    // The commit stands; whatever is wrong with the file will show in a place where it can be told.
  }
}

void File::Implementation::count_commit(Connection& writer) noexcept {
  ++commits;
  frames = writer.pages_written();
}

bool File::Implementation::truncate(Connection& writer) {
  if (!writer.checkpoint(true)) return false;
  ++truncations;
  return true;
}

File::File(const std::string& path, const FileOptions& options)
    : implementation_(std::make_unique<Implementation>(options)),
      path_(resolve_path(path)),
      read_only_(options.read_only) {
  Implementation& self = *implementation_;
  const Migrations list = options.migrations.value_or(migrations());
  const Deadline deadline = std::chrono::steady_clock::now() + options.open_timeout;
  self.version = static_cast<std::int64_t>(list.size());
  self.idle.reserve(static_cast<std::size_t>(std::max(1, options.readers_max)));
  const bool with_log = may_make_log(path_);
  if (read_only_) {
    check_readable(path_);
  } else {
    check_place(path_, options.create);
  }
  self.entry = std::make_unique<OpenFile>(path_);
  refuse_foreign(path_);

  // Reading too starts under the lock, since the first reader after a crash recovers the WAL.
  if (!read_only_ || with_log) {
    try {
      self.lock = std::make_unique<FileLock>(path_);
    } catch (const Error&) {
      if (!read_only_) throw;
    }
  }
  if (self.lock && !self.lock->acquire(deadline)) throw Error(Code::busy, "file_busy");
  if (read_only_) {
    ReadOnlyFile file = open_read_only(path_, with_log, list);
    self.reader_mode = file.mode;
    self.give_back(std::move(file.connection));
    ++self.readers;
    self.lock.reset();
  } else {
    writer_ = open_writer(path_, options.create, list);
    // Prepared now, so that they need no memory in a moment when there is none.
    for (const char* sql : {"BEGIN IMMEDIATE", "ROLLBACK", "BEGIN IMMEDIATE", "COMMIT"}) {
      writer_->execute(sql);
    }
    self.lock->release();
  }
  self.entry->enlist();
}

File::~File() {
  Implementation& self = *implementation_;
  if (self.forked()) {
    // SQLite forbids a child to touch its parent's connections, even to close them.
    static_cast<void>(writer_.release());
    static_cast<void>(implementation_.release());
    return;
  }
  self.idle.clear();
  if (!writer_) return;
  try {
    if (self.lock->held()) rollback();
    if (self.lock->acquire(std::chrono::steady_clock::now() + close_timeout)) {
      writer_->checkpoint(true);
      writer_->checkpoint_on_close();
    }
  } catch (const std::exception&) {
    // The WAL stays beside the file, and the next to open it reads it.
  }
  writer_.reset();
}

bool File::begin_write(Deadline deadline) {
  Implementation& self = *implementation_;
  self.check_process();
  if (read_only_) throw Error(Code::read_only, "file_read_only");
  if (self.lock->held()) {
    throw Error(Code::internal, "storage_defect", {},
                {{"problem", std::string("a write has already begun")}});
  }
  if (!self.lock->acquire(deadline)) throw Error(Code::busy, "file_busy");
  try {
    // Only a rollback that failed for want of memory leaves one open.
    if (writer_->in_transaction()) writer_->execute("ROLLBACK");
    writer_->set_busy_timeout(until(deadline));
    writer_->execute("BEGIN IMMEDIATE");
    if (self.as_left && *self.as_left == writer_->data_version()) return true;
    self.check_version(*writer_);
    return false;
  } catch (...) {
    rollback();
    throw;
  }
}

void File::commit() {
  Implementation& self = *implementation_;
  self.check_process();
  if (!writer_->in_transaction()) {
    rollback();
    throw Error(Code::storage, "disk_error", {},
                {{"problem", std::string("the transaction was rolled back")}});
  }
  try {
    writer_->execute("COMMIT");
  } catch (const Error& error) {
    rollback();
    if (!uncertain_after_commit(error)) throw;
    throw Error(Code::outcome_unknown, "commit_uncertain", {}, error.details());
  } catch (...) {
    const bool nothing_written = writer_->in_transaction();
    rollback();
    if (nothing_written) throw;
    throw Error(Code::outcome_unknown, "commit_uncertain");
  }
  try {
    self.count_commit(*writer_);
    self.checkpoint_when_due(*writer_);
    self.as_left = writer_->data_version();
  } catch (const std::exception&) {
    // What is committed is committed; the checkpoint is due again after the next one.
    self.as_left.reset();
  }
  self.lock->release();
}

void File::rollback() noexcept {
  Implementation& self = *implementation_;
  if (self.forked() || !self.lock || !self.lock->held()) return;
  self.as_left.reset();
  try {
    if (writer_->in_transaction()) writer_->execute("ROLLBACK");
  } catch (const std::exception&) {
    // begin_write tries again.
  }
  self.lock->release();
}

bool File::is_writing() const { return implementation_->lock && implementation_->lock->held(); }

ReaderLease File::read(Deadline deadline) {
  Implementation& self = *implementation_;
  self.check_process();
  ReaderLease lease(this, self.borrow(path_, deadline));
  lease.connection().set_busy_timeout(until(deadline));
  lease.connection().execute("BEGIN");
  // Reading the version also takes the snapshot: BEGIN alone would leave that to the first query.
  self.check_version(lease.connection());
  return lease;
}

bool File::rewrite(Deadline deadline) {
  Implementation& self = *implementation_;
  self.check_process();
  if (read_only_) throw Error(Code::read_only, "file_read_only");
  if (!self.lock->acquire(deadline)) throw Error(Code::busy, "file_busy");
  self.as_left.reset();
  try {
    // The copy is made in a file: memory may be too small for it.
    writer_->script("PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY;");
    const bool truncated = self.truncate(*writer_);
    self.lock->release();
    return truncated;
  } catch (...) {
    self.lock->release();
    throw;
  }
}

FileStatistics File::statistics() const {
  const Implementation& self = *implementation_;
  return {.commits = self.commits,
          .checkpoints = self.checkpoints,
          .truncations = self.truncations,
          .wal_frames = self.frames};
}

ReaderLease::ReaderLease(File* file, std::unique_ptr<Connection> connection)
    : file_(file), connection_(std::move(connection)) {}

ReaderLease::ReaderLease(ReaderLease&&) noexcept = default;

ReaderLease::~ReaderLease() {
  if (!connection_) return;
  File::Implementation& file = *file_->implementation_;
  if (file.forked()) {
    static_cast<void>(connection_.release());
    return;
  }
  try {
    connection_->set_deadline(std::nullopt);
    if (connection_->in_transaction()) connection_->execute("ROLLBACK");
  } catch (const std::exception&) {
    connection_.reset();
  }
  file.give_back(std::move(connection_));
}

}  // namespace frontdesk::storage
