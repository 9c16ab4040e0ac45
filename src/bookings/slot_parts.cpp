/// A person's part of weekly slots, and what must hold of them.
#include "bookings/lists.hpp"
#include "bookings/slots.hpp"
#include "describe/json.hpp"
#include "storage/rules.hpp"

namespace frontdesk::bookings {
namespace {

/// Slots as a person takes them along.
struct PersonsSlots {
  std::vector<ClaimedSlot> slots{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsSlots::slots>("Weekly slots they have or had."),
    };
    return table;
  }
};

std::string export_person(Transaction& transaction, ClientId client) {
  PersonsSlots persons;
  persons.slots = storage::all<ClaimedSlot>(transaction,
                                            "weekly_slots WHERE attendee = $1 ORDER BY id", client);
  return describe::encode(persons);
}

/// Where both have the same slot, the duplicate's ends.
void merge_person(Transaction& transaction, ClientId keep, ClientId duplicate) {
  auto twice = storage::all<ClaimedSlot>(
      transaction,
      "weekly_slots WHERE attendee = $2 AND ended_at IS NULL AND EXISTS (SELECT 1"
      " FROM weekly_slots AS other WHERE other.attendee = $1 AND other.ended_at IS NULL"
      " AND other.activity = weekly_slots.activity AND other.weekday = weekly_slots.weekday"
      " AND other.minute = weekly_slots.minute) ORDER BY id",
      keep, duplicate);
  for (ClaimedSlot& slot : twice) end_slot(transaction, slot, "asked");
  transaction.execute("UPDATE weekly_slots SET attendee = $1 WHERE attendee = $2", keep, duplicate);
}

void erase_person(Transaction& transaction, ClientId client) {
  auto open = storage::all<ClaimedSlot>(
      transaction,
      "weekly_slots WHERE ended_at IS NULL AND (attendee = $1 OR subscription IN"
      " (SELECT id FROM subscriptions WHERE owner = $1)) ORDER BY id",
      client);
  for (ClaimedSlot& slot : open) end_slot(transaction, slot, "asked");
}

void check_slots(Transaction& transaction, std::vector<storage::Finding>& findings) {
  static constexpr storage::Rule rules[] = {
      {"weekly slot ",
       "SELECT weekly_slots.id FROM weekly_slots JOIN subscriptions"
       " ON subscriptions.id = weekly_slots.subscription"
       " WHERE weekly_slots.ended_at IS NULL AND subscriptions.cancelled_at IS NOT NULL",
       "it claims places by a subscription that was cancelled"},
      {"weekly slot ",
       "SELECT slot FROM slot_bookings WHERE NOT EXISTS (SELECT 1 FROM bookings"
       " WHERE bookings.id = slot_bookings.booking)",
       "it made a booking that is not there"},
  };
  storage::check_rules(transaction, "slots", rules, findings);
}

}  // namespace

namespace lists {

constinit const storage::ExportPart export_slots{"slots", export_person};
constinit const storage::MergePart merge_slots{"slots", merge_person};
constinit const storage::ErasePart erase_slots{"slots", erase_person};
constinit const storage::CheckPart check_slots_claimed{"slots", check_slots};

}  // namespace lists
}  // namespace frontdesk::bookings
