/// The queue of all writers of a file, across processes: a gate with tickets and a main lock (two
/// files beside the database). Why two: a single lock is taken again by the releaser before the
/// waiter wakes (DESIGN "Storage").
#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace frontdesk::storage {

/// Used by one thread at a time. The kernel lets a lock go when its process dies, unless a forked
/// child that has not exec'd lives on: the child holds the same descriptors.
class FileLock {
 public:
  /// Creates `<path>-gate` and `<path>-lock` where missing. Throws Error{storage, "lock_file"}.
  explicit FileLock(const std::string& path);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  /// False if the deadline passes first. Waits in the kernel, in order of arrival, never by
  /// polling.
  bool acquire(std::chrono::steady_clock::time_point deadline);
  void release();
  bool held() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace frontdesk::storage
