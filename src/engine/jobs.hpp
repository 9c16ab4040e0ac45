/// Jobs: sequences of steps, each a unit of its own (DESIGN "Jobs"). With an idempotency key a
/// job's place is kept, so that the same call goes on after a crash.
#pragma once

#include "engine/unit.hpp"

namespace frontdesk::engine {

/// Runs one step and keeps the job's place; what it leaves is in unit.next_job and next_result.
/// With a key the step begins where the job stands now, whoever brought it there: calls that run
/// side by side do the work once. False if nothing was left to do.
bool run_job_step(storage::Transaction& transaction, Unit& unit, Step& step, const void* request);

}  // namespace frontdesk::engine
