/// What an area does when one below it emits an event, in the same transaction.
#include "bookings/lists.hpp"
#include "catalog/lists.hpp"
#include "engine/lists.hpp"
#include "notices/lists.hpp"
#include "people/lists.hpp"
#include "plans/lists.hpp"
#include "pricing/lists.hpp"
#include "seating/lists.hpp"

namespace frontdesk::engine {

std::span<const storage::Reaction> reactions() {
  static const storage::Reaction list[] = {
      people::lists::account_created,
      people::lists::email_changed,
      catalog::lists::role_revoked,
      catalog::lists::trainer_revoked,
      seating::lists::session_scheduled,
      seating::lists::session_changed,
      notices::lists::code_issued,
      bookings::lists::session_cancelled,
      bookings::lists::session_changed,
      bookings::lists::order_paid,
      bookings::lists::order_lapsed,
      bookings::lists::payment_completed,
      bookings::lists::place_changed,
      bookings::lists::tickets_cancelled,
      bookings::lists::tickets_moved,
      bookings::lists::open_roll,
      bookings::lists::members_scheduled,
      bookings::lists::members_changed,
      bookings::lists::member_joined,
      bookings::lists::member_left,
      bookings::lists::serve_cancelled,
      bookings::lists::serve_expired,
      bookings::lists::serve_moved,
      bookings::lists::serve_ended,
      bookings::lists::serve_released,
      bookings::lists::serve_freed,
      bookings::lists::serve_remapped,
      bookings::lists::waiting_follows,
      bookings::lists::waiting_closes,
      plans::lists::order_paid,
      plans::lists::order_changed,
      pricing::lists::coupons_follow,
      pricing::lists::free_tickets_follow,
      pricing::lists::tiers_follow_order,
      pricing::lists::tiers_follow_payment,
      pricing::lists::tiers_follow_refund,
      pricing::lists::points_follow_order,
      pricing::lists::points_follow_payment,
      pricing::lists::points_follow_refund,
      pricing::lists::points_ready,
      pricing::lists::gift_cards_follow_order,
      pricing::lists::gift_cards_follow_payment,
      pricing::lists::gift_cards_follow_refund,
      bookings::lists::tier_checked_in,
      bookings::lists::tier_undone,
      bookings::lists::tier_no_show,
  };
  return list;
}

}  // namespace frontdesk::engine
