#include "people/settings.hpp"

#include "people/lists.hpp"

namespace frontdesk::people {

using storage::Setting;

constinit const Setting country_calling_code{
    "people.country_calling_code",
    "Country calling code put before national phone numbers, such as 380; 0: only numbers in "
    "international writing are taken.",
    0,
    0,
    9999,
    true};
constinit const Setting adult_age{
    "people.adult_age",
    "Whole years from which on a client may guard others, sign for themselves and do without a "
    "guardian.",
    18, 0, 120};
constinit const Setting guardians_max{"people.guardians_max",
                                      "Guardians that one dependant may have.", 10, 1, 100};
constinit const Setting dependants_max{"people.dependants_max",
                                       "Dependants that one guardian may have.", 50, 1, 10'000};
constinit const Setting waiver_required{
    "people.waiver_required",
    "1 if a child needs a signed waiver before the first booking at the centre.",
    0,
    0,
    1,
    true};
constinit const Setting waiver_text_version{
    "people.waiver_text_version",
    "The oldest version of the waiver's text that still counts.",
    1,
    1,
    1'000'000,
    true};
constinit const Setting favourites_max{"people.favourites_max",
                                       "Favourites that one client may have.", 500, 1, 100'000};

namespace lists {

std::span<const Setting* const> settings() {
  static constexpr const Setting* list[] = {
      &country_calling_code, &adult_age,           &guardians_max,  &dependants_max,
      &waiver_required,      &waiver_text_version, &favourites_max,
  };
  return list;
}

}  // namespace lists
}  // namespace frontdesk::people
