#include "plans/revenue.hpp"

#include "base/zones.hpp"
#include "money/ledger.hpp"
#include "plans/settings.hpp"

#include <algorithm>

namespace frontdesk::plans {
namespace {

/// Frozen days before `day`, or all of them.
std::int64_t frozen_before(const std::vector<Freeze>& freezes, std::optional<Date> day) {
  std::int64_t days = 0;
  for (const Freeze& freeze : freezes) {
    if (!day) {
      days += freeze.days;
    } else if (freeze.first_day < *day) {
      days += std::min(freeze.days, days_between(freeze.first_day, *day));
    }
  }
  return days;
}

/// A share of the price for each day that is over. Days added later make the rest thinner; what was
/// earned stays earned.
std::int64_t earned_by_days(Transaction& transaction, const Stored& stored) {
  const Date today = today_of(transaction, stored.centre);
  if (today <= *stored.starts) return stored.recognised;
  const auto freezes = freezes_of(transaction, stored.id);
  const std::int64_t total =
      days_between(*stored.starts, *stored.last_day) + 1 - frozen_before(freezes, std::nullopt);
  const std::int64_t over = days_between(*stored.starts, today) - frozen_before(freezes, today);
  if (total <= 0) return stored.recognised;
  const Money share = money::portion(stored.money(stored.worth()), std::min(over, total), total);
  return std::max(stored.recognised, share.minor);
}

std::int64_t earned_by_visits(const Stored& stored, const Sums& sums) {
  if (sums.entitled() <= 0) return stored.recognised;
  return money::portion(stored.money(stored.worth()), sums.used, sums.entitled()).minor;
}

std::int64_t earned(Transaction& transaction, const Stored& stored) {
  const bool is_over = stored.ends_at && *stored.ends_at <= transaction.now();
  if (!stored.is_counted) {
    if (is_over) return stored.worth();
    return stored.starts && !stored.is_provisional ? earned_by_days(transaction, stored)
                                                   : stored.recognised;
  }
  const auto version = sold_by(transaction, stored);
  const Sums sums =
      sums_of(transaction, stored, version->terms, today_of(transaction, stored.centre));
  if (is_over) {
    const bool is_closing = closing_of(transaction, stored) <= transaction.now();
    if (is_closing || sums.usable_after_end(version->terms) == 0) return stored.worth();
  }
  return earned_by_visits(stored, sums);
}

}  // namespace

Instant closing_of(Transaction& transaction, const Stored& stored) {
  const std::int64_t grace = storage::number(transaction, grace_days, stored.centre);
  return zones::start_of_day(plus_days(*stored.last_day, 1 + grace),
                             zone_of(transaction, stored.centre));
}

void Recognition::add(Transaction& transaction, Stored& stored) {
  if (stored.cancelled_at || !stored.paid_at || stored.sold == 0) return;
  const std::int64_t target = earned(transaction, stored);
  amounts_[stored.centre] += target - stored.recognised;
  stored.recognised = target;
}

void Recognition::post(Transaction& transaction) {
  for (const auto& [centre, amount] : amounts_) {
    const money::Leg legs[] = {{money::AccountKind::deferred_revenue, amount},
                               {money::AccountKind::revenue, -amount}};
    money::post(transaction, {.kind = money::EntryKind::recognition, .centre = centre}, legs);
  }
  amounts_.clear();
}

void recognise_now(Transaction& transaction, Stored& stored) {
  Recognition recognition;
  recognition.add(transaction, stored);
  recognition.post(transaction);
}

}  // namespace frontdesk::plans
