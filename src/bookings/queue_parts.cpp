/// Waiting lists in a person's export, merge and erasure, and what must always hold of them and of
/// courses.
#include "bookings/lists.hpp"
#include "bookings/waiting.hpp"
#include "describe/json.hpp"
#include "storage/rules.hpp"

namespace frontdesk::bookings {
namespace {

// --- persons ---

/// Waiting entries as a person takes them along.
struct PersonsWaiting {
  std::vector<WaitingEntry> entries{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsWaiting::entries>("Where they wait or waited."),
    };
    return table;
  }
};

std::string export_person(Transaction& transaction, ClientId client) {
  PersonsWaiting persons;
  for (const EntryRow& row :
       storage::all<EntryRow>(transaction,
                              "waiting_entries WHERE client = $1 OR id IN"
                              " (SELECT entry FROM waiting_places WHERE attendee = $1) ORDER BY id",
                              client)) {
    persons.entries.push_back(view_of(transaction, row));
  }
  return describe::encode(persons);
}

/// Where both wait, the duplicate leaves the line.
void merge_person(Transaction& transaction, ClientId keep, ClientId duplicate) {
  auto twice = storage::all<EntryRow>(
      transaction,
      "waiting_entries WHERE client = $2 AND status < 2 AND session IN"
      " (SELECT other.session FROM waiting_entries AS other WHERE other.client = $1"
      " AND other.status < 2)",
      keep, duplicate);
  for (EntryRow& row : twice) end_entry(transaction, row, WaitingStatus::left);
  transaction.execute("UPDATE waiting_entries SET client = $1 WHERE client = $2", keep, duplicate);
  transaction.execute("UPDATE waiting_entries SET payer = $1 WHERE payer = $2", keep, duplicate);
  transaction.execute("UPDATE waiting_places SET attendee = $1 WHERE attendee = $2", keep,
                      duplicate);
}

/// Nobody waits for them any more, nor they for others.
void erase_person(Transaction& transaction, ClientId client) {
  auto open =
      storage::all<EntryRow>(transaction,
                             "waiting_entries WHERE status < 2 AND (client = $1 OR id IN"
                             " (SELECT entry FROM waiting_places WHERE attendee = $1)) ORDER BY id",
                             client);
  for (EntryRow& row : open) end_entry(transaction, row, WaitingStatus::left);
}

// --- checks ---

// Claims in state 2 are offers.
constexpr storage::Rule rules[] = {
    {"waiting entry ",
     "SELECT id FROM waiting_entries WHERE status = 1 AND expires_at > $1 AND offered <>"
     " (SELECT count(*) FROM claims WHERE claims.session = waiting_entries.session"
     " AND claims.state = 2 AND claims.owner = waiting_entries.id)",
     "not as many places are kept as are offered"},
    {"waiting entry ",
     "SELECT claims.owner FROM claims WHERE claims.state = 2 AND claims.expires > $1 AND NOT EXISTS"
     " (SELECT 1 FROM waiting_entries WHERE waiting_entries.id = claims.owner"
     " AND waiting_entries.session = claims.session AND waiting_entries.status = 1)",
     "a place is kept for it that is not offered"},
    {"waiting entry ", "SELECT id FROM waiting_entries WHERE (status = 2) <> (booking IS NOT NULL)",
     "its booking does not follow from its status"},
    {"waiting entry ", "SELECT id FROM waiting_entries WHERE (status < 2) <> (due_at IS NOT NULL)",
     "the tick forgets it, or looks at it for nothing"},
    {"waiting entry ",
     "SELECT waiting FROM (SELECT subscription, waiting, attendee, sum(reserved) AS open"
     " FROM visits WHERE waiting IS NOT NULL"
     " GROUP BY subscription, waiting, attendee) AS lines WHERE open <> (SELECT count(*)"
     " FROM waiting_entries JOIN waiting_places ON waiting_places.entry = waiting_entries.id"
     " WHERE waiting_entries.id = lines.waiting AND waiting_entries.status < 2"
     " AND waiting_places.attendee = lines.attendee"
     " AND waiting_places.subscription = lines.subscription)",
     "visits are reserved for it that it does not wait by, or not"},
    {"course ",
     "SELECT id FROM courses WHERE NOT EXISTS"
     " (SELECT 1 FROM course_sessions WHERE course_sessions.course = courses.id)",
     "it has no sessions"},
    {"course booking ",
     "SELECT id FROM course_bookings WHERE NOT EXISTS"
     " (SELECT 1 FROM course_booking_sessions WHERE course_booking = course_bookings.id)",
     "it has no bookings"},
};

void check_queue(Transaction& transaction, std::vector<storage::Finding>& findings) {
  storage::check_rules(transaction, "waiting", rules, findings);
}

}  // namespace

namespace lists {

constinit const storage::ExportPart export_waiting{"waiting", export_person};
constinit const storage::MergePart merge_waiting{"waiting", merge_person};
constinit const storage::ErasePart erase_waiting{"waiting", erase_person};
constinit const storage::CheckPart check_waiting{"waiting", check_queue};

}  // namespace lists
}  // namespace frontdesk::bookings
