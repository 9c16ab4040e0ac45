/// Each area's part of a whole: the tick, the integrity check, and a person's export, merge and
/// erasure.
#include "access/accounts.hpp"
#include "access/lists.hpp"
#include "bookings/lists.hpp"
#include "catalog/lists.hpp"
#include "engine/idempotency.hpp"
#include "engine/lists.hpp"
#include "engine/rewriting.hpp"
#include "money/lists.hpp"
#include "notices/lists.hpp"
#include "people/lists.hpp"
#include "plans/lists.hpp"
#include "pricing/lists.hpp"
#include "schedule/lists.hpp"
#include "seating/lists.hpp"
#include "storage/audit.hpp"
#include "storage/feed.hpp"
#include "upkeep/lists.hpp"

namespace frontdesk::engine {
namespace {

constexpr std::int64_t purged_at_once = 500;

bool purge_events(storage::Transaction& transaction, std::int64_t& done) {
  return storage::purge_events(transaction, purged_at_once, done);
}

void erase_traces(storage::Transaction& transaction, ClientId client) {
  storage::erase_audit(transaction, client, access::account_of(transaction, client));
  forget_person(transaction, client);
  mark_rewrite_due(transaction);
}

}  // namespace

std::span<const storage::TickPart> tick_parts() {
  static const storage::TickPart list[] = {
      access::lists::tick,
      notices::lists::expire_messages,
      schedule::lists::zone_rules,
      schedule::lists::complete,
      schedule::lists::decide,
      schedule::lists::horizon,
      money::lists::lapse_due,
      money::lists::return_late,
      money::lists::forget,
      money::lists::forget_guests,
      seating::lists::clear_holds,
      bookings::lists::due,
      bookings::lists::forget_guests,
      pricing::lists::forget,
      pricing::lists::tiers_sweep,
      pricing::lists::tiers_due,
      pricing::lists::points_expire,
      pricing::lists::gift_cards_expire,
      bookings::lists::visits,
      bookings::lists::no_shows,
      bookings::lists::waiting_due,
      plans::lists::settle,
      plans::lists::closed_days,
      catalog::lists::sweep_media,
      {"engine.idempotency", purge_idempotency},
      {"engine.events", purge_events},
  };
  return list;
}

std::span<const storage::CheckPart> check_parts() {
  static const storage::CheckPart list[] = {
      {"file", upkeep::lists::check_file},
      access::lists::check,
      people::lists::check,
      catalog::lists::check,
      catalog::lists::check_media,
      schedule::lists::check,
      money::lists::check,
      seating::lists::check,
      bookings::lists::check,
      pricing::lists::check,
      pricing::lists::check_coupons,
      pricing::lists::check_free_tickets,
      pricing::lists::check_tiers,
      pricing::lists::check_points,
      pricing::lists::check_gift_cards,
      bookings::lists::check_door,
      bookings::lists::check_waiting,
      bookings::lists::check_visits_of_places,
      bookings::lists::check_slots_claimed,
      plans::lists::check,
      notices::lists::check_messages,
  };
  return list;
}

std::span<const storage::ExportPart> export_parts() {
  static const storage::ExportPart list[] = {
      people::lists::export_part,          access::lists::export_part,
      catalog::lists::export_applications, catalog::lists::export_trainer,
      catalog::lists::export_media,        schedule::lists::export_timetable,
      money::lists::export_money,          notices::lists::export_messages,
      seating::lists::export_holds,        bookings::lists::export_bookings,
      bookings::lists::export_strikes,     bookings::lists::export_waiting,
      plans::lists::export_subscriptions,  pricing::lists::export_offers,
      bookings::lists::export_courses,     plans::lists::export_subscriptions,
      bookings::lists::export_slots,
  };
  return list;
}

std::span<const storage::MergePart> merge_parts() {
  static const storage::MergePart list[] = {
      people::lists::merge,
      access::lists::merge,
      schedule::lists::merge_timetable,
      seating::lists::merge_holds,
      money::lists::merge_money,
      notices::lists::merge_messages,
      bookings::lists::merge_bookings,
      bookings::lists::merge_strikes,
      bookings::lists::merge_waiting,
      bookings::lists::merge_courses,
      bookings::lists::merge_slots,
      plans::lists::merge_subscriptions,
      pricing::lists::merge_offers,
  };
  return list;
}

std::span<const storage::ErasePart> erase_parts() {
  static const storage::ErasePart list[] = {
      {"engine", erase_traces},  // first: it asks whose the account is
      notices::lists::erase_messages,
      catalog::lists::erase_applications,
      catalog::lists::erase_trainer,
      catalog::lists::erase_media,
      bookings::lists::erase_holders,
      bookings::lists::erase_waiting,
      bookings::lists::erase_slots,
      bookings::lists::erase_bookings,
      bookings::lists::erase_courses,
      schedule::lists::erase_timetable,
      money::lists::erase_money,
      seating::lists::erase_holds,
      plans::lists::erase_subscriptions,
      pricing::lists::erase_offers,
      people::lists::erase,
      access::lists::erase,
  };
  return list;
}

}  // namespace frontdesk::engine
