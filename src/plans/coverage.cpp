#include "plans/coverage.hpp"

#include "base/money.hpp"
#include "base/zones.hpp"
#include "people/clients.hpp"
#include "plans/settings.hpp"

#include <algorithm>
#include <map>

namespace frontdesk::plans {
namespace {

template <class T>
bool has(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Whether one of the activity's categories is covered, or stands below one that is.
bool category_covers(Transaction& transaction, ActivityId activity, const Terms& terms) {
  if (terms.categories.empty()) return false;
  storage::Cursor rows = transaction.query(
      "WITH RECURSIVE above (id) AS ("
      " SELECT category FROM activity_categories WHERE activity = $1"
      " UNION SELECT categories.parent FROM categories JOIN above ON categories.id = above.id"
      " WHERE categories.parent IS NOT NULL)"
      " SELECT id FROM above",
      activity);
  while (rows.next()) {
    if (has(terms.categories, CategoryId{rows.integer(0)})) return true;
  }
  return false;
}

/// The checks in the order of what a person would mend first. Each gives an error or none.
class Checks {
 public:
  Checks(Transaction& transaction, const Stored& stored, const VisitAsked& asked, Payable& payable)
      : transaction_(transaction),
        stored_(stored),
        asked_(asked),
        payable_(payable),
        sold_by_(sold_by(transaction, stored)),
        terms_(sold_by_->terms),
        day_(day_of(asked.session)) {}

  std::optional<Refused> run() {
    using Check = std::optional<Error> (Checks::*)();
    static constexpr Check checks[] = {
        &Checks::check_coverage, &Checks::check_ticket, &Checks::check_seat,
        &Checks::check_age,      &Checks::check_state,  &Checks::check_days,
        &Checks::check_freeze,   &Checks::check_total,  &Checks::check_limits,
    };
    int passed = 0;
    for (Check check : checks) {
      if (auto error = (this->*check)()) return Refused{std::move(*error), passed};
      ++passed;
    }
    payable_.subscription = stored_.id;
    payable_.premium = is_premium();
    payable_.waits_for_first_visit = !stored_.starts || stored_.is_provisional;
    return std::nullopt;
  }

 private:
  Error refused(Code code, std::string_view reason, Details details = {}) const {
    details.emplace("subscription", stored_.id.value);
    return Error(code, reason, "subscription", std::move(details));
  }

  bool is_premium() const { return has(terms_.premium_activities, asked_.session.activity); }

  std::optional<Error> check_coverage() {
    if (!has(terms_.centres, asked_.session.centre)) {
      return refused(Code::invalid, "centre_not_covered");
    }
    const bool is_covered = terms_.all_activities ||
                            has(terms_.activities, asked_.session.activity) ||
                            category_covers(transaction_, asked_.session.activity, terms_);
    if (!is_covered) return refused(Code::invalid, "activity_not_covered");
    return std::nullopt;
  }

  std::optional<Error> check_ticket() {
    payable_.surcharge = stored_.money(0);
    if (!asked_.ticket_type) return std::nullopt;
    for (const TicketCover& cover : terms_.ticket_types) {
      if (cover.ticket_type != asked_.ticket_type) continue;
      add_surcharge(cover.surcharge);
      return std::nullopt;
    }
    return refused(Code::invalid, "ticket_type_not_covered");
  }

  std::optional<Error> check_seat() {
    if (asked_.seat_category.empty()) return std::nullopt;
    for (const SeatCover& cover : terms_.seat_categories) {
      if (cover.seat_category != asked_.seat_category) continue;
      add_surcharge(cover.surcharge);
      return std::nullopt;
    }
    return refused(Code::invalid, "seat_category_not_covered");
  }

  void add_surcharge(const std::optional<Money>& surcharge) {
    if (surcharge) payable_.surcharge = money::plus(payable_.surcharge, *surcharge);
  }

  /// Without a date of birth nothing speaks against it.
  std::optional<Error> check_age() {
    if (!terms_.min_age && !terms_.max_age) return std::nullopt;
    const auto age = people::age_on(people::stored_client(transaction_, asked_.attendee), day_);
    if (!age) return std::nullopt;
    if (*age < terms_.min_age.value_or(0) || *age > terms_.max_age.value_or(*age)) {
      return refused(Code::invalid, "age_outside_plan", {{"age", *age}});
    }
    return std::nullopt;
  }

  std::optional<Error> check_state() {
    if (stored_.cancelled_at) return refused(Code::conflict, "subscription_cancelled");
    if (!stored_.paid_at) return refused(Code::conflict, "subscription_unpaid");
    return std::nullopt;
  }

  /// The term with this visit in it: a first visit fixes the start, an earlier one brings it
  /// forward.
  std::optional<Error> check_days() {
    Date starts = stored_.starts.value_or(day_);
    Date last = stored_.last_day.value_or(day_);
    if (!stored_.starts || stored_.is_provisional) {
      const Date bought =
          zones::local_date(stored_.created_at, zone_of(transaction_, stored_.centre));
      if (day_ < bought) return not_started(bought);
      starts = std::min({starts, day_, stored_.activate_by.value_or(day_)});
      last = plus_days(last_of_term(starts, terms_), stored_.extra_days);
    }
    if (day_ < starts) return not_started(starts);
    if (day_ <= last) {
      const bool moves_forward = stored_.starts && starts < *stored_.starts;
      if (moves_forward && has_reserved_from(transaction_, stored_.id, plus_days(last, 1))) {
        return refused(Code::conflict, "visits_after_end", {{"last_day", zones::print(last)}});
      }
      return std::nullopt;
    }
    const std::int64_t grace = storage::number(transaction_, grace_days, stored_.centre);
    if (day_ > plus_days(last, grace) || sums().usable_after_end(terms_) <= 0) {
      return refused(Code::conflict, "subscription_expired", {{"last_day", zones::print(last)}});
    }
    return std::nullopt;
  }

  Error not_started(Date starts) const {
    return refused(Code::conflict, "subscription_not_started", {{"starts", zones::print(starts)}});
  }

  std::optional<Error> check_freeze() {
    storage::Cursor row = transaction_.query(
        "SELECT last_day FROM freezes WHERE subscription = $1 AND first_day <= $2"
        " AND last_day >= $2",
        stored_.id, number_of(day_));
    if (!row.next()) return std::nullopt;
    return refused(Code::conflict, "subscription_frozen",
                   {{"last_day", zones::print(date_of(row.integer(0)))}});
  }

  std::optional<Error> check_total() {
    if (terms_.visits && sums().remaining() <= 0) {
      return refused(Code::conflict, "visits_exhausted", {{"visits", sums().entitled()}});
    }
    return std::nullopt;
  }

  std::optional<Error> check_limits() {
    if (auto error = over(terms_.per_day, &Sums::on_day, "day_limit_reached")) return error;
    if (auto error = over(terms_.per_week, &Sums::in_week, "week_limit_reached")) return error;
    if (auto error = over(terms_.per_month, &Sums::in_month, "month_limit_reached")) return error;
    if (!is_premium()) return std::nullopt;
    return over(terms_.premium_per_month, &Sums::premium_in_month, "premium_limit_reached");
  }

  std::optional<Error> over(const std::optional<std::int64_t>& limit, std::int64_t Sums::* taken,
                            std::string_view reason) {
    if (!limit || sums().*taken < *limit) return std::nullopt;
    return refused(Code::conflict, reason, {{"limit", *limit}, {"day", zones::print(day_)}});
  }

  /// Read once, and only where a limit asks. Months count from the start that the visit would give.
  const Sums& sums() {
    if (sums_) return *sums_;
    sums_ = sums_of(transaction_, stored_, terms_, day_);
    const bool may_shift = terms_.month_basis == MonthBasis::anniversary &&
                           (!stored_.starts || stored_.is_provisional);
    if (may_shift && (terms_.per_month || terms_.premium_per_month)) take_fullest_month();
    return *sums_;
  }

  /// While the first day may still change, so may the months that follow from it: none of those
  /// that could have the day in it may hold too many.
  void take_fullest_month() {
    std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> days;  // visits, premium visits
    storage::Cursor rows = transaction_.query(
        "SELECT day, sum(reserved + used), sum(CASE WHEN premium = 1 THEN reserved + used ELSE 0"
        " END) FROM visits WHERE subscription = $1 AND day > $2 - 31 AND day < $2 + 31"
        " GROUP BY day",
        stored_.id, number_of(day_));
    while (rows.next()) days[rows.integer(0)] = {rows.integer(1), rows.integer(2)};
    for (Date first = plus_days(day_, -30); first <= day_; first = plus_days(first, 1)) {
      const Date last = last_of_months(first, 1);
      std::int64_t visits = 0;
      std::int64_t premium = 0;
      for (auto day = days.lower_bound(number_of(first));
           last >= day_ && day != days.end() && day->first <= number_of(last); ++day) {
        visits += day->second.first;
        premium += day->second.second;
      }
      sums_->in_month = std::max(sums_->in_month, visits);
      sums_->premium_in_month = std::max(sums_->premium_in_month, premium);
    }
  }

  Transaction& transaction_;
  const Stored& stored_;
  const VisitAsked& asked_;
  Payable& payable_;
  std::shared_ptr<const PlanVersion> sold_by_{};
  const Terms& terms_;
  Date day_;
  std::optional<Sums> sums_{};
};

}  // namespace

std::optional<Refused> why_not(Transaction& transaction, const Stored& stored,
                               const VisitAsked& asked, Payable& payable) {
  return Checks(transaction, stored, asked, payable).run();
}

}  // namespace frontdesk::plans
