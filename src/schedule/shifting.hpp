/// Moving a whole rule (SPEC S6): the same rule, earlier or later.
#pragma once

#include <frontdesk/recurrence.hpp>

#include <frontdesk/schedule.hpp>

namespace frontdesk::schedule {

/// The rule that gives, from `start + delta`, what `rule` gives from `start`, each later by
/// `delta`. Throws conflict/rule_cannot_shift where no rule does that: the whole has to be planned
/// anew.
recurrence::Rule shifted(const recurrence::Rule& given, LocalTime start, Duration delta);

/// A series that begins at the first occurrence at or after `first` and goes on as `series` would,
/// each occurrence later by `delta`. What series have by themselves (id, version) stays.
Series continued(const Series& series, LocalTime first, Duration delta);

}  // namespace frontdesk::schedule
