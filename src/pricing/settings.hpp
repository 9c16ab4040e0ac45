/// Settings of prices.
#pragma once

#include <frontdesk/pricing.hpp>

#include "storage/settings.hpp"

namespace frontdesk::pricing {

/// Whether halves of a minor unit go to the even neighbour (SPEC D8).
extern const storage::Setting round_half_even;

}  // namespace frontdesk::pricing
