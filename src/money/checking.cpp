/// What must always hold of money (SPEC M1, M3, U6).
#include "money/lists.hpp"
#include "money/order_rows.hpp"
#include "storage/rules.hpp"

namespace frontdesk::money {
namespace {

using storage::Finding;

constexpr storage::Rule ledger_rules[] = {
    {"entry ", "SELECT entry FROM postings GROUP BY entry HAVING sum(amount) <> 0",
     "its postings do not sum to zero"},
    {"account ",
     "SELECT ledger_accounts.id FROM ledger_accounts"
     " LEFT JOIN (SELECT account, sum(amount) AS amount FROM postings GROUP BY account) AS sums"
     " ON sums.account = ledger_accounts.id"
     " WHERE ledger_accounts.balance <> coalesce(sums.amount, 0)",
     "its balance is not the sum of its postings"},
    {"centre ", "SELECT centre FROM ledger_accounts GROUP BY centre HAVING sum(balance) <> 0",
     "its accounts do not sum to zero"},
};

constexpr storage::Rule order_rules[] = {
    {"order ", "SELECT id FROM orders WHERE total <> paid - refunded + owed OR owed < 0",
     "its total is not paid - refunded + owed"},
    {"order ",
     "SELECT orders.id FROM orders LEFT JOIN"
     " (SELECT id / 1000 AS number, sum(total - returned - struck) AS worth FROM order_lines"
     "  GROUP BY id / 1000) AS lines ON lines.number = orders.id"
     " WHERE orders.total <> coalesce(lines.worth, 0)",
     "its total is not what its lines are worth"},
    {"order ",
     "SELECT orders.id FROM orders LEFT JOIN"
     " (SELECT id / 1000 AS number, sum(amount - unapplied - refunded) AS worth FROM payments"
     "  WHERE status IN (1, 3, 4) GROUP BY id / 1000) AS came ON came.number = orders.id"
     " WHERE orders.paid - orders.refunded <> coalesce(came.worth, 0)",
     "paid - refunded is not what its payments are worth"},
    {"order ",
     "SELECT orders.id FROM orders LEFT JOIN"
     " (SELECT ledger_entries.\"order\" AS number, sum(postings.amount) AS owed"
     "  FROM ledger_entries JOIN postings ON postings.entry = ledger_entries.id"
     "  JOIN ledger_accounts ON ledger_accounts.id = postings.account"
     "  WHERE ledger_accounts.kind = 5 AND ledger_entries.\"order\" IS NOT NULL"
     "  GROUP BY ledger_entries.\"order\") AS ledger ON ledger.number = orders.id"
     " WHERE orders.owed <> coalesce(ledger.owed, 0)",
     "the ledger says that another amount is owed"},
    {"payment ",
     "SELECT payments.id FROM payments LEFT JOIN"
     " (SELECT payment, sum(amount) AS amount FROM refunds GROUP BY payment) AS back"
     " ON back.payment = payments.id"
     " WHERE payments.refunded <> coalesce(back.amount, 0)"
     " OR payments.refunded + payments.unapplied > payments.amount",
     "more was given back than was paid, or other than its refunds say"},
};

constexpr storage::Rule paper_rules[] = {
    {"invoices of centre ",
     "SELECT centre FROM invoices GROUP BY centre, kind, year"
     " HAVING max(number) <> count(*) OR min(number) <> 1",
     "their numbers have gaps"},
    {"shifts of centre ",
     "SELECT centre FROM shifts GROUP BY centre, till_folded"
     " HAVING max(number) <> count(*) OR min(number) <> 1",
     "their numbers have gaps"},
    {"settlements of centre ",
     "SELECT centre FROM settlements GROUP BY centre"
     " HAVING max(number) <> count(*) OR min(number) <> 1",
     "their numbers have gaps"},
};

/// An account against the facts that it sums up.
void compare(Transaction& transaction, AccountKind kind, const char* facts, const char* problem,
             std::vector<Finding>& findings) {
  storage::Cursor centres = transaction.query("SELECT id FROM centres");
  while (centres.next()) {
    const CentreId centre = centres.id<CentreTag>(0);
    const std::int64_t told = transaction.one_number(facts, centre).value_or(0);
    if (account_balance(transaction, centre, kind) != told) {
      findings.push_back({"money", "centre " + std::to_string(centre.value), problem});
    }
  }
}

void check_money(Transaction& transaction, std::vector<Finding>& findings) {
  storage::check_rules(transaction, "money", ledger_rules, findings);
  storage::check_rules(transaction, "money", order_rules, findings);
  storage::check_rules(transaction, "money", paper_rules, findings);
  compare(transaction, AccountKind::refunds_due,
          "SELECT -sum(amount) FROM refunds WHERE centre = $1 AND status IN (1, 2)",
          "refunds that are due are not what the ledger says", findings);
  compare(transaction, AccountKind::unapplied,
          "SELECT -sum(unapplied) FROM payments WHERE centre = $1 AND unapplied > 0",
          "payments that wait are not what the ledger says", findings);
  compare(transaction, AccountKind::top_ups_due,
          "SELECT -sum(top_up_due) FROM orders WHERE centre = $1",
          "top-ups that wait are not what the ledger says", findings);
}

}  // namespace

namespace lists {

constinit const storage::CheckPart check{"money", check_money};

}  // namespace lists
}  // namespace frontdesk::money
