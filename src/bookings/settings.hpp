/// Settings of bookings: the numbers of SPEC B2, B4, B6, B7, B14. Each centre may have its own.
#pragma once

#include <frontdesk/bookings.hpp>

#include "storage/settings.hpp"

namespace frontdesk::bookings::setting {

extern const storage::Setting opens_days;
extern const storage::Setting online_closes_seconds;
extern const storage::Setting box_office_closes_seconds;
extern const storage::Setting pay_at_once_seconds;
extern const storage::Setting pay_within_seconds;
extern const storage::Setting pay_before_start_seconds;
extern const storage::Setting reminder_seconds;
extern const storage::Setting external_payment_seconds;
extern const storage::Setting places_per_client;
extern const storage::Setting owing_allowed;
extern const storage::Setting online_guests;
extern const storage::Setting free_cancellation_seconds;
extern const storage::Setting moves_max;

}  // namespace frontdesk::bookings::setting
