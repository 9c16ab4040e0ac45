/// The ledger of visits: every figure is a sum over its lines (SPEC V4). Each line carries the sums
/// up to it, so that a figure costs the same however long the ledger is.
#pragma once

#include "plans/subscriptions.hpp"
#include "plans/visits.hpp"

namespace frontdesk::plans {

/// Sums over the lines of one subscription, with those that limits of a day look at.
struct Sums {
  std::int64_t granted = 0;
  std::int64_t adjusted = 0;
  std::int64_t reserved = 0;
  std::int64_t used = 0;
  std::int64_t on_day = 0;
  std::int64_t in_week = 0;
  std::int64_t in_month = 0;
  std::int64_t premium_in_month = 0;
  std::int64_t given_back = 0;  ///< by the centre, for days of the term
  std::int64_t past_end = 0;    ///< reserved or used for days past the end

  std::int64_t entitled() const { return granted + adjusted; }
  std::int64_t remaining() const { return entitled() - reserved - used; }
  /// Of what the centre gave back, what can still be used past the end.
  std::int64_t usable_after_end(const Terms& terms) const;
};
/// What limits do not ask for is 0: `on_day` without a limit a day, and so on.
Sums sums_of(Transaction& transaction, const Stored& stored, const Terms& terms, Date day);
Figures figures_of(Transaction& transaction, const Stored& stored, const Terms& terms, Date today);

/// Visits granted and adjusted, and of these used.
struct Use {
  std::int64_t entitled = 0;
  std::int64_t used = 0;
};
Use use_of(Transaction& transaction, SubscriptionId subscription);

/// A line to be added; its number and time are given here.
void add_entry(Transaction& transaction, const Entry& entry, std::int64_t reserved = 0,
               std::int64_t used = 0);

/// The newest line about a place: reserve, use or give_back; none where there is no such place.
std::optional<Entry> newest_entry(Transaction& transaction, SubscriptionId subscription,
                                  const VisitFor& what, ClientId attendee);
/// The earliest day that still has a visit, reserved or used; none without any.
std::optional<Date> first_visit_day(Transaction& transaction, SubscriptionId subscription);
/// Whether a visit is reserved for a day from `from` on.
bool has_reserved_from(Transaction& transaction, SubscriptionId subscription, Date from);

}  // namespace frontdesk::plans
