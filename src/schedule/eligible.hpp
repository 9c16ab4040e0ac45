/// Who may lead what.
#pragma once

#include <frontdesk/schedule_absences.hpp>

#include "schedule/sessions.hpp"

namespace frontdesk::schedule {

/// Those whom the session's activity names, else all accounts with a live role at the centre that
/// holds `schedule.lead`; by name.
std::vector<Substitute> eligible_trainers(Transaction& transaction, const Session& session);

}  // namespace frontdesk::schedule
