/// What has to be right before a file is used: where it lies, what it is, which version. Internal
/// to storage.
#pragma once

#include "storage/connection.hpp"
#include "storage/migrations.hpp"

#include <memory>
#include <string>

namespace frontdesk::storage {

/// The absolute path with links followed, so that all who open a file agree on the names of its
/// locks.
std::string resolve_path(const std::string& path);
/// Throws unless the file at `path` may be opened for writing, or made if `create` is on. Opens
/// nothing.
void check_place(const std::string& path, bool create);
/// Throws unless the file at `path` may be opened for reading. Opens nothing.
void check_readable(const std::string& path);
/// Whether a reader may open the log beside the file, and make it where it is missing: what a user
/// made who may not write the file would lock out those who may.
bool may_make_log(const std::string& path);

/// Throws Error{storage, "not_a_frontdesk_file"} if the file clearly is something else; takes no
/// lock and leaves no trace.
void refuse_foreign(const std::string& path);
/// Opens, makes or migrates the file and checks its schema. The caller holds the writers' lock.
std::unique_ptr<Connection> open_writer(const std::string& path, bool create,
                                        Migrations migrations);

struct ReadOnlyFile {
  std::unique_ptr<Connection> connection;
  OpenMode mode = OpenMode::read_only;
};
/// Opens for reading only. Without its log the file must have been closed cleanly.
ReadOnlyFile open_read_only(const std::string& path, bool with_log, Migrations migrations);

}  // namespace frontdesk::storage
