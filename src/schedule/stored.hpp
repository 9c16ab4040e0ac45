/// Sessions that other areas' rows refer to.
#pragma once

#include <frontdesk/schedule.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::schedule {

/// The session whose id a row has, whoever asks.
Session stored_session(storage::Transaction& transaction, SessionId id);

/// The occurrence of its series that a session is for. It is of a series.
LocalTime occurrence_of(const Session& session);

}  // namespace frontdesk::schedule
