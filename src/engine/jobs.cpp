#include "engine/jobs.hpp"

#include "describe/json.hpp"
#include "engine/idempotency.hpp"

namespace frontdesk::engine {
namespace {

using storage::Transaction;

void keep_job(Transaction& transaction, std::string_view key, const std::vector<Step>& steps,
              const JobProgress& job, const void* state, const void* result) {
  const Operation& operation = *steps.front().operation;
  const storage::Principal& principal = transaction.principal();
  std::string result_json = describe::encode(operation.result(), result);
  transaction.execute(
      "INSERT INTO jobs (principal_kind, principal, key, operation, request, state, result, done,"
      " total, is_finished, started_at, updated_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)"
      " ON CONFLICT (principal_kind, principal, key) DO UPDATE SET"
      " state = excluded.state, result = excluded.result, done = excluded.done,"
      " total = excluded.total,"
      " is_finished = excluded.is_finished, updated_at = excluded.updated_at",
      principal.kind, principal.number(), storage::Blob{key_digest(transaction, key)},
      operation.name, storage::Blob{request_digest(transaction, steps)},
      describe::encode(operation.state(), state),
      storage::Blob{seal_result(transaction, key, result_json)}, job.done, job.total,
      job.is_finished, transaction.now());
}

}  // namespace

void run_job_step(Transaction& transaction, Unit& unit, Step& step, const void* request) {
  const Operation& operation = *step.operation;
  JobProgress& job = *unit.job;
  // The step works on copies: a replay must find what it found the first time.
  std::shared_ptr<void> state = make_value(operation.state());
  std::shared_ptr<void> result = make_value(operation.result());
  operation.state().assign(state.get(), job.state.get());
  operation.result().assign(result.get(), step.result);
  JobProgress next = job;
  next.number = job.number + 1;
  do {
    next.is_finished = operation.handle(transaction, request, result.get(), state.get());
  } while (!next.is_finished && !job.is_bounded);
  storage::TransactionAccess access(transaction);
  next.done = access.done();
  next.total = access.total();
  if (!unit.options->idempotency_key.empty() && !unit.is_preview) {
    keep_job(transaction, unit.options->idempotency_key, *unit.steps, next, state.get(),
             result.get());
  }
  if (unit.shown_result != nullptr) operation.result().assign(unit.shown_result, result.get());
  unit.next_job = next;
  unit.next_job.state = state;
  unit.next_result = result;
}

bool load_job(Transaction& transaction, const CallOptions& options, Step& step, JobProgress& job) {
  const storage::Principal& principal = transaction.principal();
  storage::Cursor row = transaction.query(
      "SELECT request, state, result, done, total, is_finished FROM jobs"
      " WHERE principal_kind = $1 AND principal = $2 AND key = $3",
      principal.kind, principal.number(),
      storage::Blob{key_digest(transaction, options.idempotency_key)});
  if (!row.next()) return false;
  std::vector<Step> steps{step};
  if (row.text(0) != request_digest(transaction, steps)) {
    throw Error(Code::conflict, "idempotency_key_reused");
  }
  const Operation& operation = *step.operation;
  describe::decode_stored(operation.state(), row.text(1), job.state.get());
  std::string result = open_result(transaction, options.idempotency_key, row.text(2));
  describe::decode_stored(operation.result(), result, step.result);
  job.done = row.integer(3);
  job.total = row.integer(4);
  job.is_finished = row.integer(5) != 0;
  job.number = 1;
  return true;
}

}  // namespace frontdesk::engine
