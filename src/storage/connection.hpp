/// One SQLite connection with cached statements. The only layer that sees a database header (in its
/// .cpp). A connection is used by one thread at a time.
#pragma once

#include <frontdesk/error.hpp>
#include <frontdesk/types.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace frontdesk::storage {

/// Raw bytes as a bind argument (text is bound as text).
struct Blob {
  std::string_view bytes;
};
/// What can be bound to a parameter. A query copies text, so a view must live only until the call
/// returns.
using Value = std::variant<std::monostate, std::int64_t, std::string_view, Blob>;

inline Value value(std::nullopt_t) { return {}; }
inline Value value(std::string_view text) { return text; }
inline Value value(const std::string& text) { return std::string_view(text); }
inline Value value(const char* text) { return std::string_view(text); }
inline Value value(Blob blob) { return blob; }
inline Value value(const Value& already) { return already; }
template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
Value value(T number) {
  return static_cast<std::int64_t>(number);
}
template <class Tag>
Value value(Id<Tag> id) {
  return id.value == 0 ? Value{} : Value{id.value};
}  // id 0 stands for none: NULL
inline Value value(Instant instant) {
  return static_cast<std::int64_t>(instant.time_since_epoch().count());
}
inline Value value(LocalTime local) {
  return static_cast<std::int64_t>(local.time_since_epoch().count());
}
template <class T>
Value value(const std::optional<T>& optional) {
  return optional ? value(*optional) : Value{};
}

struct StatementHandle;  // a prepared statement in its cache
class Connection;

/// The rows of one running query. Resets its statement when it goes away, so it must not outlive
/// its connection.
class Cursor {
 public:
  Cursor(Cursor&& other) noexcept;
  Cursor& operator=(Cursor&&) = delete;
  ~Cursor();

  /// Steps to the next row; false at the end. Throws Error (see Connection).
  bool next();
  int columns() const;
  bool null(int column) const;
  bool is_text(int column) const;          ///< text or blob, not a number
  std::int64_t integer(int column) const;  ///< 0 for NULL
  std::string_view text(
      int column) const;  ///< empty for NULL; valid until the next step; for blobs too
  template <class T>
  Id<T> id(int column) const {
    return Id<T>{integer(column)};
  }
  Instant instant(int column) const { return Instant{std::chrono::seconds{integer(column)}}; }

 private:
  friend class Connection;
  explicit Cursor(StatementHandle* handle) : handle_(handle) {}
  StatementHandle* handle_;
};

enum class OpenMode { read_write, read_only, immutable, memory };

/// SQLite error codes become Error: busy → `busy`/file_busy, full → `storage`/disk_full, I/O →
/// `storage`/disk_error, corrupt or not a database → `storage`/file_damaged, read-only →
/// `read_only`/file_read_only, no memory → `no_memory`, interrupt → `cancelled`/deadline_passed,
/// unique or check constraint → `conflict`/constraint, anything else → `internal`/storage_defect.
class Connection {
 public:
  /// Opens and sets the pragmas of DESIGN "Storage" (foreign keys on, trusted_schema off, triggers
  /// and views off, defensive on, synchronous=FULL, temp_store=MEMORY, secure_delete on, automatic
  /// checkpoint and checkpoint-on-close off, busy timeout as a belt).
  Connection(const std::string& path, OpenMode mode);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Runs a query; `$1`, `$2` … in the SQL stand for the arguments by position. The statement is
  /// prepared once and cached by its text.
  template <class... Arguments>
  Cursor query(std::string_view sql, const Arguments&... arguments) {
    const Value values[] = {value(arguments)..., Value{}};
    return query_values(sql, {values, sizeof...(arguments)});
  }
  /// Runs a statement to its end; the number of rows it changed.
  template <class... Arguments>
  std::int64_t execute(std::string_view sql, const Arguments&... arguments) {
    const Value values[] = {value(arguments)..., Value{}};
    return execute_values(sql, {values, sizeof...(arguments)});
  }
  Cursor query_values(std::string_view sql, std::span<const Value> values);
  std::int64_t execute_values(std::string_view sql, std::span<const Value> values);
  /// Several statements, unprepared (migrations).
  void script(const std::string& sql);

  std::int64_t last_insert_id() const;
  /// False where SQLite rolled the transaction back by itself (disk full, I/O error, no memory).
  bool in_transaction() const;
  /// A number that differs after another connection changed the file; cheap
  /// (SQLITE_FCNTL_DATA_VERSION).
  std::uint32_t data_version() const;
  /// Reads are interrupted once this moment is past; never set on a writer.
  void set_deadline(std::optional<std::chrono::steady_clock::time_point> deadline);
  /// Frames in the WAL file after the last commit through this connection.
  int wal_frames() const;
  /// Pages this connection has written to the WAL since it was opened.
  std::int64_t pages_written() const;
  /// How long a statement waits for a foreign connection's lock; zero gives up at once.
  void set_busy_timeout(std::chrono::milliseconds timeout);
  /// Copies what it can from the WAL into the file without waiting (passive), or all of it and
  /// truncates. True if all was copied.
  bool checkpoint(bool truncate);
  /// Lets closing remove the WAL if this is the file's last connection. Only for the holder of the
  /// writers' lock.
  void checkpoint_on_close();
  /// Statements prepared so far (for tests of the cache).
  std::size_t prepared() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace frontdesk::storage
