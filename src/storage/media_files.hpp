/// Files kept beside the database, each under the digest of its content (SPEC C8): the folder
/// `<file>-media` with a folder for each first two letters of a digest. Only those who hold the
/// writers' lock put a file in its place or remove one.
#pragma once

#include "storage/connection.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace frontdesk::storage {

/// A file that is written and safe on the disk, but not in its place yet. Goes away with the object
/// unless it was put there.
class WaitingFile {
 public:
  explicit WaitingFile(std::string path) : path_(std::move(path)) {}
  WaitingFile(const WaitingFile&) = delete;
  WaitingFile& operator=(const WaitingFile&) = delete;
  ~WaitingFile();

 private:
  friend class MediaFiles;
  std::string path_;
};

/// Errors: storage/disk_full, storage/disk_error, storage/file_denied.
class MediaFiles {
 public:
  explicit MediaFiles(const std::string& database) : database_(database) {}

  /// Writes a file aside. Slow: it waits for the disk. Takes no lock.
  std::shared_ptr<WaitingFile> write(std::string_view content) const;
  /// Puts a file in its place; one that is there stays. `content` is written anew where the waiting
  /// file was put in its place before and removed since.
  void keep(WaitingFile& file, std::string_view digest, std::string_view content) const;
  /// Whether a file of that size lies in its place.
  bool holds(std::string_view digest, std::int64_t size) const;
  /// The content; throws storage/media_file_missing.
  std::string read(std::string_view digest) const;
  /// Removes a file; one that is not there is as good.
  void remove(std::string_view digest) const;
  /// Removes what nobody knows in one of the 256 folders, and what has waited aside for a day: left
  /// by a crash or a transaction that failed.
  void remove_strangers(unsigned char shard,
                        const std::function<bool(std::string_view digest)>& is_known) const;

 private:
  std::string folder() const { return database_ + "-media"; }
  std::string place(std::string_view digest) const;

  std::string database_;
};

/// Removes the files that committed transactions have given up: all before a moment, or all. True
/// if none of them is left. The caller holds the writers' lock and is in a transaction.
bool remove_given_up(Connection& connection, const std::string& database,
                     std::optional<Instant> before = {});

}  // namespace frontdesk::storage
