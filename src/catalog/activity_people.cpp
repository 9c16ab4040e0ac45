#include "access/accounts.hpp"
#include "base/text.hpp"
#include "catalog/activities.hpp"
#include "catalog/categories.hpp"
#include "catalog/lists.hpp"
#include "describe/json.hpp"
#include "storage/rows.hpp"

#include <frontdesk/roles.hpp>

namespace frontdesk::catalog {

using storage::Transaction;

namespace {

using Findings = std::vector<storage::Finding>;

/// What a person's export tells of what they lead.
struct ExportedTrainer {
  std::vector<ActivityId> activities{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&ExportedTrainer::activities>("Activities that name the person as a trainer."),
    };
    return table;
  }
};

std::vector<ActivityId> led_by(Transaction& transaction, AccountId account) {
  storage::Cursor rows = transaction.query(
      "SELECT activity FROM activity_trainers WHERE account = $1 ORDER BY activity", account);
  std::vector<ActivityId> found;
  while (rows.next()) found.push_back(rows.id<ActivityTag>(0));
  return found;
}

void take_off(Transaction& transaction, Activity activity, AccountId account) {
  std::erase(activity.trainers, account);
  store_activity(transaction, activity, Change::updated);
}

/// Whoever is no trainer of a centre any more is no longer named by its activities.
void react_to_revoked_role(Transaction& transaction, const void* event) {
  const auto& revoked = *static_cast<const access::RoleRevoked*>(event);
  if (revoked.role != access::trainer_role) return;
  for (ActivityId id : led_by(transaction, revoked.account)) {
    Activity activity = stored_activity(transaction, id);
    if (is_trainer(transaction, revoked.account, activity.centre, activity.section)) continue;
    take_off(transaction, std::move(activity), revoked.account);
  }
}

std::string export_person(Transaction& transaction, ClientId client) {
  ExportedTrainer exported;
  if (AccountId account = access::account_of(transaction, client)) {
    exported.activities = led_by(transaction, account);
  }
  return describe::encode(exported);
}

void erase_person(Transaction& transaction, ClientId client) {
  const AccountId account = access::account_of(transaction, client);
  if (!account) return;
  for (ActivityId id : led_by(transaction, account)) {
    take_off(transaction, stored_activity(transaction, id), account);
  }
}

void find(Transaction& transaction, Findings& findings, std::string_view place,
          std::string_view sql, std::string_view problem) {
  storage::Cursor rows = transaction.query(sql);
  while (rows.next()) {
    findings.push_back({.part = "catalog",
                        .place = std::string(place) + " " + std::to_string(rows.integer(0)),
                        .problem = std::string(problem)});
  }
}

/// What is stored of the tree must be what its parents and positions give.
void check_tree(Transaction& transaction, Findings& findings) {
  for (const auto& [id, place] : tree_places(transaction)) {
    if (transaction.exists(
            "SELECT 1 FROM categories WHERE id = $1 AND tree_key = $2 AND depth = $3", id,
            place.key, place.depth)) {
      continue;
    }
    findings.push_back({.part = "catalog",
                        .place = "category " + std::to_string(id.value),
                        .problem = "its place in the tree is not that of its parents"});
  }
}

void check_catalog(Transaction& transaction, Findings& findings) {
  find(transaction, findings, "category",
       "SELECT c.id FROM categories c JOIN categories p ON p.id = c.parent"
       " WHERE c.archived_at IS NULL AND p.archived_at IS NOT NULL",
       "in use below an archived category");
  check_tree(transaction, findings);
  find(transaction, findings, "activity",
       "SELECT a.id FROM activities a JOIN age_groups g ON g.id = a.age_group"
       " WHERE a.min_age IS NOT g.min_age OR a.max_age IS NOT g.max_age",
       "its ages are not those of its age group");
  find(transaction, findings, "activity",
       "SELECT a.id FROM activities a JOIN sections s ON s.id = a.section"
       " WHERE s.centre <> a.centre",
       "belongs to a section of another centre");
  find(transaction, findings, "activity",
       "SELECT a.id FROM activities a"
       " WHERE (SELECT COUNT(*) FROM activity_categories c WHERE c.activity = a.id"
       "  AND c.category IN (SELECT value FROM json_each(a.categories)))"
       "  <> json_array_length(a.categories)"
       " OR (SELECT COUNT(*) FROM activity_categories c WHERE c.activity = a.id)"
       "  <> json_array_length(a.categories)",
       "found under other categories than it has");
  find(transaction, findings, "activity",
       "SELECT a.id FROM activities a"
       " WHERE (SELECT COUNT(*) FROM activity_trainers t WHERE t.activity = a.id"
       "  AND t.account IN (SELECT value FROM json_each(a.trainers)))"
       "  <> json_array_length(a.trainers)"
       " OR (SELECT COUNT(*) FROM activity_trainers t WHERE t.activity = a.id)"
       "  <> json_array_length(a.trainers)",
       "found under other trainers than it has");
}

}  // namespace

constinit const storage::Reaction lists::trainer_revoked{"access.role_revoked",
                                                         react_to_revoked_role};
constinit const storage::ExportPart lists::export_trainer{"trainer", export_person};
constinit const storage::ErasePart lists::erase_trainer{"trainer", erase_person};
constinit const storage::CheckPart lists::check{"catalog", check_catalog};

}  // namespace frontdesk::catalog
