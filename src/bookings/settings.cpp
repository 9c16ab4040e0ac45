#include "bookings/settings.hpp"

#include "bookings/door_settings.hpp"
#include "bookings/lists.hpp"
#include "bookings/queue_settings.hpp"

namespace frontdesk::bookings {
namespace setting {

using storage::Setting;

constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 24 * hour;

constinit const Setting opens_days{
    "bookings.opens_days", "Days before the start from which on one may book.", 14, 0, 3660, true};
constinit const Setting online_closes_seconds{
    "bookings.online_closes_seconds",
    "Seconds before the start at which booking online ends.",
    0,
    0,
    30 * day,
    true};
constinit const Setting box_office_closes_seconds{
    "bookings.box_office_closes_seconds",
    "Seconds after the start at which booking at the counter ends.",
    30 * 60,
    0,
    day,
    true};
constinit const Setting pay_at_once_seconds{
    "bookings.pay_at_once_seconds",
    "Seconds before the start from which on a booking must be paid at once.",
    hour,
    0,
    30 * day,
    true};
constinit const Setting pay_within_seconds{"bookings.pay_within_seconds",
                                           "Seconds that an unpaid booking stands.",
                                           48 * hour,
                                           60,
                                           366 * day,
                                           true};
constinit const Setting pay_before_start_seconds{
    "bookings.pay_before_start_seconds",
    "Seconds before the start at which an unpaid booking expires at the latest.",
    hour,
    0,
    366 * day,
    true};
constinit const Setting reminder_seconds{
    "bookings.reminder_seconds",
    "Seconds before an unpaid booking expires at which that is told.",
    6 * hour,
    0,
    30 * day,
    true};
constinit const Setting external_payment_seconds{
    "bookings.external_payment_seconds",
    "Seconds that places are held for an external payment.",
    15 * 60,
    60,
    day,
    true};
constinit const Setting places_per_client{
    "bookings.places_per_client",
    "Places of one session that one client may book; staff sell any number.",
    10,
    1,
    999,
    true};
constinit const Setting owing_allowed{
    "bookings.owing_allowed", "1 if clients may attend before they have paid.", 0, 0, 1, true};
constinit const Setting online_guests{
    "bookings.online_guests", "1 if guests without account may book online.", 0, 0, 1, true};
constinit const Setting free_cancellation_seconds{
    "bookings.free_cancellation_seconds",
    "Seconds before the start until which cancelling is free, where no policy says otherwise.",
    day,
    0,
    366 * day,
    true};
constinit const Setting moves_max{
    "bookings.moves_max", "How often a booking may be moved to another session.", 2, 0, 100, true};

}  // namespace setting

namespace lists {

std::span<const storage::Setting* const> settings() {
  static constexpr const storage::Setting* list[] = {
      &setting::opens_days,
      &setting::online_closes_seconds,
      &setting::box_office_closes_seconds,
      &setting::pay_at_once_seconds,
      &setting::pay_within_seconds,
      &setting::pay_before_start_seconds,
      &setting::reminder_seconds,
      &setting::external_payment_seconds,
      &setting::places_per_client,
      &setting::owing_allowed,
      &setting::online_guests,
      &setting::free_cancellation_seconds,
      &setting::moves_max,
      &setting::check_in_opens_seconds,
      &setting::roll_call_seconds,
      &setting::attendance_taken,
      &setting::strike_days,
      &setting::strikes_to_lock,
      &setting::offer_seconds,
      &setting::waiting_cut_off_seconds,
      &setting::group_members_owe,
      &setting::group_members_by_visit,
  };
  return list;
}

}  // namespace lists
}  // namespace frontdesk::bookings
