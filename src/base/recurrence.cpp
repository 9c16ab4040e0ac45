#include <frontdesk/recurrence.hpp>

#include "base/recurrence_cursor.hpp"
#include "base/recurrence_zone.hpp"

#include <frontdesk/error.hpp>

#include <algorithm>

namespace frontdesk::inline v1::recurrence {

using inner::Count;
using inner::Cursor;
using inner::day_seconds;
using inner::local_max;
using inner::local_min;
using inner::Plan;
using inner::ZoneTable;

namespace {

constexpr Count always = std::numeric_limits<Count>::min();
constexpr Count never = std::numeric_limits<Count>::max();

Occurrence occurrence(Count instant, Count local) {
  return {Instant(std::chrono::seconds(instant)), LocalTime(std::chrono::seconds(local))};
}

Count count_of(Instant instant) { return instant.time_since_epoch().count(); }
Count count_of(LocalTime local) { return local.time_since_epoch().count(); }

Count checked(Count count) {
  if (count < local_min || count > local_max) throw Error(Code::invalid, "time_out_of_range");
  return count;
}

/// Days since 1970.
Count checked(Date date) {
  if (!date.ok() || static_cast<int>(date.year()) < 0 || static_cast<int>(date.year()) > 9999) {
    throw Error(Code::invalid, "date_invalid");
  }
  return std::chrono::sys_days(date).time_since_epoch().count();
}

Count instant_of(Count local, const ZoneTable& zone) { return local - zone.at(local).offset; }

/// The occurrence that RDATE asks for.
Occurrence added_at(const Moment& moment, Count start, const ZoneTable& zone) {
  if (const auto* instant = std::get_if<Instant>(&moment)) {
    const Count count = checked(count_of(*instant));
    return occurrence(count, zone.to_local(count));
  }
  const auto* date = std::get_if<Date>(&moment);
  const Count local = date != nullptr
                          ? checked(*date) * day_seconds + inner::floor_rest(start, day_seconds)
                          : checked(count_of(std::get<LocalTime>(moment)));
  return occurrence(instant_of(local, zone), local);
}

bool is_earlier(const Occurrence& one, const Occurrence& other) {
  return one.instant < other.instant;
}

void sort_by_instant(std::vector<Occurrence>& occurrences) {
  std::stable_sort(occurrences.begin(), occurrences.end(), is_earlier);
  const auto same = [](const Occurrence& one, const Occurrence& other) {
    return one.instant == other.instant;
  };
  occurrences.erase(std::unique(occurrences.begin(), occurrences.end(), same), occurrences.end());
}

}  // namespace

struct Recurrence::Set {
  const ZoneTable* zone = nullptr;
  std::optional<Plan> plan{};
  Count until = never;                ///< The last moment that the rule may give.
  std::vector<Occurrence> added{};    ///< Sorted by moment.
  std::vector<Count> removed{};       ///< Moments, sorted.
  std::vector<Count> removed_days{};  ///< Local days, sorted.

  explicit Set(const Pattern& pattern);
  void end_at(const Moment& until_moment);
  bool removes_some() const { return !removed.empty() || !removed_days.empty(); }
  bool is_removed(const Occurrence& occurrence) const;
};

Recurrence::Set::Set(const Pattern& pattern) : zone(&ZoneTable::of(pattern.zone)) {
  const Count start = checked(count_of(pattern.start));
  if (pattern.rule) {
    validate(*pattern.rule);
    plan.emplace(*pattern.rule, start);
    if (pattern.rule->until) end_at(*pattern.rule->until);
  } else {
    added.push_back(added_at(pattern.start, start, *zone));
  }
  for (const Moment& moment : pattern.added) added.push_back(added_at(moment, start, *zone));
  sort_by_instant(added);
  for (const Moment& moment : pattern.removed) {
    if (const auto* date = std::get_if<Date>(&moment)) {
      removed_days.push_back(checked(*date));
    } else {
      removed.push_back(count_of(added_at(moment, start, *zone).instant));
    }
  }
  std::sort(removed.begin(), removed.end());
  std::sort(removed_days.begin(), removed_days.end());
}

void Recurrence::Set::end_at(const Moment& until_moment) {
  Count last = 0;
  if (const auto* date = std::get_if<Date>(&until_moment)) {
    last = (checked(*date) + 1) * day_seconds - 1;
  } else if (const auto* local = std::get_if<LocalTime>(&until_moment)) {
    last = checked(count_of(*local));
  } else {
    until = checked(count_of(std::get<Instant>(until_moment)));
    // In an hour that comes twice the clock may show more before the moment than at it.
    last = zone->to_local(until) + day_seconds;
  }
  plan->last = std::min(plan->last, last);
}

bool Recurrence::Set::is_removed(const Occurrence& occurrence) const {
  const Count day = inner::floor_divide(count_of(occurrence.local), day_seconds);
  return std::binary_search(removed.begin(), removed.end(), count_of(occurrence.instant)) ||
         std::binary_search(removed_days.begin(), removed_days.end(), day);
}

namespace {

/// The occurrences of a set in a window, in order of time.
class Stream {
 public:
  Stream(const Recurrence::Set& set, Count from, Count to)
      : set_(&set), removes_some_(set.removes_some()), from_(std::max(from, local_min)) {
    to = std::min(to, local_max + 1);
    rule_end_ = set.until < to ? set.until + 1 : to;
    const auto at_or_after = [&set](Count count) {
      return std::lower_bound(set.added.begin(), set.added.end(), occurrence(count, 0), is_earlier);
    };
    added_ = at_or_after(from_);
    added_end_ = std::max(added_, at_or_after(to));
    if (set.plan && from_ < rule_end_) seek();
  }

  bool next(Occurrence& target) {
    while (take(target)) {
      const Count instant = count_of(target.instant);
      if (instant < from_) continue;
      from_ = instant + 1;
      if (!removes_some_ || !set_->is_removed(target)) return true;
    }
    return false;
  }

 private:
  void seek() {
    Count local = set_->zone->to_local(from_);
    const ZoneTable::Stretch stretch = set_->zone->at(local);
    // Times in the gap before are moments after it.
    if (local - stretch.gap_before < stretch.begin) local = stretch.begin - stretch.gap_before;
    cursor_.emplace(*set_->plan);
    cursor_->seek(local, set_->zone->to_local(rule_end_ - 1) + day_seconds);
  }

  /// The next of the rule or of what was added, whichever is earlier.
  bool take(Occurrence& target) {
    if (added_ == added_end_) return take_of_rule(target);
    if (!has_peeked_) {
      if (!take_of_rule(peeked_)) peeked_ = occurrence(never, 0);
      has_peeked_ = true;
    }
    if (is_earlier(*added_, peeked_)) {
      target = *added_++;
    } else {
      target = peeked_;
      has_peeked_ = false;
    }
    return true;
  }

  bool take_of_rule(Occurrence& target) {
    if (has_peeked_) {
      has_peeked_ = false;
      target = peeked_;
      return count_of(target.instant) != never;
    }
    if (!cursor_) return false;
    Count local = 0;
    if (gap_index_ < gap_.size()) {
      target = gap_[gap_index_++];
    } else {
      if (after_gap_ != never) {
        local = after_gap_;
        after_gap_ = never;
      } else if (!cursor_->next(local)) {
        return false;
      }
      if (local >= plain_end_) return enter_stretch(local, target);
      target = occurrence(local - offset_, local);
    }
    return count_of(target.instant) < rule_end_;
  }

  bool enter_stretch(Count local, Occurrence& target) {
    const ZoneTable::Stretch stretch = set_->zone->at(local);
    plain_end_ = stretch.end - stretch.gap;
    offset_ = stretch.offset;
    if (local < plain_end_) {
      target = occurrence(local - offset_, local);
      return count_of(target.instant) < rule_end_;
    }
    // Times in the gap and as long after it mean moments that mix.
    const Count mixed_end = stretch.end + stretch.gap;
    gap_.clear();
    gap_index_ = 0;
    do {
      gap_.push_back(occurrence(instant_of(local, *set_->zone), local));
      if (!cursor_->next(local)) {
        local = never;
        break;
      }
    } while (local < mixed_end);
    after_gap_ = local;
    sort_by_instant(gap_);
    return take_of_rule(target);
  }

  const Recurrence::Set* set_;
  bool removes_some_;
  Count from_;
  Count rule_end_ = 0;
  Count plain_end_ = always;
  Count offset_ = 0;
  std::optional<Cursor> cursor_{};
  std::vector<Occurrence>::const_iterator added_{};
  std::vector<Occurrence>::const_iterator added_end_{};
  Occurrence peeked_{};
  bool has_peeked_ = false;
  Count after_gap_ = never;
  std::vector<Occurrence> gap_{};
  std::size_t gap_index_ = 0;
};

}  // namespace

struct Occurrences::State {
  State(std::shared_ptr<const Recurrence::Set> owned, Count from)
      : set(std::move(owned)), stream(*set, from, never) {}

  std::shared_ptr<const Recurrence::Set> set;
  Stream stream;
};

Recurrence::Recurrence(const Pattern& pattern) : set_(std::make_shared<const Set>(pattern)) {}

Occurrences Recurrence::all() const {
  return Occurrences(std::make_unique<Occurrences::State>(set_, always));
}

Occurrences Recurrence::from(Instant first) const {
  return Occurrences(std::make_unique<Occurrences::State>(set_, count_of(first)));
}

std::vector<Occurrence> Recurrence::between(Instant from, Instant to, std::size_t limit) const {
  std::vector<Occurrence> result;
  Stream stream(*set_, count_of(from), count_of(to));
  Occurrence occurrence;
  while (result.size() < limit && stream.next(occurrence)) result.push_back(occurrence);
  return result;
}

std::size_t Recurrence::between(Instant from, Instant to, std::span<Occurrence> target) const {
  Stream stream(*set_, count_of(from), count_of(to));
  std::size_t count = 0;
  while (count < target.size() && stream.next(target[count])) ++count;
  return count;
}

bool Recurrence::contains(Instant instant) const {
  const Count count = count_of(instant);
  Occurrence occurrence;
  return count <= local_max && Stream(*set_, count, count + 1).next(occurrence);
}

Occurrences::Occurrences(std::unique_ptr<State> state) : state_(std::move(state)) { advance(); }
Occurrences::Occurrences(Occurrences&&) noexcept = default;
Occurrences& Occurrences::operator=(Occurrences&&) noexcept = default;
Occurrences::~Occurrences() = default;

void Occurrences::advance() { is_end_ = is_end_ || !state_->stream.next(current_); }

}  // namespace frontdesk::inline v1::recurrence
