#include "seating/settings.hpp"

#include "seating/lists.hpp"

namespace frontdesk::seating {
namespace setting {

using storage::Setting;

constinit const Setting hold_minutes{
    "seating.hold_minutes", "Minutes that places are held for a buyer.", 15, 1, 1440, true};
constinit const Setting hold_minutes_max{"seating.hold_minutes_max",
                                         "Minutes that a hold can be extended to in all.",
                                         120,
                                         1,
                                         2880,
                                         true};
constinit const Setting hold_places_max{"seating.hold_places_max",
                                        "Places that one buyer may hold in a session.",
                                        10,
                                        1,
                                        100'000,
                                        true};
constinit const Setting holds_per_origin{
    "seating.holds_per_origin",
    "Holds that buyers who are not signed in may have at once from one origin.", 20, 1, 100'000};
constinit const Setting single_seat_rule{
    "seating.single_seat_rule",
    "A choice that leaves a single seat between others: 0 allowed, 1 told, 2 refused.",
    2,
    0,
    2,
    true};
constinit const Setting single_seat_tolerance_percent{
    "seating.single_seat_tolerance_percent",
    "Single seats may be left once no more than so many of a hundred seats are free.",
    10,
    0,
    100,
    true};

}  // namespace setting

namespace lists {

std::span<const storage::Setting* const> settings() {
  static constexpr const storage::Setting* list[] = {
      &setting::hold_minutes,     &setting::hold_minutes_max,
      &setting::hold_places_max,  &setting::holds_per_origin,
      &setting::single_seat_rule, &setting::single_seat_tolerance_percent,
  };
  return list;
}

}  // namespace lists
}  // namespace frontdesk::seating
