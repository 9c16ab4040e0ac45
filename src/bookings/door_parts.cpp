/// The door's part of a person, and what must always hold of it.
#include "bookings/door.hpp"
#include "bookings/lists.hpp"
#include "describe/json.hpp"
#include "storage/rules.hpp"

namespace frontdesk::bookings {
namespace {

// --- persons ---

/// Strikes as a person takes them along; who came stands in their bookings.
struct PersonsStrikes {
  std::vector<Strike> strikes{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsStrikes::strikes>("Strikes they were given."),
    };
    return table;
  }
};

std::string export_person(Transaction& transaction, ClientId client) {
  return describe::encode(PersonsStrikes{
      storage::all<Strike>(transaction, "strikes WHERE client = $1 ORDER BY id", client)});
}

void merge_person(Transaction& transaction, ClientId keep, ClientId duplicate) {
  transaction.execute("UPDATE strikes SET client = $1 WHERE client = $2", keep, duplicate);
}

void erase_person(Transaction& transaction, ClientId client) {
  transaction.execute(
      "DELETE FROM ticket_holders WHERE booking IN (SELECT id FROM bookings WHERE client = $1)",
      client);
}

// --- checks ---

// States: 3 is attended, 4 no-show.
constexpr storage::Rule rules[] = {
    {"booking ",
     "SELECT places.booking FROM places WHERE status = 3 AND NOT EXISTS (SELECT 1 FROM check_ins"
     " WHERE check_ins.booking = places.booking AND check_ins.number = places.number)",
     "somebody attended whom nobody checked in"},
    {"booking ",
     "SELECT check_ins.booking FROM check_ins WHERE NOT EXISTS (SELECT 1 FROM bookings"
     " JOIN places ON places.session = bookings.session AND places.booking = bookings.id"
     " WHERE bookings.id = check_ins.booking AND places.number = check_ins.number"
     " AND places.status = 3)",
     "somebody was checked in who did not attend"},
    {"booking ",
     "SELECT scans.booking FROM scans WHERE reason IS NULL AND NOT EXISTS (SELECT 1 FROM check_ins"
     " WHERE check_ins.booking = scans.booking AND check_ins.number = scans.number"
     " AND check_ins.at = scans.scanned_at AND check_ins.gate IS scans.gate)",
     "a scan counts that let nobody in"},
    {"booking ",
     "SELECT booking FROM revoked_tickets GROUP BY booking, number"
     " HAVING count(*) <> max(issue) OR min(issue) <> 1",
     "issues of a ticket are not numbered in a row"},
    {"booking ",
     "SELECT strikes.booking FROM strikes WHERE withdrawn_at IS NULL AND NOT EXISTS"
     " (SELECT 1 FROM bookings JOIN places ON places.session = bookings.session"
     " AND places.booking = bookings.id WHERE bookings.id = strikes.booking AND places.status = 4)",
     "a strike counts although nobody is missing"},
    {"booking ",
     "SELECT strikes.booking FROM strikes JOIN bookings ON bookings.id = strikes.booking"
     " WHERE bookings.client IS NOT strikes.client OR bookings.centre <> strikes.centre",
     "a strike is another's"},
};

void check_doors(Transaction& transaction, std::vector<storage::Finding>& findings) {
  storage::check_rules(transaction, "door", rules, findings);
}

}  // namespace

namespace lists {

constinit const storage::ExportPart export_strikes{"strikes", export_person};
constinit const storage::MergePart merge_strikes{"strikes", merge_person};
constinit const storage::ErasePart erase_holders{"tickets", erase_person};
constinit const storage::CheckPart check_door{"door", check_doors};

}  // namespace lists
}  // namespace frontdesk::bookings
