// The days and times that a plan visits, year by year.
#include "base/recurrence_plan.hpp"

#include <algorithm>

namespace frontdesk::inline v1::recurrence::inner {
namespace {

constexpr Count known_steps_max = 366;

/// The first number from `begin` on that is among the bits, or `end`.
int next_bit(std::uint64_t bits, int begin, int end) {
  if (begin >= end) return end;
  bits >>= static_cast<unsigned>(begin);
  return bits == 0 ? end : std::min(begin + std::countr_zero(bits), end);
}

}  // namespace

int DayTimes::next_period(int period, Count phase) const {
  Count at = period;
  const auto per_hour = static_cast<int>(3600 / period_seconds);
  const auto per_minute = static_cast<int>(std::max(60 / period_seconds, Count{1}));
  while (true) {
    // On to the next visited period.
    if (at <= phase) {
      at = phase;
    } else if (step > 1) {
      at = phase + (at - phase + step - 1) / step * step;
    }
    if (at >= periods) return -1;
    const auto here = static_cast<int>(at);
    if (!filtered) return here;
    // On to the next allowed hour, minute, second.
    const int hour = here / per_hour;
    const int next_hour = next_bit(hours, hour, 24);
    if (next_hour != hour) {
      at = Count{next_hour} * per_hour;
      continue;
    }
    if (per_hour == 1) return here;
    const int minute = here % per_hour / per_minute;
    const int next_minute = next_bit(minutes, minute, 60);
    if (next_minute != minute) {
      at = Count{hour} * per_hour + next_minute * per_minute;
      continue;
    }
    if (per_minute == 1) return here;
    const int second = here % 60;
    const int next_second = next_bit(seconds, second, 60);
    if (next_second == second) return here;
    at = here - second + next_second;
  }
}

Count DayTimes::count(Count day) const {
  if (periods == 1) return 1;
  if (counts.size() == 1) return counts.front();
  if (!counts.empty()) {
    return counts[static_cast<std::size_t>(floor_rest(day, static_cast<Count>(counts.size())))];
  }
  const Count first = phase(day);
  return first < periods && next_period(static_cast<int>(first), first) >= 0 ? 1 : 0;
}

void YearDays::enter(int number) {
  year_ = plan_->years.at(number);
  if (plan_->stride.unit != Stride::Unit::none) phase_ = plan_->stride.phase(year_);
}

void YearDays::find_days() {
  const DayMask& allowed = plan_->masks[year_.kind];
  const bool strides = plan_->stride.unit != Stride::Unit::none;
  mask_ = &allowed;
  if (!strides && plan_->layers.empty()) return;
  DayMask visited;
  if (strides) {
    visited = plan_->stride.mask(year_, phase_);
  } else {
    visited.set_range(0, year_.length);
  }
  own_mask_ = allowed;
  if (!plan_->layers.empty()) {
    own_mask_ = {};
    layer_masks_.resize(plan_->layers.size());
    for (std::size_t i = 0; i < layer_masks_.size(); ++i) {
      layer_masks_[i] = at_positions(allowed, plan_->layers[i].positions, plan_->period, year_);
      layer_masks_[i] &= visited;
      own_mask_ |= layer_masks_[i];
    }
  }
  own_mask_ &= visited;
  mask_ = &own_mask_;
}

void YearDays::load(int number) {
  enter(number);
  find_days();
}

std::span<const int> YearDays::offsets(int day) {
  if (plan_->layers.empty()) return plan_->times.offsets;
  layer_offsets_.clear();
  for (std::size_t i = 0; i < layer_masks_.size(); ++i) {
    if (layer_masks_[i].test(day)) layer_offsets_.push_back(plan_->layers[i].offset);
  }
  return layer_offsets_;
}

Count YearDays::count(int day) {
  const auto each = static_cast<Count>(offsets(day).size());
  return each * plan_->times.count(year_.first_day + day);
}

Count YearDays::count_anew() {
  find_days();
  Count total = 0;
  if (!plan_->layers.empty()) {
    for (const DayMask& mask : layer_masks_) total += mask.count();
    return total;
  }
  const DayTimes& times = plan_->times;
  if (times.periods == 1 || times.counts.size() == 1) {
    total = mask_->count() * times.count(0);
  } else {
    for (int word = 0; word < 6; ++word) {
      for (std::uint64_t bits = mask_->words[word]; bits != 0; bits &= bits - 1) {
        total += times.count(year_.first_day + word * 64 + std::countr_zero(bits));
      }
    }
  }
  return total * static_cast<Count>(times.offsets.size());
}

Count YearDays::count() {
  const bool strides = plan_->stride.unit != Stride::Unit::none;
  const Count steps = strides ? plan_->stride.step : 1;
  // Years of one kind and phase are alike, unless the times of day stride on from day to day.
  const bool alike = plan_->times.periods == 1 || plan_->times.counts.size() == 1;
  if (steps > known_steps_max || !alike) return count_anew();
  const auto place = static_cast<std::size_t>(year_.kind * steps + (strides ? phase_ : 0));
  if (known_counts_.empty()) {
    known_counts_.assign(static_cast<std::size_t>(plan_->years.kinds() * steps), -1);
  }
  std::int32_t& known = known_counts_[place];
  if (known < 0) known = static_cast<std::int32_t>(count_anew());
  return known;
}

}  // namespace frontdesk::inline v1::recurrence::inner
