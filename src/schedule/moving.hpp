/// What else moves sessions than the operation.
#pragma once

#include "schedule/sessions.hpp"

namespace frontdesk::schedule {

/// As schedule.move_session does, within the caller's reach.
Changed move_session(Transaction& transaction, const MoveSession& request);

}  // namespace frontdesk::schedule
