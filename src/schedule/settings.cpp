#include "schedule/settings.hpp"

#include "schedule/lists.hpp"

namespace frontdesk::schedule {

using storage::Setting;

constinit const Setting horizon_weeks{
    "schedule.horizon_weeks", "Weeks ahead that sessions of a series exist.", 8, 1, 52, true};
constinit const Setting sessions_max{
    "schedule.sessions_max", "Sessions that a series may have up to its horizon.", 2000, 1, 20'000};
constinit const Setting trainers_manage{
    "schedule.trainers_manage",
    "1 if trainers create, move and resize the sessions that they alone lead.",
    0,
    0,
    1,
    true};

namespace lists {

std::span<const Setting* const> settings() {
  static constexpr const Setting* list[] = {&horizon_weeks, &sessions_max, &trainers_manage};
  return list;
}

}  // namespace lists
}  // namespace frontdesk::schedule
