/// A slow and plain reading of RFC 5545 §3.3.10 to hold the real one against: it goes through every
/// day, asks each BY part about it, and shares no code with what it checks.
#pragma once

#include <frontdesk/recurrence.hpp>

namespace frontdesk::inline v1::recurrence::model {

/// The wall-clock times of a pattern's rule before `end`.
std::vector<LocalTime> expand(const Rule& rule, LocalTime start, LocalTime end);
/// All occurrences of a pattern before `end`, as moments in order.
std::vector<Instant> expand(const Pattern& pattern, LocalTime end);

}  // namespace frontdesk::inline v1::recurrence::model
