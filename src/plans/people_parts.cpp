/// A person's part of subscriptions.
#include "describe/json.hpp"
#include "plans/lists.hpp"
#include "plans/stored.hpp"

namespace frontdesk::plans {
namespace {

/// Subscriptions as a person takes them along, with their visits line by line.
struct PersonsSubscriptions {
  std::vector<Subscription> subscriptions{};
  std::vector<Entry> visits{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&PersonsSubscriptions::subscriptions>("What they own or attend by."),
        field<&PersonsSubscriptions::visits>("Their visits."),
    };
    return table;
  }
};

std::string export_person(Transaction& transaction, ClientId client) {
  PersonsSubscriptions told;
  const auto rows = stored_subscriptions(
      transaction,
      "subscriptions WHERE owner = $1 OR id IN"
      " (SELECT subscription FROM subscription_people WHERE client = $1) ORDER BY id",
      client);
  for (const Stored& stored : rows) {
    told.subscriptions.push_back(view_of(transaction, stored));
    auto visits = storage::all<Entry>(
        transaction,
        "visits WHERE subscription = $1 AND (attendee = $2 OR attendee IS NULL) ORDER BY number",
        stored.id, client);
    told.visits.insert(told.visits.end(), visits.begin(), visits.end());
  }
  return describe::encode(told);
}

/// Visits follow the people on the subscription; the ledger stays as it is but for who attends.
/// Where both had a place in one booking, the lines about the duplicate's stay its own.
void merge_person(Transaction& transaction, ClientId keep, ClientId duplicate) {
  // What both have is found before anything changes: the lines of a place stay together.
  transaction.execute(
      "WITH theirs AS MATERIALIZED (SELECT subscription FROM subscription_people WHERE client = $2"
      " UNION SELECT id FROM subscriptions WHERE owner = $2),"
      " both AS MATERIALIZED (SELECT DISTINCT subscription, booking FROM visits"
      " WHERE subscription IN (SELECT subscription FROM theirs) AND attendee = $1"
      " AND booking IS NOT NULL)"
      " UPDATE visits SET attendee = $1 WHERE attendee = $2"
      " AND subscription IN (SELECT subscription FROM theirs)"
      " AND (subscription, coalesce(booking, 0)) NOT IN (SELECT subscription, booking FROM both)",
      keep, duplicate);
  transaction.execute(
      "INSERT INTO subscription_people (client, is_open, subscription)"
      " SELECT $1, is_open, subscription FROM subscription_people WHERE client = $2"
      " ON CONFLICT DO NOTHING",
      keep, duplicate);
  transaction.execute("DELETE FROM subscription_people WHERE client = $1", duplicate);
  transaction.execute("UPDATE subscriptions SET owner = $1, version = version + 1 WHERE owner = $2",
                      keep, duplicate);
}

/// What was written about them goes; figures and days stay, so that the books balance.
void erase_person(Transaction& transaction, ClientId client) {
  for (const char* sql : {
           "UPDATE visits SET reason = NULL WHERE reason IS NOT NULL AND subscription IN"
           " (SELECT id FROM subscriptions WHERE owner = $1)",
           "UPDATE freezes SET reason = NULL WHERE subscription IN"
           " (SELECT id FROM subscriptions WHERE owner = $1)",
           "UPDATE subscription_days SET reason = NULL WHERE subscription IN"
           " (SELECT id FROM subscriptions WHERE owner = $1)",
           "UPDATE subscriptions SET reason = NULL, external_ref = NULL, auto_renewal = 0,"
           " version = version + 1 WHERE owner = $1",
           "DELETE FROM subscription_people WHERE client = $1 AND subscription IN"
           " (SELECT id FROM subscriptions WHERE owner <> $1)",
       }) {
    transaction.execute(sql, client);
  }
}

}  // namespace

namespace lists {

constinit const storage::ExportPart export_subscriptions{"subscriptions", export_person};
constinit const storage::MergePart merge_subscriptions{"plans", merge_person};
constinit const storage::ErasePart erase_subscriptions{"plans", erase_person};

}  // namespace lists
}  // namespace frontdesk::plans
