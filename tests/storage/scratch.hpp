/// What the tests of storage share: folders that go away, child processes, errors as words.
#pragma once

#include <frontdesk/error.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

namespace scratch {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "frontdesk-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }
  std::string file(const std::string& name = "studio.db") const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// `code/reason` of the error that `action` throws, or `none`.
template <class Action>
std::string error_of(Action&& action) {
  try {
    action();
  } catch (const frontdesk::Error& error) {
    return std::string(frontdesk::code_name(error.code())) + "/" + error.reason();
  }
  return "none";
}

inline std::chrono::steady_clock::time_point soon(int milliseconds = 20'000) {
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
}

/// Runs `action` in a forked child, which ends with what it returns; 99 if it throws.
inline pid_t in_child(const std::function<int()>& action) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  int status = 99;
  try {
    status = action();
  } catch (...) {
  }
  ::_exit(status);
}

/// The exit status of a child, or 128 and its signal.
inline int result_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

inline void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

inline bool absent_or_empty(const std::string& path) {
  std::error_code problem;
  const auto size = std::filesystem::file_size(path, problem);
  return problem || size == 0;
}

}  // namespace scratch
