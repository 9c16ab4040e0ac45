/// The writers' queue and group commit (SPEC E6): the first waiting writer leads and commits for
/// all, as LevelDB's does; there is no background thread.
#include "access/authorization.hpp"
#include "engine/engine.hpp"
#include "engine/rewriting.hpp"
#include "storage/media_files.hpp"

namespace frontdesk::engine {
namespace {

void settle(const std::vector<Unit*>& units, const Error& error) {
  for (Unit* unit : units) {
    unit->error = error;
    unit->is_settled = true;
  }
}

/// Inside of a catch clause: gives the unit the error in flight, if it has no outcome yet.
void note_failure(Unit& unit) noexcept {
  if (unit.is_settled) return;
  unit.is_settled = true;
  try {
    unit.error = current_error();
  } catch (...) {
    unit.is_out_of_memory = true;
  }
}

}  // namespace

void Engine::submit(Unit& unit) {
  unit.deadline = deadline_of(*unit.options);
  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&unit);
  if (!takes_turn(unit, lock)) throw waited_too_long(*unit.options);
  if (!unit.is_done) lead(lock);
  lock.unlock();
  // A refusal too may leave events: a code that counted attempts made due.
  if (unit.has_events && !unit.is_preview) wake_listeners();
  if (unit.is_out_of_memory) throw std::bad_alloc();
  if (!unit.error) return;
  if (unit.error->reason() == "file_busy") throw waited_too_long(*unit.options);
  throw *unit.error;
}

/// Waits until the unit is done or leads the queue. False if its time was over before another
/// leader took it: it has left the queue.
bool Engine::takes_turn(Unit& unit, std::unique_lock<std::mutex>& lock) {
  auto is_over = [&] { return unit.is_done || queue_.front() == &unit; };
  if (unit.turn.wait_until(lock, unit.deadline, is_over)) return true;
  if (unit.is_taken) {
    unit.turn.wait(lock, is_over);
    return true;
  }
  std::erase(queue_, &unit);
  return false;
}

/// Called at the head of the queue with its lock held, which is let go while the group is at work.
/// Whatever happens, the turn ends.
void Engine::lead(std::unique_lock<std::mutex>& lock) {
  Unit& first = *queue_.front();
  lock.unlock();
  std::size_t count = 1;
  try {
    if (first.is_rewrite) {
      run_rewrite(first);
    } else {
      // While this waits for other processes, more writers gather behind.
      begin(first.deadline);
      lock.lock();
      std::vector<Unit*> group = next_group();
      count = group.size();
      lock.unlock();
      Clock::time_point deadline = first.deadline;
      for (const Unit* unit : group) deadline = std::max(deadline, unit->deadline);
      commit_group(group, deadline);
    }
  } catch (...) {
    note_failure(first);
  }
  if (!lock.owns_lock()) lock.lock();
  fail_unsettled(count);
  end_turn(count);
}

/// Memory ran out in the middle: what was not committed is rolled back, and those who wait for it
/// are told.
void Engine::fail_unsettled(std::size_t count) noexcept {
  if (file_->is_writing()) abandon();
  for (std::size_t i = 0; i < count; ++i) {
    Unit& unit = *queue_[i];
    if (unit.is_settled) continue;
    unit.is_out_of_memory = !unit.error && !unit.is_rewrite;
    unit.is_settled = true;
  }
}

/// Lets the group go and the next in the queue lead. The queue's lock is held.
void Engine::end_turn(std::size_t count) {
  for (; count > 0; --count) {
    Unit* unit = queue_.front();
    queue_.pop_front();
    unit->is_done = true;
    unit->turn.notify_one();
  }
  if (!queue_.empty()) queue_.front()->turn.notify_one();
}

std::vector<Unit*> Engine::next_group() {
  std::vector<Unit*> group;
  for (Unit* unit : queue_) {
    if (static_cast<int>(group.size()) == options_.group_limit) break;
    bool is_alone = unit->is_preview || unit->is_rewrite;
    if (is_alone && !group.empty()) break;
    group.push_back(unit);
    unit->is_taken = true;
    if (unit->is_preview) break;
  }
  return group;
}

void Engine::begin(Clock::time_point deadline) {
  const bool is_as_left = file_->begin_write(deadline);
  context_.connection = &file_->writer();
  try {
    if (!is_as_left || !knows_head_) {
      writer_topics_.is_current = false;
      storage::Transaction transaction(*context_.connection, state_, writer_topics_);
      context_.head = storage::checked_audit_head(transaction);
    }
    knows_head_ = false;  // until what comes now is committed
    sequence_before_ = context_.head.sequence;
    Instant now = tick_clock();
    std::lock_guard guard(clock_mutex_);
    latest_ = std::max(now, context_.head.at);  // another process's clock may be ahead
    context_.now = latest_;
  } catch (...) {
    file_->rollback();
    throw;
  }
}

/// The first unit under which SQLite rolled the whole transaction back, or null if all ran.
Unit* Engine::run_units(const std::vector<Unit*>& units) {
  context_.is_alone = units.size() == 1;
  for (Unit* unit : units) {
    try {
      run_unit(context_, *unit);
    } catch (const TransactionLost& lost) {
      abandon();
      unit->error = lost.cause;
      return unit;
    }
  }
  return nullptr;
}

/// The transaction is open; when this returns it is not, and every unit has its outcome.
void Engine::commit_group(const std::vector<Unit*>& group, Clock::time_point deadline) {
  if (group.front()->is_preview) return run_preview(*group.front());
  std::vector<Unit*> units = group;
  std::vector<Unit*> culprits;
  while (true) {
    Unit* culprit = run_units(units);
    if (culprit == nullptr) break;
    std::erase(units, culprit);
    if (group.size() > 1) culprits.push_back(culprit);
    if (units.empty()) break;
    try {
      begin(deadline);  // the others run again without it
    } catch (...) {
      settle(units, current_error());
      return;
    }
  }
  if (!units.empty() && !try_commit(units)) {
    // Whether one of them was too much for the disk shows when each is tried alone.
    culprits.insert(culprits.begin(), units.begin(), units.end());
  }
  for (Unit* unit : culprits) run_alone(*unit, deadline);
}

void Engine::abandon() {
  file_->rollback();
  writer_topics_ = {};
}

/// False if the commit failed cleanly and a retry one by one makes sense.
bool Engine::try_commit(const std::vector<Unit*>& units) {
  try {
    storage::Transaction transaction(*context_.connection, state_, writer_topics_);
    storage::TransactionAccess(transaction).begin(context_.now, {}, {}, false);
    access::flush_last_used(transaction);
    // Where all were refused without a trace the commit is empty and costs no sync.
    if (context_.head.sequence != sequence_before_) {
      storage::keep_audit_head(transaction, context_.head);
    }
    file_->commit();
  } catch (...) {
    Error error = current_error();
    abandon();
    if (units.size() > 1 && error.code() != Code::outcome_unknown) return false;
    settle(units, error);
    return true;
  }
  knows_head_ = true;
  for (bool& is_uncommitted : writer_topics_.is_uncommitted) is_uncommitted = false;
  for (Unit* unit : units) {
    unit->is_settled = true;
    if (!unit->error)
      operations_committed_.fetch_add(static_cast<std::int64_t>(unit->steps->size()));
  }
  return true;
}

void Engine::run_alone(Unit& unit, Clock::time_point deadline) {
  try {
    begin(deadline);
    if (run_units({&unit}) == nullptr) try_commit({&unit});
  } catch (...) {
    abandon();
    unit.error = current_error();
  }
  unit.is_settled = true;
}

void Engine::run_preview(Unit& unit) {
  if (run_units({&unit}) == nullptr) abandon();
  unit.is_settled = true;
}

void Engine::run_rewrite(Unit& unit) {
  try {
    if (!file_->rewrite(unit.deadline)) {
      return log(LogLevel::warning,
                 "a reader of an older snapshot puts off the erasure's last step");
    }
    begin(unit.deadline);
    // What an erased person's files held goes at once, too.
    while (!storage::remove_given_up(*context_.connection, file_->path())) {
    }
    rewrite_is_done(*context_.connection);
    file_->commit();
  } catch (...) {
    // What was asked for is done; the rest is tried again after the next job.
    if (file_->writer().in_transaction()) abandon();
    log(LogLevel::warning, "the file could not be written anew: " + current_error().message());
  }
}

}  // namespace frontdesk::engine
