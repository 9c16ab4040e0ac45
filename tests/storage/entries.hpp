/// A small schema for the tests of files, and what they ask of it.
#pragma once

#include "scratch.hpp"
#include "storage/file.hpp"

#include <string>
#include <string_view>

namespace frontdesk::storage::testing {
inline constexpr std::string_view schema[] = {
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, writer INTEGER NOT NULL, number INTEGER NOT NULL,"
    " text TEXT NOT NULL, UNIQUE (writer, number)) STRICT;"
    "CREATE TABLE total (entries INTEGER NOT NULL) STRICT;"
    "INSERT INTO total VALUES (0);"};

inline constexpr std::string_view insert =
    "INSERT INTO entry (writer, number, text) VALUES ($1, $2, $3)";

inline FileOptions options(std::int64_t wal_bytes_max = FileOptions{}.wal_bytes_max) {
  FileOptions result;
  result.wal_bytes_max = wal_bytes_max;
  result.migrations = schema;
  return result;
}

inline std::int64_t number(Connection& connection, std::string_view sql) {
  Cursor cursor = connection.query(sql);
  return cursor.next() ? cursor.integer(0) : -1;
}

inline std::int64_t number(File& file, std::string_view sql) {
  const ReaderLease lease = file.read(scratch::soon());
  return number(lease.connection(), sql);
}

inline std::int64_t count(File& file) { return number(file, "SELECT count(*) FROM entry"); }

inline std::string integrity(File& file) {
  const ReaderLease lease = file.read(scratch::soon());
  Cursor cursor = lease.connection().query("PRAGMA integrity_check");
  return cursor.next() ? std::string(cursor.text(0)) : "none";
}

/// One commit: an entry and the total that counts it.
inline void write_one(File& file, std::int64_t writer, std::int64_t entry, std::size_t size = 10) {
  file.begin_write(scratch::soon(60'000));
  file.writer().execute(insert, writer, entry, std::string(size, 'x'));
  file.writer().execute("UPDATE total SET entries = entries + 1");
  file.commit();
}

}  // namespace frontdesk::storage::testing
