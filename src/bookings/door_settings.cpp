#include "bookings/door_settings.hpp"

namespace frontdesk::bookings::setting {

using storage::Setting;

constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 24 * hour;

constinit const Setting check_in_opens_seconds{
    "bookings.check_in_opens_seconds",
    "Seconds before the start from which on visitors are checked in.",
    hour,
    0,
    7 * day,
    true};
constinit const Setting roll_call_seconds{
    "bookings.roll_call_seconds",
    "Seconds after the end until which the roll may be taken; then come the no-shows.",
    day,
    0,
    31 * day,
    true};
constinit const Setting attendance_taken{
    "bookings.attendance_taken",
    "1 if attendance is taken: whoever was not seen is then a no-show.",
    1,
    0,
    1,
    true};
constinit const Setting strike_days{
    "bookings.strike_days", "Days that a strike for a no-show counts.", 90, 1, 3660, true};
constinit const Setting strikes_to_lock{
    "bookings.strikes_to_lock",
    "Strikes that keep a client from booking until they are reset; 0: no strikes.",
    3,
    0,
    100,
    true};

}  // namespace frontdesk::bookings::setting
