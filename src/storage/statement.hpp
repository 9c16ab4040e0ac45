/// Prepared statements and the cache that keeps them. Internal to storage.
#pragma once

#include <sqlite3.h>

#include "storage/connection.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_value;

namespace frontdesk::storage {

struct ValueDeleter {
  void operator()(sqlite3_value* value) const;
};
using OwnedValue = std::unique_ptr<sqlite3_value, ValueDeleter>;

struct StatementHandle {
  StatementHandle(sqlite3* connection, std::string_view text);
  StatementHandle(const StatementHandle&) = delete;
  StatementHandle& operator=(const StatementHandle&) = delete;
  ~StatementHandle();

  /// `life` is SQLITE_STATIC where the values outlive the run, else SQLITE_TRANSIENT, which copies.
  void bind(std::span<const Value> values, sqlite3_destructor_type life);
  bool step();
  /// Ends the run, so that the statement can be taken again.
  void finish();
  sqlite3_value* column(int column) const;

  sqlite3* database;
  sqlite3_stmt* statement = nullptr;
  const std::string sql;
  std::size_t parameters = 0;
  bool running = false;
  bool done = false;
  /// For a statement that writes and returns rows (RETURNING).
  bool writes_and_returns = false;
  std::vector<OwnedValue> returned{};
  std::size_t columns = 0;
  std::size_t next_row = 0;
  /// For a query that runs while the same query is running.
  std::unique_ptr<StatementHandle> spare{};

 private:
  void collect_returned();
};

/// Finds the statement of an SQL text, preparing it the first time.
class StatementCache {
 public:
  /// A handle that nobody is using, marked as running; the caller finishes it.
  StatementHandle& take(sqlite3* database, std::string_view sql);
  std::size_t prepared() const { return prepared_; }

 private:
  StatementHandle& find(sqlite3* database, std::string_view sql);
  void make_room();

  // SQL texts are nearly always literals: the same text comes from the same address.
  std::array<StatementHandle*, 512> recent_{};
  std::unordered_map<std::string_view, std::unique_ptr<StatementHandle>> statements_{};
  std::size_t prepared_ = 0;
};

/// `$1` as `?1`, except inside literals, quoted names, comments and identifiers.
std::string number_parameters(std::string_view sql);

}  // namespace frontdesk::storage
