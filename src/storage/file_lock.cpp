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
      descriptor_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY);
      if (descriptor_ < 0 && errno == ENOENT) {
        descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0644);
      }
      if (descriptor_ < 0 && (errno == EACCES || errno == EROFS)) {
        descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
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
  int number() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

/// The order of arrival. The gate file holds the number of the last ticket; whoever draws the next
/// one locks the byte of that number until their turn is over, and waits for the byte before it, as
/// nobody else does. So each is woken alone, and the kernel ends the turn of a process that dies.
/// All of it is for fairness only: where no ticket can be had, the main lock still keeps order.
class Queue {
 public:
  explicit Queue(const std::string& path) : gate_(path) {}

  /// Draws a ticket. Zero, or the errno; EWOULDBLOCK if somebody is drawing and `wait` is false.
  int enter(bool wait) {
    const int problem = gate_.take(wait);
    if (problem != 0) return problem;
    entered_ = true;
    ticket_ = draw();
    // Without a ticket the gate itself is the queue, if an unfair one.
    if (ticket_ != 0) gate_.give();
    return 0;
  }
  bool entered() const { return entered_; }
  /// True if the turn before is over.
  bool first() const {
    struct flock lock = before();
    return ticket_ == 0 || ::fcntl(gate_.number(), F_OFD_GETLK, &lock) != 0 ||
           lock.l_type == F_UNLCK;
  }
  void wait_until_first() const {
    struct flock lock = before();
    if (ticket_ == 0) return;
    while (::fcntl(gate_.number(), F_OFD_SETLKW, &lock) != 0 && errno == EINTR) {
    }
    lock.l_type = F_UNLCK;
    ::fcntl(gate_.number(), F_OFD_SETLK, &lock);
  }
  void leave() {
    if (!entered_) return;
    if (ticket_ == 0) {
      gate_.give();
    } else {
      struct flock lock = byte(F_UNLCK, ticket_);
      ::fcntl(gate_.number(), F_OFD_SETLK, &lock);
    }
    entered_ = false;
  }

 private:
  static struct flock byte(short type, std::int64_t place) {
    struct flock lock{};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = place;
    lock.l_len = 1;
    return lock;
  }
  struct flock before() const { return byte(F_RDLCK, ticket_ - 1); }

  /// Zero if the file cannot be written, or holds nonsense that leads to a byte in use.
  std::int64_t draw() const {
    constexpr std::int64_t last_ticket = std::int64_t{1} << 62;
    std::int64_t last = 0;
    const bool known = ::pread(gate_.number(), &last, sizeof last, 0) == sizeof last;
    const std::int64_t next = known && last > 0 && last < last_ticket ? last + 1 : 1;
    if (::pwrite(gate_.number(), &next, sizeof next, 0) != sizeof next) return 0;
    struct flock lock = byte(F_WRLCK, next);
    return ::fcntl(gate_.number(), F_OFD_SETLK, &lock) == 0 ? next : 0;
  }

  const LockDescriptor gate_;
  std::int64_t ticket_ = 0;
  bool entered_ = false;
};

using SteadyTime = std::chrono::steady_clock::time_point;

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

// A blocking lock has no deadline and cannot be called off without signals, which belong to the
// host. So a thread of our own waits in the kernel, and acquire() waits for that thread. If the
// deadline comes first the thread goes on waiting: it keeps the place in the queue for the next
// acquire(), or lets the lock go as soon as it has it.
//
// Whoever is woken in the kernel's queue of one lock must still try again, and all who wait there
// are woken at once: it is chance who wins, and some lose for long (measured with 16 processes: up
// to 99 others went first). Hence the tickets (16 to 20).
struct FileLock::State {
  explicit State(const std::string& path)
      : main_path(path + "-lock"), queue(path + "-gate"), main(main_path) {}

  /// Zero with the main lock taken, or EWOULDBLOCK, perhaps with a place in the queue.
  int try_now() {
    int problem = queue.enter(false);
    if (problem != 0) return problem;
    problem = queue.first() ? main.take(false) : EWOULDBLOCK;
    if (problem != 0 && problem != EWOULDBLOCK) queue.leave();
    return problem;
  }

  int wait_now() {
    int problem = queue.entered() ? 0 : queue.enter(true);
    if (problem != 0) return problem;
    queue.wait_until_first();
    problem = main.take(true);
    if (problem != 0) queue.leave();
    return problem;
  }

  void give() {
    main.give();
    queue.leave();
  }

  void call_off() {
    queue.leave();
    request = Request::none;
  }

  static void start_waiter(const std::shared_ptr<State>& state);
  static void serve(const std::shared_ptr<State>& state);

  const std::string main_path;
  Queue queue;  ///< of the waiter while it is in the kernel, else of whoever acquires or holds
  const LockDescriptor main;
  const pid_t owner = ::getpid();
  bool held = false;

  std::mutex mutex{};
  std::condition_variable changed{};
  std::thread waiter{};
  Request request = Request::none;
  bool wanted = false;
  bool stopping = false;
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
  while (true) {
    self.changed.wait(guard, [&] { return self.stopping || self.request == Request::queued; });
    if (self.stopping) return;

    self.request = Request::waiting;
    guard.unlock();
    const int problem = self.wait_now();
    guard.lock();
    self.problem = problem;
    self.request = problem == 0 ? Request::granted : Request::failed;
    if (!self.wanted) {
      if (problem == 0) self.give();
      self.request = Request::none;
    }
    self.changed.notify_all();
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
    const int problem = self.try_now();
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
  state_->give();
  state_->held = false;
}

bool FileLock::held() const { return state_->held; }

}  // namespace frontdesk::storage
