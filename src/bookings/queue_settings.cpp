#include "bookings/queue_settings.hpp"

namespace frontdesk::bookings::setting {

using storage::Setting;

constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 24 * hour;

constinit const Setting offer_seconds{"bookings.offer_seconds",
                                      "Seconds that places are kept for whom they are offered to.",
                                      48 * hour,
                                      60,
                                      30 * day,
                                      true};
constinit const Setting waiting_cut_off_seconds{
    "bookings.waiting_cut_off_seconds",
    "Seconds before the start from which on the waiting list rests and offers end.",
    hour,
    0,
    30 * day,
    true};
constinit const Setting group_members_owe{
    "bookings.group_members_owe",
    "1 if members owe the price of each session of their group; else it costs them nothing.",
    0,
    0,
    1,
    true};

constinit const Setting group_members_by_visit{
    "bookings.group_members_by_visit",
    "1 if a visit of a member's subscription pays for sessions of their group, where one covers"
    " it.",
    1,
    0,
    1,
    true};

}  // namespace frontdesk::bookings::setting
