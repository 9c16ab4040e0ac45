#include "catalog/facts.hpp"

#include "storage/remembered.hpp"

namespace frontdesk::catalog {

using storage::Transaction;

namespace {

std::optional<CentreFacts> look_up(Transaction& transaction, CentreId centre) {
  auto& known = transaction.shared<storage::Remembered<std::optional<CentreFacts>>>();
  return known.get(transaction, centre.value, [&]() -> std::optional<CentreFacts> {
    storage::Cursor row = transaction.query(
        "SELECT currency, zone, active = 1 AND archived_at IS NULL FROM centres WHERE id = $1",
        centre);
    if (!row.next()) return std::nullopt;
    return CentreFacts{Currency(row.text(0)), std::string(row.text(1)), row.integer(2) != 0};
  });
}

}  // namespace

CentreFacts facts_of(Transaction& transaction, CentreId centre) {
  auto facts = look_up(transaction, centre);
  if (!facts) storage::missing("centre", "centre");
  return std::move(*facts);
}

ActivityFacts facts_of(Transaction& transaction, ActivityId activity) {
  auto& known = transaction.shared<storage::Remembered<ActivityFacts>>();
  return known.get(transaction, activity.value, [&] {
    storage::Cursor row =
        transaction.query("SELECT min_age, max_age FROM activities WHERE id = $1", activity);
    ActivityFacts facts;
    if (!row.next()) return facts;
    if (!row.null(0)) facts.youngest = row.integer(0);
    if (!row.null(1)) facts.oldest = row.integer(1);
    return facts;
  });
}

bool is_public(Transaction& transaction, CentreId centre) {
  const auto facts = look_up(transaction, centre);
  return facts && facts->is_public;
}

}  // namespace frontdesk::catalog
