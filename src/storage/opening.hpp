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
bool folder_writable(const std::string& path);

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
/// Opens for reading only. In a folder that cannot be written the file must have been closed
/// cleanly.
ReadOnlyFile open_read_only(const std::string& path, bool writable_folder, Migrations migrations);

}  // namespace frontdesk::storage
