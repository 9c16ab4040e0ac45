/// How SQLite's result codes become Error. The table is in connection.hpp.
#pragma once

#include <frontdesk/error.hpp>

struct sqlite3;

namespace frontdesk::storage {

/// Throws the Error for `status`. Its details carry `sqlite` (the extended code) and `problem`
/// (SQLite's own words).
[[noreturn]] void throw_sqlite_error(sqlite3* database, int status);

}  // namespace frontdesk::storage
