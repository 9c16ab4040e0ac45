#include "storage/media_files.hpp"

#include "base/crypto.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

namespace frontdesk::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours waiting_max{24};
constexpr std::int64_t given_up_at_once = 200;

[[noreturn]] void fail(int number, const std::string& path) {
  if (number == ENOSPC || number == EDQUOT) throw Error(Code::storage, "disk_full");
  if (number == EACCES || number == EPERM || number == EROFS) {
    throw Error(Code::storage, "file_denied", {}, {{"path", path}});
  }
  throw Error(Code::storage, "disk_error", {},
              {{"problem", std::generic_category().message(number)}, {"path", path}});
}

/// A descriptor that closes itself.
class Descriptor {
 public:
  Descriptor(int number, const std::string& path) : number_(number) {
    if (number_ < 0) fail(errno, path);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(number_); }
  int number() const { return number_; }

 private:
  int number_;
};

void sync_folder(const std::string& path) {
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), path);
  if (::fsync(folder.number()) != 0) fail(errno, path);
}

/// Makes a folder, known to the disk, unless it is there.
void make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0777) == 0) {
    sync_folder(fs::path(path).parent_path().string());
  } else if (errno != EEXIST) {
    fail(errno, path);
  }
}

/// What cannot be read is left for the next time.
std::vector<fs::path> files_in(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    files.push_back(entry->path());
  }
  return files;
}

void write_all(int descriptor, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno, path);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// The database's own rights, without those to execute.
mode_t mode_like(const std::string& database) {
  struct stat status{};
  if (::stat(database.c_str(), &status) != 0) return 0600;
  return status.st_mode & 0666;
}

std::string shard_name(unsigned char folder) {
  const char byte = static_cast<char>(folder);
  return crypto::hex(std::string_view(&byte, 1));
}

}  // namespace

WaitingFile::~WaitingFile() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

std::string MediaFiles::place(std::string_view digest) const {
  return folder() + "/" + std::string(digest.substr(0, 2)) + "/" + std::string(digest);
}

std::shared_ptr<WaitingFile> MediaFiles::write(std::string_view content) const {
  make_folder(folder());
  make_folder(folder() + "/waiting");
  std::string path = folder() + "/waiting/XXXXXX";
  Descriptor file(::mkostemp(path.data(), O_CLOEXEC), path);
  auto waiting = std::make_shared<WaitingFile>(path);
  write_all(file.number(), content, path);
  if (::fchmod(file.number(), mode_like(database_)) != 0) fail(errno, path);
  if (::fsync(file.number()) != 0) fail(errno, path);
  return waiting;
}

void MediaFiles::keep(WaitingFile& file, std::string_view digest, std::string_view content) const {
  if (holds(digest, static_cast<std::int64_t>(content.size()))) return;
  if (file.path_.empty() || ::access(file.path_.c_str(), F_OK) != 0) {
    std::shared_ptr<WaitingFile> anew = write(content);
    file.path_ = std::move(anew->path_);
    anew->path_.clear();
  }
  const std::string target = place(digest);
  const std::string shard = fs::path(target).parent_path().string();
  make_folder(shard);
  if (::rename(file.path_.c_str(), target.c_str()) != 0) fail(errno, target);
  file.path_.clear();
  sync_folder(shard);
}

bool MediaFiles::holds(std::string_view digest, std::int64_t size) const {
  struct stat status{};
  if (::stat(place(digest).c_str(), &status) != 0) return false;
  return S_ISREG(status.st_mode) && status.st_size == size;
}

std::string MediaFiles::read(std::string_view digest) const {
  const std::string path = place(digest);
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (number < 0 && errno == ENOENT) throw Error(Code::storage, "media_file_missing");
  Descriptor file(number, path);
  std::string content;
  std::vector<char> piece(256 * 1024);
  while (true) {
    const ssize_t length = ::read(file.number(), piece.data(), piece.size());
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) fail(errno, path);
    if (length == 0) return content;
    content.append(piece.data(), static_cast<std::size_t>(length));
  }
}

void MediaFiles::remove(std::string_view digest) const {
  const std::string path = place(digest);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail(errno, path);
}

void MediaFiles::remove_strangers(unsigned char shard,
                                  const std::function<bool(std::string_view)>& is_known) const {
  for (const fs::path& file : files_in(folder() + "/" + shard_name(shard))) {
    if (!is_known(file.filename().string())) ::unlink(file.c_str());
  }
  const fs::file_time_type oldest = fs::file_time_type::clock::now() - waiting_max;
  for (const fs::path& file : files_in(folder() + "/waiting")) {
    std::error_code problem;
    const fs::file_time_type written = fs::last_write_time(file, problem);
    if (!problem && written < oldest) ::unlink(file.c_str());
  }
}

bool remove_given_up(Connection& connection, const std::string& database,
                     std::optional<Instant> before) {
  std::vector<std::string> digests;
  {
    Cursor rows = connection.query(
        "SELECT digest FROM media_removals WHERE $1 IS NULL OR given_up_at < $1"
        " ORDER BY digest LIMIT $2",
        before, given_up_at_once);
    while (rows.next()) digests.emplace_back(rows.text(0));
  }
  const MediaFiles files(database);
  for (const std::string& digest : digests) {
    files.remove(digest);
    connection.execute("DELETE FROM media_removals WHERE digest = $1", digest);
  }
  return static_cast<std::int64_t>(digests.size()) < given_up_at_once;
}

}  // namespace frontdesk::storage
