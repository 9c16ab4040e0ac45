#include "schedule/eligible.hpp"

#include <algorithm>

namespace frontdesk::schedule {
namespace {

/// The ready role of trainers (SPEC A7).
constexpr std::int64_t trainer_role = 6;

std::vector<Substitute> named(Transaction& transaction, const std::string& sql, std::int64_t id,
                              std::int64_t role) {
  std::vector<Substitute> people;
  storage::Cursor rows = transaction.query(sql, id, role, transaction.now());
  while (rows.next()) {
    people.push_back({AccountId{rows.integer(0)}, std::string(rows.text(1))});
  }
  return people;
}

}  // namespace

std::vector<Substitute> eligible_trainers(Transaction& transaction, const Session& session) {
  std::vector<Substitute> people = named(
      transaction,
      "SELECT accounts.id, accounts.name FROM activities, json_each(activities.trainers) AS trainer"
      " JOIN accounts ON accounts.id = trainer.value"
      " WHERE activities.id = $1 AND $2 > 0 AND $3 > 0 ORDER BY accounts.name, accounts.id",
      session.activity.value, trainer_role);
  if (!people.empty()) return people;
  return named(transaction,
               "SELECT DISTINCT accounts.id, accounts.name FROM role_grants"
               " JOIN accounts ON accounts.id = role_grants.account"
               " WHERE role_grants.centre = $1 AND role_grants.role = $2"
               " AND role_grants.revoked_at IS NULL"
               " AND (role_grants.expires_at IS NULL OR role_grants.expires_at > $3)"
               " ORDER BY accounts.name, accounts.id",
               session.centre.value, trainer_role);
}

}  // namespace frontdesk::schedule
