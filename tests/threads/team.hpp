/// Threads that work at the same time. What goes wrong in one is told by the main thread, since
/// Catch is not made for several.
#pragma once

#include <frontdesk/frontdesk.hpp>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace frontdesk::testing::threads {

/// How often each does what it does.
inline int rounds() { return std::getenv("FRONTDESK_LONG") != nullptr ? 400 : 25; }

class Team {
 public:
  /// A thread that calls `work` with 0, 1, 2 … once all have been added. A refusal is a problem.
  void add(std::string name, std::function<void(int round)> work) {
    threads_.emplace_back([this, name = std::move(name), work = std::move(work)] {
      while (!may_start_) std::this_thread::yield();
      for (int round = 0; round < rounds(); ++round) {
        try {
          work(round);
        } catch (const std::exception& problem) {
          complain(name + ", round " + std::to_string(round) + ": " + problem.what());
        }
      }
    });
  }
  void complain(const std::string& what) {
    std::lock_guard guard(mutex_);
    problems_.push_back(what);
  }
  /// Lets them all work and waits for them.
  std::vector<std::string> join() {
    may_start_ = true;
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    return problems_;
  }

 private:
  std::atomic<bool> may_start_{false};
  std::vector<std::thread> threads_{};
  std::mutex mutex_{};
  std::vector<std::string> problems_{};
};

}  // namespace frontdesk::testing::threads
