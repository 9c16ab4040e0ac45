#include "storage/opening.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <system_error>

namespace frontdesk::storage {
namespace {

namespace fs = std::filesystem;

constexpr int links_max = 40;
constexpr std::uintmax_t page_bytes = 2048;

bool allowed(const std::string& path, int access) {
  return ::faccessat(AT_FDCWD, path.c_str(), access, AT_EACCESS) == 0;
}

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

bool folder_writable(const std::string& path) { return allowed(folder_of(path), W_OK | X_OK); }

[[noreturn]] void throw_for_path(Code code, std::string_view reason, const std::string& path) {
  throw Error(code, reason, {}, {{"path", path}});
}

/// SQLite keeps the log beside the name by which a file was opened. Through two names there would
/// be two, and each would overwrite what the other holds.
void refuse_linked(const std::string& path) {
  std::error_code problem;
  if (fs::hard_link_count(path, problem) > 1 && !problem) {
    throw_for_path(Code::storage, "file_linked", path);
  }
}

/// Throws if something other than a file lies there, or one of several names; true if a file does.
bool file_exists(const std::string& path) {
  if (path.empty() || path.find('\0') != std::string::npos) {
    throw_for_path(Code::not_found, "file_missing", {});
  }
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw_for_path(Code::storage, "not_a_frontdesk_file", path);
  }
  if (fs::exists(status)) {
    refuse_linked(path);
    return true;
  }
  if (!fs::is_directory(folder_of(path), problem)) {
    throw_for_path(Code::storage, "folder_missing", path);
  }
  return false;
}

/// 0 for a file that is missing.
std::uintmax_t size_of(const std::string& path) {
  std::error_code problem;
  const std::uintmax_t size = fs::file_size(path, problem);
  return problem ? 0 : size;
}

/// A file whose first page was being written when the power went: its journal makes it empty again.
bool is_half_made(const std::string& path) {
  return size_of(path) <= page_bytes && size_of(path + "-journal") > 0;
}

bool says_not_a_database(const Error& error) {
  const auto detail = error.details().find("sqlite");
  return detail != error.details().end() && detail->second == Detail{std::int64_t{SQLITE_NOTADB}};
}

void check_version(std::int64_t version, Migrations migrations) {
  const auto known = static_cast<std::int64_t>(migrations.size());
  // No version of ours is negative, so such a file is damaged or forged.
  if (version < 0) throw Error(Code::storage, "file_damaged");
  if (version > known) {
    throw Error(Code::unsupported, "file_newer", {}, {{"version", version}, {"known", known}});
  }
}

void check_schema(Connection& connection, Migrations migrations) {
  if (!schema_is_right(connection, migrations)) throw Error(Code::storage, "schema_changed");
}

void use_wal(Connection& connection) {
  Cursor cursor = connection.query("PRAGMA journal_mode=WAL");
  if (cursor.next() && cursor.text(0) == "wal") return;
  throw Error(Code::storage, "disk_error", {},
              {{"problem", std::string("the file system does not support a write-ahead log")}});
}

void check_read_only(Connection& connection, const std::string& path, Migrations migrations) {
  const FileState state = state_of(connection);
  if (state.application != application_id) {
    throw_for_path(Code::storage, "not_a_frontdesk_file", path);
  }
  check_version(state.version, migrations);
  const auto known = static_cast<std::int64_t>(migrations.size());
  if (state.version < known) {
    throw Error(Code::read_only, "file_needs_migration", {},
                {{"version", state.version}, {"known", known}});
  }
  check_schema(connection, migrations);
}

ReadOnlyFile open_checked(const std::string& path, OpenMode mode, Migrations migrations) {
  ReadOnlyFile file{std::make_unique<Connection>(path, mode), mode};
  check_read_only(*file.connection, path, migrations);
  return file;
}

}  // namespace

std::string resolve_path(const std::string& path) {
  std::error_code problem;
  fs::path place = fs::absolute(path, problem);
  if (problem) return path;
  // A link to a file that is yet to be made is not followed by the library's own function.
  for (int hops = 0; hops < links_max; ++hops) {
    if (!fs::is_symlink(place, problem) || fs::exists(place, problem)) break;
    place = place.parent_path() / fs::read_symlink(place, problem);
  }
  const fs::path resolved = fs::weakly_canonical(place, problem);
  return problem ? place.string() : resolved.string();
}

bool may_make_log(const std::string& path) {
  if (!folder_writable(path)) return false;
  std::error_code problem;
  return allowed(path, W_OK) ||
         (fs::exists(path + "-wal", problem) && fs::exists(path + "-shm", problem));
}

void check_place(const std::string& path, bool create) {
  const bool exists = file_exists(path);
  if (!exists && !create) throw_for_path(Code::not_found, "file_missing", path);
  if (!folder_writable(path) || (exists && !allowed(path, R_OK | W_OK))) {
    throw_for_path(Code::storage, "file_denied", path);
  }
}

void check_readable(const std::string& path) {
  if (!file_exists(path)) throw_for_path(Code::not_found, "file_missing", path);
  if (!allowed(path, R_OK)) throw_for_path(Code::storage, "file_denied", path);
}

// The file is looked at through SQLite even here: closing a descriptor of our own would drop every
// lock that other connections of this process hold on it. What the WAL may still hold is not seen,
// so a doubt lets it pass.
void refuse_foreign(const std::string& path) {
  if (size_of(path) == 0 || is_half_made(path)) return;
  std::int64_t application = 0;
  try {
    Connection probe(path, OpenMode::immutable);
    Cursor cursor = probe.query("PRAGMA application_id");
    if (cursor.next()) application = cursor.integer(0);
  } catch (const Error& error) {
    if (says_not_a_database(error)) throw_for_path(Code::storage, "not_a_frontdesk_file", path);
    if (error.code() == Code::no_memory) throw;
    return;
  }
  if (application != 0 && application != application_id) {
    throw_for_path(Code::storage, "not_a_frontdesk_file", path);
  }
}

std::unique_ptr<Connection> open_writer(const std::string& path, bool create,
                                        Migrations migrations) {
  auto connection = std::make_unique<Connection>(path, OpenMode::read_write);
  const FileState state = state_of(*connection);
  const bool fresh = create && state.fresh();
  if (!fresh && state.application != application_id) {
    throw_for_path(Code::storage, "not_a_frontdesk_file", path);
  }
  check_version(state.version, migrations);
  use_wal(*connection);
  if (fresh || state.version < static_cast<std::int64_t>(migrations.size())) {
    // A migration of what is not that version would fail halfway, or worse, would not.
    if (!fresh) {
      check_schema(*connection, migrations.first(static_cast<std::size_t>(state.version)));
    }
    migrate(*connection, state.version, migrations);
  }
  check_schema(*connection, migrations);
  return connection;
}

ReadOnlyFile open_read_only(const std::string& path, bool with_log, Migrations migrations) {
  if (size_of(path) == 0) throw_for_path(Code::storage, "not_a_frontdesk_file", path);
  if (with_log) return open_checked(path, OpenMode::read_only, migrations);

  const std::string log = path + "-wal";
  if (size_of(log) > 0) throw_for_path(Code::read_only, "file_needs_recovery", path);
  std::error_code problem;
  if (fs::exists(path + "-shm", problem) && fs::exists(log, problem)) {
    // Somebody may be writing at this moment, whose changes an immutable file would miss.
    try {
      return open_checked(path, OpenMode::read_only, migrations);
    } catch (const Error& error) {
      if (error.reason() != "file_denied" && error.code() != Code::read_only) throw;
    }
  }
  return open_checked(path, OpenMode::immutable, migrations);
}

}  // namespace frontdesk::storage
