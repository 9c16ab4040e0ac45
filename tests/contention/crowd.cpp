#include "crowd.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <thread>

namespace frontdesk::testing::contention {

void Board::note(const Write& write) {
  int place = length.fetch_add(1);
  if (place < capacity) writes[place] = write;
}

void Board::note_error(const std::string& what) {
  if (errors.fetch_add(1) > 0) return;
  std::strncpy(first_error, what.c_str(), sizeof first_error - 1);
}

Crowd::Crowd() {
  // Zero bytes are what an empty board is made of.
  void* memory =
      ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no shared memory");
  board_ = static_cast<Board*>(memory);
}

Crowd::~Crowd() {
  board_->should_stop = true;
  board_->may_start = true;
  join();
  ::munmap(board_, sizeof(Board));
}

void Crowd::add(const std::function<void(Board&)>& body) {
  int child = ::fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child > 0) {
    children_.push_back(child);
    return;
  }
  int status = 1;
  try {
    body(*board_);
    status = 0;
  } catch (const Error& error) {
    board_->note_error(std::string(code_name(error.code())) + "/" + error.reason() + ": " +
                       error.message());
  } catch (const std::exception& problem) {
    board_->note_error(problem.what());
  }
  ::_exit(status);
}

void Crowd::start(int processes) {
  // A child that could not open the file is ready never.
  while (board_->ready < processes && board_->errors == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  board_->may_start = true;
}

bool Crowd::join() {
  bool all_well = true;
  for (int child : children_) {
    int status = 0;
    ::waitpid(child, &status, 0);
    all_well = all_well && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  children_.clear();
  return all_well;
}

void wait_for_start(Board& board) {
  ++board.ready;
  while (!board.may_start) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

Waits::Waits(const Board& board) {
  std::vector<std::int64_t> all;
  for (int i = 0; i < board.length; ++i) {
    all.push_back(board.writes[i].waited_microseconds);
    overtaken_most = std::max(overtaken_most, board.writes[i].overtaken);
  }
  if (all.empty()) return;
  std::sort(all.begin(), all.end());
  median = all[all.size() / 2];
  p99 = all[all.size() * 99 / 100];
  longest = all.back();
}

bool is_long() { return std::getenv("FRONTDESK_LONG") != nullptr; }

}  // namespace frontdesk::testing::contention
