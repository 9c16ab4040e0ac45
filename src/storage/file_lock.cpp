#include "storage/file_lock.hpp"

#include <frontdesk/error.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>

namespace frontdesk::storage {
namespace {

[[noreturn]] void throw_lock_error(int problem, const std::string& path) {
  throw Error(Code::storage, "lock_file", {},
              {{"path", path}, {"problem", std::generic_category().message(problem)}});
}

class LockDescriptor {
 public:
  explicit LockDescriptor(const std::string& path) {
    // Reading is enough for flock, so a file that another user made serves too.
    do {
      descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
      if (descriptor_ < 0 && errno == ENOENT) {
        descriptor_ = ::open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0644);
      }
    } while (descriptor_ < 0 && errno == EINTR);
    if (descriptor_ < 0) throw_lock_error(errno, path);
  }
  LockDescriptor(const LockDescriptor&) = delete;
  LockDescriptor& operator=(const LockDescriptor&) = delete;
  ~LockDescriptor() { ::close(descriptor_); }

  /// Zero, or the errno; EWOULDBLOCK if another holds it and `wait` is false.
  int take(bool wait) const {
    int status = 0;
    do {
      status = ::flock(descriptor_, wait ? LOCK_EX : LOCK_EX | LOCK_NB);
    } while (status != 0 && errno == EINTR);
    return status == 0 ? 0 : errno;
  }
  void give() const { ::flock(descriptor_, LOCK_UN); }

 private:
  int descriptor_ = -1;
};

using SteadyTime = std::chrono::steady_clock::time_point;

// More than a thread takes to wake up; less than a commit takes.
constexpr std::chrono::microseconds courtesy{200};

enum class Request {
  none,
  queued,   // given to the waiter, who has not begun
  waiting,  // the waiter is in the kernel
  granted,  // the waiter has the main lock for whoever acquires
  failed,
};

/// A thread that is started must not take the host's signals.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

}  // namespace

// A blocking flock has no deadline and cannot be called off without signals, which belong to the
// host. So a thread of our own waits in the kernel, and acquire() waits for that thread. If the
// deadline comes first the thread goes on waiting: it keeps the place in the queue for the next
// acquire(), or lets the lock go as soon as it has it.
//
// Whoever is woken in the kernel's queue must still try again, and a newcomer who tries in that
// instant wins. The one who had the lock last would be that newcomer every time, because its thread
// wakes up together with the others; measured, processes starved for 400 turns. So the gate is kept
// for a moment after the lock is had, until the last one stands in the queue, and is not asked for
// again for a moment after that (longest wait then: 12 x median).
struct FileLock::State {
  explicit State(const std::string& path)
      : main_path(path + "-lock"), gate(path + "-gate"), main(main_path) {}

  /// Zero with the main lock taken, or EWOULDBLOCK, perhaps with the gate kept.
  int try_now() {
    int problem = gate.take(false);
    if (problem != 0) return problem;
    problem = main.take(false);
    gate_taken = problem == EWOULDBLOCK;
    if (!gate_taken) gate.give();
    return problem;
  }

  /// Leaves the gate taken.
  int wait_now(bool has_gate) {
    const int problem = has_gate ? 0 : gate.take(true);
    return problem != 0 ? problem : main.take(true);
  }

  /// True in the moments when others are to go first.
  bool impolite() const {
    if (settling) return true;
    return polite_until != SteadyTime{} && std::chrono::steady_clock::now() < polite_until;
  }

  void call_off() {
    if (gate_taken) gate.give();
    gate_taken = false;
    request = Request::none;
  }

  static void start_waiter(const std::shared_ptr<State>& state);
  static void serve(const std::shared_ptr<State>& state);

  const std::string main_path;
  const LockDescriptor gate;
  const LockDescriptor main;
  const pid_t owner = ::getpid();
  bool held = false;

  std::mutex mutex{};
  std::condition_variable changed{};
  std::thread waiter{};
  Request request = Request::none;
  bool gate_taken = false;
  bool wanted = false;
  bool settling = false;
  bool stopping = false;
  SteadyTime polite_until{};
  int problem = 0;
};

void FileLock::State::start_waiter(const std::shared_ptr<State>& state) {
  try {
    const SignalsBlocked blocked;
    state->waiter = std::thread(serve, state);
  } catch (const std::system_error&) {
    state->call_off();
    throw Error(Code::no_memory, "no_memory");
  } catch (...) {
    state->call_off();
    throw;
  }
}

void FileLock::State::serve(const std::shared_ptr<State>& state) {
  State& self = *state;
  std::unique_lock guard(self.mutex);
  const auto queued = [&] { return self.stopping || self.request == Request::queued; };
  const auto called_off = [&] { return self.stopping || self.request != Request::queued; };
  while (true) {
    self.changed.wait(guard, queued);
    if (!self.gate_taken) self.changed.wait_until(guard, self.polite_until, called_off);
    if (self.stopping) return;
    if (self.request != Request::queued) continue;

    self.request = Request::waiting;
    const bool has_gate = self.gate_taken;
    self.gate_taken = false;
    guard.unlock();
    self.problem = self.wait_now(has_gate);
    guard.lock();
    self.request = self.problem == 0 ? Request::granted : Request::failed;
    if (!self.wanted) {
      if (self.problem == 0) self.main.give();
      self.request = Request::none;
    }
    self.settling = self.request == Request::granted;
    self.changed.notify_all();
    if (self.settling) {
      self.changed.wait_for(guard, courtesy, [&] { return self.stopping; });
      self.settling = false;
      self.polite_until = std::chrono::steady_clock::now() + courtesy;
    }
    self.gate.give();
  }
}

FileLock::FileLock(const std::string& path) : state_(std::make_shared<State>(path)) {}

FileLock::~FileLock() {
  State& self = *state_;
  if (self.owner != ::getpid()) {
    // A forked child shares the locks with its parent and has no waiter: everything is left as it
    // stands.
    static_cast<void>(new (std::nothrow) std::shared_ptr<State>(std::move(state_)));
    return;
  }
  if (self.held) release();
  std::thread waiter;
  bool in_kernel = false;
  {
    const std::lock_guard guard(self.mutex);
    self.stopping = true;
    in_kernel = self.request == Request::waiting;
    waiter = std::move(self.waiter);
    self.changed.notify_all();
  }
  if (!waiter.joinable()) return;
  if (in_kernel) {
    waiter.detach();
  } else {
    waiter.join();
  }
}

bool FileLock::acquire(SteadyTime deadline) {
  State& self = *state_;
  std::unique_lock guard(self.mutex);
  if (self.request == Request::none) {
    const int problem = self.impolite() ? EWOULDBLOCK : self.try_now();
    if (problem == 0) {
      self.held = true;
      return true;
    }
    if (problem != EWOULDBLOCK) throw_lock_error(problem, self.main_path);
    if (std::chrono::steady_clock::now() >= deadline) {
      self.call_off();
      return false;
    }
    if (!self.waiter.joinable()) State::start_waiter(state_);
    self.request = Request::queued;
    self.changed.notify_all();
  }
  self.wanted = true;
  const bool answered = self.changed.wait_until(guard, deadline, [&] {
    return self.request == Request::granted || self.request == Request::failed;
  });
  self.wanted = false;
  if (!answered) {
    if (self.request == Request::queued) self.call_off();
    return false;
  }
  const bool granted = self.request == Request::granted;
  self.request = Request::none;
  if (!granted) throw_lock_error(self.problem, self.main_path);
  self.held = true;
  return true;
}

void FileLock::release() {
  state_->main.give();
  state_->held = false;
}

bool FileLock::held() const { return state_->held; }

}  // namespace frontdesk::storage
