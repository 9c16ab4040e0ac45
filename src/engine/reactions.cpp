/// What an area does when one below it emits an event, in the same transaction.
#include "bookings/lists.hpp"
#include "catalog/lists.hpp"
#include "engine/lists.hpp"
#include "engine/rewriting.hpp"
#include "notices/lists.hpp"
#include "people/lists.hpp"
#include "plans/lists.hpp"
#include "pricing/lists.hpp"
#include "seating/lists.hpp"

namespace frontdesk::engine {
namespace {

/// No byte of an erased guest is to stay in the file (SPEC P9).
void rewrite_after_guest(storage::Transaction& transaction, const void* /*event*/) {
  mark_rewrite_due(transaction);
}

}  // namespace

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
      bookings::lists::payment_completed,
      bookings::lists::payment_failed,
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
      bookings::lists::serve_changed,
      bookings::lists::waiting_follows,
      bookings::lists::waiting_closes,
      plans::lists::order_paid,
      plans::lists::order_changed,
      {"bookings.guest_forgotten", rewrite_after_guest},
      bookings::lists::open_visits,
      plans::lists::closure_changed,
      bookings::lists::subscription_frozen,
      bookings::lists::subscription_cancelled,
      bookings::lists::subscription_expired,
      bookings::lists::subscription_replaced,
      bookings::lists::slots_scheduled,
      bookings::lists::slots_changed,
      bookings::lists::slots_frozen,
      bookings::lists::slots_thawed,
      bookings::lists::slots_lengthened,
      bookings::lists::slots_cancelled,
      bookings::lists::slots_replaced,
      bookings::lists::slots_renewed,
      bookings::lists::slots_kept,
      bookings::lists::slots_over,
      pricing::lists::quotes_follow_seats,
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
