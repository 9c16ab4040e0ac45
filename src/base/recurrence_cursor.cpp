#include "base/recurrence_cursor.hpp"

#include <algorithm>

namespace frontdesk::inline v1::recurrence::inner {

void Cursor::finish() {
  index_ = offset_count_ = day_offset_count_ = 0;
  period_ = plan_->times.periods;
  bits_ = 0;
  words_ = 0;
  last_year_ = std::numeric_limits<int>::min();
}

void Cursor::enter_period(int period) {
  period_ = period;
  base_ = day_ * day_seconds + period * plan_->times.period_seconds;
  index_ = 0;
  offset_count_ = day_offset_count_;
}

bool Cursor::next_period() {
  const DayTimes& times = plan_->times;
  if (period_ + 1 >= times.periods) return false;
  const int period = times.next_period(period_ + 1, phase_);
  if (period < 0) {
    period_ = times.periods;
    return false;
  }
  enter_period(period);
  return true;
}

void Cursor::enter_word(int word) {
  word_ = word;
  word_base_ = (days_.year().first_day + word * 64) * day_seconds;
  bits_ = days_.mask().words[word];
}

/// Makes ready the next year from `number` on that the plan visits and that has any day.
bool Cursor::load_year(int number) {
  for (; number <= last_year_; number += plan_->year_step) {
    days_.load(number);
    words_ = days_.mask().used_words();
    if (words_ != 0) return true;
  }
  finish();
  return false;
}

bool Cursor::next_word() {
  if (words_ == 0 && !load_year(days_.year().number + plan_->year_step)) return false;
  enter_word(std::countr_zero(words_));
  words_ &= words_ - 1;
  return true;
}

bool Cursor::next_day() {
  const DayTimes& times = plan_->times;
  while (true) {
    if (bits_ == 0 && !next_word()) return false;
    const int index = word_ * 64 + std::countr_zero(bits_);
    bits_ &= bits_ - 1;
    day_ = days_.year().first_day + index;
    if (day_ * day_seconds > last_) {
      finish();
      return false;
    }
    const std::span<const int> offsets = days_.offsets(index);
    offsets_ = offsets.data();
    day_offset_count_ = offsets.size();
    if (times.periods == 1) {
      enter_period(0);
      return true;
    }
    if (times.count(day_) == 0) continue;
    phase_ = times.phase(day_);
    enter_period(times.next_period(0, phase_));
    return true;
  }
}

void Cursor::seek(Count from, Count last) {
  finish();
  from = std::max(from, plan_->start);
  last_ = std::min(last, plan_->last);
  if (from > last_) return;
  const Count day = floor_divide(from, day_seconds);
  const int year = plan_->years.number_of(day);
  last_year_ = plan_->years.number_of(floor_divide(last_, day_seconds));
  const auto late = static_cast<int>(floor_rest(year - plan_->first_year, plan_->year_step));
  if (!load_year(late == 0 ? year : year + plan_->year_step - late)) return;
  if (days_.year().number == year) {
    const auto index = static_cast<int>(day - days_.year().first_day);
    words_ &= ~0U << static_cast<unsigned>(index / 64);
    if (days_.mask().words[index / 64] != 0) {
      next_word();
      bits_ &= ~std::uint64_t{0} << (index % 64);
    }
  }
  if (!next_day() || day_ != day) return;
  // Within the first day, what is before `from` is passed over.
  const auto second = static_cast<int>(from - day * day_seconds);
  const auto wanted = static_cast<int>(second / plan_->times.period_seconds);
  if (wanted > period_) {
    const int period = plan_->times.next_period(wanted, phase_);
    if (period < 0) {
      period_ = plan_->times.periods;
      index_ = offset_count_;
      return;
    }
    enter_period(period);
  }
  if (period_ == wanted) {
    index_ = static_cast<std::size_t>(
        std::lower_bound(offsets_, offsets_ + offset_count_, from - base_) - offsets_);
  }
}

}  // namespace frontdesk::inline v1::recurrence::inner
