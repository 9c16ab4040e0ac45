#include "engine/jobs.hpp"

#include "describe/json.hpp"
#include "engine/idempotency.hpp"

namespace frontdesk::engine {
namespace {

using storage::Transaction;

void keep_job(Transaction& transaction, const Unit& unit) {
  const Operation& operation = *unit.steps->front().operation;
  const std::string_view key = unit.options->idempotency_key;
  const JobProgress& job = unit.next_job;
  const storage::Principal& principal = transaction.principal();
  std::string result_json = describe::encode(operation.result(), unit.next_result.get());
  transaction.execute(
      "INSERT INTO jobs (principal_kind, principal, key, operation, request, state, result, number,"
      " done, total, is_finished, started_at, updated_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)"
      " ON CONFLICT (principal_kind, principal, key) DO UPDATE SET"
      " state = excluded.state, result = excluded.result, number = excluded.number,"
      " done = excluded.done, total = excluded.total,"
      " is_finished = excluded.is_finished, updated_at = excluded.updated_at",
      principal.kind, principal.number(), storage::Blob{key_digest(transaction, key)},
      operation.name, storage::Blob{request_digest(transaction, *unit.steps)},
      describe::encode(operation.state(), job.state.get()),
      storage::Blob{seal_result(transaction, key, result_json)}, job.number, job.done, job.total,
      job.is_finished, transaction.now());
}

/// Moves the unit on to where the job of its key stands, if another call with the key has got
/// further (or an earlier one, in the first step).
void catch_up(Transaction& transaction, Unit& unit) {
  const std::vector<Step>& steps = *unit.steps;
  const std::string_view key = unit.options->idempotency_key;
  const std::string stored_key = key_digest(transaction, key);
  if (is_write_remembered(transaction, stored_key)) {
    throw Error(Code::conflict, "idempotency_key_reused");
  }
  forget_finished_job(transaction, stored_key);
  const storage::Principal& principal = transaction.principal();
  storage::Cursor row = transaction.query(
      "SELECT request, state, result, number, done, total, is_finished FROM jobs"
      " WHERE principal_kind = $1 AND principal = $2 AND key = $3",
      principal.kind, principal.number(), storage::Blob{stored_key});
  if (!row.next()) return;
  if (row.text(0) != request_digest(transaction, steps)) {
    throw Error(Code::conflict, "idempotency_key_reused");
  }
  if (row.integer(3) == unit.job->number) return;
  const Operation& operation = *steps.front().operation;
  describe::decode_stored(operation.state(), row.text(1), unit.next_job.state.get());
  std::string result = open_result(transaction, key, row.text(2));
  describe::decode_stored(operation.result(), result, unit.next_result.get());
  unit.next_job.number = row.integer(3);
  unit.next_job.done = row.integer(4);
  unit.next_job.total = row.integer(5);
  unit.next_job.is_finished = row.integer(6) != 0;
}

}  // namespace

bool run_job_step(Transaction& transaction, Unit& unit, Step& step, const void* request) {
  const Operation& operation = *step.operation;
  // The step works on copies: a replay must find what it found the first time.
  unit.next_job = *unit.job;
  unit.next_job.state = make_value(operation.state());
  unit.next_result = make_value(operation.result());
  operation.state().assign(unit.next_job.state.get(), unit.job->state.get());
  operation.result().assign(unit.next_result.get(), step.result);
  JobProgress& next = unit.next_job;
  const bool is_kept = !unit.options->idempotency_key.empty() && !unit.is_preview;
  if (is_kept) catch_up(transaction, unit);
  const bool was_finished = next.is_finished;
  if (!was_finished) {
    ++next.number;
    do {
      next.is_finished =
          operation.handle(transaction, request, unit.next_result.get(), next.state.get());
    } while (!next.is_finished && !next.is_bounded);
    storage::TransactionAccess access(transaction);
    next.done = access.done();
    next.total = access.total();
    if (is_kept) keep_job(transaction, unit);
  }
  if (unit.shown_result != nullptr) {
    operation.result().assign(unit.shown_result, unit.next_result.get());
  }
  return !was_finished;
}

}  // namespace frontdesk::engine
