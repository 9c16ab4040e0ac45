/// Goes through the wall-clock times of a plan, one after the other, from anywhere.
#pragma once

#include "base/recurrence_plan.hpp"

namespace frontdesk::inline v1::recurrence::inner {

class Cursor {
 public:
  explicit Cursor(const Plan& plan)
      : plan_(&plan),
        days_(plan),
        has_plain_days_(plan.times.periods == 1 && plan.layers.empty()) {}
  // Points into itself.
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  /// The next time will be the first at or after `from`; the last one is at or before `last`.
  void seek(Count from, Count last);
  /// False at the end.
  bool next(Count& local) {
    while (index_ == offset_count_) {
      if (has_plain_days_) {
        if (bits_ == 0 && !next_word()) return false;
        base_ = word_base_ + std::countr_zero(bits_) * day_seconds;
        bits_ &= bits_ - 1;
        index_ = 0;
      } else if (!next_period() && !next_day()) {
        return false;
      }
    }
    local = base_ + offsets_[index_++];
    if (local > last_) {
      finish();
      return false;
    }
    return true;
  }

 private:
  bool next_period();
  bool next_day();
  bool next_word();
  bool load_year(int number);
  void enter_word(int word);
  void enter_period(int period);
  void finish();

  const Plan* plan_;
  YearDays days_;
  bool has_plain_days_;  ///< One period a day, and the same times every day.
  Count last_ = 0;
  int last_year_ = 0;
  unsigned words_ = 0;  ///< Words of the year's mask that are still to come and not empty.
  int word_ = 0;
  Count word_base_ = 0;     ///< Begin of its first day.
  std::uint64_t bits_ = 0;  ///< What is left of that word.
  Count day_ = 0;
  Count phase_ = 0;
  int period_ = 0;
  Count base_ = 0;  ///< Begin of the period.
  const int* offsets_ = nullptr;
  std::size_t index_ = 0;
  std::size_t offset_count_ = 0;
  std::size_t day_offset_count_ = 0;
};

}  // namespace frontdesk::inline v1::recurrence::inner
