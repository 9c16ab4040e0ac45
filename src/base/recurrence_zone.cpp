#include "base/recurrence_zone.hpp"

#include "base/zones.hpp"

#include <frontdesk/error.hpp>

#include <date/tz.h>

#include <map>
#include <mutex>
#include <shared_mutex>

namespace frontdesk::inline v1::recurrence::inner {
namespace {

constexpr Count never = std::numeric_limits<Count>::max();
constexpr Count always = std::numeric_limits<Count>::min();

constexpr Count slot_seconds = 31'556'952;  // about a year

class Tables {
 public:
  const ZoneTable* find(std::string_view zone) {
    const std::shared_lock lock(mutex_);
    const auto found = tables_.find(zone);
    return found == tables_.end() ? nullptr : &found->second;
  }
  const ZoneTable& keep(std::string_view zone, ZoneTable&& table) {
    const std::unique_lock lock(mutex_);
    return tables_.try_emplace(std::string(zone), std::move(table)).first->second;
  }

 private:
  std::shared_mutex mutex_;
  std::map<std::string, ZoneTable, std::less<>> tables_;
};

Tables& tables() {
  // Never destroyed: patterns may outlive the end of main.
  static Tables& instance = *new Tables;
  return instance;
}

}  // namespace

const ZoneTable& ZoneTable::of(std::string_view zone) {
  if (const ZoneTable* known = tables().find(zone)) return *known;
  return tables().keep(zone, load(zone));
}

void ZoneTable::add(Count instant, Count offset) {
  if (changes_.empty()) {
    changes_.push_back({always, always, offset, 0});
    return;
  }
  const Count before = changes_.back().offset;
  if (offset == before) return;
  changes_.push_back(
      {instant, instant + std::max(before, offset), offset, std::max(offset - before, Count{0})});
}

ZoneTable ZoneTable::load(std::string_view name) {
  ZoneTable table;
  if (name.empty()) {
    table.add(always, 0);
    table.index_changes();
    return table;
  }
  if (!zones::known(name)) {
    throw Error(Code::invalid, "zone_unknown", "zone", {{"zone", std::string(name)}});
  }
  const date::time_zone* zone = date::locate_zone(name);
  const auto info_at = [zone](Count count) {
    return zone->get_info(Instant(std::chrono::seconds(count)));
  };
  // The system's tables end with 2037 or later. A zone that changes its clocks up to that year goes
  // on doing so; one whose last change is older has a fixed offset.
  const Count last_change = info_at(local_max).begin.time_since_epoch().count();
  const int last_year =
      last_change < local_min ? 0 : year_of(floor_divide(last_change, day_seconds));
  if (last_year >= 2037) {
    table.end_ = first_day_of(last_year + 1) * day_seconds;
    for (int year = last_year - 40; year <= last_year; ++year) {
      const Count march = first_day_of(year) + month_begin(2, is_leap(year));
      table.stand_ins_[static_cast<std::size_t>(weekday_of(march))] = march;
    }
    table.last_january_ = first_day_of(last_year);
  }
  for (Count count = local_min; count <= local_max;) {
    const date::sys_info info = info_at(count);
    table.add(info.begin.time_since_epoch().count(), info.offset.count());
    count = info.end.time_since_epoch().count();
  }
  table.index_changes();
  return table;
}

/// So that the change before a time is found without a search.
void ZoneTable::index_changes() {
  changes_.push_back({never, never, 0, 0});
  if (changes_.size() == 2) return;
  first_slot_ = floor_divide(changes_[1].local, slot_seconds) - 1;
  const Count last_slot = floor_divide(changes_[changes_.size() - 2].local, slot_seconds);
  std::uint16_t change = 0;
  for (Count slot = first_slot_; slot <= last_slot; ++slot) {
    // Both times of a change lie after the begin of the slot.
    while (std::max(changes_[change + 1].local, changes_[change + 1].instant) <
           slot * slot_seconds) {
      ++change;
    }
    starts_.push_back(change);
  }
}

const ZoneTable::Change* ZoneTable::change_at(Count count, Count Change::* time) const {
  const Change* change = changes_.data();
  if (!starts_.empty() && count >= first_slot_ * slot_seconds) {
    const auto slot = static_cast<std::size_t>(floor_divide(count, slot_seconds) - first_slot_);
    change += starts_[std::min(slot, starts_.size() - 1)];
  }
  while (count >= change[1].*time) ++change;
  return change;
}

/// The part of the year beyond the table that a time is in. From March on, rules speak of the nth
/// or last weekday of a month, so that the latest year with the same weekdays stands in. In January
/// and February no zone changes its clocks, and the last year serves as it is.
ZoneTable::Part ZoneTable::part_of(Count count) const {
  const int year = year_of(floor_divide(count, day_seconds));
  const bool leap = cycle_year(year).leap_day == this_year;
  const Count january = january_of(year);
  const Count second_part = (january + 59) * day_seconds;  // with 29 February
  if (count < second_part) {
    return {(last_january_ - january) * day_seconds, january * day_seconds, second_part};
  }
  const Count march = january + month_begin(2, leap);
  const Count stand_in = stand_ins_[static_cast<std::size_t>(weekday_of(march))];
  return {(stand_in - march) * day_seconds, second_part,
          (january + year_length(leap)) * day_seconds};
}

ZoneTable::Stretch ZoneTable::at(Count local) const {
  if (local < end_) {
    const Change* change = change_at(local, &Change::local);
    Stretch stretch{change->local, change[1].local, change->offset, change[1].gap, change->gap};
    if (stretch.end > end_) {
      stretch.end = end_;
      stretch.gap = 0;
    }
    return stretch;
  }
  const Part part = part_of(local);
  const Change* change = change_at(local + part.shift, &Change::local);
  Stretch stretch{part.begin, part.end, change->offset, 0, 0};
  if (change->local >= part.begin + part.shift) {
    stretch.begin = change->local - part.shift;
    stretch.gap_before = change->gap;
  }
  if (change[1].local <= part.end + part.shift) {
    stretch.end = change[1].local - part.shift;
    stretch.gap = change[1].gap;
  }
  return stretch;
}

Count ZoneTable::to_local(Count instant) const {
  const Count shift = instant < end_ ? 0 : part_of(instant).shift;
  return instant + change_at(instant + shift, &Change::instant)->offset;
}

}  // namespace frontdesk::inline v1::recurrence::inner
