#include "storage/open_files.hpp"

#include <frontdesk/error.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <vector>

namespace frontdesk::storage {
namespace {

struct Entry {
  dev_t device;
  ino_t inode;
  pid_t process;

  bool operator==(const Entry&) const = default;
};

struct Registry {
  std::mutex mutex{};
  std::vector<Entry> entries{};
};

Registry& registry() {
  // Never destroyed: a file may be closed by a static object.
  static Registry& instance = *new Registry;
  return instance;
}

}  // namespace

OpenFile::OpenFile(const std::string& path) : path_(path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return;
  Registry& all = registry();
  const std::lock_guard guard(all.mutex);
  const pid_t process = ::getpid();
  for (const Entry& entry : all.entries) {
    if (entry.device == status.st_dev && entry.inode == status.st_ino && entry.process != process) {
      throw Error(Code::unsupported, "forked");
    }
  }
}

void OpenFile::enlist() {
  struct stat status{};
  if (::stat(path_.c_str(), &status) != 0) return;
  Registry& all = registry();
  const std::lock_guard guard(all.mutex);
  all.entries.push_back({status.st_dev, status.st_ino, ::getpid()});
  device_ = status.st_dev;
  inode_ = status.st_ino;
  listed_ = true;
}

OpenFile::~OpenFile() {
  if (!listed_) return;
  Registry& all = registry();
  const std::lock_guard guard(all.mutex);
  const Entry own{device_, inode_, ::getpid()};
  const auto place = std::find(all.entries.begin(), all.entries.end(), own);
  if (place != all.entries.end()) all.entries.erase(place);
}

}  // namespace frontdesk::storage
