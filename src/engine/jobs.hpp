/// Jobs: sequences of steps, each a unit of its own (DESIGN "Jobs"). With an idempotency key a
/// job's place is kept, so that the same call goes on after a crash.
#pragma once

#include "engine/unit.hpp"

namespace frontdesk::engine {

/// Runs one step and keeps the job's place. The state and result change only if the step succeeds.
void run_job_step(storage::Transaction& transaction, Unit& unit, Step& step, const void* request);

/// Where a job of this key stands. True if it is known: state and result are filled.
bool load_job(storage::Transaction& transaction, const CallOptions& options, Step& step,
              JobProgress& job);

}  // namespace frontdesk::engine
