/// Claiming, listing and ending weekly slots (SPEC V11).
#include "bookings/slots.hpp"

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/zones.hpp"
#include "bookings/cancelling.hpp"
#include "schedule/sessions.hpp"
#include "schedule/stored.hpp"
#include "storage/define.hpp"

#include <algorithm>

namespace frontdesk::bookings {
namespace {

/// Whether the caller acts for the subscription: its centre's staff, its owner or their family.
bool acts_for(Transaction& transaction, const plans::Stored& stored) {
  return transaction.reach().covers(stored.centre) ||
         access::covers_person(transaction, transaction.reach(), stored.owner);
}

plans::Stored claiming_subscription(Transaction& transaction, const ClaimSlots& request) {
  plans::Stored stored = plans::stored_subscription(transaction, request.subscription);
  if (!acts_for(transaction, stored)) storage::missing("subscription", "subscription");
  plans::check_runs(transaction, stored);
  if (!stored.paid_at) throw Error(Code::conflict, "subscription_unpaid", "subscription");
  const auto people = plans::people_of(transaction, stored.id);
  if (std::find(people.begin(), people.end(), request.attendee) == people.end()) {
    throw Error(Code::invalid, "attendee_not_on_subscription", "attendee");
  }
  return stored;
}

/// One that was ended counts for as long as places that it claimed are still to come.
void check_number(Transaction& transaction, const plans::Stored& stored, std::size_t more) {
  const std::int64_t allowed = plans::sold_by(transaction, stored)->terms.weekly_slots;
  const std::int64_t had =
      transaction
          .one_number(
              "SELECT count(*) FROM weekly_slots WHERE subscription = $1"
              " AND (ended_at IS NULL OR EXISTS (SELECT 1 FROM slot_bookings"
              " JOIN bookings ON bookings.id = slot_bookings.booking"
              " JOIN sessions ON sessions.id = bookings.session"
              " WHERE slot_bookings.slot = weekly_slots.id AND bookings.status < 3"
              " AND sessions.starts > $2))",
              stored.id, transaction.now())
          .value_or(0);
  if (had + static_cast<std::int64_t>(more) <= allowed) return;
  throw Error(Code::conflict, "slots_over_plan", "slots", {{"allowed", allowed}, {"had", had}});
}

/// Trainers' hours are the centre's to give away.
void check_private(Transaction& transaction, const SlotWish& wish, CentreId centre,
                   const std::string& path) {
  if (!wish.is_private) return;
  if (!access::reach_of(transaction, "schedule.manage").covers(centre)) {
    throw Error(Code::denied, "role_not_allowed", path + "is_private",
                {{"permission", std::string("schedule.manage")}});
  }
}

void check_new(Transaction& transaction, const ClaimedSlot& slot, const std::string& path) {
  if (!transaction.exists("SELECT 1 FROM weekly_slots WHERE activity = $1 AND weekday = $2"
                          " AND minute = $3 AND attendee = $4 AND ended_at IS NULL",
                          slot.activity, slot.weekday, slot.minute, slot.attendee)) {
    return;
  }
  throw Error(Code::conflict, "slot_taken_already", path + "weekday");
}

ClaimedSlot enter_slot(Transaction& transaction, const plans::Stored& stored, ClientId attendee,
                       const SlotWish& wish, const std::string& path) {
  ClaimedSlot slot{.subscription = stored.id,
                   .attendee = attendee,
                   .centre = wish.centre ? wish.centre : stored.centre,
                   .weekday = wish.weekday,
                   .minute = wish.minute,
                   .activity = wish.activity,
                   .is_private = wish.is_private,
                   .created_at = transaction.now()};
  const auto duration = transaction.one_number(
      "SELECT duration_minutes * 60 FROM activities WHERE id = $1 AND centre = $2", slot.activity,
      slot.centre);
  if (!duration) storage::missing("activity", path + "activity");
  check_private(transaction, wish, slot.centre, path);
  check_new(transaction, slot, path);
  if (slot.is_private) {
    slot.duration = wish.duration.value_or(Duration{*duration});
    schedule::Plan plan{.activity = slot.activity,
                        .centre = slot.centre,
                        .room = wish.room,
                        .kind = schedule::SessionKind::client,
                        .client = attendee,
                        .capacity = 1};
    if (wish.trainer) plan.trainers.push_back(wish.trainer);
    schedule::check_room(transaction, plan, path);
    schedule::check_trainers(transaction, plan, path);
    slot.room = wish.room;
    slot.trainer = wish.trainer;
  }
  storage::insert(transaction, "weekly_slots", slot);
  return slot;
}

/// Days of the slot on which others of its kind take place, but no session does.
void add_missing_days(Transaction& transaction, const ClaimedSlot& slot, Date last,
                      SlotsClaimed& told) {
  const std::string zone = plans::zone_of(transaction, slot.centre);
  const std::chrono::sys_days today = zones::local_date(transaction.now(), zone);
  for (std::chrono::sys_days day = today + std::chrono::days{1}; day <= last;
       day += std::chrono::days{1}) {
    if (static_cast<std::int64_t>(std::chrono::weekday{day}.iso_encoding()) != slot.weekday) {
      continue;
    }
    const LocalTime start{std::chrono::local_days{Date{day}}.time_since_epoch() +
                          std::chrono::minutes{slot.minute}};
    const Instant about = zones::to_instant(start, zone);
    if (transaction.exists("SELECT 1 FROM sessions WHERE activity = $1 AND starts = $2"
                           " AND centre = $3 AND status = 0",
                           slot.activity, about, slot.centre)) {
      continue;
    }
    const Error missing =
        Error(Code::not_found, "no_such_session", {}, {{"date", zones::print(Date{day})}})
            .in_language(transaction.language());
    told.failed.push_back({.date = Date{day},
                           .code = std::string(code_name(missing.code())),
                           .reason = missing.reason(),
                           .message = missing.message()});
  }
}

}  // namespace

// --- claim ---

SlotsClaimed handle(Transaction& transaction, const ClaimSlots& request) {
  const plans::Stored stored = claiming_subscription(transaction, request);
  check_number(transaction, stored, request.slots.size());
  SlotsClaimed told;
  for (std::size_t i = 0; i < request.slots.size(); ++i) {
    const std::string path = "slots[" + std::to_string(i) + "].";
    const ClaimedSlot slot =
        enter_slot(transaction, stored, request.attendee, request.slots[i], path);
    const std::size_t booked_before = told.bookings.size();
    const std::size_t failed_before = told.failed.size();
    fill(transaction, slot, told);
    const bool has_any = told.bookings.size() > booked_before || told.failed.size() > failed_before;
    if (!has_any) throw Error(Code::not_found, "no_such_sessions", path + "minute");
    if (!slot.is_private && told.bookings.size() > booked_before) {
      add_missing_days(transaction, slot, told.bookings.back().date, told);
    }
    told.slots.push_back(slot);
  }
  std::stable_sort(told.failed.begin(), told.failed.end(),
                   [](const NotBooked& a, const NotBooked& b) { return a.date < b.date; });
  transaction.concern(stored.owner);
  transaction.concern(stored.centre);
  return told;
}

static constexpr Refusal claim_refusals[] = {
    {Code::not_found, "subscription_not_found", "no such subscription, or not within reach"},
    {Code::conflict, "subscription_cancelled", "it was cancelled"},
    {Code::conflict, "subscription_expired", "its last day is over"},
    {Code::conflict, "subscription_unpaid", "it waits for its payment"},
    {Code::invalid, "attendee_not_on_subscription", "the subscription is not for the attendee"},
    {Code::conflict, "slots_over_plan", "the plan does not have as many slots"},
    {Code::not_found, "activity_not_found", "the centre has no such activity"},
    {Code::denied, "role_not_allowed", "lessons of their own are for staff to give"},
    {Code::conflict, "slot_taken_already", "the attendee has a slot at the time"},
    {Code::not_found, "room_not_found", "the centre has no such room"},
    {Code::not_found, "account_not_found", "no such account for a trainer"},
    {Code::conflict, "trainer_not_eligible", "the activity names others who may lead it"},
    {Code::not_found, "no_such_sessions", "no session is at that time within the term"},
};

constinit const Operation ClaimSlots::operation = storage::define<ClaimSlots>({
    .number = 941,
    .name = "bookings.claim_slots",
    .kind = OperationKind::write,
    .doc = "Claims weekly slots for the whole term of a subscription.",
    .rule = {.permission = "bookings.book"},
    .refusals = claim_refusals,
    .example = R"({"subscription": 1, "attendee": 7,
 "slots": [{"weekday": 1, "minute": 1080, "activity": 1}]})",
});

// --- list ---

Page<ClaimedSlot> handle(Transaction& transaction, const Slots& request) {
  storage::List list("weekly_slots");
  access::narrow_to_reach(list, transaction, {.client = "attendee", .centre = "centre"});
  if (request.subscription) list.where("subscription = $", request.subscription);
  if (request.attendee) list.where("attendee = $", request.attendee);
  if (request.centre) list.where("centre = $", request.centre);
  if (!request.ended) list.where("ended_at IS NULL");
  list.order({{"id", true}});
  return list.page<ClaimedSlot>(transaction, request.cursor, request.limit);
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Slots::operation = storage::define<Slots>({
    .number = 942,
    .name = "bookings.slots",
    .kind = OperationKind::read,
    .doc = "Lists weekly slots, newest first.",
    .rule = {.permission = "bookings.view"},
    .refusals = list_refusals,
    .example = R"({"attendee": 7})",
});

// --- end ---

SlotsEnded handle(Transaction& transaction, const EndSlots& request) {
  SlotsEnded told;
  for (std::size_t i = 0; i < request.slots.size(); ++i) {
    const std::string path = "slots[" + std::to_string(i) + "]";
    auto slot =
        storage::find<ClaimedSlot>(transaction, "weekly_slots WHERE id = $1", request.slots[i]);
    if (!slot) storage::missing("weekly_slot", path);
    const plans::Stored stored = plans::stored_subscription(transaction, slot->subscription);
    if (!acts_for(transaction, stored)) storage::missing("weekly_slot", path);
    if (slot->ended_at) throw Error(Code::conflict, "slot_ended", path);
    end_slot(transaction, *slot, "asked");
    told.slots.push_back(*slot);
    if (request.keep_bookings) continue;
    for (BookingId id : coming_bookings(transaction, slot->id)) {
      Stored booking = stored_booking(transaction, id);
      const schedule::Session session = schedule::stored_session(transaction, booking.row.session);
      end_places(transaction, booking, session, {});
      cancel_own_lesson(transaction, session, id, "slot_ended");
      told.cancelled.push_back(id);
    }
    transaction.concern(stored.owner);
    transaction.concern(stored.centre);
  }
  return told;
}

static constexpr Refusal end_refusals[] = {
    {Code::not_found, "weekly_slot_not_found", "no such slot, or not within reach"},
    {Code::conflict, "slot_ended", "it has ended"},
};

constinit const Operation EndSlots::operation = storage::define<EndSlots>({
    .number = 943,
    .name = "bookings.end_slots",
    .kind = OperationKind::write,
    .doc = "Ends weekly slots, with what they booked or without.",
    .rule = {.permission = "bookings.book"},
    .refusals = end_refusals,
    .example = R"({"slots": [1]})",
});

}  // namespace frontdesk::bookings
