#include "open_desk.hpp"

#include "guard.hpp"

#include <unistd.h>

#include <algorithm>

namespace frontdesk::python {
namespace {

constexpr std::chrono::milliseconds signal_pause{
    100};  // how long Ctrl-C may go unnoticed while waiting
constexpr std::chrono::milliseconds exit_patience{10'000};

std::vector<std::weak_ptr<OpenDesk>>& open_desks() {
  static auto& all = *new std::vector<std::weak_ptr<OpenDesk>>;
  return all;
}

}  // namespace

OpenDesk::OpenDesk() : owner_(getpid()) {}

std::shared_ptr<OpenDesk> OpenDesk::open(const std::string& path, const OpenOptions& options) {
  std::shared_ptr<OpenDesk> made(new OpenDesk);
  Callback::forget_failure();
  without_gil([&] {
    auto desk = std::make_shared<const Desk>(Desk::open(path, options));
    // The engine must not keep alive what keeps the engine alive.
    desk->on_events([weak = made->weak_from_this()] {
      if (auto open = weak.lock()) open->wake();
    });
    made->desk_ = std::move(desk);
  });
  auto& all = open_desks();
  all.erase(std::remove_if(all.begin(), all.end(), [](const auto& weak) { return weak.expired(); }),
            all.end());
  all.push_back(made);
  return made;
}

OpenDesk::~OpenDesk() {
  if (!desk_ || PyGILState_Check() == 0) return;
  // Closing may wait for the disk and call the host's log, so other threads get the GIL.
  Entry entry;
  without_gil([this] { desk_.reset(); });
}

OpenDesk::Running::Running(OpenDesk& open) : open(open) {
  std::lock_guard lock(open.mutex_);
  if (!open.desk_) throw Error(Code::unsupported, "desk_closed");
  desk = open.desk_;
  ++open.running_;
}

OpenDesk::Running::~Running() {
  desk.reset();
  std::lock_guard lock(open.mutex_);
  --open.running_;
  open.changed_.notify_all();
}

bool OpenDesk::is_forked() const { return getpid() != owner_; }

void OpenDesk::close(std::chrono::milliseconds patience) {
  if (is_forked()) return;  // the parent's calls do not run here, and the file is the parent's
  without_gil([&] {
    std::shared_ptr<const Desk> last;
    Callback told;  // released after the lock: that takes the GIL
    {
      std::unique_lock lock(mutex_);
      last = std::move(desk_);
      desk_.reset();
      std::swap(told, on_events_);
      changed_.notify_all();
      auto is_idle = [this] { return running_ == 0; };
      if (Callback::is_running()) {
        // a call cannot wait for itself; whichever ends last closes the file
      } else if (patience == std::chrono::milliseconds::max()) {
        changed_.wait(lock, is_idle);
      } else {
        changed_.wait_for(lock, patience, is_idle);
      }
    }
    last.reset();
  });
}

bool OpenDesk::is_closed() {
  std::lock_guard lock(mutex_);
  return !desk_;
}

void OpenDesk::on_events(Callback callback) {
  without_gil([&] {
    std::lock_guard lock(mutex_);
    std::swap(on_events_, callback);
  });
}

void OpenDesk::wake() {
  Callback callback;
  {
    std::lock_guard lock(mutex_);
    ++wakes_;
    changed_.notify_all();
    callback = on_events_;
  }
  if (callback) callback.tell([](py::handle function) { function(); });
}

std::int64_t OpenDesk::wakes() {
  std::lock_guard lock(mutex_);
  return wakes_;
}

std::int64_t OpenDesk::wait(std::int64_t seen, std::chrono::milliseconds time) {
  auto end = std::chrono::steady_clock::now() + time;
  std::int64_t wakes = seen;
  bool is_over = false;
  while (!is_over) {
    without_gil([&] {
      std::unique_lock lock(mutex_);
      auto pause = std::min(end, std::chrono::steady_clock::now() + signal_pause);
      changed_.wait_until(lock, pause, [&] { return wakes_ != seen || !desk_; });
      wakes = wakes_;
      is_over = wakes != seen || !desk_ || std::chrono::steady_clock::now() >= end;
    });
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
  }
  return wakes;
}

void OpenDesk::close_all() {
  Entry::begin_end();
  std::vector<std::weak_ptr<OpenDesk>> all = open_desks();
  for (const auto& weak : all) {
    if (auto open = weak.lock()) open->close(exit_patience);
  }
  Entry::await_end(exit_patience);
}

}  // namespace frontdesk::python
