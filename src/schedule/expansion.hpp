/// From series to sessions: the rolling horizon (SPEC S3).
#pragma once

#include "schedule/clashes.hpp"

namespace frontdesk::schedule {

recurrence::Pattern pattern_of(const Series& series);

/// What to do with occurrences that clash.
struct Expansion {
  OnClash on_clash = OnClash::skip;
  std::vector<Session> sessions{};
  std::vector<Skipped> skipped{};
  Clashes refused{};  ///< what a refusal of all must tell
};

/// Makes the sessions of a series that its horizon asks for and that are not there yet, from now
/// on. Moves `scheduled_until` and says when the tick has to come again. Changes the row of the
/// series, not its version. Throws invalid/series_too_dense.
void extend(Transaction& transaction, Series& series, Expansion& expansion);

/// Ends a series before an occurrence: the rule, what was added and what was removed end there.
void truncate(Series& series, LocalTime before);
/// No more sessions.
void end_series(Transaction& transaction, Series& series);
void store_series(Transaction& transaction, Series& series);

}  // namespace frontdesk::schedule
