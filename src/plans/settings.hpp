/// Settings of subscriptions; each centre may have its own values.
#pragma once

#include <frontdesk/plans.hpp>

#include "storage/settings.hpp"

namespace frontdesk::plans {

extern const storage::Setting first_visit_days;
extern const storage::Setting grace_days;
extern const storage::Setting low_visits;
extern const storage::Setting expiring_days;
extern const storage::Setting expiring_days_last;
extern const storage::Setting renewal_days;
extern const storage::Setting unpaid_hours;

}  // namespace frontdesk::plans
