/// Repetition by the rules of iCalendar (RFC 5545 §3.3.10, SPEC S1, S2): a rule is read, checked,
/// printed, told in words, and expanded into occurrences, in any window without walking there.
///
/// Wall-clock time stays across changes of daylight saving: a time in a gap moves forward by the
/// gap, one that comes twice is the first of the two. Everything here is thread-safe as the
/// standard library is: distinct objects from distinct threads, const functions from any.
#pragma once

#include <frontdesk/types.hpp>

#include <cstddef>
#include <iterator>
#include <limits>
#include <memory>
#include <span>
#include <variant>

namespace frontdesk {
inline namespace [[gnu::visibility("default")]] v1 {
namespace recurrence {

/// FREQ: the period that a rule steps through.
enum class Frequency : unsigned char {
  secondly,
  minutely,
  hourly,
  daily,
  weekly,
  monthly,
  yearly,
};

/// One value of BYDAY: `FR`, or with an ordinal `1FR` or `-1FR`.
struct RuleDay {
  std::chrono::weekday weekday{std::chrono::Monday};
  /// 1 is the first such day of the month or year, -1 the last, 0 every one.
  int ordinal = 0;

  bool operator==(const RuleDay&) const = default;
};

/// A whole local day, a wall-clock time, or a moment in UTC.
using Moment = std::variant<Date, LocalTime, Instant>;

/// An RRULE. Empty lists are parts that are not given.
struct Rule {
  Frequency frequency = Frequency::daily;
  /// 1 to interval_max.
  std::int64_t interval = 1;
  /// 1 to count_max. Excludes `until`.
  std::optional<std::int64_t> count{};
  /// The last occurrence is at or before it; a date runs to the end of that local day.
  std::optional<Moment> until{};
  std::vector<int> by_second{};        ///< 0 to 60; 60 counts as 59, for want of leap seconds.
  std::vector<int> by_minute{};        ///< 0 to 59.
  std::vector<int> by_hour{};          ///< 0 to 23.
  std::vector<RuleDay> by_day{};       ///< Ordinals -53 to 53, with months and years only.
  std::vector<int> by_month_day{};     ///< 1 to 31, or -1 (the last) to -31.
  std::vector<int> by_year_day{};      ///< 1 to 366, or -1 to -366.
  std::vector<int> by_week{};          ///< BYWEEKNO: 1 to 53, or -1 to -53; with years only.
  std::vector<int> by_month{};         ///< 1 to 12.
  std::vector<int> by_set_position{};  ///< 1 to 366, or -1 to -366.
  /// WKST.
  std::chrono::weekday week_start{std::chrono::Monday};

  bool operator==(const Rule&) const = default;
};

inline constexpr std::int64_t interval_max = 1'000'000'000;
inline constexpr std::int64_t count_max = 1'000'000'000;

/// Reads a rule, with or without `RRULE:` and with folded lines; upper and lower case are alike.
/// Its lists come sorted and without doubles. Throws Error{invalid, "rule_…"} that tells what is
/// wrong, with details `position` (of the character in `text`, from 1) and, where there is one,
/// `part` (such as BYDAY) and `value`.
Rule parse(std::string_view text);
/// Throws what parse would throw for the printed rule.
void validate(const Rule& rule);
/// The canonical text, without `RRULE:`: parts in the order of RFC 5545's grammar, lists sorted,
/// defaults left out. parse(print(rule)) is `rule`, if its lists are sorted as parse sorts them.
std::string print(const Rule& rule);

/// What repeats: DTSTART, RRULE, RDATE and EXDATE.
struct Pattern {
  /// Occurrences begin here. What the rule leaves open it takes from here. The start itself occurs
  /// only if the rule says so, or if there is no rule.
  LocalTime start{};
  /// IANA zone of wall-clock times. Without one, times stay local: an Instant here and in
  /// occurrences is then the wall-clock time read as if it were UTC.
  std::string zone{};
  std::optional<Rule> rule{};
  /// Occurrences besides those of the rule; a date is that day at the start's time of day.
  std::vector<Moment> added{};
  /// What does not occur: a time, or everything on a day.
  std::vector<Moment> removed{};
};

/// `every Monday and Wednesday at 18:00` in a language of the texts (`en`, `uk`); English where
/// texts are missing. Tells start and rule, not what was added or removed. Throws as
/// Recurrence does.
std::string describe(const Pattern& pattern, std::string_view language);

/// One time that something happens.
struct Occurrence {
  Instant instant{};
  /// The wall-clock time that the pattern asks for; in a gap the clock shows a later one.
  LocalTime local{};

  bool operator==(const Occurrence&) const = default;
};

class Occurrences;

/// A pattern made ready to be expanded. Copies are cheap. Occurrences come in order of time,
/// each moment once, from year 0 to 9999.
class Recurrence {
 public:
  /// Throws Error{invalid} with the reason `zone_unknown`, `time_out_of_range`, `date_invalid`, or
  /// as validate does.
  explicit Recurrence(const Pattern& pattern);

  /// All occurrences, which may be endless.
  Occurrences all() const;
  /// Those at or after a moment.
  Occurrences from(Instant first) const;
  /// Those in [from, to), at most `limit`.
  std::vector<Occurrence> between(
      Instant from, Instant to, std::size_t limit = std::numeric_limits<std::size_t>::max()) const;
  /// The same into memory of the caller, as many as fit; returns how many.
  std::size_t between(Instant from, Instant to, std::span<Occurrence> target) const;
  /// True if something happens just then.
  bool contains(Instant instant) const;

  struct Set;  ///< Private to the library.

 private:
  std::shared_ptr<const Set> set_;
};

/// Occurrences one after the other, to be gone through once:
/// `for (const Occurrence& occurrence : recurrence.from(now)) …`
class Occurrences {
 public:
  class Iterator {
   public:
    using value_type = Occurrence;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    using pointer = const Occurrence*;
    using reference = const Occurrence&;

    Iterator() = default;
    const Occurrence& operator*() const { return owner_->current_; }
    const Occurrence* operator->() const { return &owner_->current_; }
    Iterator& operator++() {
      owner_->advance();
      return *this;
    }
    void operator++(int) { owner_->advance(); }
    bool operator==(std::default_sentinel_t) const { return owner_->is_end_; }

   private:
    friend class Occurrences;
    explicit Iterator(Occurrences* owner) : owner_(owner) {}
    Occurrences* owner_ = nullptr;
  };

  Occurrences(Occurrences&&) noexcept;
  Occurrences& operator=(Occurrences&&) noexcept;
  ~Occurrences();

  /// Where it stands: the first occurrence, or the one that an iterator reached.
  Iterator begin() { return Iterator(this); }
  std::default_sentinel_t end() const { return {}; }

  struct State;  ///< Private to the library.

 private:
  friend class Recurrence;
  explicit Occurrences(std::unique_ptr<State> state);
  void advance();

  std::unique_ptr<State> state_;
  Occurrence current_{};
  bool is_end_ = false;
};

}  // namespace recurrence
}  // namespace v1
}  // namespace frontdesk
