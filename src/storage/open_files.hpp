/// Which files this process has open, so that a forked child can tell what it inherited. Internal
/// to storage.
#pragma once

#include <sys/types.h>

#include <string>

namespace frontdesk::storage {

/// A file is listed for as long as this lives.
class OpenFile {
 public:
  /// Throws Error{unsupported, "forked"} if this process was forked while its parent had the file
  /// open. SQLite then believes in locks that only the parent holds, so even a connection of the
  /// child's own would do damage.
  explicit OpenFile(const std::string& path);
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();

  /// Once the file exists.
  void enlist();

 private:
  std::string path_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
  bool listed_ = false;
};

}  // namespace frontdesk::storage
