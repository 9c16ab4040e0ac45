/// The integrity check of subscriptions: what is stored against the ledgers it follows from
/// (SPEC U6, V4, V13).
#include "money/ledger.hpp"
#include "plans/lists.hpp"
#include "plans/subscriptions.hpp"

namespace frontdesk::plans {
namespace {

using Findings = std::vector<storage::Finding>;

void report(Transaction& transaction, Findings& findings, const char* sql, const char* problem) {
  storage::Cursor rows = transaction.query(sql);
  while (rows.next()) {
    findings.push_back({"plans", "subscription " + std::to_string(rows.integer(0)), problem});
  }
}

void check_sums(Transaction& transaction, Findings& findings) {
  report(transaction, findings,
         "SELECT DISTINCT subscription FROM (SELECT subscription, granted_sum, adjusted_sum,"
         " reserved_sum, used_sum, given_back_sum, latest_day,"
         " sum(CASE WHEN kind = 0 THEN visits ELSE 0 END) OVER lines AS granted,"
         " sum(CASE WHEN kind = 4 THEN visits ELSE 0 END) OVER lines AS adjusted,"
         " sum(reserved) OVER lines AS reserved, sum(used) OVER lines AS used,"
         " sum(CASE WHEN kind = 3 AND cause = 5 THEN 1 ELSE 0 END) OVER lines AS given_back,"
         " max(day) OVER lines AS latest FROM visits"
         " WINDOW lines AS (PARTITION BY subscription ORDER BY number))"
         " WHERE granted_sum <> granted OR adjusted_sum <> adjusted OR reserved_sum <> reserved"
         " OR used_sum <> used OR given_back_sum <> given_back OR latest_day IS NOT latest",
         "a line's sums are not those of the lines up to it");
}

void check_visits(Transaction& transaction, Findings& findings) {
  report(transaction, findings,
         "SELECT subscription FROM visits GROUP BY subscription"
         " HAVING sum(reserved) < 0 OR sum(used) < 0",
         "fewer than no visits are reserved or used");
  report(transaction, findings,
         "SELECT visits.subscription FROM visits"
         " JOIN subscriptions ON subscriptions.id = visits.subscription"
         " WHERE is_counted = 1 GROUP BY visits.subscription"
         " HAVING sum(CASE WHEN kind IN (0, 4) THEN visits ELSE 0 END) < sum(reserved + used)",
         "more visits are reserved and used than there are");
  report(transaction, findings,
         "SELECT DISTINCT subscription FROM visits WHERE booking IS NOT NULL"
         " GROUP BY subscription, booking, attendee"
         " HAVING sum(reserved) NOT IN (0, 1) OR sum(used) NOT IN (0, 1)"
         " OR sum(reserved + used) > 1",
         "a place has several visits");
  report(transaction, findings,
         "SELECT DISTINCT visits.subscription FROM visits"
         " JOIN subscriptions ON subscriptions.id = visits.subscription"
         " JOIN plan_versions ON plan_versions.plan = subscriptions.plan"
         " AND plan_versions.version = subscriptions.plan_version"
         " WHERE json_extract(terms, '$.per_day') IS NOT NULL AND day IS NOT NULL"
         " GROUP BY visits.subscription, day"
         " HAVING sum(reserved + used) > max(json_extract(terms, '$.per_day'))",
         "more visits a day than the plan allows");
}

void check_days(Transaction& transaction, Findings& findings) {
  report(transaction, findings,
         "SELECT id FROM subscriptions WHERE extra_days <> coalesce((SELECT sum(days)"
         " FROM subscription_days WHERE subscription = subscriptions.id), 0)",
         "its days are not those that were added");
  report(transaction, findings,
         "SELECT subscription FROM freezes WHERE days <> last_day - first_day + 1 OR days < 0"
         " OR days <> coalesce((SELECT sum(subscription_days.days) FROM subscription_days"
         " WHERE freeze = freezes.id), 0)",
         "a freeze and the days added for it differ");
  storage::Cursor rows = transaction.query(
      storage::select_sql(type_of<Stored>(), "subscriptions WHERE starts IS NOT NULL"));
  while (rows.next()) {
    const auto stored = storage::read<Stored>(rows);
    const auto version = sold_by(transaction, stored);
    const Date last = plus_days(last_of_term(*stored.starts, version->terms), stored.extra_days);
    if (last != stored.last_day) {
      findings.push_back({"plans", "subscription " + std::to_string(stored.id.value),
                          "its last day does not follow from its first"});
    }
  }
}

/// recognised + deferred = sold − refunded, for each, and in the ledger for all of a centre.
void check_revenue(Transaction& transaction, Findings& findings) {
  report(transaction, findings,
         "SELECT id FROM subscriptions WHERE recognised < 0 OR refunded < 0"
         " OR recognised + refunded > sold OR (cancelled_at IS NOT NULL AND"
         " recognised + refunded <> sold)",
         "more is recognised and refunded than it was sold for, or some stays deferred");
  storage::Cursor rows = transaction.query(
      "SELECT centre, sum(sold - refunded - recognised) FROM subscriptions GROUP BY centre");
  while (rows.next()) {
    const std::int64_t owed = money::account_balance(transaction, CentreId{rows.integer(0)},
                                                     money::AccountKind::deferred_revenue);
    if (-owed == rows.integer(1)) continue;
    findings.push_back({"plans", "centre " + std::to_string(rows.integer(0)),
                        "deferred revenue of the ledger is not that of its subscriptions"});
  }
}

void check_subscriptions(Transaction& transaction, Findings& findings) {
  check_sums(transaction, findings);
  check_visits(transaction, findings);
  check_days(transaction, findings);
  check_revenue(transaction, findings);
}

}  // namespace

namespace lists {

constinit const storage::CheckPart check{"plans", check_subscriptions};

}  // namespace lists
}  // namespace frontdesk::plans
