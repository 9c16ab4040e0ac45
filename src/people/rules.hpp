/// What areas above ask of people: ages, waivers, bars.
#pragma once

#include <frontdesk/people_care.hpp>

#include "storage/transaction.hpp"

namespace frontdesk::people {

/// Whole years of a client on the local day of a moment (SPEC P3); none without a date of birth.
std::optional<std::int64_t> age_at(storage::Transaction& transaction, ClientId client,
                                   Instant moment, std::string_view zone);
/// True if the centre asks for a waiver and none that still counts was signed for the child
/// (SPEC P2). A child is whoever has a guardian or is known to be a minor.
bool waiver_missing(storage::Transaction& transaction, ClientId client, CentreId centre);
/// The bar that keeps a client from booking at the centre now (SPEC P8), the longest of several.
std::optional<Bar> active_bar(storage::Transaction& transaction, ClientId client, CentreId centre);

}  // namespace frontdesk::people
