/// The offsets of a zone as a table by wall-clock time: all that turning occurrences into moments
/// needs, at the cost of a comparison each. Agrees with zones::to_instant.
#pragma once

#include "base/recurrence_calendar.hpp"

namespace frontdesk::inline v1::recurrence::inner {

class ZoneTable {
 public:
  /// The table of a zone, made once and kept for good; without a name that of UTC. Throws
  /// Error{invalid, "zone_unknown"}. Thread-safe.
  static const ZoneTable& of(std::string_view zone);

  /// Wall-clock times [begin, end) from which a moment is `offset` seconds away.
  struct Stretch {
    Count begin = 0;
    Count end = 0;
    Count offset = 0;
    /// So many seconds at its end do not exist: the moments meant are those of the next stretch.
    Count gap = 0;
    /// The same of the stretch before: its last times mean moments of this one.
    Count gap_before = 0;
  };
  Stretch at(Count local) const;
  Count to_local(Count instant) const;

 private:
  /// From `instant` on the clock is `offset` ahead; times from `local` on can only be meant so.
  struct Change {
    Count instant;
    Count local;
    Count offset;
    Count gap;
  };

  /// A part of a year for which another year stands in, so many seconds away.
  struct Part {
    Count shift;
    Count begin;
    Count end;
  };

  static ZoneTable load(std::string_view name);
  void add(Count instant, Count offset);
  void index_changes();
  const Change* change_at(Count count, Count Change::* time) const;
  Part part_of(Count count) const;

  std::vector<Change> changes_{};        ///< The last one is never reached.
  std::vector<std::uint16_t> starts_{};  ///< For each stretch of slots: a change before it.
  Count first_slot_ = 0;
  Count end_ = std::numeric_limits<Count>::max();  ///< Beyond it other years stand in.
  Count last_january_ = 0;                         ///< Of the last year in the table.
  std::array<Count, 7> stand_ins_{};               ///< First days of March, by their weekdays.
};

}  // namespace frontdesk::inline v1::recurrence::inner
