/// Settings of people.
#pragma once

#include <frontdesk/people.hpp>

#include "storage/settings.hpp"

namespace frontdesk::people {

/// Country calling code put before national phone numbers; 0: only international ones are taken.
extern const storage::Setting country_calling_code;
/// Whole years from which on a client may be a guardian, sign for themselves and do without one.
extern const storage::Setting adult_age;
/// Guardians that one dependant may have.
extern const storage::Setting guardians_max;
/// Dependants that one guardian may have.
extern const storage::Setting dependants_max;
/// Whether a child needs a signed waiver before the first booking.
extern const storage::Setting waiver_required;
/// The oldest version of the waiver's text that still counts.
extern const storage::Setting waiver_text_version;
/// Favourites that one client may have.
extern const storage::Setting favourites_max;

}  // namespace frontdesk::people
