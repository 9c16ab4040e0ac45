/// A person's part of the timetable: groups and private sessions.
#include "describe/json.hpp"
#include "schedule/lists.hpp"
#include "schedule/sessions.hpp"

namespace frontdesk::schedule {
namespace {

/// Groups and private sessions as a person takes them along.
struct PersonsTimetable {
  std::vector<GroupId> groups{};
  std::vector<Session> sessions{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsTimetable::groups>("Groups they are or were a member of."),
        field<&PersonsTimetable::sessions>("Sessions that are or were for them alone."),
    };
    return table;
  }
};

std::string export_person(Transaction& transaction, ClientId client) {
  PersonsTimetable timetable;
  {
    storage::Cursor rows = transaction.query(
        "SELECT DISTINCT \"group\" FROM group_members WHERE client = $1 ORDER BY 1", client);
    while (rows.next()) timetable.groups.push_back(GroupId{rows.integer(0)});
  }
  timetable.sessions =
      storage::all<Session>(transaction, "sessions WHERE client = $1 ORDER BY starts, id", client);
  return describe::encode(timetable);
}

/// Where both were members of a group, the duplicate's membership ends with the merge.
void merge_person(Transaction& transaction, ClientId keep, ClientId duplicate) {
  transaction.execute(
      "UPDATE group_members SET left_at = $3 WHERE client = $2 AND left_at IS NULL"
      " AND \"group\" IN"
      " (SELECT \"group\" FROM group_members WHERE client = $1 AND left_at IS NULL)",
      keep, duplicate, transaction.now());
  transaction.execute(
      "UPDATE group_members SET client = $1 WHERE client = $2 AND NOT EXISTS"
      " (SELECT 1 FROM group_members AS other WHERE other.\"group\" = group_members.\"group\""
      " AND other.client = $1 AND other.joined_at = group_members.joined_at)",
      keep, duplicate);
  transaction.execute("DELETE FROM group_members WHERE client = $1", duplicate);
  transaction.execute("UPDATE sessions SET client = $1, version = version + 1 WHERE client = $2",
                      keep, duplicate);
  transaction.execute("UPDATE series SET client = $1, version = version + 1 WHERE client = $2",
                      keep, duplicate);
  transaction.execute("UPDATE move_requests SET client = $1 WHERE client = $2", keep, duplicate);
}

/// Nobody waits for them any more: memberships end, private sessions to come are cancelled.
void erase_person(Transaction& transaction, ClientId client) {
  transaction.execute("UPDATE group_members SET left_at = $2 WHERE client = $1 AND left_at IS NULL",
                      client, transaction.now());
  auto coming = storage::all<Session>(
      transaction, "sessions WHERE client = $1 AND status = 0 ORDER BY starts, id", client);
  for (Session& session : coming) cancel(transaction, session, "");
  transaction.execute("UPDATE sessions SET reason = NULL WHERE client = $1", client);
  transaction.execute(
      "UPDATE series SET ended_at = coalesce(ended_at, $2), extend_at = NULL WHERE client = $1",
      client, transaction.now());
  transaction.execute("UPDATE move_requests SET reason = NULL, answer = NULL WHERE client = $1",
                      client);
}

}  // namespace

namespace lists {

constinit const storage::ExportPart export_timetable{"timetable", export_person};
constinit const storage::MergePart merge_timetable{"schedule", merge_person};
constinit const storage::ErasePart erase_timetable{"schedule", erase_person};

}  // namespace lists
}  // namespace frontdesk::schedule
