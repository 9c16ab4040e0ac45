/// Settings of prices.
#pragma once

#include <frontdesk/pricing.hpp>

#include "storage/settings.hpp"

namespace frontdesk::pricing {

/// Whether points are earned at all, how many by a unit of currency, how many pay for one, and how
/// long they hold (SPEC D5).
extern const storage::Setting points_enabled;
extern const storage::Setting points_per_unit;
extern const storage::Setting points_to_pay_unit;
extern const storage::Setting points_days;

/// How long gift cards hold (SPEC D7).
extern const storage::Setting gift_card_days;

}  // namespace frontdesk::pricing
