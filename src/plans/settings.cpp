#include "plans/settings.hpp"

#include "plans/lists.hpp"

namespace frontdesk::plans {

using storage::Setting;

constinit const Setting first_visit_days{
    "plans.first_visit_days",
    "Days after the purchase when a subscription starts, whether or not there was a first visit.",
    30,
    1,
    366,
    true};
constinit const Setting grace_days{
    "plans.grace_days",
    "Days past the end for which a visit that the centre gave back stays usable.",
    14,
    0,
    366,
    true};
constinit const Setting low_visits{
    "plans.low_visits", "Visits not used yet at which a subscription runs low.", 2, 1, 100, true};
constinit const Setting expiring_days{
    "plans.expiring_days", "Days before the end when a first notice is due.", 7, 1, 100, true};
constinit const Setting expiring_days_last{
    "plans.expiring_days_last", "Days before the end when a last notice is due.", 1, 1, 100, true};
constinit const Setting renewal_days{
    "plans.renewal_days",
    "Days for which a renewal from the balance is tried again after the end.",
    3,
    0,
    60,
    true};
constinit const Setting unpaid_hours{"plans.unpaid_hours",
                                     "Hours for which a subscription waits for its payment.",
                                     48,
                                     1,
                                     24 * 60,
                                     true};

namespace lists {

std::span<const Setting* const> settings() {
  static constexpr const Setting* list[] = {
      &first_visit_days,   &grace_days,   &low_visits,   &expiring_days,
      &expiring_days_last, &renewal_days, &unpaid_hours,
  };
  return list;
}

}  // namespace lists
}  // namespace frontdesk::plans
