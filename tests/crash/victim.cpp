#include "victim.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <csignal>
#include <random>
#include <thread>

namespace frontdesk::testing::crash {
namespace {

constexpr int threads = 2;

static_assert(sizeof(Message) <= PIPE_BUF);

/// Small writes are the most, imports the fewest, as in life.
Work draw(std::mt19937_64& random, bool has_class) {
  if (has_class && random() % 3 == 0) return Work::book;
  int percent = static_cast<int>(random() % 100);
  if (percent < 35) return Work::create;
  if (percent < 60) return Work::update;
  if (percent < 80) return Work::family;
  if (percent < 90) return Work::enrol;
  if (percent < 96) return Work::trespass;
  return Work::import;
}

}  // namespace

void Teller::tell(Phase phase, const Order& order, std::int64_t result) const {
  Message message{phase, order, result};
  if (::write(pipe_, &message, sizeof message) != sizeof message) ::_exit(1);
}

std::int64_t Teller::carry_out(const Desk& desk, const Order& order) const {
  tell(Phase::begun, order);
  try {
    std::int64_t result = crash::carry_out(desk, order);
    tell(Phase::done, order, result);
    return result;
  } catch (...) {
    tell(Phase::failed, order);
    ::_exit(2);
  }
}

Victim::Victim(const std::function<void(const Teller&)>& body) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("no process");
  if (pid_ == 0) {
    ::close(ends[0]);
    int status = 3;
    try {
      body(Teller(ends[1]));
      status = 0;
    } catch (...) {
    }
    ::_exit(status);
  }
  ::close(ends[1]);
  pipe_ = ends[0];
}

Victim::~Victim() {
  if (pid_ >= 0) kill();
  ::close(pipe_);
}

bool Victim::hear() {
  Message message;
  if (::read(pipe_, &message, sizeof message) != sizeof message) return false;
  heard_.push_back(message);
  return true;
}

bool Victim::kill() {
  ::kill(pid_, SIGKILL);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  while (hear()) {
  }
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

bool Victim::has_said(Phase phase) const {
  return std::any_of(heard_.begin(), heard_.end(),
                     [phase](const Message& message) { return message.phase == phase; });
}

void write_for_ever(const Desk& desk, const Teller& teller, std::int32_t round, std::uint64_t seed,
                    bool has_class) {
  auto write = [&](std::int32_t thread) {
    std::mt19937_64 random(seed + static_cast<std::uint64_t>(thread));
    Order order{Work::create, round, thread, 0, 0};
    const std::int64_t own = teller.carry_out(desk, order);
    while (true) {
      ++order.number;
      order.work = draw(random, has_class);
      order.subject = order.work == Work::update ? own : 0;
      teller.carry_out(desk, order);
    }
  };
  std::thread second(write, threads - 1);
  write(0);
}

}  // namespace frontdesk::testing::crash
